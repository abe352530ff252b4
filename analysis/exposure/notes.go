package exposure

import (
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// notes gathers what was met in one file and read past: one notice for each
// text, with a count and the first places. Of one code only the first texts are
// told apart.
type notes struct {
	texts map[string]int // by code
	order []string
	byKey map[string]*list.Notice
}

// What is kept of one notice, and of one code.
const (
	placesKept = 5
	textsKept  = 20
)

func (n *notes) add(code string, at graph.Place, lost bool, text string) {
	text = list.WithoutAddresses(text)
	if n.byKey == nil {
		n.byKey, n.texts = map[string]*list.Notice{}, map[string]int{}
	}
	key := code + "\x00" + text
	if n.byKey[key] == nil && n.texts[code] >= textsKept {
		text = "more rows like those before (" + code + ")"
		key = code + "\x00" + text
	}
	e := n.byKey[key]
	if e == nil {
		n.texts[code]++
		e = &list.Notice{Code: code, Text: text, Lost: lost}
		n.byKey[key] = e
		n.order = append(n.order, key)
	}
	e.Count++
	if len(e.Places) < placesKept && (len(e.Places) == 0 || e.Places[len(e.Places)-1] != at) {
		e.Places = append(e.Places, at)
	}
}

// addRows counts so many rows of a file at once.
func (n *notes) addRows(code string, file graph.Place, rows int64, text string) {
	if rows == 0 {
		return
	}
	n.add(code, file, false, text)
	n.byKey[code+"\x00"+list.WithoutAddresses(text)].Count += int(rows) - 1
}

func (n *notes) list() []list.Notice {
	out := make([]list.Notice, 0, len(n.order))
	for _, key := range n.order {
		out = append(out, *n.byKey[key])
	}
	return out
}
