// Package starter composes the folder that `channelmap init` writes: from
// nothing an example, or from the lists at hand a proposal. It reads lists and
// writes nothing.
package starter

import (
	"embed"
	"strings"

	"github.com/channelmap/channelmap/graph"
)

// Ignore is the name of the file that keeps lists out of version control.
const Ignore = ".gitignore"

// File is a file of the folder.
type File struct {
	Name string // within the folder
	Text string
}

// Lines are the lines of the file that say something.
func (f File) Lines() []string {
	var out []string
	for _, line := range strings.Split(f.Text, "\n") {
		if line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, line)
		}
	}
	return out
}

//go:embed example
var example embed.FS

// Example is a small ecosystem with two lists.
func Example() []File {
	files := []File{{Ignore, ignore(nil)}}
	for _, name := range []string{graph.FileName, "lists/crm.csv", "lists/northwind.csv"} {
		text, err := example.ReadFile("example/" + name)
		if err != nil {
			panic(err) // the file is part of the program
		}
		files = append(files, File{name, string(text)})
	}
	return files
}

// Propose is an ecosystem that refers to lists at hand.
func Propose(lists []List) []File {
	return []File{{Ignore, ignore(lists)}, {graph.FileName, Compose(lists)}}
}

// ignore keeps lists, and what is made from them, out of version control: the
// usual folder and each list that lies elsewhere below the ecosystem's.
func ignore(lists []List) string {
	var b strings.Builder
	b.WriteString("# Lists name accounts: they do not belong in version control.\nlists/\n.channelmap/\n")
	for _, l := range lists {
		if inside := !strings.HasPrefix(l.File, "/") && !strings.HasPrefix(l.File, "../"); inside && !strings.HasPrefix(l.File, "lists/") {
			b.WriteString("/" + escapePattern(l.File) + "\n")
		}
	}
	return b.String()
}

// escapePattern makes a file's name match itself alone.
func escapePattern(name string) string {
	name = strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`, "\n", "?").Replace(name)
	if trimmed := strings.TrimRight(name, " "); trimmed != name {
		name = trimmed + strings.Repeat(`\ `, len(name)-len(trimmed))
	}
	return name
}
