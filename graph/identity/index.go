package identity

import (
	"cmp"
	"slices"
)

// use says that an account has a text, a name or an id, and in which country: a
// code, empty where the row says none, or anyCountry for the account as such.
type use struct {
	country string
	key     Key
}

const anyCountry = "*"

func (u use) compare(v use) int {
	return cmp.Or(cmp.Compare(u.country, v.country), u.key.Compare(v.key))
}

// indexBuilder collects who uses which texts. The zero value is empty and ready
// to use.
type indexBuilder struct {
	last map[string]int // the last use of a text
	uses []chained
}

// chained is a use with the number of the one before it of the same text, or -1.
type chained struct {
	use
	before int
}

func (b *indexBuilder) add(text, country string, key Key) {
	if b.last == nil {
		b.last = map[string]int{}
	}
	before, ok := b.last[text]
	if !ok {
		before = -1
	}
	b.last[text] = len(b.uses)
	b.uses = append(b.uses, chained{use{country, key}, before})
}

// index finds the accounts that use a text.
type index struct {
	at   map[string]span
	uses []use // of one text after another, each text's in order
}

type span struct{ from, to int }

// build makes the index; every account stands for that to which its key leads.
func (b *indexBuilder) build(links *Links) index {
	x := index{at: make(map[string]span, len(b.last)), uses: make([]use, 0, len(b.uses))}
	for text, i := range b.last {
		from := len(x.uses)
		for ; i >= 0; i = b.uses[i].before {
			u := b.uses[i].use
			u.key = links.Resolve(u.key)
			x.uses = append(x.uses, u)
		}
		own := x.uses[from:]
		slices.SortFunc(own, use.compare)
		x.uses = x.uses[:from+len(slices.Compact(own))]
		x.at[text] = span{from, len(x.uses)}
	}
	return x
}

// find returns the first accounts, in order, that use a text in a country.
func (x index) find(text, country string) (keys []Key) {
	s := x.at[text]
	uses := x.uses[s.from:s.to]
	from, _ := slices.BinarySearchFunc(uses, use{country: country}, use.compare)
	for _, u := range uses[from:] {
		if u.country != country || len(keys) == maxCandidates {
			break
		}
		keys = append(keys, u.key)
	}
	return keys
}
