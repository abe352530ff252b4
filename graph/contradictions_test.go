package graph

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize/convex/lp"
)

// market builds an ecosystem of one segment from figures written as in a file,
// by the letters of the pathways: "a" for a reach, "ab" for an overlap.
func market(t *testing.T, figures map[string]string) Ecosystem {
	t.Helper()
	e := Ecosystem{
		Vendor:   "V",
		Segments: []Segment{{ID: "s", Audience: Buyers}},
		Channels: []Channel{{ID: "r", Kind: Reseller}},
		Lists:    []ListSpec{{File: "l.csv", Channel: "r"}},
	}
	for _, id := range []string{"a", "b", "c", "d"} {
		p := Partner{ID: id, Channel: "r"}
		if share := figures[id]; share != "" {
			p.Reaches = []KnownReach{{Segment: "s", Share: interval(t, share)}}
		}
		e.Partners = append(e.Partners, p)
	}
	for _, of := range []string{"ab", "ad", "bc", "ac", "bd", "cd", "abc", "abd", "acd", "bcd", "abcd"} {
		if share := figures[of]; share != "" {
			e.Overlaps = append(e.Overlaps, KnownOverlap{Between: strings.Split(of, ""), Segment: "s", Share: interval(t, share)})
		}
	}
	return e
}

func interval(t *testing.T, text string) *Interval {
	t.Helper()
	i, err := ParseInterval(text)
	if err != nil {
		t.Fatal(err)
	}
	return &i
}

func TestContradictions(t *testing.T) {
	for _, test := range []struct {
		name    string
		figures map[string]string
		want    []string // parts of the only sentence; none where the figures hold
	}{
		{"a tree of overlaps", map[string]string{"a": ".40", "b": ".30", "c": ".20", "ab": ".20", "bc": ".05"}, nil},
		{"all pairs", map[string]string{"a": ".40", "b": ".30", "c": ".20", "ab": ".20", "ac": ".10", "bc": ".05"}, nil},
		{"overlap above a reach", map[string]string{"a": "40%", "b": "60%", "ab": "45%"},
			[]string{"these 2 figures", "a 40%, a and b 45%", "smallest correction: 5 points, e.g. a and b 45% -> 40%"}},
		{"within rounding", map[string]string{"a": "40%", "b": "60%", "ab": "41%"}, nil},
		{"just beyond rounding", map[string]string{"a": "40.0%", "b": "60%", "ab": "41%"}, []string{"1 point,"}},
		{"overlap too small", map[string]string{"a": "70%", "b": "80%", "ab": "30%"},
			[]string{"these 3 figures", "a 70%, b 80%, a and b 30%", "20 points, e.g. a and b 30% -> 50%"}},
		{"meeting in the second (i)", map[string]string{"a": ".50", "b": ".50", "c": ".50", "ab": ".50", "bc": ".50", "ac": ".10"},
			[]string{"these 4 figures", "b 50%, a and b 50%, a and c 10%, b and c 50%", "40 points, e.g. b and c 50% -> 10%"}},
		{"the same without reach", map[string]string{"ab": "80%", "bc": "80%", "ac": "10%"},
			[]string{"these 3 figures", "50 points"}},
		{"too little overlap in sum (ii)", map[string]string{"a": ".60", "b": ".60", "c": ".60", "ab": ".20", "bc": ".20", "ac": ".20"},
			[]string{"these 6 figures", "20 points"}},
		{"too little overlap in sum (iii)", map[string]string{"a": ".400", "b": ".400", "c": ".400", "ab": ".050", "bc": ".050", "ac": ".050"},
			[]string{"these 6 figures", "5 points", "5% -> 10%"}},
		{"limits that leave room", map[string]string{"a": "40%..50%", "b": "60%", "ab": "45%"}, nil},
		{"limits that leave none", map[string]string{"a": "30%..40%", "b": "60%", "ab": "45%..50%"},
			[]string{"a 30%..40%, a and b 45%..50%", "5 points, e.g. a and b 45%..50% -> 40%..50%"}},
		{"three above two", map[string]string{"ab": "10%", "abc": "20%"}, []string{"a and b 10%, a, b and c 20%"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := New(market(t, test.figures))
			if test.want == nil {
				if err != nil {
					t.Errorf("refused: %v", err)
				}
				return
			}
			var problems *Problems
			if !errors.As(err, &problems) || len(problems.List) != 1 {
				t.Fatalf("want one problem, got %v", err)
			}
			for _, part := range test.want {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q is not in: %v", part, err)
				}
			}
		})
	}
}

