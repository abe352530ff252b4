package analysis

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/analysis/figure"
)

// write writes all texts of a map from its figures and names, so that what these
// do not tell no text can.
func (m *Map) write() {
	called := map[string]string{}
	for i := range m.Boxes {
		m.Boxes[i].write()
		called[m.Boxes[i].ID] = m.Boxes[i].called
	}
	for i := range m.Edges {
		e := &m.Edges[i]
		e.Details = []string{e.words(called[e.From], called[e.To])}
	}
	for i := range m.Findings {
		m.Findings[i].write(called)
	}
	m.writeFrame()
}

// writeFrame writes the title, the sentences under it and the footer.
func (m *Map) writeFrame() {
	m.Title = m.facts.vendor + ": channel conflict map"
	m.Sentences = []string{}
	for _, r := range m.facts.reached {
		m.Sentences = append(m.Sentences, r.words())
	}
	for _, s := range m.facts.signing {
		m.Sentences = append(m.Sentences, s.words())
	}
	m.Footer = []string{basisSentence(m.facts.bases)}
	if m.For != "" {
		m.Title += ", for " + m.For
		m.Footer = append(m.Footer, ForWords(m.For))
	}
	m.Footer = append(m.Footer, m.facts.without...)
	for _, party := range m.facts.nda {
		m.Footer = append(m.Footer, "Holds data given under an agreement with "+party+": keep it to those whom that allows.")
	}
}

func (b *Box) write() {
	switch b.Kind {
	case VendorBox:
		b.Subtitle, b.Details = "vendor", []string{}
	case SellerBox:
		b.writeSeller()
	case SegmentBox:
		b.writeSegment()
	}
}

func (b *Box) writeSeller() {
	reaches := []string{}
	b.Details = []string{fmt.Sprintf("%s, %s motion, builds %s", b.kindWords, b.Motion, b.Equity)}
	if b.partner && b.Stage != "" {
		b.Details = append(b.Details, "stage: "+string(b.Stage))
	}
	for _, bar := range b.Bars {
		count := bar.counts()
		reaches = append(reaches, Members(bar.reach.Best, bar.Audience))
		b.Details = append(b.Details, fmt.Sprintf("%s %s reached (%s): %s through it alone, %s also over others, %s could collide, %s in live conflict",
			Range(bar.reach), Unit(bar.Audience, bar.reach.Best), bar.reach.Basis,
			Number(count[PieceOnly]), Number(count[PieceShared]), Number(count[PieceCollide]), Number(count[PieceLive])))
	}
	b.Details = append(b.Details, b.sources...)
	b.Subtitle = strings.TrimSuffix(b.kindWords+" · "+strings.Join(reaches, ", "), " · ")
}

// counts gives the members of each kind of piece.
func (b *Bar) counts() map[PieceKind]float64 {
	out := map[PieceKind]float64{}
	for _, p := range b.Pieces {
		out[p.Kind] = p.Count
	}
	return out
}

func (b *Box) writeSegment() {
	bar := &b.Bars[0]
	net := bar.reach
	b.Subtitle = Members(net.Best, b.Audience) + " reached"
	if b.addressable > 0 {
		reached := Percent(net.Best / b.addressable)
		if net.Best == figure.Small {
			reached = Few
		}
		b.Subtitle = fmt.Sprintf("%s · %s reached", Members(b.addressable, b.Audience), reached)
	}
	b.Details = []string{fmt.Sprintf("%s %s reached today", Range(net), Unit(b.Audience, net.Best))}
	for _, piece := range bar.Pieces {
		b.Details = append(b.Details, Members(piece.Count, b.Audience)+" "+pieceWords(piece.Kind))
	}
}

// pieceWords tells what a piece of a segment's bar counts.
func pieceWords(k PieceKind) string {
	switch k {
	case PieceOnly:
		return "through one pathway"
	case PieceShared:
		return "over several, without conflict"
	case PieceCollide:
		return "could collide"
	case PieceLive:
		return "in live conflict"
	}
	return "not reached"
}

