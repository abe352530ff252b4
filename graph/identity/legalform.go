package identity

import "strings"

// maxFormWords is how many words the longest legal form has: "s. de r.l. de
// c.v.", "gmbh & co. kg".
const maxFormWords = 6

// maxFormBytes is longer than the longest legal form.
const maxFormBytes = 60

// cutLegalForm cuts one legal form from the end of a folded name, with the
// comma before it. It is false where there is none, or where less than the
// least bytes would be left: the name itself.
func cutLegalForm(name string, least int) (string, bool) {
	for _, form := range gluedForms {
		if rest, found := strings.CutSuffix(name, form); found && len(trimComma(rest)) >= least {
			return trimComma(rest), true
		}
	}
	cut, found := 0, false
	for start, words := len(name), 0; start > 0 && words < maxFormWords; words++ {
		start = wordStart(name, start)
		end := bare(name[start:])
		if !formEnds[end] {
			break // nor does a form end in these words and those before
		}
		if legalForms[end] && len(trimComma(name[:start])) >= least {
			cut, found = start, true
		}
	}
	return trimComma(name[:cut]), found
}

// wordStart returns where the word before end begins. Commas end words, too.
func wordStart(name string, end int) int {
	return strings.LastIndexAny(strings.TrimRight(name[:end], " ,"), " ,") + 1
}

// bare writes a legal form as the table has it: without spaces and punctuation.
func bare(words string) string {
	switch {
	case len(words) > maxFormBytes:
		return ""
	case !strings.ContainsAny(words, " .,()/"):
		return words
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '.', ',', '(', ')', '/':
			return -1
		}
		return r
	}, words)
}

func trimComma(s string) string { return strings.TrimRight(s, " ,") }

// legalForms are the legal forms that close a name, folded and without spaces
// and punctuation. Two-letter forms that are more often something else (an
// abbreviated country or state, a profession) are left out.
var legalForms = setOf(
	// English-speaking countries
	"co", "&co", "andco", "company", "&company", "andcompany", "corp",
	"corporation", "inc", "incorporated", "limited", "llc", "llp", "lllp", "lp",
	"ltd", "plc", "pllc", "ulc", "cic", "clg", "dac", "publiclimitedcompany",
	"limitedliabilitycompany", "limitedliabilitypartnership",
	"unlimitedcompany", "pty", "ptyltd", "proprietarylimited", "pte", "pteltd",
	"pvt", "pvtltd", "privatelimited",

	// German-speaking countries
	"ag", "gmbh", "mbh", "ggmbh", "kg", "ohg", "ug", "ughaftungsbeschränkt",
	"haftungsbeschränkt", "kgaa", "se", "sekgaa", "gmbh&co", "gmbh&cokg",
	"gmbh&cokgaa", "ag&co", "ag&cokg", "ag&cokgaa", "se&cokg", "se&cokgaa",
	"ug&cokg", "&cokg", "&cokgaa", "ev", "eg", "gbr", "gesmbh",
	"gesellschaftmbh", "aktiengesellschaft",
	"gesellschaftmitbeschränkterhaftung",

	// France, Belgium, Luxembourg, Italy, Spain, Portugal, Latin America
	"sa", "sas", "sasu", "sarl", "sàrl", "eurl", "snc", "sca", "scrl",
	"sprl", "bvba", "spa", "srl", "srls", "sapa", "sl", "slu",
	"lda", "ltda", "sgps", "eireli", "sadecv", "sabdecv", "sapidecv", "srldecv",
	"sderldecv", "sacv",

	// Netherlands
	"bv", "nv", "vof",

	// Nordic and Baltic countries
	"ab", "abpubl", "publ", "as", "asa", "aps", "oy", "oyj", "oyab", "ivs",
	"ehf", "uab", "oü",

	// central and eastern Europe, Turkey
	"spzoo", "spółkazoo", "spk", "spj", "sro", "spolsro", "doo", "kft",
	"zrt", "nyrt", "ood", "eood", "ооо", "зао", "оао", "пао", "ао", "тов",
	"оод", "еоод", "ooo", "zao", "oao", "pao", "jsc", "pjsc", "ojsc", "cjsc",
	"aş", "ltdşti", "ltdsti", "şti", "anonimşirketi",

	// Asia, the Middle East, Africa
	"kk", "coltd", "kabushikikaisha", "株式会社", "有限会社", "合同会社",
	"有限公司", "股份有限公司", "有限责任公司", "주식회사", "sdnbhd", "bhd", "tbk",
	"berhad", "fze", "fzco", "fzllc", "wll", "saog", "saoc",
)

// formEnds are all endings of legal forms, those without a character among them:
// most names end in none, and are done with after one word.
var formEnds = func() map[string]bool {
	ends := map[string]bool{}
	for form := range legalForms {
		for i := range form {
			ends[form[i:]] = true
		}
	}
	ends[""] = true
	return ends
}()

// gluedForms are those that are written without a space after the name, the
// longest first.
var gluedForms = []string{
	"(株)", "有限责任公司", "股份有限公司", "株式会社", "有限会社", "合同会社", "有限公司", "주식회사",
}
