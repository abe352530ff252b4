package graph

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// base is a small ecosystem to which tests add.
const base = `vendor: V
currency: USD
rates: {EUR: 1.08}
segments: [{id: s, audience: buyers, addressable: 1000}]
channels:
  - {id: field, kind: direct-buyer, accounts: crm.csv}
  - {id: clouds, kind: marketplace, audiences: [users, buyers]}
  - {id: resellers, kind: reseller, roles: [source], equity: depth}
`

func parse(t *testing.T, text string) *Ecosystem {
	t.Helper()
	e, err := Parse("folder/ecosystem.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestNumbersAndAmounts(t *testing.T) {
	for _, test := range []struct {
		text string
		want Interval
	}{
		{"0.35", Interval{0.35, 0.35, 2}},
		{"35%", Interval{0.35, 0.35, 2}},
		{"12.5%", Interval{0.125, 0.125, 3}},
		{"0.30", Interval{0.3, 0.3, 2}},
		{".5", Interval{0.5, 0.5, 1}},
		{"1", Interval{1, 1, 0}},
		{"0.3..0.5", Interval{0.3, 0.5, 1}},
		{"30%..50%", Interval{0.3, 0.5, 2}},
		{"0.3 .. 50%", Interval{0.3, 0.5, 2}},
		{"412", Interval{412, 412, 0}},
	} {
		if got, err := ParseInterval(test.text); err != nil || got != test.want {
			t.Errorf("ParseInterval(%q) = %v, %v; want %v", test.text, got, err, test.want)
		}
	}
	for _, text := range []string{"", "x", "0.5..0.3", "..", "0.3..", "..5", "1e3", "0x1F", "1_000", "1,5", "35 %", "NaN", ".inf", "9999999999999999999", "--1", "1..2..3"} {
		if got, err := ParseInterval(text); err == nil {
			t.Errorf("ParseInterval(%q) = %v", text, got)
		}
	}
	for text, want := range map[string]string{"45000": "45000 ", "45000 EUR": "45000 EUR", "12.50 USD": "12.5 USD"} {
		m, err := ParseMoney(text)
		if got := m.Amount.String() + " " + m.Currency; err != nil || got != want {
			t.Errorf("ParseMoney(%q) = %q, %v; want %q", text, got, err, want)
		}
	}
	for _, text := range []string{"", "EUR 45000", "45000 eur", "45,000", "45000EUR", "45000 EURO", "1e999999999"} {
		if m, err := ParseMoney(text); err == nil {
			t.Errorf("ParseMoney(%q) = %v", text, m)
		}
	}
}

// What YAML could take for something else stays the text that is written.
func TestTextStaysAsWritten(t *testing.T) {
	e := parse(t, strings.Replace(base, "vendor: V", "vendor: 3", 1)+`
territories: [{id: 007, name: 1.50, countries: [NO, no]}]
partners:
  - id: y
    name: true
    channel: resellers
    aka: [0x1F, 1_000, 2026-01-01, 1e3, "null"]
    owner: >-
      j.
      doe
`)
	p := e.Partners[0]
	got := append([]string{e.Vendor, e.Territories[0].ID, e.Territories[0].Name, p.Name, p.Owner}, slices.Concat(e.Territories[0].Countries, p.AKA)...)
	want := []string{"3", "007", "1.50", "true", "j. doe", "NO", "NO", "0x1F", "1_000", "2026-01-01", "1e3", "null"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestForms(t *testing.T) {
	e := parse(t, base+`
partners:
  - id: a
    channels: [clouds, resellers]
    supplied_by: [vendor, b, {from: c, share: 60%, edge: whole-path}]
    reaches: [{segment: s, share: 0.5, of: upstream}]
  - {id: b, channel: resellers, accounts: {file: b.csv, columns: {account: Domain, partner: [X, Y], segment: {column: Industry, values: {Banking: finance}}}}}
  - {id: c, channel: resellers, reaches: [{segment: s, share: 0.1, of: 9000, basis: crossbeam}]}
`)
	a, b, c := e.Partners[0], e.Partners[1], e.Partners[2]
	var supplies []string
	for _, s := range a.SuppliedBy {
		supplies = append(supplies, fmt.Sprint(s.From, " ", s.Edge))
	}
	if want := []string{"vendor per-account", "b per-account", "c whole-path"}; !slices.Equal(supplies, want) {
		t.Errorf("supplied by %q, want %q", supplies, want)
	}
	if share := a.SuppliedBy[2].Share; share == nil || share.Low != 0.6 {
		t.Errorf("share %v", share)
	}
	if !a.Reaches[0].Of.Upstream || c.Reaches[0].Of.Members != 9000 {
		t.Errorf("of: %v, %v", a.Reaches[0].Of, c.Reaches[0].Of)
	}
	columns := b.Accounts.Columns
	if !slices.Equal(columns["partner"].Headers, []string{"X", "Y"}) || columns["account"].Headers[0] != "Domain" ||
		columns["segment"].Headers[0] != "Industry" || columns["segment"].Values["Banking"] != "finance" {
		t.Errorf("columns %v", columns)
	}
}

func TestDefaults(t *testing.T) {
	e := parse(t, base+`
partners:
  - {id: a, channel: resellers, accounts: a.csv, reaches: [{segment: s, share: 0.1}]}
  - {id: b, channels: [resellers, clouds]}
  - {id: c, channel: resellers, audiences: [users], roles: [deliver], equity: power, stage: signed}
lists:
  - {file: l.csv, partner: b}
`)
	a, b, c := e.Partners[0], e.Partners[1], e.Partners[2]
	for what, got := range map[string]any{
		"name a":                        "name " + a.Name,
		"stage managed":                 "stage " + a.Stage,
		"channels [resellers]":          fmt.Sprint("channels ", a.Channels),
		"channel resellers":             "channel " + b.Channel,
		"roles [source]":                fmt.Sprint("roles ", a.Roles),
		"equity depth":                  "equity " + a.Equity,
		"audiences [buyers]":            fmt.Sprint("audiences ", a.Audiences),
		"basis reported":                "basis " + a.Reaches[0].Basis,
		"supplied by vendor":            "supplied by " + a.SuppliedBy[0].From,
		"both audiences [buyers users]": fmt.Sprint("both audiences ", b.Audiences),
		"own [users] [deliver] power":   fmt.Sprint("own ", c.Audiences, " ", c.Roles, " ", c.Equity),
		"stage signed":                  "stage " + c.Stage,
		"field own [source transact deliver]": fmt.Sprint("field ", e.Channels[0].Equity, " ",
			e.Channels[0].Roles),
		"policy one-source 5 90 0.08 [exclusivity-clash named-account-breach]": fmt.Sprint("policy ", e.Policy.Credit, " ",
			e.Policy.MinUsers, " ", e.Policy.RenewalDays, " ", e.Policy.PriceGap, " ", e.Policy.Forbid),
		"dir folder": "dir " + e.Dir,
	} {
		if got := fmt.Sprint(got); got != what {
			t.Errorf("got %q, want %q", got, what)
		}
	}
	var lists []string
	for _, l := range e.Lists {
		lists = append(lists, fmt.Sprint(l.File, " ", l.Channel, " ", l.Partner, " ", l.Own, " ", l.Undeclared))
	}
	want := []string{"l.csv resellers b false add", "crm.csv field  true add", "a.csv resellers a false add"}
	if !slices.Equal(lists, want) {
		t.Errorf("lists\n%q\nwant\n%q", lists, want)
	}
	if !e.AsOf.IsZero() {
		t.Errorf("as_of is %v where none is written", e.AsOf)
	}
}

// A partner of two channels has in each what the channel has, unless it says
// otherwise itself.
func TestRolesAndAudiencesOfSellers(t *testing.T) {
	e := parse(t, base+`
partners:
  - {id: b, channels: [resellers, clouds]}
  - {id: c, channels: [resellers, clouds], audiences: [users], roles: [deliver]}
`)
	var got []string
	for _, s := range e.Sellers() {
		got = append(got, fmt.Sprint(s.ID, " ", e.Roles(s), " ", e.Audiences(s)))
	}
	want := []string{
		"field [source transact deliver] [buyers]", "clouds [transact] [users buyers]", "resellers [source] [buyers]",
		"b [source] [buyers]", "b@clouds [transact] [users buyers]", "c [deliver] [users]", "c@clouds [deliver] [users]",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

func TestPolicyIsTakenAsWritten(t *testing.T) {
	e := parse(t, base+"policy: {forbid: [], renewal_days: 0, price_gap: 0, credit: shared}\n")
	p := e.Policy
	if len(p.Forbid) != 0 || p.RenewalDays != 0 || p.PriceGap != 0 || p.Credit != "shared" || p.MinUsers != 5 {
		t.Errorf("policy %+v", p)
	}
}

// The same file, whatever wrote it.
func TestLineEndsAndByteOrderMark(t *testing.T) {
	for name, text := range map[string]string{
		"CRLF": strings.ReplaceAll(base, "\n", "\r\n"),
		"CR":   strings.ReplaceAll(base, "\n", "\r"),
		"BOM":  "\ufeff" + base,
		"---":  "---\n" + base + "...\n",
	} {
		t.Run(name, func(t *testing.T) {
			if e := parse(t, text); len(e.Channels) != 3 || e.Vendor != "V" {
				t.Errorf("read as %+v", e)
			}
			_, err := Parse("e.yaml", []byte(text+"nothing_known: 1\n"))
			if line := strings.Count(base, "\n") + 1 + strings.Count(text, "---") + strings.Count(text, "..."); name != "---" && !strings.Contains(fmt.Sprint(err), fmt.Sprintf("e.yaml:%d:1:", line)) {
				t.Errorf("want line %d: %v", line, err)
			}
		})
	}
}

func TestAliases(t *testing.T) {
	e := parse(t, base+`
partners:
  - {id: a, channel: resellers, reaches: &r [{segment: s, share: &x 0.5}]}
  - {id: b, channel: resellers, reaches: *r, margin: *x}
`)
	if b := e.Partners[1]; len(b.Reaches) != 1 || b.Reaches[0].Share.Low != 0.5 || b.Margin.Low != 0.5 {
		t.Errorf("partner %+v", b)
	}
}

// Files made to exhaust the reader are refused, with a sentence.
func TestHostileFiles(t *testing.T) {
	var laughs strings.Builder
	laughs.WriteString("vendor: V\nsegments:\n  - {id: a, audience: users, match: {segment: &m0 [" + strings.Repeat("x,", 1000) + "]}}\n")
	laughs.WriteString("partners:\n  - &p {id: p, channel: c, terms: [" + strings.Repeat("{kind: price, products: *m0 },", 100) + "]}\n")
	laughs.WriteString(strings.Repeat("  - *p\n", 1000))
	var keys strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&keys, "k%d: 1\n", i)
	}
	for name, test := range map[string]struct{ text, want string }{
		"aliases of aliases": {laughs.String(), "stands for more than"},
		"deep flow":          {"vendor: " + strings.Repeat("[", 1_000_000), "nested too deeply"},
		"deep block":         {strings.Repeat("- ", 100_000), "nested too deeply"},
		"many keys":          {keys.String(), "more than 2000 keys"},
		"keys in a flow":     {"vendor: [\n" + strings.ReplaceAll(keys.String(), ": 1", ":") + "]", "comma is missing"},
		"empty values":       {"lists:\n" + strings.Repeat("-\n", 100_000), "left empty"},
		"too large":          {"vendor: " + strings.Repeat("V", maxFileSize), "larger than 4 MiB"},
		"tags":               {strings.Repeat("!!a ", 100_000), "no meaning"},
		"anchors":            {strings.Repeat("&a ", 100_000), "anchor follows an anchor"},
		"question marks":     {strings.Repeat("? ", 100_000), "not written with ?"},
		"itself":             {"vendor: V\nsegments: &s [*s ]\n", "segment is a list"},
		"unknown keys":       {"segments:\n" + strings.Repeat("- {a: 1, b: 2}\n", 20_000), "more problems"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Parse("e.yaml", []byte(test.text))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				text := fmt.Sprint(err)
				t.Errorf("want %q, got %s", test.want, text[:min(len(text), 500)])
			}
		})
	}
}

func TestLoad(t *testing.T) {
	dir := t.TempDir()
	if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), "channelmap init") {
		t.Errorf("an empty folder: %v", err)
	}
	file := filepath.Join(dir, FileName)
	if err := os.WriteFile(file, []byte(base), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{dir, file} {
		e, err := Load(path)
		if err != nil || e.File != file || e.Dir != dir {
			t.Errorf("Load(%q): %v, %v", path, e, err)
		}
	}
	if err := os.WriteFile(file, []byte("vendor: V\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Load(dir)
	var problems *Problems
	if !errors.As(err, &problems) || problems.List[0].File != file || problems.List[0].Position != (Position{1, 1}) {
		t.Errorf("a file without reach: %v", err)
	}
}

func TestNewInMemory(t *testing.T) {
	e, err := New(Ecosystem{
		Vendor:   "V",
		Channels: []Channel{{ID: "own", Kind: DirectBuyer, Accounts: &ListSpec{File: "crm.xlsx"}}, {ID: "r", Kind: Reseller}},
		Partners: []Partner{{ID: "shi", Channel: "r", Stage: Negotiating, Accounts: &ListSpec{File: "shi.xlsx"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(e.Lists) != 2 || !e.Lists[0].Own || e.Lists[1].Channel != "r" || e.Policy.MinUsers != 5 {
		t.Errorf("completed as %+v", e)
	}
	_, err = New(Ecosystem{Channels: []Channel{{ID: "R"}}})
	want := `channel "R" has no kind; expected the key kind with direct-user, direct-buyer, marketplace, embed, platform, reseller, distributor, integrator or referral`
	if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), ":0:") {
		t.Errorf("problems of one built in memory: %v", err)
	}
}

func TestColumnKeysAreACopy(t *testing.T) {
	ColumnKeys("lists")[0] = "changed"
	if got := ColumnKeys("lists")[0]; got != "account" {
		t.Errorf("the first column key is now %q", got)
	}
}
