package main

// shiByName are accounts of the candidate's list without a website. The own list
// or CDW's has their name and their domain.
func (l *lumen) shiByName() []*account {
	crmByName := among(l.crmByName())
	known := func(a *account) bool { return l.listed(a) && !crmByName(a) }
	return draw(randomFor("shi by name"), keep(l.market, l.reaches("shi"), known), 430, 0)
}

// shiTwice are accounts that the candidate's list has in two rows.
func (l *lumen) shiTwice() []*account {
	return draw(randomFor("shi twice"), keep(l.market, l.reaches("shi"), not(among(l.shiByName()))), 35, 0)
}

// shiNamesakes are rows of the candidate whose name and country fit two accounts.
func (l *lumen) shiNamesakes() []*account {
	var several []*account
	for _, pair := range l.namesakes {
		if pair[0].country == pair[1].country {
			several = append(several, pair[0])
		}
	}
	return several
}

// shiList writes the candidate's spreadsheet: names, websites for most, a few
// rows twice. It says nothing of Lumen AI: all are SHI's own customers.
func shiList(l *lumen) ([]byte, error) {
	r := randomFor("shi list")
	rows := [][]any{{"Customer", "Website", "Industry", "Employees", "Country", "Account manager"}}
	add := func(a *account, site string) {
		rows = append(rows, []any{styled(r, a), site, a.industry, a.employees, a.country,
			pick(r, []string{"Team East", "Team Central", "Team West", "Team UK"})})
	}
	byName, twice := among(l.shiByName()), among(l.shiTwice())
	for _, a := range sorted(l.buyers["shi"]) {
		site := l.site(a)
		if byName(a) {
			site = ""
		}
		add(a, site)
		if twice(a) {
			add(a, a.domain)
		}
	}
	for _, a := range l.darkIn("shi") {
		add(a, "")
	}
	for _, a := range l.shiNamesakes() {
		add(a, "")
	}
	return workbook("Customers", rows)
}
