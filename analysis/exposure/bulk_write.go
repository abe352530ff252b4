package exposure

import (
	"errors"

	"github.com/channelmap/channelmap/analysis/exposure/tally"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
)

// storeWriter writes rows one by one into the two stores: that of accounts, and
// that of users, each of which names the other beside. It is for one goroutine.
type storeWriter struct {
	bulk            *bulk
	accounts, users *tally.Writer
	ofAccounts      tally.Batch
	ofUsers         tally.Batch
	rows            map[int]int64 // by kind
}

func (b *bulk) storeWriter(i int) *storeWriter {
	return &storeWriter{bulk: b, accounts: b.store.Writer(i), users: b.users.Writer(i), rows: map[int]int64{}}
}

// putBatch is how many rows are handed to a store at once.
const putBatch = 8192

// add stores a row of a kind, of an account unless that is zero, and where it is about
// users of a member: a person, or the account.
func (w *storeWriter) add(d *reading, kind int, account, member identity.Key) error {
	w.rows[kind]++
	value, users := stored(d.value), d.audience == graph.Users
	if users {
		w.put(&w.ofUsers, kind, member, w.bulk.besideKey(account), value, stored(d.amount))
		value = tally.Absent // a user's is not the account's
	}
	if !account.IsZero() {
		w.put(&w.ofAccounts, kind, account, w.bulk.besideKey(member), value, stored(d.amount))
	}
	if len(w.ofAccounts.Hash) < putBatch && len(w.ofUsers.Hash) < putBatch {
		return nil
	}
	return w.flush()
}

// besideKey is what tells whom a row names beside its member.
func (b *bulk) besideKey(other identity.Key) uint64 {
	if other.IsZero() {
		return 0
	}
	return b.seed.Of(other).H2
}

func (w *storeWriter) put(b *tally.Batch, kind int, member identity.Key, beside uint64, value, amount int64) {
	b.Hash, b.Kind = append(b.Hash, w.bulk.seed.Of(member)), append(b.Kind, uint32(kind))
	b.Value, b.Amount = append(b.Value, value), append(b.Amount, amount)
	b.Beside = append(b.Beside, beside)
	b.Keys = append(b.Keys, w.bulk.keyText(member)...)
	b.Ends = append(b.Ends, uint32(len(b.Keys)))
}

// flush hands the rows that are left to the stores.
func (w *storeWriter) flush() error {
	err := errors.Join(w.accounts.Add(&w.ofAccounts), w.users.Add(&w.ofUsers))
	w.ofAccounts.Reset()
	w.ofUsers.Reset()
	return err
}
