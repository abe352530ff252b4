package list

import (
	"path/filepath"
	"strings"
)

// readHere names the formats in messages.
const readHere = "csv, tsv, xlsx, parquet, jsonl; text also in gzip or zstd"

// extensions are those of the formats read here. A folder's files are taken
// where it is true: a .txt there is as often a note as a list.
var extensions = map[string]bool{
	".csv": true, ".tsv": true, ".tab": true, ".txt": false, ".xlsx": true, ".xlsm": true,
	".parquet": true, ".jsonl": true, ".ndjson": true,
}

// HasExtension reports whether a file's name has an extension of a format that
// is read here, that of a packing left aside.
func HasExtension(name string) bool {
	_, ok := extensions[extension(name)]
	return ok
}

// takenFromFolder reports whether a folder's file is a list by its name. What is
// packed already is not read from within a packed file.
func takenFromFolder(name string) bool {
	return extensions[extension(name)] && (UnpackedName(name) == name || !binaryExtension(name))
}

// binaryExtension reports whether a name is that of a format which is no text.
func binaryExtension(name string) bool {
	ext := extension(name)
	return strings.HasPrefix(ext, ".xls") || ext == ".parquet"
}

// UnpackedName returns a file's name without the extension of a packing.
func UnpackedName(name string) string {
	ext := filepath.Ext(name)
	for _, p := range packings {
		for _, e := range p.extensions {
			if strings.EqualFold(ext, e) {
				return strings.TrimSuffix(name, ext)
			}
		}
	}
	return name
}

// extension is that of a file's format, in small letters: .csv of crm.CSV.gz.
func extension(name string) string { return strings.ToLower(filepath.Ext(UnpackedName(name))) }

// baseName is a file name without the extensions of a packing and of a known
// format.
func baseName(name string) string {
	name = UnpackedName(name)
	if HasExtension(name) {
		return strings.TrimSuffix(name, filepath.Ext(name))
	}
	return name
}

// density is how many bytes of plain text take as long to read as one byte of a
// file, by its name: measured on lists of domains and names.
func density(name string) int64 {
	switch {
	case strings.HasPrefix(extension(name), ".xls"):
		return 8
	case UnpackedName(name) != name:
		return 6
	case extension(name) == ".parquet":
		return 2
	}
	return 1
}
