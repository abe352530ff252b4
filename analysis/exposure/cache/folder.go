package cache

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"strings"
)

// open opens the folder, if it is there. Links are not followed: a folder from
// elsewhere could point them anywhere, and what is old is removed.
func (s *Store) open() (*os.Root, error) {
	for _, folder := range []string{s.Above, s.Folder} {
		info, err := os.Lstat(folder)
		if err == nil && !info.IsDir() {
			err = fs.ErrInvalid
		}
		if err != nil {
			return nil, err
		}
	}
	return os.OpenRoot(s.Folder)
}

// make opens the folder, and makes it where it is not there. Nobody else may read it.
func (s *Store) make() (*os.Root, error) {
	if err := s.Make(); err != nil {
		return nil, err
	}
	if err := os.Mkdir(s.Folder, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	return s.open()
}

// Build tells this build of the program from others, so that none takes up what
// another one counted; false where nothing tells them apart.
func Build() (string, bool) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "", false
	}
	text := info.String()
	if isRelease(info) {
		return text, true
	}
	path, err := os.Executable()
	if err != nil {
		return "", false
	}
	file, err := os.Stat(path)
	if err != nil {
		return "", false
	}
	return fmt.Sprint(text, path, file.Size(), file.ModTime().UnixNano()), true
}

// isRelease reports whether version control or a module's version tell all of what
// was built.
func isRelease(info *debug.BuildInfo) bool {
	revision, modified := false, false
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			revision = s.Value != ""
		case "vcs.modified":
			modified = s.Value != "false"
		}
	}
	version := info.Main.Version
	named := version != "" && version != "(devel)" && !strings.Contains(version, "dirty")
	return !modified && (revision || named && info.Main.Sum != "")
}
