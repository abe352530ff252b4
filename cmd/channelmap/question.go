package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
	"github.com/channelmap/channelmap/render"
)

// question is what the flags of a verb ask for.
type question struct {
	options      analysis.Options
	path         string // of the ecosystem, as the user named it
	format       string
	output       string
	evidence     int
	evidenceFile string
	strict       bool
	memory       uint64 // bytes; 0 for the default
	exact        bool   // accounts are told apart by whole keys
	noCache      bool   // counts of other runs are not used, and none is kept
	keep         bool   // rows are needed for the answer itself
	// figures and findings are those that the text shows rows behind.
	figures  []analysis.Behind
	findings []analysis.Finding
	// amend changes the ecosystem that was read; nil where it stays.
	amend func(*graph.Ecosystem) (*graph.Ecosystem, error)
	// ecosystem is one that no file holds; nil where a file is read.
	ecosystem *graph.Ecosystem
	names     bool
	eco       *graph.Ecosystem // once it is read
}

// formats that every report has; the first is the default.
var reportFormats = []string{"text", "json", "csv"}

// settle reports contradictions among the flags, and fills in the format.
func (q *question) settle(formats []string) (err error) {
	switch {
	case q.evidence < 0:
		return &usageError{fmt.Sprintf("--evidence %d is not a number of rows", q.evidence), "write --evidence 5, say"}
	case q.evidenceFile == "-":
		return &usageError{"--evidence-file does not write to stdout, where the result goes", "name a file"}
	case q.names && q.options.For != "":
		return &usageError{"--names names accounts, and --for is for others", "leave one of the two out"}
	case q.evidenceFile != "" && q.options.For != "":
		return &usageError{"--evidence-file names accounts, and --for is for others", "write the rows for us in a run of their own, without --for"}
	case q.evidence > 0 && q.options.For != "":
		return &usageError{"--evidence prints rows of accounts, and --for is for others", "leave it out"}
	case q.evidenceFile != "" && sameTarget(q.evidenceFile, q.output):
		return &usageError{"--evidence-file and -o name the same file", "name two"}
	}
	if q.output == "-" {
		q.output = ""
	}
	if q.format, err = chooseFormat(q.format, q.output, formats); err != nil {
		return err
	}
	if q.evidence > 0 && q.format != "text" {
		return &usageError{"--evidence prints rows in text only, and the format is " + q.format, "write them with --evidence-file rows.csv"}
	}
	if q.evidenceFile != "" {
		if _, err = q.evidenceFormat(); err != nil {
			return err
		}
	}
	return q.options.Validate()
}

func sameTarget(a, b string) bool {
	return b != "" && absolute(filepath.Clean(a)) == absolute(filepath.Clean(b))
}

// open reads the ecosystem and its lists.
func (q *question) open(ctx context.Context, s streams) (*analysis.Study, error) {
	eco, err := q.load()
	if err != nil {
		return nil, err
	}
	for _, path := range []string{q.output, q.evidenceFile} {
		if path == "" {
			continue
		}
		if err := refuseInput(path, eco); err != nil {
			return nil, err
		}
	}
	study, err := q.study(ctx, s, eco)
	if err != nil {
		return nil, err
	}
	q.eco, _ = exposure.WithoutDestroyed(eco, study.Exposure.AsOf)
	if q.options.For != "" {
		q.eco = study.Ecosystem // which may leave lists out
	}
	if q.strict {
		return study, refuseNotices(study.Head().Notices)
	}
	return study, nil
}

// load reads the ecosystem.
func (q *question) load() (eco *graph.Ecosystem, err error) {
	if eco = q.ecosystem; eco == nil {
		if eco, err = loadEcosystem(q.path); err != nil {
			return nil, err
		}
	}
	if q.amend != nil {
		return q.amend(eco)
	}
	return eco, nil
}

// study reads the lists of an ecosystem.
func (q *question) study(ctx context.Context, s streams, eco *graph.Ecosystem) (*analysis.Study, error) {
	options := q.options
	options.AsOf = q.day(eco)
	defer s.clearProgress()
	read := q.reading(s)
	read.Cache = q.cache(eco)
	study, err := analysis.Open(ctx, eco, options, read)
	if err == nil {
		s.progress.count(study.Exposure)
	}
	return study, err
}

