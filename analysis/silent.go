package analysis

import (
	"fmt"
	"slices"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// silentNotes tells of channels and partners of whom neither a list nor a figure
// says whom they reach: reports leave them out, and nobody should take that for
// reaching nobody. Between two dates a list may be silent for good reason, and where
// a list was not read its own notice tells.
func (s *Study) silentNotes() []list.Notice {
	if !s.opts.From.IsZero() || !s.opts.To.IsZero() {
		return nil
	}
	var silent []string
	for i, c := range s.Ecosystem.Channels {
		of := s.sellersWhere(func(x graph.Seller) bool { return x.Channel == i })
		gone := s.destroyedOf(func(d *exposure.Destroyed) bool { return d.Spec.Partner == "" && d.Spec.Channel == c.ID })
		if len(of) == 1 && s.silent(of, c.ID) && len(gone) == 0 { // one without partners
			silent = append(silent, c.Name)
		}
	}
	for i, p := range s.Ecosystem.Partners {
		of := s.sellersWhere(func(x graph.Seller) bool { return x.Partner == i })
		if p.Stage != graph.Ended && s.silent(of, p.ID) && !s.supplies(of[0]) && len(s.soleSource(i)) == 0 {
			silent = append(silent, p.Name)
		}
	}
	if len(silent) == 0 {
		return nil
	}
	who := silent[0] + " reaches"
	if n := len(silent); n > 1 {
		who = fmt.Sprintf("%d pathways reach, such as %s", n, silent[0])
	}
	return []list.Notice{{Code: "reach-not-known", Info: true, Text: fmt.Sprintf(
		"nothing tells how many %s: no list names %s and no share is given, so that no total holds %[2]s", who, pick(len(silent), "it", "them"))}}
}

func (s *Study) sellersWhere(is func(graph.Seller) bool) []int {
	var of []int
	for i, x := range s.Sellers {
		if is(x) {
			of = append(of, i)
		}
	}
	return of
}

// silent reports whether no list is of some sellers or names them, and no figure
// is theirs.
func (s *Study) silent(of []int, id string) bool {
	return !slices.ContainsFunc(of, func(i int) bool {
		return s.Exposure.BySeller[i].Rows > 0 || len(s.knownReaches(i)) > 0
	}) && !slices.ContainsFunc(s.Ecosystem.Lists, func(l graph.ListSpec) bool { return l.Partner == id || l.Channel == id && l.Partner == "" })
}
