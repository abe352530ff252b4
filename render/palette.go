package render

import "github.com/channelmap/channelmap/analysis"

// The colours of the map, all in one place. A test holds them to what readers
// need: text has a contrast of at least 4.5 to 1 on what it stands on (WCAG 2.2,
// 1.4.3), and the pieces of a bar can be told apart with protanopia,
// deuteranopia and tritanopia too.
const (
	paper     = "#ffffff" // opaque, so that a map reads on a dark page
	ink       = "#1b2733" // names
	inkSoft   = "#51606e" // everything else that is written
	hairline  = "#c9d1d9" // borders without a meaning
	boxPaper  = "#ffffff"
	tagPaper  = "#e9edf1"
	usersInk  = "#2763ad" // users: blue
	buyersInk = "#7b46a6" // buyers: purple
	supplyInk = "#93a0ad" // supply: grey

	usersEdge  = "#3f8fd6"
	buyersEdge = "#8c56b6"

	productPanel = "#eff5fc" // the band of the product-led motion
	accountPanel = "#f6f1fa"

	vendorPaper   = "#1b2733"
	vendorInk     = "#ffffff"
	vendorInkSoft = "#c3cdd6"

	liveInk      = "#b3201b" // live conflict: red, and nothing else is
	livePaper    = "#fdeceb"
	liveText     = "#8f1713"
	collideInk   = "#b06a00" // could collide: amber, and nothing else is
	collidePaper = "#fff5df"
	collideText  = "#754700"
)

// pieceColours gives each kind of piece its colour.
var pieceColours = map[analysis.PieceKind]string{
	analysis.PieceOnly:      "#17716d",
	analysis.PieceShared:    "#7db6df",
	analysis.PieceCollide:   "#f0a92d",
	analysis.PieceLive:      "#b3201b",
	analysis.PieceUnreached: "#e4e8ec",
}
