package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/render"
)

func newSnapshot(s streams) *cobra.Command {
	q := &question{}
	cmd := &cobra.Command{
		Use:     "snapshot [PATH]",
		Short:   "The figures without accounts, to keep and compare",
		GroupID: groupQuestions,
		Long: `snapshot writes the figures of an ecosystem, what they rest on, and the findings,
as JSON for channelmap diff: totals, segments, partners and their stages, which
bytes of which lists were read, and the definitions. It names no account, no
e-mail address and nothing of the rows, which --evidence-file writes to a file of
their own. What is made from lists under an agreement (nda) says so.

The same input gives the same bytes, so that a snapshot can be kept under version
control. Without -o it is printed.

--for PARTNER or --for board writes what can be handed over, which diff does not
take: small counts, lists and definitions are left out.`,
		Example: `  channelmap snapshot -o 2026-q3.json
  channelmap snapshot lumen --as-of 2026-09-30 -o lumen-q3.json`,
		Args: takesPath,
		RunE: func(cmd *cobra.Command, args []string) error {
			q.path = argument(args, 0)
			return runSnapshot(cmd.Context(), s, q)
		},
	}
	q.addReading(cmd.Flags())
	q.addFor(cmd.Flags())
	cmd.Flags().StringVarP(&q.output, "output", "o", "", "`FILE` to write, in place of printing")
	q.addEvidenceFile(cmd.Flags())
	return cmd
}

func runSnapshot(ctx context.Context, s streams, q *question) error {
	q.format = "json" // whatever the file is called
	if err := q.settle(reportFormats); err != nil {
		return err
	}
	study, err := q.open(ctx, s)
	if err != nil {
		return err
	}
	snapshot, err := study.Snapshot(digestIn(ctx, study.Ecosystem.Dir))
	if err != nil {
		return err
	}
	rows, err := q.gatherEvidence(ctx, s, study)
	if err != nil {
		return err
	}
	defer rows.discard()
	if err := warnOf(s, study); err != nil {
		return err
	}
	var out bytes.Buffer
	if err := render.Snapshot(&out, snapshot); err != nil {
		return err
	}
	return q.deliver(ctx, s, out.Bytes(), rows)
}

// digestIn gives the SHA-256 of files of an ecosystem's folder. Of a folder or a
// glob, which the file of a term may be, it is that of all its files in order.
func digestIn(ctx context.Context, dir string) analysis.Digest {
	return func(file string) (string, error) {
		if !filepath.IsAbs(file) {
			file = filepath.Join(dir, filepath.FromSlash(file))
		}
		files := []string{file}
		if info, err := os.Stat(file); err == nil && info.IsDir() {
			files, _ = filepath.Glob(filepath.Join(file, "*"))
		} else if err != nil {
			if found, _ := filepath.Glob(file); len(found) > 0 {
				files = found
			}
		}
		sum := sha256.New()
		for _, f := range files {
			if err := ctx.Err(); err != nil {
				return "", err
			}
			if err := copyFile(sum, f); err != nil {
				return "", fmt.Errorf("%s cannot be read again for its SHA-256: %w", f, err)
			}
		}
		return hex.EncodeToString(sum.Sum(nil)), nil
	}
}

func copyFile(w io.Writer, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}
