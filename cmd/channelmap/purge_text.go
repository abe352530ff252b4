package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/render"
)

// mostNamed bounds how many files or lines are named under one heading.
const mostNamed = 100

// text tells what came of it: the answer first, then every file, then what is
// left to do by hand.
func (p *purge) text() string {
	var b strings.Builder
	lists := p.lists()
	wrapInto(&b, "", p.answer(lists))
	p.tellFates(&b, p.word("Removed:", "Would be removed:"), p.removed)
	p.tellFates(&b, "Not there any more; if it was moved, remove it where it is now:", p.gone)
	p.tellFates(&b, "Left, to be looked at and removed by hand:", p.left)
	p.tellBadLines(&b)
	if len(lists) > 0 {
		b.WriteString("\nLists, to be removed by hand with their entries:\n")
		for _, l := range lists {
			p.tellList(&b, l)
		}
	}
	wrapInto(&b, "", "\nNobody knows what was printed to a terminal, copied or mailed: remove that too.")
	return b.String()
}

func (p *purge) word(done, dry string) string {
	if p.dry {
		return dry
	}
	return done
}

// lists are those of the giver that the ecosystem names.
func (p *purge) lists() []graph.ListSpec {
	var out []graph.ListSpec
	for _, l := range listsUnderAgreement(p.eco) {
		if p.giver.gave(sourceOf(l)) {
			out = append(out, l)
		}
	}
	return out
}

// answer is the first line.
func (p *purge) answer(lists []graph.ListSpec) string {
	name := render.EscapeControls(p.giver.name)
	if p.recorded() == 0 && len(lists) == 0 && p.badLines == 0 {
		return fmt.Sprintf("No list of %s is under an agreement (nda), and no file made from one is recorded.", name)
	}
	whose := name + "'s " + plural(max(len(lists), 1), "list", "lists")
	return strings.Join(append([]string{p.done(whose)}, p.rest(lists)...), "; ") + "."
}

// recorded is the number of files that the record named.
func (p *purge) recorded() int { return len(p.removed) + len(p.gone) + len(p.left) }

// done is the part of the first line that tells what is removed.
func (p *purge) done(whose string) string {
	verb := p.word("Removed", "Would remove")
	switch n := p.recorded(); {
	case n == 0:
		return "No file made from " + whose + " is recorded"
	case n == 1 && len(p.removed) == 1:
		return verb + " the only file made from " + whose
	case n == len(p.removed):
		return fmt.Sprintf("%s all %d files made from %s", verb, n, whose)
	default:
		return fmt.Sprintf("%s %d of %d %s made from %s", verb, len(p.removed), n, plural(n, "file", "files"), whose)
	}
}

// rest are the parts of the first line that tell what is not removed.
func (p *purge) rest(lists []graph.ListSpec) []string {
	var parts []string
	if n := len(p.gone); n > 0 {
		parts = append(parts, fmt.Sprintf("%d %s gone already", n, plural(n, "was", "were")))
	}
	if left := p.remains(lists); left != "" {
		parts = append(parts, left)
	}
	if n := p.badLines; n > 0 {
		parts = append(parts, fmt.Sprintf("%d %s of the record cannot be used", n, plural(n, "line", "lines")))
	}
	return parts
}

