package main

import (
	"context"
	"io"
	"path/filepath"
	"strings"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/render"
)

// evidence holds the rows behind the figures: the first few behind each, to be
// printed, and all of them in a file that is not in its place yet.
type evidence struct {
	sample  *analysis.Sample // nil where none are to be printed
	file    *aside           // nil where none is to be written
	written *digest          // of the file
}

// evidenceFormat is told by the extension of the file.
func (q *question) evidenceFormat() (render.Format, error) {
	switch strings.ToLower(filepath.Ext(q.evidenceFile)) {
	case ".jsonl":
		return render.JSON, nil
	case ".csv":
		return render.CSV, nil
	}
	return "", &usageError{"--evidence-file " + q.evidenceFile + ": the extension tells no format", "name it .csv or .jsonl"}
}

// gatherEvidence reads the lists once more, where rows were asked for.
func (q *question) gatherEvidence(ctx context.Context, s streams, study *analysis.Study) (*evidence, error) {
	defer s.clearProgress()
	rows := &evidence{}
	if q.evidence > 0 {
		rows.sample = analysis.NewSample(q.evidence, q.figures, q.findings)
		if err := study.Sample(ctx, rows.sample); err != nil {
			return nil, err
		}
	}
	if q.evidenceFile != "" {
		return rows, q.writeEvidence(ctx, study, rows)
	}
	return rows, nil
}

// writeEvidence writes all rows aside; on an error nothing of it remains.
func (q *question) writeEvidence(ctx context.Context, study *analysis.Study, rows *evidence) (err error) {
	format, err := q.evidenceFormat()
	if err != nil {
		return err
	}
	if rows.file, err = createAside(q.evidenceFile); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			rows.discard()
		}
	}()
	head := study.Head()
	rows.written = newDigest()
	w, err := render.NewEvidence(io.MultiWriter(rows.file, rows.written), format, &head)
	if err != nil {
		return cannotWrite(q.evidenceFile, err)
	}
	return study.EvidenceParts(ctx, w.Append, func(text []byte) error {
		if err := w.Write(text); err != nil {
			return cannotWrite(q.evidenceFile, err)
		}
		return nil
	})
}

func (rows *evidence) commit(path string) error {
	if rows.file == nil {
		return nil
	}
	if err := rows.file.commit(); err != nil {
		return cannotWrite(path, err)
	}
	return nil
}

func (rows *evidence) discard() {
	if rows.file != nil {
		rows.file.discard()
	}
}
