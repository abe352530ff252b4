package list

import (
	"io"
	"os"

	"github.com/channelmap/channelmap/graph"
)

// progress tells how far the reading of a file has come. The zero value tells
// nobody.
type progress struct {
	tell      func(bytes, rows int64)
	place     func() int64 // in the file; nil where only its end is known
	size      int64
	toldBytes int64 // of the file
	toldRows  int64
}

// placed is a source that does not read its file from the beginning to the end.
type placed interface {
	place(size int64) int64
}

// begin begins with a file.
func (p *progress) begin(in *os.File) {
	*p = progress{tell: p.tell}
	if info, err := in.Stat(); err == nil && p.tell != nil {
		p.size = info.Size()
	}
}

// follow takes the place from a source that reads the file, or from the file.
func (p *progress) follow(src source, in *os.File) {
	p.place = func() int64 {
		if s, ok := src.(placed); ok {
			return s.place(p.size)
		}
		at, _ := in.Seek(0, io.SeekCurrent)
		return at
	}
}

// more tells that so many rows of the file are read.
func (p *progress) more(rows int64) {
	if p.tell != nil && p.place != nil {
		p.to(p.place(), rows)
	} else {
		p.to(0, rows)
	}
}

// to tells that the reading has come to a place, and that so many rows of the file
// are read. What is told is never taken back.
func (p *progress) to(at, rows int64) {
	if p.tell == nil {
		return
	}
	bytes, more := max(0, min(at, p.size)-p.toldBytes), max(0, rows-p.toldRows)
	p.toldBytes, p.toldRows = p.toldBytes+bytes, p.toldRows+more
	if bytes > 0 || more > 0 {
		p.tell(bytes, more)
	}
}

// end tells that the file is read.
func (p *progress) end() { p.to(p.size, p.toldRows) }

// Size returns how many bytes the files of a list have, as they are stored. Files
// that cannot be found have none.
func Size(dir string, spec graph.ListSpec) int64 {
	return sizes(dir, spec, func(string) int64 { return 1 })
}
