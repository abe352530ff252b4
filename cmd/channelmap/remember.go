package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/channelmap/channelmap/analysis/exposure"
	"github.com/channelmap/channelmap/graph"
)

// sourcesOf lists who gave the lists under an agreement that an ecosystem reads,
// in the order of the input. A study reads them all.
func sourcesOf(eco *graph.Ecosystem) []source {
	var out []source
	for _, spec := range listsUnderAgreement(eco) {
		if from := sourceOf(spec); !slices.Contains(out, from) {
			out = append(out, from)
		}
	}
	return out
}

func sourceOf(spec graph.ListSpec) source { return source{spec.NDA.Party, spec.Partner} }

// listsUnderAgreement are lists and files of records with an nda.
func listsUnderAgreement(eco *graph.Ecosystem) []graph.ListSpec {
	all := slices.Clone(eco.Lists)
	for _, r := range exposure.RecordFiles(eco) {
		all = append(all, r.Spec)
	}
	return slices.DeleteFunc(all, func(l graph.ListSpec) bool { return l.NDA == nil })
}

// digest takes what is written to a file, to know the file again.
type digest struct {
	hash hash.Hash
	size int64
}

func newDigest() *digest { return &digest{hash: sha256.New()} }

func (d *digest) Write(p []byte) (int, error) {
	d.size += int64(len(p))
	return d.hash.Write(p)
}

func (d *digest) sum() string { return hex.EncodeToString(d.hash.Sum(nil)) }

func digestOf(data []byte) *digest {
	d := newDigest()
	d.Write(data)
	return d
}

type verbKey struct{}

// withVerb lets outputs be recorded with the verb that made them.
func withVerb(ctx context.Context, verb string) context.Context {
	return context.WithValue(ctx, verbKey{}, verb)
}

// remember records a file that was written from lists under an agreement. The
// file is in its place by now: where it cannot be recorded, a warning says what
// that means.
func (q *question) remember(ctx context.Context, s streams, path, format string, d *digest) {
	if path == "" || q.eco == nil {
		return
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return // a pipe or a device keeps nothing
	}
	verb, _ := ctx.Value(verbKey{}).(string)
	made := output{
		Path: path, Kind: strings.TrimSpace(verb + " " + format), From: sourcesOf(q.eco),
		Size: d.size, SHA256: d.sum(), Day: graph.DateOf(time.Now()).String(),
	}
	if err := recordOutput(q.eco, made); err != nil {
		complain(s.err, fmt.Errorf("%s is written, but is not in the record of files made from lists under an agreement, so that purge will not find it: %w", path, err))
	}
}

// recordOutput records a file under the path by which it was written. One that
// was made from no list under an agreement leaves the record, if it was there.
func recordOutput(eco *graph.Ecosystem, made output) error {
	r, err := openRecord(eco)
	if err == nil && len(made.From) == 0 && !r.exists() {
		return nil
	}
	if err == nil {
		made.Path, err = r.nameOf(made.Path)
	}
	if err == nil {
		err = r.add(made)
	}
	if len(made.From) == 0 {
		return nil // at worst purge finds a file that it does not know any more
	}
	return err
}
