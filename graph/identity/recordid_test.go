package identity

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestRecordID(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"long", "001Hp00002AAAA1IAP", "001Hp00002AAAA1"},
		{"long, of another block", "001A0000006Vm9rIAC", "001A0000006Vm9r"},
		{"long, lower case alone", "90630000000gy8oAAA", "90630000000gy8o"},
		{"long, digits in what tells the case", "00BCDEFGHIJKLMN451", "00BCDEFGHIJKLMN451"},
		{"long, all in upper case", "ABCDEFGHIJKLMNO555", "ABCDEFGHIJKLMNO"},
		{"short", "001Hp00002AAAA1", "001Hp00002AAAA1"},
		{"short, of another case", "001Hp00002AAAa1", "001Hp00002AAAa1"},
		{"spaces around", " 001Hp00002AAAA1IAP\t", "001Hp00002AAAA1"},
		{"wrong first", "001Hp00002AAAA1AAP", "001Hp00002AAAA1AAP"},
		{"wrong second", "001Hp00002AAAA1IBP", "001Hp00002AAAA1IBP"},
		{"wrong third", "001Hp00002AAAA1IAQ", "001Hp00002AAAA1IAQ"},
		{"case lost", "001hp00002aaaa1iap", "001hp00002aaaa1iap"},
		{"case lost but for the end", "001hp00002aaaa1IAP", "001hp00002aaaa1IAP"},
		{"one too long", "001Hp00002AAAA1IAPA", "001Hp00002AAAA1IAPA"},
		{"one too short", "001Hp00002AAAA1IA", "001Hp00002AAAA1IA"},
		{"punctuation", "001-p00002AAAA1AAP", "001-p00002AAAA1AAP"},
		{"another script", "éééééééAAA", "éééééééAAA"},
		{"digits alone", "123456789012345678", "123456789012345678"},
		{"a number of HubSpot", "8801001", "8801001"},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		if got := RecordID(tt.text); got != tt.want {
			t.Errorf("%s: %q is %q, want %q", tt.name, tt.text, got, tt.want)
		}
	}
}

// longForm is the long form of 15 letters and digits, made the way that
// Salesforce describes: of each five, the last first, 1 for upper case and 0 for
// others is a number, which counts into the letters and then the digits.
func longForm(short string) string {
	for _, block := range []string{short[:5], short[5:10], short[10:15]} {
		number := 0
		for i := 4; i >= 0; i-- {
			number *= 2
			if strings.ContainsRune("ABCDEFGHIJKLMNOPQRSTUVWXYZ", rune(block[i])) {
				number++
			}
		}
		if number < 26 {
			short += string(rune('A' + number))
		} else {
			short += string(rune('0' + number - 26))
		}
	}
	return short
}

// Both forms of every id are one, and no two ids are.
func TestRecordIDForms(t *testing.T) {
	const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	random := rand.New(rand.NewPCG(15, 18))
	for range 10_000 {
		var b strings.Builder
		for range 15 {
			b.WriteByte(letters[random.IntN(len(letters))])
		}
		short := b.String()
		long := longForm(short)
		if got := RecordID(long); got != short {
			t.Fatalf("%s is %s, want %s", long, got, short)
		}
		at := 15 + random.IntN(3)
		wrong := long[:at] + string(letters[random.IntN(len(letters))]) + long[at+1:]
		if wrong != long && RecordID(wrong) != wrong {
			t.Fatalf("%s is %s, and %s has another end", wrong, RecordID(wrong), long)
		}
	}
}

// An id is as written, or the short form of the long one; and the form in which
// ids are compared is its own.
func FuzzRecordID(f *testing.F) {
	for _, seed := range []string{"001Hp00002AAAA1IAP", "001Hp00002AAAA1", " 90630000000gy8oAAA ", "éééééééAAA", "ABCDEFGHIJKLMNO555", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, trimmed := RecordID(text), strings.TrimSpace(text)
		if got != trimmed && (len(got) != 15 || longForm(got) != trimmed) {
			t.Errorf("%q is %q", text, got)
		}
		if RecordID(got) != got {
			t.Errorf("%q is %q, which is %q", text, got, RecordID(got))
		}
	})
}
