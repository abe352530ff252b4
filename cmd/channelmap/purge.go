package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/identity"
)

func newPurge(s streams) *cobra.Command {
	dry := false
	cmd := &cobra.Command{
		Use:     "purge PARTNER [PATH]",
		Short:   "Remove the files made from a partner's list under an agreement",
		GroupID: groupInput,
		Long: `purge removes the files that were made from a partner's list, where the list was
given under an agreement (nda), and tells what is left to remove by hand: the
list itself, its entry, and files that somebody changed since.

Whatever a verb writes with -o or --evidence-file from such a list is recorded
beside the ecosystem, in .channelmap. Only recorded files that still hold what
was written are removed; an input never is. Counts that were kept for the next
run (see --no-cache of other verbs) are removed too, under an agreement or not.
No list is read, so that it works after the day by which the list must be
destroyed, and without the list.

PARTNER is an id, a name, another spelling (aka), or the party of the nda. The
exit code is 2 where something recorded could not be removed.`,
		Example: `  channelmap purge shi --dry-run
  channelmap purge "SHI International" lumen`,
		Args: takesNameAndPath("PARTNER", "shi"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runPurge(cmd.Context(), s, args[0], argument(args, 1), dry)
		},
	}
	cmd.Flags().BoolVar(&dry, "dry-run", false, "tell what would be removed, and remove nothing")
	return cmd
}

func runPurge(ctx context.Context, s streams, word, path string, dry bool) error {
	eco, err := loadEcosystem(path)
	if err != nil {
		return err
	}
	r, err := openRecord(eco)
	if err != nil {
		return err
	}
	if !dry && r.exists() {
		defer r.lock()()
	}
	p := &purge{eco: eco, record: r, dry: dry}
	if p.giver, err = findGiver(eco, r, word); err != nil {
		return err
	}
	if err := p.removeKept(ctx, s); err != nil {
		return err
	}
	if err := writeResult(s, "", []byte(p.text())); err != nil {
		return err
	}
	if len(p.left)+p.badLines > 0 {
		return errTold
	}
	return nil
}

// giver is who gave lists: a partner of the ecosystem, or a party that only an
// agreement or the record names.
type giver struct {
	name      string          // as it is shown
	spellings map[string]bool // folded
}

func newGiver(name string, spellings ...string) giver {
	g := giver{name, map[string]bool{}}
	for _, s := range append(spellings, name) {
		if folded := identity.FoldSpelling(s); folded != "" {
			g.spellings[folded] = true
		}
	}
	return g
}

// gave reports whether a list is one of the giver's.
func (g giver) gave(s source) bool {
	return g.spellings[identity.FoldSpelling(s.Party)] || g.spellings[identity.FoldSpelling(s.Partner)]
}

// spelling is how a source that a giver gave writes the giver.
func (s source) spelling(g giver) string {
	if g.spellings[identity.FoldSpelling(s.Party)] {
		return s.Party
	}
	return s.Partner
}

// findGiver finds whom a word means. A party need not be a partner, nor in the
// ecosystem any more, as long as the record knows it.
func findGiver(eco *graph.Ecosystem, r *record, word string) (giver, error) {
	partners, _ := identity.NewPartners(eco)
	switch match := partners.Find(word); match.Outcome {
	case identity.One:
		p := eco.Partners[match.Partner]
		if p.Name == "" {
			return newGiver(p.ID, p.AKA...), nil
		}
		return newGiver(p.Name, append(slices.Clone(p.AKA), p.ID)...), nil
	case identity.Several:
		return giver{}, &usageError{
			fmt.Sprintf("%q is a spelling of %d partners", word, len(match.Candidates)),
			"write the id of one, such as " + eco.Partners[match.Candidates[0]].ID,
		}
	}
	g, known := newGiver(word), sourcesOf(eco)
	recorded, err := recordedSources(r)
	if err != nil {
		return giver{}, err
	}
	known = append(append(known, recorded...), cachedSources(r)...)
	if i := slices.IndexFunc(known, g.gave); i >= 0 {
		g.name = known[i].spelling(g)
		return g, nil
	}
	return giver{}, unknownGiver(eco, word, known)
}

// recordedSources are those that the record names, each once.
func recordedSources(r *record) ([]source, error) {
	var out []source
	seen := map[source]bool{}
	err := r.each(func(made output) {
		for _, from := range made.From {
			if !seen[from] {
				seen[from] = true
				out = append(out, from)
			}
		}
	}, func(badLine) {})
	return out, err
}

func unknownGiver(eco *graph.Ecosystem, word string, known []source) error {
	var names []string
	for _, p := range eco.Partners {
		names = append(append(names, p.ID, p.Name), p.AKA...)
	}
	for _, k := range known {
		names = append(names, k.Party, k.Partner)
	}
	names = slices.DeleteFunc(names, func(s string) bool { return s == "" })
	var near []string
	if n := graph.Nearest(word, names); n != "" {
		near = []string{n}
	}
	return &usageError{
		fmt.Sprintf("%s names no partner %q, and no agreement with one", eco.File, word),
		suggestion(near, "write the id of a partner, or the party of an nda"),
	}
}

