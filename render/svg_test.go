package render

import (
	"bytes"
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/graph"
)

// golden compares with a file, or writes it with -update.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not as it was; look at it, and run the test with -update if it is right", file)
	}
}

func TestSVGGolden(t *testing.T) { golden(t, "map-tiny.svg", svgOf(t, tinyMap())) }

func TestSVGIsDeterministicAndSafeForConcurrentUse(t *testing.T) {
	var docs [8][]byte
	var wg sync.WaitGroup
	for i := range docs {
		wg.Go(func() {
			var out bytes.Buffer
			if err := MapSVG(t.Context(), &out, lumenMap(), MapOptions{}); err != nil {
				t.Error(err)
			}
			docs[i] = out.Bytes()
		})
	}
	wg.Wait()
	for i, d := range docs {
		if !bytes.Equal(d, docs[0]) {
			t.Errorf("drawing %d differs from drawing 0", i)
		}
	}
}

func TestSVGSaysWhatReadersNeed(t *testing.T) {
	doc := string(svgOf(t, lumenMap()))
	for _, want := range []string{
		`role="img"`, `aria-labelledby="map-title map-desc"`, "<title id=\"map-title\">Lumen AI: channel conflict map</title>",
		"as of 2026-11-23", "Showing the worst 6 of 15 findings.", "Figures: 8 of 11 pathways from lists", "CANDIDATE", "negotiating",
		"Lumen API in the public sector until 2027-06-30", "2,140 buyers in live conflict", "12,400 buyers", "PRODUCT-LED", "ACCOUNT-LED",
		"owner: j.doe", "figures claimed", "16,200 users reached through it alone",
	} {
		if !strings.Contains(doc, want) {
			t.Errorf("%q is nowhere in the map", want)
		}
	}
	if n := strings.Count(doc, "<text "); n != strings.Count(doc, "textLength=") {
		t.Errorf("%d texts, of which some have no length", n)
	}
}

func TestOmittedWords(t *testing.T) {
	m := crowdMap()
	want := "Showing 51 of 336 sellers (those not drawn reach 412 buyers, repeats included), 8 of 10 segments, 204 of 814 edges, the worst 10 of 50 findings."
	if got := omittedWords(m); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	m.Boxes[1].Bars[0].Audience = graph.Users // never added
	if got := omittedWords(m); strings.Contains(got, "412") {
		t.Error("users and buyers were added:", got)
	}
}

// What a reader's program would do with a document that tries to break out.
func TestCheckSVGRefuses(t *testing.T) {
	s := sceneOf(t, tinyMap())
	sound := string(svgOf(t, tinyMap()))
	for name, change := range map[string][2]string{
		"script":         {"</svg>", "<script>alert(1)</script></svg>"},
		"handler":        {`<rect `, `<rect onclick="alert(1)" `},
		"style":          {"</svg>", "<style>*{}</style></svg>"},
		"foreign object": {"</svg>", "<foreignObject/></svg>"},
		"script link":    {"report.html#field", "javascript:alert(1)"},
		"box missing":    {`class="box"`, `class="tree"`},
		"entity":         {"<svg ", "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg "},
		"stylesheet":     {"<svg ", "<?xml-stylesheet href=\"x\"?><svg "},
		"not closed":     {"</svg>", ""},
		"three zeros":    {sound, "\x00\x00\x00"},
		"nothing":        {sound, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if err := checkSVG([]byte(strings.Replace(sound, change[0], change[1], 1)), s); err == nil {
				t.Error("no error")
			}
		})
	}
}

// FuzzSVG draws scenes with any text: what comes out is a document with the
// same shape and no more elements than that of a scene with harmless text.
func FuzzSVG(f *testing.F) {
	for _, n := range hostileNames {
		f.Add(n, n, "report.html")
	}
	f.Add("a", "b", "javascript:alert(1)")
	f.Add("]]>", "&lt;&#0;&bogus;", "https://example.org/\"onload=")
	f.Fuzz(func(t *testing.T, name, detail, link string) {
		m := tinyMap()
		for i := range m.Boxes {
			b := &m.Boxes[i]
			b.Name, b.Subtitle, b.Details, b.Exclusive, b.Stage = name, detail, []string{detail}, name, graph.Stage(detail)
		}
		m.Boxes[1].Link = link
		m.Title, m.AsOf, m.Sentences, m.Footer = name, detail, []string{name}, []string{detail}
		m.Findings[0].Title, m.Findings[0].Text, m.Findings[0].Details = name, detail, []string{name}
		m.Edges[0].Details = []string{name}
		if err := checkMap(m); err != nil {
			if validLink(link) {
				t.Fatal(err)
			}
			m.Boxes[1].Link = ""
		}
		got, title := elements(t, handDrawn(t, m))
		links := 0
		if m.Boxes[1].Link != "" {
			links = 1
		}
		if got["svg"] != 1 || got["desc"] != 1 || got["a"] != links {
			t.Errorf("elements %v, want one svg, one desc and %d links", got, links)
		}
		if title != visible(name) {
			t.Errorf("the title reads %q, want %q", title, visible(name))
		}
	})
}

// handDrawn is a map as SVG without a layout, which knows nothing of text.
func handDrawn(t *testing.T, m *analysis.Map) []byte {
	t.Helper()
	p, err := planMap(m)
	if err != nil {
		t.Fatal(err)
	}
	pg := &page{}
	pg.Width, pg.Title, pg.Desc = minPage, visible(m.Title), description(m)
	pg.header(m)
	for i := range p.boxes {
		pg.add(p.boxes[i].draw(0, 0))
	}
	for i := range p.findings {
		pg.add(p.findings[i].draw(0, 0))
	}
	pg.legend()
	pg.footer(m)
	pg.Height = 100
	var out bytes.Buffer
	writeSVG(&out, &pg.scene)
	if err := checkSVG(out.Bytes(), &pg.scene); err != nil {
		t.Fatalf("%v in\n%s", err, out.Bytes())
	}
	return out.Bytes()
}

// elements counts the elements of a document and returns its first title. It
// fails where the document is none, or holds a character that cannot be seen.
func elements(t *testing.T, doc []byte) (count map[string]int, title string) {
	t.Helper()
	count = map[string]int{}
	d := xml.NewDecoder(bytes.NewReader(doc))
	for {
		token, err := d.Token()
		if token == nil {
			return count, title
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			count[e.Name.Local]++
		case xml.CharData:
			if count["title"] == 1 && count["desc"] == 0 {
				title = strings.TrimSuffix(title+string(e), "\n")
			}
			if bytes.ContainsFunc(e, func(r rune) bool { return r != '\n' && mustEscape(r) && r != utf8.RuneError }) {
				t.Errorf("a hidden character is in %q", e)
			}
		}
	}
}
