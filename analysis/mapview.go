package analysis

import (
	"github.com/channelmap/channelmap/analysis/conflict"
	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// Map is the conflict map as plain data: what to draw, in which words, with
// nothing about where. Boxes, edges and findings are in the order in which they
// are to be drawn; ids are unique over boxes and findings.
type Map struct {
	Title     string       `json:"title"`         // "Lumen AI: channel conflict map"
	For       string       `json:"for,omitempty"` // whom it is for: a partner, "the board", or empty for us
	Sentences []string     `json:"sentences"`     // the finding in numbers, one sentence per audience
	AsOf      string       `json:"as_of"`
	Footer    []string     `json:"footer"` // what the figures rest on, agreements, notices
	Boxes     []Box        `json:"boxes"`
	Edges     []MapEdge    `json:"edges"`
	Findings  []MapFinding `json:"findings"`
	Omitted   Omitted      `json:"omitted"`

	facts mapFacts
}

// BoxKind tells what a box stands for.
type BoxKind string

// The kinds of box.
const (
	VendorBox  BoxKind = "vendor"
	SellerBox  BoxKind = "seller"
	SegmentBox BoxKind = "segment"
)

// Box is the vendor, a seller or a segment.
type Box struct {
	ID        string         `json:"id"`
	Kind      BoxKind        `json:"kind"`
	Name      string         `json:"name"`
	Subtitle  string         `json:"subtitle"` // "sell-through reseller · 12,400 buyers"
	Tier      int            `json:"tier"`     // of sellers: 1 is next to the vendor
	Motion    graph.Motion   `json:"motion"`   // of sellers: the band it stands in
	Equity    graph.Equity   `json:"equity"`
	Audience  graph.Audience `json:"audience"` // colour: of the seller's motion side, or of the segment
	Stage     graph.Stage    `json:"stage"`
	Candidate bool           `json:"candidate"`
	Claimed   bool           `json:"claimed"`   // its figures are claimed only: hatched
	Exclusive string         `json:"exclusive"` // the clause in words, or empty: a lock
	Bars      []Bar          `json:"bars"`
	Details   []string       `json:"details"` // lines of the tooltip
	Link      string         `json:"link"`    // "" or a relative or https address

	called      string   // in sentences; the name, but for members whose segment is not known
	kindWords   string   // of sellers: "sell-through reseller"
	partner     bool     // of sellers
	sources     []string // where the figures given for a seller come from
	addressable float64  // of segments; 0 where not declared
}

// Bar is the members of one audience, cut into pieces that follow one another
// without a gap.
type Bar struct {
	Audience graph.Audience `json:"audience"`
	Total    float64        `json:"total"` // what the full width of the bar stands for, in members
	Pieces   []Piece        `json:"pieces"`

	reach figure.Figure // of a seller; of a segment what is reached today
}

// Piece is part of a bar.
type Piece struct {
	Kind  PieceKind `json:"kind"`
	Count float64   `json:"count"` // members
}

// PieceKind tells what a piece counts. The same kind has the same colour
// everywhere.
type PieceKind string

// The kinds of piece, in the order in which a bar shows them.
const (
	PieceOnly      PieceKind = "only"          // reached through it alone (of a segment: through one pathway)
	PieceShared    PieceKind = "shared"        // also over others, without conflict
	PieceCollide   PieceKind = "could-collide" // also over others, could collide
	PieceLive      PieceKind = "live-conflict" // in live conflict
	PieceUnreached PieceKind = "not-reached"   // of segments only
)

// MapEdge is a step of a pathway: supply, or the last mile to a segment.
type MapEdge struct {
	From      string         `json:"from"`
	To        string         `json:"to"`
	Audience  graph.Audience `json:"audience"`  // users blue, buyers purple, "" supply
	Members   float64        `json:"members"`   // the width follows it; 0 for supply
	Share     float64        `json:"share"`     // of supply edges: 1 where none is known
	Candidate bool           `json:"candidate"` // signing would add it: dashed
	Claimed   bool           `json:"claimed"`
	Details   []string       `json:"details"`

	supplies bool          // of supply edges: to a partner
	given    bool          // Share is what the ecosystem says
	reach    figure.Figure // of last miles
}

// MapFinding is a pair of sellers that collide in a segment. It is drawn as a
// node of its own between the two and the segment, without arrowheads.
type MapFinding struct {
	ID        string   `json:"id"`
	Between   []string `json:"between"`   // ids of two boxes
	Segment   string   `json:"segment"`   // id of the box where they meet
	Title     string   `json:"title"`     // "Direct sales / CDW"
	Text      string   `json:"text"`      // "1,730 buyers in live conflict"
	Live      bool     `json:"live"`      // red; otherwise amber
	Candidate bool     `json:"candidate"` // only if signed: dashed
	Members   float64  `json:"members"`
	Details   []string `json:"details"`

	audience graph.Audience
	pattern  conflict.Pattern
	reach    figure.Figure // the members that collide
}

// Omitted counts what there is and the map does not draw.
type Omitted struct {
	Sellers  int     `json:"sellers"`
	Segments int     `json:"segments"`
	Edges    int     `json:"edges"`
	Findings int     `json:"findings"`
	Members  float64 `json:"members"` // gross reach of the sellers that are not drawn
}

// mapFacts are what the sentences and the footer of a map are written from.
type mapFacts struct {
	vendor  string
	reached []mapReached
	signing []mapSigning
	bases   []basisCount // those from lists first
	nda     []string
	without []string     // sentences on lists that were not read
	spare   []MapFinding // that could be drawn, and are not; worst first
}

// mapReached is what is reached of an audience today, in members.
type mapReached struct {
	audience    graph.Audience
	net, live   float64
	addressable *float64
	coverage    *float64 // share, by the best estimate
}

// mapSigning is what signing a candidate would add, in members.
type mapSigning struct {
	seller, name               string // id and name
	audience                   graph.Audience
	adds, fresh, live, collide float64
}

// basisCount is how many sellers have figures that rest on something.
type basisCount struct {
	basis   string
	sellers int
}
