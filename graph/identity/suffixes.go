package identity

import (
	_ "embed"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// suffixList are the rules of the public suffix list that have two labels
// (co.uk, github.io), a top level and its labels a line. The library that knows
// the list answers for one host at a time; who reads millions of hosts wants to
// know beforehand which are none. TestSuffixesAreThoseOfTheLibrary holds the
// file to the library, and with -update writes it.
//
//go:embed suffixes.txt
var suffixList string

// eachSuffix calls do for every public suffix of two labels.
func eachSuffix(do func(suffix string)) {
	for line := range strings.Lines(suffixList) {
		top, labels, _ := strings.Cut(strings.TrimSpace(line), " ")
		for label := range strings.SplitSeq(labels, " ") {
			do(label + "." + top)
		}
	}
}

// isPlainTop reports whether every label below a top level is a domain that
// somebody registered, but for the suffixes of two labels: the top level exists,
// has no rule for all of its labels, and is no legal form, which a name with a
// dot may end in.
func isPlainTop(top string) bool {
	if forExamples[top] {
		return true
	}
	const label = "0-0" // which nobody registers
	suffix, icann := publicsuffix.PublicSuffix(label + "." + top)
	return suffix == top && icann && (len(top) == 2 || !legalForms[top])
}
