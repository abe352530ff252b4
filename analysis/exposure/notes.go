package exposure

import (
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// notes gathers what was met in one file and read past: one notice for each
// text, with a count and the first places.
type notes struct {
	order []string
	byKey map[string]*list.Notice
}

const placesKept = 5

func (n *notes) add(code string, at graph.Place, lost bool, text string) {
	if n.byKey == nil {
		n.byKey = map[string]*list.Notice{}
	}
	key := code + "\x00" + text
	e := n.byKey[key]
	if e == nil {
		e = &list.Notice{Code: code, Text: text, Lost: lost}
		n.byKey[key] = e
		n.order = append(n.order, key)
	}
	e.Count++
	if len(e.Places) < placesKept && (len(e.Places) == 0 || e.Places[len(e.Places)-1] != at) {
		e.Places = append(e.Places, at)
	}
}

func (n *notes) list() []list.Notice {
	out := make([]list.Notice, 0, len(n.order))
	for _, key := range n.order {
		out = append(out, *n.byKey[key])
	}
	return out
}
