package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// formatXLSX is that of workbooks.
const formatXLSX = "xlsx"

// extensions tell the format by the name of a file, where it is another word.
var extensions = map[string]string{"txt": "text", "gv": "dot"}

// chooseFormat takes the format that was asked for, else the one that the
// extension of the file tells, else the first of those there are.
func chooseFormat(asked, path string, formats []string) (string, error) {
	choices := strings.Join(formats[:len(formats)-1], ", ") + " or " + formats[len(formats)-1]
	if asked != "" {
		if !slices.Contains(formats, asked) {
			return "", &usageError{fmt.Sprintf("--format %s is not a format here", asked), "write " + choices}
		}
		return asked, nil
	}
	extension := strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), ".")
	if extension == "" {
		return formats[0], nil
	}
	if word, ok := extensions[extension]; ok {
		extension = word
	}
	if !slices.Contains(formats, extension) {
		return "", &usageError{
			fmt.Sprintf("%s: the extension tells no format that is written here", path),
			"write --format " + choices,
		}
	}
	return extension, nil
}
