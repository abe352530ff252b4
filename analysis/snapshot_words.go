package analysis

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/channelmap/channelmap/graph"
)

// said writes what something is called and its value, and nothing without one.
func said(what, value string) string {
	if value == "" {
		return ""
	}
	return what + " " + value
}

func joined[T ~string](words []T) string {
	var all []string
	for _, w := range words {
		all = append(all, string(w))
	}
	return strings.Join(all, ", ")
}

func numberText(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

func intervalText(i *graph.Interval) string {
	switch {
	case i == nil:
		return ""
	case i.IsExact():
		return numberText(i.Low)
	}
	return numberText(i.Low) + ".." + numberText(i.High)
}

func shareText(i *graph.Interval) string { return said("share", intervalText(i)) }

func moneyText(m graph.Money) string {
	if m.Amount.IsZero() {
		return ""
	}
	return strings.TrimSpace(m.Amount.String() + " " + m.Currency)
}

// reachTexts write known figures, without their sources: people write there what
// they like.
func reachTexts(all []graph.KnownReach) []string {
	var texts []string
	for _, r := range all {
		text := "in " + r.Segment
		for _, more := range []string{shareText(r.Share), said("count", intervalText(r.Count)), ofText(r.Of), string(r.Basis), said("dated", r.Dated.String())} {
			if more != "" {
				text += ", " + more
			}
		}
		texts = append(texts, text)
	}
	return texts
}

func ofText(of graph.ShareOf) string {
	switch {
	case of.Upstream:
		return "of what its supplier reaches"
	case of.Members > 0:
		return "of " + Number(of.Members)
	}
	return ""
}

// hidden stands for a text that may name accounts: two that differ are told
// apart by it.
func hidden(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "(may name accounts, not shown: " + hex.EncodeToString(sum[:4]) + ")"
}

// Values that name no account: days, numbers, statuses, codes of countries.
const plainValue = `(?:\d{4}-\d{2}-\d{2}|-?[0-9.,]+%?|customer|open|relationship|target|[A-Z]{2})`

var plainWhere = func() *regexp.Regexp {
	one := `[^<>=!()]+(?:[<>=]|[<>!]=)\s*` + plainValue + `\s*`
	in := `[^<>=!()]+\sin\s*\(\s*` + plainValue + `(?:\s*,\s*` + plainValue + `)*\s*\)\s*`
	comparison := `(?:` + one + `|` + in + `)`
	return regexp.MustCompile(`^` + comparison + `(?:and\s` + comparison + `)*$`)
}()

// whereText writes which rows count, if that names no account.
func whereText(where string) string {
	if where == "" || plainWhere.MatchString(where) {
		return where
	}
	return hidden(where)
}

// telling are the column keys whose cells tell accounts, persons or deals.
var telling = []string{"account", "user", "name", "id", "aliases", "parent", "owner", "deal", "alias", "reason", "decided_by", "payee"}

func matchText(key string, values []string) string {
	text := strings.Join(values, ", ")
	if slices.Contains(telling, key) {
		return hidden(text)
	}
	return text
}

// columnText writes which header serves a key, and what its cells stand for.
func columnText(key string, c graph.Column) string {
	text := "column " + key + ": " + strings.Join(c.Headers, ", ")
	if len(c.Values) == 0 {
		return text
	}
	var values []string
	for _, cell := range slices.Sorted(maps.Keys(c.Values)) {
		values = append(values, cell+" = "+c.Values[cell])
	}
	return text + fmt.Sprintf(" (%s)", matchText(key, values))
}

// address is an e-mail address within a text.
var address = regexp.MustCompile(`[^\s<>"'(),;:|=]+@[^\s<>"'(),;:|=@]+\.[^\s<>"'(),;:|=@]*[\pL\pN]`)

// hideAddresses takes e-mail addresses out of all texts of a snapshot, and makes
// these valid UTF-8. Partners that a list names by an address get another id.
func (s *Study) hideAddresses(snap *Snapshot) {
	var pairs []string
	for _, seller := range s.Sellers {
		if address.MatchString(seller.Name) {
			sum := sha256.Sum256([]byte(seller.ID))
			pairs = append(pairs, seller.ID, "e-mail-"+hex.EncodeToString(sum[:4]))
		}
	}
	ids := strings.NewReplacer(pairs...)
	eachText(reflect.ValueOf(snap).Elem(), func(text string) string {
		return ids.Replace(address.ReplaceAllString(strings.ToValidUTF8(text, "\uFFFD"), "(e-mail address)"))
	})
}

// eachText replaces every text that a value leads to.
func eachText(v reflect.Value, replace func(string) string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(replace(v.String()))
	case reflect.Pointer:
		if !v.IsNil() {
			eachText(v.Elem(), replace)
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachText(v.Index(i), replace)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				eachText(v.Field(i), replace)
			}
		}
	}
}
