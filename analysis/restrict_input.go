package analysis

import (
	"slices"

	"github.com/channelmap/channelmap/graph"
)

// inputFor is what reports for somebody are made from, and in words what is left
// out of it. For a partner these are not lists that another party gave under an
// agreement, nor other partners that do not sell today: whom we talk to is between
// us and them.
func inputFor(eco *graph.Ecosystem, opts *Options) (*graph.Ecosystem, []string) {
	if others, board := opts.isFor(); !others || board {
		return eco, nil
	}
	e := *eco
	var left []string
	own, names := graph.Partner{ID: opts.For}, []string{}
	idle := map[string]bool{}
	e.Partners = slices.Clone(eco.Partners)
	for i := range e.Partners {
		p := &e.Partners[i]
		switch {
		case p.Called(opts.For):
			own = *p
		case p.Stage != graph.Ended && !p.Stage.Working():
			p.Stage, idle[p.ID] = graph.Ended, true
			names = append(names, p.Name)
		}
	}
	if len(names) > 0 {
		left = append(left, listWords(names)+pick(len(names), " does", " do")+" not sell today")
	}
	barred := func(l *graph.ListSpec) bool {
		return l.NDA != nil && !own.Called(l.NDA.Party) && !equalFold(l.NDA.Party, opts.For)
	}
	e.Lists = nil
	for _, l := range eco.Lists {
		switch {
		case barred(&l):
			left = append(left, l.File+" was given under an agreement with "+l.NDA.Party)
		case !idle[l.Partner]:
			e.Lists = append(e.Lists, l)
		}
	}
	for _, r := range recordPairs(&e, &e) {
		if l := *r.from; l != nil && barred(l) {
			left = append(left, l.File+" was given under an agreement with "+l.NDA.Party)
			*r.from = nil
		}
	}
	return &e, left
}