// Exact figures of three pathways: the verdict is that of the linear program
// over all eight combinations. Eighths are exact in binary, so that the simplex
// method does not stumble over its own rounding.
func TestContradictionsAreCompleteForThree(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 8))
	sets := []string{"a", "b", "c", "ab", "ac", "bc"}
	refused := 0
	const trials = 1500
	for range trials {
		figures, values := map[string]string{}, map[string]float64{}
		for _, of := range sets {
			if random.IntN(4) == 0 {
				continue
			}
			most := 9
			if len(of) == 2 {
				most = 6
			}
			values[of] = float64(random.IntN(most)) / 8
			figures[of] = plain(values[of])
		}
		e := market(t, figures)
		exactly(&e)
		_, err := New(e)
		if possible := feasible(t, sets, values); (err == nil) != possible {
			t.Fatalf("figures %v: possible %v, but the check says %v", figures, possible, err)
		}
		if err != nil {
			refused++
		}
	}
	if refused < trials/10 || refused > trials*9/10 {
		t.Errorf("%d of %d refused: the trial shows little", refused, trials)
	}
}

// exactly takes the rounding from all figures.
func exactly(e *Ecosystem) {
	for i := range e.Partners {
		for j := range e.Partners[i].Reaches {
			e.Partners[i].Reaches[j].Share.Decimals = 0
		}
	}
	for i := range e.Overlaps {
		e.Overlaps[i].Share.Decimals = 0
	}
}

// feasible asks gonum whether shares of the combinations of a, b and c exist
// that add up to the values.
func feasible(t *testing.T, sets []string, values map[string]float64) bool {
	t.Helper()
	rows, b := [][]float64{{1, 1, 1, 1, 1, 1, 1, 1}}, []float64{1}
	for _, of := range sets {
		v, known := values[of]
		if !known {
			continue
		}
		row := make([]float64, 8)
		for x := range row {
			in := true
			for _, letter := range of {
				in = in && x&(1<<(letter-'a')) != 0
			}
			if in {
				row[x] = 1
			}
		}
		rows, b = append(rows, row), append(b, v)
	}
	a := mat.NewDense(len(rows), 8, nil)
	for i, row := range rows {
		a.SetRow(i, row)
	}
	_, _, err := lp.Simplex(make([]float64, 8), a, b, 1e-10, nil)
	if err != nil && !errors.Is(err, lp.ErrInfeasible) {
		t.Fatalf("simplex: %v for %v", err, values)
	}
	return err == nil
}

// Figures counted in a real population and rounded as people round them never
// contradict one another.
func TestTrueFiguresDoNotContradict(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 5))
	for range 500 {
		members := 20 + random.IntN(400)
		counts := map[int]int{}
		for range members {
			few, more := random.IntN(16)&random.IntN(16), random.IntN(16)&random.IntN(16)
			counts[few|more]++
		}
		figures := map[string]string{}
		for set := 1; set < 16; set++ {
			if random.IntN(3) == 0 {
				continue
			}
			name, in := "", 0
			for i := range 4 {
				if set&(1<<i) != 0 {
					name += string(rune('a' + i))
				}
			}
			for x, n := range counts {
				if x&set == set {
					in += n
				}
			}
			decimals := 1 + random.IntN(3)
			share := float64(in) / float64(members)
			figures[name] = fmt.Sprintf("%.*f", decimals, math.Round(share*math.Pow10(decimals))/math.Pow10(decimals))
		}
		if _, err := New(market(t, figures)); err != nil {
			t.Fatalf("%d members, figures %v: %v", members, figures, err)
		}
	}
}

// A correction that is offered is one after which the figures hold.
func TestCorrectionsHold(t *testing.T) {
	figures := map[string]string{"a": "60%", "b": "60%", "c": "60%", "ab": "20%", "bc": "20%", "ac": "20%"}
	_, err := New(market(t, figures))
	if err == nil || !strings.Contains(err.Error(), "e.g. b and c 20% -> 40%") {
		t.Fatalf("no correction of the last overlap: %v", err)
	}
	figures["bc"] = "40%"
	if _, err := New(market(t, figures)); err != nil {
		t.Errorf("the correction is refused: %v", err)
	}
}
