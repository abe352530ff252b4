package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/channelmap/channelmap/analysis/exposure/rivals/generate"
)

// form is one way to put the question to DuckDB. Each groups the rows by
// account into a set of partners, and the accounts by set.
type form struct {
	set  string // the partners of an account, from the number of a partner
	how  how
	hash bool // group by a 64-bit hash of the account instead of the account
}

// how the number of a partner is told from its id.
type how int

const (
	byArithmetic how = iota // the digits of the id
	byEnum                  // the column is read as an enumeration
	byJoin                  // a table of partners
)

const (
	mask      = "bit_or(1::UBIGINT << %s::UBIGINT)" // up to 64 partners
	list      = "list_sort(list_distinct(list(%s::USMALLINT)))"
	bitstring = "bitstring_agg(%s::USMALLINT, 0, 999)"
)

var forms = map[string]form{
	"arithmetic": {set: mask},
	"enum":       {set: mask, how: byEnum},
	"join":       {set: mask, how: byJoin},
	"hash":       {set: mask, hash: true},
	"hash-enum":  {set: mask, how: byEnum, hash: true},

	"list":           {set: list},
	"list-enum":      {set: list, how: byEnum},
	"list-hash-enum": {set: list, how: byEnum, hash: true},
	"bitstring":      {set: bitstring},
}

// setup are the statements before the question, none of which takes time.
func (t *task) setup() []string {
	return []string{
		fmt.Sprintf("SET threads = %d", t.threads),
		"SET preserve_insertion_order = false", // it has no need to
		fmt.Sprintf("CREATE TEMP TABLE partners AS SELECT format('%s', i) AS partner, i AS number FROM range(%d) AS r(i)", t.idFormat(), t.partners),
		"CREATE TEMP TYPE partner_id AS ENUM (SELECT partner FROM partners ORDER BY number)",
		fmt.Sprintf("CREATE TEMP TYPE segment_id AS ENUM ('%s')", strings.Join(generate.Segments, "', '")),
	}
}

// idFormat makes the id of a partner from its number.
func (t *task) idFormat() string {
	return fmt.Sprintf("%s{:0%dd}", generate.PartnerPrefix, generate.Spec{Partners: t.partners}.PartnerDigits())
}

// query asks for segment (if told apart), set and members.
func (t *task) query(f form) string {
	key, segment, segmentOut := "account", "", ""
	if f.hash {
		key = "hash(account)"
	}
	if t.segments {
		segment = "any_value(segment::segment_id) AS segment, "
		segmentOut = "enum_code(segment), "
	}
	return fmt.Sprintf("SELECT %s reached, count(*) FROM (SELECT %s%s AS reached FROM %s GROUP BY %s) GROUP BY ALL",
		segmentOut, segment, fmt.Sprintf(f.set, f.number()), t.source(f), key)
}

// number is the number of a row's partner.
func (f form) number() string {
	switch f.how {
	case byEnum:
		return "enum_code(partner::partner_id)"
	case byJoin:
		return "number"
	default:
		return fmt.Sprintf("substr(partner, %d)", len(generate.PartnerPrefix)+1)
	}
}

// source is the list as DuckDB reads it fastest: the columns are told, so that
// it need not look for them.
func (t *task) source(f form) string {
	var from string
	switch filepath.Ext(t.file) {
	case ".csv":
		from = t.readCSV(f.how == byEnum)
	case ".parquet":
		from = fmt.Sprintf("read_parquet('%s')", quote(t.file))
	default:
		from = loadedTable
	}
	if f.how == byJoin {
		from += " JOIN partners USING (partner)"
	}
	return from
}

func (t *task) readCSV(enum bool) string {
	partner, segment := "VARCHAR", "VARCHAR"
	if enum {
		partner, segment = "partner_id", "segment_id"
	}
	columns := fmt.Sprintf("'account': 'VARCHAR', 'partner': '%s'", partner)
	if t.segments {
		columns += fmt.Sprintf(", 'segment': '%s'", segment)
	}
	return fmt.Sprintf("read_csv('%s', columns = {%s}, header = true, auto_detect = false)", quote(t.file), columns)
}

// quote doubles the quotes of a text for SQL.
func quote(text string) string { return strings.ReplaceAll(text, "'", "''") }
