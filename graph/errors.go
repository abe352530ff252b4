package graph

// InputError is one thing wrong with a list or a file of records: where, what
// was found, and what to write instead.
type InputError struct {
	Place Place
	Text  string
}

// Error writes the place and the text.
func (e *InputError) Error() string {
	if e.Place == (Place{}) {
		return e.Text
	}
	return e.Place.String() + ": " + e.Text
}
