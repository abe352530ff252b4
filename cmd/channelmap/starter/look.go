package starter

import (
	"context"
	"errors"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// List is what is known of a list at hand.
type List struct {
	File     string // as the ecosystem file is to name it
	Profile  *list.Profile
	Sheet    *list.SheetProfile // the one to read; nil where there is none
	Problem  string             // why it cannot be read without more options; or empty
	Mapping  map[string]string  // column key to header, where the list is not read without
	Partners []string           // distinct values of its partner column, most frequent first
	Segments []string           // distinct values of its segment column, most frequent first
	Statuses []string           // distinct values of its status column, most frequent first
	Sellers  []string           // distinct sellers of record, most frequent first
	Rows     int                // without titles, totals and footers
	Served   map[string]string  // column key by the header that serves it, as it is read
	Wide     []string           // headers of columns that mark partners with 0 and 1; two at least, or none
}

// mostValues is how many distinct values of a column are remembered.
const mostValues = 1000

// Look profiles a list and gathers the segments and partners that it names.
// Nothing else of its rows is kept. The error is that of a file that cannot be
// read at all.
func Look(ctx context.Context, path, name string) (List, error) {
	l := List{File: name}
	var err error
	if l.Profile, err = list.ProfileFile(path); err != nil {
		return l, err
	}
	l.chooseSheet()
	if l.Sheet == nil || l.Problem != "" {
		return l, nil
	}
	if l.system() == nil {
		l.Wide = markColumns(l.Sheet)
	}
	if err := l.readThrough(ctx, path); errors.Is(err, context.Canceled) {
		return l, err
	} else if err != nil {
		l.Problem = err.Error()
	}
	if len(l.Wide) > 0 {
		l.Partners = l.Wide // those that no row marks, too
	}
	return l, nil
}

// readThrough reads the list as what its place says and gathers what is kept.
func (l *List) readThrough(ctx context.Context, path string) error {
	gathered := []struct {
		key    list.Key
		into   *[]string
		values map[string]int
	}{
		{list.Partner, &l.Partners, map[string]int{}},
		{list.Segment, &l.Segments, map[string]int{}},
		{list.Status, &l.Statuses, map[string]int{}},
		{list.SellerOfRecord, &l.Sellers, map[string]int{}},
	}
	spec := l.spec()
	spec.File = path
	summary, err := list.Read(ctx, spec, list.Options{Shape: l.shape()}, func(row *list.Row) error {
		for _, g := range gathered {
			count(g.values, row.Get(g.key))
		}
		return nil
	})
	for _, g := range gathered {
		*g.into = frequent(g.values)
	}
	l.Served = map[string]string{}
	if summary != nil {
		for _, f := range summary.Files {
			l.Rows += f.Rows
			for k, h := range f.Headers {
				l.Served[h] = k.String()
			}
		}
	}
	return err
}

// shape is what the rows of the list are.
func (l *List) shape() list.Shape {
	if record := l.place().record; record != "" {
		return record
	}
	return list.Members
}

// Reaches reports whether the list can be read and tells who is reached: records
// of deals say something of accounts that lists know.
func (l *List) Reaches() bool { return l.Problem == "" && l.place().record == "" }

// marks are what cells of a matrix of partners hold.
var marks = []string{"0", "1", "x", "yes", "no", "y", "n", "true", "false", "-", "✓", "✔"}

// markColumns finds the columns of a matrix of accounts and partners: at least
// two that serve nothing else and hold marks alone.
func markColumns(s *list.SheetProfile) []string {
	var headers []string
	for _, c := range s.Columns {
		isMark := func(v string) bool { return slices.Contains(marks, strings.ToLower(v)) }
		if c.Key == "" && c.Header != "" && c.Filled > 0 && c.Distinct <= 3 && !slices.ContainsFunc(c.Sample, func(v string) bool { return !isMark(v) }) {
			headers = append(headers, c.Header)
		}
	}
	if len(headers) < 2 {
		return nil
	}
	return headers
}

// chooseSheet takes the first sheet that can be read as it is, else the first
// that can be read with a column that its cells suggest.
func (l *List) chooseSheet() {
	l.Problem = "it holds no rows"
	for i := range l.Profile.Sheets {
		if s := &l.Profile.Sheets[i]; s.Problem == "" && s.Rows > 0 {
			l.Sheet, l.Problem = s, ""
			return
		}
	}
	for i := range l.Profile.Sheets {
		s := &l.Profile.Sheets[i]
		if s.Rows == 0 {
			continue
		}
		if l.Sheet == nil {
			l.Sheet, l.Problem = s, s.Problem
		}
		for _, c := range s.Columns {
			if c.Guessed && c.Header != "" {
				l.Sheet, l.Problem, l.Mapping = s, "", map[string]string{c.Key: c.Header}
				return
			}
		}
	}
}

// spec are the options with which the list can be read.
func (l *List) spec() graph.ListSpec {
	spec := graph.ListSpec{File: l.File, Own: true, Columns: map[string]graph.Column{}}
	if len(l.Profile.Sheets) > 1 {
		spec.Sheet = l.Sheet.Sheet
	}
	if len(l.Mapping) > 0 {
		spec.Header = l.Sheet.Header
	}
	for key, header := range l.Mapping {
		spec.Columns[key] = graph.Column{Headers: []string{header}}
	}
	if len(l.Wide) > 0 {
		spec.Layout = graph.LayoutWide
		spec.Columns[list.Partner.String()] = graph.Column{Headers: l.Wide}
	}
	return spec
}

// has reports whether a column serves a key.
func (l *List) has(key list.Key) bool {
	if l.Mapping[key.String()] != "" {
		return true
	}
	return l.Sheet != nil && slices.ContainsFunc(l.Sheet.Columns, func(c list.ColumnProfile) bool {
		return c.Key == key.String() && !c.Guessed
	})
}

// count takes a value into account. E-mail addresses are never repeated.
func count(values map[string]int, value string) {
	if value == "" || strings.ContainsRune(value, '@') || strings.ContainsFunc(value, unicode.IsControl) {
		return
	}
	if _, ok := values[value]; ok || len(values) < mostValues {
		values[strings.Clone(value)]++
	}
}

// frequent lists values by how many rows have them, then by name.
func frequent(values map[string]int) []string {
	var out []string
	for v := range values {
		out = append(out, v)
	}
	slices.SortFunc(out, func(a, b string) int {
		if d := values[b] - values[a]; d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return out
}

// base is the name of the list's file without folder and extensions.
func (l *List) base() string {
	name := list.UnpackedName(path.Base(l.File))
	if stem := strings.TrimSuffix(name, path.Ext(name)); strings.TrimSpace(stem) != "" {
		return stem
	}
	return name
}
