package render

import (
	"slices"
	"strings"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/graph"
)

// EvidenceSample keeps the first rows behind each figure, to be printed below
// the tables of a text report.
type EvidenceSample struct {
	most int
	rows map[sampleKey][]string
}

// sampleKey names a figure: what is counted, of which audience, at whom.
type sampleKey struct {
	what     string
	audience graph.Audience
	a, b     string // ids; of pairs in the order of the alphabet
}

// The figures that have rows of their own.
const (
	behindNet        = "net"
	behindDuplicated = "duplicated"
	behindUnresolved = "unresolved"
	behindSeller     = "seller"
	behindSegment    = "segment"
	behindPair       = "pair"
	behindTarget     = "target"
	behindFinding    = "finding"
)

// NewEvidenceSample keeps so many rows behind each figure.
func NewEvidenceSample(most int) *EvidenceSample {
	return &EvidenceSample{most: most, rows: map[sampleKey][]string{}}
}

// Add takes a row, and keeps it behind each figure that has too few.
func (s *EvidenceSample) Add(e *analysis.Evidence) {
	line := func() string { return evidenceLine(e) }
	for _, f := range e.Findings {
		s.keep(sampleKey{what: behindFinding, a: f.ID}, line)
	}
	if e.Member < 0 {
		s.keep(sampleKey{what: behindUnresolved, audience: e.Audience}, line)
	}
	if !e.Reaches {
		s.keep(sampleKey{what: behindTarget, audience: e.Audience}, line)
		return
	}
	s.keep(sampleKey{what: behindSeller, audience: e.Audience, a: e.Seller.ID}, line)
	if !e.Today {
		return
	}
	s.keep(sampleKey{what: behindNet, audience: e.Audience}, line)
	s.keep(sampleKey{what: behindSegment, audience: e.Audience, a: e.Segment.ID}, line)
	if len(e.Over) >= 2 {
		s.keep(sampleKey{what: behindDuplicated, audience: e.Audience}, line)
	}
	for _, other := range e.Over {
		if other != e.Seller.ID {
			s.keep(pairKey(e.Audience, e.Seller.ID, other), line)
		}
	}
}

func pairKey(audience graph.Audience, p, q string) sampleKey {
	return sampleKey{what: behindPair, audience: audience, a: min(p, q), b: max(p, q)}
}

func (s *EvidenceSample) keep(k sampleKey, line func() string) {
	if len(s.rows[k]) < s.most {
		s.rows[k] = append(s.rows[k], line())
	}
}

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

// evidence prints the rows behind a figure, where there are any.
func (r *textReport) evidence(name string, k sampleKey) {
	rows := r.rows.rows[k]
	if len(rows) == 0 {
		return
	}
	r.paragraph(2, name)
	for _, line := range rows {
		r.raw("    " + cutText(EscapeControls(line), r.width-4))
	}
}

func (r *textReport) hasEvidence() bool { return r.rows != nil && len(r.rows.rows) > 0 }

func (a auditReport) evidence(r *textReport) {
	if !r.hasEvidence() {
		return
	}
	r.heading("Rows behind the figures")
	for i := range a.Audiences {
		x := &a.Audiences[i]
		if x.Audience == graph.Accounts {
			continue // the rows are those of users and buyers
		}
		name := titleOf(x.Audience)
		r.evidence(name+": net", sampleKey{what: behindNet, audience: x.Audience})
		r.evidence(name+": duplicated", sampleKey{what: behindDuplicated, audience: x.Audience})
		r.evidence(name+": unresolved", sampleKey{what: behindUnresolved, audience: x.Audience})
		for _, s := range x.Segments[:min(mostRows, len(x.Segments))] {
			r.evidence(name+" of "+shortName(s.Segment.Name), sampleKey{what: behindSegment, audience: x.Audience, a: s.Segment.ID})
		}
		for _, s := range leading(x.Sellers) {
			r.evidence(name+" over "+shortName(sellerName(s.Seller)), sampleKey{what: behindSeller, audience: x.Audience, a: s.Seller.ID})
		}
	}
}
