package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/channelmap/channelmap/graph"
)

// quickVet is a partner that no ecosystem file knows: named by flags, with a list
// or claims, and compared with an ecosystem or with one list of our own.
type quickVet struct {
	own, accounts, name, kind string
	reaches                   []string
}

func (v *quickVet) addFlags(flags *pflag.FlagSet) {
	flags.StringVar(&v.own, "own", "", "without an ecosystem file: our own `LIST`")
	flags.StringVar(&v.accounts, "accounts", "", "the `LIST` of a partner that is not in the ecosystem file")
	flags.StringVar(&v.name, "name", "", "`NAME` of that partner")
	flags.StringVar(&v.kind, "kind", "", "its `KIND`: marketplace, embed, platform, reseller, distributor, integrator or referral")
	flags.StringArrayVar(&v.reaches, "reaches", nil, "a claim: `SEGMENT=SHARE`, such as mid-market-it=0.6")
}

// settle tells whom the question is about, and of which ecosystem.
func (v *quickVet) settle(q *question, args []string) (partner string, err error) {
	if v.name == "" && (v.own != "" || v.accounts != "" || v.kind != "" || len(v.reaches) > 0) {
		return "", &usageError{"--own, --accounts, --kind and --reaches tell of a partner that is in no ecosystem file", "name it: --name SHI"}
	}
	if v.name == "" {
		q.path = argument(args, 1)
		return argument(args, 0), takesNameAndPath("PARTNER (an id or a name)", "shi")(newVet(streams{}), args)
	}
	if len(args) > 1 || v.own != "" && len(args) > 0 {
		return "", &usageError{fmt.Sprintf("%q is one argument too many beside --name", args[len(args)-1]), "write vet --name NAME ... [PATH], and no PATH with --own"}
	}
	q.path = argument(args, 0)
	if err := v.check(); err != nil {
		return "", err
	}
	switch {
	case v.own != "":
		q.ecosystem, err = v.ownEcosystem()
	case len(args) == 0 && v.accounts == "" && !hasEcosystem("."):
		q.ecosystem, err = v.claimedEcosystem()
		return v.name, err
	}
	q.amend = v.amend
	return v.name, err
}

// partnerKinds are those that a partner's channel can have.
var partnerKinds = []graph.Kind{
	graph.Marketplace, graph.Embed, graph.Platform, graph.Reseller, graph.Distributor, graph.Integrator, graph.Referral,
}

func (v *quickVet) check() error {
	switch {
	case !slices.Contains(partnerKinds, graph.Kind(v.kind)):
		var names []string
		for _, k := range partnerKinds {
			names = append(names, string(k))
		}
		return &usageError{fmt.Sprintf("--kind %q is no kind of partner", v.kind), "write one of " + strings.Join(names, ", ")}
	case v.accounts == "" && len(v.reaches) == 0:
		return &usageError{"nothing says whom " + v.name + " reaches", "give its list (--accounts FILE) or a claim (--reaches SEGMENT=0.6)"}
	}
	for _, file := range []string{v.own, v.accounts} {
		if _, err := os.Stat(file); file != "" && errors.Is(err, os.ErrNotExist) {
			return &usageError{file + ": there is no such file", "check the name"}
		}
	}
	return nil
}

// ownEcosystem is one with our own list, and the segments that are claimed.
func (v *quickVet) ownEcosystem() (*graph.Ecosystem, error) {
	segments, _, err := v.claims()
	if err != nil {
		return nil, err
	}
	return graph.Parse("(flags)", fmt.Appendf(nil, `vendor: Our company
channels:
  - {id: own, name: Our own list, kind: direct-buyer, accounts: %q}
  - {id: partners, name: Partners, kind: %s}
segments: [%s]
`, filepath.ToSlash(v.own), v.kind, strings.Join(segments, ", ")))
}

// claimedEcosystem is one of which nothing is known but what the partner claims.
func (v *quickVet) claimedEcosystem() (*graph.Ecosystem, error) {
	segments, reaches, err := v.claims()
	if err != nil {
		return nil, err
	}
	return graph.Parse("(flags)", fmt.Appendf(nil, `vendor: Our company
channels: [{id: partners, name: Partners, kind: %s}]
segments: [%s]
partners: [{id: %s, name: %q, channel: partners, stage: researched, reaches: [%s]}]
`, v.kind, strings.Join(segments, ", "), freshPartner(&graph.Ecosystem{}, v.name), v.name, strings.Join(reaches, ", ")))
}

