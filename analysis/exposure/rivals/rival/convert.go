package main

import (
	"context"
	"fmt"
	"path/filepath"
)

// convert makes a Parquet file or a database file from a list.
func convert(ctx context.Context, t *task) error {
	conn, done, err := t.open(ctx)
	if err != nil {
		return err
	}
	defer done()
	list, to := t.readCSV(false), quote(t.to)
	statements := []string{"SET preserve_insertion_order = true"} // that of the list
	if filepath.Ext(t.to) == ".parquet" {
		statements = append(statements, fmt.Sprintf("COPY (FROM %s) TO '%s' (FORMAT parquet, COMPRESSION snappy)", list, to))
	} else {
		statements = append(statements,
			fmt.Sprintf("ATTACH '%s' AS loaded", to),
			fmt.Sprintf("CREATE TABLE %s AS FROM %s", loadedTable, list),
			"DETACH loaded") // writes all of it
	}
	return execute(ctx, conn, statements)
}

// version prints which DuckDB this is.
func version(ctx context.Context, t *task) error {
	conn, done, err := t.open(ctx)
	if err != nil {
		return err
	}
	defer done()
	var text string
	if err := conn.QueryRowContext(ctx, "SELECT library_version FROM pragma_version()").Scan(&text); err != nil {
		return err
	}
	fmt.Println(text)
	return nil
}
