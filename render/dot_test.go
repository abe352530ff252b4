package render

import (
	"bytes"
	"encoding/xml"
	"os/exec"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/analysis"
)

func dotOf(t *testing.T, m *analysis.Map) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := MapDOT(&out, m); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestDOTGoldens(t *testing.T) {
	golden(t, "map-tiny.dot", dotOf(t, tinyMap()))
	golden(t, "map-lumen.dot", dotOf(t, lumenMap()))
	golden(t, "map-hostile.dot", dotOf(t, hostileMap()))
}

// Graphviz, where it is installed, draws each file without a complaint, with
// the right number of boxes, and shows what was written.
func TestGraphvizDrawsIt(t *testing.T) {
	dot, err := exec.LookPath("dot")
	if err != nil {
		t.Skip("Graphviz is not installed")
	}
	for name, m := range oddMaps() {
		t.Run(name, func(t *testing.T) {
			cmd := exec.CommandContext(t.Context(), dot, "-Tsvg")
			var svg, complaint bytes.Buffer
			cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(dotOf(t, m)), &svg, &complaint
			if err := cmd.Run(); err != nil {
				t.Fatalf("%v: %s", err, complaint.String())
			}
			if complaint.Len() > 0 && !strings.Contains(complaint.String(), "font") {
				t.Errorf("Graphviz says %.500s", complaint.String())
			}
			if err := xml.Unmarshal(svg.Bytes(), new(struct{})); err != nil {
				t.Fatal(err)
			}
			if n := strings.Count(svg.String(), `class="node"`); n != len(m.Boxes)+len(m.Findings) {
				t.Errorf("%d nodes, want %d", n, len(m.Boxes)+len(m.Findings))
			}
			if strings.Contains(svg.String(), "<script") {
				t.Error("markup became an element")
			}
		})
	}
}

// Graphviz replaces \N and its like in labels and tooltips; in what users wrote
// they are letters.
func TestGraphvizShowsBackslashes(t *testing.T) {
	dot, err := exec.LookPath("dot")
	if err != nil {
		t.Skip("Graphviz is not installed")
	}
	const name = `A\N\G\L \l \\ B`
	m := tinyMap()
	m.Title = name
	for i := range m.Boxes {
		m.Boxes[i].Name, m.Boxes[i].Details = name, []string{name}
	}
	cmd := exec.CommandContext(t.Context(), dot, "-Tsvg")
	cmd.Stdin = bytes.NewReader(dotOf(t, m))
	svg, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	shown := strings.NewReplacer("&#45;", "-", "&#160;", " ").Replace(string(svg))
	if n := strings.Count(shown, ">"+name); n != 1+len(m.Boxes) {
		t.Errorf("%d labels show %s, want %d", n, name, 1+len(m.Boxes))
	}
	if n := strings.Count(shown, `xlink:title="`+name); n < 1+len(m.Boxes) {
		t.Errorf("%d tooltips show %s, want %d or more", n, name, 1+len(m.Boxes))
	}
}

func TestDOTDoublesBackslashes(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{quote(`\N`), `"\\N"`}, {quoteTip("\\N\nx"), `"\\\\N\nx"`}, {markup(`\N`), `\\N`},
	} {
		if c.got != c.want {
			t.Errorf("%s, want %s", c.got, c.want)
		}
	}
}
