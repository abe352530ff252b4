package list

import (
	"strings"
	"testing"

	"github.com/channelmap/channelmap/graph"
)

// TestKnownHeaders reads the headers of the systems that lists come from
// without any mapping.
func TestKnownHeaders(t *testing.T) {
	tests := []struct {
		name    string
		shape   Shape
		headers string
		want    string // key=header for each key served
		unused  string
	}{
		{"Crossbeam", Members, "record_id,record_name,record_website,partner_name,partner_record_name,partner_record_website,populations,partner_populations",
			"account=record_website name=record_name id=record_id partner=partner_name status=partner_populations",
			"partner_record_name partner_record_website populations"},
		{"Salesforce, API names", Members, "Id,Name,ParentId,Website,Industry,AnnualRevenue,BillingCountry,OwnerId",
			"account=Website name=Name id=Id parent=ParentId country=BillingCountry segment=Industry owner=OwnerId", "AnnualRevenue"},
		{"Salesforce, labels", Members, "Account ID,Account Name,Parent Account,Website,Industry,Annual Revenue,Billing Country,Account Owner,Type",
			"account=Website name=Account Name id=Account ID parent=Parent Account country=Billing Country segment=Industry status=Type owner=Account Owner", "Annual Revenue"},
		{"Salesforce opportunities", Deals, "Id,Name,AccountId,Amount,StageName,CloseDate,Probability,IsClosed,IsWon,LeadSource",
			"account=AccountId id=Id amount=Amount stage=StageName is_closed=IsClosed is_won=IsWon probability=Probability closes=CloseDate", "Name LeadSource"},
		{"Salesforce opportunities, labels", Deals, "Opportunity ID,Account Name,Stage,Closed,Won,Close Date",
			"account=Account Name id=Opportunity ID stage=Stage is_closed=Closed is_won=Won closes=Close Date", ""},
		{"HubSpot", Members, "name,domain,hs_additional_domains,lifecyclestage",
			"account=domain name=name aliases=hs_additional_domains status=lifecyclestage", ""},
		{"HubSpot, labels", Members, "Record ID,Company name,Company Domain Name,Lifecycle Stage",
			"account=Company Domain Name name=Company name id=Record ID status=Lifecycle Stage", ""},
		{"PartnerStack deals", Deals, "key,partner_key,group_key,account_name,amount,stage,source,close_date",
			"account=account_name id=key partner=partner_key amount=amount stage=stage closes=close_date", "group_key source"},
		{"PartnerStack customers", Members, "customer_key,name,email,partner_key", "user=email name=name id=customer_key partner=partner_key", ""},
		{"AWS Partner Central", Members, "opportunity_id,customer_company_name,opportunity_stage_name,opportunity_target_close_date,opportunity_country,opportunity_industry,currency",
			"name=customer_company_name country=opportunity_country segment=opportunity_industry status=opportunity_stage_name currency=currency date=opportunity_target_close_date deal=opportunity_id", ""},
		{"AWS Marketplace agreements", Members, "Subscriber company name,Offer ID,Agreement ID,CPPO flag,Product title,Reseller AWS account ID,Resale authorization ID",
			"name=Subscriber company name product=Product title deal=Agreement ID seller_of_record=Reseller AWS account ID", "Offer ID CPPO flag Resale authorization ID"},
		{"AWS Marketplace usage", Members, "end_user_company_name,end_user_email_domain", "account=end_user_email_domain name=end_user_company_name", ""},
		{"Microsoft Partner Center", Members, "Referral ID,Customer Name,Customer Country,Lead Source,Offer name,Lead value,Status",
			"name=Customer Name country=Customer Country product=Offer name status=Status amount=Lead value deal=Referral ID", "Lead Source"},
		{"a name beside its domain", Members, "Account,Domain,Country", "account=Domain name=Account country=Country", ""},
		{"an account beside its name", Members, "Account,Name,Website", "account=Account name=Name", "Website"},
		{"an account alone", Members, "Account,Country", "account=Account country=Country", ""},
		{"our own words", Registrations, "id,partner,account,product,scope,submitted,approved,expires,status",
			"account=account id=id partner=partner product=product status=status submitted=submitted approved=approved expires=expires scope=scope", ""},
		{"handoffs", Handoffs, "account,from,to,date,owner", "account=account date=date owner=owner from=from to=to", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p, err := newPlan(graph.ListSpec{}, test.shape)
			check(t, err)
			c, err := p.assign(graph.Place{}, strings.Split(test.headers, ","))
			check(t, err)
			var got, unused []string
			for k, i := range c.of {
				if i >= 0 {
					got = append(got, Key(k).String()+"="+c.headers[i])
				}
			}
			for _, i := range c.unused() {
				unused = append(unused, c.headers[i])
			}
			if s := strings.Join(got, " "); s != test.want {
				t.Errorf("served:\n got %s\nwant %s", s, test.want)
			}
			if s := strings.Join(unused, " "); s != test.unused {
				t.Errorf("unused: got %s, want %s", s, test.unused)
			}
		})
	}
}

// TestShapesNeedTheirOwnKeys keeps the tables of shapes and headers together.
func TestShapesNeedTheirOwnKeys(t *testing.T) {
	for name, s := range shapes {
		has := map[Key]bool{}
		for _, k := range s.keys {
			has[k] = true
		}
		for _, group := range s.needs {
			for _, k := range group {
				if !has[k] {
					t.Errorf("%s needs %s and does not have it", name, k)
				}
			}
		}
		for k := range recordHeaders[name] {
			if !has[k] {
				t.Errorf("%s has headers for %s and does not have it", name, k)
			}
		}
	}
	for k, name := range keyNames {
		if got, ok := ParseKey(name); !ok || got != Key(k) {
			t.Errorf("%s is read as %v, %v", name, got, ok)
		}
	}
}
