package main

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/render"
)

func newDiff(s streams) *cobra.Command {
	q := &question{}
	cmd := &cobra.Command{
		Use:     "diff A B",
		Short:   "What changed between two snapshots, folders or revisions",
		GroupID: groupQuestions,
		Long: `diff tells what changed from A to B: how net reach moved, and how much of that is
lists that were refreshed, partners that began or stopped selling, or a definition
that changed; then partners, lists, definitions, and findings that came, went or
were accepted. It names no account.

A and B are each a file that channelmap snapshot wrote, an ecosystem file or its
folder, or REV:PATH, the folder as it is in a revision of git. Where both are
folders or revisions and several things changed, the lists are counted again with
the rest held, so that the causes are exact.`,
		Example: `  channelmap diff 2026-q2.json 2026-q3.json
  channelmap diff 2026-q3.json lumen
  channelmap diff HEAD~1:lumen lumen --format csv -o changes.csv`,
		Args: takesTwo,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runDiff(cmd.Context(), s, q, args[0], args[1])
		},
	}
	q.addReading(cmd.Flags())
	q.addOutput(cmd.Flags(), "text, json or csv")
	return cmd
}

func takesTwo(cmd *cobra.Command, args []string) error {
	if len(args) != 2 || args[0] == "" || args[1] == "" {
		return &usageError{fmt.Sprintf("diff compares two, A and B, and %d given", len(args)), "such as channelmap diff 2026-q2.json 2026-q3.json"}
	}
	return nil
}

func runDiff(ctx context.Context, s streams, q *question, a, b string) error {
	if err := q.settle(reportFormats); err != nil {
		return err
	}
	var sides [2]*side
	for i, arg := range []string{a, b} {
		x, err := openSide(ctx, s, q, arg)
		if err != nil {
			return err
		}
		defer x.close()
		sides[i] = x
	}
	d := analysis.Compare(sides[0].Side, sides[1].Side)
	read := exposure.Options{Progress: s.showProgress, Memory: limitMemory(q.memory)}
	err := d.CountCauses(ctx, sides[0].Side, sides[1].Side, read)
	s.clearProgress()
	if err != nil {
		return err
	}
	for i := range d.Audiences {
		why := &d.Audiences[i].Cause.Why
		*why = sides[1].named(sides[0].named(*why))
	}
	return writeDiff(ctx, s, q, d, sides[:])
}

func writeDiff(ctx context.Context, s streams, q *question, d *analysis.Diff, sides []*side) error {
	var out bytes.Buffer
	text := render.TextOptions{}
	if b := sides[1]; b.Ecosystem != nil && b.folder == "" {
		text.Path = b.Name
	}
	if q.output == "" {
		text.Width, text.Color = s.width(), s.color()
	}
	if err := render.Diff(&out, d, render.Format(q.format), text); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := writeResult(s, q.output, out.Bytes()); err != nil {
		return err
	}
	for _, x := range sides {
		if x.Ecosystem != nil && x.folder == "" { // purge looks beside an ecosystem that stays
			of := *q
			of.eco = x.Ecosystem
			of.remember(ctx, s, q.output, q.format, digestOf(out.Bytes()))
		}
	}
	return nil
}

// side is one of the two, ready to be compared.
type side struct {
	analysis.Side
	folder string // where a revision was put; empty where there is none
}

func (x *side) close() {
	if x.folder != "" {
		os.RemoveAll(x.folder)
	}
}

// named writes the names of files of a revision as the user knows them.
func (x *side) named(text string) string {
	if x.folder == "" {
		return text
	}
	revision, _, _ := cutRevision(x.Name)
	return strings.ReplaceAll(text, x.folder+string(filepath.Separator), revision+":")
}

