package render

// mix tells over which kind of relationship each audience is reached.
func (a auditReport) mix(r *textReport) {
	t := newTextTable("", "equity", "members", "share of net", "pathways")
	t.columns[1].kind = names
	for _, x := range a.Audiences {
		for i, m := range x.Mix {
			name := ""
			if i == 0 {
				name = titleOf(x.Audience)
			}
			t.add(nameCell(name), nameCell(wordFor(mixWords, m.Equity)), estimateCell(m.Members),
				shareCell(m.Share), countCell(m.Sellers))
		}
	}
	if len(t.rows) > 0 {
		r.heading("Mix of reach, depth and power, by fair share")
		r.table(t)
	}
}

func (a auditReport) teams(r *textReport) {
	if len(a.Teams) == 0 {
		return
	}
	r.heading("Teams that the pathways of today need, in people")
	t := newTextTable("team", "present", "needed", "pathways", "of them without\na stated need")
	for _, m := range a.Teams[:min(mostRows, len(a.Teams))] {
		present := cell{text: "not stated"}
		if m.Present != nil {
			present = cell{text: plainNumber(*m.Present)}
		}
		t.add(nameCell(m.Team), present, cell{text: plainNumber(m.Needed)}, countCell(m.Sellers), countCell(m.Unstated))
	}
	r.table(t)
	r.rest(len(a.Teams))
}

func (a auditReport) owners(r *textReport) {
	if len(a.Owners) == 0 || len(a.Owners) == 1 && a.Owners[0].Owner == "" {
		return
	}
	r.heading("Partners by owner")
	t := newTextTable("owner", "partners", "working today")
	for _, o := range a.Owners[:min(mostRows, len(a.Owners))] {
		name := o.Owner
		if name == "" {
			name = "(nobody)"
		}
		t.add(nameCell(name), countCell(o.Partners), countCell(o.Working))
	}
	r.table(t)
	r.rest(len(a.Owners))
}

func (a auditReport) suppliers(r *textReport) {
	if len(a.Suppliers) == 0 {
		return
	}
	r.heading("Reach over sellers that a supplier alone supplies, lost without it")
	t := newTextTable("supplier", "audience", "pathways", "members")
	t.columns[1].kind = names
	for _, d := range a.Suppliers[:min(mostRows, len(a.Suppliers))] {
		t.add(sellerCell(d.Supplier), nameCell(string(d.Audience)), countCell(len(d.Dependent)), figureCell(d.Members))
	}
	r.table(t)
	r.rest(len(a.Suppliers))
}
