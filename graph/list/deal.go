package list

import "github.com/channelmap/channelmap/graph"

// flag is what a cell says that answers yes or no.
type flag uint8

const (
	unsaid flag = iota
	yes
	no
)

// readFlag reads a cell of yes or no: what marks a partner in a wide list, and what
// does not. A dash, and what spreadsheets write for nothing, says neither.
func readFlag(s string) flag {
	switch word := foldText(s); {
	case yesWords[word]:
		return yes
	case word == "0" || word == "false" || word == "no" || word == "n" || word == "☐":
		return no
	}
	return unsaid
}

// CanBeFlag reports whether a cell that answers yes or no, such as Salesforce's
// IsWon, can be read; an empty one can.
func CanBeFlag(s string) bool { return s == "" || readFlag(s) != unsaid }

// ParseDeal reads how far a deal has come: customer where it is won, target where
// it is lost, else open. What the system says of it, that it is closed and that it
// is won, comes before the words of its stage, which every company writes for
// itself; an empty text says nothing. See [ParseStage].
func ParseDeal(stage, isClosed, isWon string) graph.Status {
	status, known := ParseStage(stage)
	if !known || status == "" {
		status = graph.Open
	}
	switch closed, won := readFlag(isClosed), readFlag(isWon); {
	case closed == no:
		return graph.Open
	case won == yes:
		return graph.Customer
	case closed == yes && (won == no || status == graph.Open):
		return graph.Target
	case won == no && status == graph.Customer:
		return graph.Open
	}
	return status
}
