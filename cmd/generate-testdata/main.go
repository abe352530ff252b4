// Command generate-testdata writes the example ecosystems under testdata: the
// lists of testdata/lumen, the files of the small ecosystems that no text editor
// writes, and, on demand, a large synthetic ecosystem for benchmarks.
//
//	go run ./cmd/generate-testdata                         rewrites testdata
//	go run ./cmd/generate-testdata -large -o DIR           writes a large ecosystem
//
// Every file follows from a fixed seed: the same program writes the same bytes.
// The ecosystem.yaml files of the examples are written by hand and left alone.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "generate-testdata:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	flags := flag.NewFlagSet("generate-testdata", flag.ContinueOnError)
	out := flags.String("o", "testdata", "folder to write to")
	large := flags.Bool("large", false, "write one large synthetic ecosystem instead of the examples")
	var size largeSize
	flags.IntVar(&size.accounts, "accounts", 200_000, "accounts of the large ecosystem")
	flags.IntVar(&size.partners, "partners", 500, "partners of the large ecosystem")
	flags.IntVar(&size.deals, "deals", 50_000, "deals of the large ecosystem")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *large {
		return writeLarge(*out, size)
	}
	return writeExamples(*out)
}

// writeExamples writes all generated files of the examples below dir.
func writeExamples(dir string) error {
	files, err := lumenFiles(newLumen())
	if err != nil {
		return err
	}
	small, err := smallFiles()
	if err != nil {
		return err
	}
	for name, data := range small {
		files[name] = data
	}
	return writeFiles(dir, files)
}
