package exposure_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

// hostile writes random ecosystems in which everything happens that makes a row
// need care: keys of every form, names, further domains, deals of several
// parties, windows, contradictions, repeated rows, undeclared partners, marks.
type hostile struct {
	*rand.Rand
	packs              *rand.Rand // of how files are packed
	accounts, partners int
	has                map[string]bool
	parquet            bool // lists are Parquet files
}

func newHostile(seed uint64) *hostile {
	h := &hostile{Rand: rand.New(rand.NewPCG(seed, 99)), packs: rand.New(rand.NewPCG(seed, 98)), has: map[string]bool{}}
	h.accounts, h.partners = 3+h.IntN(40), 1+h.IntN(6)
	if h.IntN(8) == 0 {
		h.partners = 70 + h.IntN(100) // more than a mask holds
	}
	for _, one := range []string{
		"aliases", "names", "deals", "dates", "territories", "values", "amounts", "odd", "users", "records", "undeclared", "grey", "segments", "where", "owner", "crm", "contradict", "currency", "tabs", "further", "plain", "parents", "ids", "emails", "clouds", "ours", "unstated",
	} {
		h.has[one] = h.IntN(3) == 0
	}
	return h
}

// packed packs a text or leaves it. Its name stays: nothing is told by that.
func (h *hostile) packed(t *testing.T, text string) string {
	if pack := []func(*testing.T, string) string{gzipped, zstandard, nil, nil}[h.packs.IntN(4)]; pack != nil {
		return pack(t, text)
	}
	return text
}

func (h *hostile) pick(all ...string) string { return all[h.IntN(len(all))] }

func (h *hostile) write(t *testing.T) *graph.Ecosystem {
	t.Helper()
	dir := t.TempDir()
	file := func(name, content string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"partners", "more", "crm", "clouds"} {
		text := ""
		if name == "clouds" {
			text = h.usersOf()
		} else {
			text = h.list(name == "crm")
		}
		if h.parquet {
			file(name+".parquet", string(h.asParquet(t, text)))
		} else {
			file(name+".csv", h.packed(t, text))
		}
	}
	file("aliases.csv", "alias,account\na1.example,a2.example\nold.example,a3.example\nAccount 4,a4.example\n")
	file("parents.csv", h.parents())
	file("signups.csv", h.signups())
	file("names.csv", "account\n"+strings.Repeat("A Name\nAnother Name\nAccount 3\n", 5)+"a1.example\nshop.example\n")
	file("deals.csv", h.deals())
	file("named.csv", "account,owner\na1.example,joe\nwww.a2.example,\nAccount 5,ann\n")
	eco, err := graph.Parse("ecosystem.yaml", []byte(h.yaml()))
	if err != nil {
		t.Fatalf("%v\n%s", err, h.yaml())
	}
	eco.Dir = dir
	return eco
}

