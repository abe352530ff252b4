package cachedir

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// A compiled file is read only if its seal, a small file beside it, gives its
// length and checksum. Whoever may write here is the user, so the seal is
// proof against damage, not against forgery. Processes that start at the same
// time need no lock: the engine writes aside and renames, a file without a
// seal is removed and compiled anew, and a seal that came too late for its
// file is a mismatch for the next start, never a crash.

const (
	sealSuffix = ".crc32c"
	tempSuffix = ".tmp"
	// room is what a compiled file needs on disk, with a margin. The engine
	// panics where it cannot write, so the room is tried before.
	room = 16 << 20
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

var errNoSeal = errors.New("not sealed")

// clean removes every compiled file below dir that is not sealed or not as it
// was sealed. It fails where something cannot be checked or removed, or where
// nothing usable is left and a new file could not be written.
func clean(dir string) error {
	files, err := compiled(dir)
	if err != nil {
		return err
	}
	sound := 0
	for _, file := range files {
		if checkSeal(file) == nil {
			sound++
		} else if err := os.Remove(file); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	if sound > 0 {
		return nil
	}
	return tryRoom(filepath.Dir(dir))
}

// seal writes the seals that are missing below dir. A seal that cannot be
// written costs the next start a compilation.
func seal(dir string) {
	files, _ := compiled(dir)
	for _, file := range files {
		if _, err := os.Lstat(file + sealSuffix); err == nil {
			continue
		}
		if sum, err := checksum(file); err == nil {
			_ = writeSeal(file, sum)
		}
	}
}

// compiled lists the files below dir that the engine may read: those two
// levels down, but for seals and files that are still being written.
func compiled(dir string) ([]string, error) {
	var files []string
	subs, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, sub := range subs {
		path := filepath.Join(dir, sub.Name())
		if err := privateDir(path); err != nil {
			return nil, err
		}
		entries, err := os.ReadDir(path)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if !strings.HasSuffix(e.Name(), sealSuffix) && !strings.HasSuffix(e.Name(), tempSuffix) {
				files = append(files, filepath.Join(path, e.Name()))
			}
		}
	}
	return files, nil
}

func checkSeal(file string) error {
	want, err := os.ReadFile(file + sealSuffix)
	if err != nil {
		return errNoSeal
	}
	got, err := checksum(file)
	if err != nil {
		return err
	}
	if got != string(want) {
		return fmt.Errorf("%s is damaged", file)
	}
	return nil
}

// checksum returns the length and CRC-32C of a regular file, as a seal has it.
func checksum(file string) (string, error) {
	info, err := os.Lstat(file)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", fmt.Errorf("%s is not a regular file", file)
	}
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := crc32.New(castagnoli)
	n, err := io.Copy(sum, f)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d %08x\n", n, sum.Sum32()), nil
}

func writeSeal(file, sum string) error {
	tmp, err := os.CreateTemp(filepath.Dir(file), "seal.*"+tempSuffix)
	if err != nil {
		return err
	}
	_, err = tmp.WriteString(sum)
	if err = errors.Join(err, tmp.Close()); err == nil {
		err = os.Rename(tmp.Name(), file+sealSuffix)
	}
	if err != nil {
		_ = os.Remove(tmp.Name())
	}
	return err
}

// tryRoom writes and removes a file of the size that the engine will write. It
// is removed before it grows where the system allows that, so that a process
// that is killed leaves nothing.
func tryRoom(dir string) error {
	tmp, err := os.CreateTemp(dir, "room.*"+tempSuffix)
	if err != nil {
		return err
	}
	_ = os.Remove(tmp.Name())
	defer os.Remove(tmp.Name())
	block := make([]byte, 1<<20)
	for range room / len(block) {
		if _, err := tmp.Write(block); err != nil {
			return errors.Join(err, tmp.Close())
		}
	}
	return tmp.Close()
}
