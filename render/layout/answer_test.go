package layout

import (
	"strings"
	"testing"
)

const sound = `{"bb":"0,0,300,100","objects":[{"name":"n0","pos":"50,50"},{"name":"n1","pos":"250,50"}],
"edges":[{"id":"","pos":"invisible"},{"id":"e0","pos":"e,200,50 100,50 130,50 160,50 190,50"}]}`

func pair() *Graph {
	return &Graph{Ranks: 2, Nodes: []Node{{Width: 100, Height: 40}, {Width: 100, Height: 40, Rank: 1}},
		Edges: []Edge{{From: 0, To: 1, Width: 1, Arrow: true}}}
}

func TestReadRefusesAnswersThatAreNotWhole(t *testing.T) {
	if _, err := pair().read([]byte(sound)); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string][2]string{
		"node missing":     {`"n1"`, `"n7"`},
		"node twice":       {`"n1"`, `"n0"`},
		"edge missing":     {`"e0"`, `"e4"`},
		"not a number":     {`"50,50"`, `"50,nan"`},
		"infinite":         {`"50,50"`, `"50,inf"`},
		"off the page":     {`"50,50"`, `"50,1e9"`},
		"page inside out":  {`0,0,300,100`, `0,0,-300,100`},
		"page without end": {`0,0,300,100`, `0,0,3e99,100`},
		"no page":          {`"bb"`, `"cc"`},
		"no curve":         {` 160,50 190,50`, ``},
		"no arrowhead":     {`e,200,50 `, ``},
		"cut short":        {`]}`, ``},
	} {
		t.Run(name, func(t *testing.T) {
			raw := strings.Replace(sound, change[0], change[1], 1)
			if name == "cut short" {
				raw = sound[:len(sound)-4]
			}
			if d, err := pair().read([]byte(raw)); err == nil {
				t.Errorf("no error, but %+v", d)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(sound))
	f.Add([]byte("\x00\x00\x00"))
	f.Add([]byte(`{"bb":"0,0,1,1","objects":[{"name":"n-1"}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		d, err := pair().read(raw)
		if err == nil && (len(d.Nodes) != 2 || len(d.Edges[0].Points)%3 != 1) {
			t.Errorf("accepted %+v", d)
		}
	})
}
