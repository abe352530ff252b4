package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/lockedfile"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/render"
)

// The folder beside an ecosystem, and the record in it of files that were made
// from lists under an agreement (nda), a line of JSON each. Only purge needs it.
const (
	keptFolder = ".channelmap"
	recordFile = "outputs.jsonl"
	// longestLine bounds the lines that are read and written, in bytes.
	longestLine = 1 << 20
)

// output is a line of the record: a file that was written.
type output struct {
	Path   string   `json:"path"` // relative to the ecosystem's folder where it is inside, with slashes
	Kind   string   `json:"kind"` // the verb and the format, such as "map svg"
	From   []source `json:"from"` // the lists under an agreement that were read for it
	Size   int64    `json:"size"` // in bytes
	SHA256 string   `json:"sha256"`
	Day    string   `json:"day"` // on which it was written
}

// source tells who gave a list: the party to the agreement, and the partner
// whose rows it holds, where it is one partner's.
type source struct {
	Party   string `json:"party"`
	Partner string `json:"partner,omitempty"`
}

// record is the record beside an ecosystem.
type record struct {
	dir string // the ecosystem's folder, absolute and without links
}

func openRecord(eco *graph.Ecosystem) (*record, error) {
	dir, err := filepath.EvalSymlinks(absolute(eco.Dir))
	return &record{dir}, err
}

func (r *record) folder() string { return filepath.Join(r.dir, keptFolder) }
func (r *record) file() string   { return filepath.Join(r.folder(), recordFile) }

func (r *record) exists() bool {
	_, err := os.Lstat(r.file())
	return err == nil
}

// nameOf is how the record names a file: by where it is, whatever links led there.
func (r *record) nameOf(path string) (string, error) {
	path, err := filepath.EvalSymlinks(absolute(path))
	if err != nil {
		return "", err
	}
	if !utf8.ValidString(path) {
		return "", errors.New("its name is not UTF-8")
	}
	if rel, err := filepath.Rel(r.dir, path); err == nil && filepath.IsLocal(rel) {
		path = rel
	}
	return filepath.ToSlash(path), nil
}

// place is where a file of the record is.
func (r *record) place(name string) string {
	name = filepath.FromSlash(name)
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(r.dir, name)
}

// add records a file in place of what the record says of its path. A file from
// no list only leaves the record.
func (r *record) add(made output) error {
	if err := r.makeFolder(); err != nil {
		return err
	}
	defer r.lock()()
	line, err := json.Marshal(made)
	if err != nil {
		return err
	}
	if len(line) >= longestLine {
		return errors.New("it names too many agreements")
	}
	name, err := json.Marshal(made.Path)
	if err != nil {
		return err
	}
	if len(made.From) == 0 {
		line = nil
	}
	start := slices.Concat([]byte(`{"path":`), name, []byte(`,`)) // as add itself writes it
	return r.rewrite(func(old []byte) bool { return bytes.HasPrefix(old, start) }, line)
}

