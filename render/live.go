package render

import (
	"fmt"
	"io"
	"strings"

	"github.com/channelmap/channelmap/analysis"
)

// Live prints the deals, registrations and offers that collide today.
func Live(w io.Writer, l *analysis.Live, f Format, o TextOptions) error {
	return printReport(w, f, o, l, liveReport{l})
}

type liveReport struct{ *analysis.Live }

// mostLive is how many cases the text shows.
const mostLive = 30

func (l liveReport) text(r *textReport) {
	r.open(&l.Head, l.answer())
	for i := range l.Cases[:min(mostLive, len(l.Cases))] {
		l.one(r, &l.Cases[i])
	}
	r.restAfter(mostLive, len(l.Cases))
	if l.Undated > 0 {
		r.heading("Left out")
		r.paragraph(2, countOf(l.Undated, "record does not say when it began; without --since it is in.", "records do not say when they began; without --since they are in."))
	}
	r.next(suggestion{"Everything about one account", "account KEY"})
	r.close(&l.Head)
}

func (l liveReport) answer() string {
	since := ""
	if l.Since != "" {
		since = " that began since " + l.Since
	}
	switch n := len(l.Cases); {
	case l.Looked == 0:
		return "No deal, registration or offer is live"
	case n == 0:
		return fmt.Sprintf("No live record%s collides; %s looked at", since, countOf(l.Looked, "was", "were"))
	case n == 1:
		return fmt.Sprintf("1 live record%s collides", since)
	default:
		return fmt.Sprintf("%s live records%s collide", countDigits(n), since)
	}
}

// liveKinds are the kinds of records in words, one of each.
var liveKinds = map[string]string{"deals": "deal", "registrations": "registration", "offers": "offer"}

func (l liveReport) one(r *textReport, c *analysis.LiveRecord) {
	r.heading(shortName(c.Account))
	began := ""
	if c.Began != "" {
		began = ", since " + c.Began
	}
	r.paragraph(2, fmt.Sprintf("%s: %s%s (%s)", sentenceCase(wordFor(liveKinds, string(c.Kind))), c.Words, began, c.Place))
	for _, a := range c.Against {
		r.paragraph(4, against(&a))
	}
}

// against says whom a record meets, and by what it shows.
func against(a *analysis.Against) string {
	teamed := ""
	if a.Teamed {
		teamed = "; a teaming record names both"
	}
	if a.Words != "" {
		return fmt.Sprintf("against %s (%s)%s", a.Words, a.Place, teamed)
	}
	has := "has a customer there"
	if a.Status == "open" {
		has = "has a deal open there"
	}
	return fmt.Sprintf("against %s, which %s, as lists show%s", shortName(a.Seller.Name), has, teamed)
}

// table gives one row for each record and each rival.
func (l liveReport) table() *csvTable {
	t := &csvTable{columns: []string{"level", "kind", "id", "account", "sellers", "began", "words", "place", "against", "against_status", "against_words", "against_place", "teamed", "name"}}
	for _, c := range l.Cases {
		var sellers []string
		for _, s := range c.Sellers {
			sellers = append(sellers, s.ID)
		}
		for _, a := range c.Against {
			row := t.add("case").text("kind", string(c.Kind)).text("id", c.ID).text("account", c.Account).text("sellers", strings.Join(sellers, ";")).
				text("began", c.Began).text("words", c.Words).text("place", c.Place.String()).
				text("against", a.Seller.ID).text("against_status", string(a.Status)).text("against_words", a.Words).flag("teamed", a.Teamed)
			if a.Words != "" {
				row.text("against_place", a.Place.String())
			}
		}
	}
	t.nda(&l.Head)
	return t
}
