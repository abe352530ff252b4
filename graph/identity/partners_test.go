package identity

import (
	"reflect"
	"slices"
	"testing"

	"github.com/channelmap/channelmap/graph"
)

func TestPartners(t *testing.T) {
	e := &graph.Ecosystem{Partners: []graph.Partner{
		{ID: "cdw", Name: "CDW", AKA: []string{"CDW Corporation", "CDW LLC", "CDW", " "}},
		{ID: "cdw-uk", Name: "CDW Limited", AKA: []string{"Kelway"}},
		{ID: "kelway", Name: "Kelway Ltd", AKA: []string{"CDW  limited", "PK-17"}},
	}}
	partners, problems := NewPartners(e)
	for cell, want := range map[string]PartnerMatch{
		"cdw":               {One, 0, nil},
		" Cdw\u00a0llc ":    {One, 0, nil},
		"CDW-UK":            {One, 1, nil},
		"pk-17":             {One, 2, nil},
		"CDW Limited":       {Several, -1, []int{1, 2}},
		"KELWAY":            {One, 2, nil}, // an id comes before a spelling
		"CDW Ltd":           {None, -1, nil},
		"":                  {None, -1, nil},
		"CDW, LLC":          {None, -1, nil},
		"Nobody in the map": {None, -1, nil},
	} {
		if got := partners.Find(cell); !reflect.DeepEqual(got, want) {
			t.Errorf("Find(%q) = %v, want %v", cell, got, want)
		}
	}
	want := []string{
		`partner-spelling: "cdw limited" is a spelling of the partners cdw-uk, kelway; rows that say it belong to none of them: take it from all but one []`,
		`partner-spelling: "kelway" is a spelling of the partners kelway, cdw-uk; it is taken as the id of kelway []`,
	}
	if got := problemTexts(problems); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// A partner's id at Salesforce is the same in both its forms, and in no other case.
func TestPartnersByRecordID(t *testing.T) {
	partners, problems := NewPartners(&graph.Ecosystem{Partners: []graph.Partner{
		{ID: "cdw", Name: "CDW", AKA: []string{"001Hp00002PPPP1IAP"}},
		{ID: "shi", Name: "SHI", AKA: []string{"001Hp00002PPPP2", "001Hp00002PPPP2IAP"}},
		{ID: "kelway", Name: "Kelway", AKA: []string{"001Hp00002PPPp1IAH"}},
	}})
	if problems != nil {
		t.Errorf("got problems %v", problems)
	}
	for cell, want := range map[string]int{
		"001Hp00002PPPP1": 0, "001Hp00002PPPP1IAP": 0, "001Hp00002PPPP2": 1, "001Hp00002PPPP2IAP": 1,
		"001Hp00002PPPp1": 2, "001Hp00002PPPp1IAH": 2, "001Hp00002PPPP1IAQ": -1, "001Hp00002pppP1": -1,
	} {
		if got := partners.Find(cell).Partner; got != want {
			t.Errorf("Find(%q) = %d, want %d", cell, got, want)
		}
	}
}

func TestGCloudSuppliersStayApart(t *testing.T) {
	_, suppliers := readGCloud(t)
	e := &graph.Ecosystem{}
	for name := range suppliers {
		e.Partners = append(e.Partners, graph.Partner{ID: FoldSpelling(name), Name: name})
	}
	partners, problems := NewPartners(e)
	found := map[int]bool{}
	for name := range suppliers {
		found[partners.Find(name).Partner] = true
	}
	if len(found) != 343 || found[-1] || len(problems) > 0 {
		t.Errorf("%d suppliers, want 343; %v", len(found), problems)
	}
}