func (h *hostile) yaml() string {
	var y strings.Builder
	y.WriteString("vendor: Random\ncurrency: USD\nrates: {EUR: 1.08}\nproducts: [{id: api}, {id: studio, name: The Studio}]\n")
	if h.has["territories"] {
		y.WriteString("territories: [{id: dach, countries: [DE, AT]}, {id: emea, countries: [DE, FR]}]\n")
	}
	if h.has["segments"] {
		y.WriteString("segments:\n  - {id: retail, audience: buyers, match: {segment: [Retail]}}\n  - {id: large, audience: buyers, match: {employees: 200..9999, country: [DE, US]}}\n  - {id: small, audience: buyers, match: {employees: 0..199}}\n")
	} else {
		y.WriteString("segments: [{id: all, audience: buyers}]\n")
	}
	y.WriteString("channels:\n  - {id: field, kind: direct-buyer}\n  - {id: resellers, kind: reseller}\n  - {id: integrators, kind: integrator}\n")
	if h.has["users"] {
		y.WriteString("  - {id: self-serve, kind: direct-user, accounts: signups.csv}\n")
	}
	if h.has["clouds"] {
		y.WriteString("  - {id: clouds, kind: marketplace, audiences: [users, buyers]}\n")
	}
	y.WriteString("partners:\n")
	for i := range h.partners {
		fmt.Fprintf(&y, "  - {id: p%d, name: Partner %d, channel: %s}\n", i, i, []string{"resellers", "integrators"}[i%2])
	}
	options := ""
	if h.has["undeclared"] {
		options = ", undeclared: add"
	} else if h.has["grey"] {
		options = ", undeclared: grey"
	}
	where := ""
	if h.has["where"] {
		where = ", where: employees >= 50"
	}
	ext := map[bool]string{false: "csv", true: "parquet"}[h.parquet]
	fmt.Fprintf(&y, "lists:\n  - {file: partners.%s, channel: resellers%s%s}\n  - {file: more.%s, channel: integrators%s}\n", ext, options, where, ext, options)
	if h.has["crm"] {
		fmt.Fprintf(&y, "  - {file: crm.%s, channel: field, own: true}\n", ext)
	}
	if h.has["clouds"] {
		fmt.Fprintf(&y, "  - {file: clouds.%s, channel: clouds, audience: users%s}\n", ext, map[bool]string{true: ", own: true"}[h.has["ours"]])
	}
	if h.has["plain"] {
		y.WriteString("  - {file: names.csv, channel: resellers, partner: p0}\n")
	}
	if h.has["aliases"] {
		y.WriteString("aliases: {file: aliases.csv}\n")
	}
	if h.has["parents"] {
		y.WriteString("parents: {file: parents.csv}\n")
	}
	if h.has["records"] {
		y.WriteString("deals: {file: deals.csv}\nnamed_accounts: {file: named.csv}\n")
	}
	y.WriteString("policy: {min_users: 2}\n")
	return y.String()
}

// list writes rows, plain ones and others.
func (h *hostile) list(own bool) string {
	columns := []string{"account", "product", "country", "employees", "industry"}
	if !own {
		columns = append(columns, "partner", "status")
	} else if !h.has["unstated"] {
		columns = append(columns, "status")
	}
	for _, one := range [][2]string{
		{"name", "names"}, {"deal", "deals"}, {"via", "deals"}, {"date", "dates"}, {"value", "values"}, {"amount", "amounts"}, {"owner", "owner"},
		{"currency", "currency"}, {"aliases", "further"}, {"parent", "parents"}, {"id", "ids"}, {"email", "emails"},
	} {
		if h.has[one[1]] {
			columns = append(columns, one[0])
		}
	}
	h.Shuffle(len(columns), func(i, j int) { columns[i], columns[j] = columns[j], columns[i] })
	delim := h.delim()
	var b strings.Builder
	b.WriteString(strings.Join(columns, delim) + "\n")
	last := ""
	for range 5 + h.IntN(120) {
		a := h.IntN(h.accounts)
		cells := make([]string, len(columns))
		for i, c := range columns {
			cells[i] = h.cell(c, a)
		}
		line := strings.Join(cells, delim)
		switch {
		case last != "" && h.IntN(12) == 0:
			line = last
		case h.has["odd"] && h.IntN(10) == 0:
			line = h.pick("", ",,,", "\"", line+delim+"more", "\""+cells[0]+"\""+strings.TrimPrefix(line, cells[0]), "Total"+delim+"5", line+"\r", cells[0], "müller.example"+line)
		}
		last = line
		b.WriteString(line + "\n")
	}
	end := make([]string, len(columns))
	for i, c := range columns {
		end[i] = map[string]string{"account": "tail.example", "status": "customer"}[c]
	}
	b.WriteString(strings.Repeat(strings.Join(end, delim)+"\n", 4))
	return b.String()
}

// delim is what stands between cells.
func (h *hostile) delim() string {
	if h.has["tabs"] {
		return "\t"
	}
	return ","
}

