package main

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"

	_ "github.com/duckdb/duckdb-go/v2" // DuckDB as a driver of database/sql

	"github.com/channelmap/channelmap/analysis/exposure/rivals/answer"
	"github.com/channelmap/channelmap/analysis/exposure/rivals/generate"
)

// loadedTable is the list in a database file of its own.
const loadedTable = "loaded.list"

// countDuckDB lets DuckDB find the distinct sets and adds them up as all do.
// It counts no rows, for which its query has no need.
func countDuckDB(ctx context.Context, t *task) (answer.Answer, error) {
	f, ok := forms[t.form]
	if !ok {
		return answer.Answer{}, fmt.Errorf("form %q: write one of %s", t.form, strings.Join(names(forms), ", "))
	}
	conn, done, err := t.open(ctx)
	if err != nil {
		return answer.Answer{}, err
	}
	defer done()
	rows, err := conn.QueryContext(ctx, t.query(f))
	if err != nil {
		return answer.Answer{}, err
	}
	defer rows.Close()
	return t.read(rows, f)
}

// open gives a connection to a database in memory, with the loaded list beside
// it where the file holds one.
func (t *task) open(ctx context.Context) (*sql.Conn, func(), error) {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		return nil, nil, err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		db.Close()
		return nil, nil, err
	}
	done := func() { conn.Close(); db.Close() }
	statements := t.setup()
	if filepath.Ext(t.file) == ".duckdb" {
		statements = append(statements, fmt.Sprintf("ATTACH '%s' AS loaded (READ_ONLY)", quote(t.file)))
	}
	if err := execute(ctx, conn, statements); err != nil {
		done()
		return nil, nil, err
	}
	return conn, done, nil
}

func execute(ctx context.Context, conn *sql.Conn, statements []string) error {
	for _, s := range statements {
		if _, err := conn.ExecContext(ctx, s); err != nil {
			return fmt.Errorf("%w, in: %s", err, s)
		}
	}
	return nil
}

// read adds up what a query gives.
func (t *task) read(rows *sql.Rows, f form) (answer.Answer, error) {
	var (
		segment, members int64
		text             string
		bits             uint64
		numbers          any
		fields           []any
		partners         []int
	)
	segments := 0
	if t.segments {
		segments, fields = len(generate.Segments), append(fields, &segment)
	}
	fields = append(fields, map[string]any{mask: &bits, list: &numbers, bitstring: &text}[f.set], &members)
	tally := answer.NewTally(answer.NotCounted, t.partners, segments)
	for rows.Next() {
		if err := rows.Scan(fields...); err != nil {
			return answer.Answer{}, err
		}
		switch f.set {
		case mask:
			tally.AddMask(int(segment), bits, members)
			continue
		case list:
			partners = ofList(partners[:0], numbers)
		case bitstring:
			partners = ofBits(partners[:0], text)
		}
		tally.Add(int(segment), partners, members)
	}
	return tally.Answer(), rows.Err()
}

func ofList(partners []int, numbers any) []int {
	for _, n := range numbers.([]any) {
		partners = append(partners, int(n.(uint16)))
	}
	return partners
}

func ofBits(partners []int, text string) []int {
	for at := 0; ; at++ {
		next := strings.IndexByte(text[at:], '1')
		if next < 0 {
			return partners
		}
		at += next
		partners = append(partners, at)
	}
}
