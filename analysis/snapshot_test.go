package analysis

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// digestOf reads files of an ecosystem's folder.
func digestOf(dir string) Digest {
	return func(file string) (string, error) {
		data, err := os.ReadFile(filepath.Join(dir, file))
		sum := sha256.Sum256(data)
		return hex.EncodeToString(sum[:]), err
	}
}

func takeSnapshot(t testing.TB, s *Study) *Snapshot {
	t.Helper()
	snap, err := s.Snapshot(digestOf(s.Ecosystem.Dir))
	if err != nil {
		t.Fatal(err)
	}
	return snap
}

func asJSON(t testing.TB, v any) []byte {
	t.Helper()
	data, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// A snapshot is the same bytes each time, reads back as it was written, and differs
// in nothing from itself, in memory or read.
func TestSnapshotReadsBackTheSame(t *testing.T) {
	eachExample(t, func(t *testing.T, s *Study) {
		snap := takeSnapshot(t, s)
		data := asJSON(t, snap)
		if again := asJSON(t, takeSnapshot(t, s)); !bytes.Equal(data, again) {
			t.Error("two snapshots of one study differ")
		}
		read, err := ParseSnapshot("x.json", data)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(asJSON(t, read), data) {
			t.Error("a snapshot reads back as another")
		}
		for _, other := range []*Snapshot{snap, read} {
			if d := Compare(Side{Name: "a", Snapshot: snap}, Side{Name: "b", Snapshot: other}); !d.Same {
				t.Errorf("a snapshot differs from itself: %s", asJSON(t, d))
			}
		}
	})
}

// No cell that names an account or a person is in a snapshot.
func TestSnapshotNamesNoAccount(t *testing.T) {
	eachExample(t, func(t *testing.T, s *Study) {
		text := strings.ToLower(string(asJSON(t, takeSnapshot(t, s))))
		known := knownNames(t, s)
		checked := 0
		for _, spec := range s.Ecosystem.Lists {
			_, err := list.Read(context.Background(), spec, list.Options{Dir: s.Ecosystem.Dir}, func(r *list.Row) error {
				for _, key := range []list.Key{list.Account, list.User, list.Name, list.Aliases} {
					cell := strings.ToLower(r.Get(key))
					quoted := strings.Trim(string(asJSON(t, cell)), `"`)
					if len(cell) < 4 || strings.Contains(known, quoted) {
						continue
					}
					checked++
					if strings.Contains(text, quoted) {
						t.Errorf("the snapshot holds %q, which %s names as %s", cell, r.Place, key)
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		if s.Ecosystem.Vendor == "Lumen AI" && checked < 10000 {
			t.Errorf("only %d cells were looked for", checked)
		}
		if strings.Contains(text, "@") && address.MatchString(text) {
			t.Error("the snapshot holds an e-mail address")
		}
	})
}

// knownNames are the names that an ecosystem tells itself: of its sellers and
// segments.
func knownNames(t *testing.T, s *Study) string {
	return strings.ToLower(string(asJSON(t, []any{s.Ecosystem.Vendor, s.Ecosystem.Channels, s.Ecosystem.Partners, s.Ecosystem.Segments})))
}

// Conditions on texts, and partners called by an address, are told without them.
func TestSnapshotHidesWhatNames(t *testing.T) {
	for where, shown := range map[string]bool{
		"": true, "last_seen >= 2026-01-01": true, "status = customer and employees >= 200": true, "country in (DE, AT)": true,
		"name = Contoso": false, "Website != contoso.example": false, "name = Contoso and employees > 3": false,
		`"Account Name" = "Contoso"`: false, "employees > 3 and name in (DE, Contoso)": false,
	} {
		if got := whereText(where) == where; got != shown {
			t.Errorf("%q is written as %q", where, whereText(where))
		}
	}
	if matchText("account", []string{"contoso.example"}) == matchText("account", []string{"other.example"}) {
		t.Error("two hidden rules look the same")
	}
	dir := writeFolder(t, map[string]string{
		"ecosystem.yaml": "vendor: V\nas_of: 2026-11-23\nchannels: [{id: r, name: R, kind: referral, audiences: [buyers]}]\nlists: [{file: p.csv, channel: r, columns: {partner: Who, account: Site}}]\n",
		"p.csv":          "Who,Site\nann@contoso.example,a.example\nbob@other.example,a.example\n",
	})
	text := string(asJSON(t, takeSnapshot(t, openExample(t, dir, Options{}))))
	if strings.Contains(text, "contoso") || strings.Contains(text, "bob") || !strings.Contains(text, "(e-mail address)") {
		t.Errorf("an address is told:\n%s", text)
	}
}

func writeFolder(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const leastSnapshot = `{"channelmap_snapshot": 1, "vendor": "V", "as_of": "2026-11-23", "audiences": [{"audience": "buyers", "totals": {"net": {"low": 1, "best": 2, "high": 3}}}]}`

func TestParseSnapshotRefuses(t *testing.T) {
	with := func(old, text string) string { return strings.Replace(leastSnapshot, old, text, 1) }
	deep := with(`"as_of"`, `"x": `+strings.Repeat("[", 20000)+`, "as_of"`)
	for _, c := range []struct{ name, text, says string }{
		{"empty", "", "the file is empty"},
		{"spaces", " \n", "the file is empty"},
		{"half", leastSnapshot[:60], "ends in the middle, line 1, column 60"},
		{"no JSON", "vendor: V\n", "it is not JSON"},
		{"a list", "[1, 2]", "cannot be a array"},
		{"null", "null", "without channelmap_snapshot"},
		{"other JSON", `{"a": 1}`, "without channelmap_snapshot"},
		{"a report", `{"head": {}, "audiences": []}`, "it is a report of channelmap"},
		{"newer", with(": 1,", ": 2,"), "version 2, and this program reads version 1; update channelmap"},
		{"version in words", with(": 1,", `: "one",`), `channelmap_snapshot is "one"`},
		{"version below 1", with(": 1,", ": -1,"), "channelmap_snapshot is -1"},
		{"NaN", with("1,", "NaN,"), "it is not JSON"},
		{"infinite", with(`"high": 3`, `"high": 1e999`), "high cannot be a number 1e999"},
		{"huge", with(`"high": 3`, `"high": 1e18`), "audiences[0].totals.net.high is 1e+18, more than can be"},
		{"negative", with(`"low": 1`, `"low": -1`), "audiences[0].totals.net.low is -1, below 0"},
		{"out of order", with(`"low": 1`, `"low": 9`), "low 9, best 2 and high 3 are out of order"},
		{"text for a number", with(`"low": 1`, `"low": "1"`), "low cannot be a string"},
		{"no vendor", with(`"V"`, `""`), "vendor is missing"},
		{"no day", with("2026-11-23", "soon"), `as_of: "soon" is not a date`},
		{"twice", with(`"audiences": [`, `"findings": [{"id": "x"}, {"id": "x"}], "audiences": [`), `findings: "x" comes twice`},
		{"more behind", leastSnapshot + "{}", "something follows"},
		{"deep", deep, "line 1"},
		{"an endless sum", with(`"totals"`, `"sellers": [{"id": "x", "booked": 1e999999999}], "totals"`), "a sum is 1e999999999"},
		{"a long sum", with(`"totals"`, `"sellers": [{"id": "x", "booked": `+strings.Repeat("9", 99)+`}], "totals"`), "a sum is 999"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ParseSnapshot("old.json", []byte(c.text))
			if err == nil || !strings.Contains(err.Error(), c.says) || !strings.HasPrefix(err.Error(), "old.json: ") {
				t.Errorf("got %v, wanted old.json and %q", err, c.says)
			}
			if err != nil && len(err.Error()) > 400 {
				t.Errorf("the message has %d bytes", len(err.Error()))
			}
		})
	}
	if _, err := ParseSnapshot("old.json", []byte("\uFEFF"+leastSnapshot+"\n")); err != nil {
		t.Errorf("a byte-order mark is refused: %v", err)
	}
}

// Whatever is read as a snapshot can be compared, and written again.
func FuzzParseSnapshot(f *testing.F) {
	f.Add([]byte(leastSnapshot))
	f.Add([]byte(leastSnapshot[:60]))
	f.Add([]byte(`{"channelmap_snapshot": 1, "vendor": "\u202e<b>", "as_of": "2026-11-23", "sellers": [{"id": "a", "partner": true}], "lists": [{"id": "a", "files": [{}]}], "findings": [{"id": "a", "accepted": {}}], "definitions": [{"kind": "list", "id": "a", "parts": ["x"]}, {"kind": "list", "id": "a"}]}`))
	eco, err := graph.Load("../testdata/small/two-channels")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(asJSON(f, takeSnapshot(f, openExample(f, eco.Dir, Options{}))))
	least, err := ParseSnapshot("", []byte(leastSnapshot))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := ParseSnapshot("x", data)
		if err != nil {
			return
		}
		if d := Compare(Side{Snapshot: s}, Side{Snapshot: s}); !d.Same {
			t.Errorf("it differs from itself: %s", asJSON(t, d))
		}
		for _, d := range []*Diff{Compare(Side{Snapshot: s}, Side{Snapshot: least}), Compare(Side{Snapshot: least}, Side{Snapshot: s})} {
			asJSON(t, d)
		}
		again, err := ParseSnapshot("x", asJSON(t, s))
		if err != nil || !reflect.DeepEqual(asJSON(t, again), asJSON(t, s)) {
			t.Errorf("it reads back as another: %v", err)
		}
	})
}
