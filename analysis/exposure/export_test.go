package exposure

import (
	"math"
	"reflect"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// ShortListsAreLong makes lists of a few rows be read in blocks, and returns what
// undoes it.
func ShortListsAreLong(block int64) func() {
	long, sizes := longList, blockSizes
	longList, blockSizes = 1, list.Blocks{Size: block, Tail: 80, Window: 64 << 10, Rows: 13, LastRows: 4}
	return func() { longList, blockSizes = long, sizes }
}

// NoListIsLong makes all rows be kept, and returns what undoes it.
func NoListIsLong() func() {
	long := longList
	longList = math.MaxInt64
	return func() { longList = long }
}

// ListsAreCachedFrom makes counts of lists of so many bytes be kept, and returns what
// undoes it.
func ListsAreCachedFrom(bytes int64) func() {
	from := cachedFrom
	cachedFrom = bytes
	return func() { cachedFrom = from }
}

// RowsGoToDisk puts stored rows on disk as they come, and returns what undoes it.
func RowsGoToDisk() func() {
	smallStore = true
	return func() { smallStore = false }
}

// MoreLines adds lines that no row has, and returns what undoes it: with 64 more, sets
// are masks of two words at least, with 128 lists, and with 70,000 lists that are not
// packed.
func MoreLines(n int) func() {
	moreLines = n
	return func() { moreLines = 0 }
}

// FewDiffer bounds the members of whom differing rows are looked for, and of how many
// a list's first rows may be where they are more, and returns what undoes it.
func FewDiffer(members, sample int) func() {
	m, s := mostDiffering, mostSampled
	mostDiffering, mostSampled = members, sample
	return func() { mostDiffering, mostSampled = m, s }
}

// Spelt is all that an exposure says, in fields that are not exported too.
func Spelt(x *Exposure) (string, error) {
	v := reflect.ValueOf(x).Elem()
	var text []byte
	for i := range v.NumField() {
		switch v.Type().Field(i).Name {
		case "source", "kept", "fromCache":
			continue // of the run, not of what it counted
		}
		var err error
		if text, err = spell(text, v.Field(i)); err != nil {
			return "", err
		}
	}
	return string(text), nil
}

// Encode writes an exposure as the cache keeps it.
func Encode(x *Exposure, eco *graph.Ecosystem) ([]byte, bool) { return x.encode(eco, mostEntry) }

// Decode reads what Encode wrote.
func Decode(data []byte, eco *graph.Ecosystem, opts Options) (*Exposure, bool) {
	return decodeExposure(data, eco, opts)
}
