package tally_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/channelmap/channelmap/analysis/exposure/tally"
)

// TestFullDisk ends with what to do where rows find no room on disk, while they
// are added or, at the latest, when they are counted.
func TestFullDisk(t *testing.T) {
	full := filepath.Join(t.TempDir(), "full") // a link, since the file is removed
	if err := os.Symlink("/dev/full", full); err != nil {
		t.Skip(err)
	}
	defer tally.DiskAt(full)()
	for _, rows := range []int{10_000, 400_000} {
		s := tally.New(tally.Options{Workers: 1, Rows: int64(rows), Memory: 1})
		defer s.Close()
		var err error
		for _, b := range randomBatches(rows, 3) {
			if err = s.Writer(0).Add(&b); err != nil {
				break
			}
		}
		if err == nil {
			_, err = s.Count(tally.Spec{Kinds: make([]tally.Kind, 3), Lines: 1, Workers: 1})
		}
		if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "set TMPDIR to a folder with room, or raise --memory") {
			t.Errorf("%d rows: %v", rows, err)
		}
		_ = os.Symlink("/dev/full", full)
	}
}
