package list

import (
	"bytes"
	"encoding/json"
	"strings"
)

// member is a key of an object with its value, both as they stand; of a key
// without escapes, without its quotes.
type member struct{ key, value []byte }

// name returns the key as a text of its own.
func (m member) name() string { return string(m.key) }

// members cuts an object, which is known to be valid, into its members.
func members(object []byte, into []member) []member {
	rest := skipSpace(object[1:])
	for rest[0] != '}' {
		n := valueEnd(rest)
		key := rest[1 : n-1]
		if bytes.IndexByte(key, '\\') >= 0 {
			key = []byte(unquote(rest[:n]))
		}
		rest = skipSpace(skipSpace(rest[n:])[1:]) // the colon
		n = valueEnd(rest)
		into = append(into, member{key, rest[:n]})
		if rest = skipSpace(rest[n:]); rest[0] == ',' {
			rest = skipSpace(rest[1:])
		}
	}
	return into
}

// elements cuts a list, which is known to be valid.
func elements(list []byte) [][]byte {
	var out [][]byte
	rest := skipSpace(list[1:])
	for rest[0] != ']' {
		n := valueEnd(rest)
		out = append(out, rest[:n])
		if rest = skipSpace(rest[n:]); rest[0] == ',' {
			rest = skipSpace(rest[1:])
		}
	}
	return out
}

func skipSpace(b []byte) []byte { return bytes.TrimLeft(b, " \t\r\n") }

// valueEnd returns where the value that a text begins with ends.
func valueEnd(b []byte) int {
	switch b[0] {
	case '"':
		return textEnd(b)
	case '{', '[':
		return nestedEnd(b)
	}
	return bytes.IndexAny(b, ",]} \t\r\n")
}

func textEnd(b []byte) int {
	for i := 1; ; i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
}

func nestedEnd(b []byte) int {
	for i, depth := 0, 0; ; i++ {
		switch b[i] {
		case '"':
			i += textEnd(b[i:]) - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
}

// unquote returns the text of a quoted one.
func unquote(b []byte) string {
	if bytes.IndexByte(b, '\\') < 0 {
		return string(b[1 : len(b)-1])
	}
	var s string
	json.Unmarshal(b, &s) // valid, as it is part of what is
	return s
}

// cell returns the value as the text of a cell: numbers and truth values as they
// stand, null as nothing, a flat list with ; between. nested tells a value that
// has no such text.
func (m member) cell() (cell string, nested bool) {
	if m.value[0] != '[' {
		return plainCell(m.value)
	}
	var texts []string
	for _, e := range elements(m.value) {
		text, nested := plainCell(e)
		if nested {
			return "", true
		}
		if text != "" {
			texts = append(texts, text)
		}
	}
	return strings.Join(texts, listMark), false
}

// listMark stands between the values of a list in one cell, as in `aliases`.
const listMark = ";"

func plainCell(value []byte) (cell string, nested bool) {
	switch value[0] {
	case '{', '[':
		return "", true
	case 'n':
		return "", false
	case '"':
		return unquote(value), false
	}
	return string(value), false
}

// keyLook gathers the keys of some objects.
type keyLook struct {
	order []string
	seen  map[string]*keySigns
}

type keySigns struct{ plain, nested bool }

func newKeyLook() *keyLook { return &keyLook{seen: map[string]*keySigns{}} }

func (k *keyLook) add(object []member) {
	for _, m := range object {
		signs := k.seen[string(m.key)]
		if signs == nil {
			signs = &keySigns{}
			k.seen[m.name()] = signs
			k.order = append(k.order, m.name())
		}
		cell, nested := m.cell()
		signs.nested = signs.nested || nested
		signs.plain = signs.plain || cell != ""
	}
}

// nestedOnly reports whether no value of a key could be a cell.
func (k *keyLook) nestedOnly(key string) bool { return k.seen[key].nested && !k.seen[key].plain }
