package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"github.com/channelmap/channelmap/render"
)

func newAccount(s streams) *cobra.Command {
	q := &question{}
	cmd := &cobra.Command{
		Use:     "account KEY [PATH]",
		Short:   "Everything about one account",
		GroupID: groupQuestions,
		Long: `account tells everything about one account: the pathways that reach it with roles
and status, how they stand to one another, deals, registrations and other
records, with file and row of each.

KEY is a domain, a URL, a name, or the record id of one of your own lists.`,
		Example: `  channelmap account acme.com
  channelmap account "Acme Corp" lumen --format json`,
		Args: takesNameAndPath("KEY (a domain, a name or a record id)", "acme.com"),
		RunE: func(cmd *cobra.Command, args []string) error {
			q.path = argument(args, 1)
			return runAccount(cmd.Context(), s, q, args[0])
		},
	}
	q.addReading(cmd.Flags())
	q.addOutput(cmd.Flags(), "text, json or csv")
	return cmd
}

func runAccount(ctx context.Context, s streams, q *question, key string) error {
	if err := q.settle(reportFormats); err != nil {
		return err
	}
	study, err := q.open(ctx, s)
	if err != nil {
		return err
	}
	account, err := study.Account(ctx, key)
	if err != nil {
		return err
	}
	return q.answer(ctx, s, study, func(w io.Writer, f render.Format, o render.TextOptions) error {
		return render.Account(w, account, f, o)
	})
}
