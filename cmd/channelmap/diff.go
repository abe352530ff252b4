package main

import (
	"bytes"
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/render"
)

func newDiff(s streams) *cobra.Command {
	q := &question{}
	cmd := &cobra.Command{
		Use:     "diff A B",
		Short:   "What changed between two snapshots, folders or revisions",
		GroupID: groupQuestions,
		Long: `diff tells what changed from A to B: how net reach moved, and how much of that is
lists that were refreshed, partners that began or stopped selling, or a definition
that changed; then partners, lists, definitions, and findings that came, went or
were accepted. It names no account.

A and B are each a file that channelmap snapshot wrote, an ecosystem file or its
folder, or REV:PATH, the folder as it is in a revision of git. Where both are
folders or revisions and several things changed, the lists are counted again with
the rest held, so that the causes are exact.`,
		Example: `  channelmap diff 2026-q2.json 2026-q3.json
  channelmap diff 2026-q3.json lumen
  channelmap diff HEAD~1:lumen lumen --format csv -o changes.csv`,
		Args: takesTwo,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runDiff(cmd.Context(), s, q, args[0], args[1])
		},
	}
	q.addReading(cmd.Flags())
	q.addOutput(cmd.Flags(), "text, json or csv")
	return cmd
}

func takesTwo(cmd *cobra.Command, args []string) error {
	if len(args) != 2 || args[0] == "" || args[1] == "" {
		return &usageError{fmt.Sprintf("diff compares two, A and B, and %d given", len(args)), "such as channelmap diff 2026-q2.json 2026-q3.json"}
	}
	return nil
}

func runDiff(ctx context.Context, s streams, q *question, a, b string) error {
	if err := q.settle(reportFormats); err != nil {
		return err
	}
	var sides [2]*side
	for i, arg := range []string{a, b} {
		x, err := openSide(ctx, s, q, arg)
		if err != nil {
			return err
		}
		defer x.close()
		sides[i] = x
	}
	d := analysis.Compare(sides[0].Side, sides[1].Side)
	err := d.CountCauses(ctx, sides[0].Side, sides[1].Side, q.reading(s))
	s.clearProgress()
	if err != nil {
		return err
	}
	for i := range d.Audiences {
		why := &d.Audiences[i].Cause.Why
		*why = sides[1].named(sides[0].named(*why))
	}
	return writeDiff(ctx, s, q, d, sides[:])
}

func writeDiff(ctx context.Context, s streams, q *question, d *analysis.Diff, sides []*side) error {
	var out bytes.Buffer
	text := render.TextOptions{}
	if b := sides[1]; b.Ecosystem != nil && b.folder == "" {
		text.Path = b.Name
	}
	if q.output == "" {
		text.Width, text.Color = s.width(), s.color()
	}
	if err := render.Diff(&out, d, render.Format(q.format), text); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := writeResult(s, q.output, out.Bytes()); err != nil {
		return err
	}
	for _, x := range sides {
		if x.Ecosystem != nil && x.folder == "" { // purge looks beside an ecosystem that stays
			of := *q
			of.eco = x.Ecosystem
			of.remember(ctx, s, q.output, q.format, digestOf(out.Bytes()))
		}
	}
	return nil
}
