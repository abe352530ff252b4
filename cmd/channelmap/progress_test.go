package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/channelmap/channelmap/analysis/exposure"
)

// clock is a time of day that stands still unless it is moved.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

// fakeTerminal is a stderr of some columns with a clock of its own.
func fakeTerminal(columns int) (streams, *bytes.Buffer, *clock) {
	var shown bytes.Buffer
	c := &clock{time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	return streams{out: io.Discard, err: &shown, errColumns: columns, now: c.now}, &shown, c
}

// lines are what stood on the terminal's line, one after another.
func lines(shown *bytes.Buffer) []string {
	var all []string
	for line := range strings.SplitSeq(shown.String(), "\r\x1b[K") {
		if line != "" {
			all = append(all, line)
		}
	}
	return all
}

func TestProgress(t *testing.T) {
	s, shown, clock := fakeTerminal(80)
	show := s.watch().showProgress()
	for _, step := range []struct {
		after time.Duration
		at    exposure.Progress
	}{
		{0, exposure.Progress{File: "a.csv", Total: 4000}},
		{99 * time.Millisecond, exposure.Progress{File: "a.csv", Done: 400, Total: 4000, Rows: 40}}, // too soon
		{time.Millisecond, exposure.Progress{File: "a.csv", Done: 500, Total: 4000, Rows: 50}},
		{900 * time.Millisecond, exposure.Progress{File: "a.csv", Done: 1000, Total: 4000, Rows: 1234567}},
		{time.Second, exposure.Progress{File: "b.csv", Done: 1001, Total: 400_000, Rows: 2_000_000}},
		{time.Second, exposure.Progress{File: "b.csv", Done: 4100, Total: 4000, Rows: 3_000_000}}, // it grew
		{0, exposure.Progress{Done: 4100, Total: 4000, Rows: 3_000_000}},
		{time.Minute, exposure.Progress{File: "a.csv", Total: 4000}}, // once more
	} {
		clock.at = clock.at.Add(step.after)
		show(step.at)
	}
	want := []string{
		"reading 0%: a.csv", "reading 12%: a.csv", "reading 25%, 1,234,567 rows/s, 3 s left: a.csv",
		"reading 0%, 1,000,000 rows/s, 14 min left: b.csv", "reading 100%, 1,000,000 rows/s, 0 s left: b.csv",
		"counting 3,000,000 rows", "reading 0%: a.csv",
	}
	if got := lines(shown); !slices.Equal(got, want) {
		t.Errorf("shown:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestProgressFits shows names that are long, wide or hostile within the width.
func TestProgressFits(t *testing.T) {
	for name, want := range map[string]string{
		strings.Repeat("long", 30) + ".csv": "reading 0%: longlonglonglongl…",
		"\x1b]0;title\a\r\n.csv":            `reading 0%: \x1b]0;title\x07\…`,
		"顧客一覧顧客一覧顧客一覧.csv":                  "reading 0%: 顧客一覧顧客一覧…",
	} {
		s, shown, _ := fakeTerminal(31)
		s.watch().showProgress()(exposure.Progress{File: name, Total: 1})
		if got := lines(shown); !slices.Equal(got, []string{want}) {
			t.Errorf("shown %q, want %q", got, want)
		}
	}
}

// TestLastLineOfCache tells where a count is one of an earlier run.
func TestLastLineOfCache(t *testing.T) {
	dir := t.TempDir()
	yaml := "vendor: Acme\nchannels: [{id: resale, kind: reseller}]\npartners: [{id: cdw, channel: resale}, {id: shi, channel: resale}]\n" +
		"lists: [{file: l.csv, columns: {account: domain, partner: partner}}]\n"
	long := time.Now().Add(-time.Hour)
	for name, text := range map[string][]byte{"ecosystem.yaml": []byte(yaml), "l.csv": partnerRows(1_200_000, []string{"cdw", "shi"})} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, text, 0o666); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, long, long); err != nil {
			t.Fatal(err)
		}
	}
	const counted = "1,200,000 rows, 900,000 accounts, 3 distinct sets, 0 rows rejected"
	for _, want := range []string{counted + ", 0.0 s\n", "From the cache: " + counted + ", 0.0 s\n"} {
		s, shown, _ := fakeTerminal(100)
		run(context.Background(), []string{"audit", dir}, s)
		if got := lines(shown); len(got) == 0 || got[len(got)-1] != want {
			t.Errorf("shown %q, want %q at the end", got, want)
		}
	}
}

// TestLastLine tells on a terminal, and nowhere else, what was counted.
func TestLastLine(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"ecosystem.yaml": "vendor: Acme\nchannels:\n  - {id: resale, kind: reseller}\npartners:\n  - {id: cdw, name: CDW, channel: resale}\n" +
			"  - {id: shi, name: SHI, channel: resale}\nlists:\n  - {file: l.csv, columns: {partner: partner}}\n",
		"l.csv": "website,partner\na.com,cdw\nb.com,cdw\nb.com,shi\n,shi\nc.com,cdw\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	const want = "4 rows, 3 accounts, 2 distinct sets, 1 row rejected, 0.0 s\n"
	for args, ends := range map[string]string{
		"audit": want, "check": want, "snapshot": want, "account c.com": want, "account": "channelmap account acme.com\n", "version": "",
	} {
		for _, columns := range []int{0, 80} {
			s, shown, _ := fakeTerminal(columns)
			line := strings.Fields(args)
			if args != "version" && args != "account" {
				line = append(line, dir)
			}
			run(context.Background(), line, s)
			got := shown.String()
			if columns == 0 && (strings.Contains(got, "distinct") || strings.Contains(got, "\r")) {
				t.Errorf("%s: shown where there is no terminal: %q", args, got)
			}
			if columns > 0 && !strings.HasSuffix(got, ends) {
				t.Errorf("%s: shown %q, want %q at the end", args, got, ends)
			}
		}
	}
}
