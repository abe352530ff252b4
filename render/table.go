package render

import "strings"

const (
	columnGap = 2
	// leastName is how narrow a column of names may become, and goodName how
	// narrow while limits could still go below their figures.
	leastName = 12
	goodName  = 24
	// mostCell bounds a cell, in columns.
	mostCell = 160
	// mostRows is how many rows of a long table the text shows.
	mostRows = 20
)

// cell is what a table says in one place. The detail stands behind the text, or
// below it where lines are short.
type cell struct{ text, detail string }

// one is the cell in one line.
func (c cell) one() string {
	if c.detail == "" {
		return c.text
	}
	return c.text + " " + c.detail
}

// column is a column of a table. A header of two lines has a line feed; it is
// the only text of a table that is not escaped.
type column struct {
	header string
	kind   columnKind
}

// columnKind tells how the cells of a column stand.
type columnKind int

const (
	numbers columnKind = iota // to the right
	names                     // to the left, and shortened where there is no room
	labels                    // to the left, and whole
)

// textTable is a table of a text report. Its first columns hold the names of
// the rows.
type textTable struct {
	keys    int // how many of the columns name the row
	columns []column
	rows    [][]cell
}

// newTextTable makes a table of one column of names and others of numbers.
func newTextTable(name string, measures ...string) *textTable {
	t := &textTable{keys: 1, columns: []column{{name, names}}}
	for _, h := range measures {
		t.columns = append(t.columns, column{header: h})
	}
	return t
}

func (t *textTable) add(cells ...cell) {
	for i := range cells {
		cells[i] = cell{cutText(EscapeControls(cells[i].text), mostCell), cutText(EscapeControls(cells[i].detail), mostCell)}
	}
	t.rows = append(t.rows, cells)
}

// table writes a table in the width of the report: each cell in one line where
// there is room, else details below, else the columns in several blocks that
// repeat those that name the row.
func (r *textReport) table(t *textTable) {
	const indent = 2
	room := r.width - indent
	if t.narrowest(true, goodName) <= room {
		r.block(t, room, true)
		return
	}
	for n, b := range t.blocks(room) {
		if n > 0 {
			r.raw("")
		}
		r.block(b, room, false)
	}
}

// blocks splits the columns so that each block fits.
func (t *textTable) blocks(room int) []*textTable {
	var all []*textTable
	from := t.keys
	for from < len(t.columns) {
		to := from + 1
		for to < len(t.columns) && t.part(from, to+1).narrowest(false, leastName) <= room {
			to++
		}
		all = append(all, t.part(from, to))
		from = to
	}
	return all
}

// part is a table with the columns that name the rows and some others.
func (t *textTable) part(from, to int) *textTable {
	k := t.keys
	p := &textTable{keys: k, columns: append(t.columns[:k:k], t.columns[from:to]...)}
	for _, row := range t.rows {
		p.rows = append(p.rows, append(row[:k:k], row[from:to]...))
	}
	return p
}

// widths gives what each column needs.
func (t *textTable) widths(oneLine bool) []int {
	w := make([]int, len(t.columns))
	for i, c := range t.columns {
		for _, line := range strings.Split(c.header, "\n") {
			w[i] = max(w[i], displayWidth(line))
		}
		for _, row := range t.rows {
			if oneLine {
				w[i] = max(w[i], displayWidth(row[i].one()))
			} else {
				w[i] = max(w[i], displayWidth(row[i].text), displayWidth(row[i].detail))
			}
		}
	}
	return w
}

// narrowest is the width of the table with names as short as they may be.
func (t *textTable) narrowest(oneLine bool, name int) int {
	sum := columnGap * (len(t.columns) - 1)
	for i, w := range t.widths(oneLine) {
		if t.columns[i].kind == names {
			w = min(w, max(name, t.least(i)))
		}
		sum += w
	}
	return sum
}

// least is how narrow a column of names may become: what stands below a name
// should be whole.
func (t *textTable) least(i int) int {
	w := leastName
	for _, row := range t.rows {
		w = max(w, displayWidth(row[i].detail))
	}
	return min(w, goodName)
}

// fitted shortens columns, the widest names first, until the table fits. Where
// numbers alone are too wide for a page, these are shortened too.
func (t *textTable) fitted(room int, oneLine bool) []int {
	w := t.widths(oneLine)
	excess := columnGap*(len(w)-1) - room
	for _, n := range w {
		excess += n
	}
	for ; excess > 0; excess-- {
		w[t.widest(w)]--
	}
	return w
}

// widest is the column to shorten next: the widest of names that are not as
// short as they may be, else the widest of all.
func (t *textTable) widest(w []int) int {
	best := -1
	for i := range w {
		if t.columns[i].kind == names && w[i] > t.least(i) && (best < 0 || w[i] > w[best]) {
			best = i
		}
	}
	if best >= 0 {
		return best
	}
	best = 0
	for i := range w {
		if w[i] > w[best] {
			best = i
		}
	}
	return best
}

// block writes a table that fits.
func (r *textReport) block(t *textTable, room int, oneLine bool) {
	w := t.fitted(room, oneLine)
	t.header(r, w)
	for _, row := range t.rows {
		top, below := make([]string, len(row)), make([]string, len(row))
		for i, c := range row {
			top[i], below[i] = c.text, c.detail
			if oneLine {
				top[i], below[i] = c.one(), ""
			}
		}
		t.line(r, w, top)
		t.line(r, w, below)
	}
}

func (t *textTable) header(r *textReport, w []int) {
	top, bottom := make([]string, len(w)), make([]string, len(w))
	for i, c := range t.columns {
		first, second, two := strings.Cut(c.header, "\n")
		if two {
			top[i], bottom[i] = first, second
		} else {
			bottom[i] = first
		}
	}
	t.line(r, w, top)
	t.line(r, w, bottom)
}

// line writes one line of cells, and none where all are empty.
func (t *textTable) line(r *textReport, w []int, cells []string) {
	if strings.Join(cells, "") == "" {
		return
	}
	var b strings.Builder
	for i, c := range cells {
		b.WriteString(strings.Repeat(" ", columnGap))
		b.WriteString(pad(closeRightToLeft(cutText(c, w[i])), w[i], t.columns[i].kind == numbers))
	}
	r.raw(b.String())
}

// rest says how many rows a table leaves out.
func (r *textReport) rest(all int) { r.restAfter(mostRows, all) }

// restAfter counts what is left out after so many rows.
func (r *textReport) restAfter(shown, all int) {
	if more := all - shown; more > 0 {
		r.paragraph(2, countDigits(more)+" more: --format csv shows all.")
	}
}