// openSide reads a snapshot, or takes one of a folder or a revision.
func openSide(ctx context.Context, s streams, q *question, arg string) (*side, error) {
	x := &side{Side: analysis.Side{Name: arg}}
	path := arg
	if revision, of, ok := cutRevision(arg); ok {
		var err error
		if path, err = x.checkOut(ctx, revision, of); err != nil {
			x.close()
			return nil, err
		}
	} else if file, err := readSnapshotFile(arg); file != nil || err != nil {
		if err == nil && q.output != "" && sameTarget(arg, q.output) {
			err = &usageError{arg + " is an input, and would be overwritten", "write to another file"}
		}
		if err == nil {
			x.Snapshot, err = analysis.ParseSnapshot(arg, file)
		}
		return x, err
	}
	if err := x.take(ctx, s, q, path); err != nil {
		x.close()
		if x.folder == "" || ctx.Err() != nil {
			return nil, err
		}
		return nil, errors.New(x.named(err.Error()))
	}
	return x, nil
}

// take takes a snapshot of an ecosystem.
func (x *side) take(ctx context.Context, s streams, q *question, path string) error {
	of := *q
	of.path = path
	study, err := of.open(ctx, s)
	if err != nil {
		return err
	}
	x.Ecosystem = of.eco
	x.Options = q.options
	if x.Options.AsOf, err = graph.ParseDate(study.Head().AsOf); err != nil {
		return err
	}
	x.Snapshot, err = study.Snapshot(digestIn(ctx, study.Ecosystem.Dir))
	return err
}

// mostSnapshot bounds the files that are read as snapshots, in bytes.
const mostSnapshot = 64 << 20

// readSnapshotFile reads a file that is to be a snapshot: any that is no folder and
// no YAML. Without such a file it gives nil.
func readSnapshotFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, &usageError{fmt.Sprintf("%s: there is no such file or folder", name), "A and B are each a snapshot, an ecosystem file, its folder, or REV:PATH"}
		}
		return nil, err
	}
	ext := strings.ToLower(filepath.Ext(name))
	if info.IsDir() || ext == ".yaml" || ext == ".yml" {
		return nil, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, mostSnapshot+1))
	switch {
	case err != nil:
		return nil, err
	case len(data) > mostSnapshot:
		return nil, &usageError{fmt.Sprintf("%s: it is larger than %d MB, and no snapshot is", name, mostSnapshot>>20), "channelmap snapshot -o FILE writes one"}
	}
	if what := otherFile(ext, data); what != "" {
		return nil, &usageError{fmt.Sprintf("%s: it is %s, and no snapshot", name, what), "channelmap snapshot -o FILE writes one, from the folder of an ecosystem"}
	}
	return data, nil
}

// otherFile says what a file is that cannot be a snapshot, by its first bytes.
func otherFile(ext string, data []byte) string {
	start := bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\uFEFF")))
	switch {
	case len(start) == 0 || start[0] == '{' || start[0] == '[' || ext == ".json":
		return ""
	case bytes.HasPrefix(start, []byte("PK")):
		return "a workbook or another packed file"
	case bytes.HasPrefix(start, []byte("<")):
		return "a picture or a page"
	case bytes.IndexByte(start, 0) >= 0:
		return "no text in UTF-8"
	case ext == ".csv" || ext == ".tsv":
		return "a list"
	}
	return "a text of another kind"
}

// cutRevision splits REV:PATH. What exists as it is written is no revision, nor is
// the letter of a drive.
func cutRevision(arg string) (revision, of string, ok bool) {
	if _, err := os.Lstat(arg); err == nil || drive.MatchString(arg) || runtime.GOOS == "windows" && filepath.VolumeName(arg) != "" {
		return "", "", false
	}
	depth := 0 // a revision may hold a time: HEAD@{2026-09-30 12:00}
	for i, r := range arg {
		switch {
		case r == '{':
			depth++
		case r == '}':
			depth--
		case r == ':' && depth <= 0:
			return arg[:i], arg[i+1:], true
		}
	}
	return "", "", false
}

var drive = regexp.MustCompile(`^[A-Za-z]:[\\/]`)

