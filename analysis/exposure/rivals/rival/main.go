// Rival counts a generated list in another way and prints the answer in one
// line, from file to result in a process of its own. It also makes the files
// that only it can make.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/channelmap/channelmap/analysis/exposure/rivals/answer"
)

// task is what the flags say.
type task struct {
	file     string // the list, in the format that its name says
	partners int
	segments bool // tell segments apart
	threads  int  // of DuckDB
	form     string
	to       string // the file to make
}

// ways are what this program does, by name.
var ways = map[string]func(context.Context, *task) (answer.Answer, error){
	"duckdb":  countDuckDB,
	"map":     countMap,
	"roaring": countRoaring,
}

func main() {
	var t task
	flag.IntVar(&t.partners, "partners", 64, "how many partners the list has")
	flag.BoolVar(&t.segments, "by-segment", false, "tell segments apart")
	flag.IntVar(&t.threads, "threads", 2, "threads of DuckDB")
	flag.StringVar(&t.form, "form", "arithmetic", "form of DuckDB's query")
	flag.StringVar(&t.to, "to", "", "with convert: the .parquet or .duckdb file to make")
	flag.Parse()
	t.file = flag.Arg(1)
	if err := t.do(flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func (t *task) do(way string) error {
	switch way {
	case "convert":
		return convert(context.Background(), t)
	case "version":
		return version(context.Background(), t)
	}
	count := ways[way]
	if count == nil {
		return fmt.Errorf("%q: write convert, version or one of %s", way, strings.Join(names(ways), ", "))
	}
	a, err := count(context.Background(), t)
	if err == nil {
		fmt.Println(a)
	}
	return err
}

func names[V any](of map[string]V) []string {
	var all []string
	for name := range of {
		all = append(all, name)
	}
	slices.Sort(all)
	return all
}
