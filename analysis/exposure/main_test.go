package exposure_test

import (
	"os"
	"runtime/debug"
	"testing"
)

// TestMain lets memory be collected as seldom as the program does: thousands of small
// counts are most of what these tests do.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400)
	os.Exit(m.Run())
}
