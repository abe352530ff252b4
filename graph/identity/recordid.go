package identity

import "strings"

// Ids of Salesforce records have 15 characters, of which upper and lower case
// differ; or 18, which are the 15 and what tells their case in three more. Reports
// export the first form, and Data Loader and the API the second.
const (
	shortRecordID = 15
	longRecordID  = shortRecordID + 3
	caseBlock     = 5 // characters whose case one of the last three tells
	caseLetters   = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
)

// RecordID returns the form in which ids of records are compared: as written, but
// for surrounding spaces; and of the two forms of a Salesforce id the short one.
// The long form is known by its last three characters, which have to be those that
// the first 15 call for, so that no other ids become one.
func RecordID(text string) string {
	text = strings.TrimSpace(text)
	if len(text) != longRecordID {
		return text
	}
	short := text[:shortRecordID]
	for block := range longRecordID - shortRecordID {
		letter, ok := caseLetter(short[block*caseBlock : (block+1)*caseBlock])
		if !ok || letter != text[shortRecordID+block] {
			return text
		}
	}
	return short
}

// caseLetter is the character that tells which of five are in upper case, the first
// of them the least bit. False where one is neither a letter nor a digit.
func caseLetter(block string) (byte, bool) {
	bits := 0
	for i := range len(block) {
		switch c := block[i]; {
		case 'A' <= c && c <= 'Z':
			bits |= 1 << i
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		default:
			return 0, false
		}
	}
	return caseLetters[bits], true
}
