//go:build race

package tally_test

// raceDetector says that tests take ten times as long.
const raceDetector = true
