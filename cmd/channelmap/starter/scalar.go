package starter

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// plain are the texts that YAML takes as they are, even between brackets.
var plain = regexp.MustCompile(`^[A-Za-z](?:[A-Za-z0-9 ./_-]*[A-Za-z0-9])?$`)

// scalar writes a text as one YAML value: as it is where that is safe, else
// between quotes as JSON has them, which YAML reads alike.
func scalar(s string) string {
	switch strings.ToLower(s) {
	case "true", "false", "yes", "no", "on", "off", "null", "y", "n":
		return `"` + s + `"`
	}
	if plain.MatchString(s) {
		return s
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		panic(err) // a string always encodes
	}
	return escapeInvisible(strings.TrimSuffix(b.String(), "\n"))
}

// escapeInvisible writes what YAML does not allow as it is as \u escapes.
func escapeInvisible(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == ' ' || unicode.IsPrint(r):
			b.WriteRune(r)
		case r <= 0xFFFF:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			fmt.Fprintf(&b, `\U%08X`, r)
		}
	}
	return b.String()
}

// oneLine makes a text one line of print, cut where it is very long.
func oneLine(s string) string {
	const most = 400
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || r == utf8.RuneError {
			return '?'
		}
		return r
	}, s)
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return s
}

// freshID makes an id of a name: lower-case letters and digits, hyphens for all
// else, a number where it is taken.
func freshID(name, otherwise string, taken map[string]bool) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	const most = 40
	id := strings.Join(words, "-")
	if len(id) > most {
		id = strings.TrimRight(id[:most], "-")
	}
	if id == "" || id[0] < 'a' {
		id = strings.TrimRight(otherwise+"-"+id, "-")
	}
	fresh := id
	for n := 2; taken[fresh]; n++ {
		fresh = fmt.Sprintf("%s-%d", id, n)
	}
	taken[fresh] = true
	return fresh
}
