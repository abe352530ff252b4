package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// refuseInput refuses to write to a file that the ecosystem reads, under
// whatever name, or would read the next time.
func refuseInput(path string, eco *graph.Ecosystem) error {
	info, _ := os.Stat(path)
	for _, in := range append([]string{eco.File}, listFiles(eco)...) {
		if in != eco.File && !filepath.IsAbs(in) {
			in = filepath.Join(eco.Dir, filepath.FromSlash(in))
		}
		if !reads(in, path, info) {
			continue
		}
		return &usageError{
			fmt.Sprintf("%s is an input (%s), and would be overwritten", path, in),
			"write to another file",
		}
	}
	return nil
}

// reads reports whether a file, glob or folder of the input covers a path.
func reads(in, path string, info os.FileInfo) bool {
	if own, err := os.Stat(in); err == nil {
		return info != nil && os.SameFile(own, info) || own.IsDir() && within(in, path, info)
	}
	if ok, _ := filepath.Match(absolute(in), absolute(path)); ok {
		return true
	}
	files, _ := filepath.Glob(in)
	return sameAsAny(files, info)
}

// within reports whether a path is a list of a folder.
func within(folder, path string, info os.FileInfo) bool {
	parent, err := os.Stat(filepath.Dir(path))
	if own, _ := os.Stat(folder); err == nil && os.SameFile(own, parent) && list.HasExtension(path) {
		return true
	}
	files, _ := filepath.Glob(filepath.Join(folder, "*"))
	return sameAsAny(files, info)
}

func sameAsAny(files []string, info os.FileInfo) bool {
	if info == nil {
		return false
	}
	for _, f := range files {
		if own, err := os.Stat(f); err == nil && os.SameFile(own, info) {
			return true
		}
	}
	return false
}

func absolute(path string) string {
	if whole, err := filepath.Abs(path); err == nil {
		return whole
	}
	return path
}

// listFiles are the files, globs and folders that an ecosystem names.
func listFiles(eco *graph.Ecosystem) []string {
	var all []string
	for _, l := range eco.Lists {
		all = append(all, l.File)
	}
	for _, r := range exposure.RecordFiles(eco) {
		all = append(all, r.Spec.File)
	}
	for _, p := range eco.Partners {
		for _, t := range p.Terms {
			if t.Except != "" {
				all = append(all, t.Except)
			}
		}
	}
	return all
}
