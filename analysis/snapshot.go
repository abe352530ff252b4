package analysis

import (
	"slices"

	"github.com/channelmap/channelmap/analysis/figure"
	"github.com/channelmap/channelmap/graph"
)

// SnapshotVersion is the form of snapshots that this program writes and reads.
const SnapshotVersion = 1

// Snapshot is what an ecosystem comes to on a day, to be kept and compared: only
// figures and what they rest on. It names no account and no person who is one's
// contact, and holds nothing of the rows.
type Snapshot struct {
	Version     int                `json:"channelmap_snapshot"` // SnapshotVersion
	Says        string             `json:"says"`                // what the file is, and whose lists went into it
	For         string             `json:"for,omitempty"`       // whom it is for: a partner, "the board", or empty for us
	Vendor      string             `json:"vendor"`
	AsOf        string             `json:"as_of"`
	Currency    string             `json:"currency"`
	NDA         []string           `json:"nda"` // parties under whose agreement a list was given
	Audiences   []SnapshotAudience `json:"audiences"`
	Sellers     []SnapshotSeller   `json:"sellers"`     // all that are declared, or that lists name
	Lists       []SnapshotList     `json:"lists"`       // and files of records
	Definitions []Definition       `json:"definitions"` // on which the figures rest
	Findings    []SnapshotFinding  `json:"findings"`    // worst first; those agreed to last
}

// SnapshotAudience is the figures of one audience, in members.
type SnapshotAudience struct {
	Audience   graph.Audience    `json:"audience"`
	Totals     SnapshotTotals    `json:"totals"`
	Unresolved float64           `json:"unresolved"`
	Live       float64           `json:"live_conflict"` // members, each once
	Collide    float64           `json:"could_collide"` // others at which nothing is live
	Segments   []SnapshotSegment `json:"segments"`
	Channels   []SnapshotReach   `json:"channels"`
	Sellers    []SnapshotReach   `json:"sellers"`
}

// SnapshotTotals are the figures of a population, in members.
type SnapshotTotals struct {
	Addressable *float64       `json:"addressable"` // null where not declared
	Gross       figure.Figure  `json:"gross"`
	Net         figure.Figure  `json:"net"`
	Duplicated  figure.Figure  `json:"duplicated"` // reached over two or more
	Coverage    *figure.Figure `json:"coverage"`   // null where not declared
}

// SnapshotSegment is the figures of a segment; with an empty ID it is the members
// whose segment is not known.
type SnapshotSegment struct {
	ID     string         `json:"id"`
	Name   string         `json:"name"`
	Totals SnapshotTotals `json:"totals"`
}

// SnapshotReach is what one seller, or a channel with all its sellers, gives.
type SnapshotReach struct {
	ID          string        `json:"id"`
	Reach       figure.Figure `json:"reach"`        // of a channel: distinct members
	OnlyThrough figure.Figure `json:"only_through"` // among sellers that work today
	Booked      Booked        `json:"booked"`       // turnover at customers, as rows say, to two decimals
}

// SnapshotSeller is a channel by itself, or a partner.
type SnapshotSeller struct {
	SellerRef
	Today      bool `json:"today"`      // counts in the totals
	Undeclared bool `json:"undeclared"` // a list names it, and the ecosystem file does not
}

// SnapshotList is one list, or one file of records: which bytes were read, and
// how many rows.
type SnapshotList struct {
	ID         string         `json:"id"`   // the file, with its sheet; numbered where it comes again
	Kind       string         `json:"kind"` // list, or what the records are, such as deals
	Partner    string         `json:"partner"`
	NDA        string         `json:"nda"`      // the party to the agreement
	LeftOut    string         `json:"left_out"` // the day by which it was to be destroyed; empty where it was read
	Dated      string         `json:"dated"`
	Rows       int            `json:"rows"`
	Matched    int            `json:"matched"`     // of a list: rows whose account is known
	NewDomains int            `json:"new_domains"` // of a list: rows with a domain in no list of ours
	Unresolved int            `json:"unresolved"`
	Files      []SnapshotFile `json:"files"`
}

// SnapshotFile is one file of a list.
type SnapshotFile struct {
	File   string `json:"file"` // as the ecosystem names it
	SHA256 string `json:"sha256"`
	Rows   int    `json:"rows"`
}

// SnapshotFinding is a finding without its accounts.
type SnapshotFinding struct {
	ID        string             `json:"id"`
	Rule      string             `json:"rule"`
	Sentence  string             `json:"sentence"`
	Counts    []SnapshotCount    `json:"counts"` // by audience
	Cases     float64            `json:"cases"`  // accounts that records tell of
	Candidate bool               `json:"candidate"`
	Good      bool               `json:"good"`
	Accepted  *SnapshotAgreement `json:"accepted"`
}

