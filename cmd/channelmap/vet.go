package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"github.com/channelmap/channelmap/render"
)

func newVet(s streams) *cobra.Command {
	q := &question{keep: true}
	quick := &quickVet{}
	cmd := &cobra.Command{
		Use:     "vet PARTNER [PATH]",
		Short:   "Before signing or renewing: what is new, who is there already, which promise breaks",
		GroupID: groupQuestions,
		Long: `vet tells what a partner adds to what is reached today, whom it meets and where,
and which promises it would break. Its first line is one of four verdicts:
Within policy, Breaks a promise, Over a limit, Cannot be decided. It never says
whether to sign.

PARTNER is an id, a name or another spelling (aka) in the ecosystem file, at any
stage. One that the file does not know is given by --name and --kind, with its
list (--accounts) or a claim (--reaches). With --own no ecosystem file is needed:
two lists are compared.

Exit codes: 0 within policy; 1 a promise or a limit is broken; 4 cannot be
decided.`,
		Example: `  channelmap vet shi lumen
  channelmap vet shi lumen -o shi-vet.xlsx
  channelmap vet --own crm.xlsx --accounts shi.xlsx --name SHI --kind reseller
  channelmap vet --name Vento --kind reseller --reaches mid-market-it=0.6 lumen`,
		Args: cobra.MaximumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runVet(cmd.Context(), s, q, quick, args)
		},
	}
	q.addReading(cmd.Flags())
	q.addOutput(cmd.Flags(), "text, json, csv or xlsx")
	q.addEvidence(cmd.Flags())
	q.addAssumptions(cmd.Flags())
	quick.addFlags(cmd.Flags())
	return cmd
}

func runVet(ctx context.Context, s streams, q *question, quick *quickVet, args []string) error {
	if err := q.settle(append(reportFormats[:len(reportFormats):len(reportFormats)], formatXLSX)); err != nil {
		return err
	}
	partner, err := quick.settle(q, args)
	if err != nil {
		return err
	}
	study, err := q.open(ctx, s)
	if err != nil {
		return err
	}
	v, err := study.Vet(ctx, partner)
	if err != nil {
		return err
	}
	q.findings = render.FindingsWithRows(v.Findings)
	if q.format == formatXLSX {
		err = q.deliverWorkbook(ctx, s, study, v)
	} else {
		err = q.answer(ctx, s, study, func(w io.Writer, f render.Format, o render.TextOptions) error {
			return render.Vet(w, v, f, o)
		})
	}
	if err != nil {
		return err
	}
	return verdictError(v.Verdict.Kind)
}
