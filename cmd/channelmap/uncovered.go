package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"github.com/channelmap/channelmap/render"
)

func newUncovered(s streams) *cobra.Command {
	q := &question{}
	cmd := &cobra.Command{
		Use:     "uncovered [PATH]",
		Short:   "Segments without a pathway, and those that hang on one",
		GroupID: groupQuestions,
		Long: `uncovered tells which segments have no pathway that works today, which hang on
one partner, what each would lose with it, and who is signed or a candidate and
would reach them.`,
		Example: `  channelmap uncovered
  channelmap uncovered lumen --as-of 2026-12-31`,
		Args: takesPath,
		RunE: func(cmd *cobra.Command, args []string) error {
			q.path = argument(args, 0)
			return runUncovered(cmd.Context(), s, q)
		},
	}
	q.addReading(cmd.Flags())
	q.addOutput(cmd.Flags(), "text, json or csv")
	q.addEvidenceFile(cmd.Flags())
	return cmd
}

func runUncovered(ctx context.Context, s streams, q *question) error {
	if err := q.settle(reportFormats); err != nil {
		return err
	}
	study, err := q.open(ctx, s)
	if err != nil {
		return err
	}
	uncovered, err := study.Uncovered()
	if err != nil {
		return err
	}
	return q.answer(ctx, s, study, func(w io.Writer, f render.Format, o render.TextOptions) error {
		return render.Uncovered(w, uncovered, f, o)
	})
}
