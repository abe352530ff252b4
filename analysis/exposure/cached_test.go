package exposure_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/analysis/exposure/cache"
	"github.com/channelmap/channelmap/graph"
)

// cacheIn is the cache of a test.
func cacheIn(dir string) *cache.Store {
	above := filepath.Join(dir, ".channelmap")
	return &cache.Store{Above: above, Folder: filepath.Join(above, "cache"), Make: func() error { return os.MkdirAll(above, 0o700) }}
}

// age makes all files of a folder older than those that were written just now.
func age(t *testing.T, dir string) {
	t.Helper()
	long := time.Now().Add(-time.Hour)
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			err = os.Chtimes(path, long, long)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func spelt(t *testing.T, x *exposure.Exposure) string {
	t.Helper()
	text, err := exposure.Spelt(x)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// cached builds with a cache, and says whether the count came from it.
func cached(t *testing.T, eco *graph.Ecosystem, opts exposure.Options, want bool) *exposure.Exposure {
	t.Helper()
	x, err := exposure.BuildCached(context.Background(), eco, opts)
	if err != nil {
		t.Fatal(err)
	}
	if x.FromCache() != want {
		t.Fatalf("from the cache: %v, want %v", x.FromCache(), want)
	}
	return x
}

// sameCoded holds an exposure to what is left of it when it is written and read.
func sameCoded(t *testing.T, eco *graph.Ecosystem, opts exposure.Options, rows bool) {
	t.Helper()
	x, err := exposure.Build(context.Background(), eco, opts)
	if err != nil {
		return
	}
	data, ok := exposure.Encode(x, eco)
	if !ok {
		t.Fatal("it cannot be written")
	}
	y, ok := exposure.Decode(data, eco, opts)
	if !ok {
		t.Fatal("it cannot be read")
	}
	if spelt(t, x) != spelt(t, y) {
		same(t, "read", viewOf(y), viewOf(x))
		t.Fatal("something is lost that the view does not show")
	}
	if rows {
		same(t, "rows", rowsOf(t, y), rowsOf(t, x))
	}
	for _, n := range []int{0, 1, len(data) / 2, len(data) - 1} {
		if _, ok := exposure.Decode(data[:n], eco, opts); ok {
			t.Fatalf("the first %d of %d bytes are read", n, len(data))
		}
	}
	if _, ok := exposure.Decode(append(data, 0), eco, opts); ok {
		t.Fatal("what follows the end is read past")
	}
}

// TestCodedExamples writes and reads the counts of every ecosystem of testdata.
func TestCodedExamples(t *testing.T) {
	for _, pattern := range []string{"../../testdata/*/ecosystem.yaml", "../../testdata/*/*/ecosystem.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			eco, err := graph.Load(file)
			if err != nil {
				continue // examples of what is refused
			}
			t.Run(filepath.Base(filepath.Dir(file)), func(t *testing.T) { sameCoded(t, eco, exposure.Options{AsOf: today}, true) })
		}
	}
}

// TestCodedHostile writes and reads the counts of random ecosystems, of rows that were
// kept and of rows that were not.
func TestCodedHostile(t *testing.T) {
	worlds := 200
	if testing.Short() || raceDetector {
		worlds = 60
	}
	for seed := range worlds {
		eco := newHostile(uint64(seed)).write(t)
		sameCoded(t, eco, exposure.Options{AsOf: today}, false)
		undo := exposure.ShortListsAreLong(300)
		sameCoded(t, eco, exposure.Options{AsOf: today, Exact: seed%2 == 0}, seed%16 == 0)
		undo()
		if t.Failed() {
			t.Fatalf("world %d", seed)
		}
	}
}

// TestCodedPlain writes and reads the count of a plain list, whose accounts have the
// cells of its buyers, with and without money.
func TestCodedPlain(t *testing.T) {
	defer exposure.ShortListsAreLong(300)()
	for _, columns := range []string{"account,partner", "account,partner,value", "account,partner,amount", "account,partner,value,amount"} {
		dir, text := t.TempDir(), columns+"\n"
		for i := range 200 {
			row := []string{fmt.Sprintf("a%d.example", i%70), []string{"cdw", "shi"}[i%3/2], "12.50", "9999999999999999.1234"}
			text += strings.Join(row[:1+strings.Count(columns, ",")], ",") + "\n"
		}
		if err := os.WriteFile(filepath.Join(dir, "l.csv"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		eco, err := graph.Parse("ecosystem.yaml", []byte("vendor: A\ncurrency: USD\nchannels: [{id: resale, kind: reseller}]\n"+
			"partners: [{id: cdw, channel: resale}, {id: shi, channel: resale}]\nlists: [{file: l.csv, channel: resale}]\n"))
		if err != nil {
			t.Fatal(err)
		}
		eco.Dir = dir
		sameCoded(t, eco, exposure.Options{AsOf: today}, true)
	}
}

// world is a hostile ecosystem with an old folder and a cache.
func world(t *testing.T, seed uint64) (*graph.Ecosystem, exposure.Options) {
	t.Helper()
	t.Cleanup(exposure.ListsAreCachedFrom(1))
	eco := newHostile(seed).write(t)
	age(t, eco.Dir)
	return eco, exposure.Options{AsOf: today, Cache: cacheIn(eco.Dir)}
}

func TestCacheHits(t *testing.T) {
	for seed := range uint64(20) {
		eco, opts := world(t, seed)
		first := cached(t, eco, opts, false)
		second := cached(t, eco, opts, true)
		if spelt(t, first) != spelt(t, second) {
			t.Fatalf("world %d differs", seed)
		}
		same(t, "rows", rowsOf(t, second), rowsOf(t, first))
	}
}

// TestCacheMisses changes everything that a count depends on.
func TestCacheMisses(t *testing.T) {
	eco, opts := world(t, 3)
	cached(t, eco, opts, false)
	for name, change := range map[string]func(*exposure.Options){
		"day":     func(o *exposure.Options) { o.AsOf = today.AddDays(1) },
		"from":    func(o *exposure.Options) { o.From = today },
		"to":      func(o *exposure.Options) { o.To = today },
		"exact":   func(o *exposure.Options) { o.Exact = true },
		"keep":    func(o *exposure.Options) { o.Keep = true },
		"without": func(o *exposure.Options) { o.Cache = nil },
	} {
		t.Run(name, func(t *testing.T) {
			other := opts
			change(&other)
			cached(t, eco, other, false)
		})
	}
	t.Run("ecosystem", func(t *testing.T) {
		other := *eco
		other.Policy.RenewalDays++
		cached(t, &other, opts, false)
	})
	cached(t, eco, opts, true)
	for _, name := range []string{"partners.csv", "more.csv"} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(eco.Dir, name)
			info, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			at := bytes.LastIndex(data, []byte("tail.example"))
			if at < 0 {
				t.Skip("it is packed")
			}
			data[at] = 'b' // as long as before, and as old
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chtimes(path, info.ModTime(), info.ModTime()); err != nil {
				t.Fatal(err)
			}
			cached(t, eco, opts, false)
			cached(t, eco, opts, true)
		})
	}
}

