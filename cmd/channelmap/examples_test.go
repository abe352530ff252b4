package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestExamples holds what the verbs print of the example ecosystems to goldens:
// a vendor with self-serve, a marketplace and two resellers behind a distributor,
// known by files; one known by shares, overlaps and a sample; and one long list
// of partners that nobody declared. `go test -run Examples -update` writes them.
func TestExamples(t *testing.T) {
	atRoot(t)
	for _, example := range []string{"distributor", "shares", "longlist"} {
		for _, verb := range []string{"audit", "overlaps", "uncovered", "map"} {
			t.Run(example+"/"+verb, func(t *testing.T) {
				args := []string{verb, "testdata/small/" + example, "--as-of", exampleAt}
				golden := filepath.Join("cmd/channelmap/testdata/examples", example+"."+verb)
				if verb == "map" {
					args = append(args, "--format", "dot")
				}
				got, _ := printed(t, args)
				if *update {
					if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
						t.Fatal(err)
					}
					return
				}
				want, err := os.ReadFile(golden)
				if err != nil {
					t.Fatal(err)
				}
				if got != string(want) {
					t.Errorf("%s differs from its golden; go test ./cmd/channelmap -run Examples -update writes it, and the difference is to be read", golden)
				}
			})
		}
	}
}
