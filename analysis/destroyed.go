package analysis

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// DestroyedCode is the code of notices of lists that were not read, because their
// agreement says to destroy them by a day that is past.
const DestroyedCode = "destroy-by"

// leaveOut leaves out of an ecosystem what must be destroyed by now. The error is
// that of one of which nothing is left.
func leaveOut(eco *graph.Ecosystem, asOf graph.Date) (*graph.Ecosystem, []exposure.Destroyed, error) {
	rest, gone := exposure.WithoutDestroyed(eco, asOf)
	if len(gone) > 0 && len(rest.Lists) == 0 && !givesFigures(rest) {
		return nil, nil, &DestroyedError{gone}
	}
	return rest, gone, nil
}

// givesFigures reports whether an ecosystem tells of anybody's reach without a list.
func givesFigures(e *graph.Ecosystem) bool {
	return slices.ContainsFunc(e.Channels, func(c graph.Channel) bool { return len(c.Reaches) > 0 }) ||
		slices.ContainsFunc(e.Partners, func(p graph.Partner) bool { return len(p.Reaches) > 0 })
}

// DestroyedError says that there is nothing to answer from but lists that must be
// destroyed by now.
type DestroyedError struct{ Lists []exposure.Destroyed }

// Error names every list, the day and what to do, one a line.
func (e *DestroyedError) Error() string {
	var lines []string
	for i := range e.Lists {
		lines = append(lines, e.Lists[i].Err().Error())
	}
	return strings.Join(lines, "\n")
}

// soleSource lists the lists of a partner that were not read, where nothing else
// tells whom it reaches.
func (s *Study) soleSource(partner int) []exposure.Destroyed {
	id := s.Ecosystem.Partners[partner].ID
	if !s.silent(s.sellersWhere(func(x graph.Seller) bool { return x.Partner == partner }), id) {
		return nil
	}
	return s.destroyedOf(func(d *exposure.Destroyed) bool { return d.Spec.Partner == id })
}

func (s *Study) destroyedOf(is func(*exposure.Destroyed) bool) []exposure.Destroyed {
	var out []exposure.Destroyed
	for i := range s.destroyed {
		if d := &s.destroyed[i]; d.Shape == list.Members && is(d) {
			out = append(out, *d)
		}
	}
	return out
}

// destroyedNotes tell which lists a report is made without, and what to do.
func (s *Study) destroyedNotes() []list.Notice {
	var out []list.Notice
	for i := range s.destroyed {
		d := &s.destroyed[i]
		n := list.Notice{Code: DestroyedCode, Lost: true, Places: []graph.Place{{File: d.Spec.File}}}
		entry := "its entry"
		if at := d.Spec.At; at.Line > 0 && s.Ecosystem.File != "" {
			n.Places = []graph.Place{{File: filepath.Base(s.Ecosystem.File), Row: at.Line}}
			entry += fmt.Sprintf(" (line %d, column %d of the ecosystem file)", at.Line, at.Column)
		}
		n.Text = fmt.Sprintf("%s. Write the new date under nda: destroy_by, or remove the file and %s", s.goneWords(d, fileWords(d)), entry)
		out = append(out, n)
	}
	return out
}

// goneWords tell that a list was not read, and why.
func (s *Study) goneWords(d *exposure.Destroyed, what string) string {
	text := fmt.Sprintf("%s was not read, and nothing here is made from it: the agreement with %s says to destroy it by %s, and this is as of %s",
		what, d.Spec.NDA.Party, d.Spec.NDA.DestroyBy, d.AsOf)
	for i := range s.Ecosystem.Partners {
		if p := &s.Ecosystem.Partners[i]; p.ID == d.Spec.Partner && p.Stage != graph.Ended && len(s.soleSource(i)) > 0 {
			text += fmt.Sprintf("; nothing else tells whom %s reaches, and no total holds it", p.Name)
		}
	}
	return text
}

// fileWords name a list by its file, and one of records by what they are.
func fileWords(d *exposure.Destroyed) string {
	if d.Shape == list.Members {
		return d.Spec.File
	}
	return fmt.Sprintf("%s (%s)", d.Spec.File, strings.ReplaceAll(string(d.Shape), "_", " "))
}

// sayWords say in what is for others that something was not read: without its file,
// which is ours to know.
func sayWords(d *exposure.Destroyed) string {
	if d.Shape == list.Members {
		return "a list given under an agreement with " + d.Spec.NDA.Party
	}
	return "a file of " + strings.ReplaceAll(string(d.Shape), "_", " ") + " given under an agreement with " + d.Spec.NDA.Party
}

// destroyedNotesForOthers are the same notices in what is for others. Lists that
// another party gave are none of a partner's, whose report is never made from them.
func (s *Study) destroyedNotesForOthers() []list.Notice {
	var out []list.Notice
	for i := range s.destroyed {
		d := &s.destroyed[i]
		out = append(out, list.Notice{Code: DestroyedCode, Lost: true, Text: s.goneWords(d, sayWords(d)), Places: []graph.Place{}})
	}
	return out
}

// withoutSentences say in pictures and snapshots, for others without files, which
// lists they are made without.
func (s *Study) withoutSentences() []string {
	var out []string
	for i := range s.destroyed {
		d := &s.destroyed[i]
		what, which := fileWords(d), ", which"
		if s.shown != nil {
			what, which = "a list", " that"
		}
		out = append(out, fmt.Sprintf("Made without %s%s the agreement with %s says to destroy by %s.", what, which, d.Spec.NDA.Party, d.Spec.NDA.DestroyBy))
	}
	return out
}

// withoutSentence is all of them behind another sentence.
func (s *Study) withoutSentence() string {
	var text string
	for _, sentence := range s.withoutSentences() {
		text += " " + sentence
	}
	return text
}

// mayLeadTo reports whether a list that was not read may show a pathway of today to
// a segment.
func (s *Study) mayLeadTo(segment int) bool {
	seg := &s.Ecosystem.Segments[segment]
	return len(s.destroyedOf(func(d *exposure.Destroyed) bool {
		if d.Spec.Segment != "" && d.Spec.Segment != seg.ID || d.Spec.Audience != "" && d.Spec.Audience != seg.Audience {
			return false
		}
		for i, x := range s.Sellers {
			if s.today.Has(i) && s.mayBeOf(d, x) && slices.Contains(s.Ecosystem.Audiences(x), seg.Audience) {
				return true
			}
		}
		return false
	})) > 0
}

// mayBeOf reports whether a list may hold rows of a seller: it is its own, or one of
// its channel that names no partner, or one of nobody in particular.
func (s *Study) mayBeOf(d *exposure.Destroyed, x graph.Seller) bool {
	switch {
	case d.Spec.Partner != "":
		return x.Partner >= 0 && s.Ecosystem.Partners[x.Partner].ID == d.Spec.Partner
	case d.Spec.Channel != "":
		return s.Ecosystem.Channels[x.Channel].ID == d.Spec.Channel
	}
	return true
}
