package render

import (
	"encoding/csv"
	"fmt"
	"math"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/analysis/figure"
)

// secrets are texts that may not be told, with what they are.
func secrets(s *analysis.Study, who string) map[string]string {
	out := map[string]string{}
	for _, l := range s.Ecosystem.Lists {
		out[filepath.Base(l.File)] = "list"
		if l.NDA != nil && who != analysis.ForBoard && !strings.EqualFold(l.NDA.Party, who) {
			out[l.NDA.Party] = "party to an agreement"
		}
	}
	for _, r := range s.Exposure.RecordFiles {
		out[filepath.Base(r.Spec.File)] = "records"
	}
	for i := range s.Ecosystem.Partners {
		p := &s.Ecosystem.Partners[i]
		for _, term := range p.Terms {
			if !term.Penalty.Amount.IsZero() {
				out[term.Penalty.Amount.String()] = "penalty"
			}
			out[filepath.Base(term.Except)] = "exceptions of a term"
		}
		if p.Margin != nil {
			out[fmt.Sprint(p.Margin.Low)] = "margin"
		}
		for _, r := range p.Reaches {
			out[r.Source] = "source of a figure"
		}
		if who == analysis.ForBoard {
			continue
		}
		out[p.Owner] = "owner"
		if p.ID != who {
			for _, name := range append([]string{p.ID, p.Name}, p.AKA...) {
				out[name] = "other partner"
			}
		}
	}
	delete(out, "")
	delete(out, ".")
	return out
}

// ownNames finds the id and the name of the partner for whom it is, which may hold
// another's.
func ownNames(s *analysis.Study, who string) *regexp.Regexp {
	for i := range s.Ecosystem.Partners {
		if p := &s.Ecosystem.Partners[i]; p.ID == who {
			return regexp.MustCompile(regexp.QuoteMeta(p.ID) + "|" + regexp.QuoteMeta(p.Name))
		}
	}
	return regexp.MustCompile(`\z\A.`)
}

// telling finds a text as a word or words of its own; numbers with or without
// separators.
func telling(secret string) *regexp.Regexp {
	word := regexp.QuoteMeta(secret)
	if regexp.MustCompile(`^\d{4,}$`).MatchString(secret) {
		word = secret[:len(secret)-3] + ",?" + secret[len(secret)-3:]
	}
	return regexp.MustCompile(`(?i)(^|[^\pL\pN.,])` + word + `($|[^\pL\pN])`)
}

// namesNobodyElse looks for other partners, lists, terms, margins and sources of
// figures.
func namesNobodyElse(t *testing.T, plain *analysis.Study, who string, h *handed) {
	own := ownNames(plain, who)
	for secret, what := range secrets(plain, who) {
		if vocabulary[strings.ToLower(secret)] {
			continue
		}
		find := telling(secret)
		for name, text := range h.out {
			text = strings.Replace(own.ReplaceAllString(text, "(own)"), "nodesep=0.16", "", 1) // of the layout
			if at := find.FindStringIndex(text); at != nil {
				t.Errorf("%s tells %q (%s): …%q…", name, secret, what, text[max(0, at[0]-60):min(len(text), at[1]+40)])
			}
		}
		eachWord(reflect.ValueOf(h.drawn).Elem(), func(text string) {
			if find.MatchString(own.ReplaceAllString(text, "(own)")) {
				t.Errorf("the map holds %q (%s) in %q", secret, what, text)
			}
		})
	}
	for name, text := range h.out {
		if strings.Contains(text, "somewhere/secret") {
			t.Errorf("%s tells our path", name)
		}
	}
}

// vocabulary are ids of the examples that outputs are full of for other reasons.
var vocabulary = map[string]bool{"markup": true, "control": true, "only": true}

// eachWord visits all texts, those that are not exported too.
func eachWord(v reflect.Value, visit func(string)) {
	switch v.Kind() {
	case reflect.String:
		visit(v.String())
	case reflect.Pointer:
		if !v.IsNil() {
			eachWord(v.Elem(), visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachWord(v.Index(i), visit)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			eachWord(v.Field(i), visit)
		}
	}
}

// exempt are numbers that are none of members, and ratios.
var exempt = []string{"Frequency", "Coverage", "coverage", "Share", "Addressable", "addressable", "Present", "Needed", "Version"}

// eachCount visits all numbers of members, those that are not exported too.
func eachCount(v reflect.Value, path string, visit func(path string, n float64)) {
	if v.Type() == reflect.TypeFor[analysis.Sum]() {
		return
	}
	switch v.Kind() {
	case reflect.Float64:
		visit(path, v.Float())
	case reflect.Pointer:
		if !v.IsNil() {
			eachCount(v.Elem(), path, visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachCount(v.Index(i), fmt.Sprintf("%s[%d]", path, i), visit)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); !slices.Contains(exempt, f.Name) {
				eachCount(v.Field(i), path+"."+f.Name, visit)
			}
		}
	}
}

var smallInText = regexp.MustCompile(`(^|[^\d,.<])[1-4] (users?|buyers?|accounts?|members?)\b|\b[1-4] (in live conflict|could collide|of them new|through it alone|also over)`)

// tellsNoSmallCount holds every number of members to be a multiple of 5, or not
// told where it is from 1 to 4, and returns how many are not; no text says one.
func tellsNoSmallCount(t *testing.T, h *handed) (smalls int) {
	for what, report := range map[string]any{"audit": h.audit, "map": h.drawn, "snapshot": h.snapshot} {
		eachCount(reflect.ValueOf(report).Elem(), what, func(path string, n float64) {
			if n == figure.Small {
				smalls++
			} else if math.Mod(n, 5) != 0 {
				t.Errorf("%s is %g", path, n)
			}
		})
	}
	for name, text := range h.out {
		if at := smallInText.FindString(text); at != "" {
			t.Errorf("%s says %q", name, at)
		}
		if strings.Contains(text, "e-324") {
			t.Errorf("%s holds the stand-in for small numbers", name)
		}
	}
	return smalls
}

func csvTellsNoSmallCount(t *testing.T, text string) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	member := regexp.MustCompile(`^(gross|net|duplication|duplicated|uncovered|only_through|incremental|shapley|members)(_low|_high)?$|^(unresolved|members_valued|members_valued_by_segment)$`)
	whole := regexp.MustCompile(`^(|<5|\d*[05])$`)
	for _, row := range rows[1:] {
		for i, cell := range row {
			if member.MatchString(rows[0][i]) && !whole.MatchString(cell) {
				t.Errorf("%s of %v is %q", rows[0][i], row[:4], cell)
			}
		}
	}
}
