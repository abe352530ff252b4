package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/KimMachineGun/automemlimit/memlimit"

	"github.com/channelmap/channelmap/analysis/exposure"
)

// startHeap is what the process allocates before memory is collected for the
// first time.
const startHeap = 96 << 20

// lasting is how much the heap grows between two collections after that, in
// percent of what is in use: more than the runtime's 100, because most of what
// is read stays to the end.
const lasting = 200

// startLate lets the heap grow to startHeap before the garbage collector first
// runs: a command on the lists of one team ends before then or soon after, and
// collecting every few megabytes on the way costs a fifth of its time. What
// --memory allows bounds the heap all the same. A pace that the environment sets
// (GOGC) stays.
func startLate() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	const leastHeap = 4 << 20 // of the runtime, at 100 percent
	debug.SetGCPercent(100 * startHeap / leastHeap)
	runtime.AddCleanup(new([16]byte), func(percent int) { debug.SetGCPercent(percent) }, lasting)
}

// bytesFlag is a flag that takes a number of bytes. 0 stands for the default.
type bytesFlag struct{ n *uint64 }

// units are those of bytesFlag, in the order in which they are looked for.
var units = []struct {
	suffix string
	bytes  float64
}{
	{"kib", 1 << 10}, {"mib", 1 << 20}, {"gib", 1 << 30}, {"kb", 1e3}, {"mb", 1e6}, {"gb", 1e9}, {"k", 1e3}, {"m", 1e6}, {"g", 1e9},
}

// leastMemory is what the program takes by itself, and a little.
const leastMemory = 64e6

func (f bytesFlag) String() string {
	if f.n == nil || *f.n == 0 {
		return ""
	}
	return fmt.Sprintf("%dMB", *f.n/1e6)
}

func (f bytesFlag) Set(text string) error {
	number, unit := strings.ToLower(strings.TrimSpace(text)), 0.0
	for _, u := range units {
		if rest, ok := strings.CutSuffix(number, u.suffix); ok {
			number, unit = strings.TrimSpace(rest), u.bytes
			break
		}
	}
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || unit == 0 || !(n*unit >= leastMemory && n*unit < 1e15) {
		return errors.New("write a size of at least 64MB, such as 500MB or 2GB")
	}
	*f.n = uint64(n * unit)
	return nil
}

func (f bytesFlag) Type() string { return "SIZE" }

// limitMemory makes the collector keep to a number of bytes, by default to a
// quarter of what the machine or the container has, and returns it: 0 where
// nobody can tell.
func limitMemory(most uint64) uint64 {
	if most == 0 {
		has, err := memlimit.ApplyFallback(memlimit.FromCgroup, memlimit.FromSystem)()
		if err != nil {
			return 0
		}
		most = has / 4
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(int64(most))
	}
	return most
}

// adviseOnMemory adds to an error over memory what can be done.
func adviseOnMemory(err error) error {
	var tooMuch *exposure.MemoryError
	if !errors.As(err, &tooMuch) {
		return err
	}
	return fmt.Errorf("%w. Give more with --memory %dMB if the machine has it, or count fewer rows: name those that matter with `where:` at the list, or with --from and --to", err, 2*tooMuch.Most/1e6)
}
