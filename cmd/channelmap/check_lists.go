package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/graph/list"
)

// writeReadings tells how each list was read: what it is, where its header
// stands, which of its columns serve and which do not.
func writeReadings(w io.Writer, study *analysis.Study) {
	if len(study.Exposure.Lists) == 0 {
		return
	}
	fmt.Fprintln(w, "\nHow the lists were read")
	for _, use := range study.Exposure.Lists {
		if use.Summary == nil {
			continue
		}
		for _, f := range use.Summary.Files {
			writeReading(w, f)
		}
	}
}

func writeReading(w io.Writer, f list.File) {
	place := f.Place
	place.Row = 0
	fmt.Fprintf(w, "  %s: %s in %s, header in row %d, %d rows\n", visible(place.String()), f.Format, f.Encoding, f.Place.Row, f.Rows)
	fmt.Fprintf(w, "    read: %s\n", visible(strings.Join(columnsRead(f), ", ")))
	if len(f.Partners) > 0 {
		fmt.Fprintf(w, "    partners: %s\n", visible(strings.Join(f.Partners, ", ")))
	}
	if len(f.Unused) > 0 {
		fmt.Fprintf(w, "    not read: %s\n", visible(strings.Join(f.Unused, ", ")))
	}
}

// columnsRead names each column key with the header that serves it.
func columnsRead(f list.File) []string {
	var keys []list.Key
	for k := range f.Headers {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	all := make([]string, len(keys))
	for i, k := range keys {
		all[i] = k.String() + " = " + f.Headers[k]
	}
	return all
}