// claims writes the segments that are claimed, and the claims, as an ecosystem file
// would.
func (v *quickVet) claims() (segments, reaches []string, err error) {
	for _, claim := range v.reaches {
		segment, share, ok := strings.Cut(claim, "=")
		if !ok || !graph.IsID(segment) {
			return nil, nil, &usageError{fmt.Sprintf("--reaches %s names no segment", claim), "write SEGMENT=SHARE, such as mid-market-it=0.6, with an id in lower case"}
		}
		if _, err := parseShare(claim, share); err != nil {
			return nil, nil, err
		}
		if one := fmt.Sprintf("{id: %s, name: %s, audience: %s}", segment, segment, v.audience()); !slices.Contains(segments, one) {
			segments = append(segments, one)
		}
		reaches = append(reaches, fmt.Sprintf("{segment: %s, share: %q, basis: claimed}", segment, share))
	}
	return segments, reaches, nil
}

// audience is whom a partner of the kind serves: buyers where it may.
func (v *quickVet) audience() graph.Audience {
	facts, _ := graph.Kind(v.kind).Facts()
	if slices.Contains(facts.Audiences, graph.Buyers) {
		return graph.Buyers
	}
	return graph.Users
}

// amend adds the partner as one that is looked at, and not signed.
func (v *quickVet) amend(eco *graph.Ecosystem) (*graph.Ecosystem, error) {
	channel := slices.IndexFunc(eco.Channels, func(c graph.Channel) bool { return c.Kind == graph.Kind(v.kind) })
	if channel < 0 {
		return nil, &usageError{fmt.Sprintf("the ecosystem has no channel of the kind %s", v.kind), "add one under channels:, or write another --kind"}
	}
	for _, p := range eco.Partners {
		if strings.EqualFold(p.Name, v.name) || strings.EqualFold(p.ID, v.name) {
			return nil, &usageError{fmt.Sprintf("%s is in the ecosystem file already", v.name), "write channelmap vet " + p.ID}
		}
	}
	ch := &eco.Channels[channel]
	p := graph.Partner{
		ID: freshPartner(eco, v.name), Name: v.name, Channel: ch.ID, Channels: []string{ch.ID}, Stage: graph.Researched,
		Audiences: ch.Audiences, Roles: ch.Roles, Equity: ch.Equity,
		SuppliedBy: []graph.Supply{{From: graph.FromVendor, Edge: graph.PerAccount}},
	}
	for _, claim := range v.reaches {
		reach, err := parseClaim(eco, claim)
		if err != nil {
			return nil, err
		}
		p.Reaches = append(p.Reaches, reach)
	}
	more := eco.WithPartners([]graph.Partner{p})
	if v.accounts != "" {
		more.Lists = append(slices.Clone(more.Lists), graph.ListSpec{File: besideEcosystem(eco, v.accounts), Partner: p.ID, Channel: ch.ID})
	}
	return more, nil
}

// besideEcosystem names a file of the current folder as the ecosystem would: from
// its own folder, where that can be said.
func besideEcosystem(eco *graph.Ecosystem, file string) string {
	whole := absolute(file)
	if near, err := filepath.Rel(absolute(eco.Dir), whole); err == nil {
		return filepath.ToSlash(near)
	}
	return whole
}

// parseClaim reads SEGMENT=SHARE.
func parseClaim(eco *graph.Ecosystem, text string) (graph.KnownReach, error) {
	segment, share, ok := strings.Cut(text, "=")
	var known []string
	for _, s := range eco.Segments {
		known = append(known, s.ID)
	}
	if !ok || !slices.Contains(known, segment) {
		hint := "write SEGMENT=SHARE with one of " + strings.Join(known, ", ")
		if len(known) == 0 {
			hint = "declare segments in the ecosystem file first"
		}
		return graph.KnownReach{}, &usageError{fmt.Sprintf("--reaches %s names no segment of the ecosystem", text), hint}
	}
	interval, err := parseShare(text, share)
	return graph.KnownReach{Segment: segment, Share: &interval, Basis: "claimed"}, err
}

// parseShare reads the share of a claim.
func parseShare(claim, share string) (graph.Interval, error) {
	interval, err := graph.ParseInterval(share)
	if err != nil || interval.Low < 0 || interval.High > 1 {
		return interval, &usageError{fmt.Sprintf("--reaches %s: %q is no share", claim, share), "write one such as 0.6, 60% or 0.4..0.6"}
	}
	return interval, nil
}

// freshPartner makes an id of a name that nothing else has.
func freshPartner(eco *graph.Ecosystem, name string) string {
	taken := map[string]bool{graph.FromVendor: true}
	for _, s := range eco.Sellers() {
		taken[s.ID] = true
	}
	base := strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}), "-")
	id := base
	for n := 2; id == "" || taken[id]; n++ {
		id = fmt.Sprintf("%s-%d", base, n)
	}
	return strings.TrimPrefix(id, "-")
}
