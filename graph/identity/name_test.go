package identity

import (
	"encoding/csv"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

func TestFoldName(t *testing.T) {
	for text, want := range map[string]string{
		"ACME Ltd":                        "acme",
		"Acme Limited":                    "acme",
		"Acme, Inc.":                      "acme",
		"Acme,Inc":                        "acme",
		"Acme  Co.,  Ltd.":                "acme",
		"Acme S.A.":                       "acme",
		"Acme S. A.":                      "acme",
		"Acme G.m.b.H.":                   "acme",
		"Acme GmbH & Co. KG":              "acme",
		"Acme Pty Ltd":                    "acme",
		"Acme Sp. z o.o.":                 "acme",
		"Acme S.A. de C.V.":               "acme",
		"Acme S. de R.L. de C.V.":         "acme",
		"Acme S.à r.l.":                   "acme",
		"Acme A/S":                        "acme",
		"Acme AB (publ)":                  "acme",
		"Acme UG (haftungsbeschränkt)":    "acme",
		"株式会社 Acme":                       "株式会社 acme", // not closing
		"ソニー株式会社":                         "ソニー",
		"ソニー㈱":                            "ソニー",
		"Ромашка ООО":                     "ромашка",
		"Acme\u00a0Ltd":                   "acme",
		"\ufeffAc\u200bme\u00ad \t\n Ltd": "acme",
		"ＡＣＭＥ":                            "acme",
		"STRASSE":                         "strasse",
		"Straße":                          "strasse",
		"Cafe\u0301":                      "café",
		"J. Smith & Co.":                  "j. smith",
		"Marks and Company":               "marks",
		"Booking.com B.V.":                "booking.com",
		"HS2 Ltd.":                        "hs2",
		"Acme (UK) Ltd":                   "acme (uk)",

		// names that stay whole
		"Limited": "limited", "The Limited": "the limited", "& Co.": "& co.", ", Inc.": ", inc.",
		"Co Ltd":                 "co",
		"Barts Health NHS Trust": "barts health nhs trust",
		"St. Mary's Trust":       "st. mary's trust",
		"NCC Group (The)":        "ncc group (the)",
		"U.S. Steel":             "u.s. steel",
		"Ltd Edition":            "ltd edition",
		"Nestlé":                 "nestlé", // accents count
		"":                       "",
		"  ":                     "",
		"-":                      "-",
		"😀 Inc":                  "😀",
		"bad\xff Ltd":            "bad\ufffd",
		"a\x00b":                 "a b",
	} {
		if got := FoldName(text); got != want {
			t.Errorf("FoldName(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestFoldSpellingKeepsLegalForms(t *testing.T) {
	for text, want := range map[string]string{
		" CDW  Corporation ": "cdw corporation",
		"CDW, LLC":           "cdw, llc",
		"Ångström":           "ångström",
		"ﬁne":                "fine",
	} {
		if got := FoldSpelling(text); got != want {
			t.Errorf("FoldSpelling(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestLegalFormsAreWrittenBare(t *testing.T) {
	for form := range legalForms {
		if bare(form) != form || FoldSpelling(form) != form {
			t.Errorf("no name ever ends in %q", form)
		}
	}
}

func TestHostileNames(t *testing.T) {
	for name, text := range map[string]string{
		"forms":       strings.Repeat("ltd ", 1<<18),
		"punctuation": strings.Repeat("!", 1<<19) + strings.Repeat(" ltd", 1<<17),
		"commas":      "a" + strings.Repeat(",", 1<<20) + " ltd",
		"one word":    strings.Repeat("x", 1<<20),
		"marks":       "a" + strings.Repeat("\u0301", 1<<18),
		"invalid":     strings.Repeat("\xff", 1<<20),
		"expanding":   strings.Repeat("\ufdfa", 1<<16),
		"controls":    strings.Repeat("\x00", 1<<20),
	} {
		if got := FoldName(text); !utf8.ValidString(got) {
			t.Errorf("%s: folded to invalid text", name)
		}
	}
}

// readGCloud returns two columns of the published G-Cloud sales.
func readGCloud(t *testing.T) (customers, suppliers map[string]bool) {
	f, err := os.Open("../../../shared/data/gcloud/G-Cloud-Spend-14-07-14-v2-For-import.csv")
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("the G-Cloud data is not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text, err := io.ReadAll(charmap.Macintosh.NewDecoder().Reader(f))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.ReplaceAll(string(text), "\r", "\n"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	customers, suppliers = map[string]bool{}, map[string]bool{}
	for _, row := range rows[1:] {
		suppliers[row[3]], customers[row[4]] = true, true
	}
	return customers, suppliers
}

func TestGCloudNamesStayApart(t *testing.T) {
	customers, suppliers := readGCloud(t)
	keys, spellings := map[Key]bool{}, map[string]bool{}
	for name := range customers {
		keys[NameKey(name)] = true
	}
	for name := range suppliers {
		spellings[FoldSpelling(name)] = true
	}
	if len(keys) != 524 || keys[Key{}] {
		t.Errorf("%d customers of %d spellings, want 524", len(keys), len(customers))
	}
	if len(spellings) != 343 {
		t.Errorf("%d suppliers of %d spellings, want 343", len(spellings), len(suppliers))
	}
}

func FuzzFoldName(f *testing.F) {
	for _, seed := range []string{"Acme, Inc.", "Straße S.à r.l.", "\u0345ᾳ\u0301", "㈱ソニー", "a\xff\u200b", "İI", "Ǆ (ltd)", "ΑΣ"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, fold := range []func(string) string{FoldSpelling, FoldName} {
			once := fold(text)
			if twice := fold(once); twice != once {
				t.Errorf("%q folds to %q and then to %q", text, once, twice)
			}
			if !utf8.ValidString(once) || strings.TrimSpace(once) != once || strings.Contains(once, "  ") {
				t.Errorf("%q folds to %q", text, once)
			}
		}
		if strings.ContainsFunc(FoldSpelling(text), carriesName) != strings.ContainsFunc(FoldName(text), carriesName) {
			t.Errorf("%q: the legal form was all there was of %q", text, FoldSpelling(text))
		}
		if isASCII(text) && FoldName(strings.ToUpper(text)) != FoldName(strings.ToLower(text)) {
			t.Errorf("%q: case matters", text)
		}
	})
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

// The quick way for ASCII is the way for all text.
func TestFoldingOfASCII(t *testing.T) {
	for c := range rune(utf8.RuneSelf) {
		text := "A" + string(c) + string(c) + " B" + string(c)
		quick, _ := foldASCII(text)
		if full := strings.TrimSuffix(FoldSpelling(text+" é"), " é"); quick != full {
			t.Errorf("%q folds to %q, not %q", text, quick, full)
		}
	}
}
