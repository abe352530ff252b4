package exposure_test

import (
	"context"
	"testing"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

// TestProgress tells of all bytes of all files, however they are read, and ends
// with the count.
func TestProgress(t *testing.T) {
	for name, undo := range map[string]func() func(){
		"kept":   func() func() { return func() {} },
		"stored": func() func() { return exposure.ShortListsAreLong(2000) },
	} {
		func() {
			defer undo()()
			files := map[string]bool{}
			var last exposure.Progress
			opts := exposure.Options{AsOf: graph.Date{Year: 2026, Month: 11, Day: 23}, Progress: func(p exposure.Progress) {
				anew := p.Done == 0 && p.Rows == 0 // files that can only be read row by row after all
				if !anew && (p.Done < last.Done || p.Rows < last.Rows) || p.Done > p.Total || last.Total != 0 && p.Total != last.Total {
					t.Errorf("%s: %+v after %+v", name, p, last)
				}
				files[p.File], last = true, p
			}}
			eco, err := graph.Load("../../testdata/small/distributor")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := exposure.Build(context.Background(), eco, opts); err != nil {
				t.Fatal(err)
			}
			if last.File != "" || last.Done != last.Total || last.Total == 0 || last.Rows < 62 || len(files) != 1+len(eco.Lists) {
				t.Errorf("%s: at the end %+v, of files %v", name, last, files)
			}
		}()
	}
}

// TestProgressOfRows tells how far lists are read once more for rows of evidence.
func TestProgressOfRows(t *testing.T) {
	defer exposure.ShortListsAreLong(2000)()
	var told []exposure.Progress
	opts := exposure.Options{AsOf: today, Keep: true, Progress: func(p exposure.Progress) { told = append(told, p) }}
	eco, err := graph.Load("../../testdata/lumen")
	if err != nil {
		t.Fatal(err)
	}
	x, err := exposure.Build(context.Background(), eco, opts)
	if err != nil {
		t.Fatal(err)
	}
	told = nil
	if len(rowsAsTheyCome(t, x)) == 0 || len(told) < 10 {
		t.Fatalf("it was told %d times", len(told))
	}
	first, last := told[0], told[len(told)-1]
	if first.File == "" || first.Done >= last.Done || last.Done != last.Total || last.Rows < 1000 {
		t.Errorf("from %+v to %+v", first, last)
	}
}
