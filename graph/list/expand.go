package list

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/channelmap/channelmap/graph"
)

// found is a file that a list names.
type found struct {
	name    string // as the ecosystem names it: relative to its folder, with slashes
	path    string
	partner string // that the name tells; empty for a file named by itself
}

// Cost estimates what reading a list takes, in bytes of plain text: workbooks and
// other packed files hold more text than they have bytes. It is 0 where there is
// nothing to read.
func Cost(dir string, spec graph.ListSpec) int64 { return sizes(dir, spec, density) }

// sizes sums up the bytes of the files of a list, each taken so many times.
func sizes(dir string, spec graph.ListSpec, times func(name string) int64) int64 {
	found, _, err := expand(dir, spec.File)
	if err != nil {
		return 0
	}
	var sum int64
	for _, f := range found {
		if info, err := os.Stat(f.path); err == nil {
			sum += info.Size() * times(f.path)
		}
	}
	return sum
}

// expand returns the files that a path, glob or folder stands for, in order of
// name, and the names of files in a folder that are of no known format. Hidden
// files and the lock files of open documents are none at all.
func expand(dir, pattern string) (files []found, skipped []string, err error) {
	if pattern == "" {
		return nil, nil, fmt.Errorf("file: there is no file name")
	}
	full := pattern
	if !filepath.IsAbs(full) {
		full = filepath.Join(dir, filepath.FromSlash(pattern))
	}
	info, err := os.Stat(full)
	switch {
	case err == nil && info.IsDir():
		return expandFolder(pattern, full)
	case err == nil:
		return []found{{name: pattern, path: full}}, nil, nil
	case strings.ContainsAny(pattern, "*?["):
		files, err = expandGlob(dir, pattern)
		return files, nil, err
	case os.IsNotExist(err):
		return nil, nil, notThere(pattern, full)
	default:
		return nil, nil, fmt.Errorf("%s: cannot be opened: %w", pattern, unwrapPath(err))
	}
}

func expandFolder(name, path string) (files []found, skipped []string, err error) {
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: cannot be read: %w", name, unwrapPath(err))
	}
	var others []string
	for _, e := range entries {
		child := strings.TrimSuffix(name, "/") + "/" + e.Name()
		switch {
		case hidden(e.Name()):
		case !isDir(filepath.Join(path, e.Name())) && takenFromFolder(e.Name()):
			files = append(files, found{child, filepath.Join(path, e.Name()), baseName(e.Name())})
		default:
			others = append(others, child)
		}
	}
	if len(files) == 0 {
		return nil, nil, fmt.Errorf("%s: the folder holds no list (%s); found: %s", name, readHere, named(others))
	}
	return files, others, nil
}

// expandGlob matches the pattern below dir, whose own name may hold any
// character.
func expandGlob(dir, pattern string) ([]found, error) {
	full := pattern
	if !filepath.IsAbs(full) {
		full = filepath.Join(escapeGlob(dir), filepath.FromSlash(pattern))
	}
	paths, err := filepath.Glob(full)
	if err != nil {
		return nil, fmt.Errorf("%s: the pattern is not closed: a [ needs a ]", pattern)
	}
	slices.Sort(paths)
	var files []found
	for _, path := range paths {
		if hidden(filepath.Base(path)) || isDir(path) {
			continue
		}
		name := filepath.ToSlash(path)
		if rel, err := filepath.Rel(dir, path); err == nil && !filepath.IsAbs(pattern) {
			name = filepath.ToSlash(rel)
		}
		files = append(files, found{name, path, partnerOf(pattern, name)})
	}
	if len(files) == 0 {
		return nil, notThere(pattern, filepath.Join(dir, filepath.FromSlash(pattern)))
	}
	return files, nil
}

// escapeGlob makes a folder's name match itself. On Windows, where backslashes
// part folders, there is no way to write that.
func escapeGlob(dir string) string {
	if runtime.GOOS == "windows" {
		return dir
	}
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(dir)
}

// partnerOf returns what the pattern's only star stands for in a name, else the
// name's base.
func partnerOf(pattern, name string) string {
	pattern = filepath.ToSlash(filepath.Clean(pattern))
	if strings.Count(pattern, "*") == 1 && !strings.ContainsAny(pattern, "?[") {
		before, after, _ := strings.Cut(pattern, "*")
		if rest, ok := strings.CutPrefix(name, before); ok {
			if star, ok := strings.CutSuffix(rest, after); ok && star != "" {
				return baseName(star)
			}
		}
	}
	return baseName(filepath.Base(name))
}

// hidden tells files that are not meant to be seen, and the lock files that
// office programs leave beside an open document.
func hidden(name string) bool { return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") }

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// notThere explains that nothing matches, with what there is instead.
func notThere(pattern, full string) error {
	folder := filepath.Dir(full)
	entries, err := os.ReadDir(folder)
	if err != nil {
		return fmt.Errorf("%s: no such file: there is no folder %s", pattern, filepath.ToSlash(filepath.Dir(pattern)))
	}
	var names []string
	for _, e := range entries {
		if !hidden(e.Name()) {
			names = append(names, e.Name())
		}
	}
	return fmt.Errorf("%s: no such file; the folder holds: %s%s", pattern, named(names), didYouMean(filepath.Base(pattern), names))
}

// unwrapPath leaves the machine's path out of an error: the name that the user
// wrote is in the message already.
func unwrapPath(err error) error {
	if e, ok := err.(*os.PathError); ok {
		return e.Err
	}
	return err
}
