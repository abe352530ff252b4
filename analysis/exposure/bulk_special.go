package exposure

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/channelmap/channelmap/analysis/exposure/tally"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
)

// specials are the accounts whose rows have to be looked at together: a deal has
// several parties there, a window may miss another, a further domain leads to
// it, it belongs to a group of companies, or rows of one list contradict one
// another. They are left out of the store's count, and all of their rows are read
// and kept. Users are special too who have a row at such an account, or of whom rows
// contradict one another.
type specials struct {
	bulk     *bulk
	accounts map[identity.Key]bool // as entries name them
	ids      map[tally.ID]bool     // as stored rows name them: further domains among them
	keys     []identity.Key        // of ids, but for those that the count found
	users    map[tally.ID]bool     // as stored rows name them; those who have rows at special accounts alone need not be there
	userKeys []identity.Key        // of users, but for those that the count found
}

func (p *pass) newSpecials() *specials {
	s := &specials{bulk: p.bulk, accounts: map[identity.Key]bool{}, ids: map[tally.ID]bool{}, users: map[tally.ID]bool{}}
	for i := range p.entries {
		e := &p.entries[i]
		switch {
		case e.account.IsZero():
			if !p.bulk.storable(e.reading) {
				s.addUser(e.member)
			}
		case e.deal != "" || len(e.parties) > 0 || e.bounded(p.opts.AsOf) || !p.bulk.storable(e.reading):
			s.add(e.account, e.account)
		}
	}
	for _, l := range p.parentLinks { // all others are groups of their own
		for _, account := range []identity.Key{l.From, l.To} {
			s.add(account, account)
		}
	}
	for from, to := range p.directory.known.Links() {
		if from.Kind == identity.ByDomain {
			s.add(from, to)
		}
		s.add(to, to)
	}
	return s
}

// add makes an account special, and its rows under a key.
func (s *specials) add(key, account identity.Key) {
	s.accounts[account] = true
	if s.addID(s.bulk.id(key)) {
		s.keys = append(s.keys, key)
	}
}

// addID adds rows by what tells them in the store, and reports whether it is new.
func (s *specials) addID(id tally.ID) bool {
	fresh := !s.ids[id]
	s.ids[id] = true
	return fresh
}

// addUser makes a user special who has no account.
func (s *specials) addUser(user identity.Key) {
	s.users[s.bulk.userID(user)] = true
	s.userKeys = append(s.userKeys, user)
}

// wants looks for the rows of special accounts.
func (s *specials) wants(id func() tally.ID, _ int) bool { return s.ids[id()] }

// id is what tells the rows of an account in the store.
func (b *bulk) id(k identity.Key) tally.ID { return b.store.ID(b.seed.Of(k), b.keyText(k)) }

// userID is what tells the rows about a user in the store of users.
func (b *bulk) userID(k identity.Key) tally.ID { return b.users.ID(b.seed.Of(k), b.keyText(k)) }

// keyText writes a key as exact stores hold it, and nothing for others. Most keys
// are domains, and those stand for themselves.
func (b *bulk) keyText(k identity.Key) string {
	if !b.p.opts.Exact {
		return ""
	}
	if k.Kind == identity.ByDomain {
		return k.Text
	}
	return "\x00" + string(rune(k.Kind)) + k.Text
}

// keyOfText is the key of which keyText wrote the text.
func keyOfText(text string) identity.Key {
	rest, ok := strings.CutPrefix(text, "\x00")
	if !ok {
		return identity.Key{Kind: identity.ByDomain, Text: text}
	}
	kind, size := utf8.DecodeRuneInString(rest)
	return identity.Key{Kind: identity.KeyKind(kind), Text: rest[size:]}
}

// tags take the special accounts out of the count.
func (s *specials) tags() []tally.Tag { return s.out(s.keys) }

// userTags take the special users out of the count of users.
func (s *specials) userTags() []tally.Tag { return s.out(s.userKeys) }

func (s *specials) out(keys []identity.Key) []tally.Tag {
	var tags []tally.Tag
	for _, k := range keys {
		tags = append(tags, tally.Tag{Hash: s.bulk.seed.Of(k), Key: s.bulk.keyText(k), Line: tally.Out})
	}
	return tags
}

// hold takes an entry whose account or user is special, and notes which of the two the
// store counts.
func (s *specials) hold(held []entry, e *entry) []entry {
	special := !e.account.IsZero() && s.hasAccount(e.account)
	user := e.audience == graph.Users && (special || s.users[s.bulk.userID(e.member)])
	if !special && !user {
		return held
	}
	held = append(held, *e)
	last := &held[len(held)-1]
	last.accountStored, last.memberStored = !special, e.audience == graph.Users && !user
	return held
}

func (s *specials) hasAccount(k identity.Key) bool { return s.accounts[k] || s.ids[s.bulk.id(k)] }

// gather returns the entries of all special accounts and users, in the order in which
// lists are taken: those that are kept anyway, and those of stored rows, which
// are read once more. There are so many at most.
func (p *pass) gather(ctx context.Context, s *specials, most int) ([]entry, error) {
	if len(s.ids)+len(s.users) == 0 {
		return nil, nil
	}
	held := make([]entry, 0, most)
	for _, own := range []bool{true, false} {
		for i := range p.eco.Lists {
			if p.own[i] != own {
				continue
			}
			if p.bulk.lists[i].rows == 0 {
				for j := range p.entries {
					if e := &p.entries[j]; e.list == i {
						held = s.hold(held, e)
					}
				}
				continue
			}
			more, err := p.gatherList(ctx, s, i)
			if err != nil {
				return nil, err
			}
			held = append(held, more...)
		}
	}
	return held, nil
}

// gatherList reads a list once more for the rows of special accounts and users.
func (p *pass) gatherList(ctx context.Context, s *specials, i int) ([]entry, error) {
	var held []entry
	first := p.firstTold(i, p.entries)
	search := &search{account: s.wants}
	if len(s.users) > 0 {
		search.user = func(id func() tally.ID) bool { return s.users[id()] }
	}
	err := p.again(ctx, i, search, func(d *reading) error {
		if e := p.toldAgain(d, first); e != nil {
			held = s.hold(held, e)
		}
		return nil
	})
	return held, err
}

// firstTold is, by their places, what was told of the rows of a list that were
// readings: their entries, or nil where nothing could be.
func (p *pass) firstTold(i int, entries []entry) map[graph.Place]*entry {
	first := map[graph.Place]*entry{}
	for place := range p.placesOf(i) {
		first[place] = nil
	}
	for j := range entries {
		if e := &entries[j]; e.list == i {
			first[e.place] = e
		}
	}
	return first
}

// toldAgain is the entry of a row that is read once more, nil where it tells
// nobody. Whose a reading is stays as it was told first: by now it might tell
// itself, by the record id that was learnt from it.
func (p *pass) toldAgain(d *reading, first map[graph.Place]*entry) *entry {
	if e, ok := first[d.place]; ok {
		return e
	}
	e := newEntry(d, p.tell(d), p.directory)
	if e.member.IsZero() {
		return nil
	}
	return &e
}
