package exposure

import (
	"bytes"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
	"github.com/channelmap/channelmap/graph/list"
)

// bulkAbout says of a kind whom its rows are about.
type bulkAbout struct {
	users     bool // they belong to the store of users too
	person    bool // one that an address tells; else users are their account
	homeless  bool // they have no account
	byAddress bool // their account is that of an address
	unstated  bool // nothing states their status
}

func aboutOf(k *bulkKind) bulkAbout {
	return bulkAbout{k.audience == graph.Users, k.person, k.homeless, !k.byCell && k.byAddress, k.unstated}
}

// note notes whom the rows of a kind are about.
func (w *bulkWorker) note(kind uint32, k *bulkKind) {
	for int(kind) >= len(w.about) {
		w.about = append(w.about, bulkAbout{})
	}
	w.about[kind] = aboutOf(k)
	w.ofBoth = w.ofBoth || k.audience == graph.Users
	w.unstated = w.unstated || k.unstated
}

// keysIfAny hashes the cells that are the account where they are filled.
func (w *bulkWorker) keysIfAny(column int) {
	r := &w.cut
	for i := range r.n {
		from, to := r.bounds(i, column)
		if from == to {
			w.step(i, 0)
			continue
		}
		w.step(i, 1)
		hash, ok := w.plain.Scan(r.bytes, r.text, from, to)
		if r.hash[i] = hash; !ok {
			w.slowKey(i, r.text[from:to])
		}
	}
}

// addresses reads the cells that tell a person.
func (w *bulkWorker) addresses(column int) {
	r := &w.cut
	for i := range r.n {
		from, to := r.bounds(i, column)
		if from == to {
			w.step(i, 0)
			continue
		}
		a, ok := w.address.Scan(r.bytes, r.text, from, to)
		if !ok {
			a, ok = w.slowAddress(i, r.text[from:to])
		}
		if r.address[i] = a; ok {
			w.step(i, addressCode(&a))
		} else {
			r.path[i] = pathCare
		}
	}
}

// slowAddress reads an address that is not plain: with capitals, say.
func (w *bulkWorker) slowAddress(i int, cell []byte) (a identity.Address, ok bool) {
	a, text, ok := w.bulk.addressOf(cell)
	if ok {
		w.cut.slowUsers = append(w.cut.slowUsers, slowKey{i, []byte(text)})
	}
	return a, ok
}

// addressOf reads an address with care, and returns its text as it is compared.
func (b *bulk) addressOf(cell []byte) (a identity.Address, text string, ok bool) {
	email, ok := identity.ParseEmail(string(cell))
	if !ok || !list.Sound(cell) {
		return a, "", false
	}
	a = identity.Address{Person: b.seed.Of(email.Person()), Domain: email.Domain, Free: email.FreeMail}
	if !a.Free {
		a.Account = b.seed.Of(email.Account())
	}
	return a, email.Address, true
}

// addressCode is what an address shows of whose row it is in.
func addressCode(a *identity.Address) int {
	if a.Free {
		return 1
	}
	return 2
}

// settleAccounts lets rows whose account an address tells have its hash.
func (w *bulkWorker) settleAccounts() {
	r := &w.cut
	for i, kind := range r.kind[:r.n] {
		if kind != needsCare && w.about[kind].byAddress {
			r.hash[i] = r.address[i].Account
		}
	}
}

// addAbout is add for rows that may be about users.
func (w *bulkWorker) addAbout(b *list.Block) {
	r, slow := &w.cut, slowRow{}
	for i, kind := range r.kind[:r.n] {
		if kind == needsCare {
			r.leave(b, i)
			continue
		}
		about := w.about[kind]
		row := storedRow{account: r.hash[i], value: r.value[i], amount: r.amount[i]}
		if about.person {
			row.member = r.address[i].Person
		}
		if w.bulk.p.opts.Exact {
			slow.to(r, i)
			if !about.homeless {
				row.accountKey = w.accountText(i, &slow)
			}
			if about.person {
				row.memberKey = w.personText(w.addressText(i, &slow))
			}
		}
		w.putAbout(kind, &row)
	}
}

// putAbout makes a row ready to be stored of which only a person is told, if it is about
// one.
func (w *bulkWorker) putAbout(kind uint32, r *storedRow) {
	about := w.about[kind]
	if r.homeless, r.users = about.homeless, about.users; !about.person {
		r.member, r.memberKey = r.account, r.accountKey
	}
	w.into.put(kind, r)
	w.used++
}

// slowRow is where a row stands among the slow keys and addresses, if it is one of
// them.
type slowRow struct{ key, user int }

// to goes on to a row, which is none of those before.
func (s *slowRow) to(r *bulkRows, row int) {
	for s.key < len(r.slow) && r.slow[s.key].row < row {
		s.key++
	}
	for s.user < len(r.slowUsers) && r.slowUsers[s.user].row < row {
		s.user++
	}
}

// accountText is the key of a row's account, as exact stores hold it.
func (w *bulkWorker) accountText(i int, slow *slowRow) []byte {
	if !w.about[w.cut.kind[i]].byAddress {
		return w.keyText(i, slow.key)
	}
	return domainOf(&w.cut.address[i], w.addressText(i, slow))
}

// domainOf is the domain of the account that an address tells.
func domainOf(a *identity.Address, address []byte) []byte {
	if a.Domain != "" {
		return []byte(a.Domain)
	}
	_, host, _ := bytes.Cut(address, []byte{'@'})
	return host
}

// personText is the key of a person, as exact stores hold it.
func (w *bulkWorker) personText(address []byte) []byte {
	w.text = append(append(w.text[:0], beforePerson...), address...)
	return w.text
}

// beforePerson is what stands before the address in the keys of persons.
var beforePerson = "\x00" + string(rune(identity.ByEmail))

// addressText is the address in a row.
func (w *bulkWorker) addressText(i int, slow *slowRow) []byte {
	if slow.user < len(w.cut.slowUsers) && w.cut.slowUsers[slow.user].row == i {
		return w.cut.slowUsers[slow.user].key
	}
	return w.cut.cell(i, w.layout.Of[list.User])
}
