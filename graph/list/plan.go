package list

import (
	"fmt"
	"slices"
	"strings"

	"github.com/channelmap/channelmap/graph"
)

// plan is a list's options, checked once for all of its files.
type plan struct {
	spec   graph.ListSpec
	name   Shape
	shape  shape
	coding *coding // nil to detect it
	delim  byte    // 0 to detect it
	format string  // empty to detect it
	header map[Key]string
	values [NumKeys]map[string]string
	wide   bool
	marked []string // headers of partners in the wide layout; nil for all that are left
	where  condition
	serves map[string]bool // folded headers that serve something
}

// newPlan checks the options of a list.
func newPlan(spec graph.ListSpec, name Shape) (*plan, error) {
	if name == "" {
		name = Members
	}
	p := &plan{spec: spec, name: name, shape: shapes[name], header: map[Key]string{}, serves: map[string]bool{}}
	for _, step := range []func() error{p.readFormat, p.readColumns, p.readLayout, p.readWhere} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("%s: %w", spec.File, err)
		}
	}
	p.indexHeaders()
	return p, nil
}

func (p *plan) readFormat() error {
	p.format = strings.ToLower(p.spec.Format)
	if p.format != "" && !slices.Contains(formats, p.format) {
		return fmt.Errorf("format %q is not read; write csv, tsv, xlsx, parquet or jsonl%s", p.spec.Format,
			didYouMean(p.spec.Format, formats))
	}
	if p.spec.Encoding != "" {
		c, err := namedCoding(p.spec.Encoding)
		if err != nil {
			return err
		}
		p.coding = &c
	}
	d, err := parseDelimiter(p.spec.Delimiter)
	if d == 0 && p.format == formatTSV {
		d = '\t'
	}
	p.delim = d
	if p.spec.Header < 0 {
		return fmt.Errorf("header: %d is not a row; rows count from 1", p.spec.Header)
	}
	return err
}

// readColumns checks `columns`, in order of their names so that the same error
// is found every time.
func (p *plan) readColumns() error {
	var words []string
	for w := range p.spec.Columns {
		words = append(words, w)
	}
	slices.Sort(words)
	for _, w := range words {
		k, ok := ParseKey(w)
		if !ok {
			return fmt.Errorf("columns: unknown column key %q%s", w, didYouMean(w, KeyNames()))
		}
		if err := p.readColumn(k, p.spec.Columns[w]); err != nil {
			return err
		}
	}
	return nil
}

func (p *plan) readColumn(k Key, c graph.Column) error {
	p.values[k] = foldValues(c.Values)
	switch {
	case len(c.Headers) == 0:
		return nil
	case k == Partner && p.name == Members && (len(c.Headers) > 1 || c.Headers[0] == "*"):
		return p.readPartners(c.Headers)
	case len(c.Headers) > 1:
		return fmt.Errorf("columns: %s takes one header, not %d; only partner takes several", k, len(c.Headers))
	case (k == Value || k == Amount) && isRevenue(c.Headers[0]):
		return fmt.Errorf("columns: %s cannot be %q: that is the customer's own yearly turnover, not what the account is worth to you; map a column with your margin or sales", k, c.Headers[0])
	}
	p.header[k] = c.Headers[0]
	return nil
}

func (p *plan) readPartners(headers []string) error {
	p.wide = true
	if slices.Contains(headers, "*") {
		if len(headers) > 1 {
			return fmt.Errorf("columns: partner takes either \"*\" or headers, not both")
		}
		return nil
	}
	p.marked = headers
	return nil
}

func (p *plan) readLayout() error {
	switch p.spec.Layout {
	case "":
	case graph.LayoutLong, graph.LayoutPartner:
		if p.wide {
			return fmt.Errorf("layout: %s does not go with several partner columns; write layout: wide", p.spec.Layout)
		}
	case graph.LayoutWide:
		if h, ok := p.header[Partner]; ok {
			p.marked = []string{h}
			delete(p.header, Partner)
		}
		p.wide = true
	default:
		return fmt.Errorf("layout %q is unknown; write long, partner or wide", p.spec.Layout)
	}
	return nil
}

func (p *plan) readWhere() error {
	c, err := parseWhere(p.spec.Where)
	if err != nil {
		return fmt.Errorf("where: %w", err)
	}
	p.where = c
	return nil
}

// indexHeaders gathers the folded headers by which a header row is known.
func (p *plan) indexHeaders() {
	for h := range ranks()[p.name] {
		p.serves[h] = true
	}
	for _, h := range p.header {
		p.serves[fold(h)] = true
	}
	for _, h := range p.marked {
		p.serves[fold(h)] = true
	}
}

// serving counts the cells that are headers which serve something.
func (p *plan) serving(cells []string) int {
	n := 0
	for _, c := range cells {
		if c = trim(c); c != "" && p.serves[fold(c)] {
			n++
		}
	}
	return n
}

// foldValues makes a column's values comparable.
func foldValues(values map[string]string) map[string]string {
	if len(values) == 0 {
		return nil
	}
	out := make(map[string]string, len(values))
	for from, to := range values {
		out[foldText(from)] = to
	}
	return out
}

// foldText makes cells comparable: case and spaces around and between words do
// not count, all else does.
func foldText(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(s), " "))
}
