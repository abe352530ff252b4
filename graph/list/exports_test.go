package list

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/channelmap/channelmap/graph"
)

// export is a file of testdata/exports, as a system writes it, with what it must
// be read as where nothing is mapped.
type export struct {
	file, what string // what tells two readings of one file apart
	shape      Shape
	own        bool
	headers    string   // key=header of each key that is served, in the order of the keys
	unused     string   // headers that serve nothing, in the order of the file
	rows       []string // row, whose it is, and the statuses or stages; see exportRow
	notices    []string
}

var exports = []export{
	{
		file: "crossbeam-overlap.csv", shape: Members,
		headers: "account=record_website name=record_name id=record_id partner=partner_name status=partner_populations",
		unused:  "partner_record_name partner_record_website populations",
		rows: []string{
			"2 alder.example 001Hp00002AAAA1IAP, Northwind: relationship", // its customers are its own
			"3 birch.example 001Hp00002AAAA2IAP, Northwind: target",
			"4 https://www.cedar.example/ 001Hp00002AAAA3IAP, Contoso Cloud: relationship", // the stronger of two populations
			"5 dogwood.example 001Hp00002AAAA4IAP, Contoso Cloud: relationship",
			"6 elm.example 001Hp00002AAAA5IAP, Fabrikam: unknown", // a population of their own making
			"7 fir.example 001Hp00002AAAA6IAP, Northwind: none",
		},
	},
	{
		file: "salesforce-account.csv", shape: Members, own: true,
		headers: "account=Website name=Name id=Id parent=ParentId country=BillingCountry segment=Industry status=Type owner=OwnerId",
		unused:  "AnnualRevenue",
		rows: []string{
			"2 https://alder.example 001Hp00002AAAA1IAP: customer",
			"3 birch.example 001Hp00002AAAA2IAP: target",
			"4 www.cedar.example 001Hp00002AAAA3IAP: customer",
			"5 dogwood.example 001Hp00002AAAA4IAP: none",
			"6 elm.example 001Hp00002AAAA5IAP: target", // a partner of ours is no customer by that
			"7 fir.example 001Hp00002AAAA6IAP: target",
			"8 gorse.example 001Hp00002AAAA7IAP: unknown",
		},
	},
	{
		file: "salesforce-accounts-report.csv", shape: Members, own: true,
		headers: "account=Website name=Account Name id=Account ID parent=Parent Account country=Billing Country employees=Employees segment=Industry status=Type owner=Account Owner last_seen=Last Activity",
		unused:  "Annual Revenue",
		rows: []string{
			"2 alder.example 001Hp00002AAAA1: customer",
			"3 birch.example 001Hp00002AAAA2: target",
			"4 cedar.example 001Hp00002AAAA3: customer",
			"5 dogwood.example 001Hp00002AAAA4: target",
			"6 elm.example 001Hp00002AAAA5: target",
		},
		notices: []string{"footer-row 2 8 9"},
	},
	{
		file: "salesforce-opportunity.csv", shape: Deals,
		headers: "account=AccountId id=Id amount=Amount stage=StageName is_closed=IsClosed is_won=IsWon probability=Probability closes=CloseDate",
		unused:  "Name LeadSource",
		rows: []string{
			"2 001Hp00002AAAA1IAP 006Hp00001CCCC1IAP: customer 45000 2026-06-30",
			"3 001Hp00002AAAA2IAP 006Hp00001CCCC2IAP: open 12000.5 2027-01-15",
			"4 001Hp00002AAAA3IAP 006Hp00001CCCC3IAP: open 88000 2026-12-20",
			"5 001Hp00002AAAA4IAP 006Hp00001CCCC4IAP: open 150000 2027-03-31",
			"6 001Hp00002AAAA5IAP 006Hp00001CCCC5IAP: target 2026-04-01",
			"7 001Hp00002AAAA6IAP 006Hp00001CCCC6IAP: open 61000 2027-02-28",
			"8 001Hp00002AAAA1IAP 006Hp00001CCCC7IAP: customer 30000 2026-09-01", // stages of the company's own
			"9 001Hp00002AAAA3IAP 006Hp00001CCCC8IAP: target 5000 2026-08-01",
			"10 001Hp00002AAAA4IAP 006Hp00001CCCC9IAP: open 9000 2027-01-31",
		},
	},
	{
		file: "salesforce-opportunities-report.csv", shape: Deals,
		headers: "account=Account Name id=Opportunity ID amount=Amount currency=Amount Currency owner=Opportunity Owner stage=Stage probability=Probability (%) opened=Created Date closes=Close Date last_activity=Last Activity",
		unused:  "Opportunity Name Lead Source Type",
		rows: []string{
			"2 Alder Foods 006Hp00001CCCC1: customer 45000 USD 2026-06-30",
			"3 Birch Logistics 006Hp00001CCCC2: open 12000.5 EUR 2027-01-15",
			"4 Cedar Health 006Hp00001CCCC3: open 88000 USD 2026-12-20",
			"5 Dogwood Bank 006Hp00001CCCC4: open 150000 GBP 2027-03-31",
			"6 Elm Robotics, Ltd 006Hp00001CCCC5: target 0 GBP 2026-04-01",
		},
		notices: []string{"footer-row 2 9 10", "totals-row 1 7"},
	},
	{
		file: "salesforce-opportunitypartner.csv", shape: Credits,
		headers: "role=Role deal=OpportunityId payee=AccountToId",
		unused:  "Id IsPrimary",
		rows: []string{
			"2 deal 006Hp00001CCCC1IAP for 001Hp00002PPPP1IAP: transact",
			"3 deal 006Hp00001CCCC1IAP for 001Hp00002PPPP2IAP: deliver",
			"4 deal 006Hp00001CCCC2IAP for 001Hp00002PPPP1IAP: transact",
			"5 deal 006Hp00001CCCC3IAP for 001Hp00002PPPP3IAP: deliver",
			"6 deal 006Hp00001CCCC4IAP for 001Hp00002PPPP2IAP: unknown role",
		},
	},
	{
		file: "hubspot-companies.csv", shape: Members, own: true,
		headers: "account=domain name=name id=hs_object_id aliases=hs_additional_domains parent=hs_parent_company_id country=country employees=numberofemployees segment=industry status=lifecyclestage owner=hubspot_owner_id",
		unused:  "annualrevenue",
		rows: []string{
			"2 alder.example 8801001: customer",
			"3 birch.example 8801002: open",
			"4 cedar.example 8801003: customer",
			"5 dogwood.example 8801004: target",
			"6 elm.example 8801005: target",
			"7 fir.example 8801006: target",
			"8 gorse.example 8801007: target",
			"9 hazel.example 8801008: target",
			"10 ivy.example 8801009: none",
		},
	},
	{
		file: "hubspot-companies-labels.csv", shape: Members, own: true,
		headers: "account=Company Domain Name name=Company name id=Record ID aliases=Additional Domains parent=Parent Company country=Country/Region employees=Number of Employees segment=Industry status=Lifecycle Stage owner=Company owner last_seen=Last Activity Date",
		unused:  "Annual Revenue",
		rows: []string{
			"2 alder.example 8801001: customer",
			"3 birch.example 8801002: open",
			"4 dogwood.example 8801004: target",
			"5 elm.example 8801005: target",
			"6 gorse.example 8801007: target",
		},
	},
	{
		file: "partnerstack-deals.csv", shape: Deals,
		headers: "account=account_name id=key partner=partner_key amount=amount stage=stage closes=close_date",
		unused:  "group_key source",
		rows: []string{
			"2 Alder Foods deal_7Q1a, northwind: customer 4500000 2026-05-14",
			"3 Birch Logistics deal_7Q1b, northwind: open 1200000 2027-01-31",
			"4 Cedar Health deal_7Q1c, fabrikam: open 800000 2026-12-31",
			"5 Dogwood Bank deal_7Q1d, fabrikam: open 2027-02-15",
			"6 Elm Robotics, Ltd deal_7Q1e, tailspin: target 300000 2026-03-01",
		},
	},
	{
		file: "partnerstack-deals.csv", what: " as a list", shape: Members,
		headers: "name=account_name partner=partner_key status=stage amount=amount date=close_date",
		unused:  "key group_key source",
		rows: []string{
			"2 Alder Foods, northwind: customer 4500000",
			"3 Birch Logistics, northwind: open 1200000",
			"4 Cedar Health, fabrikam: open 800000",
			"5 Dogwood Bank, fabrikam: open",
			"6 Elm Robotics, Ltd, tailspin: target 300000",
		},
	},
	{
		file: "partnerstack-customers.csv", shape: Members,
		headers: "user=email name=name id=customer_key partner=partner_key",
		rows: []string{
			"2 Alder Foods it@alder.example cus_1001, northwind: none",
			"3 Birch Logistics ops@birch.example cus_1002, northwind: none",
			"4 Cedar Health cio@cedar.example cus_1003, fabrikam: none",
			"5 Gorse Media hello@gorse.example cus_1004, tailspin: none",
			"6 Hazel Insurance buy@hazel.example cus_1005, tailspin: none",
		},
	},
	{
		file: "aws-partner-central-pipeline.csv", shape: Deals,
		headers: "account=customer_company_name id=opportunity_id currency=currency stage=opportunity_stage_name closes=opportunity_target_close_date",
		unused:  "opportunity_country opportunity_industry",
		rows: []string{
			"2 Alder Foods Inc. O1000001: customer USD 2026-05-30",
			"3 Birch Logistics GmbH O1000002: open EUR 2027-01-31",
			"4 Cedar Health O1000003: open USD 2026-12-15",
			"5 Dogwood Bank plc O1000004: open GBP 2026-11-30",
			"6 Elm Robotics O1000005: open GBP 2027-03-01",
			"7 Fir Energy O1000006: open EUR 2027-06-30",
			"8 Gorse Media O1000007: target USD 2026-08-31",
		},
	},
	{
		file: "aws-partner-central-pipeline.csv", what: " as a list", shape: Members,
		headers: "name=customer_company_name country=opportunity_country segment=opportunity_industry status=opportunity_stage_name currency=currency date=opportunity_target_close_date deal=opportunity_id",
		rows: []string{
			"2 Alder Foods Inc.: customer USD deal O1000001",
			"3 Birch Logistics GmbH: open EUR deal O1000002",
			"4 Cedar Health: open USD deal O1000003",
			"5 Dogwood Bank plc: open GBP deal O1000004",
			"6 Elm Robotics: open GBP deal O1000005",
			"7 Fir Energy: target EUR deal O1000006",
			"8 Gorse Media: target USD deal O1000007",
		},
	},
	{
		file: "aws-marketplace-agreements.csv", shape: Members,
		headers: "name=Subscriber company name product=Product title deal=Agreement ID seller_of_record=Reseller AWS account ID",
		unused:  "Offer ID CPPO flag Resale authorization ID",
		rows: []string{
			"2 Alder Foods: none deal agmt-1a2b3c4d5e6f7a8b",
			"3 Cedar Health: none deal agmt-1a2b3c4d5e6f7a8c sold by 111122223333",
			"4 Dogwood Bank: none deal agmt-1a2b3c4d5e6f7a8d sold by 111122223333",
			"5 Gorse Media: none deal agmt-1a2b3c4d5e6f7a8e",
			"6 Hazel Insurance: none deal agmt-1a2b3c4d5e6f7a8f sold by 444455556666",
		},
	},
	{
		file: "aws-marketplace-agreements.csv", what: " as offers", shape: Offers,
		headers: "account=Subscriber company name id=Offer ID product=Product title seller_of_record=Reseller AWS account ID",
		unused:  "Agreement ID CPPO flag Resale authorization ID",
		rows: []string{
			"2 Alder Foods offer-a1b2c3d4e5f61: none",
			"3 Cedar Health offer-a1b2c3d4e5f62: none sold by 111122223333",
			"4 Dogwood Bank offer-a1b2c3d4e5f63: none sold by 111122223333",
			"5 Gorse Media offer-a1b2c3d4e5f64: none",
			"6 Hazel Insurance offer-a1b2c3d4e5f65: none sold by 444455556666",
		},
	},
	{
		file: "aws-marketplace-usage.csv", shape: Members,
		headers: "account=end_user_email_domain name=end_user_company_name",
		rows: []string{
			"2 alder.example: none", "3 cedar.example: none", "4 dogwood.example: none",
			"5 gorse.example: none", "6 ivy.example: none",
		},
	},
	{
		file: "microsoft-partner-center-leads.csv", shape: Members,
		headers: "name=Customer Name country=Customer Country product=Offer name status=Status amount=Lead value deal=Referral ID",
		unused:  "Lead Source",
		rows: []string{
			"2 Alder Foods: customer 45000 deal f3a1c0de-0001-4a6b-9c11-000000000001",
			"3 Birch Logistics: unknown 8500 deal f3a1c0de-0002-4a6b-9c11-000000000002", // New: of an account, or of a deal?
			"4 Cedar Health: unknown deal f3a1c0de-0003-4a6b-9c11-000000000003",         // Active: a customer, or a lead?
			"5 Elm Robotics: open 19000 deal f3a1c0de-0004-4a6b-9c11-000000000004",
			"6 Fir Energy: target 3000 deal f3a1c0de-0005-4a6b-9c11-000000000005",
			"7 Hazel Insurance: target deal f3a1c0de-0006-4a6b-9c11-000000000006",
			"8 Ivy Schools: target deal f3a1c0de-0007-4a6b-9c11-000000000007",
		},
	},
}

