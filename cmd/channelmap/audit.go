package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"github.com/channelmap/channelmap/render"
)

func newAudit(s streams) *cobra.Command {
	q := &question{}
	cmd := &cobra.Command{
		Use:     "audit [PATH]",
		Short:   "Total customer reach, counting nobody twice",
		GroupID: groupQuestions,
		Long: `audit tells total customer reach: addressable, gross, net, duplicated and
uncovered, per audience, segment, channel and partner; what is potential, signed
and working; the mix of reach, depth and power; and the teams that it takes.

Users, buyers and accounts are never added. Accounts are not named unless
--names says so.

--for PARTNER or --for board prints what can be handed over: counts are rounded
down to fives, and 1 to 4 prints as <5; lists, margins and terms are left out. For
a partner, others are told by their kind, money, owners and teams are left out, and
nothing is made from lists that others gave under an agreement.`,
		Example: `  channelmap audit
  channelmap audit lumen --order greedy --format json -o audit.json
  channelmap audit lumen --for board`,
		Args: takesPath,
		RunE: func(cmd *cobra.Command, args []string) error {
			q.path = argument(args, 0)
			return runAudit(cmd.Context(), s, q)
		},
	}
	q.addReading(cmd.Flags())
	q.addFor(cmd.Flags())
	q.addOutput(cmd.Flags(), "text, json or csv")
	q.addEvidence(cmd.Flags())
	cmd.Flags().BoolVar(&q.names, "names", false, "let --evidence name accounts")
	cmd.Flags().StringVar(&q.options.Order, "order", "", "`ORDER` in which incremental reach is told: file, the default, or greedy")
	return cmd
}

func runAudit(ctx context.Context, s streams, q *question) error {
	if q.evidence > 0 && !q.names && q.options.For == "" {
		return &usageError{"an audit does not name accounts, and --evidence prints rows that do", "add --names, or write them apart with --evidence-file rows.csv"}
	}
	if err := q.settle(reportFormats); err != nil {
		return err
	}
	study, err := q.open(ctx, s)
	if err != nil {
		return err
	}
	audit := study.Audit()
	q.figures = render.AuditFigures(audit)
	return q.answer(ctx, s, study, func(w io.Writer, f render.Format, o render.TextOptions) error {
		return render.Audit(w, audit, f, o)
	})
}