// cell writes a cell of an account's row.
func (h *hostile) cell(column string, a int) string {
	odd := h.has["odd"] && h.IntN(15) == 0
	settled := a // what lists that do not contradict each other say
	if h.has["contradict"] && h.IntN(8) == 0 {
		settled += h.IntN(3)
	}
	switch column {
	case "account":
		domain := fmt.Sprintf("a%d.example", a)
		switch {
		case odd:
			return h.pick("https://www."+domain+"/about", strings.ToUpper(domain), " "+domain, "gmail.com", "", "n/a", "#N/A", "old.example", "a"+fmt.Sprint(a)+".co.uk", "sub."+domain)
		case h.has["names"] && h.IntN(6) == 0:
			return h.pick("", fmt.Sprintf("Account %d", a))
		}
		return domain
	case "name":
		return fmt.Sprintf("Account %d%s", a, h.pick("", " Ltd", ""))
	case "status":
		return h.pick("customer", "open", "relationship", "target", "", map[bool]string{true: "odd status", false: "customer"}[odd])
	case "product":
		return h.pick("", "api", "The Studio", map[bool]string{true: "no such", false: "api"}[odd])
	case "country":
		return []string{"DE", "US", "FR", ""}[settled%4]
	case "employees":
		if odd {
			return h.pick("1,200", "#N/A", "n/a", "about 50", "-", "#REF!", " 10")
		}
		return []string{"10", "50", "300", "5000", ""}[settled%5]
	case "industry":
		return []string{"Retail", "Finance", "", "retail"}[settled%4]
	case "partner":
		if odd || (h.has["undeclared"] || h.has["grey"]) && h.IntN(6) == 0 {
			return h.pick("Nobody Declared", "Another Ltd", "nobody declared", "")
		}
		return fmt.Sprintf(h.pick("p%d", "Partner %d"), h.IntN(h.partners))
	case "deal":
		return h.pick("", "", "", "", fmt.Sprintf("D-%d", a%3))
	case "via":
		return h.pick("", "", "", "", "", "p0", "nobody")
	case "date":
		return h.pick("", "2026-01-05", "2026-11-23", "2026-12-24", "2027-02-01", "not a date", "2025-03-04")
	case "value":
		return []string{"", "100", "2500.50", "9"}[settled%4]
	case "amount":
		return h.pick("", "5", "10.25", "-3", "1,000", "0.000001", "7")
	case "owner":
		return h.pick("", "joe", " ")
	case "aliases":
		return h.pick("", "", "", "", "", "", "", "", fmt.Sprintf("a%d.example", h.IntN(h.accounts)), fmt.Sprintf("old%d.example;Old Name %d", a, a))
	case "parent":
		return h.pick("", "", "", "", "", "", "", "", "", h.member())
	case "email":
		return h.pick("", "", h.email(a))
	case "id":
		return h.pick("", fmt.Sprint("R-", a))
	case "currency":
		return h.pick("", "USD", "EUR", "XXX")
	}
	return ""
}

// member is an account as one cell tells it.
func (h *hostile) member() string {
	return fmt.Sprintf(h.pick("a%d.example", "a%d.example", "Account %d", "www.A%d.example", "group%d.example"), h.IntN(h.accounts))
}

// parents pairs accounts at random: in circles too, and with themselves.
func (h *hostile) parents() string {
	var b strings.Builder
	b.WriteString("account,parent\n")
	for range h.IntN(8) {
		fmt.Fprintf(&b, "%s,%s\n", h.member(), h.member())
	}
	return b.String()
}

func (h *hostile) signups() string {
	var b strings.Builder
	b.WriteString("email,plan\n")
	for range h.IntN(60) {
		fmt.Fprintf(&b, "u%d@%s,%s\n", h.IntN(4), h.pick(fmt.Sprintf("a%d.example", h.IntN(h.accounts)), "gmail.com", "b.example"), h.pick("free", "paid"))
	}
	return b.String() + strings.Repeat("x@tail.example,free\n", 4)
}