// TestExports reads the exports of other systems without any mapping.
func TestExports(t *testing.T) {
	for _, e := range exports {
		t.Run(e.file+e.what, func(t *testing.T) {
			rows, sum, err := collect(filepath.Join("testdata", "exports"), graph.ListSpec{File: e.file, Own: e.own}, Options{Shape: e.shape})
			check(t, err)
			f := sum.Files[0]
			var served []string
			for _, k := range slices.Sorted(maps.Keys(f.Headers)) {
				served = append(served, k.String()+"="+f.Headers[k])
			}
			equal(t, "headers", served, splitServed(e.headers))
			equal(t, "unused", []string{strings.Join(f.Unused, " ")}, []string{e.unused})
			var got []string
			for i := range rows {
				got = append(got, exportRow(t, e.shape, &rows[i]))
			}
			equal(t, "rows", got, e.rows)
			equal(t, "notices", slices.Sorted(slices.Values(codes(sum))), append([]string{}, e.notices...))
			if f.Rows != len(e.rows) {
				t.Errorf("%d rows are counted, want %d", f.Rows, len(e.rows))
			}
		})
	}
}

// splitServed parts "key=header key=header": headers hold spaces, keys do not.
func splitServed(s string) []string {
	var out []string
	for _, word := range strings.Split(s, " ") {
		key, _, cut := strings.Cut(word, "=")
		if _, ok := ParseKey(key); ok && cut {
			out = append(out, word)
		} else {
			out[len(out)-1] += " " + word
		}
	}
	return out
}

