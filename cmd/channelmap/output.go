package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// aside is a file in the making: it is written beside the file whose place it is
// to take, so that the old one is whole until the new one is.
type aside struct {
	*os.File
	target string
	device bool // written directly: a pipe or a device cannot be replaced
	ended  bool
}

// createAside starts a file. Whoever calls it must discard the file, which does
// nothing after commit.
func createAside(path string) (*aside, error) {
	target, err := filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) {
		target, err = path, nil
	}
	if err != nil {
		return nil, cannotWrite(path, err)
	}
	mode := fs.FileMode(0o666)
	if info, err := os.Stat(target); err == nil {
		switch {
		case info.IsDir():
			return nil, &usageError{fmt.Sprintf("%s is a folder", path), "name a file in it"}
		case !info.Mode().IsRegular():
			return openDevice(path, target)
		}
		mode = info.Mode().Perm()
	}
	name := filepath.Join(filepath.Dir(target), ".channelmap-"+rand.Text())
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return nil, cannotWrite(path, err)
	}
	return &aside{File: f, target: target}, nil
}

func openDevice(path, target string) (*aside, error) {
	f, err := os.OpenFile(target, os.O_WRONLY, 0)
	if err != nil {
		return nil, cannotWrite(path, err)
	}
	return &aside{File: f, target: target, device: true}, nil
}

// commit puts the file in its place once all of it is on the disk.
func (a *aside) commit() error {
	if a.device {
		a.ended = true
		return a.Close()
	}
	if err := a.Sync(); err != nil {
		return err
	}
	if err := a.Close(); err != nil {
		return err
	}
	if err := os.Rename(a.Name(), a.target); err != nil {
		return err
	}
	a.ended = true
	return nil
}

// discard removes the file, unless it has taken its place.
func (a *aside) discard() {
	if a.ended {
		return
	}
	a.ended = true
	a.Close()
	if !a.device {
		os.Remove(a.Name())
	}
}

// cannotWrite says so without the names that the program makes up.
func cannotWrite(path string, err error) error {
	var in *fs.PathError
	if errors.As(err, &in) {
		err = in.Err
	}
	var link *os.LinkError
	if errors.As(err, &link) {
		err = link.Err
	}
	if folder := filepath.Dir(path); errors.Is(err, fs.ErrNotExist) {
		return &usageError{fmt.Sprintf("%s cannot be written: there is no folder %s", path, folder), "make it first, or name another"}
	}
	return fmt.Errorf("%s cannot be written: %w; the old file, if there was one, is as it was", path, err)
}

// writeFile writes a whole file, or leaves the old one as it is.
func writeFile(path string, data []byte) error {
	f, err := createAside(path)
	if err != nil {
		return err
	}
	defer f.discard()
	if _, err := f.Write(data); err != nil {
		return cannotWrite(path, err)
	}
	if err := f.commit(); err != nil {
		return cannotWrite(path, err)
	}
	return nil
}
