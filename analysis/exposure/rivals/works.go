package main

import (
	"github.com/channelmap/channelmap/analysis/exposure/rivals/generate"
)

// work is what the engine is held to, and with it a line of the table or more.
type work struct {
	name    string // for -only
	about   string
	against string // until there are lines that say it
	measure func(*bench) ([]line, error)
}

// works are measured in this order.
var works = []work{
	{"csv", "a CSV file of 64 partners", "duckdb", on(plain, func(b *bench, l theList) contest {
		return contest{base: b.ours(l), others: b.duckDB(l, hashedForms...), goal: atLeast(10)}
	})},
	{"exact", "the same, whole keys compared", "duckdb", on(plain, func(b *bench, l theList) contest {
		return contest{base: b.ours(l, "-exact"), others: b.duckDB(l, exactForms...), goal: atLeast(6)}
	})},
	{"segments", "the same by segment", "duckdb", on(bySegment, func(b *bench, l theList) contest {
		return contest{base: b.ours(l, "-by-segment"), others: b.duckDB(l, hashedForms...), goal: atLeast(6)}
	})},
	{"partners", "1000 partners", "duckdb", on(thousand, func(b *bench, l theList) contest {
		return contest{base: b.ours(l), others: b.duckDB(l, listForms...), goal: atLeast(6)}
	})},
	{"wide", "with value, segment, role and status", "ours", (*bench).wide},
	{"parquet", "a Parquet file, for both", "duckdb", (*bench).ofParquet},
	{"loaded", "a CSV file, against a table that is loaded already", "duckdb", (*bench).ofTable},
	{"wc", "against counting the lines of the file", "ours", on(plain, func(b *bench, l theList) contest {
		return contest{base: wc(l), others: []command{b.ours(l)}, goal: atMost(4)}
	})},
	{"growth", "the large list against the usual one", "ours", (*bench).growth},
	{"memory", "bytes for each member of the large list", "ours", (*bench).memoryAMember},
	{"bounded", "the huge list in bounded memory", "ours", (*bench).bounded},
	{"map", "encoding/csv and a map", "map", on(plain, func(b *bench, l theList) contest {
		return contest{base: b.ours(l), others: []command{b.rival(l, "encoding/csv and map", "map", l.file)}}
	})},
	{"roaring", "a dictionary and compressed bitmaps", "roaring", on(plain, func(b *bench, l theList) contest {
		return contest{base: b.ours(l), others: []command{b.rival(l, "roaring", "roaring", l.file)}}
	})},
}

// Forms of DuckDB's query: those that compare whole accounts, those that a
// 64-bit hash may serve too, as it does our hashed keys, and those for more
// partners than a mask has bits.
var (
	exactForms  = []string{"arithmetic", "enum", "join"}
	hashedForms = []string{"arithmetic", "enum", "join", "hash", "hash-enum"}
	listForms   = []string{"list", "list-enum", "list-hash-enum", "bitstring"}
)

func workNames() (all []string) {
	for _, w := range works {
		all = append(all, w.name)
	}
	return all
}

// on is a contest on one list.
func on(list func(*bench) generate.Spec, set func(*bench, theList) contest) func(*bench) ([]line, error) {
	return func(b *bench) ([]line, error) {
		l, err := b.list(list(b))
		if err != nil {
			return nil, err
		}
		return b.measure(set(b, l))
	}
}

func plain(b *bench) generate.Spec {
	return generate.Spec{Rows: b.rows, Partners: 64, Form: generate.Plain}
}

func bySegment(b *bench) generate.Spec {
	return generate.Spec{Rows: b.rows, Partners: 64, Form: generate.Segment}
}

func thousand(b *bench) generate.Spec {
	return generate.Spec{Rows: b.rows, Partners: 1000, Form: generate.Plain}
}

func large(b *bench) generate.Spec {
	return generate.Spec{Rows: b.large, Partners: 64, Form: generate.Plain}
}
