package tally

import "os"

// SmallChunks makes chunks, and groups of partitions, so small that few rows fill many,
// and returns what undoes it.
func SmallChunks() func() {
	chunk, group := leastChunk, leastGroup
	leastChunk, leastGroup = 16, 1
	return func() { leastChunk, leastGroup = chunk, group }
}

// DiskAt makes files for rows be the one of a name, and returns what undoes it.
func DiskAt(name string) func() {
	before := createTemp
	createTemp = func(string, string) (*os.File, error) { return os.OpenFile(name, os.O_RDWR, 0) }
	return func() { createTemp = before }
}