// remains counts what is left for the user: files, lists, and entries whose list
// is gone, such as "2 are left, and 1 list".
func (p *purge) remains(lists []graph.ListSpec) string {
	there := 0
	for _, l := range lists {
		if p.isThere(l) {
			there++
		}
	}
	entry := " in " + render.EscapeControls(filepath.Base(p.eco.File))
	var parts []string
	for _, some := range []struct {
		n            int
		one, several string
	}{
		{len(p.left), "", ""}, {there, " list", " lists"}, {len(lists) - there, " entry" + entry, " entries" + entry},
	} {
		if some.n == 0 {
			continue
		}
		text := fmt.Sprintf("%d%s", some.n, plural(some.n, some.one, some.several))
		if len(parts) == 0 {
			text += plural(some.n, " is left", " are left")
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ", and ")
}

func plural(n int, one, several string) string {
	if n == 1 {
		return one
	}
	return several
}

func (p *purge) tellFates(b *strings.Builder, heading string, fates []fate) {
	if len(fates) == 0 {
		return
	}
	b.WriteString("\n" + heading + "\n")
	for _, f := range fates[:min(len(fates), mostNamed)] {
		tellFile(b, render.EscapeControls(p.shown(f.Path)), fmt.Sprintf("(%s, %s)", brief(f.Kind), brief(f.Day)))
		if f.why != "" {
			wrapInto(b, "    ", render.EscapeControls(f.why))
		}
	}
	if more := len(fates) - mostNamed; more > 0 {
		fmt.Fprintf(b, "  and %d more\n", more)
	}
}

func (p *purge) tellBadLines(b *strings.Builder) {
	if p.badLines == 0 {
		return
	}
	wrapInto(b, "", "\nThese lines of the record cannot be used and are kept. A file that one names must be removed by hand, and then the line:")
	file := render.EscapeControls(p.shown(keptFolder + "/" + recordFile))
	for _, bad := range p.firstBad {
		tellFile(b, fmt.Sprintf("%s:%d", file, bad.line), bad.why)
	}
	if more := p.badLines - len(p.firstBad); more > 0 {
		fmt.Fprintf(b, "  and %d more\n", more)
	}
}

// tellList names a list, the day by which it must be destroyed, and its entry.
func (p *purge) tellList(b *strings.Builder, l graph.ListSpec) {
	var notes []string
	if !p.isThere(l) {
		notes = append(notes, "is not there any more")
	}
	if day := l.NDA.DestroyBy; !day.IsZero() {
		notes = append(notes, "to be destroyed by "+day.String())
	}
	tellFile(b, render.EscapeControls(p.pathOf(l)), strings.Join(notes, ", "))
	entry := render.EscapeControls(p.eco.File)
	if l.At.Line > 0 {
		entry += fmt.Sprintf(":%d", l.At.Line)
	}
	fmt.Fprintf(b, "    its entry: %s\n", entry)
}

// pathOf is where a list is: a path, glob or folder.
func (p *purge) pathOf(l graph.ListSpec) string {
	path := filepath.FromSlash(l.File)
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(p.eco.Dir, path)
}

// isThere reports whether a file, or one at least of a glob, is there.
func (p *purge) isThere(l graph.ListSpec) bool {
	path := p.pathOf(l)
	if found, err := filepath.Glob(path); err == nil && len(found) > 0 {
		return true
	}
	_, err := os.Lstat(path)
	return err == nil
}

// shown is a file of the record as it is reached from the current folder.
func (p *purge) shown(name string) string {
	path := p.record.place(name)
	here, err := filepath.EvalSymlinks(absolute("."))
	if err != nil {
		return path
	}
	if rel, err := filepath.Rel(here, path); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return path
}

// textColumns is how wide the text is.
const textColumns = 80

// tellFile writes a file and a note on it, below it where a line does not hold
// both. The name is never broken, so that it can be copied.
func tellFile(b *strings.Builder, name, note string) {
	b.WriteString("  " + name)
	switch {
	case note == "":
		b.WriteByte('\n')
	case utf8.RuneCountInString(name)+utf8.RuneCountInString(note)+3 <= textColumns:
		b.WriteString(" " + note + "\n")
	default:
		b.WriteByte('\n')
		wrapInto(b, "    ", note)
	}
}

// wrapInto writes text in lines, each after an indent. A word that is longer has
// a line of its own.
func wrapInto(b *strings.Builder, indent, text string) {
	if rest, ok := strings.CutPrefix(text, "\n"); ok {
		b.WriteByte('\n')
		text = rest
	}
	column := 0
	for _, word := range strings.Split(text, " ") {
		n := utf8.RuneCountInString(word)
		switch {
		case column == 0:
			b.WriteString(indent)
			column = len(indent)
		case column+1+n > textColumns:
			b.WriteString("\n" + indent)
			column = len(indent)
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += n
	}
	b.WriteByte('\n')
}
