package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/render"
)

func newConflicts(s streams) *cobra.Command {
	q := &question{keep: true}
	gate, live, since := false, false, graph.Date{}
	cmd := &cobra.Command{
		Use:     "conflicts [PATH]",
		Short:   "Which pathways collide, worst first, with proof and remedy",
		GroupID: groupQuestions,
		Long: `conflicts lists what the rules find: promises that are broken, pathways that are
in live conflict or could collide, sales past a tier, registrations and offers
that collide, and what works. Each finding has figures, the rows that prove it,
how sure it is, and what would settle it.

Findings that were agreed to (accepted: in the ecosystem file) are silenced until
their date. --live lists the deals, registrations and offers that collide today,
record by record. --gate ends with exit code 1 where a promise that the policy forbids
to break is broken, or a limit of the policy is passed.`,
		Example: `  channelmap conflicts
  channelmap conflicts lumen --evidence 2
  channelmap conflicts lumen --live --since 2026-11-01
  channelmap conflicts lumen --gate`,
		Args: takesPath,
		RunE: func(cmd *cobra.Command, args []string) error {
			q.path = argument(args, 0)
			if live {
				return runLive(cmd.Context(), s, q, since)
			}
			if !since.IsZero() {
				return &usageError{"--since tells from when records count, and is of --live alone", "add --live"}
			}
			return runConflicts(cmd.Context(), s, q, gate)
		},
	}
	q.addReading(cmd.Flags())
	q.addOutput(cmd.Flags(), "text, json or csv")
	q.addEvidence(cmd.Flags())
	cmd.Flags().BoolVar(&gate, "gate", false, "exit with 1 where a promise or a limit is broken")
	cmd.Flags().BoolVar(&live, "live", false, "the deals, registrations and offers that collide today")
	cmd.Flags().Var(dateFlag{&since}, "since", "with --live: those that began on this day or later")
	q.addAssumptions(cmd.Flags())
	return cmd
}

func runLive(ctx context.Context, s streams, q *question, since graph.Date) error {
	if err := q.settle(reportFormats); err != nil {
		return err
	}
	study, err := q.open(ctx, s)
	if err != nil {
		return err
	}
	return q.answer(ctx, s, study, func(w io.Writer, f render.Format, o render.TextOptions) error {
		return render.Live(w, study.Live(since), f, o)
	})
}

func runConflicts(ctx context.Context, s streams, q *question, gate bool) error {
	if err := q.settle(reportFormats); err != nil {
		return err
	}
	study, err := q.open(ctx, s)
	if err != nil {
		return err
	}
	found, err := study.Conflicts()
	if err != nil {
		return err
	}
	if q.evidence == 0 { // else more rows are printed
		if err := study.Prove(ctx, found.Findings); err != nil {
			return err
		}
	}
	q.findings = render.FindingsWithRows(found.Findings)
	err = q.answer(ctx, s, study, func(w io.Writer, f render.Format, o render.TextOptions) error {
		return render.Conflicts(w, found, f, o)
	})
	if err == nil && gate && !found.Gate.Passes() {
		return errBroken
	}
	return err
}

// verdictError is the exit code of a verdict; nil where the policy holds.
func verdictError(v analysis.VerdictKind) error {
	switch v {
	case analysis.BreaksPromise, analysis.OverLimit:
		return errBroken
	case analysis.CannotBeDecided:
		return errUndecided
	}
	return nil
}
