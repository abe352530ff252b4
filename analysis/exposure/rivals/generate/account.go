package generate

import (
	"slices"
	"strconv"
)

// The seeds of what is drawn; fixed, so that the same list comes out each time.
const (
	seedRows uint64 = 1000 * iota
	seedKeys
	seedPartners
	seedClusters
	seedTwice
	seedSegments
	seedValues
	seedStatus
)

// Every 100 rows hold 55 accounts: 33 with one partner, 22 (40 %) with several,
// and one row that is there twice.
const (
	groupRows     = 100
	groupAccounts = 55
	singles       = 33
)

// several is how many accounts of a group are reached by how many partners:
// about half as many for each partner more, three on average.
var several = []struct{ accounts, partners int }{{11, 2}, {5, 3}, {3, 4}, {2, 5}, {1, 7}}

// place is an account of a group and which of its partners a row names.
type place struct{ account, nth, partners int }

// places says what each row of a group is; the last is drawn.
var places = layout()

func layout() (rows [groupRows - 1]place) {
	at, account := 0, 0
	put := func(partners int) {
		for nth := range partners {
			rows[at] = place{account, nth, partners}
			at++
		}
		account++
	}
	for range singles {
		put(1)
	}
	for _, s := range several {
		for range s.accounts {
			put(s.partners)
		}
	}
	if at != len(rows) || account != groupAccounts {
		panic("the groups do not add up")
	}
	return rows
}

// Members is how many accounts the rows of a list hold.
func (s Spec) Members() int64 { return s.Rows / groupRows * groupAccounts }

// membership is what a row says before it is written.
type membership struct {
	account uint64
	partner int
}

// row tells row i of the shuffled list.
func (d *draw) row(i uint64) membership {
	i = d.rows.at(i)
	group, at := i/groupRows, i%groupRows
	if at == groupRows-1 {
		at = mix(seedTwice, group) % (groupRows - 1)
	}
	p := places[at]
	account := group*groupAccounts + uint64(p.account)
	return membership{account, d.partner(account, p)}
}

var (
	names = []string{
		"acme", "nova", "delta", "lumen", "orbit", "summit", "harbor", "quartz", "meridian", "cascade", "northwind",
		"bluebird", "ironwood", "sterling", "pinnacle", "evergreen", "redwood", "horizon", "vertex", "zenith", "atlas",
		"beacon", "cobalt", "domino", "ember", "falcon", "granite", "juniper", "keystone", "lakeside", "mosaic", "tandem",
	}
	endings = []string{".com", ".com", ".com", ".com", ".net", ".org", ".io", ".de"}
)

// firstNumber gives the smallest list numbers of seven digits too.
const firstNumber = 1_000_000

// appendKey writes the domain of an account, such as acme-1234567.com: 15 to 25
// bytes, unique by its number.
func appendKey(to []byte, account uint64) []byte {
	h := mix(seedKeys, account)
	to = append(to, names[h%uint64(len(names))]...)
	to = append(to, '-')
	to = strconv.AppendUint(to, firstNumber+account, 10)
	return append(to, endings[h>>32%uint64(len(endings))]...)
}

// Segments are the ids of the segments of a list that has them. A segment
// belongs to the account.
var Segments = []string{"it", "retail", "finance", "health", "public", "energy", "media", "travel"}

func segment(account uint64) string {
	return Segments[mix(seedSegments, account)%uint64(len(Segments))]
}

// value is the expected margin of an account, four to six digits.
func value(account uint64) uint64 { return 1000 + mix(seedValues, account)%200_000 }

var roles = []string{"transact", "source", "deliver"}

// role belongs to the partner.
func role(partner int) string { return roles[partner%len(roles)] }

var statuses = slices.Concat(slices.Repeat([]string{"relationship"}, 8), []string{"customer", "open"})

// status belongs to the membership: a row that is there twice says the same.
func status(m membership) string {
	return statuses[mix(seedStatus+uint64(m.partner), m.account)%uint64(len(statuses))]
}
