package analysis

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/channelmap/channelmap/analysis/bounds"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// ForBoard is what Options.For says where the report is for the board.
const ForBoard = "board"

// restriction is what reports do not tell those for whom they are. It changes
// reports, plain data into plain data, before anybody prints them; its methods in
// this package's files restrict_*.go are the one place that decides. A nil
// restriction changes nothing: the report is for us.
type restriction struct {
	to    string // whom it is for, in words
	board bool
	// Of what is for a partner: its own sellers, and what stands for those of other
	// partners, by id.
	own     map[string]bool
	others  map[string]SellerRef
	idle    map[string]bool // of the others, those of whom there is nothing to tell, by id
	rank    map[string]int  // the order in which sellers are told, by id
	words   []disguise      // names of other partners, and what stands for them; the longest first
	without []list.Notice   // lists that were not read
	// channels are the ids of channels in what is told, by id.
	channels map[string]string
}

// ForWords say for whom something is, and what that means for its figures.
func ForWords(to string) string {
	const counts = "Counts of members are rounded down to fives; " + Few + " is 1 to 4."
	if to == boardWords {
		return "For " + to + ". " + counts
	}
	return fmt.Sprintf("For %s. Other partners are told by their kind; lists that others gave under an agreement are not in it. %s", to, counts)
}

const boardWords = "the board"

// isFor reports whether options ask for a report for somebody, and whether that is
// the board.
func (o *Options) isFor() (others, board bool) { return o.For != "", equalFold(o.For, ForBoard) }

// restrict finds out for whom reports are. The error is that of a partner nobody
// knows.
func (s *Study) restrict() error {
	others, board := s.opts.isFor()
	if !others {
		return nil
	}
	if board {
		s.shown = &restriction{to: boardWords, board: true, without: s.destroyedNotesForOthers()}
		return nil
	}
	number, err := s.partnerCalled(s.opts.For)
	if err != nil {
		var none *NotFoundError
		if errors.As(err, &none) {
			none.Known = append([]string{ForBoard}, none.Known...)
		}
		return err
	}
	p := &s.Ecosystem.Partners[number]
	s.shown = &restriction{
		to: cmp.Or(p.Name, p.ID), own: map[string]bool{}, others: map[string]SellerRef{}, idle: map[string]bool{}, rank: map[string]int{}, channels: map[string]string{},
		without: s.destroyedNotesForOthers(),
	}
	s.disguise(number)
	return nil
}

// isOwn reports whether a seller is of the partner for whom the report is.
func (r *restriction) isOwn(seller string) bool { return r != nil && r.own[seller] }

// toPartner reports whether the report is for a partner.
func (r *restriction) toPartner() bool { return r != nil && !r.board }

// bySeller compares sellers by the order in which they are told: channels, the
// partner for whom it is, then others by what they reach.
func (r *restriction) bySeller(a, b string) int { return cmp.Compare(r.rank[a], r.rank[b]) }

// head leaves out what readers of lists met, which names files and rows, but for
// what the report is made without.
func (r *restriction) head(h *Head) {
	h.For, h.Matching, h.Notices = r.to, nil, r.without
}

// seller writes what stands for another partner's seller, and otherwise what the
// seller is called.
func (r *restriction) seller(ref *SellerRef) {
	if other, ok := r.others[ref.ID]; ok {
		*ref = other
		return
	}
	if !r.own[ref.ID] {
		ref.ID, ref.Name = r.idOf(ref.ID), r.text(ref.Name)
	}
	ref.Channel = cmp.Or(r.channels[ref.Channel], ref.Channel)
}

// id is that of a seller in what is told.
func (r *restriction) id(seller string) string {
	ref := SellerRef{ID: seller}
	r.seller(&ref)
	return ref.ID
}

func (r *restriction) segment(ref *SegmentRef) { ref.ID, ref.Name = r.idOf(ref.ID), r.text(ref.Name) }

// basis keeps the words for what figures rest on, in an order of their own. Others
// are names of systems, and sometimes of files or of partners.
func (r *restriction) basis(text string) string {
	words := strings.FieldsFunc(text, func(c rune) bool { return c == ' ' || c == ',' || c == '+' })
	var kept []string
	for _, known := range basisWords {
		if slices.Contains(words, string(known)) {
			kept = append(kept, string(known))
		}
	}
	independent := slices.Contains(words, bounds.BasisIndependence)
	if len(kept) == 0 && len(words) > 0 {
		kept = append(kept, "a system")
	}
	text = strings.Join(kept, " + ")
	if independent {
		text += ", " + bounds.BasisIndependence
	}
	return text
}

var basisWords = []graph.Basis{graph.BasisList, graph.BasisObserved, graph.BasisSampled, graph.BasisReported, graph.BasisClaimed, "inferred"}
