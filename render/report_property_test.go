package render

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"github.com/shopspring/decimal"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/analysis/figure"
)

// hostileTexts are names that a list may hold.
var hostileTexts = []string{
	"", "CDW", "Acme Ltd", "株式会社日立製作所とその子会社の皆様", "👩‍👩‍👧‍👦 Family & Söhne <GmbH>", "שלום עולם בע״מ", "شركة المثال المحدودة",
	"\x1b[31mred\x1b[0m", "two\nlines\r\n", "tab\there", "\u202eevil\u202c", "nul\x00", "\u0085\u009b31m", "bad \xff utf8", "=1+1", "+49", "-5", "@cmd",
	"e\u0301\u0301\u0301", "🇩🇪🇫🇷❤️", strings.Repeat("long ", 60), strings.Repeat("無", 90), strings.Repeat("W", 300), "\u2028\u2029\ufeff", "100%", "\U000e0041",
}

var verdictKinds = []analysis.VerdictKind{analysis.WithinPolicy, analysis.BreaksPromise, analysis.OverLimit, analysis.CannotBeDecided}

func randomText(r *rand.Rand) string { return hostileTexts[r.IntN(len(hostileTexts))] }

// fillRandom fills a report with random names and figures.
func fillRandom(r *rand.Rand, v reflect.Value) {
	switch v.Interface().(type) {
	case analysis.Sum:
		v.Set(reflect.ValueOf(analysis.Sum{Decimal: decimal.New(r.Int64N(1e15)-5e14, -int32(r.IntN(5)))}))
		return
	case figure.Figure:
		v.Set(reflect.ValueOf(randomFigure(r)))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(randomText(r))
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	case reflect.Int, reflect.Int64:
		v.SetInt(r.Int64N(1 << (1 + r.IntN(40))))
	case reflect.Float64:
		v.SetFloat(randomNumber(r))
	case reflect.Pointer:
		if r.IntN(3) > 0 {
			v.Set(reflect.New(v.Type().Elem()))
			fillRandom(r, v.Elem())
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), r.IntN(4), 8))
		if r.IntN(40) == 0 {
			v.Set(reflect.MakeSlice(v.Type(), 30, 30))
		}
		for i := range v.Len() {
			if v.Index(i).Kind() == reflect.Pointer { // which are never nil in a list
				v.Index(i).Set(reflect.New(v.Type().Elem().Elem()))
				fillRandom(r, v.Index(i).Elem())
				continue
			}
			fillRandom(r, v.Index(i))
		}
	case reflect.Map:
		v.Set(reflect.ValueOf(map[string]string{randomText(r): randomText(r), "id": randomText(r)}))
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fillRandom(r, v.Field(i))
			}
		}
	}
}

func randomNumber(r *rand.Rand) float64 {
	switch r.IntN(4) {
	case 0:
		return 0
	case 1:
		return r.Float64()
	default:
		return float64(r.Int64N(1 << (1 + r.IntN(40))))
	}
}

func randomFigure(r *rand.Rand) figure.Figure {
	n := randomNumber(r)
	f := figure.Exact(n, "list")
	if r.IntN(2) == 0 {
		f = figure.Figure{Low: n / 2, Best: n, High: n * 3, Basis: "claimed, independence"}
	}
	return f
}

// hostileAudit is an audit with names that attack terminals and spreadsheets.
func hostileAudit() *analysis.Audit {
	a := sampleAudit()
	a.Head.Vendor, a.Head.Notices[0].Text = hostileTexts[7], hostileTexts[8]
	x := &a.Audiences[1]
	row := x.Sellers[1]
	for i, s := range hostileTexts {
		row.Seller.Name = s
		row.Shapley = exact(float64(100 - i))
		x.Sellers = append(x.Sellers, row)
	}
	return a
}

// printRandom prints one random report of each kind.
func printRandom(t *testing.T, r *rand.Rand, f Format, o TextOptions, each func(name string, out []byte)) {
	t.Helper()
	var (
		audit     analysis.Audit
		overlaps  analysis.Overlaps
		account   analysis.Account
		paths     analysis.Paths
		uncovered analysis.Uncovered
		check     CheckReport
		conflicts analysis.Conflicts
		live      analysis.Live
		vet       analysis.Vet
		findings  []*conflict.Doc
	)
	var rows []analysis.Evidence
	fillRandom(r, reflect.ValueOf(&rows).Elem())
	var figures []analysis.Behind
	for i := range rows {
		figures = append(figures, analysis.Behind{What: analysis.BehindNet, Audience: rows[i].Audience}, analysis.Behind{What: analysis.BehindTarget, Audience: rows[i].Audience})
	}
	o.Evidence = analysis.NewSample(2, figures, nil)
	for i := range rows {
		o.Evidence.Add(&rows[i])
	}
	for _, one := range []struct {
		name  string
		data  any
		print func(*bytes.Buffer) error
	}{
		{"audit", &audit, func(w *bytes.Buffer) error { return Audit(w, &audit, f, o) }},
		{"overlaps", &overlaps, func(w *bytes.Buffer) error { return Overlaps(w, &overlaps, f, o) }},
		{"account", &account, func(w *bytes.Buffer) error { return Account(w, &account, f, o) }},
		{"paths", &paths, func(w *bytes.Buffer) error { return Paths(w, &paths, f, o) }},
		{"uncovered", &uncovered, func(w *bytes.Buffer) error { return Uncovered(w, &uncovered, f, o) }},
		{"check", &check, func(w *bytes.Buffer) error { return Check(w, &check, f, o) }},
		{"conflicts", &conflicts, func(w *bytes.Buffer) error { return Conflicts(w, &conflicts, f, o) }},
		{"live", &live, func(w *bytes.Buffer) error { return Live(w, &live, f, o) }},
		{"vet", &vet, func(w *bytes.Buffer) error { return Vet(w, &vet, f, o) }},
		{"findings", &findings, func(w *bytes.Buffer) error { return Findings(w, findings, f, o) }},
	} {
		fillRandom(r, reflect.ValueOf(one.data).Elem())
		if one.name == "vet" && r.IntN(4) > 0 {
			vet.Verdict.Kind = verdictKinds[r.IntN(len(verdictKinds))]
		}
		var out bytes.Buffer
		if err := one.print(&out); err != nil {
			t.Fatalf("%s: %v", one.name, err)
		}
		each(one.name, out.Bytes())
	}
}

