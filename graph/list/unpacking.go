package list

import (
	"errors"
	"io"
	"sync"
)

// unpacking is a packed text that one goroutine unpacks while others read it. It
// holds a window of the text: where that is full, unpacking waits until its
// beginning is let go.
type unpacking struct {
	packed *packed
	notes  *notes // those of packed; in the meantime it has its own
	noted  bool   // by packed, before
	done   chan struct{}

	lock      sync.Mutex
	moved     sync.Cond // more was unpacked or let go, or there is no more
	window    []byte    // the byte at a place of the text stands at the place modulo the length
	free      int64     // what lies before is let go
	got       int64     // unpacked so far
	read      int64     // of the file, by then
	end       error     // how it ended: io.EOF with the text; nil before
	evidence  *evidence // of the encoding, at the end
	woken     bool      // nobody is to wait for more
	abandoned bool      // what is unpacked is not read any more
	closed    bool      // nor need it be unpacked
}

var (
	errLetGo  = errors.New("the text is not held any more")
	errWindow = errors.New("more of the text is asked for than is held")
	errClosed = errors.New("the text is not read any more")
)

// unpackAside begins to unpack into a window of some bytes. Until it is closed,
// nobody else may read what is packed.
func unpackAside(p *packed, window int64) *unpacking {
	u := &unpacking{packed: p, notes: p.notes, noted: p.noted, done: make(chan struct{}), window: make([]byte, window)}
	u.moved.L = &u.lock
	p.notes = newNotes(u.notes.strict)
	go u.run()
	return u
}

func (u *unpacking) run() {
	defer close(u.done)
	var e *evidence
	_, err := u.packed.Seek(0, io.SeekStart)
	if err == nil {
		e, err = gather(filling{u.packed}, u.add)
	}
	if err == nil {
		err = io.EOF
	}
	u.lock.Lock()
	defer u.lock.Unlock()
	u.evidence, u.end = e, err
	u.moved.Broadcast()
}

// filling reads as much as it is asked for, so that those who wait for it are not
// woken for little.
type filling struct{ io.Reader }

func (f filling) Read(b []byte) (n int, err error) {
	for n < len(b) && err == nil {
		var more int
		more, err = f.Reader.Read(b[n:])
		n += more
	}
	return n, err
}

// add puts into the window what was unpacked.
func (u *unpacking) add(b []byte) error {
	read, err := u.packed.file.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	return u.take(b, read)
}

// take is add for so much of the file.
func (u *unpacking) take(b []byte, read int64) error {
	for len(b) > 0 {
		room, err := u.room()
		if err != nil {
			return err
		}
		n := len(b)
		if room != nil {
			n = copy(room, b)
		}
		b = b[n:]
		u.lock.Lock()
		u.got, u.read = u.got+int64(n), read
		u.moved.Broadcast()
		u.lock.Unlock()
	}
	return nil
}

// room waits for room in the window. It is nil where what is unpacked is not
// wanted any more. Nobody else touches it: only what is unpacked is read.
func (u *unpacking) room() ([]byte, error) {
	u.lock.Lock()
	defer u.lock.Unlock()
	size := int64(len(u.window))
	for u.got-u.free == size && !u.abandoned && !u.closed {
		u.moved.Wait()
	}
	switch {
	case u.closed:
		return nil, errClosed
	case u.abandoned:
		return nil, nil
	}
	at := u.got % size
	return u.window[at:min(size, at+size-(u.got-u.free))], nil
}

func (u *unpacking) known() (size int64, whole bool) {
	u.lock.Lock()
	defer u.lock.Unlock()
	return u.got, u.end != nil
}

func (u *unpacking) wait(size int64) {
	u.lock.Lock()
	defer u.lock.Unlock()
	for u.got < size && u.end == nil && !u.woken {
		u.moved.Wait()
	}
}

func (u *unpacking) wake() { u.set(&u.woken) }

func (u *unpacking) abandon() {
	u.set(&u.woken)
	u.set(&u.abandoned)
}

// set sets one of the flags that others wait for.
func (u *unpacking) set(flag *bool) {
	u.lock.Lock()
	defer u.lock.Unlock()
	*flag = true
	u.moved.Broadcast()
}

func (u *unpacking) letGo(before int64) {
	u.lock.Lock()
	defer u.lock.Unlock()
	if before > u.free {
		u.free = min(before, u.got)
		u.moved.Broadcast()
	}
}

// ReadAt reads what is in the window. It waits for what is to come.
func (u *unpacking) ReadAt(b []byte, at int64) (int, error) { return u.readAt(b, at, len(b)) }

// readAt reads what there is at a place: so many bytes at least, else it says why
// there are fewer.
func (u *unpacking) readAt(b []byte, at int64, least int) (int, error) {
	u.lock.Lock()
	defer u.lock.Unlock()
	size, end := int64(len(u.window)), at+int64(least)
	for u.got < end && end <= u.free+size && u.end == nil && !u.abandoned {
		u.moved.Wait()
	}
	if at < u.free || u.abandoned {
		return 0, errLetGo
	}
	there := b[:max(0, min(int64(len(b)), u.got-at))]
	n := copy(there, u.window[at%size:])
	n += copy(there[n:], u.window)
	switch {
	case n >= least:
		return n, nil
	case u.end != nil:
		return n, u.end
	}
	return n, errWindow
}

// sequel reads on from a place.
type sequel struct {
	*unpacking
	at   int64
	last bool
}

func (u *unpacking) from(at int64, last bool) io.Reader { return &sequel{u, at, last} }

func (s *sequel) Read(b []byte) (int, error) {
	n, err := s.readAt(b, s.at, min(1, len(b)))
	s.at += int64(n)
	if s.last {
		s.letGo(s.at)
	}
	return n, err
}

// finish unpacks what is left: that a file is damaged, or in another encoding,
// comes before all that its rows say.
func (u *unpacking) finish(err error, byAll bool) error {
	if !byAll || u.packed.ctx.Err() != nil {
		return err
	}
	u.abandon()
	<-u.done
	switch {
	case u.packed.ctx.Err() != nil:
		return u.packed.ctx.Err()
	case u.end != io.EOF:
		return unreadable(u.packed.at.File, u.end)
	case !u.evidence.isUTF8():
		return ErrRowByRow
	}
	return err
}

func (u *unpacking) close(used bool) {
	u.set(&u.closed)
	<-u.done
	own := u.packed.notes
	u.packed.notes = u.notes
	if used {
		u.notes.absorb(own)
	} else {
		u.packed.noted = u.noted
	}
}

func (u *unpacking) place(at int64) int64 {
	u.lock.Lock()
	defer u.lock.Unlock()
	if u.got == 0 {
		return 0
	}
	return int64(float64(u.read) * (float64(at) / float64(u.got)))
}