// SnapshotCount is the members of an audience that a finding is about.
type SnapshotCount struct {
	Audience graph.Audience `json:"audience"`
	Live     float64        `json:"live_conflict"`
	Collide  float64        `json:"could_collide"`
	Other    float64        `json:"other"`
}

// SnapshotAgreement is who agreed to a finding, and until when.
type SnapshotAgreement struct {
	By    string `json:"by"`
	Until string `json:"until"`
}

// Digest gives the SHA-256 of a file's bytes in hexadecimal digits. The file is
// named as the ecosystem names it.
type Digest func(file string) (string, error)

// Snapshot takes the figures, and what they rest on. An error is one of digest, or
// of the pathways.
func (s *Study) Snapshot(digest Digest) (*Snapshot, error) {
	conflicts, err := s.Conflicts()
	if err != nil {
		return nil, err
	}
	lists := []SnapshotList{}
	if s.shown == nil {
		if lists, err = s.snapshotLists(digest); err != nil {
			return nil, err
		}
	}
	audit := s.Audit()
	out := &Snapshot{
		Version: SnapshotVersion, Vendor: audit.Head.Vendor, AsOf: audit.Head.AsOf, Currency: audit.Head.Currency,
		NDA:       slices.Compact(slices.Sorted(slices.Values(audit.Head.NDA))),
		Audiences: []SnapshotAudience{}, Sellers: s.snapshotSellers(), Lists: lists,
		Definitions: s.definitions(), Findings: []SnapshotFinding{},
	}
	for i := range audit.Audiences {
		out.Audiences = append(out.Audiences, snapshotAudience(&audit.Audiences[i], conflicts.Audiences))
	}
	found := slices.Concat(conflicts.Findings, conflicts.Signing, conflicts.Accepted)
	for i := range found {
		out.Findings = append(out.Findings, snapshotFinding(&found[i]))
	}
	out.Says = "Figures of " + out.Vendor + " as of " + out.AsOf + ", without accounts, for channelmap diff." + s.withoutSentence() + ndaSentence(out.NDA)
	s.shown.restrictSnapshot(out, found, s.withoutSentence())
	s.hideAddresses(out)
	return out, nil
}

func ndaSentence(parties []string) string {
	if len(parties) == 0 {
		return ""
	}
	return " Confidential: made from lists given under an agreement with " + listWords(parties) + "."
}

func snapshotAudience(a *AudienceAudit, contested []AudienceConflict) SnapshotAudience {
	out := SnapshotAudience{
		Audience: a.Audience, Totals: snapshotTotals(&a.Total), Unresolved: a.Total.Unresolved,
		Segments: []SnapshotSegment{}, Channels: snapshotReaches(a.Channels), Sellers: snapshotReaches(a.Sellers),
	}
	for _, c := range contested {
		if c.Audience == a.Audience {
			out.Live, out.Collide = float64(c.Live), float64(c.Collide)
		}
	}
	for i := range a.Segments {
		seg := &a.Segments[i]
		out.Segments = append(out.Segments, SnapshotSegment{seg.Segment.ID, seg.Segment.Name, snapshotTotals(&seg.Totals)})
	}
	return out
}

func snapshotTotals(t *Totals) SnapshotTotals {
	return SnapshotTotals{Addressable: t.Addressable, Gross: t.Gross, Net: t.Net, Duplicated: t.Duplicated, Coverage: t.Coverage}
}

func snapshotReaches(rows []SellerAudit) []SnapshotReach {
	out := []SnapshotReach{}
	for i := range rows {
		r := &rows[i]
		out = append(out, SnapshotReach{r.Seller.ID, r.Net, r.OnlyThrough, bookedOf(r.Amount.Booked)})
	}
	return out
}

func bookedOf(s Sum) Booked {
	if s.IsWithheld() {
		return Booked{s}
	}
	return Booked{Sum{s.Round(2)}}
}

func (s *Study) snapshotSellers() []SnapshotSeller {
	out := []SnapshotSeller{}
	for i, seller := range s.Sellers {
		undeclared := seller.Partner >= 0 && s.Ecosystem.Partners[seller.Partner].Undeclared
		out = append(out, SnapshotSeller{s.sellerRef(i), s.today.Has(i), undeclared})
	}
	return out
}

func snapshotFinding(f *Finding) SnapshotFinding {
	out := SnapshotFinding{
		ID: f.ID, Rule: f.Rule, Sentence: f.Sentence, Counts: []SnapshotCount{}, Cases: float64(len(f.Cases)), Candidate: f.Candidate, Good: f.Good,
	}
	for _, t := range f.Totals {
		out.Counts = append(out.Counts, SnapshotCount{t.Audience, float64(t.Live), float64(t.Collide), float64(t.Other)})
	}
	if f.Accepted != nil {
		out.Accepted = &SnapshotAgreement{f.Accepted.By, f.Accepted.Until}
	}
	return out
}
