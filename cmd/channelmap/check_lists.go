package main

import (
	"fmt"
	"io"
	"slices"
	"unicode/utf8"

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
	fmt.Fprintf(w, "  %s:\n", visible(place.String()))
	writeItems(w, fmt.Sprintf("%s in %s, header in row %d, %d rows", f.Format, f.Encoding, f.Place.Row, f.Rows), columnsRead(f))
	writeItems(w, "partners", f.Partners)
	writeItems(w, "not read", f.Unused)
}

// writeItems writes items behind what they are, in lines of up to 80 columns
// where they can be broken so; nothing where there are none.
func writeItems(w io.Writer, what string, items []string) {
	if len(items) == 0 {
		return
	}
	line := "    " + what + ":"
	for i, item := range items {
		item = visible(item)
		if i < len(items)-1 {
			item += ","
		}
		if utf8.RuneCountInString(line)+1+utf8.RuneCountInString(item) > 80 {
			fmt.Fprintln(w, line)
			line = "     "
		}
		line += " " + item
	}
	fmt.Fprintln(w, line)
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
