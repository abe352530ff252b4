package list

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// coding is how the bytes of a file stand for text.
type coding struct {
	name    string            // WHATWG label
	decode  encoding.Encoding // nil for UTF-8
	skip    int               // bytes of a byte-order mark
	guessed bool              // neither the file nor the list says it
}

const (
	nameUTF8    = "utf-8"
	nameMac     = "macintosh"
	nameWestern = "windows-1252"
)

// reader delivers the text of a file in UTF-8.
func (c coding) reader(f io.ReadSeeker) (io.Reader, error) {
	if _, err := f.Seek(int64(c.skip), io.SeekStart); err != nil {
		return nil, err
	}
	if c.decode == nil {
		return f, nil
	}
	return transform.NewReader(f, c.decode.NewDecoder()), nil
}

// namedCoding returns the encoding that a list names.
func namedCoding(label string) (coding, error) {
	enc, err := htmlindex.Get(label)
	if err == nil {
		if name, err := htmlindex.Name(enc); err == nil && name != "replacement" {
			return withDecoder(name, enc), nil
		}
	}
	return coding{}, fmt.Errorf("unknown encoding %q; write a WHATWG label such as utf-8, windows-1252, macintosh, utf-16le or shift_jis", label)
}

func withDecoder(name string, enc encoding.Encoding) coding {
	if name == nameUTF8 {
		return coding{name: name}
	}
	return coding{name: name, decode: enc}
}

// marked returns the encoding that a byte-order mark at the beginning tells.
func marked(head []byte) (coding, bool) {
	switch {
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		return coding{name: nameUTF8, skip: 3}, true
	case bytes.HasPrefix(head, []byte("\xFF\xFE")):
		return coding{name: "utf-16le", decode: utf16(unicode.LittleEndian), skip: 2}, true
	case bytes.HasPrefix(head, []byte("\xFE\xFF")):
		return coding{name: "utf-16be", decode: utf16(unicode.BigEndian), skip: 2}, true
	}
	return coding{}, false
}

func utf16(e unicode.Endianness) encoding.Encoding { return unicode.UTF16(e, unicode.IgnoreBOM) }

// detectCoding finds the encoding of a file without a byte-order mark: UTF-8
// where it is valid (or nearly), UTF-16 where every other byte is NUL,
// else Mac Roman or Windows-1252. It reads the whole file, so that a letter in
// its last row counts like one in the first.
func detectCoding(f io.ReadSeeker, head []byte) (coding, error) {
	if c, ok := unmarked16(head); ok {
		return c, nil
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return coding{}, err
	}
	e, err := gather(f, func([]byte) error { return nil })
	if err != nil {
		return coding{}, err
	}
	switch {
	case e.isUTF8():
		return coding{name: nameUTF8}, nil
	case e.macRoman():
		return coding{name: nameMac, decode: charmap.Macintosh, guessed: true}, nil
	default:
		return coding{name: nameWestern, decode: charmap.Windows1252, guessed: true}, nil
	}
}

// unmarked16 recognises UTF-16 without a byte-order mark by the NUL bytes that
// most of its Latin letters have on one side.
func unmarked16(head []byte) (coding, bool) {
	var even, odd int
	for i, b := range head {
		switch {
		case b != 0:
		case i%2 == 0:
			even++
		default:
			odd++
		}
	}
	pairs := len(head) / 2
	switch {
	case pairs < 4:
		return coding{}, false
	case odd*10 > pairs*6 && even*20 < pairs:
		return coding{name: "utf-16le", decode: utf16(unicode.LittleEndian), guessed: true}, true
	case even*10 > pairs*6 && odd*20 < pairs:
		return coding{name: "utf-16be", decode: utf16(unicode.BigEndian), guessed: true}, true
	}
	return coding{}, false
}

// evidence is what the bytes of a file tell about its encoding.
type evidence struct {
	sequences    int // valid UTF-8 sequences of more than a byte
	invalid      int // bytes that are not UTF-8
	cr, lf       int // line ends
	mac, western int // how well the text reads either way
}

// isUTF8 reports whether the text is in UTF-8, or nearly.
func (e *evidence) isUTF8() bool { return e.invalid == 0 || e.sequences > e.invalid }

// macRoman weighs the two old encodings. A file whose lines end in CR alone was
// written by a Macintosh of that age, unless its letters say otherwise clearly.
func (e *evidence) macRoman() bool {
	if e.cr > 0 && e.lf == 0 {
		return e.western <= e.mac+e.invalid
	}
	return e.mac > e.western
}

// gather reads a file for evidence, and hands on what it reads.
func gather(r io.Reader, on func([]byte) error) (*evidence, error) {
	e := &evidence{}
	buf, kept := make([]byte, 256<<10), 0
	for {
		n, err := r.Read(buf[kept:])
		if err := on(buf[kept : kept+n]); err != nil {
			return nil, err
		}
		chunk := buf[:kept+n]
		done := e.chunk(chunk, err != nil)
		kept = copy(buf, chunk[done:])
		if err == io.EOF {
			return e, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// chunk takes evidence from some bytes and returns how many it has done with:
// all, but for a character that may go on in the next chunk.
func (e *evidence) chunk(b []byte, last bool) int {
	done := len(b)
	if !last {
		done -= min(len(b), utf8.UTFMax)
	}
	e.cr += bytes.Count(b[:done], []byte{'\r'})
	e.lf += bytes.Count(b[:done], []byte{'\n'})
	for i := 0; i < done; {
		if b[i] < utf8.RuneSelf {
			for i++; i+8 <= done && binary.LittleEndian.Uint64(b[i:])&highBits == 0; i += 8 {
			}
			continue
		}
		_, size := utf8.DecodeRune(b[i:])
		if size > 1 {
			e.sequences++
			i += size
			done = max(done, i)
			continue
		}
		e.invalid++
		e.weigh(b, i)
		i++
	}
	return done
}

// highBits are those that no byte of ASCII has.
const highBits = 0x8080808080808080

// weigh adds how well the byte at i reads in either encoding.
func (e *evidence) weigh(b []byte, i int) {
	before, after := byte(' '), byte(' ')
	if i > 0 {
		before = b[i-1]
	}
	if i+1 < len(b) {
		after = b[i+1]
	}
	e.mac += plausible(charmap.Macintosh.DecodeByte(b[i]), before, after)
	e.western += plausible(charmap.Windows1252.DecodeByte(b[i]), before, after)
}
