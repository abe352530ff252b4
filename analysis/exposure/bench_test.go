package exposure_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

// BenchmarkBuild reads and counts the lists of the example.
func BenchmarkBuild(b *testing.B) {
	eco, err := graph.Load("../../testdata/lumen")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := exposure.Build(context.Background(), eco, exposure.Options{AsOf: graph.Date{Year: 2026, Month: 11, Day: 23}}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkUsers counts a million users, 40 % of them with addresses that anybody may
// have, at 60,000 accounts.
func BenchmarkUsers(b *testing.B) {
	const rows = 1_000_000
	var text strings.Builder
	text.WriteString("email,plan\n")
	for i := range rows {
		host := fmt.Sprintf("acme-%d.example", i*7919%100_000)
		if i%5 < 2 {
			host = "gmail.com"
		}
		fmt.Fprintf(&text, "u%d@%s,%s\n", i*31%rows, host, []string{"free", "paid"}[i%2])
	}
	eco, err := graph.Parse("ecosystem.yaml", []byte("vendor: Acme\nchannels: [{id: self-serve, kind: direct-user, accounts: signups.csv}]\n"))
	if err != nil {
		b.Fatal(err)
	}
	eco.Dir = b.TempDir()
	if err := os.WriteFile(filepath.Join(eco.Dir, "signups.csv"), []byte(text.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		x, err := exposure.Build(context.Background(), eco, exposure.Options{AsOf: today})
		if err != nil {
			b.Fatal(err)
		}
		if n := x.Users.Members(); n != rows {
			b.Fatalf("%d users", n)
		}
	}
}
