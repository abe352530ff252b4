package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

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
			"age":    age,
			"empty":  empty,
			"exits":  exits,
			"kept":   kept,
			"link":   link,
			"lumen":  lumen,
			"marked": marked,
			"pack":   pack,
			"rows":   rows,
			"users":  users,
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

// age makes a file older than those that were written just now: age FILE
func age(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: age FILE")
	}
	long := time.Now().Add(-time.Hour)
	ts.Check(os.Chtimes(ts.MkAbs(args[0]), long, long))
}

// kept holds an ecosystem's folder to so many counts in its cache: kept FOLDER N
func kept(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: kept FOLDER N")
	}
	if got := counts(ts, args[0]); strconv.Itoa(len(got)) != args[1] {
		ts.Fatalf("%s keeps %v", args[0], got)
	}
}

// marked holds all counts in a cache to begin with a line: marked FOLDER LINE
func marked(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: marked FOLDER LINE")
	}
	for _, file := range counts(ts, args[0]) {
		if line, _, _ := strings.Cut(ts.ReadFile(file), "\n"); line != args[1] {
			ts.Fatalf("%s begins with %q", file, line)
		}
	}
}

func counts(ts *testscript.TestScript, folder string) []string {
	files, err := filepath.Glob(filepath.Join(ts.MkAbs(folder), ".channelmap", "cache", "*.count"))
	ts.Check(err)
	return files
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

// rows writes a list of so many accounts, or of so many rows of partners, who
// share a third of their accounts where they are two: rows FILE N [PARTNER...]
func rows(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: rows FILE N [PARTNER...]")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	text := []byte("website,name\n")
	for i := 0; i < n && len(args) == 2; i++ {
		text = fmt.Appendf(text, "a%d.example,Account %d\n", i, i)
	}
	if len(args) > 2 {
		text = partnerRows(n, args[2:])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), text, 0o644))
}

// users writes a list of so many users at half as many accounts, or of users whom no
// address but a name tells: users FILE N [named]
func users(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: users FILE N [named]")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	text := []byte("email,company,plan\n")
	for i := range n {
		if len(args) > 2 {
			text = fmt.Appendf(text, "u%d@gmail.com,Account %d,free\n", i, i)
		} else {
			text = fmt.Appendf(text, "u%d@a%d.example,Account %d,free\n", i, i/2, i/2)
		}
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), text, 0o644))
}

// partnerRows are rows of one partner after another. The last quarter of the rows
// is about the accounts of the first.
func partnerRows(n int, partners []string) []byte {
	text := []byte("domain,partner\n")
	for i := range n {
		text = append(text, 'a')
		text = strconv.AppendInt(text, int64(i%(n*3/4)), 10)
		text = append(text, ".example,"...)
		text = append(text, partners[i*len(partners)/n]...)
		text = append(text, '\n')
	}
	return text
}

// empty holds a folder to have nothing in it: empty FOLDER
func empty(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: empty FOLDER")
	}
	files, err := os.ReadDir(ts.MkAbs(args[0]))
	ts.Check(err)
	if len(files) > 0 {
		ts.Fatalf("%s holds %v", args[0], files)
	}
}
