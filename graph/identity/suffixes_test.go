package identity

import (
	"encoding/binary"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/publicsuffix"
)

var update = flag.Bool("update", false, "write suffixes.txt")

// TestSuffixesAreThoseOfTheLibrary reads the rules of two labels out of the
// library's own data, whose form its source describes.
func TestSuffixesAreThoseOfTheLibrary(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "golang.org/x/net").Output()
	if err != nil {
		t.Fatal(err)
	}
	l := readLibrary(t, filepath.Join(strings.TrimSpace(string(dir)), "publicsuffix", "data"))
	want := l.suffixes()
	if *update {
		if err := os.WriteFile("suffixes.txt", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if suffixList != want {
		t.Error("suffixes.txt is not what the library holds; write it with go test ./graph/identity -update")
	}
	n := 0
	eachSuffix(func(suffix string) {
		n++
		if got, _ := publicsuffix.PublicSuffix(suffix); got != suffix {
			t.Errorf("%s is no public suffix: %s is", suffix, got)
		}
	})
	if n < 5000 {
		t.Errorf("only %d suffixes", n)
	}
}

// library is the data of package publicsuffix.
type library struct{ nodes, children, text []byte }

func readLibrary(t *testing.T, dir string) library {
	t.Helper()
	read := func(name string) []byte {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	return library{read("nodes"), read("children"), read("text")}
}

// node gives the label of a node, and where its children are: 40 bits hold 10 of
// a number of children, one of ICANN, 16 of where the text is and 6 of its length.
func (l library) node(i uint32) (label string, low, high uint32, normal bool) {
	b := l.nodes[i*5:]
	x := uint64(b[0])<<32 | uint64(binary.BigEndian.Uint32(b[1:]))
	length, at, child := x&63, x>>6&0xffff, x>>23&0x3ff
	c := binary.BigEndian.Uint32(l.children[child*4:])
	return string(l.text[at : at+length]), c & 0x3fff, c >> 14 & 0x3fff, c>>28&3 == 0
}

// suffixes writes the rules of two labels as the file has them.
func (l library) suffixes() string {
	var lines []string
	tops := uint32(len(l.nodes) / 5)
	for i := uint32(0); i < tops; i++ {
		label, low, high, _ := l.node(i)
		if low < high {
			tops = min(tops, low) // children stand behind all top levels
		}
		var labels []string
		for j := low; j < high; j++ {
			if child, _, _, normal := l.node(j); normal {
				labels = append(labels, child)
			}
		}
		if len(labels) > 0 {
			slices.Sort(labels)
			lines = append(lines, label+" "+strings.Join(labels, " "))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n") + "\n"
}
