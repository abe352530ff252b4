package analysis

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

// Definition is something that was decided, not counted, and on which figures
// rest: the rule of a segment, how a list is read, a limit of the policy.
type Definition struct {
	Kind    string `json:"kind"`    // segment, channel, partner, figures, terms, list, records, overlap, policy, assumptions, accounts, rates or period
	ID      string `json:"id"`      // of what it defines
	Name    string `json:"name"`    // as people call it
	Partner string `json:"partner"` // the partner that it is about; else empty
	Reach   bool   `json:"reach"`   // net reach can rest on it
	// Parts are what it says, one thing each, in words. What may name accounts
	// stands as the start of a hash.
	Parts []string `json:"parts"`
}

// definer gathers definitions.
type definer struct {
	s   *Study
	out []Definition
}

// definitions lists everything decided on which the figures rest, in the order
// of the input's description.
func (s *Study) definitions() []Definition {
	d := &definer{s: s, out: []Definition{}}
	d.period()
	if n := s.Ecosystem.Accounts.Addressable; n > 0 {
		d.add(Definition{Kind: "accounts", Name: "Accounts"}, "addressable "+Number(float64(n)))
	}
	d.rates()
	for i := range s.Ecosystem.Segments {
		d.segment(&s.Ecosystem.Segments[i])
	}
	for i := range s.Ecosystem.Channels {
		d.channel(&s.Ecosystem.Channels[i])
	}
	for i := range s.Ecosystem.Partners {
		if p := &s.Ecosystem.Partners[i]; !p.Undeclared {
			d.partner(p)
		}
	}
	for i := range s.Ecosystem.Overlaps {
		d.overlap(&s.Ecosystem.Overlaps[i])
	}
	d.lists()
	d.policy()
	d.assumptions()
	return d.out
}

// add takes a definition in. One that says nothing is none.
func (d *definer) add(def Definition, parts ...string) {
	parts = slices.DeleteFunc(parts, func(p string) bool { return p == "" })
	if len(parts) > 0 {
		def.Parts = parts
		d.out = append(d.out, def)
	}
}

func (d *definer) period() {
	o := d.s.opts
	d.add(Definition{Kind: "period", Name: "Rows that count", Reach: true}, said("from", o.From.String()), said("to", o.To.String()))
}

func (d *definer) rates() {
	var parts []string
	for _, currency := range slices.Sorted(maps.Keys(d.s.Ecosystem.Rates)) {
		parts = append(parts, currency+" "+d.s.Ecosystem.Rates[currency].String())
	}
	d.add(Definition{Kind: "rates", Name: "Rates of currencies"}, parts...)
}

func (d *definer) segment(seg *graph.Segment) {
	parts := []string{"of " + string(seg.Audience)}
	if seg.Addressable > 0 {
		parts = append(parts, "addressable "+Number(float64(seg.Addressable)))
	}
	parts = append(parts, said("value", moneyText(seg.Value)))
	for _, key := range slices.Sorted(maps.Keys(seg.Match)) {
		parts = append(parts, "rows with "+key+" "+matchText(key, seg.Match[key]))
	}
	d.add(Definition{Kind: "segment", ID: seg.ID, Name: cmp.Or(seg.Name, seg.ID), Reach: true}, parts...)
}

func (d *definer) channel(c *graph.Channel) {
	def := Definition{Kind: "channel", ID: c.ID, Name: cmp.Or(c.Name, c.ID), Reach: true}
	d.add(def, string(c.Kind), said("form", c.Form), said("audiences", joined(c.Audiences)), said("roles", joined(c.Roles)), said("builds", string(c.Equity)))
	def.Kind = "figures"
	d.add(def, reachTexts(c.Reaches)...)
}

func (d *definer) partner(p *graph.Partner) {
	def := Definition{Kind: "partner", ID: p.ID, Name: cmp.Or(p.Name, p.ID), Partner: p.ID, Reach: true}
	var supply []string
	for _, s := range p.SuppliedBy {
		supply = append(supply, strings.TrimSpace(s.From+" "+shareText(s.Share)+" "+string(s.Edge)))
	}
	d.add(def, "in "+joined(p.Channels), said("also called", joined(p.AKA)), said("products", joined(p.Products)), said("audiences", joined(p.Audiences)),
		said("roles", joined(p.Roles)), said("territory", joined(p.Territory)), said("supplied by", joined(supply)), said("builds", string(p.Equity)))
	def.Kind = "figures"
	d.add(def, reachTexts(p.Reaches)...)
	def.Kind, def.Reach = "terms", false
	var terms []string
	for i := range p.Terms {
		terms = append(terms, d.termText(&p.Terms[i]))
	}
	d.add(def, terms...)
}

