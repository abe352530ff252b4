package starter

import (
	"fmt"
	"slices"
	"strings"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// mostLive is how many distinct values are proposed as segments without being
// commented out: more are hardly segments.
const mostLive = 12

// Compose writes the ecosystem file that refers to the lists. It loads without
// problems, whatever the lists are called and hold, if one of them can be read.
func Compose(lists []List) string {
	c := &composer{lists: lists, taken: map[string]bool{graph.FromVendor: true}}
	c.line("# Proposed by `channelmap init` from %s. What is only a guess says so or", countOf(len(lists), "list"))
	c.line("# stands behind a #. `channelmap check` tells whether all of it fits together.")
	c.line("vendor: My company                # your name")
	c.line("# currency: USD")
	c.segments()
	c.channels()
	c.partners()
	c.listEntries()
	return c.out.String()
}

// composer gathers the text.
type composer struct {
	out   strings.Builder
	lists []List
	taken map[string]bool   // ids of channels and partners
	ids   map[string]string // of partners, by folded name
}

func (c *composer) line(format string, args ...any) {
	fmt.Fprintf(&c.out, format+"\n", args...)
}

// segments proposes one for each distinct value of segment columns, of users
// and of buyers apart.
func (c *composer) segments() {
	taken := map[string]bool{}
	c.line("")
	heading := "segments:                         # from the values that the lists hold; addressable is how many there are"
	for _, a := range []graph.Audience{graph.Users, graph.Buyers} {
		values := c.segmentValues(a)
		live := len(values) <= mostLive
		for i, v := range values {
			if i == 0 && !live {
				c.line("# A column with %d different values tells segments apart badly; the most frequent:", len(values))
			}
			if i == mostLive {
				break
			}
			id := freshID(v, "segment", taken)
			entry := fmt.Sprintf("  - {id: %s, name: %s, audience: %s, match: {segment: [%s]}}", scalar(id), scalar(v), a, scalar(v))
			switch {
			case !live:
				c.line("# %s", entry)
			case heading != "":
				c.line("%s", heading)
				heading = ""
				fallthrough
			default:
				c.line("%s    # addressable: 1000, value: 9000", entry)
			}
		}
	}
	if heading != "" {
		c.line("# segments:                       # no column tells them")
		c.line("#   - {id: mid-market, name: Mid-market, audience: buyers, addressable: 1000, match: {employees: 200..1999}}")
	}
}

// segmentValues are those of all lists of an audience, each once, but for those
// that a match would take for a range.
func (c *composer) segmentValues(a graph.Audience) []string {
	var out []string
	for i := range c.lists {
		if l := &c.lists[i]; l.Problem == "" && l.audience() == a {
			for _, v := range l.Segments {
				if !slices.Contains(out, v) && !strings.Contains(v, "..") {
					out = append(out, v)
				}
			}
		}
	}
	return out
}

// The ids of the channels that lists are put in.
const (
	selfServe = "self-serve"
	sales     = "sales"
	partners  = "partners"
)

// channels are those that the lists need.
func (c *composer) channels() {
	c.line("")
	c.line("channels:                         # kinds: direct-user, direct-buyer, marketplace, embed, platform,")
	c.line("                                  # reseller, distributor, integrator, referral")
	need := map[string]bool{}
	for i := range c.lists {
		need[channelOf(c.lists[i].owner())] = true
	}
	entries := []struct{ id, text string }{
		{selfServe, "  - {id: self-serve, name: Self-serve, kind: direct-user}"},
		{sales, "  - {id: sales, name: Direct sales, kind: direct-buyer}"},
		{partners, "  - {id: partners, name: Partners, kind: reseller}      # a guess: give each kind of partner a channel"},
	}
	for _, e := range entries {
		c.taken[e.id] = true
		if need[e.id] {
			c.line("%s", e.text)
		}
	}
}

func channelOf(o owner) string {
	switch o {
	case ofSales:
		return sales
	case ofSelfServe:
		return selfServe
	}
	return partners
}

// partners are those that rows name, and those that files are named by. Names
// that differ in case and spaces alone are one partner.
func (c *composer) partners() {
	c.ids = map[string]string{}
	for i := range c.lists {
		l := &c.lists[i]
		names := l.Partners
		if l.owner() == ofPartner {
			names = []string{l.base()}
		}
		for _, name := range names {
			c.partner(name)
		}
	}
}

func (c *composer) partner(name string) {
	if c.ids[foldSpelling(name)] != "" {
		return
	}
	if len(c.ids) == 0 {
		c.line("\npartners:")
	}
	id := freshID(name, "partner", c.taken)
	c.ids[foldSpelling(name)] = id
	c.line("  - {id: %s, name: %s, channel: partners}", scalar(id), scalar(name))
}

func foldSpelling(name string) string {
	return strings.ToLower(strings.Join(strings.Fields(name), " "))
}

func (c *composer) listEntries() {
	c.line("")
	heading := "lists:"
	for i := range c.lists {
		if c.lists[i].Problem == "" && heading != "" {
			c.line("%s", heading)
			heading = ""
		}
	}
	if heading != "" {
		c.line("# lists:")
	}
	for i := range c.lists {
		c.listEntry(&c.lists[i])
	}
}

func (c *composer) listEntry(l *List) {
	c.describe(l)
	options := []string{"file: " + scalar(l.File)}
	switch l.owner() {
	case ofSales:
		options = append(options, "channel: sales", "own: true")
	case ofSelfServe:
		options = append(options, "channel: self-serve", "own: true")
	case ofPartners:
		options = append(options, "channel: partners")
	default:
		options = append(options, "partner: "+scalar(c.ids[foldSpelling(l.base())]))
	}
	if l.Sheet != nil && len(l.Profile.Sheets) > 1 {
		options = append(options, "sheet: "+scalar(l.Sheet.Sheet))
	}
	columns := mappings(l.Mapping)
	if len(columns) > 0 {
		options = append(options, fmt.Sprintf("header: %d", l.Sheet.Header))
	}
	if len(l.Wide) > 0 {
		options = append(options, "layout: wide")
		columns = append(columns, "partner: ["+strings.Join(scalars(l.Wide), ", ")+"]")
	}
	if len(columns) > 0 {
		options = append(options, "columns: {"+strings.Join(columns, ", ")+"}")
	}
	entry := "  - {" + strings.Join(options, ", ") + "}"
	if l.Problem != "" {
		c.line("# %s", entry)
		return
	}
	c.line("%s", entry)
}

// describe tells in comments how the list is read, and what is a guess.
func (c *composer) describe(l *List) {
	c.comment("%s", l.File)
	if l.Problem != "" {
		c.comment("cannot be read yet: %s", l.Problem)
		return
	}
	c.comment("%s in %s, header in row %d, %s", l.Profile.Format, l.Profile.Encoding, l.Sheet.Header, countOf(l.Sheet.Rows, "row"))
	var read, unread []string
	marked := 0
	for _, col := range l.Sheet.Columns {
		switch {
		case col.Header == "":
		case slices.Contains(l.Wide, col.Header):
			marked++
		case col.Key != "" && !col.Guessed:
			read = append(read, col.Key+" = "+col.Header)
		case l.Mapping[col.Key] == col.Header:
			c.comment("%s is a guess from its cells: %s", col.Header, col.Key)
		case col.Guessed:
			unread = append(unread, col.Header+" (may be "+col.Key+")")
		default:
			unread = append(unread, col.Header)
		}
	}
	if len(read) > 0 {
		c.comment("read: %s", strings.Join(read, ", "))
	}
	if len(unread) > 0 {
		c.comment("not read: %s; to read one: columns: {%s: its header}", strings.Join(unread, ", "), list.Segment)
	}
	if marked > 0 {
		c.comment("%s of marks, guessed to be partners", countOf(marked, "column"))
	}
	if l.owner() != ofPartners {
		c.comment("whose it is, is a guess from the file's name")
	}
}

// comment writes a comment of one line, whatever it is made of.
func (c *composer) comment(format string, args ...any) {
	c.line("  # %s", oneLine(fmt.Sprintf(format, args...)))
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
