package render

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// svgAllowed lists the elements that a map may hold and the attributes that
// each may have. Nothing in it can run, load or style anything.
var svgAllowed = map[string]string{
	"svg":   "xmlns width height viewBox role aria-labelledby font-family",
	"title": "id",
	"desc":  "id",
	"g":     "class",
	"a":     "href",
	"rect":  "x y width height rx fill stroke stroke-width stroke-dasharray stroke-linecap",
	"path":  "d fill stroke stroke-width stroke-dasharray stroke-linecap",
	"text":  "x y font-size font-weight fill textLength lengthAdjust",
}

// checkSVG reads a document back: it must be well-formed, hold nothing that is
// not allowed, and as many boxes, edges and findings as its scene.
func checkSVG(doc []byte, s *scene) error {
	want := s.count()
	got := map[class]int{}
	d := xml.NewDecoder(bytes.NewReader(doc))
	elements := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			elements++
			if err := checkElement(t, got); err != nil {
				return err
			}
		case xml.ProcInst, xml.Directive:
			return errors.New("it has an instruction to the reader")
		}
	}
	if elements == 0 {
		return errors.New("it is empty")
	}
	for _, c := range []class{classPanel, classBox, classEdge, classFinding, classPiece, classMark, classLegend} {
		if got[c] != want[c] {
			return fmt.Errorf("it has %d of %d groups of the class %s", got[c], want[c], c)
		}
	}
	return nil
}

func checkElement(e xml.StartElement, classes map[class]int) error {
	allowed, ok := svgAllowed[e.Name.Local]
	if !ok {
		return fmt.Errorf("it has an element %s", e.Name.Local)
	}
	for _, a := range e.Attr {
		if !strings.Contains(" "+allowed+" ", " "+a.Name.Local+" ") {
			return fmt.Errorf("an element %s has an attribute %s", e.Name.Local, a.Name.Local)
		}
		switch a.Name.Local {
		case "class":
			classes[class(a.Value)]++
		case "href":
			if !validLink(a.Value) {
				return fmt.Errorf("a link leads to %q", a.Value)
			}
		}
	}
	return nil
}