// email is the address of a person, mostly one of an account.
func (h *hostile) email(a int) string {
	domain := fmt.Sprintf("a%d.example", a)
	if h.has["odd"] && h.IntN(10) == 0 {
		return h.pick("", "n/a", "two@x.example;three@x.example", "@"+domain, "Joe <joe@"+domain+">", "mailto:u1@"+domain, " u1@"+domain, "u1@sub."+domain, "#N/A", "U2@"+strings.ToUpper(domain), "müller@"+domain)
	}
	return fmt.Sprintf("u%d@%s", h.IntN(4), h.pick(domain, domain, "gmail.com", "b.example", "old.example"))
}

// usersOf writes a list of the users of a partner: told by an address, by an account, by
// both, by a name.
func (h *hostile) usersOf() string {
	columns := []string{"email", "status", "country"}
	for _, one := range []string{"account", "name", "id", "date", "value", "amount", "owner", "deal", "industry"} {
		if h.IntN(3) == 0 {
			columns = append(columns, one)
		}
	}
	h.Shuffle(len(columns), func(i, j int) { columns[i], columns[j] = columns[j], columns[i] })
	delim := h.delim()
	var b strings.Builder
	b.WriteString(strings.Join(columns, delim) + "\n")
	for range 5 + h.IntN(100) {
		a := h.IntN(h.accounts)
		cells := make([]string, len(columns))
		for i, c := range columns {
			cells[i] = h.cell(c, a)
			switch {
			case c == "email":
				cells[i] = h.email(a)
			case c == "account" && h.IntN(2) == 0, c == "name" && h.IntN(2) == 0, c == "value" && h.IntN(4) > 0:
				cells[i] = ""
			}
		}
		line := strings.Join(cells, delim) + "\n"
		b.WriteString(line)
		if h.IntN(10) == 0 {
			b.WriteString(line)
		}
	}
	end := make([]string, len(columns))
	for i, c := range columns {
		end[i] = map[string]string{"email": "x@tail.example", "status": "customer"}[c]
	}
	return b.String() + strings.Repeat(strings.Join(end, delim)+"\n", 4)
}

func (h *hostile) deals() string {
	var b strings.Builder
	b.WriteString("id,account,partner,stage,amount,owner\n")
	for i := range h.IntN(20) {
		fmt.Fprintf(&b, "D-%d,%s,p%d,%s,5,joe\n", i, h.pick(fmt.Sprintf("a%d.example", h.IntN(h.accounts)), fmt.Sprintf("Account %d", h.IntN(h.accounts)), fmt.Sprint("R-", h.IntN(h.accounts)), "nobody.example"), h.IntN(h.partners), h.pick("Proposal", "Closed Won", "Closed Lost"))
	}
	return b.String()
}

// TestHostileStoredEqualsKept holds counting without keeping to counting what is
// kept, in random ecosystems in which nothing is left out that makes a row need
// care.
func TestHostileStoredEqualsKept(t *testing.T) {
	worlds := 1000
	if testing.Short() || raceDetector {
		worlds = 50
	}
	sameInWorlds(t, 0, worlds, false)
}

// sameInWorlds counts random ecosystems in both ways.
func sameInWorlds(t *testing.T, first, worlds int, parquet bool) {
	t.Helper()
	var stored int64
	for seed := range worlds {
		h := newHostile(uint64(first + seed))
		h.parquet = parquet
		opts := exposure.Options{AsOf: graph.Date{Year: 2026, Month: 11, Day: 23}}
		if h.has["dates"] && h.IntN(3) == 0 {
			opts.From, opts.To = graph.Date{Year: 2026, Month: 1, Day: 1}, graph.Date{Year: 2026, Month: 12, Day: 31}
		}
		eco := h.write(t)
		ok := t.Run(fmt.Sprint(seed), func(t *testing.T) { stored += sameStored(t, eco, opts, asked{seed%8 == 0, seed%24 == 0, waysOf(seed)}) })
		if !ok {
			t.Fatalf("world %d has %v\n%s", seed, h.has, h.yaml())
		}
	}
	if stored < int64(worlds)*20 {
		t.Errorf("only %d rows were stored", stored)
	}
}