// makeFolder makes the folder of the record, which no one else may read and
// which is in no version control.
func (r *record) makeFolder() error {
	if err := os.Mkdir(r.folder(), 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if info, err := os.Lstat(r.folder()); err != nil || !info.IsDir() {
		return errors.Join(err, fmt.Errorf("%s is no folder", r.folder()))
	}
	f, err := os.OpenFile(filepath.Join(r.folder(), ".gitignore"), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = f.WriteString("*\n")
	return errors.Join(err, f.Close())
}

// lock keeps other runs from changing the record until the function that it
// returns is called. Where a file system knows no locks there is none: a record
// at risk is better than no record.
func (r *record) lock() (unlock func()) {
	path := filepath.Join(r.folder(), "lock")
	folder, err := os.Lstat(r.folder())
	if err != nil || !folder.IsDir() {
		return func() {}
	}
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return func() {}
	}
	unlock, err = lockedfile.MutexAt(path).Lock()
	if err != nil {
		return func() {}
	}
	return unlock
}

// rewrite replaces the record by one without some lines and with one more, if
// there is one.
func (r *record) rewrite(drop func(line []byte) bool, more []byte) error {
	old, err := r.open()
	if err != nil {
		return err
	}
	defer old.Close()
	f, err := createAside(r.file())
	if err != nil {
		return err
	}
	defer f.discard()
	if err := f.Chmod(0o600); err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	if err := copyLines(w, old, drop); err != nil {
		return err
	}
	if len(more) > 0 {
		w.Write(more)
		w.WriteByte('\n')
	}
	if err := w.Flush(); err != nil { // reports what failed before, too
		return err
	}
	return f.commit()
}

// open opens the record; one that is not there reads as empty. Links are not
// followed: a folder from elsewhere could point them anywhere.
func (r *record) open() (io.ReadCloser, error) {
	for _, path := range []string{r.folder(), r.file()} {
		info, err := os.Lstat(path)
		if errors.Is(err, fs.ErrNotExist) {
			return io.NopCloser(strings.NewReader("")), nil
		}
		if err != nil {
			return nil, err
		}
		if right := path == r.folder() && info.IsDir() || path == r.file() && info.Mode().IsRegular(); !right {
			return nil, fmt.Errorf("%s is a link or something else that is not used", path)
		}
	}
	return os.Open(r.file())
}

// copyLines copies all lines but those to drop and empty ones. The last one is
// ended if it was not: half a line must not swallow the next.
func copyLines(w *bufio.Writer, old io.Reader, drop func(line []byte) bool) error {
	dropping := false
	return eachPiece(old, func(p piece) error {
		if p.first {
			dropping = p.last && (len(p.text) == 0 || drop(p.text))
		}
		if dropping {
			return nil
		}
		_, err := w.Write(p.text)
		if p.last && err == nil {
			err = w.WriteByte('\n')
		}
		return err
	})
}

// piece is a line, or part of one that is longer than longestLine. The text is
// valid until the next piece.
type piece struct {
	line        int // from 1
	text        []byte
	first, last bool // of its line
}

func eachPiece(r io.Reader, visit func(p piece) error) error {
	in := bufio.NewReaderSize(r, longestLine)
	for p := (piece{line: 1, first: true}); ; p.first = p.last {
		text, more, err := in.ReadLine()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		p.text, p.last = text, !more
		if err := visit(p); err != nil {
			return err
		}
		if p.last {
			p.line++
		}
	}
}

// badLine is a line of the record that cannot be used.
type badLine struct {
	line int // from 1
	why  string
}

// each visits the files that the record names, in its order, and reports lines
// that cannot be used to bad. Several lines may name one file; the last holds.
func (r *record) each(visit func(output), bad func(badLine)) error {
	in, err := r.open()
	if err != nil {
		return err
	}
	defer in.Close()
	return eachPiece(in, func(p piece) error {
		if !p.first || p.last && len(p.text) == 0 {
			return nil
		}
		made, why := parseOutput(p)
		if why != "" {
			bad(badLine{p.line, why})
		} else {
			visit(made)
		}
		return nil
	})
}

// parseOutput reads a line of the record, or says why it cannot be used.
func parseOutput(p piece) (made output, why string) {
	if !p.last {
		return made, fmt.Sprintf("is longer than %d bytes", longestLine)
	}
	if err := json.Unmarshal(p.text, &made); err != nil {
		return made, "is damaged"
	}
	switch sum, err := hex.DecodeString(made.SHA256); {
	case !properPath(made.Path):
		return made, fmt.Sprintf("has a path that is never written here, %s", brief(made.Path))
	case err != nil || len(sum) != sha256.Size || made.SHA256 != strings.ToLower(made.SHA256) || made.Size < 0:
		return made, "has no right size and SHA-256"
	case len(made.From) == 0:
		return made, "names no list"
	}
	return made, ""
}

// properPath reports whether a path is as nameOf makes them: nothing in it leads
// back up.
func properPath(name string) bool {
	path := filepath.FromSlash(name)
	if path == "." || path != filepath.Clean(path) || strings.ContainsRune(path, 0) {
		return false
	}
	return filepath.IsAbs(path) || filepath.IsLocal(path)
}

// brief makes a text from outside fit a line.
func brief(text string) string {
	const most = 40
	text = render.EscapeControls(text)
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + "..."
	}
	return text
}

// forget takes files out of the record: those of which gone is true. Lines that
// cannot be used stay.
func (r *record) forget(gone func(name string) bool) error {
	return r.rewrite(func(line []byte) bool {
		made, why := parseOutput(piece{text: line, last: true})
		return why == "" && gone(made.Path)
	}, nil)
}
