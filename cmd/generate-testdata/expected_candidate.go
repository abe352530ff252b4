package main

// candidateFigures sorts the candidate's accounts into those that somebody
// reaches as buyers, openings, those known by their users alone, and new ones.
func (l *lumen) candidateFigures() candidateFigure {
	var f candidateFigure
	exempt, withUsers := among(l.exempt), l.withUsers()
	for a := range l.buyers["shi"] {
		f.Accounts++
		if l.reaches("field")(a) {
			f.ReachedDirect++
		}
		if inClause(a) && !exempt(a) {
			f.InsideClause++
		}
		switch {
		case l.reached(a):
			f.AlreadyReached++
		case l.has("field", target)(a):
			f.Openings++
		case withUsers[a]:
			f.UsersOnly++
		default:
			f.NewToUs++
		}
	}
	return f
}

// withUsers are the organisations behind users.
func (l *lumen) withUsers() map[*account]bool {
	orgs := map[*account]bool{}
	for _, people := range l.people {
		for p := range people {
			orgs[p.org] = true
		}
	}
	for _, crowds := range l.crowds {
		for a := range crowds {
			orgs[a] = true
		}
	}
	return orgs
}

// listFigures counts the rows of lists that have names without domains.
func (l *lumen) listFigures() map[string]listFigures {
	unresolved := len(l.darkIn("aws")) + len(l.namesakes)
	aws, azure := len(l.buyers["aws"]), len(l.buyers["azure"])
	return map[string]listFigures{
		"crm.csv":            {ByName: len(l.crmByName()), Unresolved: len(l.darkIn("crm"))},
		"aws-agreements.csv": {Rows: aws + unresolved, ByName: aws, Unresolved: unresolved},
		"azure-leads.csv":    {Rows: azure + len(l.darkIn("azure")), ByName: azure, Unresolved: len(l.darkIn("azure"))},
		"shi.xlsx":           l.candidateRows(),
	}
}

// candidateRows counts rows: an account that is there twice counts twice.
func (l *lumen) candidateRows() listFigures {
	f := listFigures{ByName: len(l.shiByName()), Unresolved: len(l.darkIn("shi")) + len(l.shiNamesakes())}
	byName, twice := among(l.shiByName()), among(l.shiTwice())
	for a := range l.buyers["shi"] {
		rows := 1
		if twice(a) {
			rows = 2
		}
		switch {
		case byName(a):
		case l.reached(a), l.has("field", target)(a):
			f.ByDomain += rows
		default:
			f.NewDomains += rows
		}
	}
	f.Rows = f.ByDomain + f.ByName + f.NewDomains + f.Unresolved
	return f
}
