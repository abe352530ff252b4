package render

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/graph"
)

// audience prints the tables of one audience.
func (a auditReport) audience(r *textReport, x *analysis.AudienceAudit) {
	name := titleOf(x.Audience)
	auditSegments(r, name, x.Segments)
	auditSellers(r, name+" by channel", "channel", x.Channels)
	var today, later []analysis.SellerAudit
	for _, s := range x.Sellers {
		if s.Today {
			today = append(today, s)
		} else {
			later = append(later, s)
		}
	}
	auditSellers(r, name+" by pathway", "pathway", today)
	auditSellers(r, name+": what signed partners and candidates would give", "partner", later)
	auditAmounts(r, name+": turnover as written"+inCurrency(a.Head.Currency), x.Sellers)
}

func auditSegments(r *textReport, name string, all []analysis.SegmentAudit) {
	if len(all) == 0 {
		return
	}
	r.heading(name + " by segment")
	t := newTextTable("segment", "addressable", "gross", "net", "duplicated", "coverage", "uncovered")
	for _, s := range all[:min(mostRows, len(all))] {
		t.add(nameCell(s.Segment.Name), declaredCell(s.Totals.Addressable), figureCell(s.Totals.Gross), figureCell(s.Totals.Net),
			figureCell(s.Totals.Duplicated), coverageCell(s.Totals.Coverage), optionalCell(s.Totals.Uncovered))
	}
	r.table(t)
	r.rest(len(all))
}

// auditSellers shows those that matter most, in the order of the report, in
// which each one's "adds" is to all before it.
func auditSellers(r *textReport, heading, what string, all []analysis.SellerAudit) {
	if len(all) == 0 {
		return
	}
	r.heading(heading)
	t := newTextTable(what, "gross", "only\nthrough", "adds", "fair\nshare")
	bases := basesOf(all)
	basis := len(bases) > 1
	if basis {
		t.columns = append(t.columns, column{"basis", true})
	}
	for _, s := range leading(all) {
		cells := []cell{sellerCell(s.Seller), figureCell(s.Gross), figureCell(s.OnlyThrough), figureCell(s.Incremental), figureCell(s.Shapley)}
		if basis {
			cells = append(cells, nameCell(s.Gross.Basis))
		}
		t.add(cells...)
	}
	r.table(t)
	if len(bases) == 1 && bases[0] != "list" {
		r.paragraph(2, "Basis: "+bases[0])
	}
	if more := len(all) - mostRows; more > 0 {
		r.paragraph(2, fmt.Sprintf("These %d have the largest fair share. %s more: --format csv shows all.", mostRows, countDigits(more)))
	}
}

// basesOf lists what the figures of sellers rest on.
func basesOf(all []analysis.SellerAudit) []string {
	var bases []string
	for _, s := range all {
		if s.Gross.Basis != "" && !slices.Contains(bases, s.Gross.Basis) {
			bases = append(bases, s.Gross.Basis)
		}
	}
	return bases
}

// leading gives the sellers with the largest fair share, or of those without
// any the ones that add most, in the order in which they stand.
func leading(all []analysis.SellerAudit) []analysis.SellerAudit {
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return cmp.Or(
			cmp.Compare(all[j].Shapley.Best, all[i].Shapley.Best),
			cmp.Compare(all[j].Incremental.Best, all[i].Incremental.Best),
			cmp.Compare(all[j].Gross.Best, all[i].Gross.Best),
		)
	})
	order = order[:min(mostRows, len(order))]
	slices.Sort(order)
	var out []analysis.SellerAudit
	for _, i := range order {
		out = append(out, all[i])
	}
	return out
}

// auditAmounts shows the sellers with the largest amounts.
func auditAmounts(r *textReport, heading string, sellers []analysis.SellerAudit) {
	var all []analysis.SellerAudit
	for _, s := range sellers {
		if !s.Amount.IsZero() {
			all = append(all, s)
		}
	}
	if len(all) == 0 {
		return
	}
	slices.SortStableFunc(all, func(x, y analysis.SellerAudit) int {
		return cmp.Or(
			y.Amount.Booked.Cmp(x.Amount.Booked.Decimal),
			y.Amount.Pipeline.Cmp(x.Amount.Pipeline.Decimal),
			y.Amount.Reported.Cmp(x.Amount.Reported.Decimal),
		)
	})
	r.heading(heading)
	t := newTextTable("pathway", "booked", "pipeline", "reported")
	for _, s := range all[:min(mostRows, len(all))] {
		t.add(sellerCell(s.Seller), moneyCell(s.Amount.Booked), moneyCell(s.Amount.Pipeline), moneyCell(s.Amount.Reported))
	}
	r.table(t)
	r.rest(len(all))
}

