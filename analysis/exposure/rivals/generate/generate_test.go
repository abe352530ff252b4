package generate

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/graph"
)

func TestPermutation(t *testing.T) {
	for _, size := range []uint64{1, 2, 3, 10, 99, 100, 101, 4096, 99_991} {
		p := newPermutation(size, seedRows)
		seen := make([]bool, size)
		for i := range size {
			at := p.at(i)
			if at >= size || seen[at] {
				t.Fatalf("size %d: %d goes to %d, which is outside or taken", size, i, at)
			}
			seen[at] = true
		}
	}
}

// table is a list as a plain reader sees it.
type table struct {
	spec    Spec
	rows    [][]string
	reached map[string]map[string]int // account, partner: rows
}

func read(t *testing.T, s Spec) table {
	t.Helper()
	folder, err := s.Write(context.Background(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := graph.Load(folder); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(filepath.Join(folder, ListFile))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	list := table{s, rows[1:], map[string]map[string]int{}}
	for _, row := range list.rows {
		if list.reached[row[0]] == nil {
			list.reached[row[0]] = map[string]int{}
		}
		list.reached[row[0]][row[1]]++
	}
	return list
}

func TestProperties(t *testing.T) {
	for _, partners := range []int{64, 1000} {
		list := read(t, Spec{200_000, partners, Plain})
		list.testCounts(t)
		list.testSizes(t)
		list.testClusters(t)
		list.testOrder(t)
	}
}

func (l table) testCounts(t *testing.T) {
	several, twice, size := 0, 0, 0
	for account, partners := range l.reached {
		if len(account) < 15 || len(account) > 25 {
			t.Errorf("%s has %d bytes; want 15 to 25", account, len(account))
		}
		if len(partners) > 1 {
			several++
		}
		for _, rows := range partners {
			twice += rows - 1
		}
	}
	for _, row := range l.rows {
		size += len(row[0]) + len(row[1]) + len(",\n")
	}
	if len(l.rows) != 200_000 || len(l.reached) != 110_000 || l.spec.Members() != 110_000 {
		t.Errorf("%d rows, %d accounts, %d promised; want 200000 and 110000", len(l.rows), len(l.reached), l.spec.Members())
	}
	if several != 44_000 || twice != 2000 {
		t.Errorf("%d accounts with several partners, %d rows more than once; want 40 %% and 1 %%", several, twice)
	}
	if mean := float64(size) / float64(len(l.rows)); mean < 29 || mean > 33 {
		t.Errorf("%.1f bytes a row; want about 31", mean)
	}
}

// members counts the members of every partner.
func (l table) members() []float64 {
	n, number := make([]float64, l.spec.Partners), map[string]int{}
	for p, id := range l.spec.PartnerIDs() {
		number[id] = p
	}
	for _, partners := range l.reached {
		for id := range partners {
			n[number[id]]++
		}
	}
	return n
}

// Sizes fall about as the rank rises: the clusters bend them.
func (l table) testSizes(t *testing.T) {
	n := l.members()
	// After Zipf's law each doubling of the rank has about as many members as the last.
	for rank := 1; 4*rank <= len(n); rank *= 2 {
		ratio := sum(n[rank-1:2*rank-1]) / sum(n[2*rank-1:4*rank-1])
		if ratio < 0.6 || ratio > 1.6 {
			t.Errorf("%d partners: those from rank %d have %.2f times the members of those from rank %d; want about 1", len(n), rank, ratio, 2*rank)
		}
	}
	for p, members := range n {
		if members == 0 {
			t.Errorf("partner %d of %d has no members", p, len(n))
		}
	}
}

func sum(of []float64) (total float64) {
	for _, n := range of {
		total += n
	}
	return total
}

// Partners of a cluster share far more accounts than chance would have it.
func (l table) testClusters(t *testing.T) {
	ids, n := l.spec.PartnerIDs(), l.members()
	d := newDraw(l.spec)
	high := 0
	for _, cluster := range d.clusters {
		slices.Sort(cluster[:]) // the smallest partners last
		p, q := cluster[clusterSize-2], cluster[clusterSize-1]
		both := 0
		for _, partners := range l.reached {
			if partners[ids[p]] > 0 && partners[ids[q]] > 0 {
				both++
			}
		}
		if float64(both) > 2*n[p]*n[q]/float64(len(l.reached)) {
			high++
		}
	}
	if high < clusters*3/4 {
		t.Errorf("%d partners: only %d of %d clusters share accounts beyond chance", len(n), high, clusters)
	}
}

// Rows of one account do not stand together, nor accounts in order.
func (l table) testOrder(t *testing.T) {
	next, rising := 0, 0
	for i := 1; i < len(l.rows); i++ {
		if l.rows[i][0] == l.rows[i-1][0] {
			next++
		}
		if number(l.rows[i][0]) > number(l.rows[i-1][0]) {
			rising++
		}
	}
	if half := len(l.rows) / 2; next > 20 || rising < half*99/100 || rising > half*101/100 {
		t.Errorf("%d rows after one of the same account, %d of %d rising; want hardly any, and half", next, rising, len(l.rows))
	}
}

// number is the number in a key, as text of one length.
func number(key string) string {
	_, rest, _ := strings.Cut(key, "-")
	text, _, _ := strings.Cut(rest, ".")
	return text
}

// What belongs to the account is the same in all of its rows, and what belongs
// to the membership in rows that are there twice.
func TestMoreColumns(t *testing.T) {
	list := read(t, Spec{20_000, 64, Wide})
	account, membership, seen := map[string]string{}, map[string]string{}, map[string]int{}
	for _, row := range list.rows {
		same := func(of map[string]string, key, is string) {
			if was, ok := of[key]; ok && was != is {
				t.Errorf("%s is %s and %s", key, was, is)
			}
			of[key] = is
		}
		same(account, row[0], row[2]+row[3])
		same(membership, row[0]+row[1], row[4]+row[5])
		seen[row[3]]++
		seen[row[4]]++
		seen[row[5]]++
	}
	if want := len(Segments) + len(roles) + 3; len(seen) != want {
		t.Errorf("%d words for segment, role and status; want %d: %v", len(seen), want, seen)
	}
}

// All forms of a list have the same memberships in the same order.
func TestFormsAgree(t *testing.T) {
	plain := read(t, Spec{2000, 64, Plain})
	for _, form := range []Form{Segment, Wide} {
		for i, row := range read(t, Spec{2000, 64, form}).rows {
			if row[0] != plain.rows[i][0] || row[1] != plain.rows[i][1] {
				t.Fatalf("%s row %d: %v, and plain has %v", form, i+2, row, plain.rows[i])
			}
		}
	}
}

// The same bytes come out on every machine; whoever means to change them
// changes this.
func TestSameBytes(t *testing.T) {
	const want = "cbbff3fde78d15c4"
	var out bytes.Buffer
	if err := (Spec{10_000, 64, Wide}).writeRows(context.Background(), &out); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprintf("%x", sha256.Sum256(out.Bytes()))[:16]; got != want {
		t.Errorf("the list has sum %s; want %s", got, want)
	}
}

func TestWrite(t *testing.T) {
	dir, s := t.TempDir(), Spec{100, 64, Plain}
	stopped, stop := context.WithCancel(context.Background())
	stop()
	if folder, err := s.Write(stopped, dir); !errors.Is(err, context.Canceled) {
		t.Errorf("%v when stopped", err)
	} else if files, _ := filepath.Glob(filepath.Join(folder, "list*")); files != nil {
		t.Errorf("%v stay when stopped", files)
	}
	folder, err := s.Write(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, ListFile)
	if err := os.WriteFile(file, []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Write(context.Background(), dir); err != nil {
		t.Fatal(err)
	}
	if data, _ := os.ReadFile(file); string(data) != "mine" {
		t.Error("a list that is there was written again")
	}
	for _, bad := range []Spec{{0, 64, Plain}, {150, 64, Plain}, {100, 15, Plain}, {100, 1001, Plain}} {
		if _, err := bad.Write(context.Background(), dir); err == nil {
			t.Errorf("%+v was written", bad)
		}
	}
}
