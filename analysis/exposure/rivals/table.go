package main

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// line is a line of the table.
type line struct {
	work, against string
	figure        float64 // the median ratio, or bytes
	low, high     float64
	cpu           float64 // the median ratio of processor time
	goal          goal    // none unless set
	base, other   []sample
	note          string // instead of figures
}

// goal is what a figure should be: at least or at most a number.
type goal struct {
	number float64
	most   bool
}

func atLeast(n float64) goal { return goal{n, false} }
func atMost(n float64) goal  { return goal{n, true} }

func (g goal) String() string {
	switch {
	case g.number == 0:
		return ""
	case g.most:
		return fmt.Sprintf("<=%.4g", g.number)
	default:
		return fmt.Sprintf(">=%.4g", g.number)
	}
}

// verdict says whether a figure reaches the goal.
func (g goal) verdict(figure float64) string {
	switch {
	case g.number == 0:
		return ""
	case g.most == (figure <= g.number) || figure == g.number:
		return "yes"
	default:
		return "no"
	}
}

const heading = `
                                                                      base         other
work      other                  ratio       range   cpu   goal  ok      s    MB      s    MB
`

func (l line) String() string {
	start := fmt.Sprintf("%-9s %-21s", l.work, l.against)
	if l.note != "" {
		return start + " " + l.note + "\n"
	}
	spread, cpu := "", ""
	if l.high > 0 {
		spread, cpu = short(l.low)+"-"+short(l.high), short(l.cpu)
	}
	text := fmt.Sprintf("%s %6s %11s %5s %6s %3s %s %s", start, short(l.figure), spread, cpu, l.goal, l.goal.verdict(l.figure), side(l.base), side(l.other))
	return strings.TrimRight(text, " ") + "\n"
}

const sideWidth = 12

// short writes three digits or all before the point.
func short(x float64) string {
	digits := 3
	for n := x; n >= 1 && digits > 0; n /= 10 {
		digits--
	}
	return strconv.FormatFloat(x, 'f', digits, 64)
}

// side tells seconds and megabytes, medians, of one side.
func side(of []sample) string {
	if len(of) == 0 {
		return strings.Repeat(" ", sideWidth)
	}
	return fmt.Sprintf("%6s %5d", short(typical(of, wallOf).Seconds()), typical(of, peakOf)/1e6)
}

// machine says what was measured on, with what, and when.
func (b *bench) machine() string {
	return fmt.Sprintf("%s, %d cores, %s, %s/%s; %s, DuckDB %s; %s\n%d threads, medians of %d pairs of whole processes, page cache warm",
		valueOf("/proc/cpuinfo", "model name"), runtime.NumCPU(), valueOf("/proc/meminfo", "MemTotal"), runtime.GOOS, runtime.GOARCH,
		runtime.Version(), b.duckdb, time.Now().Format(time.DateOnly), b.threads, b.pairs)
}

// valueOf reads a line "key: value" of a file of the system.
func valueOf(file, key string) string {
	f, err := os.Open(file)
	if err != nil {
		return "unknown " + key
	}
	defer f.Close()
	for in := bufio.NewScanner(f); in.Scan(); {
		if k, v, ok := strings.Cut(in.Text(), ":"); ok && strings.TrimSpace(k) == key {
			return strings.TrimSpace(v)
		}
	}
	return "unknown " + key
}
