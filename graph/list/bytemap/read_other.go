//go:build !amd64

package bytemap

// read fills in a word for each 64 bytes of a text.
func read(m Map, text []byte, delim byte) { readPlain(m, text, delim) }
