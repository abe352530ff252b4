package tally

import "os"

// SmallChunks makes chunks, groups of partitions and shares of them so small that few rows fill many,
// and returns what undoes it.
func SmallChunks() func() {
	chunk, group, share := leastChunk, leastGroup, leastShare
	leastChunk, leastGroup, leastShare = 16, 1, 256
	return func() { leastChunk, leastGroup, leastShare = chunk, group, share }
}

// DiskAt makes files for rows be the one of a name, and returns what undoes it.
func DiskAt(name string) func() {
	before := createTemp
	createTemp = func(string, string) (*os.File, error) { return os.OpenFile(name, os.O_RDWR, 0) }
	return func() { createTemp = before }
}
