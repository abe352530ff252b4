// Ours counts an ecosystem with the engine that is measured and prints the
// answer in one line: from file to result, in a process of its own.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime/debug"
	"strings"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/analysis/exposure/rivals/answer"
	"github.com/channelmap/channelmap/graph"
)

func main() {
	var f flags
	flag.BoolVar(&f.exact, "exact", false, "compare whole keys")
	flag.BoolVar(&f.bySegment, "by-segment", false, "tell segments apart in the answer")
	flag.Uint64Var(&f.memory, "memory", 0, "bytes that the engine may take; 0 for no bound")
	flag.Parse()
	a, err := f.count(flag.Arg(0))
	if err == nil {
		fmt.Println(a)
		return
	}
	fmt.Fprintln(os.Stderr, err)
	if cannotYet(err) {
		os.Exit(answer.ExitNotAvailable)
	}
	os.Exit(1)
}

type flags struct {
	exact, bySegment bool
	memory           uint64
}

func (f flags) count(folder string) (answer.Answer, error) {
	eco, err := graph.Load(folder)
	if err != nil {
		return answer.Answer{}, err
	}
	x, err := exposure.Build(context.Background(), eco, f.options(eco))
	if err != nil {
		return answer.Answer{}, err
	}
	return f.answer(x), nil
}

// options passes the flags on to the engine.
func (f flags) options(eco *graph.Ecosystem) exposure.Options {
	if f.memory > 0 {
		debug.SetMemoryLimit(int64(f.memory))
	}
	return exposure.Options{AsOf: eco.AsOf, Exact: f.exact, Memory: f.memory}
}

// cannotYet tells a work that the engine does not do from one that failed.
func cannotYet(err error) bool {
	var tooMuch *exposure.MemoryError
	return errors.As(err, &tooMuch) || strings.Contains(err.Error(), "(read here: ")
}

// answer adds up the table of buyers. Partners have the numbers of their ids,
// since the file declares them in that order.
func (f flags) answer(x *exposure.Exposure) answer.Answer {
	segments := 0
	if f.bySegment {
		segments = len(x.Ecosystem.Segments)
	}
	tally := answer.NewTally(int64(x.Matching.Rows), len(x.Ecosystem.Partners), segments)
	var partners []int
	for _, cell := range x.Buyers.Cells {
		segment := 0
		if f.bySegment {
			segment = cell.Segment
		}
		for _, set := range cell.Sets {
			partners = partners[:0]
			for _, t := range set.Touches {
				if touch := &x.Buyers.Touches[t]; touch.Reaches() {
					partners = append(partners, x.Sellers[touch.Seller].Partner)
				}
			}
			partners = answer.Distinct(partners)
			tally.Add(segment, partners, set.Members)
		}
	}
	return tally.Answer()
}
