package list

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/channelmap/channelmap/graph"
)

// Date reads a cell as a date; the zero Date where it is empty. Read are ISO
// dates, with a time or without, dates with an English month (2 Jan 2026,
// January 2, 2026, Jan-26), figures with / . or - between them, and a
// spreadsheet's day numbers. Day or month first is decided for the column by
// the dates that tell; where none does, by the other columns, and then day
// first, unless all countries of the file are the United States. Of the first
// and the last, a notice says which was taken.
func (r *Row) Date(k Key) (graph.Date, error) {
	s := r.Cells[k]
	if s == "" {
		return graph.Date{}, nil
	}
	d, err := parseDate(s, r.fact(k).order)
	if err != nil {
		return d, fmt.Errorf("%s: %s: %w", r.Place, k, err)
	}
	return d, nil
}

// Number reads a cell as an exact number; zero where it is empty. Separators of
// thousands, a currency's sign or code, parentheses or a trailing minus, and
// percent (as hundredths) are understood. Point or comma as decimal mark is
// decided like the order of dates.
func (r *Row) Number(k Key) (decimal.Decimal, error) {
	s := r.Cells[k]
	if s == "" {
		return decimal.Zero, nil
	}
	d, err := parseNumber(s, r.fact(k).mark)
	if err != nil {
		return d, fmt.Errorf("%s: %s: %w", r.Place, k, err)
	}
	return d, nil
}

// fact returns how the column of a key writes dates and numbers. A row that no
// file delivered has the defaults.
func (r *Row) fact(k Key) columnFacts {
	if r.facts == nil {
		return columnFacts{dayFirst, point}
	}
	return r.facts[k]
}

// Status reads the status of the row; false where its text is unknown. An empty
// cell is no status. See [ParseStatus]. Of a partner's populations, its customers
// are a relationship: they are its own.
func (r *Row) Status() (graph.Status, bool) {
	if r.populations {
		return parsePopulations(r.Cells[Status])
	}
	return ParseStatus(r.Cells[Status])
}

// Roles reads the roles of the row, which may be several with ; , | or / between
// them; false where one is unknown.
func (r *Row) Roles() (roles []graph.Role, ok bool) {
	for _, word := range strings.FieldsFunc(r.Cells[Role], func(c rune) bool { return strings.ContainsRune(";,|/", c) }) {
		role, known := knownRoles[fold(word)]
		if !known {
			return nil, false
		}
		roles = append(roles, role)
	}
	return roles, true
}

// knownRoles are the words for roles, folded: our own, and those of
// Salesforce's partner roles that say plainly what a partner does.
var knownRoles = map[string]graph.Role{
	"source": graph.RoleSource, "sourced": graph.RoleSource, "referral": graph.RoleSource, "referrer": graph.RoleSource,
	"transact": graph.RoleTransact, "reseller": graph.RoleTransact, "distributor": graph.RoleTransact,
	"deliver": graph.RoleDeliver, "systemintegrator": graph.RoleDeliver, "implementation": graph.RoleDeliver,
	"implementationpartner": graph.RoleDeliver, "consultant": graph.RoleDeliver,
	"embed": graph.RoleEmbed, "oem": graph.RoleEmbed,
	"host": graph.RoleHost,
}
