package list

import (
	"testing"

	"github.com/channelmap/channelmap/graph"
)

// TestReadText reads small files whole: their rows and what is said of them.
func TestReadText(t *testing.T) {
	tests := []struct {
		name    string
		content string
		spec    graph.ListSpec
		rows    []string
		notices []string
	}{
		{
			name:    "known headers, blank rows, no final newline",
			content: "Website,Account Name,Industry\nacme.com,Acme,IT\n\n , ,\nbeta.de,Beta,Banking",
			rows:    []string{"2 account=acme.com name=Acme segment=IT", "5 account=beta.de name=Beta segment=Banking"},
		},
		{
			name:    "mixed line ends and a byte-order mark",
			content: "\xEF\xBB\xBFdomain,name\ra.com,A\r\nb.com,B\nc.com,C\r",
			rows:    []string{"2 account=a.com name=A", "3 account=b.com name=B", "4 account=c.com name=C"},
		},
		{
			name:    "line break in a cell is no row",
			content: "domain,name\r\n\"a.com\",\"A\r\nInc\"\r\nb.com,B\r\n",
			rows:    []string{"2 account=a.com name=A\nInc", "3 account=b.com name=B"},
		},
		{
			name:    "bare quotation mark",
			content: "domain,name\na.com,12\" screens\nb.com,\"B, Inc\"\n",
			rows:    []string{"2 account=a.com name=12\" screens", "3 account=b.com name=B, Inc"},
			notices: []string{"bad-quote 1 2"},
		},
		{
			name:    "quotation marks within quotes",
			content: "domain,name\na.com,\"The \"Best\" of A\"\nb.com,\"B, Inc\"\n",
			rows:    []string{"2 account=a.com name=The \"Best\" of A", "3 account=b.com name=B, Inc"},
			notices: []string{"bad-quote 1 2"},
		},
		{
			name:    "unclosed quote does not eat what follows",
			content: "domain,name,country\na.com,\"A Inc,DE\nb.com,B,AT\nc.com,\"C, Inc\",CH\nd.com,\"D\",DE\n",
			rows: []string{"2 account=a.com name=A Inc country=DE", "3 account=b.com name=B country=AT",
				"4 account=c.com name=C, Inc country=CH", "5 account=d.com name=D country=DE"},
			notices: []string{"bad-quote 1 2"},
		},
		{
			name:    "unclosed quote at the end",
			content: "domain,name\na.com,A\nb.com,\"B\nc.com,C",
			rows:    []string{"2 account=a.com name=A", "3 account=b.com name=B", "4 account=c.com name=C"},
			notices: []string{"bad-quote 1 3"},
		},
		{
			name:    "spaces around quotes",
			content: "domain, name\na.com, \"A, Inc\" \nb.com,B\n",
			rows:    []string{"2 account=a.com name=A, Inc", "3 account=b.com name=B"},
			notices: []string{"bad-quote 1 2"},
		},
		{
			name:    "ragged rows and NUL bytes",
			content: "domain,name,country\na.com,A\nb.com,B,DE,x,\nc.\x00com,C,DE,,\n",
			rows:    []string{"2 account=a.com name=A", "3 account=b.com name=B country=DE", "4 account=c.com name=C country=DE"},
			notices: []string{"short-row 1 2", "long-row 1 3", "nul-bytes 1 4"},
		},
		{
			name:    "semicolons with decimal commas",
			content: "Website;Name;Amount\na.com;A;1,5\nb.com;B;2,5\n",
			rows:    []string{"2 account=a.com name=A amount=1,5", "3 account=b.com name=B amount=2,5"},
		},
		{
			name:    "tabs and pipes",
			content: "Website|Name, all\na.com|A, Inc\n",
			rows:    []string{"2 account=a.com"},
		},
		{
			name:    "a line that tells the delimiter is no row",
			content: "sep=;\nWebsite;Name\na.com;A\n",
			rows:    []string{"2 account=a.com name=A"},
		},
		{
			name:    "title rows and filters above the header",
			content: "Accounts by partner\nStatus,equals,Open\n\nAccount Name,Website,Status,Partner\nA,a.com,Open,CDW\n",
			rows:    []string{"5 account=a.com name=A partner=CDW status=Open"},
			notices: []string{"title-rows 2 1 2"},
		},
		{
			name:    "a title that is a header's word",
			content: "Partner\nWebsite,Name\na.com,A\n",
			rows:    []string{"3 account=a.com name=A"},
			notices: []string{"title-rows 1 1"},
		},
		{
			name:    "the header row that the list names",
			content: "Website,Name\nDomain,Company\na.com,A\n",
			spec:    graph.ListSpec{Header: 2},
			rows:    []string{"3 account=a.com name=A"},
			notices: []string{"title-rows 1 1"},
		},
		{
			name:    "mapping with values",
			content: "Firma,Branche\nA GmbH,banking \nB AG,Chemie\n",
			spec: graph.ListSpec{Columns: map[string]graph.Column{"account": {Headers: []string{"firma"}},
				"segment": {Headers: []string{"Branche"}, Values: map[string]string{"Banking": "finance"}}}},
			rows: []string{"2 account=A GmbH segment=finance", "3 account=B AG segment=Chemie"},
		},
		{
			name:    "rows without a key and spreadsheet errors",
			content: "domain,name,country\n,,DE\n#N/A,A,DE\n\u00a0\u200b,B,\n",
			rows:    []string{"3 name=A country=DE", "4 name=B"},
			notices: []string{"empty-key 1 2", "error-cell 1 3"},
		},
		{
			name:    "duplicate headers that are not mapped",
			content: "domain,Notes,notes\na.com,x,y\n",
			rows:    []string{"2 account=a.com"},
			notices: []string{"duplicate-header 1 1"},
		},
		{
			name:    "the list's partner stands in every row",
			content: "domain,Partner\na.com,Referral\n",
			spec:    graph.ListSpec{Partner: "cdw"},
			rows:    []string{"2 account=a.com partner=cdw"},
		},
		{
			name:    "Windows-1252",
			content: "domain,name\na.de,M\xfcller\n",
			rows:    []string{"2 account=a.de name=Müller"},
			notices: []string{"encoding-guessed 1 0"},
		},
		{
			name:    "Mac Roman by its letters",
			content: "domain,name\na.de,M\x9fller\nb.fr,Caf\x8e\n",
			rows:    []string{"2 account=a.de name=Müller", "3 account=b.fr name=Café"},
			notices: []string{"encoding-guessed 1 0"},
		},
		{
			name:    "a stray byte in UTF-8",
			content: "domain,name\na.de,Müller & Söhne\nb.de,M\xfcller\n",
			rows:    []string{"2 account=a.de name=Müller & Söhne", "3 account=b.de name=M\uFFFDller"},
			notices: []string{"bad-encoding 1 3"},
		},
		{
			name:    "an encoding that the list names",
			content: "domain,name\na.ru,\xcf\xf0\xe8\xe2\xe5\xf2\n",
			spec:    graph.ListSpec{Encoding: "windows-1251"},
			rows:    []string{"2 account=a.ru name=Привет"},
		},
		{
			name:    "bytes that the named encoding does not have",
			content: "domain,name\na.jp,\x83\x41\nb.jp,\xa0\xff\n",
			spec:    graph.ListSpec{Encoding: "Shift_JIS"},
			rows:    []string{"2 account=a.jp name=ア", "3 account=b.jp name=\uFFFD\uFFFD"},
			notices: []string{"bad-encoding 1 3"},
		},
		{
			name:    "a byte-order mark goes before the list's encoding",
			content: "\ufeffdomain,name\na.de,Müller\n",
			spec:    graph.ListSpec{Encoding: "windows-1252"},
			rows:    []string{"2 account=a.de name=Müller"},
		},
		{
			name:    "UTF-16 with a mark",
			content: utf16le("\ufeffdomain\tname\na.de\tMüller\n"),
			rows:    []string{"2 account=a.de name=Müller"},
		},
		{
			name:    "UTF-16 without a mark",
			content: utf16le("domain,name\na.de,Müller\n"),
			rows:    []string{"2 account=a.de name=Müller"},
			notices: []string{"encoding-guessed 1 0"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rows, sum := readText(t, test.content, test.spec)
			equal(t, "rows", show(rows), test.rows)
			equal(t, "notices", codes(sum), test.notices)
		})
	}
}

// utf16le encodes letters below U+10000.
func utf16le(s string) string {
	var b []byte
	for _, r := range s {
		b = append(b, byte(r), byte(r>>8))
	}
	return string(b)
}

// TestOldEncodings tells the two old encodings of the West apart by one name.
func TestOldEncodings(t *testing.T) {
	for name, want := range map[string]string{
		"O\x92Neill": "O’Neill", "Macy\x92s": "Macy’s", "Acme\x99": "Acme™", "\x93Best\x94 Co": "“Best” Co",
		"M\xfcller": "Müller", "Caf\xe9": "Café", "5 \x80": "5 €", "A \x96 B": "A – B", "S\xf8ren": "Søren",
		"Mart\x92nez": "Martínez", "Espa\x96a": "España", "S\x9ahne": "Söhne", "Caf\x8e": "Café", "Macy\xd5s": "Macy’s",
		"O\xd5Neill": "O’Neill", "h\x99tel": "hôtel", "Acme\xaa": "Acme™", "Fran\x8dois": "François",
	} {
		rows, _ := readText(t, "domain,name\na.com,"+name+"\n", graph.ListSpec{})
		if got := rows[0].Get(Name); got != want {
			t.Errorf("%q is read as %q, want %q", name, got, want)
		}
	}
}
