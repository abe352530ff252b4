package graph

import (
	"fmt"
	"strings"
)

// terms judges the promises in contracts.
func (c *checker) terms() {
	for _, p := range c.e.Partners {
		for _, t := range p.Terms {
			c.term(t, strings.TrimSpace(fmt.Sprintf("%s term of partner %s", t.Kind, quote(p.ID))))
		}
	}
}

func (c *checker) term(t Term, subject string) {
	exclusive := t.Kind == "exclusive"
	switch {
	case exclusive && t.Against == "" && !c.e.where.isBroken(t.At):
		c.complain(c.at(t.At, ""), subject+" has no against", "against: partners, or against: everyone (own channels too)", "")
	case !exclusive && t.Against != "" && t.Kind != "":
		c.complain(c.at(t.At, "against"), subject+" has against", "against only with kind: exclusive", "")
	}
	if t.WindowDays != 0 && t.Kind != "registration" && t.Kind != "" {
		c.complain(c.at(t.At, "window_days"), subject+" has window_days", "window_days only with kind: registration", "")
	}
	c.order(t, subject)
}

// order judges the dates of a term.
func (c *checker) order(t Term, subject string) {
	if !t.From.IsZero() && !t.Until.IsZero() && t.Until.Compare(t.From) < 0 {
		c.complain(c.at(t.At, "until"), fmt.Sprintf("%s ends on %s, before it starts on %s", subject, t.Until, t.From), "until on or after from", "")
	}
	if !t.NoticeBy.IsZero() && !t.Until.IsZero() && t.NoticeBy.Compare(t.Until) > 0 {
		c.complain(c.at(t.At, "notice_by"), fmt.Sprintf("%s has notice by %s, after it ends on %s", subject, t.NoticeBy, t.Until), "notice_by on or before until", "")
	}
}
