package tally_test

import (
	"encoding/binary"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/channelmap/channelmap/analysis/exposure/tally"
	"github.com/channelmap/channelmap/graph/identity"
)

// BenchmarkStore measures adding and counting two million rows of a million
// members and 64 lines, with hashes made beforehand.
func BenchmarkStore(b *testing.B) {
	const rows, lines = 2_000_000, 64
	batches := randomBatches(rows, lines)
	kinds := make([]tally.Kind, lines)
	for i := range kinds {
		kinds[i] = tally.Kind{Lines: []int{i}, Segment: tally.None, Place: tally.None}
	}
	for _, exact := range []bool{false, true} {
		b.Run(map[bool]string{false: "hashed", true: "exact"}[exact], func(b *testing.B) {
			for b.Loop() {
				s := tally.New(tally.Options{Workers: 2, Rows: rows, Exact: exact})
				var wait sync.WaitGroup
				for i := range 2 {
					wait.Go(func() {
						for n := i; n < len(batches); n += 2 {
							if err := s.Writer(i).Add(&batches[n]); err != nil {
								b.Error(err)
							}
						}
					})
				}
				wait.Wait()
				r, err := s.Count(tally.Spec{Kinds: kinds, Lines: lines, Workers: 2})
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(r.Len()), "sets")
				s.Close()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows, "ns/row")
		})
	}
}

func randomBatches(rows, lines int) []tally.Batch {
	const size = 8192
	r, seed := rand.New(rand.NewPCG(1, 2)), identity.NewSeed()
	out := make([]tally.Batch, 0, rows/size+1)
	for done := 0; done < rows; done += size {
		var b tally.Batch
		for range min(size, rows-done) {
			key := binary.LittleEndian.AppendUint64([]byte("member-"), uint64(r.IntN(rows/2)))
			b.Hash = append(b.Hash, seed.Of(identity.Key{Kind: identity.ByName, Text: string(key)}))
			b.Kind = append(b.Kind, uint32(min(r.IntN(lines), r.IntN(lines))))
			b.Keys = append(b.Keys, key...)
			b.Ends = append(b.Ends, uint32(len(b.Keys)))
		}
		out = append(out, b)
	}
	return out
}
