package main

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
)

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
