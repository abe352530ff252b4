package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/analysis/figure"
)

// writeJSON writes a report as JSON: indented by two spaces, its arrays never
// null, names as they are but for invisible characters, which are written as
// JSON escapes. A nil slice in the report becomes an empty one.
func writeJSON(out *bytes.Buffer, report any) error {
	fillArrays(reflect.ValueOf(report))
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(report); err != nil {
		return fmt.Errorf("the report holds what JSON cannot say: %w", err)
	}
	escapeJSON(out, fewInJSON.ReplaceAll(b.Bytes(), []byte(`: "`+analysis.Few+`"$1`)))
	return nil
}

// fewInJSON is a number of members that is not told, as the encoder writes it: the
// last of its line, where no text can end.
var fewInJSON = regexp.MustCompile(`(?m): ` + regexp.QuoteMeta(strconv.FormatFloat(figure.Small, 'e', -1, 64)) + `(,?)$`)

// escapeJSON writes the invisible characters in JSON as escapes: they stand only
// within strings, where the escape means the same.
func escapeJSON(out *bytes.Buffer, b []byte) {
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == '\n' || r == utf8.RuneError || !mustEscape(r):
			out.Write(b[:n])
		case r <= 0xFFFF:
			fmt.Fprintf(out, `\u%04x`, r)
		default:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(out, `\u%04x\u%04x`, high, low)
		}
		b = b[n:]
	}
}

// fillArrays gives every nil slice and map that a value leads to an empty one.
func fillArrays(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			fillArrays(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fillArrays(v.Field(i))
			}
		}
	case reflect.Map:
		if v.IsNil() && v.CanSet() {
			v.Set(reflect.MakeMap(v.Type()))
		}
	case reflect.Slice:
		if v.IsNil() && v.CanSet() {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		}
		for i := range v.Len() {
			fillArrays(v.Index(i))
		}
	}
}
