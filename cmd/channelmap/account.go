package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"github.com/channelmap/channelmap/render"
)

func newAccount(s streams) *cobra.Command {
	q, ask := &question{keep: true}, &registration{}
	cmd := &cobra.Command{
		Use:     "account KEY [PATH]",
		Short:   "Everything about one account",
		GroupID: groupQuestions,
		Long: `account tells everything about one account: the pathways that reach it with roles
and status, how they stand to one another, deals, registrations and other
records, with file and row of each.

--with PARTNER asks whether a registration of the partner may be approved there:
the first three lines tell who holds the account, which rule applies until when,
and what approving would break.

KEY is a domain, a URL, a name, or the record id of one of your own lists.`,
		Example: `  channelmap account acme.com
  channelmap account "Acme Corp" lumen --format json
  channelmap account acme.com --with shi --product api`,
		Args: takesNameAndPath("KEY (a domain, a name or a record id)", "acme.com"),
		RunE: func(cmd *cobra.Command, args []string) error {
			q.path = argument(args, 1)
			return runAccount(cmd.Context(), s, q, ask, args[0])
		},
	}
	q.addReading(cmd.Flags())
	q.addOutput(cmd.Flags(), "text, json or csv")
	cmd.Flags().StringVar(&ask.partner, "with", "", "may a registration of `PARTNER` be approved there?")
	cmd.Flags().StringVar(&ask.product, "product", "", "the `PRODUCT` that it is for (default all)")
	return cmd
}

// registration is one that may be approved or not.
type registration struct{ partner, product string }

func runAccount(ctx context.Context, s streams, q *question, ask *registration, key string) error {
	if ask.product != "" && ask.partner == "" {
		return &usageError{"--product tells for what a registration is, and nobody asks for one", "add --with PARTNER"}
	}
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
	if ask.partner != "" {
		if account.Approval, err = study.Approve(ctx, key, ask.partner, ask.product); err != nil {
			return err
		}
	}
	return q.answer(ctx, s, study, func(w io.Writer, f render.Format, o render.TextOptions) error {
		return render.Account(w, account, f, o)
	})
}
