package generate

// permutation shuffles the numbers below a size without holding them: a Feistel
// network over a grid just larger than the size, walked until it falls inside.
type permutation struct {
	size, width, height uint64
	seed                uint64
}

// rounds of the network: with four the halves are already mixed both ways.
const rounds = 6

func newPermutation(size, seed uint64) permutation {
	width := uint64(1)
	for width*width < size {
		width++
	}
	return permutation{size, width, (size + width - 1) / width, seed}
}

// at is where number i goes; no two numbers go to the same place.
func (p *permutation) at(i uint64) uint64 {
	for {
		if i = p.pass(i); i < p.size {
			return i
		}
	}
}

// pass moves a cell of the grid. Each round shifts one half by a hash of the
// other, which can be undone, so that all of it is one to one.
func (p *permutation) pass(i uint64) uint64 {
	left, right := i%p.width, i/p.width
	for r := uint64(0); r < rounds; r += 2 {
		left = (left + mix(p.seed+r, right)%p.width) % p.width
		right = (right + mix(p.seed+r+1, left)%p.height) % p.height
	}
	return right*p.width + left
}

// mix hashes a number under a seed (the finish of splitmix64).
func mix(seed, x uint64) uint64 {
	x += (seed + 1) * 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