// termText writes a term without its money: what findings rest on.
func (d *definer) termText(t *graph.Term) string {
	text := d.s.termWords(t)
	if t.By == "partner" {
		text += ", promised by the partner"
	}
	if !t.From.IsZero() {
		text += ", from " + t.From.String()
	}
	if t.WindowDays > 0 {
		text += fmt.Sprintf(", window of %d days", t.WindowDays)
	}
	return text + strings.TrimSuffix(", except accounts in "+t.Except, ", except accounts in ")
}

func (d *definer) overlap(o *graph.KnownOverlap) {
	parts := []string{said("count", intervalText(o.Count)), said("share", intervalText(o.Share)), said("basis", string(o.Basis)), said("dated", o.Dated.String())}
	if o.Sample != nil {
		parts = append(parts, fmt.Sprintf("of %d of %s drawn, %d hits", o.Sample.Drawn, o.Sample.Of, o.Sample.Hits))
	}
	id := joined(o.Between) + " in " + o.Segment
	d.add(Definition{Kind: "overlap", ID: id, Name: id, Reach: true}, parts...)
}

func (d *definer) lists() {
	given := d.s.given // a list that was not read is defined as before
	ids := listIDs(given.Lists)
	for i := range given.Lists {
		spec := &given.Lists[i]
		d.add(Definition{Kind: "list", ID: ids[i], Name: ids[i], Partner: spec.Partner, Reach: true}, listTexts(spec)...)
	}
	for _, f := range exposure.RecordFiles(given) {
		l := newSnapshotList("", string(f.Shape), f.Spec)
		d.add(Definition{Kind: "records", ID: string(f.Shape), Name: string(f.Shape), Reach: l.bearsOnReach()}, listTexts(&f.Spec)...)
	}
}

// listTexts say how a list is read.
func listTexts(l *graph.ListSpec) []string {
	texts := []string{
		said("where", whereText(l.Where)), said("layout", string(l.Layout)), said("channel", l.Channel), said("audience", string(l.Audience)),
		said("segment", l.Segment), said("status", string(l.Status)), said("product", l.Product), said("undeclared partners", string(l.Undeclared)),
		said("sheet", l.Sheet), said("encoding", l.Encoding), said("delimiter", l.Delimiter), said("format", l.Format),
	}
	if l.Own {
		texts = append(texts, "ours")
	}
	if l.Header > 0 {
		texts = append(texts, fmt.Sprintf("header in row %d", l.Header))
	}
	for _, key := range slices.Sorted(maps.Keys(l.Columns)) {
		texts = append(texts, columnText(key, l.Columns[key]))
	}
	return texts
}

func (d *definer) policy() {
	p := d.s.Ecosystem.Policy
	add := func(id, text string) {
		d.add(Definition{Kind: "policy", ID: id, Name: strings.ReplaceAll(id, "_", " ")}, text)
	}
	add("credit", p.Credit)
	if p.LiveConflict != nil {
		add("live_conflict", "at most "+Number(float64(p.LiveConflict.MaxMembers))+" members")
	}
	if p.CouldCollide != nil {
		add("could_collide", "at most "+numberText(p.CouldCollide.MaxShare)+" of the candidate's reach")
	}
	if p.MinMatchRate != nil {
		add("min_match_rate", numberText(*p.MinMatchRate))
	}
	add("forbid", joined(p.Forbid))
	add("min_users", strconv.Itoa(p.MinUsers))
	add("renewal_days", strconv.Itoa(p.RenewalDays))
	add("price_gap", numberText(p.PriceGap))
}

func (d *definer) assumptions() {
	a := d.s.Ecosystem.Assumptions
	var parts []string
	for _, s := range a.Sigma {
		parts = append(parts, "sigma of "+joined(s.Between)+" "+intervalText(&s.Value))
	}
	parts = append(parts, said("price gap", intervalText(a.PriceGap)), said("duplicated cost", intervalText(a.DuplicatedCost)),
		said("lost deal", intervalText(a.LostDeal)), said("margin", intervalText(a.Margin)))
	d.add(Definition{Kind: "assumptions", Name: "Assumptions of loss"}, parts...)
}
