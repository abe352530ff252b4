package render

import (
	"bytes"
	"strings"
	"testing"
)

func tableText(t *textTable, width int) string {
	var out bytes.Buffer
	newTextReport(&out, TextOptions{Width: width}).table(t)
	return out.String()
}

func TestTableInOneLine(t *testing.T) {
	table := newTextTable("pathway", "gross", "only\nthrough")
	table.add(nameCell("Direct sales"), numberCell(400), figureCell(guess(5500, 5892, 6000)))
	table.add(nameCell("日本語"), numberCell(1200), numberCell(3))
	want := `
                                         only
  pathway       gross                 through
  Direct sales    400  5,892 (5,500 to 6,000)
  日本語        1,200                       3
`
	if got := tableText(table, 80); got != want[1:] {
		t.Errorf("got\n%s", got)
	}
}

func TestTableWithLimitsBelow(t *testing.T) {
	table := newTextTable("pathway", "gross", "net")
	table.add(nameCell("A name that is rather long"), figureCell(guess(5500, 5892, 6000)), figureCell(guess(5500, 5892, 6000)))
	want := `
  pathway                            gross               net
  A name that is rather…             5,892             5,892
                          (5,500 to 6,000)  (5,500 to 6,000)
`
	if got := tableText(table, 60); got != want[1:] {
		t.Errorf("got\n%s", got)
	}
}

func TestTableInBlocks(t *testing.T) {
	table := newTextTable("pathway", "gross", "net", "adds")
	f := figureCell(guess(5500, 5892, 6000))
	table.add(nameCell("CDW"), f, f, f)
	want := `
  pathway             gross               net
  CDW                 5,892             5,892
           (5,500 to 6,000)  (5,500 to 6,000)

  pathway              adds
  CDW                 5,892
           (5,500 to 6,000)
`
	if got := tableText(table, 60); got != want[1:] {
		t.Errorf("got\n%s", got)
	}
}

func TestTableBlocksRepeatWhatNamesTheRow(t *testing.T) {
	table := newTextTable("first", "second", "both", "live", "could collide")
	table.columns[1].kind = names
	table.keys = 2
	f := figureCell(guess(55_000_000, 58_000_000, 60_000_000))
	table.add(nameCell("Direct sales"), nameCell("CDW"), f, f, f)
	for _, block := range strings.Split(tableText(table, 60), "\n\n") {
		if !strings.Contains(block, "Direct sales") || !strings.Contains(block, "CDW") {
			t.Errorf("a block does not name its rows:\n%s", block)
		}
	}
}

func TestTableNeverCutsFiguresThatFitAPage(t *testing.T) {
	table := newTextTable("pathway", "a", "b", "c", "d", "e", "f")
	f := figureCell(guess(123_456_789, 234_567_890, 345_678_901))
	table.add(nameCell(strings.Repeat("long name ", 20)), f, f, f, f, f, f)
	got := tableText(table, 60)
	if n := strings.Count(got, "234,567,890"); n != 6 {
		t.Errorf("%d of 6 figures are whole:\n%s", n, got)
	}
	if n := strings.Count(got, "(123,456,789 to 345,678,901)"); n != 6 {
		t.Errorf("%d of 6 limits are whole:\n%s", n, got)
	}
}
