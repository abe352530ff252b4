package list

// Key is a column key: what a cell of a row means. Its text is the word that
// `columns` in the ecosystem file uses.
type Key uint8

// The column keys of lists.
const (
	Account Key = iota // domain, URL or name
	User               // e-mail address
	Name
	ID
	Aliases
	Parent
	Country
	Employees
	Segment
	Partner
	Channel
	Product
	Role
	Status
	Value
	Amount
	Currency
	Date
	Owner
	LastSeen
	Plan
	Deal
	SellerOfRecord
	Via
	SourcedBy

	// Those of records alone.
	Stage
	IsClosed
	IsWon
	Probability
	Opened
	Closes
	LastActivity
	Submitted
	Approved
	Expires
	Scope
	Marketplace
	From
	To
	Until
	NetPrice
	Payee
	Percent
	Partners
	Alias
	Reason
	DecidedBy

	// NumKeys is how many column keys there are.
	NumKeys int = iota
)

var keyNames = [NumKeys]string{
	"account", "user", "name", "id", "aliases", "parent", "country", "employees",
	"segment", "partner", "channel", "product", "role", "status", "value", "amount",
	"currency", "date", "owner", "last_seen", "plan", "deal", "seller_of_record",
	"via", "sourced_by",
	"stage", "is_closed", "is_won", "probability", "opened", "closes", "last_activity", "submitted",
	"approved", "expires", "scope", "marketplace", "from", "to", "until",
	"net_price", "payee", "percent", "partners", "alias", "reason", "decided_by",
}

// String returns the word that `columns` in the ecosystem file uses.
func (k Key) String() string { return keyNames[k] }

// ParseKey returns the key of a word, and false for a word that is none.
func ParseKey(s string) (Key, bool) {
	for k, name := range keyNames {
		if s == name {
			return Key(k), true
		}
	}
	return 0, false
}

// KeyNames lists the words of all column keys.
func KeyNames() []string { return append([]string(nil), keyNames[:]...) }

// cellKind tells what the cells under a key hold.
type cellKind uint8

const (
	textCell cellKind = iota
	dateCell
	numberCell
)

func (k Key) kind() cellKind {
	switch k {
	case Date, LastSeen, Opened, Closes, LastActivity, Submitted, Approved, Expires, From, Until:
		return dateCell
	case Employees, Value, Amount, Probability, NetPrice, Percent:
		return numberCell
	}
	return textCell
}
