package exposure

import (
	"fmt"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// Destroyed is a list, or a file of records, that its agreement says to destroy by
// a day that is past. It is never read.
type Destroyed struct {
	Shape list.Shape // list.Members, or what the records are
	List  int        // its place in Ecosystem.Lists; -1 of records
	Spec  graph.ListSpec
	AsOf  graph.Date // the day on which it is judged
}

// WithoutDestroyed gives an ecosystem without what must be destroyed before a day,
// and what that is, in the order of the input. The ecosystem given stays as it is.
func WithoutDestroyed(eco *graph.Ecosystem, asOf graph.Date) (*graph.Ecosystem, []Destroyed) {
	var out []Destroyed
	e := *eco
	e.Lists = nil
	for i, spec := range eco.Lists {
		if mustBeDestroyed(spec, asOf) {
			out = append(out, Destroyed{list.Members, i, spec, asOf})
		} else {
			e.Lists = append(e.Lists, spec)
		}
	}
	for _, f := range recordFields(&e) {
		if spec := *f.spec; spec != nil && mustBeDestroyed(*spec, asOf) {
			out = append(out, Destroyed{f.shape, -1, *spec, asOf})
			*f.spec = nil
		}
	}
	if len(out) == 0 {
		return eco, nil
	}
	return &e, out
}

// mustBeDestroyed reports whether an agreement says to destroy a list before a day.
func mustBeDestroyed(spec graph.ListSpec, asOf graph.Date) bool {
	return spec.NDA != nil && !spec.NDA.DestroyBy.IsZero() && asOf.Compare(spec.NDA.DestroyBy) > 0
}

// Err refuses the list, where something rests on it alone.
func (d *Destroyed) Err() error {
	return &graph.InputError{
		Place: graph.Place{File: d.Spec.File},
		Text: fmt.Sprintf("the agreement with %s says to destroy this list by %s; it is not read on %s. "+
			"Remove the file and its entry, or write the new date under nda: destroy_by",
			d.Spec.NDA.Party, d.Spec.NDA.DestroyBy, d.AsOf),
	}
}

// refuseDestroyed refuses a list that was not left out and must be destroyed.
func refuseDestroyed(spec graph.ListSpec, asOf graph.Date) error {
	if !mustBeDestroyed(spec, asOf) {
		return nil
	}
	return (&Destroyed{Spec: spec, AsOf: asOf}).Err()
}
