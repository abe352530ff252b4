package exposure

import (
	"fmt"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// ClauseID names a term of a partner, by its number from 0, as MarkExempt does.
func ClauseID(partner *graph.Partner, term int) string { return fmt.Sprintf("%s/%d", partner.ID, term) }

// exemption is the file of accounts that a term leaves out.
type exemption struct {
	recordReader
	clause string
}

func exemptions(p *pass) []*exemption {
	var all []*exemption
	for i := range p.eco.Partners {
		partner := &p.eco.Partners[i]
		for n, t := range partner.Terms {
			if t.Except == "" {
				continue
			}
			file := RecordFile{Shape: list.NamedAccounts, Spec: graph.ListSpec{File: t.Except}}
			all = append(all, &exemption{recordReader{p: p, file: file}, ClauseID(partner, n)})
		}
	}
	return all
}

// takeExempt tells whose accounts the terms leave out.
func (p *pass) takeExempt() {
	for _, e := range p.files.exempt {
		p.notices = append(p.notices, e.summary.Notices...)
		for i := range e.records {
			p.recordAccount(&e.records[i], &e.notes)
		}
		p.notices = append(p.notices, e.notes.list()...)
	}
}
