package list

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/channelmap/channelmap/graph"
)

// columns tells which column of a file serves which key.
type columns struct {
	headers  []string
	of       [NumKeys]int // -1 where no column serves the key
	partners []int        // of the wide layout
}

// assign finds the columns: first those that the list maps, then, for the keys
// that are left, known headers, the best first.
func (p *plan) assign(at graph.Place, cells []string) (*columns, error) {
	c := &columns{headers: headerNames(cells)}
	for k := range c.of {
		c.of[k] = -1
	}
	for _, assign := range []func(graph.Place, *columns) error{p.assignMapped, p.assignMarked, p.assignKnown, p.tellName, p.need} {
		if err := assign(at, c); err != nil {
			return nil, err
		}
	}
	if p.wide && p.marked == nil {
		c.partners = c.unused()
		if len(c.partners) == 0 {
			return nil, fmt.Errorf("%s: no column is left for partners; found: %s", at, named(withNames(c.headers)))
		}
	}
	return c, nil
}

func (p *plan) assignMapped(at graph.Place, c *columns) error {
	for k := range Key(NumKeys) {
		header, ok := p.header[k]
		if !ok {
			continue
		}
		i, err := c.find(at, header)
		if err != nil {
			return err
		}
		c.of[k] = i
	}
	return nil
}

func (p *plan) assignMarked(at graph.Place, c *columns) error {
	for _, header := range p.marked {
		i, err := c.find(at, header)
		if err != nil {
			return err
		}
		c.partners = append(c.partners, i)
	}
	return nil
}

// assignKnown gives the columns that are left to the keys that are left. A
// header that is a key's own word goes before all others.
func (p *plan) assignKnown(_ graph.Place, c *columns) error {
	used := c.used()
	for _, exact := range []bool{true, false} {
		for _, k := range p.shape.keys {
			if c.of[k] >= 0 || k == Partner && (p.wide || p.spec.Partner != "") {
				continue
			}
			if i := p.known(c, used, k, exact); i >= 0 {
				c.of[k], used[i] = i, true
			}
		}
	}
	return nil
}

// tellName reads a column headed `account` as the name where another column is
// known to hold the domain and none the name: account, domain is how people head
// a name and its domain.
func (p *plan) tellName(_ graph.Place, c *columns) error {
	if p.name != Members || p.header[Account] != "" || c.of[Account] < 0 || c.of[Name] >= 0 ||
		fold(c.headers[c.of[Account]]) != Account.String() {
		return nil
	}
	if domain := p.known(c, c.used(), Account, false); domain >= 0 {
		c.of[Name], c.of[Account] = c.of[Account], domain
	}
	return nil
}

// known returns the first column with the best known header for a key, or -1.
func (p *plan) known(c *columns, used []bool, k Key, exact bool) int {
	best, bestRank := -1, 0
	for i, h := range c.headers {
		if used[i] || h == "" {
			continue
		}
		rank, ok := ranks()[p.name][fold(h)][k]
		if ok && (rank == 0 || !exact) && (best < 0 || rank < bestRank) {
			best, bestRank = i, rank
		}
	}
	return best
}

// need checks that the columns are there which files of this shape must have.
func (p *plan) need(at graph.Place, c *columns) error {
	for _, group := range p.shape.needs {
		if p.needed(c, group) {
			continue
		}
		return fmt.Errorf("%s: no column for %s; found: %s; say with `columns:` which it is, such as columns: {%s: \"its header\"}",
			at, keyList(group), named(withNames(c.headers)), group[0])
	}
	return nil
}

func (p *plan) needed(c *columns, group []Key) bool {
	for _, k := range group {
		if c.of[k] >= 0 || k == Partner && p.spec.Partner != "" || k == Channel && p.spec.Channel != "" {
			return true
		}
	}
	return false
}

// find returns the column with a header that the list names.
func (c *columns) find(at graph.Place, header string) (int, error) {
	for _, same := range []func(h string) bool{
		func(h string) bool { return h == trim(header) },
		func(h string) bool { return fold(h) == fold(header) },
	} {
		found := -1
		for i, h := range c.headers {
			switch {
			case h == "" || !same(h):
			case found < 0:
				found = i
			default:
				return 0, fmt.Errorf("%s: two columns are named %q, %s and %s; rename one", at, header, columnLetters(found), columnLetters(i))
			}
		}
		if found >= 0 {
			return found, nil
		}
	}
	return 0, missingColumn(at, header, withNames(c.headers))
}

// used tells which columns serve a key or are a partner.
func (c *columns) used() []bool {
	used := make([]bool, len(c.headers))
	for _, i := range c.of {
		if i >= 0 {
			used[i] = true
		}
	}
	for _, i := range c.partners {
		used[i] = true
	}
	return used
}

// unused returns the columns with a header that serve nothing.
func (c *columns) unused() []int {
	var out []int
	for i, used := range c.used() {
		if !used && c.headers[i] != "" {
			out = append(out, i)
		}
	}
	return out
}

// repeated describes the headers that stand over several columns.
func (c *columns) repeated() string {
	letters := map[string][]string{}
	var order []string
	for i, h := range c.headers {
		f := fold(h)
		if len(letters[f]) == 1 && h != "" {
			order = append(order, f)
		}
		letters[f] = append(letters[f], columnLetters(i))
	}
	var out []string
	for _, f := range order {
		out = append(out, fmt.Sprintf("%q (%s)", shorten(f), strings.Join(letters[f], ", ")))
	}
	if len(out) == 0 {
		return ""
	}
	return named(out)
}

// columnLetters names a column, from 0, as a spreadsheet does.
func columnLetters(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}

// keyList writes keys as alternatives.
func keyList(keys []Key) string {
	words := make([]string, len(keys))
	for i, k := range keys {
		words[i] = k.String()
	}
	if len(words) == 1 {
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// isBlank tells spaces, those without width included.
func isBlank(r rune) bool {
	switch r {
	case '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff':
		return true
	}
	return unicode.IsSpace(r)
}
