package render

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/render/layout"
)

var (
	update   = flag.Bool("update", false, "write the golden files anew")
	pictures = flag.String("pictures", "", "a folder to draw the test maps into, to look at")
)

func TestMain(m *testing.M) {
	layout.Child()
	flag.Parse()
	os.Exit(m.Run())
}

func svgOf(t testing.TB, m *analysis.Map) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := MapSVG(t.Context(), &out, m, MapOptions{}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestPictures draws what there is to look at; it judges nothing.
func TestPictures(t *testing.T) {
	if *pictures == "" {
		t.Skip("no folder given with -pictures")
	}
	for name, m := range map[string]*analysis.Map{"lumen": lumenMap(), "crowd": crowdMap(), "tiny": tinyMap(), "hostile": hostileMap()} {
		base := filepath.Join(*pictures, name)
		if err := os.WriteFile(base+".svg", svgOf(t, m), 0o644); err != nil {
			t.Fatal(err)
		}
		var png, dot bytes.Buffer
		if _, err := MapPNG(t.Context(), &png, m, MapOptions{}); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(base+".png", png.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := MapDOT(&dot, m); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(base+".dot", dot.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestMapJSON(t *testing.T) {
	m := &analysis.Map{Title: "Lumen\u202e & <co>", Boxes: []analysis.Box{{ID: "vendor"}}}
	var out bytes.Buffer
	if err := MapJSON(&out, m); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"title": "Lumen\u202e & <co>"`, `"findings": []`, `"bars": []`, `"details": []`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %s in %s", want, out.String())
		}
	}
}
