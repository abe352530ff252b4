package tally

import (
	"fmt"
	"os"
)

// spill is the file of one writer for chunks that memory has no room for. It is
// written in order and has no name where the system allows that, so that
// nothing is left of it however the run ends.
type spill struct {
	dir    string
	file   *os.File
	named  bool // it must be removed
	buffer []byte
	size   int64 // written and buffered
}

// piece is a chunk in the file.
type piece struct {
	at   int64
	size int
}

// createTemp makes the file. Tests put a full disk in its place.
var createTemp = os.CreateTemp

// spillBuffer is how much is written at once.
const spillBuffer = 1 << 20

// write appends a chunk and returns where it stands.
func (s *spill) write(chunk []byte) (int64, error) {
	if s.file == nil {
		if err := s.open(); err != nil {
			return 0, err
		}
	}
	at := s.size
	s.buffer = append(s.buffer, chunk...)
	s.size += int64(len(chunk))
	if len(s.buffer) >= spillBuffer {
		return at, s.flush()
	}
	return at, nil
}

func (s *spill) open() error {
	f, err := createTemp(s.dir, "channelmap-*.rows")
	if err != nil {
		return fmt.Errorf("rows that memory has no room for cannot be put on disk: %w; set TMPDIR to a folder with room, or raise --memory", err)
	}
	s.file = f
	s.named = os.Remove(f.Name()) != nil
	return nil
}

func (s *spill) flush() error {
	if len(s.buffer) == 0 {
		return nil
	}
	_, err := s.file.WriteAt(s.buffer, s.size-int64(len(s.buffer)))
	s.buffer = s.buffer[:0]
	if err != nil {
		return fmt.Errorf("rows that memory has no room for cannot be put on disk after %d MB: %w; set TMPDIR to a folder with room, or raise --memory", s.size>>20, err)
	}
	return nil
}

// read returns a chunk in the given memory.
func (s *spill) read(p piece, into []byte) error {
	if _, err := s.file.ReadAt(into[:p.size], p.at); err != nil {
		return fmt.Errorf("rows on disk cannot be read back: %w", err)
	}
	return nil
}

func (s *spill) close() error {
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	if s.named {
		if gone := os.Remove(s.file.Name()); err == nil {
			err = gone
		}
	}
	s.file = nil
	return err
}