func TestTextFitsWhateverTheNames(t *testing.T) {
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 1))
		width := []int{0, 60, 80, 120}[seed%4]
		printRandom(t, r, Text, TextOptions{Width: width, Path: randomText(r)}, func(name string, out []byte) {
			limit := width
			if limit == 0 {
				limit = 80
			}
			for i, line := range strings.Split(string(out), "\n") {
				if w := displayWidth(line); w > limit {
					t.Errorf("seed %d: %s line %d takes %d of %d columns: %q", seed, name, i+1, w, limit, line)
				}
				if strings.HasSuffix(line, " ") {
					t.Errorf("seed %d: %s line %d ends in a space: %q", seed, name, i+1, line)
				}
			}
			checkHarmless(t, seed, name, out)
		})
	}
}

// checkHarmless fails for anything that could command a terminal.
func checkHarmless(t *testing.T, seed uint64, name string, out []byte) {
	t.Helper()
	for _, r := range string(out) {
		if r == '\n' || r == leftToRightMark || r == zeroWidthJoiner || r == zeroWidthNonJoiner {
			continue
		}
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
			t.Fatalf("seed %d: %s holds %U", seed, name, r)
		}
	}
}

func TestSecondLineIsTheMatching(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 2))
		printRandom(t, r, Text, TextOptions{}, func(name string, out []byte) {
			if strings.HasPrefix(name, "account") {
				return // the answer to --with comes before the report: see TestSecondLineOfAccount
			}
			lines := strings.Split(string(out), "\n")[1:]
			switch name {
			case "findings":
				return // which are about no list
			case "vet":
				for strings.HasPrefix(lines[0], "  ") { // the verdict goes on
					lines = lines[1:]
				}
			}
			line := lines[0]
			if !strings.Contains(line, " rows matched") && !strings.HasPrefix(line, "No list") && !strings.HasPrefix(line, "For ") && line != "The lists were not read" {
				t.Errorf("seed %d: the second line of %s is %q", seed, name, line)
			}
		})
	}
}

func TestSecondLineOfAccount(t *testing.T) {
	for seed := range uint64(20) {
		a := &analysis.Account{}
		fillRandom(rand.New(rand.NewPCG(seed, 2)), reflect.ValueOf(a).Elem())
		a.Approval = nil
		var out bytes.Buffer
		if err := Account(&out, a, Text, TextOptions{}); err != nil {
			t.Fatal(err)
		}
		if line := strings.Split(out.String(), "\n")[1]; !strings.Contains(line, " rows matched") && !strings.HasPrefix(line, "No lists") && line != "For" && !strings.HasPrefix(line, "For ") {
			t.Errorf("seed %d: the second line is %q", seed, line)
		}
	}
}

func TestCSVParsesBack(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 3))
		printRandom(t, r, CSV, TextOptions{}, func(name string, out []byte) {
			checkHarmless(t, seed, name, out)
			rows, err := csv.NewReader(bytes.NewReader(out)).ReadAll()
			if err != nil {
				t.Fatalf("seed %d: %s: %v", seed, name, err)
			}
			for _, row := range rows {
				for i, c := range row {
					if c != "" && strings.ContainsRune("=+@\t\r", rune(c[0])) || strings.HasPrefix(c, "-") && !isNumber(c) {
						t.Errorf("seed %d: %s: column %s holds %q", seed, name, rows[0][i], c)
					}
				}
			}
		})
	}
}

func isNumber(s string) bool { return json.Valid([]byte(s)) }

func TestJSONIsValidAndHarmless(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 4))
		printRandom(t, r, JSON, TextOptions{}, func(name string, out []byte) {
			checkHarmless(t, seed, name, out)
			if !json.Valid(out) {
				t.Errorf("seed %d: %s is no JSON", seed, name)
			}
		})
	}
}

func TestReportsAreTheSameEveryTime(t *testing.T) {
	for _, f := range []Format{Text, JSON, CSV} {
		var first []byte
		for range 3 {
			var all []byte
			printRandom(t, rand.New(rand.NewPCG(7, 5)), f, TextOptions{}, func(_ string, out []byte) { all = append(all, out...) })
			if first == nil {
				first = all
			}
			if !bytes.Equal(first, all) {
				t.Errorf("%s differs from run to run", f)
			}
		}
	}
}
