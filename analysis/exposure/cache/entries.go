package cache

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/hex"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/channelmap/channelmap/graph"
)

// Origin is whose lists an entry was made from. An entry says it in plain text.
type Origin struct {
	Format    int        `json:"format"`
	From      []Source   `json:"from"`
	DestroyBy graph.Date `json:"-"` // the first day by which one of the lists must be destroyed; zero where none must
	Day       string     `json:"destroy_by,omitempty"`
}

// Source is who gave a list, or has rows in one.
type Source struct {
	Party   string `json:"party,omitempty"` // to the agreement under which it was given
	Partner string `json:"partner,omitempty"`
}

// format is that of entries. Another one is none.
const format = 1

// mostHead bounds what an entry says of itself.
const mostHead = 1 << 20

// head writes two lines: a mark for whoever opens the file, and the origin.
func (o Origin) head() ([]byte, error) {
	o.Format = format
	if !o.DestroyBy.IsZero() {
		o.Day = o.DestroyBy.String()
	}
	line, err := json.Marshal(o)
	if err != nil {
		return nil, err
	}
	head := slices.Concat([]byte(o.mark()), []byte("\n"), line, []byte("\n"))
	if len(head) > mostHead {
		return nil, fs.ErrInvalid
	}
	return head, nil
}

// mark is the first line of an entry.
func (o Origin) mark() string {
	var parties []string
	for _, s := range o.From {
		if s.Party != "" && !slices.Contains(parties, s.Party) {
			parties = append(parties, s.Party)
		}
	}
	if len(parties) == 0 {
		return "A count that channelmap keeps for its next run; it can be removed at any time."
	}
	return "Confidential: made from lists given under an agreement with " + strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.Join(parties, ", ")) + "."
}

// headOf finds the end of an entry's two lines.
func headOf(data []byte) (end int, ok bool) {
	data = data[:min(len(data), mostHead)]
	for range 2 {
		n := bytes.IndexByte(data[end:], '\n')
		if n < 0 {
			return 0, false
		}
		end += n + 1
	}
	return end, true
}

// parseOrigin reads what an entry says of itself, of which it need not be the author.
func parseOrigin(data []byte) (o Origin, ok bool) {
	end, ok := headOf(data)
	if !ok {
		return o, false
	}
	_, line, _ := bytes.Cut(data[:end], []byte("\n"))
	if json.Unmarshal(line, &o) != nil || o.Format != format {
		return Origin{}, false
	}
	if o.Day != "" {
		day, err := graph.ParseDate(o.Day)
		if err != nil {
			return Origin{}, false
		}
		o.DestroyBy = day
	}
	return o, true
}

// Entry is a file of the folder.
type Entry struct {
	Name    string
	Written time.Time // or last used
	Size    int64
	Origin  Origin // zero where the entry cannot be used, so that nobody knows
	Known   bool   // it can
}

// Entries lists what is kept, oldest first.
func (s *Store) Entries() []Entry {
	root, err := s.open()
	if err != nil {
		return nil
	}
	defer root.Close()
	return entriesIn(root)
}

// Remove removes an entry.
func (s *Store) Remove(name string) error {
	root, err := s.open()
	if err != nil {
		return err
	}
	defer root.Close()
	if !isEntry(name) {
		return fs.ErrInvalid
	}
	return root.Remove(name)
}

// Tidy removes entries that are made from a list which must be destroyed by a day.
func (s *Store) Tidy(today graph.Date) {
	root, err := s.open()
	if err != nil {
		return
	}
	defer root.Close()
	tidy(root, today)
}

// isEntry reports whether a name is one that Put gives. Other files are not ours.
func isEntry(name string) bool {
	sum, ok := strings.CutSuffix(name, extension)
	raw, err := hex.DecodeString(sum)
	return ok && err == nil && len(raw) == nameBytes
}

func entriesIn(root *os.Root) []Entry {
	var all []Entry
	for _, file := range filesIn(root) {
		if !isEntry(file.Name()) {
			continue
		}
		e := Entry{Name: file.Name(), Written: file.ModTime(), Size: file.Size()}
		e.Origin, e.Known = originIn(root, e.Name)
		all = append(all, e)
	}
	slices.SortFunc(all, func(a, b Entry) int { return cmp.Or(a.Written.Compare(b.Written), cmp.Compare(a.Name, b.Name)) })
	return all
}

func filesIn(root *os.Root) []fs.FileInfo {
	dir, err := root.Open(".")
	if err != nil {
		return nil
	}
	defer dir.Close()
	files, _ := dir.Readdir(-1)
	return files
}

func originIn(root *os.Root, name string) (Origin, bool) {
	f, err := openEntry(root, name)
	if err != nil {
		return Origin{}, false
	}
	defer f.Close()
	var head []byte
	in := bufio.NewReader(io.LimitReader(f, mostHead))
	for range 2 {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return Origin{}, false
		}
		head = append(head, line...)
	}
	return parseOrigin(head)
}

// abandoned is after which time what a run wrote aside is nobody's any more.
const abandoned = time.Hour

// tidy removes what is past its day, too old or too much, and parts that a run left
// which was killed.
func tidy(root *os.Root, today graph.Date) {
	for _, file := range filesIn(root) {
		if strings.HasPrefix(file.Name(), partName) && time.Since(file.ModTime()) > abandoned {
			_ = root.Remove(file.Name())
		}
	}
	all := entriesIn(root)
	slices.Reverse(all)
	var bytes int64
	for i, e := range all {
		bytes += e.Size
		past := !today.IsZero() && !e.Origin.DestroyBy.IsZero() && today.Compare(e.Origin.DestroyBy) > 0
		if past || i >= mostEntries || bytes > mostBytes {
			_ = root.Remove(e.Name)
		}
	}
}
