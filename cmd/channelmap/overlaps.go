package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"github.com/channelmap/channelmap/render"
)

func newOverlaps(s streams) *cobra.Command {
	q := &question{}
	cmd := &cobra.Command{
		Use:     "overlaps [PATH]",
		Short:   "Who is reached over several pathways, in which roles and status",
		GroupID: groupQuestions,
		Long: `overlaps tells who is reached over several pathways: pairs with both shares and
the grid of statuses, and distinct sets; each by the role rule as live conflict,
could collide, complementary or opening. The first two are never added.`,
		Example: `  channelmap overlaps --min 3
  channelmap overlaps lumen --evidence 5`,
		Args: takesPath,
		RunE: func(cmd *cobra.Command, args []string) error {
			q.path = argument(args, 0)
			return runOverlaps(cmd.Context(), s, q)
		},
	}
	q.addReading(cmd.Flags())
	q.addOutput(cmd.Flags(), "text, json or csv")
	q.addEvidence(cmd.Flags())
	cmd.Flags().IntVar(&q.options.Min, "min", 2, "list distinct sets of at least `N` pathways")
	return cmd
}

func runOverlaps(ctx context.Context, s streams, q *question) error {
	if err := q.settle(reportFormats); err != nil {
		return err
	}
	study, err := q.open(ctx, s)
	if err != nil {
		return err
	}
	overlaps := study.Overlaps()
	q.figures = render.OverlapFigures(overlaps)
	return q.answer(ctx, s, study, func(w io.Writer, f render.Format, o render.TextOptions) error {
		return render.Overlaps(w, overlaps, f, o)
	})
}