// mix tells over which kind of relationship each audience is reached.
func (a auditReport) mix(r *textReport) {
	t := newTextTable("", "equity", "members", "share of net", "pathways")
	t.columns[1].name = true
	for _, x := range a.Audiences {
		for i, m := range x.Mix {
			name := ""
			if i == 0 {
				name = titleOf(x.Audience)
			}
			t.add(nameCell(name), nameCell(wordFor(mixWords, m.Equity)), figureCell(m.Members),
				cell{text: analysis.Percent(m.Share)}, countCell(m.Sellers))
		}
	}
	if len(t.rows) > 0 {
		r.heading("Mix of reach, depth and power, by fair share")
		r.table(t)
	}
}

func (a auditReport) teams(r *textReport) {
	if len(a.Teams) == 0 {
		return
	}
	r.heading("Teams that the pathways of today need, in people")
	t := newTextTable("team", "present", "needed", "pathways", "of them without\na stated need")
	for _, m := range a.Teams[:min(mostRows, len(a.Teams))] {
		present := cell{text: "not stated"}
		if m.Present != nil {
			present = cell{text: plainNumber(*m.Present)}
		}
		t.add(nameCell(m.Team), present, cell{text: plainNumber(m.Needed)}, countCell(m.Sellers), countCell(m.Unstated))
	}
	r.table(t)
	r.rest(len(a.Teams))
}

func (a auditReport) owners(r *textReport) {
	if len(a.Owners) == 0 || len(a.Owners) == 1 && a.Owners[0].Owner == "" {
		return
	}
	r.heading("Partners by owner")
	t := newTextTable("owner", "partners", "working today")
	for _, o := range a.Owners[:min(mostRows, len(a.Owners))] {
		name := o.Owner
		if name == "" {
			name = "(nobody)"
		}
		t.add(nameCell(name), countCell(o.Partners), countCell(o.Working))
	}
	r.table(t)
	r.rest(len(a.Owners))
}

func (a auditReport) suppliers(r *textReport) {
	if len(a.Suppliers) == 0 {
		return
	}
	r.heading("Reach that depends on a supplier, and on nobody else")
	t := newTextTable("supplier", "audience", "pathways", "members")
	t.columns[1].name = true
	for _, d := range a.Suppliers[:min(mostRows, len(a.Suppliers))] {
		t.add(sellerCell(d.Supplier), nameCell(string(d.Audience)), countCell(len(d.Dependent)), figureCell(d.Members))
	}
	r.table(t)
	r.rest(len(a.Suppliers))
}

// notes explain the columns and what the figures assume.
func (a auditReport) notes(r *textReport) {
	var sellers, later, guess bool
	unresolved := 0
	for _, x := range a.Audiences {
		sellers = sellers || len(x.Sellers) > 0
		unresolved = max(unresolved, x.Total.Unresolved)
		guess = guess || estimated(x.Total.Net) || estimated(x.Stages.Potential)
		later = later || slices.ContainsFunc(x.Sellers, func(s analysis.SellerAudit) bool {
			return s.Seller.Stage.Candidate() || s.Seller.Stage == graph.Signed
		})
	}
	if !sellers && !guess && unresolved == 0 {
		return
	}
	r.heading("How to read this")
	if sellers {
		r.paragraph(2, "Only through: reached over this one alone. Adds: reached over none of those above it in the whole list. Fair share: "+
			"whoever is reached over several counts in equal parts for each (Shapley).")
	}
	if later {
		r.paragraph(2, starNote)
	}
	if guess {
		r.paragraph(2, independenceNote)
	}
	if unresolved > 0 {
		r.paragraph(2, "Upper limits count unresolved names as new, lower ones as already reached.")
	}
}

func (a auditReport) suggestions() []suggestion {
	var duplicated, unresolved bool
	empty := 0
	for _, x := range a.Audiences {
		duplicated = duplicated || x.Total.Duplicated.High > 0
		unresolved = unresolved || x.Total.Unresolved > 0
		for _, s := range x.Segments {
			if s.Segment.ID != "" && s.Totals.Net.High == 0 {
				empty++
			}
		}
	}
	var all []suggestion
	if duplicated {
		all = append(all, suggestion{"See who is reached over several pathways, and in which roles", "overlaps"})
	}
	if empty > 0 {
		all = append(all, suggestion{countOf(empty, "segment is", "segments are") + " reached by nobody; see what is missing", "uncovered"})
	}
	if unresolved {
		all = append(all, suggestion{"Write every row with how it was matched, the unresolved too", "audit --evidence-file rows.csv"})
	}
	return append(all, suggestion{"Draw the same as a picture", "map -o map.svg"})
}