// exportRow writes what a row says: whose it is, then how far the parties are,
// then its money and dates.
func exportRow(t *testing.T, shape Shape, r *Row) string {
	t.Helper()
	who := r.Get(Account)
	if who == "" {
		who = r.Get(Name)
	}
	for _, k := range []Key{User, ID} {
		who += prefixed(" ", r.Get(k))
	}
	who += prefixed(", ", r.Get(Partner))
	if shape == Credits {
		who = "deal " + r.Get(Deal) + " for " + r.Get(Payee)
	}
	out := strings.TrimPrefix(r.Place.String(), r.Place.File+" row ") + " " + who + ": " + exportStatus(shape, r)
	if r.Get(Amount) != "" {
		amount, err := r.Number(Amount)
		check(t, err)
		out += " " + amount.String()
	}
	out += prefixed(" ", r.Get(Currency))
	if r.Get(Closes) != "" {
		closes, err := r.Date(Closes)
		check(t, err)
		out += " " + closes.String()
	}
	if shape != Credits {
		out += prefixed(" deal ", r.Get(Deal))
	}
	return out + prefixed(" sold by ", r.Get(SellerOfRecord))
}

// exportStatus is the status of a member, the stage of a deal or the role of a
// party to one.
func exportStatus(shape Shape, r *Row) string {
	if shape == Credits {
		if roles, ok := r.Roles(); ok {
			return string(roles[0])
		}
		return "unknown role"
	}
	status, ok := r.Status()
	if shape == Deals {
		status, ok = ParseDeal(r.Get(Stage), r.Get(IsClosed), r.Get(IsWon)), true
	}
	switch {
	case !ok:
		return "unknown"
	case status == "":
		return "none"
	default:
		return string(status)
	}
}

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

