package list

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"

	"github.com/channelmap/channelmap/graph"
)

// condition is what `where` says: comparisons that must all hold. The grammar is
//
//	condition  = comparison { "and" comparison } .
//	comparison = column operator value | column "in" "(" value { "," value } ")" .
//	operator   = "=" | "!=" | "<" | "<=" | ">" | ">=" .
//	column     = column key | header | quoted header .
//	value      = word | number | date | quoted text .
//
// A value that is a date (YYYY-MM-DD) or a number is compared as such, any other
// as text without regard to case.
type condition []comparison

type comparison struct {
	column string
	op     string
	values []operand
}

// operand is a value to compare with.
type operand struct {
	kind   cellKind
	text   string // folded
	date   graph.Date
	number decimal.Decimal
}

const whereExample = "such as last_seen >= 2026-01-01, status = customer, or employees >= 200 and country in (DE, AT)"

// parseWhere reads a condition; the empty text is one that always holds.
func parseWhere(s string) (condition, error) {
	p := &whereParser{tokens: whereTokens(s)}
	if len(p.tokens) == 0 {
		return nil, nil
	}
	var c condition
	for {
		cmp, err := p.comparison()
		if err != nil {
			return nil, fmt.Errorf("%w; write a condition %s", err, whereExample)
		}
		c = append(c, cmp)
		next, ok := p.take()
		if !ok {
			return c, nil
		}
		if next.quoted || strings.ToLower(next.text) != "and" {
			return nil, fmt.Errorf("expected `and` or the end, found %q; write a condition %s", next.text, whereExample)
		}
	}
}

type whereToken struct {
	text   string
	quoted bool
}

// isOperator tells <, >, = and ! from what stands around them.
func isOperator(r rune) bool { return strings.ContainsRune("<>=!", r) }

// whereTokens cuts a condition into words, quoted texts, operators and brackets.
func whereTokens(s string) []whereToken {
	var out []whereToken
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimLeftFunc(s, unicode.IsSpace) {
		if q := s[0]; q == '"' || q == '\'' {
			if end := strings.IndexByte(s[1:], q); end >= 0 {
				out = append(out, whereToken{s[1 : 1+end], true})
				s = s[2+end:]
				continue
			}
		}
		n := tokenEnd(s)
		out = append(out, whereToken{text: s[:n]})
		s = s[n:]
	}
	return out
}

// tokenEnd returns where the first unquoted token of s ends.
func tokenEnd(s string) int {
	within := func(r rune) bool { return !isOperator(r) && !unicode.IsSpace(r) && !strings.ContainsRune("(),", r) }
	switch first := rune(s[0]); {
	case strings.ContainsRune("(),", first):
		return 1
	case isOperator(first):
		within = isOperator
	}
	for i, r := range s {
		if !within(r) {
			return i
		}
	}
	return len(s)
}

type whereParser struct{ tokens []whereToken }

func (p *whereParser) take() (whereToken, bool) {
	if len(p.tokens) == 0 {
		return whereToken{}, false
	}
	t := p.tokens[0]
	p.tokens = p.tokens[1:]
	return t, true
}

// word takes a token that is no operator or bracket.
func (p *whereParser) word(what string) (string, error) {
	t, ok := p.take()
	switch {
	case !ok:
		return "", fmt.Errorf("expected %s at the end", what)
	case !t.quoted && strings.ContainsAny(t.text[:1], "<>=!(),"):
		return "", fmt.Errorf("expected %s, found %q", what, t.text)
	}
	return t.text, nil
}

func (p *whereParser) comparison() (comparison, error) {
	column, err := p.word("a column")
	if err != nil {
		return comparison{}, err
	}
	op, ok := p.take()
	c := comparison{column: column, op: strings.ToLower(op.text)}
	switch {
	case !ok || op.quoted:
		return c, fmt.Errorf("expected an operator (= != < <= > >= in) after %q", column)
	case c.op == "in":
		c.values, err = p.list()
		return c, err
	case c.op == "==":
		c.op = "="
	}
	if !strings.Contains(" = != < <= > >= ", " "+c.op+" ") {
		return c, fmt.Errorf("expected an operator (= != < <= > >= in) after %q, found %q", column, op.text)
	}
	value, err := p.word("a value after " + c.op)
	c.values = []operand{newOperand(value)}
	return c, err
}

// list takes the values after `in`.
func (p *whereParser) list() ([]operand, error) {
	if t, _ := p.take(); t.quoted || t.text != "(" {
		return nil, fmt.Errorf("expected ( after in")
	}
	var out []operand
	for {
		value, err := p.word("a value")
		if err != nil {
			return nil, err
		}
		out = append(out, newOperand(value))
		switch t, _ := p.take(); {
		case !t.quoted && t.text == ")":
			return out, nil
		case t.quoted || t.text != ",":
			return nil, fmt.Errorf("expected , or ) after %q", value)
		}
	}
}

func newOperand(s string) operand {
	o := operand{text: foldText(s)}
	if d, err := graph.ParseDate(s); err == nil {
		o.kind, o.date = dateCell, d
	} else if n, err := parseNumber(s, point); err == nil {
		o.kind, o.number = numberCell, n
	}
	return o
}
