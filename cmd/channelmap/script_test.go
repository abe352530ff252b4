package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/channelmap/channelmap/render/layout"
)

var update = flag.Bool("update", false, "write the outputs that scripts compare with")

func TestMain(m *testing.M) {
	layout.Child()
	testscript.Main(m, map[string]func(){"channelmap": main})
}

// TestScripts runs the command line's specification. Each script finds the
// ecosystem of testdata/acme in the folder acme.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup:               setUp,
		Condition:           condition,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits,
			"link":  link,
			"lumen": lumen,
			"pack":  pack,
			"rows":  rows,
		},
	})
}

func setUp(env *testscript.Env) error {
	cache, err := os.UserCacheDir()
	if err == nil { // the layout engine's, which takes a second to fill
		env.Setenv("XDG_CACHE_HOME", cache)
	}
	return os.CopyFS(filepath.Join(env.WorkDir, "acme"), os.DirFS("testdata/acme"))
}

func condition(cond string) (bool, error) {
	if cond == "root" { // whom permissions do not bind
		return os.Geteuid() == 0, nil
	}
	return false, errors.New("unknown condition " + cond)
}

// exits runs a command that is to end with an exit code: exits 2 channelmap ...
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, not %d", got, want)
	}
}

// link makes a hard link: link NEW OLD
func link(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: link NEW OLD")
	}
	ts.Check(os.Link(ts.MkAbs(args[1]), ts.MkAbs(args[0])))
}

// lumen copies the ecosystem of testdata/lumen into the folder lumen.
func lumen(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: lumen")
	}
	ts.Check(os.CopyFS(ts.MkAbs("lumen"), os.DirFS("../../testdata/lumen")))
}

// rows writes a list of so many accounts: rows FILE N
func rows(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: rows FILE N")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	text := []byte("website,name\n")
	for i := range n {
		text = fmt.Appendf(text, "a%d.example,Account %d\n", i, i)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), text, 0o644))
}
