package exposure

import (
	"errors"

	"github.com/channelmap/channelmap/analysis/exposure/tally"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
)

// storeWriter writes rows into the two stores: that of accounts, and that of users,
// each of which names the other beside. It is for one goroutine.
type storeWriter struct {
	bulk                *bulk
	accounts, users     *tally.Writer
	ofAccounts, ofUsers tally.Batch
}

func (b *bulk) storeWriter(i int) storeWriter {
	return storeWriter{bulk: b, accounts: b.store.Writer(i), users: b.users.Writer(i)}
}

// storedRow is a row as the stores have it.
type storedRow struct {
	account, member       identity.Hash
	accountKey, memberKey []byte // of exact stores
	value, amount         int64
	homeless              bool // it has no account
	users                 bool // it is about users: a person, or the account as one
}

// put makes a row of a kind ready to be stored.
func (w *storeWriter) put(kind uint32, r *storedRow) {
	for len(w.ofAccounts.Beside) < len(w.ofAccounts.Hash) {
		w.ofAccounts.Beside = append(w.ofAccounts.Beside, 0) // of rows that were put without
	}
	value := r.value
	if r.users {
		beside := r.account.H2
		if r.homeless {
			beside = 0
		}
		w.putInto(&w.ofUsers, kind, r.member, beside, value, r.amount, r.memberKey)
		value = tally.Absent // a user's is not the account's
	}
	if !r.homeless {
		w.putInto(&w.ofAccounts, kind, r.account, r.member.H2, value, r.amount, r.accountKey)
	}
}

func (w *storeWriter) putInto(b *tally.Batch, kind uint32, member identity.Hash, beside uint64, value, amount int64, key []byte) {
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

// putReading makes a reading ready to be stored, of an account unless that is zero, and
// of whom it is about. It hands rows on where there are many.
func (w *storeWriter) putReading(d *reading, kind int, account, member identity.Key) error {
	const most = 8192
	seed := w.bulk.seed
	w.put(uint32(kind), &storedRow{
		account: seed.Of(account), accountKey: []byte(w.bulk.keyText(account)), member: seed.Of(member), memberKey: []byte(w.bulk.keyText(member)),
		value: stored(d.value), amount: stored(d.amount), homeless: account.IsZero(), users: d.audience == graph.Users,
	})
	if len(w.ofAccounts.Hash) < most && len(w.ofUsers.Hash) < most {
		return nil
	}
	return w.flush()
}

// flush hands the rows that are ready to the stores.
func (w *storeWriter) flush() error {
	err := errors.Join(w.accounts.Add(&w.ofAccounts), w.users.Add(&w.ofUsers))
	w.reset()
	return err
}

// reset forgets the rows that are ready.
func (w *storeWriter) reset() {
	w.ofAccounts.Reset()
	w.ofUsers.Reset()
}
