// Package cachedir gives the layout engine a private folder for its compiled
// code, before the engine starts.
//
// The engine (github.com/goccy/go-graphviz) starts when its package is
// initialised, in every process that links it, and loads machine code from
// os.TempDir()/go-graphviz: a predictable folder that anyone on the machine
// may have made first, and a damaged file in it ends the process. Go
// initialises packages in the order of their import paths as soon as their own
// imports are ready. This package imports only what the engine imports too and
// sorts before it, so its init runs first: it checks a folder that belongs to
// the user, discards damaged files, and points the variable behind os.TempDir
// there. [Restore] sets the variable back once the engine has started.
//
// Where no folder can be trusted or written, the variable points at a place
// where no folder can be made; the engine then compiles in memory, which costs
// about a second and nothing else.
package cachedir

import (
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
)

// engine is the folder that the engine uses below os.TempDir().
const engine = "go-graphviz"

// redirected holds what Restore needs.
var redirected struct {
	dir       string // empty: compiled in memory
	previous  string
	wasSet    bool
	gcPercent int
}

func init() {
	redirected.previous, redirected.wasSet = os.LookupEnv(variable())
	redirected.dir = choose(bases())
	target := redirected.dir
	if target == "" {
		target = nowhere()
	}
	_ = os.Setenv(variable(), target) // fails only for names with a NUL or "="
	// The engine's start allocates a few megabytes and keeps most of them:
	// collecting in its midst costs a fifth of the time of --help.
	redirected.gcPercent = debug.SetGCPercent(-1)
}

// Restore sets the environment and the garbage collector back to what they were
// before the engine started, and seals the files that the engine wrote, so that
// the next process trusts them. It is to be called once, by an init that runs
// after the engine's.
func Restore() {
	debug.SetGCPercent(redirected.gcPercent)
	if redirected.wasSet {
		_ = os.Setenv(variable(), redirected.previous)
	} else {
		_ = os.Unsetenv(variable())
	}
	if redirected.dir != "" {
		seal(filepath.Join(redirected.dir, engine))
	}
}

// Dir returns the folder that the engine was given, or nothing where it had to
// compile in memory.
func Dir() string { return redirected.dir }

// variable names the environment variable that os.TempDir reads first.
func variable() string {
	if runtime.GOOS == "windows" {
		return "TMP"
	}
	return "TMPDIR"
}

// nowhere is a path below a regular file, where no folder can be made.
func nowhere() string {
	exe, err := os.Executable()
	if err != nil {
		return os.DevNull
	}
	return exe
}

// base is a folder that exists or may be made, and the name of ours below it.
type base struct{ parent, name string }

// bases lists where our folder may be, best first: the user's cache, which is
// made where only it is missing, then the temporary folder under a name of the
// user's own.
func bases() []base {
	var list []base
	if dir, err := os.UserCacheDir(); err == nil {
		_ = os.Mkdir(dir, 0o700)
		list = append(list, base{dir, "channelmap"})
	}
	return append(list, base{os.TempDir(), "channelmap-" + userID()})
}

// choose returns the first folder that is private and sound, or nothing.
func choose(list []base) string {
	for _, b := range list {
		if dir, err := prepare(b); err == nil {
			return dir
		}
	}
	return ""
}

// prepare makes and checks <parent>/<name>/<versions>/go-graphviz and returns
// the folder above the engine's.
func prepare(b base) (string, error) {
	parent, err := filepath.Abs(b.parent)
	if err != nil {
		return "", err
	}
	if parent, err = filepath.EvalSymlinks(parent); err != nil {
		return "", err
	}
	if err := checkAncestors(parent); err != nil {
		return "", err
	}
	dir := parent
	for _, name := range []string{b.name, "layout-" + versions(), engine} {
		dir = filepath.Join(dir, name)
		if err := privateDir(dir); err != nil {
			return "", err
		}
	}
	if err := clean(dir); err != nil {
		return "", err
	}
	return filepath.Dir(dir), nil
}

// privateDir makes dir where it is absent, and checks that it is a folder (not
// a link to one) that only its owner, the current user, may change.
func privateDir(dir string) error {
	if err := os.Mkdir(dir, 0o700); err != nil && !os.IsExist(err) {
		return err
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	return checkOwn(info)
}

// versions names the modules that decide what compiled code looks like, so
// that another version uses another folder.
func versions() string {
	graphviz, wazero := "dev", "dev"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			switch m.Path {
			case "github.com/goccy/go-graphviz":
				graphviz = m.Version
			case "github.com/tetratelabs/wazero":
				wazero = m.Version
			}
		}
	}
	return strings.Map(plain, graphviz+"-"+wazero)
}

func plain(r rune) rune {
	if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '.' || r == '-' {
		return r
	}
	return '_'
}
