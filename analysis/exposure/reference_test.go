package exposure_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

// plainRow is a row of a random list, as the plain reference sees it.
type plainRow struct {
	own     bool
	account int
	user    int // -1 for a buyer
	partner int
	status  graph.Status
	product string
	segment int // of its audience, or -1
	cents   int64
}

// plainWorld is a random ecosystem whose truth is known without reading files.
type plainWorld struct {
	partners, segments int
	rows               []plainRow
}

func randomPlainWorld(r *rand.Rand) plainWorld {
	w := plainWorld{partners: 1 + r.IntN(70), segments: 2 + r.IntN(3)}
	statuses := []graph.Status{graph.Customer, graph.Open, graph.Relationship, graph.Target}
	accounts := 1 + r.IntN(60)
	for range r.IntN(300) {
		row := plainRow{
			own: r.IntN(4) == 0, account: r.IntN(accounts), user: -1, partner: r.IntN(w.partners),
			status: statuses[r.IntN(len(statuses))], product: []string{"", "api", "studio"}[r.IntN(3)],
			segment: r.IntN(w.segments+1) - 1, cents: r.Int64N(100000) - 20000,
		}
		if r.IntN(3) == 0 {
			row.user = r.IntN(5)
		}
		w.rows = append(w.rows, row)
	}
	// Our own lists are read first.
	slices.SortStableFunc(w.rows, func(a, b plainRow) int {
		if a.own == b.own {
			return 0
		}
		if a.own {
			return -1
		}
		return 1
	})
	return w
}

// write puts the world into files of a folder and returns its ecosystem.
func (w plainWorld) write(t *testing.T, dir string) *graph.Ecosystem {
	t.Helper()
	var y strings.Builder
	y.WriteString("vendor: Random\nproducts: [{id: api}, {id: studio}]\nsegments:\n")
	for i := range w.segments {
		fmt.Fprintf(&y, "  - {id: u%d, audience: users}\n  - {id: b%d, audience: buyers}\n", i, i)
	}
	y.WriteString("channels: [{id: clouds, kind: marketplace, audiences: [users, buyers]}]\npartners:\n")
	for i := range w.partners {
		fmt.Fprintf(&y, "  - {id: p%d, channel: clouds}\n", i)
	}
	y.WriteString("lists:\n")
	for _, own := range []bool{true, false} {
		for _, audience := range []graph.Audience{graph.Users, graph.Buyers} {
			name := fmt.Sprintf("%v-%s.csv", own, audience)
			fmt.Fprintf(&y, "  - {file: %s, channel: clouds, own: %v, audience: %s}\n", name, own, audience)
			w.writeList(t, filepath.Join(dir, name), own, audience)
		}
	}
	eco, err := graph.Parse("ecosystem.yaml", []byte(y.String()))
	if err != nil {
		t.Fatal(err)
	}
	eco.Dir = dir
	return eco
}