// TestEveryExportIsRead keeps the folder and the table together.
func TestEveryExportIsRead(t *testing.T) {
	entries, err := os.ReadDir(filepath.Join("testdata", "exports"))
	check(t, err)
	for _, entry := range entries {
		if !slices.ContainsFunc(exports, func(e export) bool { return e.file == entry.Name() }) {
			t.Errorf("no test reads %s", entry.Name())
		}
	}
}

// TestTurnoverIsNoValue holds that the customer's own turnover serves no key by
// itself, and is refused, with the reason, where it is mapped as money.
func TestTurnoverIsNoValue(t *testing.T) {
	headers := []string{"AnnualRevenue", "Annual Revenue", "annualrevenue", "annual_revenue", "Annual Revenue (converted)", "Account.AnnualRevenue"}
	const reason = "that is the customer's own yearly turnover, not what the account is worth to you; map a column with your margin or sales"
	for _, h := range headers {
		content := "Website,Name,Type," + h + "\nalder.example,Alder,Customer,480000000\n"
		rows, _ := readText(t, content, graph.ListSpec{Own: true})
		equal(t, h, show(rows), []string{"2 account=alder.example name=Alder status=Customer"})
		for _, k := range []Key{Value, Amount} {
			_, _, err := collect(folder(t, map[string]string{"crm.csv": content}), graph.ListSpec{File: "crm.csv", Own: true, Columns: columnsOf(k.String(), h)}, Options{})
			if err == nil || !strings.Contains(err.Error(), "crm.csv: columns: "+k.String()+" cannot be") || !strings.HasSuffix(err.Error(), reason) {
				t.Errorf("%s as %s: %v", h, k, err)
			}
		}
	}
	for _, h := range []string{"Our annual revenue", "Revenue", "Expected Margin"} {
		rows, _ := readText(t, "Website,"+h+"\nalder.example,9000\n", graph.ListSpec{Own: true, Columns: columnsOf("value", h)})
		equal(t, h, show(rows), []string{"2 account=alder.example value=9000"})
	}
}
