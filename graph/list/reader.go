package list

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/channelmap/channelmap/graph"
)

// reader reads the files of one list.
type reader struct {
	ctx      context.Context
	plan     *plan
	notes    *notes
	each     func(*Row) error
	files    []File
	blocks   Blocks
	progress progress
}

// file reads one file.
func (r *reader) file(f found) error {
	in, err := os.Open(f.path)
	if err != nil {
		return fmt.Errorf("%s: cannot be opened: %w", f.name, unwrapPath(err))
	}
	defer in.Close()
	if info, err := in.Stat(); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("%s: is no file, but a device or a pipe; write what it gives to a file, and name that", f.name)
	}
	r.progress.begin(in)
	o, err := openContent(r.ctx, f, in, r.notes)
	if err != nil {
		return err
	}
	defer o.close()
	format, err := r.plan.formatOf(f, o.head)
	if err == nil {
		err = o.readable(format)
	}
	if err != nil {
		return fmt.Errorf("%s %w", f.name, err)
	}
	if format == formatXLSX {
		return r.workbook(f)
	}
	if format == formatCSV {
		if done, err := r.inBlocks(f, in, o); done || err != nil {
			return err
		}
	}
	if format == formatParquet {
		if done, err := r.inColumns(f, in); done || err != nil {
			return err
		}
	}
	return r.single(f, in, o, format)
}

// formatOf tells the format by what the file holds, and holds it against what
// the list says.
func (p *plan) formatOf(f found, head []byte) (string, error) {
	format, err := sniff(f.name, head)
	if err != nil {
		return "", err
	}
	if p.format != "" && kindOf(p.format) != kindOf(format) {
		return "", fmt.Errorf("is %s, but `format:` says %s; leave `format:` out", kindOf(format), p.format)
	}
	return format, nil
}

// kindOf says in words what a file of a format is.
func kindOf(format string) string {
	switch format {
	case formatXLSX:
		return "a workbook"
	case formatParquet:
		return "a Parquet file"
	case formatJSONL:
		return "JSON Lines"
	}
	return "text"
}

// single reads a file that holds one table.
func (r *reader) single(f found, in *os.File, o *content, format string) error {
	src, err := r.plan.open(f, in, o, format, r.notes)
	if err != nil {
		return err
	}
	defer src.close()
	t := r.table(f, graph.Place{File: f.name})
	t.file.Format, t.file.Encoding, t.file.Delimiter = src.format, src.encoding, src.delimiter
	t.semicolons = src.delimiter == delimiterName(';')
	r.progress.follow(src.source, in)
	return r.read(t, src.source)
}

// openText finds encoding and delimiter of a text.
func openText(p *plan, n *notes, name string, in io.ReadSeeker, head []byte) (*textSource, error) {
	src, sample, err := openLines(p, n, name, in, head)
	if err != nil {
		return nil, err
	}
	src.split.delim = p.delim
	if p.delim == 0 {
		src.detect(sample, preferredDelimiter(p.format, name), p.serving)
	}
	return src, nil
}

// openLines finds the encoding of a text, and returns its beginning too.
func openLines(p *plan, n *notes, name string, in io.ReadSeeker, head []byte) (src *textSource, sample []byte, err error) {
	c, err := p.codingOf(in, head)
	if err != nil {
		return nil, nil, unreadable(name, err)
	}
	if sample, err = decodeSample(c, in); err != nil {
		return nil, nil, unreadable(name, err)
	}
	if isBinary(sample) {
		return nil, nil, fmt.Errorf("%s is no text in %s, nor of another format that is read here (%s)", name, c.name, readHere)
	}
	text, err := c.reader(in)
	if err != nil {
		return nil, nil, unreadable(name, err)
	}
	src = &textSource{place: graph.Place{File: name}, name: c.name, decoded: c.decode != nil, notes: n, lines: newLineReader(text, maxRecord)}
	if c.guessed {
		err = n.add(guessedText, src.place, c.name)
	}
	return src, sample, err
}

func unreadable(name string, err error) error {
	return fmt.Errorf("%s: cannot be read: %w", name, unwrapPath(err))
}

// codingOf returns the encoding that a byte-order mark tells, else the one that
// the list names, else the one detected.
func (p *plan) codingOf(in io.ReadSeeker, head []byte) (coding, error) {
	if c, ok := marked(head); ok {
		return c, nil
	}
	if p.coding != nil {
		return *p.coding, nil
	}
	return detectCoding(in, head)
}

// decodeSample returns the beginning of the text in UTF-8.
func decodeSample(c coding, in io.ReadSeeker) ([]byte, error) {
	text, err := c.reader(in)
	if err != nil {
		return nil, err
	}
	sample := make([]byte, sampleBytes)
	n, err := io.ReadFull(text, sample)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return sample[:n], err
}

// table prepares the reading of a file or sheet.
func (r *reader) table(f found, at graph.Place) *table {
	return &table{reader: r, plan: r.plan, notes: r.notes, partner: r.plan.partnerOf(f), file: File{Place: at}}
}

// read reads a table and keeps what the summary says of it.
func (r *reader) read(t *table, src source) error {
	if err := t.read(&peeker{source: src}); err != nil {
		return err
	}
	r.files = append(r.files, t.file)
	return nil
}

// partnerOf returns the partner of rows that name none: the list's, else, of
// lists of partners' members, the one that the file's name tells.
func (p *plan) partnerOf(f found) string {
	switch {
	case p.spec.Partner != "":
		return p.spec.Partner
	case p.name != Members || p.spec.Own || p.wide || p.spec.Layout == graph.LayoutLong:
		return ""
	case p.spec.Layout == graph.LayoutPartner && f.partner == "":
		return baseName(f.name[strings.LastIndexByte(f.name, '/')+1:])
	}
	return f.partner
}

// detect finds the delimiter. The line `sep=;` that some programs write first
// tells it, and is not shown as a row.
func (s *textSource) detect(sample []byte, preferred byte, serving func([]string) int) {
	first := sample
	if i := bytes.IndexAny(sample, "\r\n"); i >= 0 {
		first = sample[:i]
	}
	if rest, ok := bytes.CutPrefix(bytes.ToLower(first), []byte("sep=")); ok && len(rest) == 1 && rest[0] < 0x80 {
		s.split.delim = rest[0]
		s.lines.next() // an error shows again with the line after
		return
	}
	s.split.delim = detectDelimiter(sample[:min(len(sample), delimiterSample)], preferred, serving)
}