// TestCacheOfChangedFiles changes files while they are counted: nothing is kept then.
func TestCacheOfChangedFiles(t *testing.T) {
	for name, change := range map[string]func(path string) error{
		"grown": func(path string) error {
			f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			defer f.Close()
			_, err = f.WriteString("late.example\n")
			return err
		},
		"touched": func(path string) error { return os.Chtimes(path, time.Time{}, time.Now()) },
		"replaced": func(path string) error {
			info, err := os.Stat(path)
			if err != nil {
				return err
			}
			data, err := os.ReadFile(path)
			if err == nil {
				err = os.WriteFile(path+".new", data, 0o600)
			}
			if err == nil {
				err = os.Chtimes(path+".new", info.ModTime(), info.ModTime())
			}
			if err == nil {
				err = os.Rename(path+".new", path)
			}
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			eco, opts := world(t, 5)
			done := false
			opts.Progress = func(at exposure.Progress) {
				if at.File == "" && !done { // all is read
					done = true
					if err := change(filepath.Join(eco.Dir, "more.csv")); err != nil {
						t.Error(err)
					}
				}
			}
			cached(t, eco, opts, false)
			if !done {
				t.Fatal("nothing was changed")
			}
			age(t, eco.Dir)
			cached(t, eco, opts, false)
		})
	}
}

