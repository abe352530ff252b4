package main

import (
	"fmt"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// smallFiles returns the files of the small ecosystems that need more than a
// text editor: a workbook, and encodings other than UTF-8.
func smallFiles() (fileSet, error) {
	northline, err := northlineBook()
	if err != nil {
		return nil, err
	}
	files := fileSet{"small/distributor/northline.xlsx": northline}
	for _, f := range []struct {
		name, text string
		encoding   encoding.Encoding
	}{
		{"small/mac-roman/customers.csv", macText, charmap.Macintosh},
		{"small/utf16/customers.txt", unicodeText, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)},
		{"small/german/kunden.csv", germanText, charmap.Windows1252},
	} {
		data, err := f.encoding.NewEncoder().String(f.text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.name, err)
		}
		files[f.name] = []byte(data)
	}
	return files, nil
}

var (
	macText = strings.ReplaceAll(`Company,Website
Müller & Söhne,mueller.example
Café «Élan»,elan.example
Œuvre Ångström,oeuvre.example
"Smith, Jones",smith.example
`, "\n", "\r")

	unicodeText = strings.ReplaceAll(`Company	Website
Žluťoučký kůň	zluty.example
株式会社あかり	akari.example
Ελληνικά Α.Ε.	ellinika.example
🦊 Fox	fox.example
`, "\n", "\r\n")

	germanText = strings.ReplaceAll(`Umsatzbericht Lumen;;
Zeitraum: 01.01.2026 bis 31.10.2026;;
;;
Firma;Webseite;Umsatz
Bäckerei Öttinger;oettinger.example;1.234,50
Straßenbau Süd;strassenbau.example;980,00
Mühlenwerke;muehlenwerke.example;-34,50
Summe;;2.180,00
`, "\n", "\r\n")
)

// northlineBook is the list of one reseller: twenty accounts, of which those
// that the others serve as well are customers.
func northlineBook() ([]byte, error) {
	rows := [][]any{{"Company", "Website", "Status"}}
	for i := 1; i <= 20; i++ {
		s := relationship
		if i <= 5 || i >= 16 {
			s = customer
		}
		rows = append(rows, []any{fmt.Sprintf("Company %02d", i), fmt.Sprintf("c%02d.example", i), string(s)})
	}
	return workbook("Customers", rows)
}
