package layout

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// start runs this binary as a program that only prints its help, in the given
// environment, and returns the folder that the engine was given.
func start(t *testing.T, env ...string) string {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(env, mood+"=help")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("the program does not start: %v\n%.2000s", err, out)
	}
	dir, tmp, _ := strings.Cut(strings.TrimPrefix(string(out), "dir="), "\n")
	want := ""
	for _, e := range env {
		if v, ok := strings.CutPrefix(e, "TMPDIR="); ok {
			want = v
		}
	}
	if got := strings.TrimSpace(strings.TrimPrefix(tmp, "tmp=")); got != want {
		t.Errorf("TMPDIR is %q after the start, want %q", got, want)
	}
	return dir
}

// home returns a HOME and a TMPDIR for one test.
func home(t *testing.T) (env []string, cache, tmp string) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("the folders are those of Linux")
	}
	h, tmp := t.TempDir(), t.TempDir()
	return []string{"HOME=" + h, "TMPDIR=" + tmp}, filepath.Join(h, ".cache"), tmp
}

// compiledFile returns the one file of machine code below dir.
func compiledFile(t *testing.T, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "go-graphviz", "wazero-*", "*[0-9a-f]"))
	var code []string
	for _, f := range files {
		if !strings.Contains(filepath.Base(f), ".") {
			code = append(code, f)
		}
	}
	if err != nil || len(code) != 1 {
		t.Fatalf("compiled files below %s: %v, %v", dir, code, err)
	}
	return code[0]
}

func TestStartMakesAPrivateCacheAndUsesItAgain(t *testing.T) {
	env, cache, tmp := home(t)
	dir := start(t, env...)
	if !strings.HasPrefix(dir, cache) {
		t.Fatalf("the cache is %q, want one below %s", dir, cache)
	}
	before := stat(t, compiledFile(t, dir))
	start(t, env...)
	if after := stat(t, compiledFile(t, dir)); !before.ModTime().Equal(after.ModTime()) {
		t.Error("the second start did not use the compiled file of the first")
	}
	if entries, _ := os.ReadDir(tmp); len(entries) != 0 {
		t.Errorf("left behind in TMPDIR: %v", entries)
	}
}

func stat(t *testing.T, file string) os.FileInfo {
	t.Helper()
	info, err := os.Lstat(file)
	if err != nil {
		t.Fatal(err)
	}
	return info
}

// The damage is the kind that makes the engine panic, or worse, run.
func TestStartDiscardsDamagedFiles(t *testing.T) {
	env, _, _ := home(t)
	file := compiledFile(t, start(t, env...))
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	flipped := append([]byte(nil), whole...)
	flipped[len(flipped)/2] ^= 0x10
	for name, content := range map[string][]byte{"truncated": whole[:len(whole)/2], "bit flipped": flipped} {
		t.Run(name, func(t *testing.T) {
			if err := os.WriteFile(file, content, 0o600); err != nil {
				t.Fatal(err)
			}
			start(t, env...)
			if got, _ := os.ReadFile(file); len(got) != len(whole) {
				t.Errorf("the file has %d bytes after the start, want %d", len(got), len(whole))
			}
		})
	}
	t.Run("without a seal", func(t *testing.T) {
		if err := os.Remove(file + ".crc32c"); err != nil {
			t.Fatal(err)
		}
		before := stat(t, file)
		start(t, env...)
		if before.ModTime().Equal(stat(t, file).ModTime()) {
			t.Error("a file without a seal was used")
		}
	})
}

// coldName is where the engine looks for its compiled file, below the folder
// that it is given.
var coldName = sync.OnceValue(func() string {
	dir, err := os.MkdirTemp("", "channelmap-test-")
	if err != nil {
		return ""
	}
	defer os.RemoveAll(dir)
	cmd := exec.Command(os.Args[0])
	cmd.Env = []string{mood + "=help", "HOME=" + dir}
	out, _ := cmd.Output()
	found, _ := filepath.Glob(filepath.Join(dir, ".cache", "channelmap", "*", "go-graphviz", "wazero-*", "*.crc32c"))
	if len(found) != 1 {
		panic("no compiled file: " + string(out))
	}
	name := strings.TrimSuffix(found[0], ".crc32c")
	return filepath.Join("go-graphviz", filepath.Base(filepath.Dir(name)), filepath.Base(name))
})

