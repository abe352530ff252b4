package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"github.com/channelmap/channelmap/render"
)

func newPaths(s streams) *cobra.Command {
	q := &question{}
	cmd := &cobra.Command{
		Use:     "paths SEGMENT [PATH]",
		Short:   "The pathways to a segment",
		GroupID: groupQuestions,
		Long: `paths lists the pathways from the vendor to a segment, with what is reached over
each, how many share no partner, and what all of them hang on.

SEGMENT is the id or the name of a segment of the ecosystem.`,
		Example: `  channelmap paths mid-market-it
  channelmap paths "Public sector" lumen --format csv -o paths.csv`,
		Args: takesNameAndPath("SEGMENT", "mid-market-it"),
		RunE: func(cmd *cobra.Command, args []string) error {
			q.path = argument(args, 1)
			return runPaths(cmd.Context(), s, q, args[0])
		},
	}
	q.addReading(cmd.Flags())
	q.addOutput(cmd.Flags(), "text, json or csv")
	q.addEvidenceFile(cmd.Flags())
	return cmd
}

func runPaths(ctx context.Context, s streams, q *question, segment string) error {
	if err := q.settle(reportFormats); err != nil {
		return err
	}
	study, err := q.open(ctx, s)
	if err != nil {
		return err
	}
	paths, err := study.Paths(segment)
	if err != nil {
		return err
	}
	return q.answer(ctx, s, study, func(w io.Writer, f render.Format, o render.TextOptions) error {
		return render.Paths(w, paths, f, o)
	})
}
