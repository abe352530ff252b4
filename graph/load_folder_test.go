package graph

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLoadFolderNamedAsTheFile(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, FileName), 0o755); err != nil {
		t.Fatal(err)
	}
	_, err := Load(dir)
	if err == nil || !strings.HasSuffix(err.Error(), FileName+": it is a folder; expected a file of this name") {
		t.Errorf("got %v", err)
	}
}

func TestCountTooLarge(t *testing.T) {
	_, err := Parse(FileName, []byte("vendor: V\nsegments: [{id: s, audience: buyers, addressable: 9007199254740993}]\n"))
	if err == nil || !strings.Contains(err.Error(), "expected a whole number up to 1000000000000000") {
		t.Errorf("got %v", err)
	}
}
