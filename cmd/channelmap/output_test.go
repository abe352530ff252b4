package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// names lists what is in a folder, hidden files included.
func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestAsideIsWholeOrNotThere(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "out.txt")
	if err := writeFile(path, []byte("old")); err != nil {
		t.Fatal(err)
	}
	f, err := createAside(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write([]byte("ne")); err != nil {
		t.Fatal(err)
	}
	if got := read(t, path); got != "old" {
		t.Errorf("while it is written the file holds %q", got)
	}
	f.discard()
	f.discard()
	if got := names(t, dir); !slices.Equal(got, []string{"out.txt"}) || read(t, path) != "old" {
		t.Errorf("after an error there is %q", got)
	}
	if err := writeFile(path, []byte("new")); err != nil {
		t.Fatal(err)
	}
	if got := names(t, dir); !slices.Equal(got, []string{"out.txt"}) || read(t, path) != "new" {
		t.Errorf("after success there is %q", got)
	}
}

func TestAsideKeepsPermissionsAndLinks(t *testing.T) {
	dir := t.TempDir()
	path, link := filepath.Join(dir, "out.txt"), filepath.Join(dir, "link.txt")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(path, link); err != nil {
		t.Skip(err)
	}
	if err := writeFile(link, []byte("new")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Lstat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 || read(t, path) != "new" {
		t.Errorf("mode %v, content %q", info.Mode(), read(t, path))
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v %v", info, err)
	}
}

func TestCannotWriteNamesWhatTheUserWrote(t *testing.T) {
	path := filepath.Join(t.TempDir(), "no", "out.txt")
	err := writeFile(path, nil)
	want := path + " cannot be written: there is no folder " + filepath.Dir(path) + "; make it first, or name another"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %q", err, want)
	}
}
