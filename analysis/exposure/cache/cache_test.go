package cache

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/channelmap/channelmap/graph"
)

// storeIn is a store in a folder of a test.
func storeIn(dir string) *Store {
	above := filepath.Join(dir, ".channelmap")
	return &Store{Above: above, Folder: filepath.Join(above, "cache"), Make: func() error {
		if err := os.Mkdir(above, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
		return nil
	}}
}

func put(t *testing.T, s *Store, secret byte, from Origin, text string) {
	t.Helper()
	if err := s.Put(context.Background(), Secret{secret}, from, []byte(text)); err != nil {
		t.Fatal(err)
	}
}

func names(t *testing.T, s *Store) (out []string) {
	t.Helper()
	files, err := os.ReadDir(s.Folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		out = append(out, f.Name())
	}
	return out
}

func TestPutGet(t *testing.T) {
	s := storeIn(t.TempDir())
	if _, ok := s.Get(Secret{1}); ok {
		t.Error("something is there before it was put")
	}
	put(t, s, 1, Origin{}, "one")
	put(t, s, 2, Origin{From: []Source{{Party: "SHI\nInternational", Partner: "shi"}}}, strings.Repeat("two", 1<<20))
	for secret, want := range map[byte]string{1: "one", 2: strings.Repeat("two", 1<<20)} {
		if got, ok := s.Get(Secret{secret}); !ok || string(got) != want {
			t.Errorf("%d: %v, %d bytes", secret, ok, len(got))
		}
	}
	if _, ok := s.Get(Secret{3}); ok {
		t.Error("another secret gets it too")
	}
	data, err := os.ReadFile(filepath.Join(s.Folder, Secret{2}.name()))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(data, []byte("Confidential: made from lists given under an agreement with SHI International.\n{")) {
		t.Errorf("it begins with %.120q", data)
	}
	if runtime.GOOS == "windows" {
		return
	}
	for path, want := range map[string]fs.FileMode{s.Folder: 0o700, filepath.Join(s.Folder, Secret{1}.name()): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
}

// An entry that is another's, under the right name, is none.
func TestForeignEntry(t *testing.T) {
	s := storeIn(t.TempDir())
	put(t, s, 1, Origin{}, "one")
	if err := os.Rename(filepath.Join(s.Folder, Secret{1}.name()), filepath.Join(s.Folder, Secret{2}.name())); err != nil {
		t.Fatal(err)
	}
	if _, ok := s.Get(Secret{2}); ok {
		t.Error("it is taken")
	}
}

func TestFewAreKept(t *testing.T) {
	s := storeIn(t.TempDir())
	other := filepath.Join(s.Folder, "notes.txt")
	for i := range byte(3 * mostEntries) {
		put(t, s, i, Origin{}, "x")
		when := time.Now().Add(time.Duration(i)*time.Minute - 24*time.Hour)
		if err := os.Chtimes(filepath.Join(s.Folder, Secret{i}.name()), when, when); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			if err := os.WriteFile(other, []byte("mine"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		s.Get(Secret{1}) // it is used, and stays
	}
	if got := len(s.Entries()); got != mostEntries {
		t.Errorf("%d entries", got)
	}
	for i, want := range map[byte]bool{0: false, 1: true, 3*mostEntries - 1: true} {
		if _, ok := s.Get(Secret{i}); ok != want {
			t.Errorf("entry %d is there: %v", i, ok)
		}
	}
	if _, err := os.Stat(other); err != nil {
		t.Error("a file that is not ours is gone")
	}
}

func TestTidy(t *testing.T) {
	s := storeIn(t.TempDir())
	day := graph.Date{Year: 2026, Month: 11, Day: 25}
	put(t, s, 1, Origin{}, "x")
	put(t, s, 2, Origin{DestroyBy: day}, "x")
	part := filepath.Join(s.Folder, partName+"OLD")
	if err := os.WriteFile(part, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s.Tidy(day)
	if got := names(t, s); len(got) != 3 {
		t.Errorf("on the day, %v", got)
	}
	old := time.Now().Add(-2 * abandoned)
	if err := os.Chtimes(part, old, old); err != nil {
		t.Fatal(err)
	}
	s.Tidy(day.AddDays(1))
	if got := names(t, s); len(got) != 1 || got[0] != (Secret{1}).name() {
		t.Errorf("after it, %v", got)
	}
}

// What cannot be put leaves nothing.
func TestPutFails(t *testing.T) {
	s := storeIn(t.TempDir())
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if err := s.Put(ctx, Secret{1}, Origin{}, []byte("x")); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	if got := names(t, s); len(got) != 0 {
		t.Errorf("left: %v", got)
	}
	if err := s.Put(context.Background(), Secret{1}, Origin{From: []Source{{Party: strings.Repeat("x", mostHead)}}}, nil); err == nil {
		t.Error("an origin without end is put")
	}
}

// Where a folder is a link nothing is read or written through it.
func TestLinks(t *testing.T) {
	for _, which := range []string{".channelmap", ".channelmap/cache"} {
		dir, elsewhere := t.TempDir(), storeIn(t.TempDir())
		put(t, elsewhere, 1, Origin{}, "x")
		s, target := storeIn(dir), elsewhere.Above
		if which != ".channelmap" {
			if err := s.Make(); err != nil {
				t.Fatal(err)
			}
			target = elsewhere.Folder
		}
		if err := os.Symlink(target, filepath.Join(dir, which)); err != nil {
			t.Skip(err)
		}
		if _, ok := s.Get(Secret{1}); ok || len(s.Entries()) > 0 || s.Remove(Secret{1}.name()) == nil {
			t.Errorf("%s is followed", which)
		}
		if err := s.Put(context.Background(), Secret{2}, Origin{}, nil); err == nil || len(names(t, elsewhere)) != 1 {
			t.Errorf("%s is written through: %v", which, err)
		}
	}
}

// FuzzEntry reads anything in place of an entry.
func FuzzEntry(f *testing.F) {
	s := storeIn(f.TempDir())
	from := Origin{From: []Source{{"SHI", "shi"}}, DestroyBy: graph.Date{Year: 2026, Month: 1, Day: 2}}
	if err := s.Put(context.Background(), Secret{1}, from, []byte("what was counted")); err != nil {
		f.Fatal(err)
	}
	path := filepath.Join(s.Folder, Secret{1}.name())
	whole, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(whole[:len(whole)-1])
	f.Add([]byte("Confidential\n{}\n"))
	f.Add([]byte("\n{\"format\":1,\"destroy_by\":\"2026-99-99\"}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		parseOrigin(data)
		plain, ok := unseal(bytes.Clone(data), Secret{1})
		if ok && string(plain) != "what was counted" {
			t.Errorf("it is taken: %q", plain)
		}
	})
}
