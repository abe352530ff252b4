// Command channelmap tells who is reached over which pathways, and draws the map.
package main

import (
	"os"

	"github.com/channelmap/channelmap/render/layout"
)

func main() {
	layout.Child()
	startLate()
	os.Exit(runInterruptible(os.Args[1:], standardStreams()))
}
