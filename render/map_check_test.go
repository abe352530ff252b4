package render

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/analysis"
)

func TestMapsThatCannotBeDrawnAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*analysis.Map)
		want  string
	}{
		"no boxes":           {func(m *analysis.Map) { m.Boxes = nil }, "no boxes"},
		"too many boxes":     {func(m *analysis.Map) { m.Boxes = append(m.Boxes, make([]analysis.Box, maxBoxes)...) }, "at most 300"},
		"no id":              {func(m *analysis.Map) { m.Boxes[1].ID = "" }, `"Field" has no id`},
		"two of one id":      {func(m *analysis.Map) { m.Boxes[1].ID = "acme" }, `two boxes have the id "acme"`},
		"hidden id":          {func(m *analysis.Map) { m.Boxes[1].ID = "a\x00" }, "cannot be seen"},
		"unknown kind":       {func(m *analysis.Map) { m.Boxes[1].Kind = "team" }, "vendor, seller and segment"},
		"unknown piece":      {func(m *analysis.Map) { m.Boxes[1].Bars[0].Pieces[0].Kind = "maybe" }, "no colour"},
		"negative piece":     {func(m *analysis.Map) { m.Boxes[1].Bars[0].Pieces[0].Count = -1 }, "no count"},
		"piece is NaN":       {func(m *analysis.Map) { m.Boxes[1].Bars[0].Pieces[0].Count = math.NaN() }, "no count"},
		"total is infinite":  {func(m *analysis.Map) { m.Boxes[1].Bars[0].Total = math.Inf(1) }, "no count"},
		"negative tier":      {func(m *analysis.Map) { m.Boxes[1].Tier = -1 }, "tier -1"},
		"many bars":          {func(m *analysis.Map) { m.Boxes[1].Bars = make([]analysis.Bar, 9) }, "9 bars"},
		"script as a link":   {func(m *analysis.Map) { m.Boxes[1].Link = "javascript:alert(1)" }, "https://"},
		"edge to nowhere":    {func(m *analysis.Map) { m.Edges[0].To = "gone" }, "not on the map"},
		"edge to the vendor": {func(m *analysis.Map) { m.Edges[2].To = "acme" }, "to the vendor"},
		"edge from a segment": {func(m *analysis.Map) { m.Edges[2].From = "it"; m.Edges[2].To = "field" },
			"out of a segment"},
		"edge to itself":    {func(m *analysis.Map) { m.Edges[0] = analysis.MapEdge{From: "cdw", To: "cdw"} }, "its own box"},
		"members are NaN":   {func(m *analysis.Map) { m.Edges[2].Members = math.NaN() }, "no count"},
		"supply circle":     {func(m *analysis.Map) { addCircle(m) }, "circle"},
		"finding without":   {func(m *analysis.Map) { m.Findings[0].Between = nil }, "between 0 sellers"},
		"finding of nobody": {func(m *analysis.Map) { m.Findings[0].Between[0] = "it" }, `"it" is none`},
		"finding nowhere":   {func(m *analysis.Map) { m.Findings[0].Segment = "field" }, `"field" is none`},
		"finding's id":      {func(m *analysis.Map) { m.Findings[0].ID = "field" }, "used twice"},
		"omitted is NaN":    {func(m *analysis.Map) { m.Omitted.Members = math.NaN() }, "no count"},
	} {
		t.Run(name, func(t *testing.T) {
			m := tinyMap()
			c.spoil(m)
			var out bytes.Buffer
			err := MapSVG(t.Context(), &out, m, MapOptions{})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want an error with %q", err, c.want)
			}
			if err := MapDOT(&out, m); err == nil {
				t.Error("MapDOT took it")
			}
			if out.Len() > 0 {
				t.Errorf("%d bytes were written", out.Len())
			}
		})
	}
	if err := checkMap(nil); err == nil {
		t.Error("no map at all was taken")
	}
}

func addCircle(m *analysis.Map) {
	m.Edges = append(m.Edges, analysis.MapEdge{From: "cdw", To: "field"}, analysis.MapEdge{From: "field", To: "cdw"})
}

func TestLinks(t *testing.T) {
	for link, want := range map[string]bool{
		"": true, "#cdw": true, "report.html#cdw": true, "../a/b.html?x=1": true, "https://example.org/a?b=c": true,
		"javascript:alert(1)": false, "JavaScript:alert(1)": false, " javascript:alert(1)": false, "java\tscript:alert(1)": false,
		"data:text/html,x": false, "http://example.org": false, "//example.org/x": false, `\\example.org\x`: false,
		"https:example.org": false, "https://user:pw@example.org": false, "https://": false, "file:///etc/passwd": false, "vbscript:x": false,
		"a\xbd.html": false, "a\u202e.html": false, strings.Repeat("a", maxText+1): false,
	} {
		if got := validLink(link); got != want {
			t.Errorf("validLink(%q) = %v", link, got)
		}
	}
}
