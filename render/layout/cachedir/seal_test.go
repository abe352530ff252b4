package cachedir

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// cache makes a cache with one sealed file and returns both.
func cache(t *testing.T) (dir, file string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), engine)
	sub := filepath.Join(dir, "wazero-v1-amd64-linux")
	if err := os.MkdirAll(sub, 0o700); err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(sub, "0a1b")
	write(t, file, "machine code")
	seal(dir)
	return dir, file
}

func write(t *testing.T, file, content string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestCleanKeepsWhatIsSealedAndWhole(t *testing.T) {
	dir, file := cache(t)
	for range 2 {
		if err := clean(dir); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(file); string(got) != "machine code" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestCleanRemovesWhatIsNot(t *testing.T) {
	for name, spoil := range map[string]func(file string) error{
		"garbage":      func(f string) error { return os.WriteFile(f, []byte("garbage"), 0o600) },
		"empty":        func(f string) error { return os.Truncate(f, 0) },
		"truncated":    func(f string) error { return os.Truncate(f, 5) },
		"longer":       func(f string) error { return os.WriteFile(f, []byte("machine code\x00"), 0o600) },
		"one bit":      func(f string) error { return os.WriteFile(f, []byte("machine cod\x64"), 0o600) },
		"no seal":      func(f string) error { return os.Remove(f + sealSuffix) },
		"empty seal":   func(f string) error { return os.Truncate(f+sealSuffix, 0) },
		"seal garbage": func(f string) error { return os.WriteFile(f+sealSuffix, []byte("13 zz"), 0o600) },
		"link":         func(f string) error { os.Rename(f, f+".x"); return os.Symlink(f+".x", f) },
		"empty folder": func(f string) error { os.Remove(f); return os.Mkdir(f, 0o700) },
	} {
		t.Run(name, func(t *testing.T) {
			dir, file := cache(t)
			if err := spoil(file); err != nil {
				t.Skip(err)
			}
			if err := clean(dir); err != nil {
				t.Fatal(err)
			}
			if _, err := os.Lstat(file); !os.IsNotExist(err) {
				t.Error("it is still there")
			}
		})
	}
}

func TestCleanGivesUpOnWhatItCannotRemove(t *testing.T) {
	dir, file := cache(t)
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(file, "full"), 0o700); err != nil {
		t.Fatal(err)
	}
	if clean(dir) == nil {
		t.Error("a folder in the place of a file was taken")
	}
}

// Another process may be writing: its temporary file is not ours to remove,
// and its finished file is sealed by whoever comes first.
func TestCleanLeavesFilesThatAreBeingWritten(t *testing.T) {
	dir, file := cache(t)
	tmp := file + ".123" + tempSuffix
	write(t, tmp, "half of it")
	if err := clean(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(tmp); err != nil {
		t.Error(err)
	}
	if entries, _ := os.ReadDir(filepath.Dir(dir)); len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
}

func TestPrepareRefusesFoldersThatAreNotPrivate(t *testing.T) {
	if userID() == "user" {
		t.Skip("this system keeps users apart by other means")
	}
	for name, c := range map[string]struct {
		make func(parent string) error
		want bool
	}{
		"nothing there": {func(string) error { return nil }, true},
		"ours":          {func(p string) error { return os.Mkdir(filepath.Join(p, "x"), 0o700) }, true},
		"readable":      {func(p string) error { return os.Mkdir(filepath.Join(p, "x"), 0o755) }, true},
		"a file":        {func(p string) error { return os.WriteFile(filepath.Join(p, "x"), nil, 0o600) }, false},
		"a link":        {func(p string) error { return os.Symlink(p, filepath.Join(p, "x")) }, false},
		"writable": {func(p string) error {
			os.Mkdir(filepath.Join(p, "x"), 0o700)
			return os.Chmod(filepath.Join(p, "x"), 0o722)
		}, false},
		"parent":         {func(p string) error { return os.Chmod(p, 0o777) }, false},
		"parent, sticky": {func(p string) error { return os.Chmod(p, 0o777|os.ModeSticky) }, true},
		"no parent":      {func(p string) error { return os.Remove(p) }, false},
	} {
		t.Run(name, func(t *testing.T) {
			parent := filepath.Join(t.TempDir(), "parent")
			if err := os.Mkdir(parent, 0o700); err != nil {
				t.Fatal(err)
			}
			if err := c.make(parent); err != nil {
				t.Fatal(err)
			}
			dir, err := prepare(base{parent, "x"})
			if (err == nil) != c.want {
				t.Errorf("got %q, %v", dir, err)
			}
		})
	}
}

func TestBasesDoNotTakeARelativeCache(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", "cache")
	t.Setenv("HOME", "")
	t.Setenv("LocalAppData", "")
	if got := bases(); len(got) != 1 || slices.Contains(got, base{"cache", "channelmap"}) {
		t.Errorf("got %v", got)
	}
	if choose(nil) != "" {
		t.Error("a folder was made up")
	}
}
