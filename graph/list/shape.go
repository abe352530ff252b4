package list

// shape tells which keys the rows of a file have.
type shape struct {
	keys []Key
	// needs are the keys that the file must have: one at least of each group.
	needs [][]Key
}

// shapes are the lists and records of the input, with the keys in the order in
// which the input's documentation names them.
var shapes = map[Shape]shape{
	Members: {
		keys: []Key{Account, User, Name, ID, Aliases, Parent, Country, Employees, Segment, Partner,
			Channel, Product, Role, Status, Value, Amount, Currency, Date, Owner, LastSeen, Plan,
			Deal, SellerOfRecord, Via, SourcedBy},
		needs: [][]Key{{Account, User, Name, ID}},
	},
	AliasRows:     {[]Key{Alias, Account, Reason, DecidedBy}, [][]Key{{Alias}, {Account}}},
	ParentRows:    {[]Key{Account, Parent}, [][]Key{{Account}, {Parent}}},
	NamedAccounts: {[]Key{Account, Owner, From, Until}, [][]Key{{Account}}},
	Deals: {
		keys: []Key{ID, Account, Channel, Partner, Product, Stage, IsClosed, IsWon, Amount, Currency, Probability,
			Opened, Closes, LastActivity, Owner, SellerOfRecord, SourcedBy},
		needs: [][]Key{{Account}},
	},
	Registrations: {
		keys:  []Key{ID, Partner, Account, Product, Scope, Submitted, Approved, Expires, Status},
		needs: [][]Key{{Partner}, {Account}},
	},
	Offers: {
		keys:  []Key{ID, Account, Product, SellerOfRecord, Marketplace, Amount, Currency, Expires, Status},
		needs: [][]Key{{Account}},
	},
	Renewals: {[]Key{Account, Partner, Product, Date, Amount, Currency}, [][]Key{{Account}, {Date}}},
	Prices: {
		keys:  []Key{Channel, Partner, Product, Segment, NetPrice, Currency, From, Until},
		needs: [][]Key{{NetPrice}, {Channel, Partner}},
	},
	Credits:  {[]Key{Deal, Payee, Role, Percent, Amount}, [][]Key{{Deal}, {Payee}}},
	Handoffs: {[]Key{Account, From, To, Date, Owner}, [][]Key{{Account}}},
	Teaming:  {[]Key{Account, Partners, From, Until}, [][]Key{{Account}, {Partners}}},
}

// kindOf tells what the cells under a key hold in files of this shape. The
// parties of a handoff stand under `from` and `to`, where other records have
// dates.
func (s Shape) kindOf(k Key) cellKind {
	if s == Handoffs && k == From {
		return textCell
	}
	return k.kind()
}
