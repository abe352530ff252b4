package exposure

import (
	"bytes"

	"github.com/channelmap/channelmap/analysis/exposure/tally"
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
}

func aboutOf(k *bulkKind) bulkAbout {
	return bulkAbout{k.audience == graph.Users, k.person, k.homeless, !k.byCell && k.byAddress}
}

// note notes whom the rows of a kind are about.
func (w *bulkWorker) note(kind uint32, k *bulkKind) {
	for int(kind) >= len(w.about) {
		w.about = append(w.about, bulkAbout{})
	}
	w.about[kind] = aboutOf(k)
	w.ofBoth = w.ofBoth || k.audience == graph.Users
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
		switch r.address[i] = a; {
		case !ok:
			r.path[i] = pathCare
		case a.Free:
			w.step(i, 1)
		default:
			w.step(i, 2)
		}
	}
}

// slowAddress reads an address that is not plain: with capitals, say.
func (w *bulkWorker) slowAddress(i int, cell []byte) (a identity.Address, ok bool) {
	email, ok := identity.ParseEmail(string(cell))
	if !ok || !list.Sound(cell) {
		return a, false
	}
	a = identity.Address{Person: w.bulk.seed.Of(email.Person()), Domain: email.Domain, Free: email.FreeMail}
	if !a.Free {
		a.Account = w.bulk.seed.Of(email.Account())
	}
	w.cut.slowUsers = append(w.cut.slowUsers, slowKey{i, []byte(email.Address)})
	return a, true
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
	for len(w.batch.Beside) < len(w.batch.Hash) {
		w.batch.Beside = append(w.batch.Beside, 0) // of rows before the first that may be
	}
	for i, kind := range r.kind[:r.n] {
		if kind == needsCare {
			r.leave(b, i)
			continue
		}
		slow.to(r, i)
		about, value := w.about[kind], r.value[i]
		member, beside := w.memberHash(i), uint64(0)
		if about.users {
			if !about.homeless {
				beside = r.hash[i].H2
			}
			w.put(&w.ofUsers, kind, member, beside, value, r.amount[i], w.memberText(i, &slow))
			value = tally.Absent // a user's is not the account's
		}
		if !about.homeless {
			w.put(&w.batch, kind, r.hash[i], member.H2, value, r.amount[i], w.accountText(i, &slow))
		}
		w.used++
	}
}

func (w *bulkWorker) put(b *tally.Batch, kind uint32, member identity.Hash, beside uint64, value, amount int64, key []byte) {
	b.Hash, b.Kind, b.Beside = append(b.Hash, member), append(b.Kind, kind), append(b.Beside, beside)
	if w.bulk.values {
		b.Value = append(b.Value, value)
	}
	if w.bulk.amounts {
		b.Amount = append(b.Amount, amount)
	}
	if w.bulk.p.opts.Exact {
		b.Keys = append(b.Keys, key...)
		b.Ends = append(b.Ends, uint32(len(b.Keys)))
	}
}

// memberHash is that of whom a row is about.
func (w *bulkWorker) memberHash(i int) identity.Hash {
	if about := w.about[w.cut.kind[i]]; about.person {
		return w.cut.address[i].Person
	}
	return w.cut.hash[i]
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
	if domain := w.cut.address[i].Domain; domain != "" {
		return []byte(domain)
	}
	_, host, _ := bytes.Cut(w.addressText(i, slow), []byte{'@'})
	return host
}

// memberText is likewise the key of whom a row is about.
func (w *bulkWorker) memberText(i int, slow *slowRow) []byte {
	if !w.about[w.cut.kind[i]].person {
		return w.accountText(i, slow)
	}
	return append(append(w.text[:0], personText...), w.addressText(i, slow)...)
}

// personText is what stands before the address in the keys of persons.
var personText = "\x00" + string(rune(identity.ByEmail))

// addressText is the address in a row.
func (w *bulkWorker) addressText(i int, slow *slowRow) []byte {
	if slow.user < len(w.cut.slowUsers) && w.cut.slowUsers[slow.user].row == i {
		return w.cut.slowUsers[slow.user].key
	}
	return w.cut.cell(i, w.layout.Of[list.User])
}
