package starter

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/channelmap/channelmap/graph/list"
)

// listEntries are the lists of members.
func (c *composer) listEntries() {
	c.line("")
	if slices.ContainsFunc(c.lists, func(l List) bool { return l.Reaches() }) {
		c.line("lists:")
	} else {
		c.line("# lists:")
	}
	for i := range c.lists {
		if l, p := &c.lists[i], c.places[i]; p.record == "" {
			c.describe(l, p, "  ")
			entry := "  - {" + strings.Join(c.options(l, p), ", ") + "}"
			if l.Problem != "" {
				entry = "# " + entry
			}
			c.line("%s", entry)
		}
	}
}

// recordEntries are the files of records, one of each kind: what stands for a
// second is commented out.
func (c *composer) recordEntries() {
	written := map[list.Shape]bool{}
	for i := range c.lists {
		l, p := &c.lists[i], c.places[i]
		if p.record == "" {
			continue
		}
		c.line("")
		c.describe(l, p, "")
		options := []string{"file: " + scalar(l.File)}
		if len(l.Profile.Sheets) > 1 {
			options = append(options, "sheet: "+scalar(l.Sheet.Sheet))
		}
		entry := fmt.Sprintf("%s: {%s}", p.record, strings.Join(options, ", "))
		switch {
		case l.Problem != "", p.doubtful:
			entry = "# " + entry
		case written[p.record]:
			c.comment("", "one entry names all files of %s: write a pattern, such as file: \"exports/opportunities-*.csv\"", p.record)
			entry = "# " + entry
		}
		written[p.record] = written[p.record] || l.Problem == "" && !p.doubtful
		c.line("%s", entry)
	}
}

// options write how a list is read and where its rows belong.
func (c *composer) options(l *List, p place) []string {
	out := append([]string{"file: " + scalar(l.File)}, c.seller(p)...)
	if p.status != "" {
		out = append(out, "status: "+string(p.status))
	}
	if p.audience != "" {
		out = append(out, "audience: "+string(p.audience))
	}
	if l.Sheet != nil && len(l.Profile.Sheets) > 1 {
		out = append(out, "sheet: "+scalar(l.Sheet.Sheet))
	}
	columns := mappings(l.Mapping)
	if len(columns) > 0 && l.Sheet.Header > 0 {
		out = append(out, fmt.Sprintf("header: %d", l.Sheet.Header))
	}
	columns = append(columns, mappings(p.columns)...)
	if len(p.statuses) > 0 {
		columns = append(columns, l.statusColumn(p))
	}
	if len(l.Wide) > 0 {
		out = append(out, "layout: wide")
		columns = append(columns, "partner: ["+strings.Join(scalars(l.Wide), ", ")+"]")
	}
	if len(columns) > 0 {
		out = append(out, "columns: {"+strings.Join(columns, ", ")+"}")
	}
	return out
}

// seller writes whose a list is. Of a partner in one channel the channel goes
// without saying, but on a marketplace it says what the partner does there.
func (c *composer) seller(p place) []string {
	if p.partner == "" {
		out := []string{"channel: " + p.channel}
		if p.own {
			out = append(out, "own: true")
		}
		return out
	}
	known := c.called[foldSpelling(p.partner)]
	id := "partner: " + scalar(known.id)
	if p.channel == marketplaces || len(known.channels) > 1 {
		return []string{"channel: " + p.channel, id}
	}
	return []string{id}
}

// statusColumn maps words of the status column.
func (l *List) statusColumn(p place) string {
	var values []string
	for _, text := range slices.Sorted(maps.Keys(p.statuses)) {
		values = append(values, scalar(text)+": "+string(p.statuses[text]))
	}
	return fmt.Sprintf("status: {column: %s, values: {%s}}", scalar(l.servedBy(list.Status)), strings.Join(values, ", "))
}

// servedBy is the header that serves a key, or empty.
func (l *List) servedBy(key list.Key) string {
	for _, col := range l.Sheet.Columns {
		if l.Served[col.Header] == key.String() {
			return col.Header
		}
	}
	return ""
}

// describe tells in comments how the list is read, and what is a guess.
func (c *composer) describe(l *List, p place, indent string) {
	c.comment(indent, "%s", l.File)
	if l.Problem != "" {
		c.comment(indent, "cannot be read yet: %s", l.Problem)
		return
	}
	header := ""
	if l.Sheet.Header > 0 {
		header = fmt.Sprintf(", header in row %d", l.Sheet.Header)
	}
	c.comment(indent, "%s in %s%s, %s", l.Profile.Format, l.Profile.Encoding, header, countOf(l.Rows, "row"))
	c.describeColumns(l, p, indent)
	if len(l.Wide) > 0 {
		c.comment(indent, "%s of marks, guessed to be partners", countOf(len(l.Wide), "column"))
	}
	for _, remark := range p.remarks {
		c.comment(indent, "%s", remark)
	}
}

// describeColumns tells which columns are read.
func (c *composer) describeColumns(l *List, p place, indent string) {
	mapped := map[string]string{} // key by header
	for key, header := range p.columns {
		mapped[header] = key
	}
	var read, unread []string
	for _, col := range l.Sheet.Columns {
		key := l.Served[col.Header]
		if mapped[col.Header] != "" {
			key = mapped[col.Header]
		}
		switch {
		case col.Header == "", slices.Contains(l.Wide, col.Header):
		case col.Guessed && l.Mapping[col.Key] == col.Header:
			c.comment(indent, "%s is a guess from its cells: %s", col.Header, col.Key)
		case key != "":
			read = append(read, key+" = "+col.Header)
		case col.Guessed:
			unread = append(unread, col.Header+" (may be "+col.Key+")")
		default:
			unread = append(unread, col.Header)
		}
	}
	if len(read) > 0 {
		c.comment(indent, "read: %s", strings.Join(read, ", "))
	}
	switch {
	case len(unread) > 0 && p.record != "":
		c.comment(indent, "not read: %s", strings.Join(unread, ", "))
	case len(unread) > 0:
		c.comment(indent, "not read: %s; to read one: columns: {%s: its header}", strings.Join(unread, ", "), list.Segment)
	}
}

// comment writes a comment of one line, whatever it is made of.
func (c *composer) comment(indent, format string, args ...any) {
	c.line("%s# %s", indent, oneLine(fmt.Sprintf(format, args...)))
}

func scalars(texts []string) []string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = scalar(t)
	}
	return out
}

func mappings(columns map[string]string) []string {
	var out []string
	for key, header := range columns {
		out = append(out, key+": "+scalar(header))
	}
	slices.Sort(out)
	return out
}

func countOf(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
