package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

// startHeap is what the process allocates before memory is collected for the
// first time.
const startHeap = 96 << 20

// startLate lets the heap grow to startHeap before the garbage collector first
// runs: a command on the lists of one team ends before then or soon after, and
// collecting every few megabytes on the way costs a fifth of its time. From the
// first collection on the usual pace holds. A pace that the environment sets
// (GOGC) stays.
func startLate() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	const leastHeap = 4 << 20 // of the runtime, at 100 percent
	usual := debug.SetGCPercent(100 * startHeap / leastHeap)
	runtime.AddCleanup(new([16]byte), func(percent int) { debug.SetGCPercent(percent) }, usual)
}
