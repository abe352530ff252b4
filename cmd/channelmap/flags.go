package main

import (
	"errors"
	"strings"

	"github.com/spf13/pflag"

	"github.com/channelmap/channelmap/graph"
)

// dateFlag is a flag that takes a day.
type dateFlag struct{ date *graph.Date }

func (f dateFlag) String() string {
	if f.date == nil {
		return ""
	}
	return f.date.String()
}

func (f dateFlag) Set(text string) error {
	date, err := graph.ParseDate(text)
	if err == nil {
		*f.date = date
	}
	return err
}

func (f dateFlag) Type() string { return "DATE" }

// forFlag is a flag that takes for whom a result is. An empty one, such as a script's
// variable that is not set, would hand over everything.
type forFlag struct{ who *string }

func (f forFlag) String() string {
	if f.who == nil {
		return ""
	}
	return *f.who
}

func (f forFlag) Set(text string) error {
	if *f.who = strings.TrimSpace(text); *f.who == "" {
		return errors.New("it names nobody; write a partner, or board")
	}
	return nil
}

func (f forFlag) Type() string { return "PARTNER" }

// addReading adds the flags that say how lists are read.
func (q *question) addReading(flags *pflag.FlagSet) {
	flags.Var(dateFlag{&q.options.AsOf}, "as-of", "day on which dated rules are judged (default as_of of the ecosystem, else today)")
	flags.Var(dateFlag{&q.options.From}, "from", "leave out dated rows before this day")
	flags.Var(dateFlag{&q.options.To}, "to", "leave out dated rows after this day")
	flags.Var(bytesFlag{&q.memory}, "memory", "most that the lists may take, such as 2GB (default a quarter of the machine's)")
	flags.BoolVar(&q.exact, "exact", false, "compare whole keys of accounts in long lists, not hashes of 128 bits: slower, and no two can be taken for one")
	flags.BoolVar(&q.noCache, "no-cache", false, "count long lists anew, and keep no count of them in .channelmap for the next run")
	flags.BoolVar(&q.strict, "strict", false, "refuse lists that were not read with certainty")
}

// addOutput adds the flags that say what is written, and where.
func (q *question) addOutput(flags *pflag.FlagSet, formats string) {
	flags.StringVar(&q.format, "format", "", formats+" (default by the file's extension)")
	flags.StringVarP(&q.output, "output", "o", "", "`FILE` to write, in place of printing")
}

// addFor adds the flag of verbs whose result may be handed to others.
func (q *question) addFor(flags *pflag.FlagSet) {
	flags.Var(forFlag{&q.options.For}, "for", "leave out what is not for a `PARTNER`, or for board")
}

// addAssumptions adds the flag that estimates losses.
func (q *question) addAssumptions(flags *pflag.FlagSet) {
	flags.BoolVar(&q.options.ExampleAssumptions, "example-assumptions", false, "estimate losses with example assumptions where the ecosystem makes none")
}

// addEvidence adds the flags that ask for the rows behind the figures.
func (q *question) addEvidence(flags *pflag.FlagSet) {
	flags.IntVar(&q.evidence, "evidence", 0, "print `N` rows behind each figure")
	q.addEvidenceFile(flags)
}

// addEvidenceFile adds the flag of verbs whose result has no room for rows.
func (q *question) addEvidenceFile(flags *pflag.FlagSet) {
	flags.StringVar(&q.evidenceFile, "evidence-file", "", "write all rows behind the figures to `FILE`, .csv or .jsonl; it names accounts")
}
