package analysis

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// Few is how a number of members from 1 to 4 is written that is not told.
const Few = "<5"

// Number writes a count of members with a comma every three digits, rounded.
func Number(n float64) string {
	if n == figure.Small {
		return Few
	}
	digits := strconv.FormatFloat(math.Abs(math.Round(n)), 'f', 0, 64)
	var b strings.Builder
	if math.Round(n) < 0 {
		b.WriteByte('-')
	}
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	return b.String()
}

// Percent writes a share. Shares that are not 0 or 1 never look so.
func Percent(share float64) string {
	switch p := share * 100; {
	case p > 0 && p < 1:
		return "<1%"
	case p > 99 && p < 100:
		return ">99%"
	default:
		return fmt.Sprintf("%.0f%%", p)
	}
}

// PercentBeside writes a share that stands beside another, with as many decimals, four
// at most, as it takes to tell the two apart.
func PercentBeside(share, other float64) string {
	whole := Percent(share)
	if share == other || whole != Percent(other) {
		return whole
	}
	for decimals := 1; decimals <= 4; decimals++ {
		text := strconv.FormatFloat(share*100, 'f', decimals, 64)
		if text != strconv.FormatFloat(other*100, 'f', decimals, 64) {
			return strings.TrimRight(strings.TrimRight(text, "0"), ".") + "%"
		}
	}
	return whole
}

// Range writes a figure: its best estimate, and its limits where they differ.
func Range(f figure.Figure) string {
	low, best, high := Number(f.Low), Number(f.Best), Number(f.High)
	if low == best && best == high {
		return best
	}
	return fmt.Sprintf("%s (%s to %s)", best, low, high)
}

// Unit is the word for members of an audience.
func Unit(a graph.Audience, n float64) string {
	word := string(a)
	if math.Round(n) == 1 {
		word = strings.TrimSuffix(word, "s")
	}
	return word
}

// Members writes a count with its unit.
func Members(n float64, a graph.Audience) string { return Number(n) + " " + Unit(a, n) }

// title writes the audience as the first word of a sentence.
func title(a graph.Audience) string { return strings.ToUpper(string(a[:1])) + string(a[1:]) }
