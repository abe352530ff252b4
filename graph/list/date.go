package list

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/channelmap/channelmap/graph"
)

// dateOrder is how a column writes dates in figures alone.
type dateOrder uint8

const (
	dayFirst dateOrder = iota
	monthFirst
)

func (o dateOrder) String() string {
	if o == monthFirst {
		return "month/day/year"
	}
	return "day/month/year"
}

// namedLayouts are the dates with a month in English letters, and those in
// figures whose order is plain.
var namedLayouts = []string{
	"2 Jan 2006", "2 January 2006", "Jan 2, 2006", "January 2, 2006", "Jan 2 2006", "January 2 2006",
	"2-Jan-2006", "2-January-2006", "2-Jan-06", "2 Jan 06", "2/Jan/2006",
	"Mon, 2 Jan 2006", "Monday, 2 January 2006", "Monday, January 2, 2006", "Mon Jan 2 2006",
	"Jan-06", "January-06", "Jan-2006", "January-2006", "Jan 2006", "January 2006", "Jan 06",
	"2006-1-2", "2006/1/2", "2006.1.2", "2006-01", "2006/01", "20060102",
}

// parseDate reads a date written in one of the common ways; a month alone is
// its first day. The order of day and month in figures is given.
func parseDate(s string, order dateOrder) (graph.Date, error) {
	if len(s) == len("2006-01-02") && s[4] == '-' {
		if d, err := graph.ParseDate(s); err == nil {
			return d, nil
		}
	}
	s = strings.TrimSuffix(withoutTime(s), ".")
	if d, ok := inFigures(s, order); ok {
		return d, nil
	}
	for _, layout := range namedLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return graph.DateOf(t), nil
		}
	}
	if d, ok := fromSerial(s); ok {
		return d, nil
	}
	return graph.Date{}, fmt.Errorf("%q is not a date; write YYYY-MM-DD", shorten(s))
}

// withoutTime cuts off the time of day: after a T, a comma or a space, it begins
// with hours and minutes.
func withoutTime(s string) string {
	colon := strings.IndexByte(s, ':')
	if colon < 0 {
		return s
	}
	cut := colon
	for cut > 0 && '0' <= s[cut-1] && s[cut-1] <= '9' {
		cut--
	}
	if cut == 0 || !strings.ContainsRune(" Tt,", rune(s[cut-1])) {
		return s
	}
	return strings.TrimRight(s[:cut-1], " ,")
}

// figures cuts a date of three numbers with one separator (/ . or -), the year
// last, and tells the two that are day and month in the order written.
func figures(s string) (first, second, year int, ok bool) {
	i := strings.IndexAny(s, "/.-")
	if i <= 0 || len(s) > len("31/12/2026") {
		return 0, 0, 0, false
	}
	parts := strings.Split(s, s[i:i+1])
	if len(parts) != 3 || len(parts[0]) > 2 || len(parts[1]) > 2 || len(parts[2]) != 2 && len(parts[2]) != 4 {
		return 0, 0, 0, false
	}
	var n [3]int
	for i, p := range parts {
		v, err := strconv.ParseUint(p, 10, 16)
		if err != nil {
			return 0, 0, 0, false
		}
		n[i] = int(v)
	}
	return n[0], n[1], fullYear(n[2], len(parts[2])), true
}

// fullYear reads two digits as a spreadsheet does: 00 to 29 are of this century.
func fullYear(year, digits int) int {
	switch {
	case digits > 2:
		return year
	case year < 30:
		return 2000 + year
	default:
		return 1900 + year
	}
}

func inFigures(s string, order dateOrder) (graph.Date, bool) {
	day, month, year, ok := figures(s)
	if !ok {
		return graph.Date{}, false
	}
	if order == monthFirst {
		day, month = month, day
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if d := graph.DateOf(t); year > 0 && d.Day == day && int(d.Month) == month {
		return d, true
	}
	return graph.Date{}, false
}

// The days since 1899-12-30 that are taken for dates, 1954 to 2119: a number in
// a column of dates is how a spreadsheet stores them.
const (
	firstSerial = 20000
	lastSerial  = 80000
)

func fromSerial(s string) (graph.Date, bool) {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || !(v >= firstSerial && v < lastSerial) || len(s) > 20 {
		return graph.Date{}, false
	}
	return graph.Date{Year: 1899, Month: time.December, Day: 30}.AddDays(int(v)), true
}

// isDate reports whether a cell is a date in either order, and no number alone.
func isDate(s string) bool {
	if len(s) < 6 || len(s) > 40 || !hasDigit(s) || isNumber(s) {
		return false
	}
	_, err := parseDate(s, dayFirst)
	if err != nil {
		_, err = parseDate(s, monthFirst)
	}
	return err == nil
}
