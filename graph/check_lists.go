package graph

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// columnKeys are the words that `columns` may map, by what the file holds: a
// list, or one kind of record.
var columnKeys = map[string][]string{
	"lists": {"account", "user", "name", "id", "aliases", "parent", "country", "employees", "segment", "partner",
		"channel", "product", "role", "status", "value", "amount", "currency", "date", "owner", "last_seen", "plan",
		"deal", "seller_of_record", "via", "sourced_by"},
	"deals": {"id", "account", "channel", "partner", "product", "stage", "is_closed", "is_won", "amount", "currency", "probability", "opened",
		"closes", "last_activity", "owner", "seller_of_record", "sourced_by"},
	"registrations":  {"id", "partner", "account", "product", "scope", "submitted", "approved", "expires", "status"},
	"offers":         {"id", "account", "product", "seller_of_record", "marketplace", "amount", "currency", "expires", "status"},
	"renewals":       {"account", "partner", "product", "date", "amount", "currency"},
	"prices":         {"channel", "partner", "product", "segment", "net_price", "currency", "from", "until"},
	"credits":        {"deal", "payee", "role", "percent", "amount"},
	"handoffs":       {"account", "from", "to", "date", "owner"},
	"teaming":        {"account", "partners", "from", "until"},
	"named_accounts": {"account", "owner", "from", "until"},
	"parents":        {"account", "parent"},
	"aliases":        {"alias", "account", "reason", "decided_by"},
}

// ColumnKeys returns the column keys of a list ("lists") or of a kind of record,
// named by its key in the ecosystem file, and nothing for any other word.
func ColumnKeys(of string) []string { return slices.Clone(columnKeys[of]) }

// lists judges the lists and the files of records.
func (c *checker) lists() {
	channels := c.e.channelsByID()
	partners := map[string]*Partner{}
	for i := range c.e.Partners {
		partners[c.e.Partners[i].ID] = &c.e.Partners[i]
	}
	for _, l := range c.e.Lists {
		c.columns("lists", l)
		c.seller(l, channels, partners)
	}
	for _, r := range c.e.records() {
		if r.spec != nil {
			c.columns(r.key, *r.spec)
		}
	}
	for _, ch := range c.e.Channels {
		if ch.Accounts != nil && ch.Accounts.Channel != ch.ID {
			c.complain(c.at(ch.Accounts.At, "channel"), fmt.Sprintf("list of channel %s names channel %s", quote(ch.ID), quote(ch.Accounts.Channel)), "its own channel, or none", "")
		}
	}
	for _, p := range c.e.Partners {
		if p.Accounts != nil && p.Accounts.Partner != p.ID {
			c.complain(c.at(p.Accounts.At, "partner"), fmt.Sprintf("list of partner %s names partner %s", quote(p.ID), quote(p.Accounts.Partner)), "its own partner, or none", "")
		}
	}
	for _, s := range c.e.Segments {
		c.match(s)
	}
}

// record is a file of records and its key in the ecosystem file.
type record struct {
	key  string
	spec *ListSpec
}

func (e *Ecosystem) records() []record {
	return []record{
		{"aliases", e.Aliases}, {"parents", e.Parents}, {"named_accounts", e.NamedAccounts}, {"deals", e.Deals},
		{"registrations", e.Registrations}, {"offers", e.Offers}, {"renewals", e.Renewals}, {"prices", e.Prices},
		{"credits", e.Credits}, {"handoffs", e.Handoffs}, {"teaming", e.Teaming},
	}
}

