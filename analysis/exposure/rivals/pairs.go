package main

import (
	"cmp"
	"slices"
	"time"
)

// contest sets commands against a base. A ratio is what the other takes to what
// the base takes, times scale.
type contest struct {
	base   command
	others []command
	scale  float64 // 1 where zero
	goal   goal    // of the others with the lowest ratio
}

// measure runs each command once to see that all agree, and then pairs.
func (b *bench) measure(c contest) ([]line, error) {
	first, err := b.first(c.base)
	if err != nil {
		return nil, err
	}
	var lines []line
	for _, other := range c.others {
		l, err := b.pair(c, other, first)
		if isMissing(err) {
			l = line{against: other.label, note: err.Error()}
		} else if err != nil {
			return lines, err
		}
		lines = append(lines, l)
	}
	best(lines, c.goal)
	return lines, nil
}

// first runs a command with its file in the page cache.
func (b *bench) first(c command) (sample, error) {
	if err := warm(c.list.file); err != nil {
		return sample{}, err
	}
	return b.execute(c)
}

// pair runs base and other in turn.
func (b *bench) pair(c contest, other command, first sample) (line, error) {
	l := line{against: other.label}
	s, err := b.first(other)
	if err != nil {
		return l, err
	}
	if err := c.base.agrees(other, first.answer, s.answer); err != nil {
		return l, err
	}
	for range b.pairs {
		base, err := b.execute(c.base)
		if err != nil {
			return l, err
		}
		if s, err = b.execute(other); err != nil {
			return l, err
		}
		if err := c.base.agrees(other, base.answer, s.answer); err != nil {
			return l, err
		}
		l.base, l.other = append(l.base, base), append(l.other, s)
	}
	l.ratios(cmp.Or(c.scale, 1))
	return l, nil
}

// ratios compares the runs pair by pair.
func (l *line) ratios(scale float64) {
	var walls, cpus []float64
	for i := range l.base {
		walls = append(walls, scale*ratio(l.other[i].wall, l.base[i].wall))
		cpus = append(cpus, scale*ratio(l.other[i].cpu, l.base[i].cpu))
	}
	l.figure, l.cpu = median(walls), median(cpus)
	l.low, l.high = slices.Min(walls), slices.Max(walls)
}

func ratio(a, b time.Duration) float64 { return float64(a) / float64(max(b, 1)) }

// best gives the goal to the line with the lowest figure: of several forms of
// a query the fastest counts.
func best(lines []line, g goal) {
	at := -1
	for i, l := range lines {
		if l.note == "" && (at < 0 || l.figure < lines[at].figure) {
			at = i
		}
	}
	if at >= 0 {
		lines[at].goal = g
	}
}

// median is the one in the middle, or between the two there.
func median[N float64 | int64 | time.Duration](of []N) N {
	if len(of) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(of))
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}

// typical is the median of some measure of the runs.
func typical[N int64 | time.Duration](of []sample, measure func(sample) N) N {
	var all []N
	for _, s := range of {
		all = append(all, measure(s))
	}
	return median(all)
}

func wallOf(s sample) time.Duration { return s.wall }
func peakOf(s sample) int64         { return s.peak }
