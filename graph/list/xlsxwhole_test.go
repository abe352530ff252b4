package list

import (
	"archive/zip"
	"io"
	"strings"
	"testing"
)

func TestPlainXML(t *testing.T) {
	for text, want := range map[string]bool{
		`<a/>`: true,
		`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\r\n" + `<a><b r="1" x:y="ü &amp; &lt;"><v>1 &gt; 0</v></b ></a>`: false, // a space in an end tag is left to the other reader
		`<?xml version="1.0" encoding="UTF-8"?><a><b r="1" x:y="ü &amp; &lt;" ><v>1 &gt; 0</v></b></a>` + "\n":                         true,
		``: false, ` `: false, `<a>`: false, `</a>`: false, `<a></a></a>`: false, `</a><a>`: false,
		`<a`: false, `<a b></a>`: false, `<a b=1/>`: false, `<a b='1'/>`: false, `<a b="1>`: false, `<a b="1"c="2"/>`: false,
		`<a>&nbsp;</a>`: false, `<a>&amp</a>`: false, `<a>]]></a>`: false, `<a>` + "\x01" + `</a>`: false, `<a>` + "\xff" + `</a>`: false,
		`<a/>text`: false, `text<a/>`: false, `<!-- c --><a/>`: false, `<a:/>`: false, `<:a/>`: false, `<a:b:c/>`: false, `<1a/>`: false,
	} {
		if got := plainXML(strings.NewReader(text)); got != want {
			t.Errorf("%q: got %v", text, got)
		}
	}
}

// What spreadsheet programs write is told by the quick reader.
func TestPlainXMLIsWhatProgramsWrite(t *testing.T) {
	z, err := zip.OpenReader("../../testdata/lumen/lists/shi.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for _, part := range z.File {
		if !streamed(part.Name) {
			continue
		}
		in, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		if !plainXML(in) {
			t.Errorf("%s is left to the slow reader", part.Name)
		}
		in.Close()
	}
}

// FuzzPlainXML holds the quick reader to the careful one: what it accepts, the
// other accepts too.
func FuzzPlainXML(f *testing.F) {
	for _, seed := range []string{
		`<?xml version="1.0" encoding="UTF-8"?><a b="c"><d:e>f &amp; g</d:e><h/></a>`, `<a></a><b/>`, `<a b="` + "\u00e9" + `"/>`,
		`<a:b/>`, `<a.b-c_1 d:e="]]"/>`, "<a\tb=\"\"\r\n/>", `<a>]]</a>`, "<a>\ufffe</a>",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if err := parses(strings.NewReader(text)); err != nil && plainXML(strings.NewReader(text)) {
			t.Errorf("%q is accepted, and does not parse: %v", text, err)
		}
	})
}

func BenchmarkWellFormed(b *testing.B) {
	row := `<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1"><v>12.5</v></c></row>`
	text := `<worksheet><sheetData>` + strings.Repeat(row, 5000) + `</sheetData></worksheet>`
	for name, read := range map[string]func(io.Reader) bool{
		"plain":  plainXML,
		"parses": func(r io.Reader) bool { return parses(r) == nil },
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if !read(strings.NewReader(text)) {
					b.Fatal("refused")
				}
			}
		})
	}
}
