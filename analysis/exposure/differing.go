package exposure

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// fact is what rows may say of their member, and differently: its segment, or its
// value.
type fact struct {
	code, text string
	tells      func(*entry) bool
	says       func(*entry, *graph.Ecosystem) string
}

// What is noted of members of whom rows say different things. The text names the
// first two such rows.
var (
	segmentFact = &fact{
		"two-segments", "a member is in two segments%s; the first row's counts, our own lists before others",
		func(e *entry) bool { return e.segment >= 0 }, (*entry).segmentWord,
	}
	valueFact = &fact{
		"value-differs", "rows give one account different values%s; the first row's counts, our own lists before others",
		func(e *entry) bool { return e.value.Valid }, (*entry).valueWord,
	}
)

func (e *entry) segmentWord(eco *graph.Ecosystem) string { return eco.Segments[e.segment].Name }

// valueWord is the row's value as it counts, which is not as it is written where it
// is in another currency.
func (e *entry) valueWord(eco *graph.Ecosystem) string {
	text := e.value.Decimal.String()
	if e.currency != "" && !equalFold(e.currency, eco.Currency) {
		text += fmt.Sprintf(" %s (from %s)", eco.Currency, e.currency)
	}
	return text
}

// differences are the rows that say another thing of their member than an earlier
// row: their number, and the first ones in the order in which lists are taken.
type differences struct {
	fact   *fact
	count  int
	rows   []difference
	before *differences // that are counted elsewhere
}

// difference is such a row.
type difference struct {
	*entry
	at     int    // its place among the rows that are counted one by one
	before bool   // it is counted elsewhere, and stands before the row of that place
	first  *entry // the row that counts, where it is counted elsewhere too
}

func (d *differences) add(row difference) {
	d.count++
	d.show(row)
}

func (d *differences) show(row difference) {
	if !d.enough() && (len(d.rows) == 0 || d.rows[len(d.rows)-1].place != row.place) {
		d.rows = append(d.rows, row)
	}
}

// enough reports whether no further rows are shown.
func (d *differences) enough() bool { return len(d.rows) == placesKept }

// all are these and those that are counted elsewhere.
func (d *differences) all() *differences {
	if d.before == nil {
		return d
	}
	all := &differences{fact: d.fact, count: d.count + d.before.count, rows: slices.Concat(d.rows, d.before.rows)}
	slices.SortStableFunc(all.rows, func(a, b difference) int {
		return cmp.Or(cmp.Compare(a.at, b.at), compareBool(b.before, a.before))
	})
	all.rows = all.rows[:min(len(all.rows), placesKept)]
	return all
}

// notice tells of them. all are the rows that are counted one by one.
func (d *differences) notice(eco *graph.Ecosystem, all []entry) (list.Notice, bool) {
	if d.count == 0 {
		return list.Notice{}, false
	}
	n := list.Notice{Code: d.fact.code, Count: d.count}
	said := ""
	if len(d.rows) > 0 {
		row := &d.rows[0]
		if first := row.earlier(d.fact, all); first != nil {
			n.Places = append(n.Places, first.place)
			said = ": " + d.fact.contrast(eco, first, row.entry)
		}
	}
	for _, row := range d.rows[:min(len(d.rows), placesKept-len(n.Places))] {
		n.Places = append(n.Places, row.place)
	}
	n.Text = list.WithoutAddresses(fmt.Sprintf(d.fact.text, said))
	return n, true
}

// earlier finds the row of the same member that counts.
func (d *difference) earlier(f *fact, all []entry) *entry {
	if d.before {
		return d.first
	}
	for i := range all[:d.at] {
		if e := &all[i]; e.memberNo == d.memberNo && e.audience == d.audience && f.tells(e) {
			return e
		}
	}
	return nil
}

// contrast says what two rows say.
func (f *fact) contrast(eco *graph.Ecosystem, a, b *entry) string {
	where := b.place
	if where.File == a.place.File && where.Sheet == a.place.Sheet {
		return fmt.Sprintf("%s says %s, row %d says %s", a.place, f.says(a, eco), where.Row, f.says(b, eco))
	}
	return fmt.Sprintf("%s says %s, %s says %s", a.place, f.says(a, eco), where, f.says(b, eco))
}

// notices are those of all that the counter met. all are the rows that it counted.
func (c *counter) notices(eco *graph.Ecosystem, all []entry) []list.Notice {
	var out []list.Notice
	for _, d := range []*differences{&c.segments, &c.values} {
		if n, ok := d.all().notice(eco, all); ok {
			out = append(out, n)
		}
	}
	return append(out, c.notes.list()...)
}