// words tell an edge between two boxes.
func (e *MapEdge) words(from, to string) string {
	switch {
	case e.Audience != "":
		return fmt.Sprintf("%s reaches %s %s of %s (%s)", from, Range(e.reach), Unit(e.Audience, e.reach.Best), to, e.reach.Basis)
	case !e.supplies:
		return from + " to " + to
	case e.given:
		return fmt.Sprintf("%s supplies %s, %s of its supply", from, to, Percent(e.Share))
	}
	return from + " supplies " + to
}

func (f *MapFinding) write(called map[string]string) {
	p, q := called[f.Between[0]], called[f.Between[1]]
	f.Title = pairTitle(p, q)
	f.Details = []string{fmt.Sprintf("%s and %s, %s in %s", p, q, patternWords(f.pattern), called[f.Segment])}
	if f.Live {
		f.Text = Members(f.Members, f.audience) + " in live conflict"
		f.Details = append(f.Details, "both are customer or open at "+Members(f.Members, f.audience))
		return
	}
	f.Text = Members(f.Members, f.audience) + " could collide"
	if f.Candidate {
		f.Text += " if signed"
	}
	f.Details = append(f.Details, fmt.Sprintf("%s %s could collide (%s)", Range(f.reach), Unit(f.audience, f.reach.Best), f.reach.Basis))
}

// words tell what is reached today: "Buyers: 15,900 of 22,000 reached (72%);
// 1,730 in live conflict today."
func (r *mapReached) words() string {
	text := fmt.Sprintf("%s: %s", title(r.audience), Number(r.net))
	if r.addressable != nil {
		text += " of " + Number(*r.addressable)
	}
	text += " reached"
	if r.coverage != nil {
		text += " (" + Percent(*r.coverage) + ")"
	}
	if r.live > 0 {
		text += fmt.Sprintf("; %s in live conflict today", Number(r.live))
	}
	return text + "."
}

// words tell what signing a candidate would add: "Signing SHI: +1,406 buyers, 528
// of them new to us; 1,483 could collide."
func (s *mapSigning) words() string {
	text := fmt.Sprintf("Signing %s: +%s", s.name, Members(s.adds, s.audience))
	if s.fresh > 0 {
		text += fmt.Sprintf(", %s of them new to us", Number(s.fresh))
	}
	var meets []string
	if s.live > 0 {
		meets = append(meets, Number(s.live)+" in live conflict")
	}
	if s.collide > 0 {
		meets = append(meets, Number(s.collide)+" could collide")
	}
	if len(meets) > 0 {
		text += "; " + strings.Join(meets, ", ")
	}
	return text + "."
}

// basisSentence tells what the figures rest on: "6 of 9 pathways from lists, 2
// reported, 1 claimed."
func basisSentence(bases []basisCount) string {
	total := 0
	for _, b := range bases {
		total += b.sellers
	}
	words := []string{fmt.Sprintf("%d of %d pathways from lists", bases[0].sellers, total)}
	for _, b := range bases[1:] {
		words = append(words, fmt.Sprintf("%d %s", b.sellers, b.basis))
	}
	return "Figures: " + strings.Join(words, ", ") + "."
}

// pairTitle names two sellers in the room that a finding has, so that both can be
// told from the others.
func pairTitle(p, q string) string {
	const room = 32
	if utf8.RuneCountInString(p)+utf8.RuneCountInString(q) > room {
		p, q = brief(p, room/2), brief(q, room/2)
	}
	return p + " / " + q
}

// brief cuts a name that is longer than so many characters.
func brief(name string, most int) string {
	letters := []rune(name)
	if len(letters) <= most {
		return name
	}
	return strings.TrimSpace(string(letters[:most-1])) + "…"
}

// patternWords tells the shape of two sellers in words.
func patternWords(p conflict.Pattern) string {
	switch p {
	case conflict.DirectPartner:
		return "our own channel against a partner"
	case conflict.SameKind:
		return "partners of one kind"
	case conflict.CrossKind:
		return "channels of two kinds"
	case conflict.Bypass:
		return "a supplier past the tier it supplies"
	}
	return "two channels of our own"
}
