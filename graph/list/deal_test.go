package list

import (
	"testing"

	"github.com/channelmap/channelmap/graph"
)

// What a system says of a deal comes before the words of its stage.
func TestParseDeal(t *testing.T) {
	tests := []struct {
		stage, closed, won string
		want               graph.Status
	}{
		{"", "", "", graph.Open},
		{"Negotiation", "", "", graph.Open},
		{"8 - Contract signed", "", "", graph.Open},
		{"Closed Won", "", "", graph.Customer},
		{"Closed Lost", "", "", graph.Target},
		{"Lead", "", "", graph.Open},

		{"Closed Won", "false", "false", graph.Open},
		{"Closed Lost", "0", "0", graph.Open},
		{"Closed Lost", "FALSE", "TRUE", graph.Open}, // what is open is not won yet
		{"8 - Contract signed", "true", "true", graph.Customer},
		{"Closed Lost", "1", "1", graph.Customer},
		{"Closed Won", "true", "false", graph.Target},
		{"9 - No decision", "TRUE", "FALSE", graph.Target},

		{"Closed Lost", "", "yes", graph.Customer},
		{"Closed Won", "", "no", graph.Open},
		{"Closed Lost", "", "no", graph.Target},
		{"Negotiation", "", "no", graph.Open},

		{"Closed Won", "true", "", graph.Customer},
		{"Closed Lost", "true", "", graph.Target},
		{"Negotiation", "true", "", graph.Target},
		{"9 - No decision", "true", "", graph.Target},

		{"Closed Won", "2026-01-31", "45000", graph.Customer}, // no flags
		{"Closed Lost", "-", "n/a", graph.Target},
	}
	for _, tt := range tests {
		if got := ParseDeal(tt.stage, tt.closed, tt.won); got != tt.want {
			t.Errorf("%q, closed %q, won %q: got %s, want %s", tt.stage, tt.closed, tt.won, got, tt.want)
		}
	}
}

func TestCanBeFlag(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, "1": true, "0": true, "True": true, "false": true, "Yes": true, "N": true,
		"-": false, "2": false, "maybe": false, "2026-01-31": false, "45,000.00": false, "\x00": false,
	} {
		if got := CanBeFlag(text); got != want {
			t.Errorf("%q: got %t", text, got)
		}
	}
}
