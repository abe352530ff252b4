package analysis

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// Booked is a sum of money in a snapshot, which may come from anywhere.
type Booked struct{ Sum }

// mostDigits is how long a sum may be written: arithmetic on decimals takes time
// and memory by their digits and their exponent.
const mostDigits = 30

// UnmarshalJSON reads a plain number without an exponent.
func (b *Booked) UnmarshalJSON(data []byte) error {
	if len(data) > mostDigits || len(bytes.Trim(data, "-.0123456789")) > 0 {
		return fmt.Errorf("a sum is %.20s; expected a number such as 1250.50", data)
	}
	d, err := decimal.NewFromString(string(data))
	b.Decimal = d
	return err
}

// ParseSnapshot reads what Snapshot took. The name is what errors cite; they say
// where the file is no snapshot, and why.
func ParseSnapshot(name string, data []byte) (*Snapshot, error) {
	fail := func(text string) (*Snapshot, error) {
		return nil, &graph.InputError{Place: graph.Place{File: name}, Text: text}
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	var head struct {
		Version json.RawMessage `json:"channelmap_snapshot"`
		For     any             `json:"for"`
		Head    json.RawMessage `json:"head"` // of reports
	}
	if text := decodeWhole(data, &head); text != "" {
		return fail(text)
	}
	switch version := string(head.Version); {
	case version == "" && head.Head != nil:
		return fail("it is a report of channelmap, and no snapshot; channelmap snapshot -o FILE writes one")
	case version == "":
		return fail("it is JSON without channelmap_snapshot, and so no snapshot; channelmap snapshot -o FILE writes one")
	case version != fmt.Sprint(SnapshotVersion):
		return fail(versionText(head.Version))
	}
	if to, ok := head.For.(string); ok && to != "" {
		return fail(fmt.Sprintf("it was made for %.60s: small counts, lists and definitions are left out, so that it cannot be compared; take one without --for", to))
	}
	s := &Snapshot{}
	if text := decodeWhole(data, s); text != "" {
		return fail(text)
	}
	if text := s.check(); text != "" {
		return fail(text + "; the file was changed or damaged. Take the snapshot again")
	}
	return s, nil
}

func versionText(version json.RawMessage) string {
	var n float64
	if json.Unmarshal(version, &n) == nil && n > SnapshotVersion && n == math.Trunc(n) && n < 1e6 {
		return fmt.Sprintf("it is a snapshot of version %.0f, and this program reads version %d; update channelmap", n, SnapshotVersion)
	}
	return fmt.Sprintf("channelmap_snapshot is %.40s; expected a version, such as %d", version, SnapshotVersion)
}

// decodeWhole reads one value and nothing after it, or says what is wrong.
func decodeWhole(data []byte, into any) string {
	d := json.NewDecoder(bytes.NewReader(data))
	err := d.Decode(into)
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.Is(err, io.EOF):
		return "the file is empty; expected a snapshot"
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Sprintf("the file ends in the middle, %s; it is half a snapshot. Copy it again", lineOf(data, int64(len(data))))
	case errors.As(err, &syntax):
		return fmt.Sprintf("it is not JSON, and so no snapshot: %s: %s", lineOf(data, syntax.Offset), syntax.Error())
	case errors.As(err, &kind):
		return fmt.Sprintf("%s: %s cannot be a %.40s", lineOf(data, kind.Offset), fieldOf(kind.Field), kind.Value)
	case err != nil:
		return fmt.Sprintf("before %s: %v", lineOf(data, d.InputOffset()), err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return fmt.Sprintf("something follows the snapshot, %s; expected the end of the file", lineOf(data, d.InputOffset()))
	}
	return ""
}

func fieldOf(path string) string {
	if path == "" {
		return "the whole"
	}
	return path
}

// lineOf tells a place in the file, counted from 1.
func lineOf(data []byte, offset int64) string {
	before := data[:min(max(offset, 0), int64(len(data)))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	return fmt.Sprintf("line %d, column %d", line, max(1, column))
}

// mostMembers bounds every number of a snapshot: there are fewer people.
const mostMembers = 1e15

// check says what cannot be in a snapshot, with its place; nothing where all can.
func (s *Snapshot) check() string {
	if text := checkNumbers(reflect.ValueOf(s).Elem(), ""); text != "" {
		return text
	}
	if s.Vendor == "" {
		return "vendor is missing"
	}
	if _, err := graph.ParseDate(s.AsOf); err != nil {
		return "as_of: " + err.Error()
	}
	for _, ids := range s.ids() {
		seen := map[string]bool{}
		for _, id := range ids.all {
			if seen[id] {
				return fmt.Sprintf("%s: %.60q comes twice", ids.what, id)
			}
			seen[id] = true
		}
	}
	return ""
}

type idList struct {
	what string
	all  []string
}

// ids are those that must be of one thing each.
func (s *Snapshot) ids() []idList {
	audiences, sellers, lists, findings := idList{what: "audiences"}, idList{what: "sellers"}, idList{what: "lists"}, idList{what: "findings"}
	out := []idList{}
	for _, a := range s.Audiences {
		audiences.all = append(audiences.all, string(a.Audience))
		segments, reaches := idList{what: "segments of " + string(a.Audience)}, idList{what: "sellers of " + string(a.Audience)}
		for _, seg := range a.Segments {
			segments.all = append(segments.all, seg.ID)
		}
		for _, r := range a.Sellers {
			reaches.all = append(reaches.all, r.ID)
		}
		out = append(out, segments, reaches)
	}
	for _, x := range s.Sellers {
		sellers.all = append(sellers.all, x.ID)
	}
	for _, x := range s.Lists {
		lists.all = append(lists.all, x.Kind+" "+x.ID)
	}
	for _, x := range s.Findings {
		findings.all = append(findings.all, x.ID)
	}
	return append(out, audiences, sellers, lists, findings)
}

// checkNumbers finds the first number below 0, beyond all reason, or limits out of
// order, and says where it is.
func checkNumbers(v reflect.Value, path string) string {
	if f, ok := v.Interface().(figure.Figure); ok {
		return checkFigure(f, path)
	}
	switch v.Kind() {
	case reflect.Float64:
		return checkNumber(v.Float(), path)
	case reflect.Int, reflect.Int64:
		return checkNumber(float64(v.Int()), path)
	case reflect.Pointer:
		if !v.IsNil() {
			return checkNumbers(v.Elem(), path)
		}
	case reflect.Slice:
		for i := range v.Len() {
			if text := checkNumbers(v.Index(i), fmt.Sprintf("%s[%d]", path, i)); text != "" {
				return text
			}
		}
	case reflect.Struct:
		if _, ok := v.Interface().(Booked); ok { // which may be negative, and is bounded where it is read
			return ""
		}
		for i := range v.NumField() {
			name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
			if text := checkNumbers(v.Field(i), strings.Trim(path+"."+name, ".")); text != "" {
				return text
			}
		}
	}
	return ""
}

func checkNumber(n float64, path string) string {
	switch {
	case math.IsNaN(n) || n > mostMembers:
		return fmt.Sprintf("%s is %g, more than can be", path, n)
	case n < 0:
		return fmt.Sprintf("%s is %g, below 0", path, n)
	}
	return ""
}

func checkFigure(f figure.Figure, path string) string {
	for _, n := range []struct {
		name  string
		value float64
	}{{"low", f.Low}, {"best", f.Best}, {"high", f.High}} {
		if text := checkNumber(n.value, path+"."+n.name); text != "" {
			return text
		}
	}
	if slack := 1e-6 * max(1, f.High); f.Low > f.Best+slack || f.Best > f.High+slack {
		return fmt.Sprintf("%s: low %g, best %g and high %g are out of order", path, f.Low, f.Best, f.High)
	}
	return ""
}
