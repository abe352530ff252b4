package analysis

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// Whoever the names turn out to be whose account cannot be told, new ones or
// members that others reach already, what is then counted lies within the limits
// that were given before.
func TestLimitsHoldWhoeverNamesAre(t *testing.T) {
	before := auditOfNames(t, [3]string{})
	who := []string{"a.example", "b.example", "c.example", "d.example", "s.example", ""}
	for _, x := range who {
		for _, y := range who {
			for _, z := range who {
				told := [3]string{x, y, z}
				for i := range told {
					if told[i] == "" {
						told[i] = fmt.Sprintf("new%d.example", i)
					}
				}
				holds(t, fmt.Sprint(told), before, auditOfNames(t, told))
			}
		}
	}
}

// auditOfNames is the audit of an ecosystem whose lists have three names that fit
// no account, with the domains that these turn out to have.
func auditOfNames(t *testing.T, domains [3]string) *Audit {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"ecosystem.yaml": `vendor: Brisk
accounts: {addressable: 90}
segments: [{id: all, name: All, audience: buyers, addressable: 90}]
channels:
  - {id: field, name: Direct sales, kind: direct-buyer}
  - {id: resellers, name: Resellers, kind: reseller}
  - {id: integrators, name: Integrators, kind: integrator}
partners:
  - {id: alpha, name: Alpha, channel: resellers, accounts: alpha.csv}
  - {id: beta, name: Beta, channel: resellers, accounts: beta.csv}
  - {id: gamma, name: Gamma, channel: integrators, accounts: gamma.csv}
  - {id: soon, name: Soon, channel: resellers, stage: signed, accounts: soon.csv}
  - {id: maybe, name: Maybe, channel: resellers, stage: researched, accounts: maybe.csv}
lists: [{file: crm.csv, channel: field, own: true, status: customer}]
`,
		"crm.csv":   "name,website\nA,a.example\nB,b.example\n",
		"alpha.csv": "name,website\nB,b.example\nC,c.example\nXx," + domains[0] + "\nYy," + domains[1] + "\n",
		"beta.csv":  "name,website\nD,d.example\nZz," + domains[2] + "\nXx," + domains[0] + "\n",
		"gamma.csv": "name,website\nA,a.example\nZz," + domains[2] + "\n",
		"soon.csv":  "name,website\nS,s.example\nYy," + domains[1] + "\n",
		"maybe.csv": "name,website\nC,c.example\nZz," + domains[2] + "\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	eco, err := graph.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(context.Background(), eco, Options{AsOf: graph.Date{Year: 2026, Month: 11, Day: 23}}, exposure.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s.Audit()
}

// holds keeps the figures of one audit to the limits of another. Those of
// segments are left out: a name has no segment before it is told.
func holds(t *testing.T, told string, before, after *Audit) {
	t.Helper()
	for i := range before.Audiences {
		b, a := before.Audiences[i], after.Audiences[i]
		b.Segments, a.Segments = nil, nil
		limits := map[string]figure.Figure{}
		walk(reflect.ValueOf(b), "", func(path string, f figure.Figure) { limits[path+fmt.Sprint(len(limits))] = f })
		n := 0
		walk(reflect.ValueOf(a), "", func(path string, f figure.Figure) {
			limit, ok := limits[path+fmt.Sprint(n)]
			n++
			if !ok || f.Low < limit.Low-slack || f.High > limit.High+slack {
				t.Errorf("%s are %s: %s%s is %v, limits were %v to %v (%v)", b.Audience, told, path, fmt.Sprint(n-1), f.Best, limit.Low, limit.High, ok)
			}
		})
	}
}
