package list

import (
	"bytes"
	"io"
)

const (
	maxCell   = 1 << 20  // bytes; more of a cell is cut off
	maxCells  = 1 << 14  // of a row, as in a spreadsheet; those beyond are left out
	maxRecord = 64 << 20 // bytes; a longer row is skipped
)

// lineReader cuts a text into lines that end in LF, CRLF or CR, in any mixture.
// It holds no more than one line, and of a line no more than max bytes.
type lineReader struct {
	r      io.Reader
	buf    []byte
	start  int // of what is not delivered yet
	end    int // of what is read
	max    int
	err    error
	skipLF bool  // the last line ended in CR
	got    int64 // bytes read from r
}

// reset begins with a text of its own, which it copies.
func (l *lineReader) reset(r io.Reader) {
	l.r, l.start, l.end, l.err, l.skipLF, l.got = r, 0, 0, nil, false, 0
}

// offset is how many bytes of r the lines so far take, with their ends. It is
// false where r cannot tell whether the last one ended in CRLF.
func (l *lineReader) offset() (n int64, ok bool) {
	for l.skipLF && l.start == l.end && l.err == nil {
		l.fill()
	}
	l.dropLF()
	if l.skipLF && l.err != io.EOF {
		return 0, false
	}
	return l.got - int64(l.end-l.start), true
}

func newLineReader(r io.Reader, max int) *lineReader {
	return &lineReader{r: r, buf: make([]byte, 64<<10), max: max}
}

// next returns the next line without its end, valid until the call after, and
// whether it was cut at max. It returns io.EOF after the last one.
func (l *lineReader) next() (line []byte, cut bool, err error) {
	searched := 0
	for {
		l.dropLF()
		if i := bytes.IndexAny(l.buf[l.start+searched:l.end], "\r\n"); i >= 0 {
			return l.take(searched + i), cut, nil
		}
		searched = l.end - l.start
		if searched >= l.max {
			return l.skipRest()
		}
		if l.err != nil {
			return l.last()
		}
		l.fill()
	}
}

// dropLF leaves out the second half of a CRLF.
func (l *lineReader) dropLF() {
	if l.skipLF && l.start < l.end {
		if l.buf[l.start] == '\n' {
			l.start++
		}
		l.skipLF = false
	}
}

// take returns the n bytes of a line and steps over its end.
func (l *lineReader) take(n int) []byte {
	line := l.buf[l.start : l.start+n]
	l.skipLF = l.buf[l.start+n] == '\r'
	l.start += n + 1
	return line
}

// last returns what stands after the last line end.
func (l *lineReader) last() ([]byte, bool, error) {
	if l.err != io.EOF || l.start == l.end {
		return nil, false, l.err
	}
	line := l.buf[l.start:l.end]
	l.start = l.end
	return line, false, nil
}

// skipRest delivers the first bytes of a line that is too long and steps over
// all the rest of it.
func (l *lineReader) skipRest() ([]byte, bool, error) {
	head := bytes.Clone(l.buf[l.start : l.start+min(l.max, 1024)])
	for {
		if i := bytes.IndexAny(l.buf[l.start:l.end], "\r\n"); i >= 0 {
			l.take(i)
			return head, true, nil
		}
		l.start = l.end
		if l.err != nil {
			return head, true, nil
		}
		l.fill()
	}
}

// fill reads on, moving or growing the buffer where it is full.
func (l *lineReader) fill() {
	if l.start > 0 {
		copy(l.buf, l.buf[l.start:l.end])
		l.end -= l.start
		l.start = 0
	}
	if l.end == len(l.buf) {
		l.buf = append(l.buf, make([]byte, len(l.buf))...)
	}
	n, err := l.r.Read(l.buf[l.end:])
	l.end += n
	l.got += int64(n)
	if err != nil {
		l.err = err
	}
}
