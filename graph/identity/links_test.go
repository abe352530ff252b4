package identity

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/graph"
)

func domainKey(s string) Key {
	if s == "" {
		return Key{}
	}
	return Key{ByDomain, s}
}

// linkRows reads "a>b c>d" as rows 2 and 3 of a file.
func linkRows(text string) (rows []Link) {
	for i, pair := range strings.Fields(text) {
		from, to, _ := strings.Cut(pair, ">")
		rows = append(rows, Link{domainKey(from), domainKey(to), graph.Place{File: "f.csv", Row: i + 2}})
	}
	return rows
}

func TestAliases(t *testing.T) {
	for _, c := range []struct {
		rows, ends string
		problems   []string
	}{
		{"a>b b>c d>c", "a>c b>c c>c d>c e>e", nil},
		{"b>c a>b", "a>c b>c", nil},
		{"a>b a>b", "a>b", nil},
		{"a>b a>c", "a>b", []string{`alias-conflict: "a" is an alias of both "b" and "c"; the first counts [f.csv row 2 f.csv row 3]`}},
		{"a>a a>b", "a>b", []string{`alias-self: "a" is an alias of itself; the row is left out [f.csv row 2]`}},
		{"a> b>c", "a>a b>c", []string{`alias-empty: the row names only one account and is left out [f.csv row 2]`}},
		{"c>a b>c a>b x>c", "a>a b>a c>a x>a", []string{
			`alias-cycle: "a" is an alias of "b" is an alias of "c" is an alias of "a": all of them are taken as "a" [f.csv row 2 f.csv row 3 f.csv row 4]`}},
	} {
		l, problems := NewAliases(linkRows(c.rows))
		for _, pair := range linkRows(c.ends) {
			if got := l.Resolve(pair.From); got != pair.To {
				t.Errorf("%s: %s ends at %s, want %s", c.rows, pair.From.Text, got.Text, pair.To.Text)
			}
		}
		if got := problemTexts(problems); !reflect.DeepEqual(got, c.problems) {
			t.Errorf("%s: got  %q\nwant %q", c.rows, got, c.problems)
		}
	}
}

func problemTexts(problems []Problem) (texts []string) {
	for _, p := range problems {
		texts = append(texts, fmt.Sprintf("%s: %s %v", p.Code, p.Text, p.Places))
	}
	return texts
}

func TestParents(t *testing.T) {
	l, problems := NewParents(linkRows("sub>mid mid>top x>y y>x"))
	if got := l.Resolve(domainKey("sub")); got != domainKey("top") {
		t.Errorf("the root is %v", got)
	}
	if got, ok := l.Next(domainKey("sub")); !ok || got != domainKey("mid") {
		t.Errorf("the parent is %v", got)
	}
	if _, ok := l.Next(domainKey("x")); ok || l.Resolve(domainKey("y")) != domainKey("x") {
		t.Error("the circle is not cut at its least account")
	}
	want := []string{`parent-cycle: "x" belongs to "y" belongs to "x": "x" is taken as the topmost [f.csv row 4 f.csv row 5]`}
	if got := problemTexts(problems); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestNoLinks(t *testing.T) {
	var l *Links
	if _, ok := l.Next(domainKey("a")); ok || l.Resolve(domainKey("a")) != domainKey("a") {
		t.Error("without links a key is its own end")
	}
}

func TestLongChains(t *testing.T) {
	const n = 100_000
	var rows []Link
	for i := range n {
		rows = append(rows, Link{From: domainKey(fmt.Sprint("k", i)), To: domainKey(fmt.Sprint("k", i+1))})
	}
	l, _ := NewParents(rows)
	if got := l.Resolve(domainKey("k0")); got != domainKey(fmt.Sprint("k", n)) {
		t.Errorf("the chain ends at %v", got)
	}
	rows = append(rows, Link{From: domainKey(fmt.Sprint("k", n)), To: domainKey("k0")})
	if _, problems := NewParents(rows); len(problems) != 1 || len(problems[0].Text) > 200 || len(problems[0].Places) > 5 {
		t.Errorf("got %v", problems)
	}
}

// Ends depend on the links alone, not on the order of rows, and are ends.
func TestLinksProperties(t *testing.T) {
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 3))
		next := map[Key]Key{}
		var rows []Link
		for _, i := range r.Perm(8) {
			from, to := domainKey(fmt.Sprint("k", i)), domainKey(fmt.Sprint("k", r.IntN(10)))
			if from != to {
				next[from] = to
				rows = append(rows, Link{From: from, To: to})
			}
		}
		l, _ := NewAliases(rows)
		r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		shuffled, _ := NewAliases(rows)
		for i := range 10 {
			k := domainKey(fmt.Sprint("k", i))
			want := endOf(k, next)
			if got := l.Resolve(k); got != want || shuffled.Resolve(k) != want || l.Resolve(want) != want {
				t.Fatalf("seed %d: %v ends at %v, shuffled %v, want %v", seed, k, got, shuffled.Resolve(k), want)
			}
		}
	}
}

// endOf walks far enough to be in a circle if there is one, and then round it.
func endOf(k Key, next map[Key]Key) Key {
	for range 20 {
		if to, ok := next[k]; ok {
			k = to
		}
	}
	least := k
	for range 20 {
		if to, ok := next[k]; ok {
			k = to
		}
		if k.Compare(least) < 0 {
			least = k
		}
	}
	return least
}
