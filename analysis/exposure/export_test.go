package exposure

import "github.com/channelmap/channelmap/graph/list"

// ShortListsAreLong makes lists of a few rows be read in blocks, and returns what
// undoes it.
func ShortListsAreLong(block int64) func() {
	long, sizes := longList, blockSizes
	longList, blockSizes = 1, list.Blocks{Size: block, Tail: 80, Window: 64 << 10, Rows: 13, LastRows: 4}
	return func() { longList, blockSizes = long, sizes }
}
