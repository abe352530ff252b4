// Package generate writes lists to measure on, with the properties that lists of
// partners have and that make counting them hard: sizes after Zipf's law, partners
// that share accounts, rows that are there twice, and no order at all. The same
// list comes out each time, a row at a time, so that memory does not bound it.
package generate

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
)

// Form is which columns a list has.
type Form string

// The forms of a list.
const (
	Plain    Form = "plain"    // account, partner
	Segment  Form = "segments" // account, partner, segment
	Wide     Form = "wide"     // account, partner, value, segment, role, status
	ListFile      = "list.csv" // in the folder of a Spec
)

// Spec is a list to write.
type Spec struct {
	Rows     int64 // hundreds
	Partners int   // at least 16
	Form     Form
}

// Folder is the name of the folder for the list.
func (s Spec) Folder() string { return fmt.Sprintf("%s-%d-%d", s.Form, s.Partners, s.Rows) }

func (s Spec) check() error {
	if s.Rows <= 0 || s.Rows%groupRows != 0 {
		return fmt.Errorf("%d rows: write a number of hundreds, such as 200000", s.Rows)
	}
	if s.Partners < clusters || s.Partners > 1000 {
		return fmt.Errorf("%d partners: write a number from %d to 1000", s.Partners, clusters)
	}
	return nil
}

// PartnerIDs are the ids of the partners by number, all of one length:
// [PartnerPrefix] and as many digits as the last one needs.
func (s Spec) PartnerIDs() []string {
	ids := make([]string, s.Partners)
	for p := range ids {
		ids[p] = fmt.Sprintf("%s%0*d", PartnerPrefix, s.PartnerDigits(), p)
	}
	return ids
}

// PartnerPrefix is what stands before the number in the id of a partner.
const PartnerPrefix = "partner-"

// PartnerDigits is how many digits the number has in the id of a partner.
func (s Spec) PartnerDigits() int { return len(strconv.Itoa(s.Partners - 1)) }

// Write writes the list and its ecosystem file into a folder of its own below
// dir and returns the folder. A list that is there already is left as it is.
// Cost: linear in the rows, about 0.3 microseconds each; a few megabytes.
func (s Spec) Write(ctx context.Context, dir string) (string, error) {
	if err := s.check(); err != nil {
		return "", err
	}
	folder := filepath.Join(dir, s.Folder())
	if _, err := os.Stat(filepath.Join(folder, ListFile)); err == nil {
		return folder, nil
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return "", err
	}
	if err := s.WriteEcosystem(folder, ListFile); err != nil {
		return "", err
	}
	return folder, writeAside(filepath.Join(folder, ListFile), func(to io.Writer) error { return s.writeRows(ctx, to) })
}

// writeAside writes a file under another name and renames it once it is whole.
func writeAside(name string, write func(io.Writer) error) error {
	f, err := os.Create(name + ".part")
	if err != nil {
		return err
	}
	err = write(f)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		os.Remove(f.Name())
		return err
	}
	return os.Rename(f.Name(), name)
}

var headers = map[Form]string{
	Plain:   "account,partner\n",
	Segment: "account,partner,segment\n",
	Wide:    "account,partner,value,segment,role,status\n",
}

func (s Spec) writeRows(ctx context.Context, to io.Writer) error {
	out := bufio.NewWriterSize(to, 1<<20)
	out.WriteString(headers[s.Form])
	ids := s.PartnerIDs()
	d := newDraw(s)
	for i := range uint64(s.Rows) {
		if i%groupRows == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		m := d.row(i)
		line := appendKey(out.AvailableBuffer(), m.account)
		line = append(append(line, ','), ids[m.partner]...)
		if _, err := out.Write(append(s.appendMore(line, m), '\n')); err != nil {
			return err
		}
	}
	return out.Flush()
}

// appendMore writes the columns after account and partner.
func (s Spec) appendMore(line []byte, m membership) []byte {
	switch s.Form {
	case Segment:
		return append(append(line, ','), segment(m.account)...)
	case Wide:
		line = strconv.AppendUint(append(line, ','), value(m.account), 10)
		for _, text := range []string{segment(m.account), role(m.partner), status(m)} {
			line = append(append(line, ','), text...)
		}
	}
	return line
}

var columns = map[Form]string{
	Plain:   "account: account, partner: partner",
	Segment: "account: account, partner: partner, segment: segment",
	Wide:    "account: account, partner: partner, value: value, segment: segment, role: role, status: status",
}

// WriteEcosystem writes the ecosystem file of a list into a folder. The list
// may be another file than the one that Write makes, with the same columns.
func (s Spec) WriteEcosystem(folder, list string) error {
	var out bytes.Buffer
	out.WriteString("vendor: Acme\ncurrency: USD\nas_of: 2026-11-23\n")
	if s.Form != Plain {
		out.WriteString("segments:\n")
		for _, id := range Segments {
			fmt.Fprintf(&out, "  - {id: %s, name: %s, audience: buyers}\n", id, id)
		}
	}
	out.WriteString("channels:\n  - {id: resellers, name: Resellers, kind: reseller}\npartners:\n")
	for _, id := range s.PartnerIDs() {
		fmt.Fprintf(&out, "  - {id: %s, name: %s, channel: resellers}\n", id, id)
	}
	fmt.Fprintf(&out, "lists:\n  - {file: %s, channel: resellers, columns: {%s}}\n", list, columns[s.Form])
	return os.WriteFile(filepath.Join(folder, "ecosystem.yaml"), out.Bytes(), 0o666)
}
