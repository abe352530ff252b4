//go:build !race

package exposure_test

// raceDetector says that tests take ten times as long.
const raceDetector = false
