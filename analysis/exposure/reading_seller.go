package exposure

import (
	"fmt"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// readSeller tells whose row it is to reach the member: the list's partner, the
// one that the row names, or a channel by itself.
func (r *rowReader) readSeller(row *list.Row, d *reading) error {
	d.channel = r.channel
	if text := row.Get(list.Channel); text != "" {
		if d.channel = r.p.names.channel(text); d.channel < 0 {
			r.notes.add("unknown-channel", row.Place, true,
				fmt.Sprintf("channel %q is not declared; the row is not used", text))
			return errSkip
		}
	}
	text := row.Get(list.Partner)
	partner, ok := r.p.names.declaredPartner(text)
	if r.partner >= 0 {
		partner, ok = r.partner, true
	}
	switch {
	case ok:
		d.seller = r.p.names.sellerOf(partner, d.channel)
		d.channel = r.p.names.sellers[d.seller].Channel
		return nil
	case text != "":
		return r.readUndeclared(row, text, d)
	case d.channel >= 0:
		if c := &r.p.eco.Channels[d.channel]; row.Has(list.Partner) && !c.Kind.Direct() {
			r.notes.add("no-partner", row.Place, false,
				"rows name no partner where the list has a column for it; they count for the channel "+c.Name+" itself")
		}
		d.seller = r.p.names.number[[2]int{d.channel, -1}]
		return nil
	}
	r.notes.add("no-seller", row.Place, true, "the row names neither partner nor channel; it is not used")
	return errSkip
}

// readUndeclared does with a partner that nobody declared what the list says.
func (r *rowReader) readUndeclared(row *list.Row, name string, d *reading) error {
	if r.spec.Undeclared == graph.UndeclaredReject {
		r.notes.add("undeclared-partner", row.Place, true,
			fmt.Sprintf("partner %q is not declared, and the list says to reject such rows", name))
		return errSkip
	}
	if d.channel < 0 {
		return &graph.InputError{Place: row.Place, Text: fmt.Sprintf(
			"partner %q is not declared and the list has no channel to add it to; write `channel:` at the list, or declare the partner", name)}
	}
	d.undeclared = name
	return nil
}

// kind of the channel that the row's seller sells in.
func (r *rowReader) kind(d *reading) graph.Kind { return r.p.eco.Channels[d.channel].Kind }

// audiences that the row's seller serves; one that nobody declared serves its
// channel's.
func (r *rowReader) audiences(d *reading) []graph.Audience {
	if d.undeclared != "" {
		return r.p.eco.Channels[d.channel].Audiences
	}
	return r.p.eco.Audiences(r.p.names.sellers[d.seller])
}

// roles of the row's seller where the row says nothing else.
func (r *rowReader) roles(d *reading) Roles {
	if d.undeclared != "" {
		return RolesOf(r.p.eco.Channels[d.channel].Roles...)
	}
	return RolesOf(r.p.eco.Roles(r.p.names.sellers[d.seller])...)
}

// readParties takes the names of sellers that the row names as parties to its
// deal.
func (r *rowReader) readParties(row *list.Row, d *reading) error {
	for _, key := range []list.Key{list.SellerOfRecord, list.Via, list.SourcedBy} {
		if text := row.Get(key); text != "" && !r.p.names.isVendor(text) {
			d.partyNames = append(d.partyNames, text)
		}
	}
	return nil
}

// findParties looks the parties of a row up, once all sellers are known.
func (r *rowReader) findParties(d *reading) {
	for _, name := range d.partyNames {
		party, ok := r.p.names.party(name)
		if !ok {
			r.notes.add("unknown-party", d.place, false,
				fmt.Sprintf("%q is no declared partner or channel; the row counts without it", name))
		} else if party != d.seller {
			d.parties = append(d.parties, party)
		}
	}
}