func (w plainWorld) writeList(t *testing.T, path string, own bool, audience graph.Audience) {
	t.Helper()
	var b strings.Builder
	if audience == graph.Users {
		b.WriteString("user,")
	}
	b.WriteString("account,partner,status,product,segment,amount\n")
	for _, r := range w.rows {
		if r.own != own || (r.user >= 0) != (audience == graph.Users) {
			continue
		}
		if r.user >= 0 {
			fmt.Fprintf(&b, "u%d@a%d.example,", r.user, r.account)
		}
		fmt.Fprintf(&b, "a%d.example,p%d,%s,%s,%s,%s\n", r.account, r.partner, r.status, r.product,
			r.segmentID(), decimal.New(r.cents, -2))
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

func (r plainRow) segmentID() string {
	switch {
	case r.segment < 0:
		return ""
	case r.user >= 0:
		return fmt.Sprintf("u%d", r.segment)
	}
	return fmt.Sprintf("b%d", r.segment)
}

// count counts the distinct sets of one audience in the plainest way there is:
// a line of text for each, with the members and the amounts by touch.
func (w plainWorld) count(audience graph.Audience) []string {
	type member struct {
		segment string
		touches map[string]int64 // cents
	}
	members := map[string]*member{}
	for _, r := range ownUsersFirst(w.rows) {
		key := fmt.Sprintf("a%d", r.account)
		if audience == graph.Users && r.user >= 0 {
			key = fmt.Sprintf("u%d@%s", r.user, key)
		}
		if audience == graph.Users && r.user < 0 || audience == graph.Buyers && r.user >= 0 {
			continue
		}
		m := members[key]
		if m == nil {
			m = &member{touches: map[string]int64{}}
			members[key] = m
		}
		if m.segment == "" && (audience != graph.Accounts || r.user < 0) {
			m.segment = r.segmentID()
		}
		m.touches[r.touch()] += r.cents
	}
	sets := map[string]int{}
	sums := map[string]map[string]int64{}
	for _, m := range members {
		names := make([]string, 0, len(m.touches))
		for t := range m.touches {
			names = append(names, t)
		}
		slices.Sort(names)
		set := m.segment + " " + strings.Join(names, " ")
		if sums[set] == nil {
			sums[set] = map[string]int64{}
		}
		sets[set]++
		for t, cents := range m.touches {
			sums[set][t] += cents
		}
	}
	var lines []string
	for set, n := range sets {
		line := fmt.Sprintf("%s: %d", set, n)
		names := make([]string, 0)
		for t := range sums[set] {
			names = append(names, t)
		}
		slices.Sort(names)
		for _, t := range names {
			line += " " + decimal.New(sums[set][t], -2).String()
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return lines
}

// ownUsersFirst is the order in which lists are read: ours, users before
// buyers, then the others alike.
func ownUsersFirst(rows []plainRow) []plainRow {
	rank := func(r plainRow) int {
		n := 0
		if !r.own {
			n += 2
		}
		if r.user < 0 {
			n++
		}
		return n
	}
	out := slices.Clone(rows)
	slices.SortStableFunc(out, func(a, b plainRow) int { return rank(a) - rank(b) })
	return out
}

func (r plainRow) touch() string {
	audience := graph.Buyers
	if r.user >= 0 {
		audience = graph.Users
	}
	return fmt.Sprintf("p%d/%s/%s/%s", r.partner, r.status, r.product, audience)
}

// lines writes a table in the same form.
func lines(x *exposure.Exposure, t *exposure.Table) []string {
	var out []string
	for _, c := range t.Cells {
		segment := ""
		if c.Segment >= 0 {
			segment = x.Ecosystem.Segments[c.Segment].ID
		}
		for _, s := range c.Sets {
			type one struct{ name, amount string }
			var touches []one
			for i, n := range s.Touches {
				touch := t.Touches[n]
				touches = append(touches, one{
					fmt.Sprintf("%s/%s/%s/%s", x.Sellers[touch.Seller].ID, touch.Status, touch.Product, touch.Audience),
					s.Amounts[i].String(),
				})
			}
			slices.SortFunc(touches, func(a, b one) int { return strings.Compare(a.name, b.name) })
			names, amounts := segment, ""
			for _, o := range touches {
				names += " " + o.name
				amounts += " " + o.amount
			}
			out = append(out, fmt.Sprintf("%s: %d%s", names, s.Members, amounts))
		}
	}
	slices.Sort(out)
	return out
}

// engines are the ways of counting that must agree with the plain reference.
var engines = map[string]func(context.Context, *graph.Ecosystem, exposure.Options) (*exposure.Exposure, error){
	"kept":   exposure.Build,
	"stored": storedWith(exposure.Options{}),
	"exact":  storedWith(exposure.Options{Exact: true}),
	"disk":   storedWith(exposure.Options{Memory: 1 << 40}),
}

// storedWith builds with all lists taken for long ones.
func storedWith(with exposure.Options) func(context.Context, *graph.Ecosystem, exposure.Options) (*exposure.Exposure, error) {
	return func(ctx context.Context, eco *graph.Ecosystem, opts exposure.Options) (*exposure.Exposure, error) {
		defer exposure.ShortListsAreLong(300)()
		opts.Exact, opts.Memory = with.Exact, with.Memory
		return exposure.Build(ctx, eco, opts)
	}
}

func TestEnginesAgreeWithPlainReference(t *testing.T) {
	asOf := graph.Date{Year: 2026, Month: 11, Day: 23}
	for name, build := range engines {
		t.Run(name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(7, 11))
			var stored int64
			for i := range 60 {
				w := randomPlainWorld(r)
				x, err := build(context.Background(), w.write(t, t.TempDir()), exposure.Options{AsOf: asOf})
				if err != nil {
					t.Fatal(err)
				}
				stored += x.Stored
				for audience, table := range map[graph.Audience]*exposure.Table{
					graph.Users: x.Users, graph.Buyers: x.Buyers, graph.Accounts: x.Accounts,
				} {
					if got, want := lines(x, table), w.count(audience); !slices.Equal(got, want) {
						t.Fatalf("world %d, %s:\n got %s\nwant %s", i, audience, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
					}
				}
			}
			if (stored > 1000) != (name != "kept") {
				t.Errorf("%d rows were counted without being kept", stored)
			}
		})
	}
}
