// Rivals measures the engine of package exposure against other ways of counting
// the same lists: whole processes from file to result, in pairs, one after the
// other, with a warm page cache and equal threads. Every answer is checked.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
)

// settings are what the flags say.
type settings struct {
	rows, large, huge int64
	memory            uint64 // bytes, of the work in bounded memory
	pairs, threads    int
	data              string
	only              []string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	s, err := parse(os.Args[1:])
	if err == nil {
		err = run(ctx, s, os.Stdout, os.Stderr)
	}
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "rivals:", err)
		os.Exit(1)
	}
}

func parse(args []string) (settings, error) {
	s := settings{rows: 10e6, large: 50e6, huge: 200e6, memory: 1e9}
	f := flag.NewFlagSet("rivals", flag.ContinueOnError)
	f.Func("rows", "rows of the lists (default 10M)", number(&s.rows))
	f.Func("large", "rows of the large list (default 50M)", number(&s.large))
	f.Func("huge", "rows of the list that is counted in bounded memory (default 200M)", number(&s.huge))
	f.Func("memory", "bytes for the list that is counted in bounded memory (default 1G)", number(&s.memory))
	f.IntVar(&s.pairs, "pairs", 5, "runs of each side")
	f.IntVar(&s.threads, "threads", 2, "threads of each side")
	f.StringVar(&s.data, "data", "", "folder for the lists, kept and used again (default a temporary one, deleted)")
	only := f.String("only", "", "works to measure, with commas between: "+strings.Join(workNames(), ", "))
	if err := f.Parse(args); err != nil {
		return s, err
	}
	if *only != "" {
		s.only = strings.Split(*only, ",")
	}
	return s, s.check(f.Args())
}

func (s *settings) check(rest []string) error {
	if len(rest) > 0 {
		return fmt.Errorf("%q is not a flag; -only names works", rest[0])
	}
	if s.pairs < 1 || s.threads < 1 {
		return errors.New("-pairs and -threads are at least 1")
	}
	for _, name := range s.only {
		if !slices.Contains(workNames(), name) {
			return fmt.Errorf("-only: no work %q; write some of %s", name, strings.Join(workNames(), ", "))
		}
	}
	return nil
}

// number reads 200000, 200k, 10M or 1G.
func number[N int64 | uint64](to *N) func(string) error {
	return func(text string) error {
		digits, unit := text, uint64(1)
		for suffix, n := range map[string]uint64{"k": 1e3, "M": 1e6, "G": 1e9} {
			if rest, ok := strings.CutSuffix(text, suffix); ok {
				digits, unit = rest, n
			}
		}
		n, err := strconv.ParseUint(digits, 10, 32)
		if err != nil || n == 0 {
			return errors.New("write a number such as 200000, 200k, 10M or 1G")
		}
		*to = N(n * unit)
		return nil
	}
}

// run measures the works and prints a line or more for each. The error tells of
// works that failed or disagreed; a goal that is missed is none.
func run(ctx context.Context, s settings, out, progress io.Writer) error {
	b, done, err := newBench(ctx, s, progress)
	if err != nil {
		return err
	}
	defer done()
	fmt.Fprintln(out, b.machine())
	fmt.Fprint(out, heading)
	var failed []string
	for _, w := range works {
		if len(s.only) > 0 && !slices.Contains(s.only, w.name) {
			continue
		}
		fmt.Fprintf(progress, "%s: %s\n", w.name, w.about)
		lines, err := w.measure(b)
		if ctx.Err() != nil {
			return errors.New("interrupted")
		}
		if err != nil {
			lines = append(lines, line{against: w.against, note: err.Error()})
		}
		for _, l := range lines {
			l.work = w.name
			fmt.Fprint(out, l)
		}
		if err != nil && !isMissing(err) {
			failed = append(failed, w.name)
		}
	}
	if failed != nil {
		return fmt.Errorf("failed: %s", strings.Join(failed, ", "))
	}
	return nil
}
