package graph

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// FileName is the ecosystem file of a folder.
const FileName = "ecosystem.yaml"

// Load reads an ecosystem from a file, or from the [FileName] in a folder. The
// error is a [*Problems] with everything that is wrong, unless the file cannot
// be read at all.
func Load(path string) (*Ecosystem, error) {
	info, err := os.Stat(path)
	if err == nil && info.IsDir() {
		path = filepath.Join(path, FileName)
		if info, err = os.Stat(path); err == nil && info.IsDir() {
			return nil, fmt.Errorf("%s: it is a folder; expected a file of this name", path)
		}
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: there is no such file; expected %s or its folder (channelmap init writes one)", path, FileName)
	}
	if err != nil {
		return nil, err
	}
	data, err := readAtMost(path, maxFileSize+1)
	if err != nil {
		return nil, err
	}
	return Parse(path, data)
}

// readAtMost reads no more than a number of bytes: what Load is pointed at may
// be a device without an end.
func readAtMost(path string, most int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, most))
}

// Parse reads an ecosystem from the text of a file. The name is what problems
// cite, and its folder what file names in the text are relative to. The error
// is a [*Problems].
func Parse(name string, data []byte) (*Ecosystem, error) {
	c := newCollector(name)
	root := parseYAML(data, c)
	if root == nil {
		return nil, c.err()
	}
	e := &Ecosystem{File: name, Dir: filepath.Dir(name), Policy: DefaultPolicy()}
	decode(root, e, c)
	e.complete()
	check(e, c)
	if err := c.err(); err != nil {
		return nil, err
	}
	return e, nil
}

// New completes an ecosystem built in memory with the defaults that Load fills
// in, and checks it. A zero Policy stands for the default one. New takes over
// what e refers to. The error is a [*Problems], without positions.
func New(e Ecosystem) (*Ecosystem, error) {
	if e.Policy.isZero() {
		e.Policy = DefaultPolicy()
	}
	e.complete()
	if err := Check(&e); err != nil {
		return nil, err
	}
	return &e, nil
}
