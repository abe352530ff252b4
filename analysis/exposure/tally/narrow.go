package tally

// narrowMember is a member of whom all that rows say is its lines.
type narrowMember struct{ key0, key1, lines uint64 }

// isNarrow reports whether the rows of the store are counted in the shortest way:
// two words each, and nothing to be known of a member but a word of lines.
func (c *counter) isNarrow() bool {
	return c.quick != nil && c.plan.store.stride == 2 && !c.plan.store.opts.Exact && !c.remembers() && c.plan.simple()
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
	c.groupNarrow()
	for i := range c.narrow {
		c.quick.add(c.narrow[i].lines, 0)
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
