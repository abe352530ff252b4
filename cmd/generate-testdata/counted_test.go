package main

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
	"github.com/shopspring/decimal"
)

// TestSmallCountedAgain counts the buyers of every small ecosystem that has an
// expected.json from the rows that package list delivers, with keys as plain as
// these lists allow.
func TestSmallCountedAgain(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(committed, "small", "*", "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.Contains(filepath.ToSlash(file), "/names/") {
			continue // its names have to be joined first
		}
		t.Run(filepath.Base(filepath.Dir(file)), func(t *testing.T) {
			e, err := graph.Load(filepath.Dir(file))
			if err != nil {
				t.Fatal(err)
			}
			compareCounts(t, countBuyers(t, e), load(t, file).Audiences["buyers"])
		})
	}
}

// countBuyers returns the keys that each seller reaches.
func countBuyers(t *testing.T, e *graph.Ecosystem) map[string]map[string]bool {
	t.Helper()
	reached := map[string]map[string]bool{}
	for _, spec := range e.Lists {
		each(t, e, spec, func(r *list.Row) {
			s, _ := r.Status()
			seller := sellerOf(e, spec, r)
			if r.Get(list.User) != "" || s == graph.Target || !sellsToday(e, seller) {
				return
			}
			if reached[seller] == nil {
				reached[seller] = map[string]bool{}
			}
			reached[seller][keyOf(r)] = true
		})
	}
	return reached
}

func each(t *testing.T, e *graph.Ecosystem, spec graph.ListSpec, do func(*list.Row)) {
	t.Helper()
	_, err := list.Read(context.Background(), spec, list.Options{Dir: e.Dir}, func(r *list.Row) error {
		do(r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// sellerOf is the partner of a row, in its second channel where the row says so,
// or the list's channel.
func sellerOf(e *graph.Ecosystem, spec graph.ListSpec, r *list.Row) string {
	partner := strings.ReplaceAll(strings.ToLower(r.Get(list.Partner)), " ", "-")
	if partner == "" {
		return spec.Channel
	}
	if channel := r.Get(list.Channel); channel != "" && channel != spec.Channel {
		return partner + "@" + channel
	}
	return partner
}

// sellsToday reports whether the seller is neither a candidate nor gone.
func sellsToday(e *graph.Ecosystem, seller string) bool {
	i := slices.IndexFunc(e.Partners, func(p graph.Partner) bool { return p.ID == seller })
	return i < 0 || !e.Partners[i].Stage.Candidate() && e.Partners[i].Stage != graph.Ended
}

// keyOf is the domain of a row, or its name without a closing Ltd.
func keyOf(r *list.Row) string {
	if site := r.Get(list.Account); site != "" {
		return strings.TrimSuffix(strings.TrimPrefix(site, "https://www."), "/")
	}
	words := strings.Fields(strings.ToLower(r.Get(list.Name)))
	return strings.TrimSuffix(strings.Join(words, " "), " ltd")
}

func compareCounts(t *testing.T, reached map[string]map[string]bool, want audienceFigures) {
	t.Helper()
	times := map[string]int{}
	for _, keys := range reached {
		for key := range keys {
			times[key]++
		}
	}
	sellers := map[string]sellerFigures{}
	gross := 0
	for seller, keys := range reached {
		f := sellerFigures{Reach: len(keys)}
		for key := range keys {
			if times[key] == 1 {
				f.OnlyThrough++
			}
		}
		sellers[seller] = f
		gross += f.Reach
	}
	if gross != want.Gross || len(times) != want.Net || !maps.Equal(sellers, want.Sellers) {
		t.Errorf("counted gross %d, net %d, %v; expected gross %d, net %d, %v",
			gross, len(times), sellers, want.Gross, want.Net, want.Sellers)
	}
}

// TestBookedAmounts adds up the amounts that package list reads.
func TestBookedAmounts(t *testing.T) {
	e, err := graph.Load(filepath.Join(committed, "lumen"))
	if err != nil {
		t.Fatal(err)
	}
	want := load(t, filepath.Join(committed, "lumen", "expected.json")).Booked
	for _, seller := range slices.Sorted(maps.Keys(want)) {
		i := slices.IndexFunc(e.Lists, func(l graph.ListSpec) bool { return l.Partner == seller })
		sum := decimal.Zero
		each(t, e, e.Lists[i], func(r *list.Row) {
			if r.Get(list.Amount) == "" {
				return
			}
			n, err := r.Number(list.Amount)
			if err != nil {
				t.Errorf("%v: %v", r.Place, err)
			}
			sum = sum.Add(n)
		})
		if got := sum.StringFixed(2) + " " + currencyOf(seller); got != want[seller] {
			t.Errorf("%s: %s in the list, %s expected", seller, got, want[seller])
		}
	}
}

// TestExamplesAreExplained looks for every folder in the README.
func TestExamplesAreExplained(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join(committed, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	folders, err := filepath.Glob(filepath.Join(committed, "small", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		if !strings.Contains(string(readme), "`"+filepath.Base(folder)+"`") {
			t.Errorf("README.md does not explain %s", folder)
		}
	}
}
