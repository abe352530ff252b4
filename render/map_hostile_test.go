package render

import (
	"strings"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/graph"
)

// hostileNames are what lists hold when someone means ill, or just works in
// another language.
var hostileNames = []string{
	`<script>alert(1)</script>`,
	`"><img src=x onerror=alert(1)> & ]]> <!-- -->`,
	"bell\x07, escape\x1b[31m, tab\t, newline\nnext",
	"right \u202egpj.exe and \u2066isolate\u2069",
	"الشركة العربية للتقنية", "שיווק ישיר", "株式会社ルーメン人工知能", "한국전자통신연구원",
	"👩‍👩‍👧‍👦 family 🇩🇪 flag 👍🏽", "e\u0301\u0302\u0303 marks", "bad \xff\xfe bytes", "\ufffe\uffff nonchars",
	strings.Repeat("long name ", 50), strings.Repeat("W", 500), strings.Repeat("株", 300), "", " ", "`\\N \\l \\\" {a|b}",
}

// hostileMap is a small map in which every text is hostile.
func hostileMap() *analysis.Map {
	m := &analysis.Map{Title: hostileNames[0] + hostileNames[1], AsOf: hostileNames[3], Sentences: hostileNames, Footer: hostileNames}
	m.Boxes = []analysis.Box{
		{ID: "v", Kind: analysis.VendorBox, Name: hostileNames[4], Subtitle: hostileNames[2]},
		{ID: "s", Kind: analysis.SegmentBox, Name: hostileNames[6], Subtitle: hostileNames[7], Audience: graph.Users}}
	for i, n := range hostileNames {
		id := "p" + string(rune('a'+i))
		b := analysis.Box{ID: id, Kind: analysis.SellerBox, Name: n, Subtitle: n, Tier: 1, Motion: graph.ProductLed, Audience: graph.Users,
			Stage: graph.Stage(n), Equity: graph.Equity(n), Details: hostileNames, Candidate: i%2 == 0, Exclusive: n,
			Bars: []analysis.Bar{bar(graph.Users, 10, 1, 2, 3, 4)}}
		m.Boxes = append(m.Boxes, b)
		m.Edges = append(m.Edges, analysis.MapEdge{From: "v", To: id, Details: hostileNames}, analysis.MapEdge{From: id, To: "s", Audience: graph.Users, Members: 5})
		m.Findings = append(m.Findings, analysis.MapFinding{ID: "f" + id, Between: []string{id}, Segment: "s", Title: n, Text: n, Details: hostileNames})
	}
	return m
}
