package list

// SmallBlocks makes blocks so small that short files have many, looks no further
// ahead than a few rows, and returns what undoes it.
func SmallBlocks(block, over, tail int64) func() {
	b, o, t, a := blockBytes, overhang, tailBytes, maxAhead
	blockBytes, overhang, tailBytes, maxAhead = block, over, tail, 4
	return func() { blockBytes, overhang, tailBytes, maxAhead = b, o, t, a }
}
