package tally

import "os"

// SmallChunks makes chunks so small that few rows fill many, and returns what
// undoes it.
func SmallChunks() func() {
	before := leastChunk
	leastChunk = 16
	return func() { leastChunk = before }
}

// DiskAt makes files for rows be the one of a name, and returns what undoes it.
func DiskAt(name string) func() {
	before := createTemp
	createTemp = func(string, string) (*os.File, error) { return os.OpenFile(name, os.O_RDWR, 0) }
	return func() { createTemp = before }
}
