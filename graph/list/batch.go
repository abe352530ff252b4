package list

import "encoding/binary"

// Batch is some rows of a Parquet file, column by column. It is valid until the
// next one.
type Batch struct {
	First   int           // the number of the first row within the block
	Rows    int           // how many there are
	Columns []BatchColumn // as in the layout; those that serve nothing are empty
}

// BatchColumn is what the rows of a batch have in a column. Cells are as they
// stand in the file: spaces around them are not cut off. What is null is empty.
type BatchColumn struct {
	// Texts holds one for each row, or, where there is an Index, a dictionary. A
	// dictionary is the same one, by its address, for all batches that share it; it
	// never changes.
	Texts *Texts
	Index []uint32 // by row: the number of its text
	// Numbers holds the cells instead where they are stored as numbers.
	Numbers *Numbers
}

// Texts are several texts in one piece of memory.
type Texts struct {
	Bytes []byte // with at least Padding bytes behind the last text
	Spans []Span
}

// Span is where a text begins and ends.
type Span struct{ From, To uint32 }

// At is the text of a number.
func (t *Texts) At(i int) []byte { return t.Bytes[t.Spans[i].From:t.Spans[i].To] }

// Read reports whether the column was read.
func (c *BatchColumn) Read() bool { return c.Texts != nil || c.Numbers != nil }

// Cell is the cell of a row.
func (c *BatchColumn) Cell(row int) []byte {
	if c.Numbers != nil {
		return []byte(c.Numbers.Text(row))
	}
	if c.Index != nil {
		row = int(c.Index[row])
	}
	return c.Texts.At(row)
}

// Cells appends the cells of a row.
func (b *Batch) Cells(row int, cells []string) []string {
	for i := range b.Columns {
		cell := ""
		if c := &b.Columns[i]; c.Read() {
			cell = string(c.Cell(row))
		}
		cells = append(cells, cell)
	}
	return cells
}

// Sound reports whether a stored text is a cell as it stands: reading it gives no
// notice.
func Sound(text []byte) bool {
	if len(text) > 0 && (text[0] == '#' || text[0] == ' ') || len(text) > maxCell {
		return isSound(string(text))
	}
	i := 0
	for ; i+8 <= len(text); i += 8 { // in ASCII, and no control character
		if word := binary.LittleEndian.Uint64(text[i:]); (word|(word-0x2020202020202020))&0x8080808080808080 != 0 {
			return isSound(string(text))
		}
	}
	for _, c := range text[i:] {
		if c < ' ' || c >= 0x80 {
			return isSound(string(text))
		}
	}
	return true
}

func isSound(text string) bool {
	noted := false
	_, err := tidy(text, func(code, ...any) error { noted = true; return nil })
	return err == nil && !noted && !isErrorCell(trim(text))
}
