package tally_test

import (
	"errors"
	"testing"

	"github.com/channelmap/channelmap/analysis/exposure/tally"
)

// TestStopWhen ends a count with the error of who stops it.
func TestStopWhen(t *testing.T) {
	stopped := errors.New("stopped")
	s := tally.New(tally.Options{Workers: 2, Rows: 10})
	defer s.Close()
	s.StopWhen(func() error { return stopped })
	if _, err := s.Count(tally.Spec{Workers: 2}); !errors.Is(err, stopped) {
		t.Errorf("got %v", err)
	}
}
