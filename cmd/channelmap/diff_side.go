package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/graph"
)

// side is one of the two, ready to be compared.
type side struct {
	analysis.Side
	folder string // where a revision was put; empty where there is none
}

func (x *side) close() {
	if x.folder != "" {
		os.RemoveAll(x.folder)
	}
}

// named writes the names of files of a revision as the user knows them.
func (x *side) named(text string) string {
	if x.folder == "" {
		return text
	}
	revision, _, _ := cutRevision(x.Name)
	return strings.ReplaceAll(text, x.folder+string(filepath.Separator), revision+":")
}

// openSide reads a snapshot, or takes one of a folder or a revision.
func openSide(ctx context.Context, s streams, q *question, arg string) (*side, error) {
	x := &side{Side: analysis.Side{Name: arg}}
	path := arg
	if revision, of, ok := cutRevision(arg); ok {
		var err error
		if path, err = x.checkOut(ctx, revision, of); err != nil {
			x.close()
			return nil, err
		}
	} else if file, err := readSnapshotFile(arg); file != nil || err != nil {
		if err == nil && q.output != "" && sameTarget(arg, q.output) {
			err = &usageError{arg + " is an input, and would be overwritten", "write to another file"}
		}
		if err == nil {
			x.Snapshot, err = analysis.ParseSnapshot(arg, file)
		}
		return x, err
	}
	if err := x.take(ctx, s, q, path); err != nil {
		x.close()
		if x.folder == "" || ctx.Err() != nil {
			return nil, err
		}
		return nil, errors.New(x.named(err.Error()))
	}
	return x, nil
}

// take takes a snapshot of an ecosystem.
func (x *side) take(ctx context.Context, s streams, q *question, path string) error {
	of := *q
	of.path = path
	of.noCache = q.noCache || x.folder != "" // which is gone afterwards
	study, err := of.open(ctx, s)
	if err != nil {
		return err
	}
	x.Ecosystem = of.eco
	x.Options = q.options
	if x.Options.AsOf, err = graph.ParseDate(study.Head().AsOf); err != nil {
		return err
	}
	x.Snapshot, err = study.Snapshot(digestIn(ctx, study.Ecosystem.Dir))
	return err
}

// mostSnapshot bounds the files that are read as snapshots, in bytes.
const mostSnapshot = 64 << 20

// readSnapshotFile reads a file that is to be a snapshot: any that is no folder and
// no YAML. Without such a file it gives nil.
func readSnapshotFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, &usageError{fmt.Sprintf("%s: there is no such file or folder", name), "A and B are each a snapshot, an ecosystem file, its folder, or REV:PATH"}
		}
		return nil, err
	}
	ext := strings.ToLower(filepath.Ext(name))
	if info.IsDir() || ext == ".yaml" || ext == ".yml" {
		return nil, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, mostSnapshot+1))
	switch {
	case err != nil:
		return nil, err
	case len(data) > mostSnapshot:
		return nil, &usageError{fmt.Sprintf("%s: it is larger than %d MB, and no snapshot is", name, mostSnapshot>>20), "channelmap snapshot -o FILE writes one"}
	}
	if what := otherFile(ext, data); what != "" {
		return nil, &usageError{fmt.Sprintf("%s: it is %s, and no snapshot", name, what), "channelmap snapshot -o FILE writes one, from the folder of an ecosystem"}
	}
	return data, nil
}

// otherFile says what a file is that cannot be a snapshot, by its first bytes.
func otherFile(ext string, data []byte) string {
	start := bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\uFEFF")))
	switch {
	case len(start) == 0 || start[0] == '{' || start[0] == '[' || ext == ".json":
		return ""
	case bytes.HasPrefix(start, []byte("PK")):
		return "a workbook or another packed file"
	case bytes.HasPrefix(start, []byte("<")):
		return "a picture or a page"
	case bytes.IndexByte(start, 0) >= 0:
		return "no text in UTF-8"
	case ext == ".csv" || ext == ".tsv":
		return "a list"
	}
	return "a text of another kind"
}
