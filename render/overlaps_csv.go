package render

import (
	"slices"
	"strings"

	"github.com/channelmap/channelmap/analysis"
)

// table gives one row for each thing that is counted: totals, pairs, and of each
// pair its relations, grid, segments and given figures; distinct sets.
func (o overlapsReport) table() *csvTable {
	t := &csvTable{columns: slices.Concat(
		[]string{
			"level", "audience", "p", "p_name", "q", "q_name", "pattern", "candidate", "claimed", "cannot_be_seen",
			"segment", "name", "sellers", "number", "roles", "relation", "p_status", "q_status",
		},
		figureColumns("members"),
		[]string{"share_of_p", "share_of_q", "jaccard", "live_conflict"},
		figureColumns("could_collide"),
		[]string{"confusion", "openings", "firm", "settled", "basis"},
	)}
	for i := range o.Audiences {
		addOverlaps(t, &o.Audiences[i])
	}
	t.nda(&o.Head)
	return t
}

func addOverlaps(t *csvTable, x *analysis.AudienceOverlaps) {
	add := func(level string) csvRow { return t.add(level).text("audience", string(x.Audience)) }
	add("total").figure("members", x.Net).text("basis", x.Net.Basis).number("live_conflict", x.Live).
		number("could_collide", x.Collide).number("confusion", x.Confused).number("openings", x.Openings)
	for _, f := range x.AtLeast {
		add("at_least").count("number", f.Sellers).number("members", f.Members)
	}
	for i := range x.Pairs {
		addPair(add, &x.Pairs[i])
	}
	for i := range x.Sets {
		d := &x.Sets[i]
		var ids []string
		for _, s := range d.Sellers {
			ids = append(ids, s.ID)
		}
		add("set").text("sellers", strings.Join(ids, ";")).count("number", len(ids)).text("roles", strings.Join(d.Roles, ";")).
			text("relation", string(d.Relation)).number("members", d.Members)
	}
}

func addPair(add func(string) csvRow, p *analysis.Pair) {
	of := func(level string) csvRow {
		return add(level).text("p", p.P.ID).text("p_name", p.P.Name).text("q", p.Q.ID).text("q_name", p.Q.Name)
	}
	live, collide := pairConflict(p)
	row := of("pair").text("pattern", string(p.Pattern)).flag("candidate", p.Candidate).flag("claimed", p.Claimed).
		flag("cannot_be_seen", p.Unseen)
	if !unseen(p) {
		row.figure("members", p.Members).text("basis", p.Members.Basis).optional("share_of_p", p.ShareOfP).
			optional("share_of_q", p.ShareOfQ).optional("jaccard", p.Jaccard).
			number("live_conflict", live).figure("could_collide", collide)
	}
	for _, c := range p.Relations {
		of("relation").text("relation", string(c.Relation)).number("members", c.Members).number("firm", c.Firm).number("settled", c.Settled)
	}
	for _, g := range p.Grid {
		of("grid").text("p_status", string(g.P)).text("q_status", string(g.Q)).number("members", g.Members)
	}
	for _, s := range p.Segments {
		of("segment").text("segment", s.Segment.ID).text("name", s.Segment.Name).figure("members", s.Members).
			text("basis", s.Members.Basis).number("live_conflict", s.Live).figure("could_collide", s.Collide)
	}
	for _, k := range p.Known {
		of("given").text("segment", k.Segment.ID).text("name", k.Segment.Name).figure("members", k.Members).text("basis", k.Members.Basis)
	}
}