// TestCacheOfFolders adds a file to a folder that is a list.
func TestCacheOfFolders(t *testing.T) {
	t.Cleanup(exposure.ListsAreCachedFrom(1))
	dir := t.TempDir()
	write := func(name string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("account\nacme.com\nglobex.com\n"+name+".com\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		age(t, dir)
	}
	if err := os.Mkdir(filepath.Join(dir, "lists"), 0o700); err != nil {
		t.Fatal(err)
	}
	write("lists/cdw.csv")
	eco, err := graph.Parse("ecosystem.yaml", []byte("vendor: A\nchannels: [{id: resale, kind: reseller}]\npartners: [{id: cdw, channel: resale}, {id: shi, channel: resale}]\nlists: [{file: lists, channel: resale}]\n"))
	if err != nil {
		t.Fatal(err)
	}
	eco.Dir = dir
	opts := exposure.Options{AsOf: today, Cache: cacheIn(dir)}
	cached(t, eco, opts, false)
	cached(t, eco, opts, true)
	write("lists/shi.csv")
	cached(t, eco, opts, false)
	cached(t, eco, opts, true)
	write("lists/read.me") // it is noticed
	cached(t, eco, opts, false)
}

// TestCacheOfRecentFiles keeps nothing of files whose time might not tell of a change.
func TestCacheOfRecentFiles(t *testing.T) {
	eco, opts := world(t, 7)
	now := time.Now()
	if err := os.Chtimes(filepath.Join(eco.Dir, "more.csv"), now, now); err != nil {
		t.Fatal(err)
	}
	cached(t, eco, opts, false)
	cached(t, eco, opts, false)
}

// TestCacheOfShortLists leaves no trace of them.
func TestCacheOfShortLists(t *testing.T) {
	eco, opts := world(t, 7)
	undo := exposure.ListsAreCachedFrom(1 << 20)
	defer undo()
	cached(t, eco, opts, false)
	if _, err := os.Stat(opts.Cache.Above); !os.IsNotExist(err) {
		t.Errorf("there is something: %v", err)
	}
}

// TestDamagedCache damages an entry at every kind of place.
func TestDamagedCache(t *testing.T) {
	eco, opts := world(t, 9)
	want := spelt(t, cached(t, eco, opts, false))
	entry := filepath.Join(opts.Cache.Folder, opts.Cache.Entries()[0].Name)
	whole, err := os.ReadFile(entry)
	if err != nil {
		t.Fatal(err)
	}
	for at := 0; at < len(whole); at += 1 + len(whole)/50 {
		for name, data := range map[string][]byte{
			"cut off": whole[:at], "changed": append(append(bytes.Clone(whole[:at]), whole[at]^1), whole[at+1:]...), "longer": append(bytes.Clone(whole), 0),
		} {
			if err := os.WriteFile(entry, data, 0o600); err != nil {
				t.Fatal(err)
			}
			if spelt(t, cached(t, eco, opts, false)) != want {
				t.Fatalf("%s at %d: another count", name, at)
			}
		}
	}
	cached(t, eco, opts, true)
}

// TestCacheNamesNobody looks for accounts in entries.
func TestCacheNamesNobody(t *testing.T) {
	for seed := range uint64(30) {
		eco, opts := world(t, seed)
		cached(t, eco, opts, false)
		for _, e := range opts.Cache.Entries() {
			data, err := os.ReadFile(filepath.Join(opts.Cache.Folder, e.Name))
			if err != nil {
				t.Fatal(err)
			}
			for _, word := range []string{".example", "Account ", "gmail.com"} {
				if bytes.Contains(data, []byte(word)) {
					t.Errorf("world %d: %q is in an entry", seed, word)
				}
			}
		}
	}
}

// TestCacheTellsWhose reads off an entry whose lists it was made from, and removes
// it when one must be destroyed.
func TestCacheTellsWhose(t *testing.T) {
	t.Cleanup(exposure.ListsAreCachedFrom(1))
	dir := t.TempDir()
	rows := "account,partner\nacme.com,SHI\nglobex.com,Nobody Declared\n"
	for _, name := range []string{"a.csv", "b.csv"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(rows), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	age(t, dir)
	eco, err := graph.Parse("ecosystem.yaml", []byte(`
vendor: A
channels: [{id: resale, kind: reseller}]
partners: [{id: cdw, channel: resale}, {id: shi, name: SHI, channel: resale}]
lists:
  - {file: a.csv, channel: resale, undeclared: add}
  - {file: b.csv, channel: resale, undeclared: add, nda: {party: Two Tier Ltd, destroy_by: 2026-11-25}}
`))
	if err != nil {
		t.Fatal(err)
	}
	eco.Dir = dir
	opts := exposure.Options{AsOf: today, Cache: cacheIn(dir)}
	cached(t, eco, opts, false)
	entry := opts.Cache.Entries()[0]
	if got, want := fmt.Sprint(entry.Origin.From, entry.Origin.DestroyBy), "[{Two Tier Ltd } { shi} { nobody-declared}] 2026-11-25"; got != want {
		t.Errorf("the entry is of %s, want %s", got, want)
	}
	data, err := os.ReadFile(filepath.Join(opts.Cache.Folder, entry.Name))
	if err != nil {
		t.Fatal(err)
	}
	if mark := "Confidential: made from lists given under an agreement with Two Tier Ltd.\n"; !strings.HasPrefix(string(data), mark) {
		t.Errorf("the entry begins with %.100q", data)
	}
	opts.AsOf = today.AddDays(2)
	cached(t, eco, opts, false)
	opts.AsOf = today.AddDays(3)
	_, _ = exposure.BuildCached(context.Background(), eco, opts)
	if n := len(opts.Cache.Entries()); n != 0 {
		t.Errorf("%d entries are left", n)
	}
}

// FuzzDecode reads anything in place of a count.
func FuzzDecode(f *testing.F) {
	var ecos []*graph.Ecosystem
	opts := exposure.Options{AsOf: today}
	for _, name := range []string{"lumen", "small/hierarchy", "small/grey", "small/names"} {
		eco, err := graph.Load(filepath.Join("../../testdata", name, "ecosystem.yaml"))
		if err != nil {
			f.Fatal(err)
		}
		x, err := exposure.Build(context.Background(), eco, opts)
		if err != nil {
			f.Fatal(err)
		}
		data, _ := exposure.Encode(x, eco)
		f.Add(uint8(len(ecos)), data)
		ecos = append(ecos, eco)
	}
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		eco := ecos[int(which)%len(ecos)]
		x, ok := exposure.Decode(data, eco, opts)
		if !ok {
			return
		}
		for _, table := range []*exposure.Table{x.Users, x.Buyers, x.Accounts, x.Roots} {
			if table != nil {
				look(t, x, table)
			}
		}
	})
}

// look holds all numbers of a table to what they number.
func look(t *testing.T, x *exposure.Exposure, table *exposure.Table) {
	for _, touch := range table.Touches {
		_ = x.Sellers[touch.Seller]
	}
	for _, cell := range table.Cells {
		for i := range cell.Sets {
			set := &cell.Sets[i]
			for _, n := range set.Touches {
				_ = table.Touches[n]
			}
			for _, n := range set.Marks {
				_ = table.Marks[n]
			}
			_ = set.Value.String()
		}
	}
}
