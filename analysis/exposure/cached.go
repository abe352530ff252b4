package exposure

import (
	"context"
	"slices"

	"github.com/channelmap/channelmap/analysis/exposure/cache"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// cachedFrom is how many bytes of plain text the lists must have together for their
// count to be kept: fewer are counted about as fast as they are summed up.
var cachedFrom int64 = 16 << 20

// entryShare is the part of the memory that an entry of the cache may take while it is
// made: one in so many.
const entryShare = 8

// mostEntry bounds entries in bytes.
const mostEntry = 128 << 20

// BuildCached is Build, but for a count that Options.Cache has already, and keeps there
// what it counts. It never fails for want of a cache: any doubt means counting.
func BuildCached(ctx context.Context, eco *graph.Ecosystem, opts Options) (*Exposure, error) {
	if opts.Cache == nil || opts.Keep {
		return Build(ctx, eco, opts)
	}
	opts.Cache.Tidy(opts.AsOf)
	c := newCaching(ctx, eco, opts)
	if c == nil {
		return Build(ctx, eco, opts)
	}
	if data, ok := opts.Cache.Get(c.secret); ok {
		if x, ok := decodeExposure(data, eco, opts); ok {
			x.fromCache = true
			return x, nil
		}
	}
	x, err := Build(ctx, eco, opts)
	if err == nil {
		c.put(ctx, x)
	}
	return x, err
}

// FromCache reports whether the count is one of an earlier run.
func (x *Exposure) FromCache() bool { return x.fromCache }

// caching knows what a count is kept under.
type caching struct {
	eco    *graph.Ecosystem
	opts   Options
	prints *list.Prints
	secret cache.Secret
}

// newCaching sums up the files that a count depends on. It is nil where the count is
// not to be kept.
func newCaching(ctx context.Context, eco *graph.Ecosystem, opts Options) *caching {
	var size, total int64
	for _, spec := range eco.Lists {
		size += list.Cost(eco.Dir, spec)
	}
	if size < cachedFrom {
		return nil
	}
	specs := inputs(eco, opts.AsOf)
	for _, spec := range specs {
		total += list.Size(eco.Dir, spec)
	}
	var tell func(string, int64)
	if opts.Progress != nil {
		now := Progress{Total: total}
		tell = func(file string, bytes int64) {
			now.File, now.Done = file, now.Done+bytes
			opts.Progress(now)
		}
	}
	prints, err := list.NewPrints(ctx, eco.Dir, specs, tell)
	if err != nil {
		return nil // counting says what is wrong
	}
	secret, err := addressOf(eco, opts, prints)
	if err != nil {
		return nil
	}
	return &caching{eco, opts, prints, secret}
}

// inputs are all files that Build reads: none that had to be destroyed by now.
func inputs(eco *graph.Ecosystem, asOf graph.Date) []graph.ListSpec {
	all := slices.Clone(eco.Lists)
	for _, f := range RecordFiles(eco) {
		all = append(all, f.Spec)
	}
	for _, p := range eco.Partners {
		for _, t := range p.Terms {
			if t.Except != "" {
				all = append(all, graph.ListSpec{File: t.Except})
			}
		}
	}
	return slices.DeleteFunc(all, func(spec graph.ListSpec) bool { return mustBeDestroyed(spec, asOf) })
}

// put keeps a count, if it is one of the files that were summed up. That there is no
// room for it, say, only means that the next run counts anew.
func (c *caching) put(ctx context.Context, x *Exposure) {
	most := mostEntry
	if c.opts.Memory > 0 {
		most = int(min(mostEntry, c.opts.Memory/entryShare))
	}
	data, ok := x.encode(c.eco, most)
	if !ok || ctx.Err() != nil || !c.prints.Stand() {
		return
	}
	_ = c.opts.Cache.Put(ctx, c.secret, origin(x, inputs(c.eco, c.opts.AsOf)), data)
}

// origin is whose lists a count was made from: who gave them, and every partner that
// has rows in one.
func origin(x *Exposure, from []graph.ListSpec) cache.Origin {
	var o cache.Origin
	add := func(s cache.Source) {
		if s != (cache.Source{}) && !slices.Contains(o.From, s) {
			o.From = append(o.From, s)
		}
	}
	for _, spec := range from {
		s := cache.Source{Partner: spec.Partner}
		if spec.NDA != nil {
			s.Party = spec.NDA.Party
			if by := spec.NDA.DestroyBy; !by.IsZero() && (o.DestroyBy.IsZero() || by.Compare(o.DestroyBy) < 0) {
				o.DestroyBy = by
			}
		}
		add(s)
	}
	for i, m := range x.BySeller {
		if partner := x.Sellers[i].Partner; m.Rows > 0 && partner >= 0 {
			add(cache.Source{Partner: x.Ecosystem.Partners[partner].ID})
		}
	}
	return o
}
