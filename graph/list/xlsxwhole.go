package list

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"io"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// wellFormed reads a part to its end, and refuses one that leaves elements open.
// It does not compare the names of tags: the reader of the sheet does.
func wellFormed(part *zip.File) error {
	in, err := part.Open()
	if err != nil {
		return err
	}
	sure := plainXML(in)
	in.Close()
	if sure {
		return nil
	}
	if in, err = part.Open(); err != nil {
		return err
	}
	defer in.Close()
	return parses(in)
}

// parses reads XML of any kind to its end.
func parses(in io.Reader) error {
	d := xml.NewDecoder(in)
	d.CharsetReader = charset.NewReaderLabel
	open := 0
	for {
		token, err := d.RawToken()
		if err == io.EOF && open == 0 {
			return nil
		} else if err == io.EOF {
			return io.ErrUnexpectedEOF
		} else if err != nil {
			return err
		}
		switch token.(type) {
		case xml.StartElement:
			open++
		case xml.EndElement:
			open--
		}
	}
}

// plainXML reports whether a text is surely what parses accepts: the plain XML
// that spreadsheet programs write, in a fifth of the time. Of all else it says
// no, and parses has the word.
func plainXML(in io.Reader) bool {
	r := bufio.NewReaderSize(in, 64<<10)
	open, first := 0, true
	for {
		text, err := r.ReadSlice('<')
		if err == io.EOF {
			return open == 0 && !first && len(bytes.TrimSpace(text)) == 0
		}
		if err != nil || !plainText(text[:len(text)-1], open == 0) {
			return false
		}
		tag, err := r.ReadSlice('>')
		if err != nil {
			return false
		}
		tag = tag[:len(tag)-1]
		if first && isDeclaration(tag) {
			first = false
			continue
		}
		step, ok := plainTag(tag)
		if open += step; !ok || open < 0 {
			return false
		}
		first = false
	}
}

// isDeclaration reports whether a tag is the first one that programs write.
func isDeclaration(tag []byte) bool {
	switch string(tag) {
	case `?xml version="1.0" encoding="UTF-8" standalone="yes"?`, `?xml version="1.0" encoding="UTF-8"?`, `?xml version="1.0" encoding="utf-8"?`:
		return true
	}
	return false
}

// plainText reports whether a text between tags is made of plain characters and
// the five entities, and, around the root, of spaces.
func plainText(text []byte, around bool) bool {
	if around {
		return len(bytes.TrimLeft(text, " \t\r\n")) == 0
	}
	ascii := true
	for i, c := range text {
		switch {
		case c >= utf8.RuneSelf:
			ascii = false
		case c < ' ' && c != '\t' && c != '\n' && c != '\r', c == '>', c == '&' && !plainEntity(text[i:]):
			return false
		}
	}
	return ascii || utf8.Valid(text) && !bytes.ContainsAny(text, "\ufffe\uffff")
}

func plainEntity(text []byte) bool {
	for _, e := range []string{"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"} {
		if len(text) >= len(e) && string(text[:len(e)]) == e {
			return true
		}
	}
	return false
}

// plainTag reads what stands between < and >. It returns how many elements the
// tag opens: 1, 0 or -1.
func plainTag(tag []byte) (step int, ok bool) {
	if rest, found := bytes.CutPrefix(tag, []byte("/")); found {
		return -1, plainName(rest) == len(rest) && len(rest) > 0
	}
	step = 1
	if rest, found := bytes.CutSuffix(tag, []byte("/")); found {
		tag, step = rest, 0
	}
	n := plainName(tag)
	if n == 0 {
		return 0, false
	}
	for tag = tag[n:]; len(tag) > 0; {
		rest := bytes.TrimLeft(tag, " \r\n\t")
		if len(rest) == 0 {
			return step, true
		}
		n := plainName(rest)
		if len(rest) == len(tag) || n == 0 || !bytes.HasPrefix(rest[n:], []byte(`="`)) {
			return 0, false
		}
		rest = rest[n+2:]
		end := bytes.IndexByte(rest, '"')
		if end < 0 || !plainText(rest[:end], false) {
			return 0, false
		}
		tag = rest[end+1:]
	}
	return step, true
}

// plainName returns how long the name at the beginning is: letters and figures,
// with at most one colon within.
func plainName(text []byte) int {
	colon := false
	for i, c := range text {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', c == '_':
		case i > 0 && text[i-1] != ':' && ('0' <= c && c <= '9' || c == '-' || c == '.'):
		case i > 0 && c == ':' && !colon && i+1 < len(text):
			colon = true
		case c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '=':
			if text[max(i-1, 0)] == ':' {
				return 0
			}
			return i
		default:
			return 0
		}
	}
	return len(text)
}
