package analysis

import (
	"fmt"

	"github.com/channelmap/channelmap/graph"
)

// Options is everything that a question can set. One struct serves the flags of
// the command line, the address of a page and saved settings.
type Options struct {
	AsOf  graph.Date `json:"as_of"` // required
	From  graph.Date `json:"from"`
	To    graph.Date `json:"to"`
	Order string     `json:"order"` // in which incremental reach is told: OrderFile | OrderGreedy
	Min   int        `json:"min"`   // overlaps: list distinct sets of at least so many sellers
	// ExampleAssumptions estimates losses with the example assumptions where the
	// ecosystem makes none.
	ExampleAssumptions bool `json:"example_assumptions"`
	// For is whom the report is for: a partner by id, name or aka, ForBoard, or empty
	// for us. Audit, Map and Snapshot then leave out what is not for others.
	For string `json:"for"`
}

// The orders in which incremental reach is told.
const (
	OrderFile   = "file"   // as the ecosystem file lists the sellers
	OrderGreedy = "greedy" // each next the one that adds most
)

// OptionError is a contradiction among options, with what to do instead.
type OptionError struct{ Text, Hint string }

// Error writes the contradiction and the hint.
func (e *OptionError) Error() string { return e.Text + "; " + e.Hint }

// Validate reports the first contradiction among the options.
func (o Options) Validate() error {
	switch {
	case o.Order != "" && o.Order != OrderFile && o.Order != OrderGreedy:
		return &OptionError{fmt.Sprintf("--order %s is not an order", o.Order), "write --order file or --order greedy"}
	case !o.From.IsZero() && !o.To.IsZero() && o.From.Compare(o.To) > 0:
		return &OptionError{fmt.Sprintf("--from %s is after --to %s", o.From, o.To), "swap the two dates"}
	case o.For != "" && !equalFold(o.For, ForBoard) && o.Order == OrderFile:
		return &OptionError{"--order file tells other partners by their place in the file", "leave it out: what is for a partner is told in the order greedy"}
	case o.Min < 0 || o.Min == 1:
		return &OptionError{fmt.Sprintf("--min %d is not a number of pathways", o.Min), "write --min 2 or more"}
	}
	return nil
}
