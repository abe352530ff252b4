package analysis

import (
	"fmt"
	"slices"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// kindList is the kind of lists of members, in a snapshot.
const kindList = "list"

// snapshotLists lists what was read: lists, records, and what terms leave out. What
// its agreement says to destroy was not read, and is listed with the day.
func (s *Study) snapshotLists(digest Digest) ([]SnapshotList, error) {
	out := []SnapshotList{}
	ids, read := listIDs(s.given.Lists), 0
	for i, spec := range s.given.Lists {
		l := newSnapshotList(ids[i], kindList, spec)
		if l.LeftOut = s.leftOut(list.Members, i); l.LeftOut != "" {
			out = append(out, l)
			continue
		}
		use := s.Exposure.Lists[read]
		read++
		l.Rows, l.Matched, l.NewDomains, l.Unresolved = use.Matching.Rows, use.Matching.Matched(), use.Matching.NewDomains, use.Matching.Unresolved
		if err := l.addFiles(use.Summary, digest); err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	for _, use := range s.Exposure.RecordFiles {
		l := newSnapshotList(string(use.Shape), string(use.Shape), use.Spec)
		if err := l.addFiles(use.Summary, digest); err != nil {
			return nil, err
		}
		for _, f := range l.Files {
			l.Rows += f.Rows
		}
		out = append(out, l)
	}
	for i := range s.destroyed {
		if d := &s.destroyed[i]; d.Shape != list.Members {
			l := newSnapshotList(string(d.Shape), string(d.Shape), d.Spec)
			l.LeftOut = d.Spec.NDA.DestroyBy.String()
			out = append(out, l)
		}
	}
	return s.addExceptions(out, digest)
}

// leftOut is the day by which a list was to be destroyed, where it was not read for
// that.
func (s *Study) leftOut(shape list.Shape, number int) string {
	for i := range s.destroyed {
		if d := &s.destroyed[i]; d.Shape == shape && d.List == number {
			return d.Spec.NDA.DestroyBy.String()
		}
	}
	return ""
}

// listIDs names lists by their files, so that the same list has the same name in
// another snapshot: with the sheet, and a number where a file comes again.
func listIDs(specs []graph.ListSpec) []string {
	var ids []string
	seen := map[string]int{}
	for _, spec := range specs {
		id := spec.File
		if spec.Sheet != "" {
			id += " [" + spec.Sheet + "]"
		}
		seen[id]++
		if n := seen[id]; n > 1 {
			id = fmt.Sprintf("%s (%d)", id, n)
		}
		ids = append(ids, id)
	}
	return ids
}

func newSnapshotList(id, kind string, spec graph.ListSpec) SnapshotList {
	l := SnapshotList{ID: id, Kind: kind, Partner: spec.Partner, Dated: spec.Dated.String(), Files: []SnapshotFile{}}
	if spec.NDA != nil {
		l.NDA = spec.NDA.Party
	}
	return l
}

// addFiles adds the files of a list; the sheets of a workbook are one file.
func (l *SnapshotList) addFiles(summary *list.Summary, digest Digest) error {
	if summary == nil {
		return nil
	}
	for _, f := range summary.Files {
		i := slices.IndexFunc(l.Files, func(x SnapshotFile) bool { return x.File == f.Place.File })
		if i < 0 {
			sum, err := digest(f.Place.File)
			if err != nil {
				return err
			}
			i = len(l.Files)
			l.Files = append(l.Files, SnapshotFile{File: f.Place.File, SHA256: sum})
		}
		l.Files[i].Rows += f.Rows
	}
	return nil
}

// addExceptions adds the files of accounts that terms leave out.
func (s *Study) addExceptions(out []SnapshotList, digest Digest) ([]SnapshotList, error) {
	for _, p := range s.Ecosystem.Partners {
		for _, t := range p.Terms {
			id := "exceptions: " + t.Except
			if t.Except == "" || slices.ContainsFunc(out, func(l SnapshotList) bool { return l.ID == id }) {
				continue
			}
			sum, err := digest(t.Except)
			if err != nil {
				return nil, err
			}
			out = append(out, SnapshotList{
				ID: id, Kind: "exceptions", Partner: p.ID, Files: []SnapshotFile{{File: t.Except, SHA256: sum}},
			})
		}
	}
	return out, nil
}

// bearsOnReach reports whether the rows of a list can move net reach. Records
// mark members that lists reach; only other names and parents tell accounts.
func (l *SnapshotList) bearsOnReach() bool {
	return l.Kind == kindList || l.Kind == string(list.AliasRows) || l.Kind == string(list.ParentRows)
}

// sameBytes reports whether two lists are of the same bytes, or were both not read.
func (l *SnapshotList) sameBytes(m *SnapshotList) bool {
	return l.LeftOut != "" && m.LeftOut != "" || slices.EqualFunc(l.Files, m.Files, func(a, b SnapshotFile) bool { return a.File == b.File && a.SHA256 == b.SHA256 })
}
