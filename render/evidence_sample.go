package render

import (
	"slices"
	"strings"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/graph"
)

// evidenceLine writes a row: where it stands, and what it says.
func evidenceLine(e *analysis.Evidence) string {
	parts := []string{
		placeText(e.Place), shortName(e.Account), shortName(e.Name), string(e.Status), shortName(e.Seller.Name),
	}
	parts = slices.DeleteFunc(parts, func(p string) bool { return p == "" })
	return strings.Join(parts, "  ")
}

// mostPlace is how many columns the place of a row may take.
const mostPlace = 40

// placeText writes where a row stands. Of a long path the end is kept: the file's
// own name, and the row, without which nobody finds it.
func placeText(p graph.Place) string {
	whole := []rune(EscapeControls(p.String()))
	short := whole
	for len(short) > 0 && displayWidth(string(short)) >= mostPlace {
		short = short[clusterLength(short):]
	}
	if len(short) == len(whole) {
		return string(whole)
	}
	return ellipsis + string(short)
}

// EvidenceLine writes a row as text reports print it, without control
// characters.
func EvidenceLine(e *analysis.Evidence) string { return "  " + evidenceLine(e) }

// behindFigure is a figure that rows are printed behind, with what it is called.
type behindFigure struct {
	name string
	key  analysis.Behind
}

func keysOf(all []behindFigure) []analysis.Behind {
	keys := make([]analysis.Behind, len(all))
	for i := range all {
		keys[i] = all[i].key
	}
	return keys
}

// evidence prints the rows behind figures, where there are any.
func (r *textReport) evidence(figures []behindFigure) {
	if r.rows == nil || r.rows.Empty() {
		return
	}
	r.heading("Rows behind the figures")
	for _, f := range figures {
		rows := r.rows.Rows(f.key)
		if len(rows) == 0 {
			continue
		}
		r.paragraph(2, f.name)
		for _, e := range rows {
			r.raw("    " + cutText(EscapeControls(evidenceLine(e)), r.width-4))
		}
	}
}

// AuditFigures are the figures of an audit that its text shows rows behind.
func AuditFigures(a *analysis.Audit) []analysis.Behind { return keysOf(auditReport{a}.behind()) }

func (a auditReport) behind() (all []behindFigure) {
	for i := range a.Audiences {
		x := &a.Audiences[i]
		if x.Audience == graph.Accounts {
			continue // the rows are those of users and buyers
		}
		name := titleOf(x.Audience)
		add := func(name string, what analysis.BehindWhat, id string) {
			all = append(all, behindFigure{name, analysis.Behind{What: what, Audience: x.Audience, A: id}})
		}
		add(name+": net", analysis.BehindNet, "")
		add(name+": duplicated", analysis.BehindDuplicated, "")
		add(name+": unresolved", analysis.BehindUnresolved, "")
		for _, s := range x.Segments[:min(mostRows, len(x.Segments))] {
			add(name+" of "+shortName(s.Segment.Name), analysis.BehindSegment, s.Segment.ID)
		}
		for _, s := range leading(x.Sellers) {
			add(name+" over "+shortName(sellerName(s.Seller)), analysis.BehindSeller, s.Seller.ID)
		}
	}
	return all
}