// purge is what was asked for, and what came of it.
type purge struct {
	eco    *graph.Ecosystem
	record *record
	dry    bool // nothing is to be removed
	giver  giver

	removed, gone, left []fate
	badLines            int // of the record, which may name further files
	firstBad            []badLine
}

// fate is what came of a file.
type fate struct {
	output
	why string // it is left; else empty
}

// removeKept removes everything that the program has made from the giver's lists
// and knows of. All that is ever kept of lists is to be removed from here.
func (p *purge) removeKept(ctx context.Context, s streams) error {
	if err := p.removeOutputs(ctx, s); err != nil {
		return err
	}
	p.removeCounts()
	return nil
}

// removeOutputs removes the recorded files, and then their lines of the record.
func (p *purge) removeOutputs(ctx context.Context, s streams) error {
	found, err := p.find()
	if err != nil {
		return err
	}
	done := map[string]bool{}
	for _, made := range found {
		switch why, err := p.remove(ctx, made); {
		case errors.Is(err, fs.ErrNotExist):
			p.gone = append(p.gone, fate{output: made})
		case why != "":
			p.left = append(p.left, fate{made, why})
			continue
		default:
			p.removed = append(p.removed, fate{output: made})
		}
		done[made.Path] = true
	}
	if !p.dry && len(done) > 0 {
		if err := p.record.forget(func(name string) bool { return done[name] }); err != nil {
			complain(s.err, fmt.Errorf("the record of removed files cannot be written, and still names them: %w", err))
		}
	}
	return p.findBadLines()
}

// find lists the files that were made from the giver's lists, in the order of
// the record. The last line on a file holds.
func (p *purge) find() ([]output, error) {
	var found []output
	at := map[string]int{}
	err := p.record.each(func(made output) {
		i, known := at[made.Path]
		switch given := slices.ContainsFunc(made.From, p.giver.gave); {
		case known:
			found[i] = made // even where another gave it: then it is sorted out below
		case given:
			at[made.Path] = len(found)
			found = append(found, made)
		}
	}, func(badLine) {})
	found = slices.DeleteFunc(found, func(made output) bool { return !slices.ContainsFunc(made.From, p.giver.gave) })
	return found, err
}

// findBadLines counts what the record, as it is by now, has of lines that cannot
// be used.
func (p *purge) findBadLines() error {
	return p.record.each(func(output) {}, func(b badLine) {
		p.badLines++
		if len(p.firstBad) < mostNamed {
			p.firstBad = append(p.firstBad, b)
		}
	})
}

// remove removes a file that still holds what was written, or says why it is
// left. The error is fs.ErrNotExist where the file is not there.
func (p *purge) remove(ctx context.Context, made output) (why string, err error) {
	if ctx.Err() != nil {
		return "was not looked at: interrupted", nil
	}
	path := p.record.place(made.Path)
	folder, name := filepath.Split(path)
	folder = filepath.Clean(folder)
	switch real, err := filepath.EvalSymlinks(folder); {
	case err != nil:
		return cannot("be looked at", err)
	case real != folder:
		return "its folder is a link to elsewhere now, which is not followed", nil
	}
	// All that follows happens in this one folder, whatever becomes of its name.
	root, err := os.OpenRoot(folder)
	if err != nil {
		return cannot("be looked at", err)
	}
	defer root.Close()
	if why, err := changed(root, name, made); why != "" || err != nil {
		return why, err
	}
	if refuseInput(path, p.eco) != nil {
		return "the ecosystem reads it: it is an input", nil
	}
	if p.dry {
		return "", nil
	}
	if err := root.Remove(name); err != nil {
		return cannot("be removed", err)
	}
	return "", nil
}

// changed says what is no more as it was when a file was written, empty if
// nothing is.
func changed(root *os.Root, name string, made output) (why string, err error) {
	info, err := root.Lstat(name)
	switch {
	case err != nil:
		return cannot("be looked at", err)
	case info.IsDir():
		return "it is a folder now", nil
	case info.Mode()&fs.ModeSymlink != 0:
		return "it is a link now, which is not followed", nil
	case !info.Mode().IsRegular():
		return "it is no file now", nil
	case info.Size() != made.Size:
		return wasChanged, nil
	}
	sum, err := sumOf(root, name, info)
	if err != nil {
		return cannot("be read, to see whether it is unchanged", err)
	}
	if sum != made.SHA256 {
		return wasChanged, nil
	}
	return "", nil
}

const wasChanged = "changed since it was written: somebody may have edited it"

// sumOf is the SHA-256 of a file, which must be the one that was looked at.
func sumOf(root *os.Root, name string, looked fs.FileInfo) (string, error) {
	f, err := root.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !os.SameFile(info, looked) {
		return "", errors.Join(err, errors.New("it was replaced just now"))
	}
	d := newDigest()
	_, err = io.Copy(d, io.LimitReader(f, looked.Size()+1))
	return d.sum(), err
}

// cannot says what cannot be done to a file and why; a file that is not there is
// an error instead.
func cannot(what string, err error) (string, error) {
	if errors.Is(err, fs.ErrNotExist) {
		return "", fs.ErrNotExist
	}
	var in *fs.PathError
	if errors.As(err, &in) {
		err = in.Err
	}
	return fmt.Sprintf("cannot %s: %v", what, err), nil
}
