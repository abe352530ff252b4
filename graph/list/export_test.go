package list

// LookAhead bounds how many rows are looked at before the first is read, and
// returns what undoes it.
func LookAhead(rows int) func() {
	before := maxAhead
	maxAhead = rows
	return func() { maxAhead = before }
}
