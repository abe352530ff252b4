package list

import (
	"fmt"
	"testing"

	"github.com/parquet-go/parquet-go"
)

func benchForm(b *testing.B, file, content string) {
	benchRead(b, folder(b, map[string]string{file: content}), file)
}

func BenchmarkReadGzip(b *testing.B) {
	benchForm(b, "l.csv.gz", gzipped(b, written(b, benchTable(), ',')))
}

func BenchmarkReadZstd(b *testing.B) {
	benchForm(b, "l.csv.zst", zstandard(b, written(b, benchTable(), ',')))
}

func BenchmarkReadJSONL(b *testing.B) {
	benchForm(b, "l.jsonl", jsonLinesOf(b, typed(benchTable())))
}

func BenchmarkReadParquet(b *testing.B) {
	rows := make([]crmRow, benchRows)
	for i := range rows {
		name := fmt.Sprintf("Company %d", i)
		rows[i] = crmRow{fmt.Sprintf("company%d.com", i), &name, "DE", int64(i) * 100, "CDW"}
	}
	benchForm(b, "l.parquet", parquetOf(b, rows, parquet.Compression(&parquet.Snappy)))
}
