//go:build unix

package cachedir

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
)

func userID() string { return strconv.Itoa(os.Geteuid()) }

// checkOwn reports whether info is a folder of the current user that nobody
// else may write to.
func checkOwn(info os.FileInfo) error {
	stat, ok := info.Sys().(*syscall.Stat_t)
	switch {
	case !info.IsDir():
		return fmt.Errorf("%s is not a folder", info.Name())
	case !ok || int(stat.Uid) != os.Geteuid():
		return fmt.Errorf("%s belongs to another user", info.Name())
	case info.Mode().Perm()&0o022 != 0:
		return fmt.Errorf("%s may be written by other users", info.Name())
	}
	return nil
}

// checkAncestors reports whether nobody but the current user and root can
// rename or replace dir: it and every folder above it belongs to one of the
// two, and is not writable by others unless it is sticky.
func checkAncestors(dir string) error {
	for {
		info, err := os.Lstat(dir)
		if err != nil {
			return err
		}
		stat, ok := info.Sys().(*syscall.Stat_t)
		if !ok || stat.Uid != 0 && int(stat.Uid) != os.Geteuid() {
			return fmt.Errorf("%s belongs to another user", dir)
		}
		if info.Mode().Perm()&0o022 != 0 && info.Mode()&os.ModeSticky == 0 {
			return fmt.Errorf("%s may be written by other users", dir)
		}
		up := filepath.Dir(dir)
		if up == dir {
			return nil
		}
		dir = up
	}
}
