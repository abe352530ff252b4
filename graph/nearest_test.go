package graph

import "testing"

func TestNearest(t *testing.T) {
	known := []string{"addressable", "audience", "mid-market-it", "value", "name"}
	for written, want := range map[string]string{
		"adressable": "addressable", "AUDIENCE": "audience", "vlaue": "value", "mid": "mid-market-it", "Mid": "mid-market-it",
		"xyzzy": "", "": "", "nmae": "name", "na": "",
	} {
		if got := Nearest(written, known); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", written, got, want)
		}
	}
}
