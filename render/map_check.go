package render

import (
	"errors"
	"fmt"
	"math"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/channelmap/channelmap/analysis"
)

// maxBoxes is how many boxes and findings a map may have. One that people can
// read has a fraction of that; whoever makes the map trims it.
const maxBoxes = 300

// checkMap refuses a map that cannot be drawn truthfully: ids that are missing
// or used twice, edges and findings of boxes that are not there, numbers that
// are not counts.
func checkMap(m *analysis.Map) error {
	if m == nil || len(m.Boxes) == 0 {
		return errors.New("it has no boxes")
	}
	if n := len(m.Boxes) + len(m.Findings); n > maxBoxes {
		return fmt.Errorf("it has %d boxes and findings, at most %d can be drawn", n, maxBoxes)
	}
	boxes, err := indexBoxes(m)
	if err != nil {
		return err
	}
	for _, e := range m.Edges {
		if err := checkEdge(e, boxes); err != nil {
			return fmt.Errorf("the edge from %q to %q %w", e.From, e.To, err)
		}
	}
	for _, f := range m.Findings {
		if err := checkFinding(f, boxes); err != nil {
			return fmt.Errorf("the finding %q %w", f.ID, err)
		}
	}
	return checkCounts("what is not drawn", m.Omitted.Members, float64(m.Omitted.Sellers),
		float64(m.Omitted.Segments), float64(m.Omitted.Edges), float64(m.Omitted.Findings))
}

// indexBoxes returns the boxes by id, having checked each of them and that no
// finding has the id of a box.
func indexBoxes(m *analysis.Map) (map[string]analysis.Box, error) {
	boxes := make(map[string]analysis.Box, len(m.Boxes))
	for _, b := range m.Boxes {
		if b.ID == "" {
			return nil, fmt.Errorf("the box %q has no id", b.Name)
		}
		if visible(b.ID) != b.ID {
			return nil, fmt.Errorf("the id %q has characters that cannot be seen", b.ID)
		}
		if _, twice := boxes[b.ID]; twice {
			return nil, fmt.Errorf("two boxes have the id %q", b.ID)
		}
		if err := checkBox(b); err != nil {
			return nil, fmt.Errorf("the box %q %w", b.ID, err)
		}
		boxes[b.ID] = b
	}
	findings := map[string]bool{}
	for _, f := range m.Findings {
		if _, taken := boxes[f.ID]; taken || findings[f.ID] || f.ID == "" || visible(f.ID) != f.ID {
			return nil, fmt.Errorf("the id %q of a finding is empty, used twice, or has characters that cannot be seen", f.ID)
		}
		findings[f.ID] = true
	}
	return boxes, nil
}

func checkBox(b analysis.Box) error {
	switch b.Kind {
	case analysis.VendorBox, analysis.SellerBox, analysis.SegmentBox:
	default:
		return fmt.Errorf("has the kind %q; the kinds are vendor, seller and segment", b.Kind)
	}
	if b.Tier < 0 || b.Tier > maxBoxes {
		return fmt.Errorf("has the tier %d", b.Tier)
	}
	if len(b.Bars) > 3 {
		return fmt.Errorf("has %d bars; there is room for 3", len(b.Bars))
	}
	if !validLink(b.Link) {
		return fmt.Errorf("has the link %q; a link is relative or starts with https://", visible(b.Link))
	}
	for _, bar := range b.Bars {
		if err := checkCounts("the total of a bar", bar.Total); err != nil {
			return err
		}
		for _, p := range bar.Pieces {
			if _, ok := pieceColours[p.Kind]; !ok {
				return fmt.Errorf("has a piece of the kind %q, which has no colour", p.Kind)
			}
			if err := checkCounts("the piece "+string(p.Kind), p.Count); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkEdge(e analysis.MapEdge, boxes map[string]analysis.Box) error {
	from, okFrom := boxes[e.From]
	to, okTo := boxes[e.To]
	switch {
	case !okFrom || !okTo:
		return errors.New("joins a box that is not on the map")
	case from.Kind == analysis.SegmentBox:
		return errors.New("leads out of a segment; reach ends there")
	case to.Kind == analysis.VendorBox:
		return errors.New("leads to the vendor; reach starts there")
	case e.From == e.To:
		return errors.New("leads back to its own box")
	}
	return checkCounts("", e.Members, e.Share)
}

func checkFinding(f analysis.MapFinding, boxes map[string]analysis.Box) error {
	if len(f.Between) == 0 || len(f.Between) > 8 {
		return fmt.Errorf("is between %d sellers", len(f.Between))
	}
	for _, id := range f.Between {
		if b, ok := boxes[id]; !ok || b.Kind != analysis.SellerBox {
			return fmt.Errorf("is between sellers, and %q is none on the map", id)
		}
	}
	if b, ok := boxes[f.Segment]; !ok || b.Kind != analysis.SegmentBox {
		return fmt.Errorf("is in a segment, and %q is none on the map", f.Segment)
	}
	return checkCounts("", f.Members)
}

// checkCounts refuses what is negative, infinite or not a number.
func checkCounts(what string, counts ...float64) error {
	for _, c := range counts {
		if math.IsNaN(c) || math.IsInf(c, 0) || c < 0 {
			if what != "" {
				what = " as " + what
			}
			return fmt.Errorf("has %g%s, which is no count", c, what)
		}
	}
	return nil
}

// validLink reports whether a link can be followed without harm: there is none,
// or it is relative to the page, or an address on the web.
func validLink(link string) bool {
	if link == "" {
		return true
	}
	u, err := url.Parse(link)
	if err != nil || strings.Contains(link, "\\") || visible(link) != link || !utf8.ValidString(link) {
		return false
	}
	if u.Scheme == "https" {
		return u.Host != "" && u.User == nil && u.Opaque == ""
	}
	return u.Scheme == "" && u.Host == "" && !strings.HasPrefix(link, "//")
}
