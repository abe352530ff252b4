package list

// Gzipped and Zstandard pack a text.
var (
	Gzipped   = gzipped
	Zstandard = zstandard
)

// LookAhead bounds how many rows are looked at before the first is read, and
// returns what undoes it.
func LookAhead(rows int) func() {
	before := maxAhead
	maxAhead = rows
	return func() { maxAhead = before }
}
