package layout

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/channelmap/channelmap/render/layout/cachedir"
)

// mood makes this test binary misbehave as a layout child, or start and stop
// as a program does that only prints its help.
const mood = "CHANNELMAP_TEST_MOOD"

func TestMain(m *testing.M) {
	if os.Getenv(mood) == "help" {
		fmt.Printf("dir=%s\ntmp=%s\n", cachedir.Dir(), os.Getenv("TMPDIR"))
		os.Exit(0)
	}
	if os.Getenv(childVariable) != "" {
		misbehave(os.Getenv(mood))
	}
	Child()
	os.Exit(m.Run())
}

func misbehave(how string) {
	switch how {
	case "sleep":
		time.Sleep(time.Hour)
	case "orphan":
		watch(-500*time.Millisecond, maxMemory)
	case "eat":
		go watch(time.Minute, 64<<20)
		var hoard [][]byte
		for {
			hoard = append(hoard, make([]byte, 4<<20))
			time.Sleep(5 * time.Millisecond)
			runtime.KeepAlive(hoard)
		}
	case "nul":
		os.Stdout.WriteString("\x00\x00\x00")
		os.Exit(0)
	case "half":
		os.Stdout.WriteString(`{"bb":"0,0,100,100","objects":[{"name":"n0","pos":"10,10"}],"edges":[]}`)
		os.Exit(0)
	case "flood":
		line := strings.Repeat("x", 1<<20)
		for range 40 {
			os.Stdout.WriteString(line)
		}
		os.Exit(0)
	case "rant":
		for range 1000 {
			fmt.Fprintln(os.Stderr, "out of cheese")
		}
		os.Exit(7)
	}
}
