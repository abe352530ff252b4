package tally

// SmallChunks makes chunks so small that few rows fill many, and returns what
// undoes it.
func SmallChunks() func() {
	before := leastChunk
	leastChunk = 16
	return func() { leastChunk = before }
}
