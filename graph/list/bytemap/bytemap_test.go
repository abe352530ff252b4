package bytemap

import (
	"math/rand/v2"
	"strings"
	"testing"
)

var delimiters = []byte{',', ';', '\t', '|', ':', '^', '-', 'a', '5', ' ', 0x9a}

// plainly tells of one byte what a word tells of it.
func plainly(c, delim byte) (stop, other, dot, hyphen bool) {
	stop = c == delim || c == '"' || c < ' ' || c >= 0x80
	domain := c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '-'
	return stop, stop || !domain, c == '.', c == '-'
}

func check(t *testing.T, text []byte, delim byte) {
	t.Helper()
	padded := append(append([]byte(nil), text...), make([]byte, 2*Bytes)...)
	n := len(padded) / Bytes
	for name, read := range map[string]func(Map, []byte, byte){"read": read, "plain Go": readPlain} {
		m := make(Map, n)
		read(m, padded[:n*Bytes], delim)
		for i, c := range text {
			w, bit := m[i/Bytes], uint64(1)<<(i%Bytes)
			stop, other, dot, hyphen := plainly(c, delim)
			if w.Stop&bit != 0 != stop || w.Other&bit != 0 != other || w.Dots&bit != 0 != dot || w.Hyphens&bit != 0 != hyphen {
				t.Fatalf("%s: byte %q at %d, delimiter %q: %+v", name, c, i, delim, w)
			}
		}
	}
}

func TestEveryByteUnderEveryDelimiter(t *testing.T) {
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	for _, delim := range delimiters {
		check(t, all, delim)
	}
}

func TestPlaces(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	text := []byte(strings.Repeat("acme-12.com,shi\n", 100))
	for i := range text {
		if rng.IntN(7) == 0 {
			text[i] = byte(rng.IntN(256))
		}
	}
	padded := append(text, make([]byte, 2*Bytes)...)
	m := Map(nil).Read(padded, ',')
	for at := range text {
		next := at
		for {
			if stop, _, _, _ := plainly(padded[next], ','); stop {
				break
			}
			next++
		}
		if got := m.Stop(at); got != next {
			t.Fatalf("Stop(%d) = %d, want %d", at, got, next)
		}
		other, dots, hyphens := m.Domain(at)
		for i := range Bytes {
			_, o, d, h := plainly(padded[at+i], ',')
			if other>>i&1 != 0 != o || dots>>i&1 != 0 != d || hyphens>>i&1 != 0 != h {
				t.Fatalf("Domain(%d) is wrong of byte %d", at, i)
			}
		}
	}
}

func TestReadUsesMemoryAgain(t *testing.T) {
	long := Map(nil).Read([]byte(strings.Repeat(".", 4*Bytes)), ',')
	short := long.Read([]byte(strings.Repeat("a", Bytes)), ',')
	if len(short) != 2 || short[0].Dots != 0 || short[1] != (Word{}) || &short[0] != &long[0] {
		t.Errorf("%+v", short)
	}
	if none := long.Read(nil, ','); len(none) != 1 {
		t.Errorf("of no text: %+v", none)
	}
}

func FuzzRead(f *testing.F) {
	for _, delim := range delimiters {
		f.Add([]byte("acme.com,\"x\"\r\n\xff\x80\x7f"), delim)
	}
	f.Fuzz(func(t *testing.T, text []byte, delim byte) { check(t, text, delim) })
}

func BenchmarkRead(b *testing.B) {
	text := []byte(strings.Repeat("acme-1234567.com,partner-12\n", 10_000))
	for name, read := range map[string]func(Map, []byte, byte){"read": read, "plain Go": readPlain} {
		b.Run(name, func(b *testing.B) {
			m := make(Map, len(text)/Bytes)
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				read(m, text[:len(m)*Bytes], ',')
			}
		})
	}
}
