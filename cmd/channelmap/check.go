package main

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
	"github.com/channelmap/channelmap/render"
)

func newCheck(s streams) *cobra.Command {
	q := &question{}
	cmd := &cobra.Command{
		Use:     "check [PATH]",
		Short:   "What is wrong with the input, all at once",
		GroupID: groupInput,
		Long: `check tells what is wrong with the input, all at once: the ecosystem file, by
line and column, then every list and file of records, with how it was read, how
its rows matched, and what was read past.

With --strict, what was not read with certainty is wrong too.`,
		Example: `  channelmap check
  channelmap check lumen --strict --format json`,
		Args: takesPath,
		RunE: func(cmd *cobra.Command, args []string) error {
			q.path = argument(args, 0)
			return runCheck(cmd.Context(), s, q)
		},
	}
	q.addReading(cmd.Flags())
	q.addOutput(cmd.Flags(), "text, json or csv")
	return cmd
}

func runCheck(ctx context.Context, s streams, q *question) error {
	if err := q.settle(reportFormats); err != nil {
		return err
	}
	found, err := q.check(ctx, s)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	text := render.TextOptions{Path: q.path}
	if q.output == "" {
		text.Width, text.Color = s.width(), s.color()
	}
	if err := render.Check(&out, found, render.Format(q.format), text); err != nil {
		return err
	}
	if err := writeResult(s, q.output, out.Bytes()); err != nil {
		return err
	}
	q.remember(ctx, s, q.output, q.format, digestOf(out.Bytes()))
	if len(found.Problems) > 0 {
		return errTold
	}
	return nil
}

// check finds all problems of the ecosystem file, else all of its lists, else
// what they say together.
func (q *question) check(ctx context.Context, s streams) (*render.CheckReport, error) {
	found := &render.CheckReport{}
	eco, err := loadEcosystem(q.path)
	var problems *graph.Problems
	if errors.As(err, &problems) {
		found.Add(problems)
		return found, nil
	}
	if err != nil {
		return nil, err
	}
	q.eco = eco
	if q.output != "" {
		if err := refuseInput(q.output, eco); err != nil {
			return nil, err
		}
	}
	rest, gone := exposure.WithoutDestroyed(eco, q.day(eco))
	found.AddDestroyed(eco.File, gone)
	study, err := q.study(ctx, s, eco)
	var nothing *analysis.DestroyedError
	switch {
	case errors.As(err, &nothing):
		return found, nil
	case err != nil:
		return found, addListErrors(ctx, found, rest, err)
	}
	q.eco = rest
	head := study.Head()
	head.Notices = slices.DeleteFunc(head.Notices, func(n list.Notice) bool { return n.Code == analysis.DestroyedCode }) // a problem here
	found.Head = &head
	found.AddLists(study.Exposure)
	if q.strict {
		addNotices(found, head.Notices)
	}
	return found, nil
}

// addListErrors adds what keeps lists from being read. Reading them together
// ends at the first error; each by itself shows the others.
func addListErrors(ctx context.Context, found *render.CheckReport, eco *graph.Ecosystem, first error) error {
	seen := map[string]bool{}
	add := func(err error) {
		if err != nil && !seen[err.Error()] {
			seen[err.Error()] = true
			found.AddError(err)
		}
	}
	add(first)
	for _, spec := range eco.Lists {
		add(tryList(ctx, eco, spec, list.Members))
	}
	for _, f := range exposure.RecordFiles(eco) {
		add(tryList(ctx, eco, f.Spec, f.Shape))
	}
	return ctx.Err()
}

func tryList(ctx context.Context, eco *graph.Ecosystem, spec graph.ListSpec, shape list.Shape) error {
	_, err := list.Read(ctx, spec, list.Options{Dir: eco.Dir, Shape: shape}, func(*list.Row) error { return nil })
	return err
}

// addNotices makes problems of what was not read with certainty.
func addNotices(found *render.CheckReport, notices []list.Notice) {
	for _, n := range uncertain(notices) {
		p := render.CheckProblem{Found: n.Text + " (" + n.Code + ")", Hint: "a problem because of --strict"}
		if len(n.Places) > 0 {
			p.File = n.Places[0].String()
		}
		found.Problems = append(found.Problems, p)
	}
}
