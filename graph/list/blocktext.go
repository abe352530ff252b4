package list

import (
	"io"
	"os"
)

// blockText is a text that several goroutines read blocks of.
type blockText interface {
	io.ReaderAt
	// known returns how much of the text is there, and whether that is all of it.
	known() (size int64, whole bool)
	// wait returns when so much of the text is there, or all of it.
	wait(size int64)
	// wake ends all waiting, now and later.
	wake()
	// from reads on from a place: to the end where nothing else is read any more, else
	// as far as the text can be read again.
	from(at int64, last bool) io.Reader
	// letGo says that nothing before a place is read any more.
	letGo(before int64)
	// abandon says that nothing is read any more.
	abandon()
	// finish returns what is wrong with the text as a whole, where that comes before
	// all that is wrong with its rows, else the given error. It matters whether the
	// encoding is to be told by all of the text.
	finish(err error, byAll bool) error
	// close ends the reading of the file. What was noted of it counts where it was
	// used.
	close(used bool)
	// place is how much of the file was read for so much of the text.
	place(at int64) int64
}

// openLong opens the text of a file to be read in blocks. It returns nil where
// there is too little of it.
func (b Blocks) openLong(in *os.File, o *content) (blockText, error) {
	least := b.least()
	if o.packing != nil && len(o.head) < headBytes && int64(len(o.head)) < least {
		return nil, nil // and it need not be unpacked to see that
	}
	text, err := b.open(in, o)
	if err != nil {
		return nil, err
	}
	text.wait(least)
	if size, _ := text.known(); size < least {
		text.close(false)
		return nil, nil
	}
	return text, nil
}

// open opens the text of a file, however long.
func (b Blocks) open(in *os.File, o *content) (blockText, error) {
	if p, ok := o.ReadSeeker.(*packed); ok {
		return unpackAside(p, max(b.Window, b.least(), b.Size+b.behind()+2*b.overhang()+2)), nil
	}
	info, err := in.Stat()
	if err != nil {
		return nil, err
	}
	return fileText{in, info.Size()}, nil
}

// least is the size of the shortest text that is read in blocks.
func (b Blocks) least() int64 { return max(b.Least, 4*b.Tail) }

// behind is how much of a text must be there behind a block before it is handed
// out: what may be the tail, and the rest of a last row.
func (b Blocks) behind() int64 { return max(b.Tail, b.overhang()) }

// fileText is a text that stands in a file as it is.
type fileText struct {
	*os.File
	size int64
}

func (f fileText) known() (size int64, whole bool) { return f.size, true }
func (f fileText) wait(int64)                      {}
func (f fileText) wake()                           {}
func (f fileText) from(at int64, _ bool) io.Reader {
	return io.NewSectionReader(f.File, at, f.size-at)
}
func (f fileText) letGo(int64)                    {}
func (f fileText) abandon()                       {}
func (f fileText) finish(err error, _ bool) error { return err }
func (f fileText) close(bool)                     {}
func (f fileText) place(at int64) int64           { return at }
