package render

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"github.com/channelmap/channelmap/analysis"
)

// MapOptions tunes how a map is drawn. The zero value is good.
type MapOptions struct {
	// Scale is how many pixels of a PNG make up one of the drawing; 0 means 2,
	// which is sharp on paper and on dense screens.
	Scale float64
}

// MapSVG draws the conflict map as one SVG document that stands alone: no
// script, no style sheet, no reference to anything outside but the links that
// boxes carry. Nothing is written to w unless the whole drawing is sound.
//
// The layout runs in a child process (see package layout) that is ended with
// ctx, or after layout.DefaultTimeout where ctx has no deadline.
func MapSVG(ctx context.Context, w io.Writer, m *analysis.Map, _ MapOptions) error {
	s, err := drawMap(ctx, m)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	writeSVG(&out, s)
	if err := checkSVG(out.Bytes(), s); err != nil {
		return fmt.Errorf("the map was drawn but is not sound: %w", err)
	}
	_, err = w.Write(out.Bytes())
	return err
}

// MapPNG draws the same picture as MapSVG as a PNG. It returns how many texts
// have characters that the embedded font lacks: each such character is shown
// as a box with its code, where an SVG shows it with the reader's fonts.
func MapPNG(ctx context.Context, w io.Writer, m *analysis.Map, o MapOptions) (foreign int, err error) {
	s, err := drawMap(ctx, m)
	if err != nil {
		return 0, err
	}
	var out bytes.Buffer
	if foreign, err = writePNG(&out, s, o.Scale); err != nil {
		return 0, fmt.Errorf("the map could not be drawn as a PNG: %w", err)
	}
	_, err = w.Write(out.Bytes())
	return foreign, err
}

// MapJSON writes the map as data, with the names that docs/json.md lists.
func MapJSON(w io.Writer, m *analysis.Map) error {
	var out bytes.Buffer
	if err := writeJSON(&out, m); err != nil {
		return err
	}
	_, err := w.Write(out.Bytes())
	return err
}

// drawMap makes the picture of a map.
func drawMap(ctx context.Context, m *analysis.Map) (*scene, error) {
	if err := checkMap(m); err != nil {
		return nil, fmt.Errorf("the map cannot be drawn: %w", err)
	}
	plan, err := planMap(m)
	if err != nil {
		return nil, fmt.Errorf("the map cannot be drawn: %w", err)
	}
	if err := plan.place(ctx); err != nil {
		return nil, err
	}
	return plan.draw(), nil
}
