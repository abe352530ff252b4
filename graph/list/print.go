package list

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/channelmap/channelmap/graph"
)

// Prints tell what the files of several lists held at one moment, to know them
// again, and whether they have stood still since.
type Prints struct {
	Sum [sha256.Size]byte // of the names and the content of all files

	dir    string
	specs  []graph.ListSpec
	files  []printed
	names  [][]string // by list, of its files and of those left out
	recent bool       // a file was written just before it was read
}

// printed is a file as it stood before it was read.
type printed struct {
	path   string
	info   os.FileInfo
	pieces [][sha256.Size]byte
}

// pieceBytes is how much of a file is summed up at once: pieces are summed by all
// processors.
const pieceBytes = 4 << 20

// stillFor is how long a file must not have been written to before it is read: a
// later change might not show in its time, which some file systems keep in steps of
// two seconds.
const stillFor = 2 * time.Second

var errNoFile = errors.New("is no file with bytes of its own")

// NewPrints reads the files of lists as they are stored. Cost: about 0.7 s a GB on
// each processor. tell, where not nil, is told of the bytes read, one call at a time.
func NewPrints(ctx context.Context, dir string, specs []graph.ListSpec, tell func(file string, bytes int64)) (*Prints, error) {
	p := &Prints{dir: dir, specs: specs}
	began := time.Now()
	var of []string // by file, as the ecosystem names its list
	for _, spec := range specs {
		files, names, err := namesOf(dir, spec)
		if err != nil {
			return nil, err
		}
		p.names = append(p.names, names)
		for _, f := range files {
			info, err := os.Stat(f.path)
			if err == nil && !info.Mode().IsRegular() {
				err = errNoFile // reading it might take from it what it has
			}
			if err != nil {
				return nil, fmt.Errorf("%s: %w", f.name, unwrapPath(err))
			}
			p.recent = p.recent || info.ModTime().Add(stillFor).After(began)
			pieces := (info.Size() + pieceBytes - 1) / pieceBytes
			p.files = append(p.files, printed{f.path, info, make([][sha256.Size]byte, pieces)})
			of = append(of, spec.File)
		}
	}
	if err := p.read(ctx, of, tell); err != nil {
		return nil, err
	}
	p.sum()
	return p, nil
}

// namesOf are the files of a list, and all names that reading it meets.
func namesOf(dir string, spec graph.ListSpec) ([]found, []string, error) {
	files, skipped, err := expand(dir, spec.File)
	names := slices.Clone(skipped)
	for _, f := range files {
		names = append(names, f.name, f.path)
	}
	return files, names, err
}

// read sums up the pieces of all files.
func (p *Prints) read(ctx context.Context, of []string, tell func(string, int64)) error {
	type job struct{ file, piece int }
	var jobs []job
	for i, f := range p.files {
		for piece := range f.pieces {
			jobs = append(jobs, job{i, piece})
		}
	}
	var next atomic.Int64
	var wait sync.WaitGroup
	var lock sync.Mutex
	var failed error
	for range min(runtime.GOMAXPROCS(0), len(jobs)) {
		wait.Go(func() {
			var buffer [256 << 10]byte
			for {
				n := int(next.Add(1)) - 1
				if n >= len(jobs) || ctx.Err() != nil {
					return
				}
				f := &p.files[jobs[n].file]
				bytes, err := f.sumPiece(jobs[n].piece, buffer[:])
				lock.Lock()
				failed = errors.Join(failed, err)
				if tell != nil {
					tell(of[jobs[n].file], bytes)
				}
				lock.Unlock()
				if err != nil {
					return
				}
			}
		})
	}
	wait.Wait()
	return errors.Join(failed, ctx.Err())
}

// sumPiece reads a piece of the file as long as the file was when it was looked at.
func (f *printed) sumPiece(piece int, buffer []byte) (int64, error) {
	in, err := os.Open(f.path)
	if err != nil {
		return 0, err
	}
	defer in.Close()
	from := int64(piece) * pieceBytes
	size := min(pieceBytes, f.info.Size()-from)
	sum := sha256.New()
	sum.Write([]byte{0}) // a piece is no file, and no list of sums: their sums differ
	n, err := io.CopyBuffer(onlyWriter{sum}, io.NewSectionReader(in, from, size), buffer)
	if err == nil && n != size {
		err = io.ErrUnexpectedEOF
	}
	sum.Sum(f.pieces[piece][:0])
	return n, err
}

// onlyWriter keeps io.CopyBuffer from looking for other ways than the buffer.
type onlyWriter struct{ io.Writer }

// sum joins names and pieces of all lists.
func (p *Prints) sum() {
	all := []byte{1}
	for _, names := range p.names {
		all = binary.AppendUvarint(all, uint64(len(names)))
		for _, name := range names {
			all = binary.AppendUvarint(all, uint64(len(name)))
			all = append(all, name...)
		}
	}
	for _, f := range p.files {
		all = binary.AppendUvarint(all, uint64(f.info.Size()))
		for _, piece := range f.pieces {
			all = append(all, piece[:]...)
		}
	}
	p.Sum = sha256.Sum256(all)
}

// Stand reports whether everything that was read since is sure to have been read from
// the files that were summed up: they are the same, in the same places, and nobody
// has written to them.
func (p *Prints) Stand() bool {
	if p.recent {
		return false
	}
	for i, spec := range p.specs {
		if _, names, err := namesOf(p.dir, spec); err != nil || !slices.Equal(names, p.names[i]) {
			return false
		}
	}
	for _, f := range p.files {
		now, err := os.Stat(f.path)
		if err != nil || !os.SameFile(now, f.info) || now.Size() != f.info.Size() || !now.ModTime().Equal(f.info.ModTime()) {
			return false
		}
	}
	return true
}
