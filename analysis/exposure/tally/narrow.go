package tally

import (
	"bytes"
	"encoding/binary"
)

// narrowMember is a member of whom all that rows say is its lines. Of exact stores,
// key1 is where its key stands, as in member.
type narrowMember struct{ key0, key1, lines uint64 }

// isNarrow reports whether the rows of the store are counted in the shortest way:
// nothing is to be known of a member but a word of lines.
func (c *counter) isNarrow() bool {
	return c.quick != nil && c.plan.masked && !c.remembers() && c.plan.simple()
}

// simple reports whether kinds say nothing beside their lines.
func (p *plan) simple() bool {
	for _, k := range p.kinds {
		if k.segment != 0 || k.place != 0 || k.own {
			return false
		}
	}
	return true
}

// countNarrow counts the partition at hand.
func (c *counter) countNarrow() {
	if c.plan.store.opts.Exact {
		c.groupNarrowExact()
	} else {
		c.groupNarrow()
	}
	for i := range c.narrow {
		c.quick.add(c.narrow[i].lines, 0, 0, false)
	}
	c.quick.settle()
}

// groupNarrow finds the member of every row by its hash.
func (c *counter) groupNarrow() {
	members, slots, mask := c.narrow[:0], c.found.slots[:c.found.mask+1], c.found.mask
	for _, chunk := range c.rows.chunks {
		words := chunk.words[:chunk.size/8]
		for i := 0; i+1 < len(words); i += 2 {
			key0, key1 := words[i]&^kindMask, words[i+1]
			lines := c.plan.kinds[words[i]&kindMask].mask.a
			at := key1 & mask
			for {
				n := slots[at]
				if n == 0 {
					members = append(members, narrowMember{key0, key1, lines})
					slots[at] = uint32(len(members))
					break
				}
				if m := &members[n-1]; m.key1 == key1 && m.key0 == key0 {
					m.lines |= lines
					break
				}
				at = (at + 1) & mask
			}
		}
	}
	c.narrow = members
}

// groupNarrowExact finds the member of every row by its key.
func (c *counter) groupNarrowExact() {
	members, slots, mask := c.narrow[:0], c.found.slots[:c.found.mask+1], c.found.mask
	for n, chunk := range c.rows.chunks {
		all := bytesOf(chunk.words)[:chunk.size]
		for from := 0; from < len(all); {
			word := binary.LittleEndian.Uint64(all[from:])
			key0, lines := word&^kindMask, c.plan.kinds[word&kindMask].mask.a
			key, size := keyBehind(all[from+8:])
			place := uint64(n)<<32 | uint64(from+8)
			from += 8 + size
			at := key0 >> kindBits & mask
			for {
				n := slots[at]
				if n == 0 {
					members = append(members, narrowMember{key0, place, lines})
					slots[at] = uint32(len(members))
					break
				}
				if m := &members[n-1]; m.key0 == key0 && bytes.Equal(c.keyIn(m.key1), key) {
					m.lines |= lines
					break
				}
				at = (at + 1) & mask
			}
		}
	}
	c.narrow = members
}

// keyIn is the key at a place: a chunk, and where in it the key's length stands.
func (c *counter) keyIn(place uint64) []byte {
	key, _ := keyBehind(bytesOf(c.rows.chunks[place>>32].words)[place&(1<<32-1):])
	return key
}
