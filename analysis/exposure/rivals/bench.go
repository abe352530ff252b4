package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/channelmap/channelmap/analysis/exposure/rivals/generate"
)

// bench holds what all works need: the programs and the lists.
type bench struct {
	settings
	ctx      context.Context
	programs string // folder
	duckdb   string // its version
	progress io.Writer
}

// newBench builds the programs: ours without cgo, as the product is.
func newBench(ctx context.Context, s settings, progress io.Writer) (*bench, func(), error) {
	temporary, err := os.MkdirTemp("", "rivals-")
	if err != nil {
		return nil, nil, err
	}
	b := &bench{settings: s, ctx: ctx, programs: temporary, progress: progress}
	if b.data == "" {
		b.data = filepath.Join(temporary, "data")
	}
	done := func() { os.RemoveAll(temporary) }
	for _, p := range []struct{ name, cgo string }{{"ours", "0"}, {"rival", "1"}} {
		if err := b.build(p.name, p.cgo); err != nil {
			done()
			return nil, nil, err
		}
	}
	version, err := exec.CommandContext(ctx, filepath.Join(b.programs, "rival"), "version").Output()
	if err != nil {
		done()
		return nil, nil, err
	}
	b.duckdb = strings.TrimSpace(string(version))
	return b, done, nil
}

func (b *bench) build(name, cgo string) error {
	build := exec.CommandContext(b.ctx, "go", "build", "-o", filepath.Join(b.programs, name), "./"+name)
	build.Env = append(os.Environ(), "CGO_ENABLED="+cgo)
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("building %s: %w\n%s", name, err, out)
	}
	return nil
}

// tellMissing says which file is about to be made.
func (b *bench) tellMissing(file string) {
	if _, err := os.Stat(file); err != nil {
		fmt.Fprintln(b.progress, "  writing", file)
	}
}

// theList is a generated list in one of its formats.
type theList struct {
	generate.Spec
	folder string // with its ecosystem file
	file   string
}

// place is where a list is, or will be.
func (b *bench) place(s generate.Spec) theList {
	folder := filepath.Join(b.data, s.Folder())
	return theList{s, folder, filepath.Join(folder, generate.ListFile)}
}

// list writes a list, unless it is there.
func (b *bench) list(s generate.Spec) (theList, error) {
	l := b.place(s)
	b.tellMissing(l.file)
	_, err := s.Write(b.ctx, b.data)
	return l, err
}

// two writes two lists.
func (b *bench) two(first, second generate.Spec) (l, m theList, err error) {
	if l, err = b.list(first); err == nil {
		m, err = b.list(second)
	}
	return l, m, err
}

// parquet writes the same list as a Parquet file, unless it is there.
func (b *bench) parquet(from theList) (theList, error) {
	to := theList{from.Spec, from.folder + "-parquet", ""}
	to.file = filepath.Join(to.folder, "list.parquet")
	if err := os.MkdirAll(to.folder, 0o777); err != nil {
		return to, err
	}
	if err := to.WriteEcosystem(to.folder, filepath.Base(to.file)); err != nil {
		return to, err
	}
	return to, b.convert(from, to.file)
}

// loaded puts the same list into a database file, unless it is there.
func (b *bench) loaded(from theList) (theList, error) {
	to := theList{from.Spec, "", filepath.Join(from.folder, "list.duckdb")}
	return to, b.convert(from, to.file)
}

// convert makes a file from a list, under another name until it is whole.
func (b *bench) convert(from theList, file string) error {
	if _, err := os.Stat(file); err == nil {
		return nil
	}
	b.tellMissing(file)
	part := filepath.Join(filepath.Dir(file), "part"+filepath.Ext(file))
	os.Remove(part)
	if _, err := b.execute(b.rival(from, "", "-to", part, "convert", from.file)); err != nil {
		return err
	}
	return os.Rename(part, file)
}

// warm reads a file, so that the first run finds it in the page cache too.
func warm(file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(io.Discard, f)
	return err
}
