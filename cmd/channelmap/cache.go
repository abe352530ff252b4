package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

	"github.com/channelmap/channelmap/analysis/exposure/cache"
	"github.com/channelmap/channelmap/graph"
)

// cacheFolder is where counts of long lists are kept for the next run, in keptFolder.
const cacheFolder = "cache"

// cache is where counts of an ecosystem's lists are kept; nil where none are to be.
func (q *question) cache(eco *graph.Ecosystem) *cache.Store {
	if q.noCache || q.ecosystem != nil || eco.File == "" {
		return nil
	}
	r, err := openRecord(eco)
	if err != nil {
		return nil
	}
	return r.cache()
}

// cache is the one beside the record.
func (r *record) cache() *cache.Store {
	return &cache.Store{Above: r.folder(), Folder: filepath.Join(r.folder(), cacheFolder), Make: r.makeFolder}
}

// cachedSources are those that kept counts name.
func cachedSources(r *record) []source {
	var out []source
	for _, e := range r.cache().Entries() {
		out = append(out, sourcesIn(e)...)
	}
	return out
}

func sourcesIn(e cache.Entry) (out []source) {
	for _, from := range e.Origin.From {
		out = append(out, source{from.Party, from.Partner})
	}
	return out
}

// removeCounts removes counts that are made from the giver's lists, and those that
// cannot tell from whose: without them the next run counts anew, no more.
func (p *purge) removeCounts() {
	store := p.record.cache()
	for _, e := range store.Entries() {
		if e.Known && !slices.ContainsFunc(sourcesIn(e), p.giver.gave) {
			continue
		}
		made := output{
			Path: keptFolder + "/" + cacheFolder + "/" + e.Name, Kind: "count kept for the next run", Day: graph.DateOf(e.Written).String(),
		}
		var err error
		if !p.dry {
			err = store.Remove(e.Name)
		}
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			var in *fs.PathError
			if errors.As(err, &in) {
				err = in.Err
			}
			p.left = append(p.left, fate{made, fmt.Sprintf("cannot be removed: %v", err)})
		default:
			p.removed = append(p.removed, fate{output: made})
		}
	}
}
