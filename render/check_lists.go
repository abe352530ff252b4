package render

import (
	"strings"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// mostHeaders is how many columns of a file the text names; the others are
// counted.
const mostHeaders = 100

// CheckList says how a list of members or a file of records was read.
type CheckList struct {
	Kind     list.Shape         `json:"kind"`
	File     string             `json:"file"`     // the file, glob or folder as the ecosystem names it
	Matching *exposure.Matching `json:"matching"` // null for records
	Filtered int                `json:"filtered"` // rows left out by the dates asked for
	Files    []CheckFile        `json:"files"`    // each file or sheet, in the order read
}

// CheckFile says how one file, or one sheet of it, was read.
type CheckFile struct {
	Place     graph.Place   `json:"place"` // of the header row
	Format    string        `json:"format"`
	Encoding  string        `json:"encoding"`  // WHATWG label
	Delimiter string        `json:"delimiter"` // a word or the character; empty for workbooks
	Rows      int           `json:"rows"`
	Columns   []CheckColumn `json:"columns"`  // that serve a key, in the order of the keys
	Partners  []string      `json:"partners"` // of wide lists, the headers that are partners
	Unused    []string      `json:"unused"`   // headers that serve no key
}

// CheckColumn is a column of a file and what it serves as.
type CheckColumn struct {
	Key    string `json:"key"` // as `columns` in the ecosystem file names it
	Header string `json:"header"`
}

// AddLists takes how the lists of an exposure and its files of records were read.
func (c *CheckReport) AddLists(x *exposure.Exposure) {
	for _, use := range x.Lists {
		c.Lists = append(c.Lists, CheckList{list.Members, use.Spec.File, &use.Matching, use.Filtered, checkFiles(use.Summary)})
	}
	for _, use := range x.RecordFiles {
		c.Lists = append(c.Lists, CheckList{Kind: use.Shape, File: use.Spec.File, Files: checkFiles(use.Summary)})
	}
}

func checkFiles(s *list.Summary) []CheckFile {
	out := make([]CheckFile, len(s.Files))
	for i, f := range s.Files {
		out[i] = CheckFile{f.Place, f.Format, f.Encoding, f.Delimiter, f.Rows, checkColumns(f.Headers), f.Partners, f.Unused}
	}
	return out
}

func checkColumns(headers map[list.Key]string) []CheckColumn {
	var out []CheckColumn
	for k := range list.Key(list.NumKeys) {
		if header, ok := headers[k]; ok {
			out = append(out, CheckColumn{k.String(), header})
		}
	}
	return out
}

// lists prints how each list and file of records was read.
func (c checkPrinter) lists(r *textReport) {
	if len(c.Lists) == 0 {
		return
	}
	r.heading("How the lists were read")
	for _, l := range c.Lists {
		r.clauses(2, l.clauses(c.Head.OwnLists))
		for _, f := range l.Files {
			r.paragraph(4, f.words(l.File))
			r.headers("columns", f.columnWords())
			r.headers("partners", f.Partners)
			r.headers("not read", f.Unused)
		}
	}
}

// clauses name the list, and say how well its rows matched.
func (l CheckList) clauses(ownLists bool) []string {
	name := cutText(EscapeControls(l.File), mostParagraph/4)
	if l.Matching == nil {
		return []string{name, "(" + EscapeControls(strings.ReplaceAll(string(l.Kind), "_", " ")) + ")"}
	}
	all := append([]string{name + ":"}, matchedClauses(*l.Matching, ownLists)...)
	if l.Filtered > 0 {
		all[len(all)-1] += ";"
		all = append(all, countOf(l.Filtered, "row", "rows")+" left out by date")
	}
	return all
}

// words say what a file is and where its header stands; its name only where it
// is not that of the list.
func (f CheckFile) words(listed string) string {
	at := f.Place
	at.Row = 0
	if at.File == listed {
		at.File = ""
	}
	s := f.Format
	if f.Delimiter != "" {
		s += " in " + f.Encoding + ", delimiter " + f.Delimiter
	}
	if f.Place.Row > 0 {
		s += ", header in row " + countDigits(f.Place.Row)
	}
	s += ", " + countOf(f.Rows, "row", "rows")
	if name := strings.TrimSpace(at.String()); name != "" {
		return cutText(name, mostParagraph/4) + ": " + s
	}
	return s
}

// columnWords write each column as key = header.
func (f CheckFile) columnWords() []string {
	all := make([]string, len(f.Columns))
	for i, c := range f.Columns {
		all[i] = c.Key + " = " + c.Header
	}
	return all
}

// headers prints columns of a file behind what they are; nothing where there are
// none.
func (r *textReport) headers(what string, all []string) {
	if len(all) == 0 {
		return
	}
	parts := []string{what + ":"}
	for _, s := range all[:min(mostHeaders, len(all))] {
		parts = append(parts, cutText(EscapeControls(s), mostCell)+",")
	}
	if more := len(all) - mostHeaders; more > 0 {
		parts = append(parts, countDigits(more)+" more: --format json shows all")
	}
	last := len(parts) - 1
	parts[last] = strings.TrimSuffix(parts[last], ",")
	r.clauses(4, parts)
}

// addTo gives rows for the list, for each file or sheet of it, and for each of
// their columns.
func (l CheckList) addTo(t *csvTable) {
	row := t.add("list").text("kind", string(l.Kind)).text("file", l.File)
	if m := l.Matching; m != nil {
		row.count("rows", m.Rows).count("by_domain", m.ByDomain).count("by_email", m.ByEmail).count("by_name", m.ByName).
			count("by_id", m.ByID).count("new_domains", m.NewDomains).count("unresolved", m.Unresolved).count("filtered", l.Filtered)
	}
	for _, f := range l.Files {
		f.row(t, "file", l.Kind).text("format", f.Format).text("encoding", f.Encoding).text("delimiter", f.Delimiter).count("rows", f.Rows)
		for _, c := range f.Columns {
			f.row(t, "column", l.Kind).text("key", c.Key).text("header", c.Header)
		}
		for _, header := range f.Partners {
			f.row(t, "partner", l.Kind).text("header", header)
		}
		for _, header := range f.Unused {
			f.row(t, "unused", l.Kind).text("header", header)
		}
	}
}

func (f CheckFile) row(t *csvTable, level string, kind list.Shape) csvRow {
	return t.add(level).text("kind", string(kind)).place(f.Place)
}

// checkListColumns are the columns that addTo fills beside those of notices.
var checkListColumns = []string{
	"kind", "format", "encoding", "delimiter", "key", "header",
	"by_domain", "by_email", "by_name", "by_id", "new_domains", "unresolved", "filtered",
}
