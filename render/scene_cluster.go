package render

import "unicode"

const (
	zeroWidthNonJoiner = 0x200C
	zeroWidthJoiner    = 0x200D
)

// clusterLength returns how many of the runes, of which there is at least one,
// make up the first character as readers see it: a letter with its marks, a
// flag, a family of emoji, a Hangul syllable. It follows the rules of UAX #29
// that matter for cutting names: GB6 to GB9a, GB11, GB12.
func clusterLength(runes []rune) int {
	n := 1
	for n < len(runes) && sticks(runes, n) {
		n++
	}
	return n
}

// sticks reports whether rune n belongs to the same character as those before.
func sticks(runes []rune, n int) bool {
	previous, r := runes[n-1], runes[n]
	switch {
	case joins(r):
		return true
	case previous == zeroWidthJoiner:
		return pictograph(r)
	case flagHalf(previous) && flagHalf(r):
		return n == 1
	}
	return hangulSticks(previous, r)
}

// joins reports whether a rune never starts a character: marks, joiners,
// variation selectors, skin tones.
func joins(r rune) bool {
	return r == zeroWidthJoiner || r == zeroWidthNonJoiner || r >= 0x1F3FB && r <= 0x1F3FF ||
		unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc)
}

func pictograph(r rune) bool {
	return r >= 0x1F000 && r <= 0x1FAFF || r >= 0x2190 && r <= 0x2BFF
}

// flagHalf reports whether r is a regional indicator: two make a flag.
func flagHalf(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }

// hangulSticks joins leading consonants, vowels and trailing consonants.
func hangulSticks(previous, r rune) bool {
	leading := func(r rune) bool { return r >= 0x1100 && r <= 0x115F }
	vowel := func(r rune) bool { return r >= 0x1160 && r <= 0x11A7 }
	trailing := func(r rune) bool { return r >= 0x11A8 && r <= 0x11FF }
	syllable := func(r rune) bool { return r >= 0xAC00 && r <= 0xD7A3 }
	switch {
	case leading(previous):
		return leading(r) || vowel(r) || syllable(r)
	case vowel(previous), syllable(previous):
		return vowel(r) || trailing(r)
	}
	return trailing(previous) && trailing(r)
}
