package analysis

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/channelmap/channelmap/graph"
)

// disguise is a name of another partner, in lower case, and what stands for it in
// names and in ids.
type disguise struct{ word, name, id string }

// standInWords name a partner by its kind.
var standInWords = map[graph.Kind]string{
	graph.Marketplace: "marketplace", graph.Embed: "embedding partner", graph.Platform: "platform", graph.Reseller: "reseller",
	graph.Distributor: "distributor", graph.Integrator: "integrator", graph.Referral: "referral partner",
}

// disguise gives every seller of another partner a word that stands for it: "a
// reseller", or where several are told of "reseller 1", the one that reaches most
// first, since the order of the file and of the alphabet tell who is who.
func (s *Study) disguise(partner int) {
	r := s.shown
	var others []int
	for i, seller := range s.Sellers {
		switch seller.Partner {
		case partner:
			r.own[seller.ID] = true
			r.rank[seller.ID] = len(s.Sellers) + i
		case -1:
			r.rank[seller.ID] = i
		default:
			others = append(others, i)
		}
	}
	weights := s.weights()
	for _, i := range others {
		r.idle[s.Sellers[i].ID] = !s.today.Has(i) || weights[i] == 0 && !s.supplies(i)
	}
	idle := func(i int) bool { return r.idle[s.Sellers[i].ID] }
	slices.SortStableFunc(others, func(x, y int) int {
		return cmp.Or(compareTrue(!idle(x), !idle(y)), cmp.Compare(weights[y], weights[x]),
			cmp.Compare(standInWord(s.Ecosystem.Kind(s.Sellers[x])), standInWord(s.Ecosystem.Kind(s.Sellers[y]))))
	})
	taken := s.takenWords()
	of := map[string]int{}
	for _, i := range others {
		if !idle(i) {
			of[standInWord(s.Ecosystem.Kind(s.Sellers[i]))]++
		}
	}
	next := map[string]int{}
	for n, i := range others {
		word := standInWord(s.Ecosystem.Kind(s.Sellers[i]))
		ref := s.sellerRef(i)
		r.rank[ref.ID] = 2*len(s.Sellers) + n
		r.others[ref.ID] = standIn(ref, word, of[word] == 1, next, taken)
		r.addDisguises(&s.Sellers[i], &s.Ecosystem.Partners[s.Sellers[i].Partner], r.others[ref.ID])
	}
	slices.SortStableFunc(r.words, func(a, b disguise) int { return cmp.Compare(len(b.word), len(a.word)) })
	for _, c := range s.Ecosystem.Channels {
		r.channels[c.ID] = r.idOf(c.ID)
	}
	for id, ref := range r.others {
		ref.Channel = r.channels[ref.Channel]
		r.others[id] = ref
		r.rank[ref.ID] = r.rank[id]
	}
}

// compareTrue puts what holds first.
func compareTrue(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// weights are what sellers reach, of both audiences: for order alone.
func (s *Study) weights() []float64 {
	out := make([]float64, len(s.Sellers))
	for i := range s.Sellers {
		for _, a := range []graph.Audience{graph.Users, graph.Buyers} {
			for _, p := range s.partsOf(a) {
				out[i] += p.reach.Gross(i).Best
			}
		}
	}
	return out
}

func standInWord(k graph.Kind) string { return cmp.Or(standInWords[k], "partner") }

// takenWords are names and ids that stand for nothing else.
func (s *Study) takenWords() map[string]bool {
	taken := map[string]bool{}
	add := func(words ...string) {
		for _, w := range words {
			taken[strings.ToLower(w)] = true
		}
	}
	for _, seller := range s.Sellers {
		add(seller.ID, seller.Name)
	}
	for _, p := range s.Ecosystem.Partners {
		add(p.ID, p.Name)
		add(p.AKA...)
	}
	for _, seg := range s.Ecosystem.Segments {
		add(seg.ID, seg.Name)
	}
	return taken
}

// standIn is what stands for a seller: its kind and channel, and nothing else.
func standIn(ref SellerRef, word string, single bool, next map[string]int, taken map[string]bool) SellerRef {
	name, id := "", ""
	for ok := false; !ok; ok = !taken[name] && !taken[id] {
		next[word]++
		name = fmt.Sprintf("%s %d", word, next[word])
		id = strings.ReplaceAll(name, " ", "-")
	}
	if article := articleOf(word) + " " + word; single && !taken[article] {
		name = article
	}
	return SellerRef{ID: id, Name: name, Kind: ref.Kind, Channel: ref.Channel, Partner: ref.Partner}
}

func articleOf(word string) string {
	if strings.ContainsRune("aeiou", rune(word[0])) {
		return "an"
	}
	return "a"
}

// addDisguises takes in all names of a seller, to be found where channels and
// segments are called by them.
func (r *restriction) addDisguises(seller *graph.Seller, p *graph.Partner, as SellerRef) {
	for _, word := range append([]string{seller.ID, seller.Name, p.ID, p.Name}, p.AKA...) {
		if word = strings.ToLower(strings.TrimSpace(word)); word != "" {
			r.words = append(r.words, disguise{word, as.Name, as.ID})
		}
	}
}

// text writes a name that users chose without the names of other partners.
func (r *restriction) text(s string) string {
	return r.replace(s, func(d *disguise) string { return d.name })
}

// idOf is text for ids.
func (r *restriction) idOf(s string) string {
	return r.replace(s, func(d *disguise) string { return d.id })
}

func (r *restriction) replace(s string, by func(*disguise) string) string {
	for i := range r.words {
		d := &r.words[i]
		if !strings.Contains(strings.ToLower(s), d.word) {
			continue
		}
		whole := regexp.MustCompile(`(?i)(^|[^\pL\pN])` + regexp.QuoteMeta(d.word) + `($|[^\pL\pN])`)
		as := strings.ReplaceAll(by(d), "$", "$$")
		for range 2 { // two that share what is between them are found one after the other
			s = whole.ReplaceAllString(s, "${1}"+as+"${2}")
		}
	}
	return s
}
