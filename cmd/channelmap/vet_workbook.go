package main

import (
	"bytes"
	"context"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/render"
)

// deliverWorkbook writes what vet found as a workbook.
func (q *question) deliverWorkbook(ctx context.Context, s streams, study *analysis.Study, v *analysis.Vet) error {
	if q.output == "" && s.outColumns > 0 {
		return &usageError{"a terminal does not show a workbook", "write it to a file with -o " + v.Partner.ID + "-vet.xlsx"}
	}
	rows, err := q.gatherEvidence(ctx, s, study)
	if err != nil {
		return err
	}
	defer rows.discard()
	accounts, err := study.VetRows(ctx, v.Partner.ID)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := render.WriteWorkbook(&out, render.VetWorkbook(v, accounts)); err != nil {
		return err
	}
	if err := warn(s, study.Head()); err != nil {
		return err
	}
	return q.deliver(ctx, s, out.Bytes(), rows)
}
