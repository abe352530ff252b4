package identity

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/channelmap/channelmap/graph"
)

// Link is a row that says of one key where it belongs: an alias to its account,
// or an account to its parent.
type Link struct {
	From, To Key
	Place    graph.Place // of the row, for messages
}

// Links follows links to their end. It is immutable and safe for concurrent
// use. The nil *Links has none.
type Links struct {
	next map[Key]Key
	end  map[Key]Key // of every key with a link
}

// NewAliases makes the map from aliases to accounts of the rows of an aliases
// file. Of several rows for one alias the first counts. An alias of an alias
// leads to the account of that. All keys of a circle of aliases, and what leads
// to it, are the one account with the least key (Key.Compare). What was not
// taken as written is reported in the order of the rows.
func NewAliases(rows []Link) (*Links, []Problem) {
	return newLinks(rows, linkWords{
		code:      "alias",
		refers:    "is an alias of",
		circleEnd: "all of them are taken as %s",
	})
}

// NewParents makes the map from accounts to parents of the rows of a parents
// file, as NewAliases does: the root of an account is where its parents end.
// The root of a circle of parents is its least key, which loses its parent.
func NewParents(rows []Link) (*Links, []Problem) {
	return newLinks(rows, linkWords{
		code:      "parent",
		refers:    "belongs to",
		circleEnd: "%s is taken as the topmost",
	})
}

// linkWords are the words in which a kind of link is reported.
type linkWords struct{ code, refers, circleEnd string }

// Resolve follows the links of a key to their end: an alias to its account, or
// an account to its topmost parent. A key without a link is its own end.
func (l *Links) Resolve(k Key) Key {
	if l == nil {
		return k
	}
	if end, ok := l.end[k]; ok {
		return end
	}
	return k
}

// Next follows one link: an account to its direct parent.
func (l *Links) Next(k Key) (Key, bool) {
	if l == nil {
		return Key{}, false
	}
	next, ok := l.next[k]
	return next, ok
}

func newLinks(rows []Link, words linkWords) (*Links, []Problem) {
	l := &Links{next: map[Key]Key{}, end: map[Key]Key{}}
	first := map[Key]Link{}
	var kept []Link
	var log problemLog
	for _, row := range rows {
		before, again := first[row.From]
		switch {
		case row.From.IsZero() || row.To.IsZero():
			log.add(words.problem("empty", "the row names only one account and is left out", row))
		case row.From == row.To:
			log.add(words.problem("self", fmt.Sprintf("%q %s itself; the row is left out", shorten(row.From.Text), words.refers), row))
		case again && before.To != row.To:
			log.add(words.problem("conflict", fmt.Sprintf("%q %s both %q and %q; the first counts",
				shorten(row.From.Text), words.refers, shorten(before.To.Text), shorten(row.To.Text)), before, row))
		case !again:
			first[row.From] = row
			kept = append(kept, row)
			l.next[row.From] = row.To
		}
	}
	for _, row := range kept {
		if circle := l.settle(row.From); circle != nil {
			log.add(words.circleProblem(circle, first))
		}
	}
	return l, log.list()
}

// settle finds the end of a key and of all keys on the way there. Where the
// links run in a circle, that is cut at its least key, which becomes the end;
// the circle is returned from that key on.
func (l *Links) settle(start Key) (circle []Key) {
	var path []Key
	at, onPath := start, map[Key]int{}
	for {
		if end, settled := l.end[at]; settled {
			at = end
			break
		}
		if i, seen := onPath[at]; seen {
			circle = leastFirst(path[i:])
			at = circle[0]
			delete(l.next, at)
			break
		}
		next, ok := l.next[at]
		if !ok {
			break
		}
		onPath[at] = len(path)
		path = append(path, at)
		at = next
	}
	for _, k := range path {
		l.end[k] = at
	}
	return circle
}

// leastFirst rotates a circle so that its least key comes first.
func leastFirst(circle []Key) []Key {
	least := 0
	for i, k := range circle {
		if k.Compare(circle[least]) < 0 {
			least = i
		}
	}
	return slices.Concat(circle[least:], circle[:least])
}

func (w linkWords) problem(code, text string, rows ...Link) Problem {
	p := Problem{Code: w.code + "-" + code, Text: text}
	for _, row := range rows {
		p.Places = append(p.Places, row.Place)
	}
	return p
}

// circleProblem names the keys of a circle, and the rows that close it.
func (w linkWords) circleProblem(circle []Key, rows map[Key]Link) Problem {
	var text strings.Builder
	for _, k := range circle[:min(len(circle), maxNamed)] {
		fmt.Fprintf(&text, "%q %s ", shorten(k.Text), w.refers)
	}
	if more := len(circle) - maxNamed; more > 0 {
		fmt.Fprintf(&text, "... (%d more) %s ", more, w.refers)
	}
	fmt.Fprintf(&text, "%q: "+w.circleEnd, shorten(circle[0].Text), strconv.Quote(shorten(circle[0].Text)))
	p := Problem{Code: w.code + "-cycle", Text: text.String()}
	for _, k := range circle[:min(len(circle), maxNamed)] {
		p.Places = append(p.Places, rows[k].Place)
	}
	slices.SortStableFunc(p.Places, comparePlaces)
	return p
}

func comparePlaces(a, b graph.Place) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Sheet, b.Sheet), cmp.Compare(a.Row, b.Row))
}