// day is the one on which dated rules are judged.
func (q *question) day(eco *graph.Ecosystem) graph.Date {
	switch {
	case !q.options.AsOf.IsZero():
		return q.options.AsOf
	case !eco.AsOf.IsZero():
		return eco.AsOf
	}
	return graph.DateOf(time.Now())
}

// reading says how lists are read. Where rows are asked for they are kept from the
// start, since the count would have to be made again.
func (q *question) reading(s streams) exposure.Options {
	return exposure.Options{Progress: s.showProgress(), Memory: limitMemory(q.memory), Exact: q.exact, Keep: q.keep || q.wantsRows()}
}

// wantsRows reports whether rows behind the figures were asked for.
func (q *question) wantsRows() bool { return q.evidence > 0 || q.evidenceFile != "" }

// refuseNotices makes errors of what was not read with certainty, of all at
// once.
func refuseNotices(notices []list.Notice) error {
	var all []error
	for _, n := range uncertain(notices) {
		text := fmt.Sprintf("%s (%s)", n.Text, n.Code)
		if len(n.Places) > 0 {
			text = n.Places[0].String() + ": " + text
		}
		all = append(all, errors.New(text))
	}
	if len(all) == 0 {
		return nil
	}
	return errors.Join(append(all, errors.New("refused, because --strict makes errors of notices"))...)
}

// uncertain leaves out notices of what was read with certainty.
func uncertain(notices []list.Notice) []list.Notice {
	var out []list.Notice
	for _, n := range notices {
		if !n.Info {
			out = append(out, n)
		}
	}
	return out
}

// printer prints a report in one of the formats of reports.
type printer func(w io.Writer, f render.Format, o render.TextOptions) error

// answer gathers the rows behind the figures, prints the report, and only then
// puts files in their places.
func (q *question) answer(ctx context.Context, s streams, study *analysis.Study, print printer) error {
	rows, err := q.gatherEvidence(ctx, s, study)
	if err != nil {
		return err
	}
	defer rows.discard()
	var out bytes.Buffer
	text := render.TextOptions{Path: q.path, Evidence: rows.sample}
	if q.output == "" {
		text.Width, text.Color = s.width(), s.color()
	}
	if err := print(&out, render.Format(q.format), text); err != nil {
		return err
	}
	if q.format == "csv" || q.options.For != "" {
		if err := warnOf(s, study); err != nil {
			return err
		}
	}
	return q.deliver(ctx, s, out.Bytes(), rows)
}

// warnOf tells us what a result for others does not: what it was not made from,
// and what was read without certainty.
func warnOf(s streams, study *analysis.Study) error {
	for _, what := range study.LeftOut {
		fmt.Fprintf(s.err, "Left out: %s\n", render.EscapeControls(what))
	}
	head := study.Head()
	head.Notices = analysis.Unnamed(head.Notices)
	return warn(s, head)
}

// warn tells of what was read without certainty where the result has no room for
// it.
func warn(s streams, head analysis.Head) error {
	head.Notices = uncertain(head.Notices)
	return render.Notices(s.err, &head)
}

// deliver writes the result and the file of evidence, and records both for purge.
func (q *question) deliver(ctx context.Context, s streams, result []byte, rows *evidence) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := rows.commit(q.evidenceFile); err != nil {
		return err
	}
	q.remember(ctx, s, q.evidenceFile, "evidence"+filepath.Ext(q.evidenceFile), rows.written)
	if err := writeResult(s, q.output, result); err != nil {
		return err
	}
	q.remember(ctx, s, q.output, q.format, digestOf(result))
	return nil
}

// writeResult writes to a file, or to stdout where none is named.
func writeResult(s streams, path string, result []byte) error {
	if path != "" {
		return writeFile(path, result)
	}
	if _, err := s.out.Write(result); err != nil {
		return fmt.Errorf("stdout cannot be written: %w", err)
	}
	return nil
}