// columns judges a mapping of columns.
func (c *checker) columns(of string, l ListSpec) {
	known := columnKeys[of]
	for _, key := range slices.Sorted(maps.Keys(l.Columns)) {
		at := c.at(l.At, "columns."+key)
		if !slices.Contains(known, key) {
			c.unknown(at, fmt.Sprintf("columns of list %s map %s, which is no column key of %s", quote(l.File), quote(key), of), key, known)
			continue
		}
		headers := l.Columns[key].Headers
		blank := slices.ContainsFunc(headers, func(h string) bool { return strings.TrimSpace(h) == "" })
		switch {
		case (len(headers) == 0 || blank) && !c.e.where.isBroken(l.At):
			c.complain(at, fmt.Sprintf("column %s of list %s has no header", key, quote(l.File)), "the header in the file", "")
		case len(headers) > 1 && key != "partner":
			c.complain(at, fmt.Sprintf("column %s of list %s has %d headers", key, quote(l.File), len(headers)), "one; only partner may have several (layout: wide)", "")
		}
	}
}

// seller judges whose list it is.
func (c *checker) seller(l ListSpec, channels map[string]*Channel, partners map[string]*Partner) {
	subject := "list " + quote(l.File)
	p := partners[l.Partner]
	if p != nil && l.Own {
		c.complain(c.at(l.At, "own"), fmt.Sprintf("%s is of partner %s and own", subject, quote(p.ID)), "either own: true or a partner", "")
	}
	if p != nil && channels[l.Channel] != nil && !slices.Contains(p.Channels, l.Channel) {
		c.complain(c.at(l.At, "channel"), fmt.Sprintf("%s is of channel %s, and its partner %s is in %s", subject, quote(l.Channel), quote(p.ID), pathways(p.Channels)), "a channel of the partner, or none", "")
	}
	_, byPartner := l.Columns["partner"]
	_, byChannel := l.Columns["channel"]
	told := l.Channel != "" || l.Partner != "" || l.Own || byPartner || byChannel || l.Undeclared == UndeclaredReject ||
		l.Layout == LayoutLong || l.Layout == LayoutWide || c.e.where.isBroken(l.At)
	if !told {
		c.complain(c.at(l.At, ""), subject+" is nobody's", "channel: or partner: with an id, own: true, or a column for partner", "")
	}
	c.audienceOf(l, subject, channels[l.Channel], p)
}

// audienceOf judges the audience that a list is said to have. (Whether the rows
// of a hybrid channel tell theirs is known when they are read.)
func (c *checker) audienceOf(l ListSpec, subject string, ch *Channel, p *Partner) {
	segment := c.audience[l.Segment]
	if l.Audience != "" && segment != "" && l.Audience != segment {
		c.complain(c.at(l.At, "segment"), fmt.Sprintf("%s is of %s, and segment %s is of %s", subject, l.Audience, quote(l.Segment), segment), "a segment of its audience", "")
	}
	serves := []Audience(nil)
	switch {
	case p != nil:
		serves = p.Audiences
	case ch != nil:
		serves = ch.Audiences
	}
	if l.Audience != "" && len(serves) > 0 && !slices.Contains(serves, l.Audience) {
		c.complain(c.at(l.At, "audience"), fmt.Sprintf("%s is of %s, and its pathway serves %s", subject, l.Audience, serves[0]), "an audience of the channel or partner", "")
	}
}

// match judges the values of a segment's match; ranges must go upwards.
func (c *checker) match(s Segment) {
	for _, key := range slices.Sorted(maps.Keys(s.Match)) {
		subject := fmt.Sprintf("match of segment %s on %s", quote(s.ID), key)
		if len(s.Match[key]) == 0 && !c.e.where.isBroken(s.At) {
			c.complain(c.at(s.At, "match."+key), subject+" has no value", "a value, a list of values or a range", "")
		}
		for i, value := range s.Match[key] {
			if !rangeForm.MatchString(value) {
				continue
			}
			if _, err := ParseInterval(value); err != nil {
				c.complain(c.at(s.At, indexed("match."+key, i)), subject+" is "+quote(value), "a range such as 200..1999", hintIn(err))
			}
		}
	}
}

// allColumnKeys are the keys of lists and of every kind of record, once each.
func allColumnKeys() []string {
	var all []string
	for _, keys := range columnKeys {
		all = append(all, keys...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
