package main

import (
	"bytes"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/render"
)

func newFindings(s streams) *cobra.Command {
	q := &question{}
	cmd := &cobra.Command{
		Use:     "findings [ID]",
		Short:   "What is looked for, and what each finding means",
		GroupID: groupQuestions,
		Long: `findings lists what conflicts and vet look for. With an id (C07) or a slug
(exclusivity-clash) it explains one: when it holds, what proves it, what it is
about in money, and what would settle it.`,
		Example: `  channelmap findings
  channelmap findings C07`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return runFindings(s, q, argument(args, 0))
		},
	}
	q.addOutput(cmd.Flags(), "text, json or csv")
	return cmd
}

func runFindings(s streams, q *question, id string) error {
	if err := q.settle(reportFormats); err != nil {
		return err
	}
	docs := conflict.Docs()
	if id != "" {
		one := conflict.DocOf(id)
		if one == nil {
			return unknownFinding(id, docs)
		}
		docs = []*conflict.Doc{one}
	}
	var out bytes.Buffer
	o := render.TextOptions{}
	if q.output == "" {
		o.Width, o.Color = s.width(), s.color()
	}
	if err := render.Findings(&out, docs, render.Format(q.format), o); err != nil {
		return err
	}
	return writeResult(s, q.output, out.Bytes())
}

func unknownFinding(id string, docs []*conflict.Doc) error {
	var known []string
	for _, d := range docs {
		known = append(known, d.ID, d.Slug)
	}
	var near []string
	if n := graph.Nearest(id, known); n != "" {
		near = []string{n}
	}
	return &usageError{fmt.Sprintf("there is no finding %q", id), suggestion(near, "channelmap findings lists all")}
}