// hostile plants a file that stops the engine if it is read.
func hostile(t *testing.T, dir string) {
	t.Helper()
	bait := filepath.Join(dir, coldName())
	if err := os.MkdirAll(filepath.Dir(bait), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(bait, []byte("hostile"), 0o666); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if got, err := os.ReadFile(bait); err != nil || string(got) != "hostile" {
			t.Errorf("the hostile file was touched: %q, %v", got, err)
		}
	})
}

func TestStartIgnoresAPlantedFolder(t *testing.T) {
	env, cache, tmp := home(t)
	hostile(t, tmp)
	if dir := start(t, env...); !strings.HasPrefix(dir, cache) {
		t.Errorf("the cache is %q", dir)
	}
	// Not even where there is no home.
	if dir := start(t, "TMPDIR="+tmp); dir == tmp || !strings.HasPrefix(dir, tmp) {
		t.Errorf("the cache is %q", dir)
	}
}

func TestStartRefusesFoldersOfOthers(t *testing.T) {
	env, cache, tmp := home(t)
	dir := start(t, env...)
	ours := filepath.Join(cache, "channelmap")
	restore := func() {
		os.RemoveAll(ours)
		os.Chmod(cache, 0o700)
	}
	elsewhere := t.TempDir()
	hostile(t, elsewhere)
	for name, spoil := range map[string]func() error{
		"world-writable":       func() error { os.MkdirAll(ours, 0o700); return os.Chmod(ours, 0o777) },
		"group-writable below": func() error { os.MkdirAll(dir, 0o700); return os.Chmod(dir, 0o770) },
		"a symbolic link":      func() error { return os.Symlink(elsewhere, ours) },
		"a link below":         func() error { os.MkdirAll(ours, 0o700); return os.Symlink(elsewhere, dir) },
		"another owner": func() error {
			os.MkdirAll(dir, 0o700)
			return os.Chown(dir, 12345, 12345)
		},
		"writable parent": func() error { return os.Chmod(cache, 0o777) },
		"a file":          func() error { return os.WriteFile(ours, nil, 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			restore()
			if err := spoil(); err != nil {
				t.Skip(err)
			}
			if got := start(t, env...); !strings.HasPrefix(got, tmp) {
				t.Errorf("the cache is %q, want one below %s", got, tmp)
			}
		})
	}
	t.Run("both", func(t *testing.T) {
		restore()
		os.RemoveAll(filepath.Join(tmp, "channelmap-"+userID()))
		os.Symlink(elsewhere, ours)
		os.Symlink(elsewhere, filepath.Join(tmp, "channelmap-"+userID()))
		if got := start(t, env...); got != "" {
			t.Errorf("the cache is %q, want none", got)
		}
	})
	restore()
}

func userID() string {
	out, _ := exec.Command("id", "-u").Output()
	return strings.TrimSpace(string(out))
}

func TestStartWithoutAnyFolder(t *testing.T) {
	for name, env := range map[string][]string{
		"no home, no temporary folder": {"TMPDIR=/nowhere/at/all"},
		"/proc cannot be written":      {"HOME=/proc", "TMPDIR=/proc"},
	} {
		t.Run(name, func(t *testing.T) {
			if dir := start(t, env...); dir != "" {
				t.Errorf("the cache is %q, want none", dir)
			}
		})
	}
}

func TestEightColdStartsAtOnce(t *testing.T) {
	env, _, _ := home(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() { start(t, env...) })
	}
	wg.Wait()
	dir := start(t, env...)
	before := stat(t, compiledFile(t, dir))
	start(t, env...)
	start(t, env...)
	if !before.ModTime().Equal(stat(t, compiledFile(t, dir)).ModTime()) {
		t.Error("the compiled file does not settle")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "go-graphviz", "*", "*.tmp")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

// The protection rests on the order in which Go initialises packages.
func TestCacheFolderIsChosenBeforeTheEngineStarts(t *testing.T) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), mood+"=help", "GODEBUG=inittrace=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatal(err)
	}
	ours := strings.Index(string(out), "init github.com/channelmap/channelmap/render/layout/cachedir ")
	engine := strings.Index(string(out), "init github.com/goccy/go-graphviz/internal/wasm ")
	after := strings.Index(string(out), "init github.com/channelmap/channelmap/render/layout ")
	if ours < 0 || engine < 0 || after < 0 || ours > engine || engine > after {
		t.Errorf("initialised at %d, the engine at %d, restored at %d", ours, engine, after)
	}
}
