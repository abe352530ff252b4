// Package cache keeps results beside an ecosystem, so that the next command need not
// count again what did not change.
//
// An entry is sealed under a secret that is made from the content of the lists
// themselves: without every one of them, down to the last byte, it can neither be
// found, nor read, nor forged. What is left of a list that was destroyed says nothing
// any more, wherever a copy of it may lie. A damaged entry does not open.
package cache

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/channelmap/channelmap/graph"
)

// What an ecosystem's folder may hold, at most, and one entry of it.
const (
	mostEntries = 8
	mostBytes   = 1 << 30
	mostEntry   = 256 << 20
)

// Store is the folder of an ecosystem's entries.
type Store struct {
	// Folder is where entries are, and Above the folder that it is in. Neither needs
	// to be there. Where either is a link there is no cache.
	Above, Folder string
	// Make makes the folder above, before the first entry is put.
	Make func() error
}

// Secret is what an entry is found by and sealed under.
type Secret [sha256.Size]byte

// derive makes a key of the secret that tells nothing of it, nor of other keys.
func (s Secret) derive(what string, size int) []byte {
	key, err := hkdf.Expand(sha256.New, s[:], "channelmap cache: "+what, size)
	if err != nil {
		panic(err) // of sizes alone, and these are constant
	}
	return key
}

// name is that of the entry's file.
func (s Secret) name() string { return hex.EncodeToString(s.derive("name", nameBytes)) + extension }

func (s Secret) sealer() (cipher.AEAD, error) {
	block, err := aes.NewCipher(s.derive("key", 32))
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

const (
	nameBytes = 16
	extension = ".count"
	partName  = ".part-"
)

// Get returns what was put under a secret; false where there is nothing, or nothing
// that can be trusted.
func (s *Store) Get(secret Secret) ([]byte, bool) {
	root, err := s.open()
	if err != nil {
		return nil, false
	}
	defer root.Close()
	data, err := readEntry(root, secret.name())
	if err != nil {
		return nil, false
	}
	plain, ok := unseal(data, secret)
	if ok {
		now := time.Now() // entries that are used stay
		_ = root.Chtimes(secret.name(), now, now)
	}
	return plain, ok
}

// readEntry reads a whole entry, no more of it than one may have.
func readEntry(root *os.Root, name string) ([]byte, error) {
	f, err := openEntry(root, name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() > mostEntry {
		return nil, fs.ErrInvalid
	}
	var b bytes.Buffer
	b.Grow(int(info.Size()) + bytes.MinRead)
	_, err = b.ReadFrom(io.LimitReader(f, mostEntry+1))
	return b.Bytes(), err
}

// openEntry opens a regular file of the folder. Pipes are not waited for.
func openEntry(root *os.Root, name string) (*os.File, error) {
	info, err := root.Lstat(name)
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrInvalid
	}
	if err != nil {
		return nil, err
	}
	return root.Open(name)
}

// unseal opens an entry. What it says of itself in plain text is sealed with it.
func unseal(data []byte, secret Secret) ([]byte, bool) {
	head, ok := headOf(data)
	if !ok {
		return nil, false
	}
	sealer, err := secret.sealer()
	if err != nil || len(data)-head < sealer.NonceSize() {
		return nil, false
	}
	nonce, sealed := data[head:head+sealer.NonceSize()], data[head+sealer.NonceSize():]
	plain, err := sealer.Open(sealed[:0], nonce, sealed, data[:head])
	return plain, err == nil
}

// Put keeps a result under a secret, in place of what was there, and removes the
// oldest entries where there are too many. An error, or an end of the context,
// leaves nothing of it.
func (s *Store) Put(ctx context.Context, secret Secret, from Origin, plain []byte) error {
	head, err := from.head()
	if err != nil {
		return err
	}
	sealer, err := secret.sealer()
	if err != nil {
		return err
	}
	data := append(head, make([]byte, sealer.NonceSize())...)
	nonce := data[len(head):]
	rand.Read(nonce)
	if len(data)+len(plain)+sealer.Overhead() > mostEntry {
		return fs.ErrInvalid
	}
	data = sealer.Seal(data, nonce, plain, head)
	root, err := s.make()
	if err != nil {
		return err
	}
	defer root.Close()
	if err := write(ctx, root, secret.name(), data); err != nil {
		return err
	}
	tidy(root, graph.Date{})
	return nil
}

// write writes an entry aside, and puts it in its place.
func write(ctx context.Context, root *os.Root, name string, data []byte) error {
	part := partName + rand.Text()
	f, err := root.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	for len(data) > 0 && err == nil {
		n := min(len(data), 1<<20)
		if _, err = f.Write(data[:n]); err == nil {
			data, err = data[n:], ctx.Err()
		}
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = root.Rename(part, name) // not before on the disk: what a crash leaves does not open
	}
	if err != nil {
		_ = root.Remove(part)
	}
	return err
}
