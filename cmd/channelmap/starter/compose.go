package starter

import (
	"fmt"
	"slices"
	"strings"

	"github.com/channelmap/channelmap/graph"
)

// mostLive is how many distinct values are proposed as segments without being
// commented out: more are hardly segments.
const mostLive = 12

// Compose writes the ecosystem file that refers to the lists. It loads without
// problems, whatever the lists are called and hold, if one of them tells who is
// reached.
func Compose(lists []List) string {
	c := &composer{lists: inOrder(lists), taken: map[string]bool{graph.FromVendor: true}}
	for i := range c.lists {
		c.places = append(c.places, c.lists[i].place())
	}
	c.line("# Proposed by `channelmap init` from %s. What is only a guess says so or", countOf(len(lists), "list"))
	c.line("# stands behind a #. `channelmap check` tells whether all of it fits together.")
	c.line("vendor: My company                # your name")
	c.line("# currency: USD")
	c.segments()
	c.channels()
	c.partners()
	c.listEntries()
	c.recordEntries()
	return c.out.String()
}

// inOrder leaves lists in the order given, but for those that stand last: where
// two of our own name an account's segment, the first counts.
func inOrder(lists []List) []List {
	var first, last []List
	for i := range lists {
		if lists[i].place().last {
			last = append(last, lists[i])
		} else {
			first = append(first, lists[i])
		}
	}
	return append(first, last...)
}

// composer gathers the text.
type composer struct {
	out    strings.Builder
	lists  []List
	places []place         // of each list
	taken  map[string]bool // ids of channels and partners
	known  []*partner      // in the order in which lists name them
	called map[string]*partner
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
// that a match would take for a range. A list that stands last tells segments
// only where no other does: it writes industries in words of its own.
func (c *composer) segmentValues(a graph.Audience) []string {
	var out []string
	for i := range c.lists {
		if l := &c.lists[i]; l.Reaches() && c.places[i].of() == a && (len(out) == 0 || !c.places[i].last) {
			for _, v := range l.Segments {
				if !slices.Contains(out, v) && !strings.Contains(v, "..") {
					out = append(out, v)
				}
			}
		}
	}
	return out
}