// checkOut puts the folder of a revision into a temporary one, and returns the path
// of the ecosystem there. The folder is removed by close.
func (x *side) checkOut(ctx context.Context, revision, of string) (string, error) {
	if revision == "" || strings.HasPrefix(revision, "-") || strings.ContainsFunc(revision, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return "", &usageError{fmt.Sprintf("%q is no revision of git", revision), "write REV:PATH, such as HEAD~1:lumen"}
	}
	if _, err := exec.LookPath("git"); err != nil {
		return "", &usageError{x.Name + " is a revision, and the program git, which reads revisions, is not installed", "install git, or compare snapshots"}
	}
	top, inside, err := placeInRepository(ctx, of)
	if err != nil {
		return "", err
	}
	commit, err := git(ctx, top, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}")
	if err != nil {
		return "", &usageError{fmt.Sprintf("git knows no revision %q here", revision), "git log --oneline lists them"}
	}
	object := commit + ":" + inside
	kind, err := git(ctx, top, "cat-file", "-t", object)
	if err != nil {
		return "", &usageError{fmt.Sprintf("revision %s has no %s", revision, inside), "the path is taken from the current folder"}
	}
	file := ""
	if kind == "blob" {
		inside, file = path.Split(inside)
		inside = strings.TrimSuffix(inside, "/")
		object = commit + ":" + inside
	}
	if x.folder, err = os.MkdirTemp("", "channelmap-revision-"); err != nil {
		return "", err
	}
	target := filepath.Join(x.folder, filepath.FromSlash(inside))
	if err := os.MkdirAll(target, 0o700); err != nil {
		return "", err
	}
	return filepath.Join(target, file), extract(ctx, top, object, target)
}

// placeInRepository finds the repository of a path that need not exist any more,
// and what the path is there, with slashes.
func placeInRepository(ctx context.Context, of string) (top, inside string, err error) {
	whole := absolute(filepath.FromSlash(of))
	near, rest := whole, ""
	for {
		if info, err := os.Stat(near); err == nil && info.IsDir() {
			break
		}
		rest = filepath.Join(filepath.Base(near), rest)
		if near == filepath.Dir(near) {
			break
		}
		near = filepath.Dir(near)
	}
	top, err = git(ctx, near, "rev-parse", "--show-toplevel")
	if err != nil {
		return "", "", &usageError{fmt.Sprintf("%s is in no repository of git, so that it has no revisions: %v", near, err), "compare snapshots or folders"}
	}
	prefix, err := git(ctx, near, "rev-parse", "--show-prefix")
	if err != nil {
		return "", "", err
	}
	return top, strings.TrimSuffix(path.Join(prefix, filepath.ToSlash(rest)), "."), nil
}

// git runs git in a folder and returns what it prints, without the line's end.
func git(ctx context.Context, dir string, args ...string) (string, error) {
	var out, errs bytes.Buffer
	cmd := gitCommand(ctx, dir, args...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		if first, _, _ := strings.Cut(strings.TrimSpace(errs.String()), "\n"); first != "" {
			return "", errors.New(first)
		}
		return "", err
	}
	return strings.TrimRight(out.String(), "\r\n"), nil
}

// gitCommand is git without questions, and without anything fetched from elsewhere.
func gitCommand(ctx context.Context, dir string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0", "GIT_NO_LAZY_FETCH=1", "LC_ALL=C")
	return cmd
}

// extract writes the files of a tree of git into a folder, as a checkout would.
func extract(ctx context.Context, top, tree, folder string) error {
	cmd := gitCommand(ctx, top, "archive", "--format=tar", tree)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	failed := untar(out, folder)
	io.Copy(io.Discard, out) // git ends by itself, with its own error
	if err := cmd.Wait(); err != nil {
		return fmt.Errorf("git archive: %w: %s", err, strings.TrimSpace(errs.String()))
	}
	return failed
}

// untar writes the regular files of an archive; nothing leaves the folder. Links are
// left out: what they lead to is of no revision.
func untar(r io.Reader, folder string) error {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer root.Close()
	for in := tar.NewReader(r); ; {
		h, err := in.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case h.Typeflag != tar.TypeReg:
			continue
		}
		name := filepath.FromSlash(h.Name)
		if err := root.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			return err
		}
		f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return err
		}
		_, err = io.Copy(f, in)
		if err := errors.Join(err, f.Close()); err != nil {
			return err
		}
	}
}
