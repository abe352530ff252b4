package figure

import "testing"

func TestAdd(t *testing.T) {
	list, claim, none := Exact(3, "list"), Figure{1, 2, 4, "claimed"}, Exact(0, "reported")
	tests := []struct {
		name string
		got  Figure
		want Figure
	}{
		{"limits add up", list.Add(claim), Figure{4, 5, 7, "list + claimed"}},
		{"a basis is named once", list.Add(claim).Add(list), Figure{7, 8, 10, "list + claimed"}},
		{"nothing rests on nothing", list.Add(none), Figure{3, 3, 3, "list"}},
		{"the other way round", none.Add(list), Figure{3, 3, 3, "list"}},
		{"the first of a sum", Figure{}.Add(none), Figure{0, 0, 0, "reported"}},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, tt.got, tt.want)
		}
	}
}

func TestSellers(t *testing.T) {
	s := SellersOf(130, 0, 64, 129)
	u := s.Clone()
	u.Remove(64)
	u.Add(65)
	for _, tt := range []struct {
		set  Sellers
		p    int
		want bool
	}{{s, 0, true}, {s, 64, true}, {s, 129, true}, {s, 65, false}, {u, 64, false}, {u, 65, true}, {s.Union(u), 65, true}, {s, 4000, false}} {
		if got := tt.set.Has(tt.p); got != tt.want {
			t.Errorf("%v has %d: %v", tt.set, tt.p, got)
		}
	}
}
