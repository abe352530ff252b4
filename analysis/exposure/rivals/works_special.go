package main

import (
	"os"
	"strconv"

	"github.com/channelmap/channelmap/analysis/exposure/rivals/generate"
)

// ofParquet gives both sides the same Parquet file.
func (b *bench) ofParquet() ([]line, error) {
	l, err := b.list(plain(b))
	if err != nil {
		return nil, err
	}
	p, err := b.parquet(l)
	if err != nil {
		return nil, err
	}
	return b.measure(contest{base: b.ours(p), others: b.duckDB(p, hashedForms...), goal: atLeast(4)})
}

// ofTable gives DuckDB a table that was loaded beforehand.
func (b *bench) ofTable() ([]line, error) {
	l, err := b.list(plain(b))
	if err != nil {
		return nil, err
	}
	t, err := b.loaded(l)
	if err != nil {
		return nil, err
	}
	return b.measure(contest{base: b.ours(l), others: b.duckDB(t, hashedForms...), goal: atLeast(5)})
}

// wide sets all columns against two, in time and in memory.
func (b *bench) wide() ([]line, error) {
	two, all, err := b.two(plain(b), generate.Spec{Rows: b.rows, Partners: 64, Form: generate.Wide})
	if err != nil {
		return nil, err
	}
	lines, err := b.measure(contest{base: b.ours(two), others: []command{b.ours(all).as("ours, 6 columns")}, goal: atMost(1.5)})
	if err != nil || lines[0].note != "" {
		return lines, err
	}
	more := typical(lines[0].other, peakOf) - typical(lines[0].base, peakOf)
	return append(lines, line{against: "more bytes a member", figure: float64(more) / float64(all.Members()), goal: atMost(16)}), nil
}

// growth allows 4 % more than linear.
func (b *bench) growth() ([]line, error) {
	usual, more, err := b.two(plain(b), large(b))
	if err != nil {
		return nil, err
	}
	times := float64(b.large) / float64(b.rows)
	return b.measure(contest{base: b.ours(usual), others: []command{b.ours(more)}, goal: atMost(1.04 * times)})
}

// memoryAMember needs no pairs: it is the median over runs of one command.
func (b *bench) memoryAMember() ([]line, error) {
	l, err := b.list(large(b))
	if err != nil {
		return nil, err
	}
	hashed, err := b.bytesAMember(b.ours(l), atMost(34))
	if err != nil {
		return nil, err
	}
	exact, err := b.bytesAMember(b.ours(l, "-exact"), atMost(57))
	return []line{hashed, exact}, err
}

func (b *bench) bytesAMember(c command, g goal) (line, error) {
	l := line{against: c.label + ", bytes", goal: g}
	if err := warm(c.list.file); err != nil {
		return l, err
	}
	for range b.pairs {
		s, err := b.execute(c)
		if isMissing(err) {
			return line{against: l.against, note: err.Error()}, nil
		}
		if err != nil {
			return l, err
		}
		l.other = append(l.other, s)
	}
	l.figure = float64(typical(l.other, peakOf)) / float64(c.list.Members())
	return l, nil
}

// bounded sets the time of a row in bounded memory against that of a row of the
// large list without a bound. The huge list is deleted after use.
func (b *bench) bounded() ([]line, error) {
	spec := large(b)
	spec.Rows = b.huge
	defer os.RemoveAll(b.place(spec).folder)
	free, huge, err := b.two(large(b), spec)
	if err != nil {
		return nil, err
	}
	other := b.ours(huge, "-memory", strconv.FormatUint(b.memory, 10)).as("ours, bounded, a row")
	scale := float64(b.large) / float64(b.huge)
	lines, err := b.measure(contest{base: b.ours(free), others: []command{other}, scale: scale, goal: atMost(2.5)})
	if err != nil || lines[0].note != "" {
		return lines, err
	}
	peak := float64(typical(lines[0].other, peakOf))
	return append(lines, line{against: "peak, MB", figure: peak / 1e6, goal: atMost(1.2 * float64(b.memory) / 1e6)}), nil
}
