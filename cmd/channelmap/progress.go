package main

import (
	"fmt"
	"io"
	"math"
	"sync"
	"time"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/render"
)

// progress is what a terminal shows while a command reads, on a line that is
// written over again and again, and when it is done. It is nil where stderr is no
// terminal.
type progress struct {
	w       io.Writer
	columns int
	now     func() time.Time
	began   time.Time // of the command

	lock    sync.Mutex
	pass    time.Time         // when the files began to be read
	last    exposure.Progress // what was told last
	painted time.Time         // when the line was written; zero where there is none
	counted []string          // what studies came to, a line each
}

// repaintEvery is how long the line stays as it is at least.
const repaintEvery = 100 * time.Millisecond

// settled is how long files must have been read before their speed tells
// something.
const settled = 300 * time.Millisecond

// watch makes the progress of a command that begins now.
func (s streams) watch() streams {
	if s.errColumns == 0 {
		return s
	}
	now := s.now
	if now == nil {
		now = time.Now
	}
	s.progress = &progress{w: s.err, columns: s.errColumns, now: now, began: now()}
	return s
}

// showProgress shows how far the reading has come.
func (s streams) showProgress() func(exposure.Progress) {
	if s.progress == nil {
		return nil
	}
	return s.progress.show
}

// clearProgress removes what showProgress shows.
func (s streams) clearProgress() {
	if s.progress != nil {
		s.progress.clear()
	}
}

// show rewrites the line, unless it was written a moment ago. That another part
// of the work begins shows at once.
func (p *progress) show(at exposure.Progress) {
	p.lock.Lock()
	defer p.lock.Unlock()
	now := p.now()
	begins := p.pass.IsZero() || at.Done < p.last.Done || at.File != "" && p.last.File == ""
	if begins {
		p.pass = now
	}
	turns := begins || at.File == "" && p.last.File != ""
	p.last = at
	if !turns && !p.painted.IsZero() && now.Sub(p.painted) < repaintEvery {
		return
	}
	p.painted = now
	fmt.Fprintf(p.w, "\r\x1b[K%s", render.Fit(progressLine(at, now.Sub(p.pass)), p.columns-1))
}

func (p *progress) clear() {
	p.lock.Lock()
	defer p.lock.Unlock()
	if !p.painted.IsZero() {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
	p.painted, p.pass, p.last = time.Time{}, time.Time{}, exposure.Progress{}
}

// progressLine says how far the reading has come: "reading 42%, 3,100,000 rows/s,
// 12 s left: lists/crm.csv".
func progressLine(at exposure.Progress, taken time.Duration) string {
	if at.File == "" {
		return "counting " + number(at.Rows, "row")
	}
	line := "reading"
	if at.Total > 0 {
		line += fmt.Sprintf(" %d%%", int(100*share(at)))
	}
	if taken >= settled && at.Rows > 0 {
		line += fmt.Sprintf(", %s rows/s", analysis.Number(float64(at.Rows)/taken.Seconds()))
	}
	if taken >= settled && at.Done > 0 {
		line += ", " + roughly(time.Duration(float64(taken)*(1/share(at)-1))) + " left"
	}
	return line + ": " + at.File
}

// share is the part of the bytes that is read.
func share(at exposure.Progress) float64 {
	if at.Done >= at.Total { // a file may have grown
		return 1
	}
	return float64(at.Done) / float64(at.Total)
}

// roughly writes a time that is a guess.
func roughly(d time.Duration) string {
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%.0f s", math.Ceil(d.Seconds()))
	case d < time.Hour:
		return fmt.Sprintf("%.0f min", math.Ceil(d.Minutes()))
	}
	return fmt.Sprintf("%.1f h", d.Hours())
}

func number(n int64, what string) string {
	if n != 1 {
		what += "s"
	}
	return analysis.Number(float64(n)) + " " + what
}

// count keeps what a study came to, for the end of the command.
func (p *progress) count(x *exposure.Exposure) {
	if p == nil {
		return
	}
	table, who := x.Accounts, "account"
	if table.Members() == 0 {
		table, who = x.Users, "user"
	}
	sets := 0
	for _, c := range table.Cells {
		sets += len(c.Sets)
	}
	line := fmt.Sprintf("%s, %s, %s, %s rejected", number(int64(x.Matching.Rows), "row"),
		number(table.Members(), who), number(int64(sets), "distinct set"), number(rejected(x), "row"))
	if x.FromCache() {
		line = "From the cache: " + line // first, since the end may not fit
	}
	p.counted = append(p.counted, line)
}

// rejected is how many rows of lists could not be used.
func rejected(x *exposure.Exposure) (n int64) {
	for _, l := range x.Lists {
		for _, notice := range l.Summary.Notices {
			if notice.Lost {
				n += int64(notice.Count)
			}
		}
	}
	return n
}

// end tells what the command counted, and how long it took in all.
func (p *progress) end() {
	if p == nil {
		return
	}
	p.clear()
	took := fmt.Sprintf("%.1f s", p.now().Sub(p.began).Seconds())
	for i, line := range p.counted {
		if i == len(p.counted)-1 {
			line += ", " + took
		}
		fmt.Fprintln(p.w, render.Fit(line, p.columns))
	}
}
