package list

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/channelmap/channelmap/graph"
)

// code is a kind of notice.
type code struct {
	name string
	text string // one sentence; may hold verbs for what differs
	lost bool
	info bool
}

// Every kind of notice. Names are stable: output carries them.
var (
	skippedFile   = code{name: "skipped-file", text: "in the folder, but not a file of a format read here (" + readHere + "); skipped"}
	skippedSheet  = code{name: "skipped-sheet", text: "other sheets have rows too and were not read: %s; choose with `sheet:`"}
	guessedText   = code{name: "encoding-guessed", text: "the file does not say its encoding; read as %s; write `encoding:` if names look wrong"}
	badBytes      = code{name: "bad-encoding", text: "bytes that are not %s were read as the replacement character"}
	trailingBytes = code{name: "trailing-bytes", text: "bytes after the end of the %s data were left out"}
	notPacked     = code{name: "not-packed", text: "the file is not packed, whatever its name says, and was read as it is", info: true}
	brokenLine    = code{name: "broken-line", text: "lines that are no JSON object were skipped", lost: true}
	lateKey       = code{name: "late-key", text: "keys that first appear far below the top are no columns and were left out, such as %q; give the first object all keys"}
	repeatedKey   = code{name: "duplicate-key", text: "an object has one key twice, such as %q; the first is used"}
	nestedColumn  = code{name: "nested-columns", text: "what is nested is no column and was left out: %s", info: true}
	nestedCell    = code{name: "nested-cell", text: "cells hold nested values where others of their column do not, such as under %q, and were read as empty"}
	nulBytes      = code{name: "nul-bytes", text: "NUL bytes were left out"}
	badQuote      = code{name: "bad-quote", text: "a quotation mark is misplaced or never closed; the line was read by itself, quotation marks within as text"}
	longCell      = code{name: "long-cell", text: "a cell holds more than 1 MiB and was cut there"}
	longRecord    = code{name: "long-record", text: "a row of more than 64 MiB was skipped", lost: true}
	manyCells     = code{name: "many-cells", text: "a row has more than 16,384 cells; those beyond were left out"}
	titleRows     = code{name: "title-rows", text: "rows above the header were skipped", info: true}
	repeatedName  = code{name: "duplicate-header", text: "several columns have one header: %s; where it serves a key the first is used"}
	shortRow      = code{name: "short-row", text: "rows have fewer cells than the header; the missing ones are empty"}
	longRow       = code{name: "long-row", text: "rows have more cells than the header; those beyond it were left out"}
	errorCell     = code{name: "error-cell", text: "cells hold a spreadsheet error such as #N/A and were read as empty"}
	emptyKey      = code{name: "empty-key", text: "rows without %s cannot be used", lost: true}
	filtered      = code{name: "filtered", text: "rows were left out by `where`", info: true}
	whereUnread   = code{name: "where-unread", text: "rows were left out because %s, which `where` compares, is not %s", lost: true}
	totalsRow     = code{name: "totals-row", text: "a totals row at the end was left out", info: true}
	footerRow     = code{name: "footer-row", text: "footnotes after the last row were left out", info: true}
	unmarkedRow   = code{name: "no-partner-marked", text: "rows mark no partner and were left out", info: true}
	unclearMark   = code{name: "unclear-mark", text: "cells under a partner are neither a mark (1, x, yes, a status) nor none (0, no, -): %q was read as no mark"}
	numberMark    = code{name: "number-mark", text: "numbers above 0 under a partner were read as marks, not as amounts"}
	guessedDates  = code{name: "date-order-guessed", text: "no date tells day from month under %s; read as %s; write YYYY-MM-DD to be sure"}
	guessedPoints = code{name: "decimal-mark-guessed", text: "no number tells thousands from decimals under %s; read with %s; write numbers such as 1234.50 to be sure"}
)

// maxPlaces is how many places a notice names.
const maxPlaces = 5

// notes gathers notices, in order of their first place.
type notes struct {
	strict bool
	list   []*Notice
	byCode map[noteKey]*Notice
	met    *[]Met // where not nil, notices are kept there and not counted
}

type noteKey struct{ code, file, sheet string }

func newNotes(strict bool) *notes {
	return &notes{strict: strict, byCode: map[noteKey]*Notice{}}
}

// add counts a notice at a place. The text of the first one of its code and
// file is kept. With strict it is an error, unless it is for information.
func (n *notes) add(c code, at graph.Place, args ...any) error {
	if n.met != nil {
		*n.met = append(*n.met, Met{c, args})
		return nil
	}
	key := noteKey{c.name, at.File, at.Sheet}
	note := n.byCode[key]
	if note == nil {
		text := c.text
		if len(args) > 0 {
			text = WithoutAddresses(fmt.Sprintf(c.text, args...))
		}
		note = &Notice{Code: c.name, Text: text, Lost: c.lost, Info: c.info}
		n.byCode[key] = note
		n.list = append(n.list, note)
	}
	note.Count++
	if len(note.Places) < maxPlaces {
		note.Places = append(note.Places, at)
	}
	if n.strict && !c.info {
		return fmt.Errorf("%s: %s (%s); refused because notices are errors here", at, note.Text, c.name)
	}
	return nil
}

// absorb takes over notices of a file that none were counted of before.
func (n *notes) absorb(m *notes) {
	for key, note := range m.byCode {
		n.byCode[key] = note
	}
	n.list = append(n.list, m.list...)
}

// all returns the notices, file by file, each by its first place: rows that are
// held back until it is known what they are may be noted after later ones.
func (n *notes) all() []Notice {
	type place struct{ file, sheet string }
	order := map[place]int{}
	for _, note := range n.list {
		if at := (place{note.Places[0].File, note.Places[0].Sheet}); order[at] == 0 {
			order[at] = len(order) + 1
		}
	}
	slices.SortStableFunc(n.list, func(a, b *Notice) int {
		x, y := a.Places[0], b.Places[0]
		return cmp.Or(cmp.Compare(order[place{x.File, x.Sheet}], order[place{y.File, y.Sheet}]), cmp.Compare(x.Row, y.Row))
	})
	out := make([]Notice, len(n.list))
	for i, note := range n.list {
		out[i] = *note
	}
	return out
}
