package list

import (
	"cmp"
	"fmt"

	"github.com/channelmap/channelmap/graph"
)

// resolve finds the columns that a condition compares: by key, else by header.
func (c condition) resolve(at graph.Place, cols *columns) ([]int, error) {
	out := make([]int, len(c))
	for i, cmp := range c {
		if k, ok := ParseKey(cmp.column); ok && cols.of[k] >= 0 {
			out[i] = cols.of[k]
			continue
		}
		column, err := cols.find(at, cmp.column)
		if err != nil {
			return nil, fmt.Errorf("where: %w", err)
		}
		out[i] = column
	}
	return out, nil
}

// compares reports whether a condition compares a column with values of a kind.
func (c condition) compares(cols *columns, column int, kind cellKind) bool {
	for _, cmp := range c {
		i := -1
		if k, ok := ParseKey(cmp.column); ok {
			i = cols.of[k]
		} else if fold(cmp.column) == fold(cols.headers[column]) {
			i = column
		}
		if i == column && cmp.values[0].kind == kind {
			return true
		}
	}
	return false
}

// unread says that a cell is not of the kind that a comparison needs.
type unread struct {
	column string
	kind   cellKind
}

func (u *unread) what() string {
	if u.kind == dateCell {
		return "a date"
	}
	return "a number"
}

// holds reports whether the cell satisfies the comparison. An empty cell equals
// the empty text alone and is neither less nor greater. Where a cell is not of
// the value's kind, it is not equal, and whether it is less cannot be told.
func (c comparison) holds(cell string, f columnFacts) (bool, *unread) {
	for _, v := range c.values {
		order, comparable, bad := v.compare(cell, f)
		if bad && !c.ordering() {
			order, bad = cmp.Compare(foldText(cell), v.text), false
		}
		if bad {
			return false, &unread{c.column, v.kind}
		}
		if comparable && c.satisfied(order) {
			return true, nil
		}
		if !comparable && c.op == "!=" {
			return true, nil
		}
	}
	return false, nil
}

// ordering reports whether the comparison is one of less or greater.
func (c comparison) ordering() bool { return c.op[0] == '<' || c.op[0] == '>' }

func (c comparison) satisfied(order int) bool {
	switch c.op {
	case "!=":
		return order != 0
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	case ">=":
		return order >= 0
	default: // = and in
		return order == 0
	}
}

// compare orders a cell against the value. bad tells a cell that is not of the
// value's kind.
func (o operand) compare(cell string, f columnFacts) (order int, comparable, bad bool) {
	if cell == "" {
		return 0, o.text == "", false
	}
	switch o.kind {
	case dateCell:
		d, err := parseDate(cell, f.order)
		return d.Compare(o.date), true, err != nil
	case numberCell:
		n, err := parseNumber(cell, f.mark)
		return n.Cmp(o.number), true, err != nil
	default:
		return cmp.Compare(foldText(cell), o.text), true, false
	}
}
