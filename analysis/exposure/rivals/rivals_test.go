package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/channelmap/channelmap/analysis/exposure/rivals/answer"
	"github.com/channelmap/channelmap/analysis/exposure/rivals/generate"
)

func small(t *testing.T) *bench {
	t.Helper()
	s := settings{rows: 20_000, large: 40_000, huge: 40_000, memory: 1e9, pairs: 1, threads: 2, data: t.TempDir()}
	b, done, err := newBench(t.Context(), s, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(done)
	return b
}

// Every way of counting gives what a plain count of the text gives.
func TestAnswers(t *testing.T) {
	b := small(t)
	two, segments, many := b.get(t, plain(b)), b.get(t, bySegment(b)), b.get(t, thousand(b))
	parquet, err := b.parquet(two)
	if err != nil {
		t.Fatal(err)
	}
	table, err := b.loaded(two)
	if err != nil {
		t.Fatal(err)
	}
	for l, commands := range map[theList][]command{
		two: slices.Concat(
			[]command{b.ours(two), b.rival(two, "map", "map", two.file), b.rival(two, "roaring", "roaring", two.file)},
			b.duckDB(two, hashedForms...), b.duckDB(parquet, hashedForms...), b.duckDB(table, hashedForms...)),
		segments: append(b.duckDB(segments, hashedForms...), b.ours(segments, "-by-segment")),
		many:     append(b.duckDB(many, listForms...), b.ours(many)),
	} {
		want := countPlainly(t, l)
		for _, c := range commands {
			c.test(t, b, want)
		}
	}
}

// With more columns the members and their partners are the same.
func TestWide(t *testing.T) {
	b := small(t)
	l := b.get(t, generate.Spec{Rows: b.rows, Partners: 64, Form: generate.Wide})
	want := countPlainly(t, l)
	want.Sets = answer.NotCounted // touches differ in role and status too
	b.ours(l).test(t, b, want)
}

func (b *bench) get(t *testing.T, s generate.Spec) theList {
	t.Helper()
	l, err := b.list(s)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func (c command) test(t *testing.T, b *bench, want answer.Answer) {
	t.Helper()
	s, err := b.execute(c)
	if err != nil {
		t.Errorf("%s: %v", c.label, err)
	} else if !s.answer.Agrees(want) {
		t.Errorf("%s of %s: got %v, want %v", c.label, c.list.file, s.answer, want)
	}
	if s.wall <= 0 || s.cpu <= 0 || s.peak <= 0 {
		t.Errorf("%s took %v, %v, %d bytes", c.label, s.wall, s.cpu, s.peak)
	}
}

// countPlainly splits the text of a list at its commas.
func countPlainly(t *testing.T, l theList) answer.Answer {
	t.Helper()
	data, err := os.ReadFile(l.file)
	if err != nil {
		t.Fatal(err)
	}
	ids, reached, segment := l.PartnerIDs(), map[string][]int{}, map[string]int{}
	rows := strings.Split(strings.TrimSpace(string(data)), "\n")[1:]
	for _, row := range rows {
		cells := strings.Split(row, ",")
		reached[cells[0]] = append(reached[cells[0]], slices.Index(ids, cells[1]))
		if l.Form == generate.Segment {
			segment[cells[0]] = slices.Index(generate.Segments, cells[2])
		}
	}
	return addUp(l, int64(len(rows)), reached, segment)
}

// addUp adds account by account; only the distinct sets need a map.
func addUp(l theList, rows int64, reached map[string][]int, segment map[string]int) answer.Answer {
	tally, sets := answer.NewTally(rows, l.Partners, len(generate.Segments)), map[string]bool{}
	for account, partners := range reached {
		partners = answer.Distinct(partners)
		tally.Add(segment[account], partners, 1)
		sets[fmt.Sprint(segment[account], partners)] = true
	}
	a := tally.Answer()
	a.Sets = int64(len(sets))
	return a
}

// The whole table is printed, whatever the engine cannot do yet.
func TestTable(t *testing.T) {
	s := settings{rows: 20_000, large: 40_000, huge: 80_000, memory: 1e9, pairs: 1, threads: 2, data: t.TempDir()}
	var out, progress bytes.Buffer
	if err := run(t.Context(), s, &out, &progress); err != nil {
		t.Fatal(err, out.String())
	}
	for _, name := range workNames() {
		if !strings.Contains(out.String(), "\n"+name+" ") {
			t.Errorf("nothing on %s in\n%s", name, out.String())
		}
	}
	if folder := (&bench{settings: s}).place(generate.Spec{Rows: s.huge, Partners: 64, Form: generate.Plain}).folder; exists(folder) {
		t.Errorf("%s stays", folder)
	}
}

func exists(path string) bool { _, err := os.Stat(path); return err == nil }

func TestRunStops(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := run(ctx, settings{rows: 100, data: t.TempDir(), pairs: 1, threads: 1}, io.Discard, io.Discard); err == nil {
		t.Error("a stopped run ends well")
	}
}

// An answer that is wrong is found, by what the generator knows or by the other.
func TestWrongAnswers(t *testing.T) {
	l := theList{Spec: generate.Spec{Rows: 100, Partners: 64, Form: generate.Plain}}
	right := answer.Answer{Rows: 100, Members: 55, Gross: 99, Sets: 40, OnlyThrough: 33, Overlap: 7}
	c := command{label: "c", list: l}
	if _, err := c.read(right.String()); err != nil {
		t.Error(err)
	}
	for _, wrong := range []answer.Answer{{Rows: 100, Members: 54}, {Rows: 99, Members: 55}} {
		if _, err := c.read(wrong.String()); err == nil {
			t.Errorf("%v is taken", wrong)
		}
	}
	lines := wc(l)
	if _, err := lines.read("101 list.csv\n"); err != nil {
		t.Error(err)
	}
	if _, err := lines.read("100 list.csv\n"); err == nil {
		t.Error("a line too few is taken")
	}
	other := right
	other.Overlap++
	if c.agrees(c, right, right) != nil || c.agrees(c, right, other) == nil {
		t.Error("answers are not held to each other")
	}
}

func TestGoals(t *testing.T) {
	for _, test := range []struct {
		goal   goal
		figure float64
		want   string
	}{
		{atLeast(10), 10, "yes"}, {atLeast(10), 9.99, "no"}, {atLeast(10), 12, "yes"},
		{atMost(4), 4, "yes"}, {atMost(4), 4.01, "no"}, {atMost(4), 3, "yes"}, {goal{}, 3, ""},
	} {
		if got := test.goal.verdict(test.figure); got != test.want {
			t.Errorf("%v against %v: %q, want %q", test.figure, test.goal, got, test.want)
		}
	}
	lines := []line{{figure: 3}, {note: "not available"}, {figure: 2}}
	if best(lines, atLeast(1)); lines[0].goal != (goal{}) || lines[2].goal != atLeast(1) {
		t.Errorf("the goal is not at the fastest: %+v", lines)
	}
}

func TestRatios(t *testing.T) {
	var l line
	for _, wall := range []time.Duration{10, 30, 20} {
		l.base = append(l.base, sample{wall: 10, cpu: 4})
		l.other = append(l.other, sample{wall: wall, cpu: 2})
	}
	l.ratios(2)
	if l.figure != 4 || l.low != 2 || l.high != 6 || l.cpu != 1 {
		t.Errorf("got %v, from %v to %v, cpu %v; want 4, from 2 to 6, 1", l.figure, l.low, l.high, l.cpu)
	}
	if m := median([]int64{4, 1, 3, 2}); m != 2 {
		t.Errorf("the median of an even number is %d", m)
	}
}

func TestParse(t *testing.T) {
	s, err := parse([]string{"-rows", "200k", "-large", "1M", "-memory", "2G", "-only", "csv,wc"})
	if err != nil || s.rows != 200_000 || s.large != 1_000_000 || s.huge != 200_000_000 || s.memory != 2_000_000_000 || len(s.only) != 2 {
		t.Errorf("got %+v, %v", s, err)
	}
	for _, bad := range [][]string{{"-rows", "many"}, {"-rows", "0"}, {"-only", "all"}, {"-pairs", "0"}, {"csv"}} {
		if _, err := parse(bad); err == nil {
			t.Errorf("%v is taken", bad)
		}
	}
}
