package main

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/render"
	"github.com/channelmap/channelmap/render/layout"
)

func newMap(s streams) *cobra.Command {
	q := &question{}
	cmd := &cobra.Command{
		Use:     "map [PATH]",
		Short:   "The conflict map",
		GroupID: groupQuestions,
		Long: `map draws the vendor, its channels and partners, the segments they reach, and the
worst pairs that collide. --format dot is a file that plain Graphviz draws.

It never names accounts: overlaps --evidence prints the rows behind a pair, and
--evidence-file writes them all to a file of their own.

--for PARTNER or --for board draws what can be handed over: small counts are not
told, lists and terms are left out, and other partners are told by their kind.`,
		Example: `  channelmap map -o map.svg
  channelmap map lumen --format png > map.png
  channelmap map lumen --for cdw -o cdw.svg`,
		Args: takesPath,
		RunE: func(cmd *cobra.Command, args []string) error {
			q.path = argument(args, 0)
			return runMap(cmd.Context(), s, q)
		},
	}
	q.addReading(cmd.Flags())
	q.addFor(cmd.Flags())
	q.addOutput(cmd.Flags(), "svg, png, dot or json")
	q.addEvidenceFile(cmd.Flags())
	return cmd
}

func runMap(ctx context.Context, s streams, q *question) error {
	if err := q.settle([]string{"svg", "png", "dot", "json"}); err != nil {
		return err
	}
	if q.output == "" && s.outColumns > 0 && (q.format == "svg" || q.format == "png") {
		return &usageError{"a terminal does not show a picture", "write it to a file with -o map." + q.format}
	}
	if q.format == "svg" || q.format == "png" {
		var stop func()
		ctx, stop = layout.Ahead(ctx)
		defer stop()
	}
	study, err := q.open(ctx, s)
	if err != nil {
		return err
	}
	rows, err := q.gatherEvidence(ctx, s, study)
	if err != nil {
		return err
	}
	defer rows.discard()
	var out bytes.Buffer
	foreign, err := drawMap(ctx, &out, study.Map(), q.format)
	if err != nil {
		return err
	}
	if err := warnOf(s, study); err != nil {
		return err
	}
	if foreign > 0 {
		fmt.Fprintf(s.err, "The font lacks characters of %d of the texts, which the PNG shows as boxes; an SVG shows them with the fonts of its reader\n", foreign)
	}
	return q.deliver(ctx, s, out.Bytes(), rows)
}

// drawMap draws in one of the formats of maps. The input is right by now, so
// that what fails is a mistake of the program.
func drawMap(ctx context.Context, w io.Writer, m *analysis.Map, format string) (foreign int, err error) {
	switch format {
	case "svg":
		err = render.MapSVG(ctx, w, m, render.MapOptions{})
	case "png":
		foreign, err = render.MapPNG(ctx, w, m, render.MapOptions{})
	case "dot":
		err = render.MapDOT(w, m)
	case "json":
		err = render.MapJSON(w, m)
	}
	if err != nil {
		return 0, &internalError{err}
	}
	return foreign, nil
}
