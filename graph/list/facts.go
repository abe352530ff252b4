package list

import (
	"strings"
)

// columnFacts is how a column writes its dates and numbers.
type columnFacts struct {
	order dateOrder
	mark  decimalMark
}

// signs counts what the cells of a column tell about order and mark.
type signs struct {
	cells, numbers       int
	dayFirst, monthFirst int // dates that only this order makes sense of
	eitherOrder          int
	point, comma         int // numbers that only this mark makes sense of
	groupedComma         int // 1,234: thousands, unless the comma is a decimal mark
	groupedPoint         int // 1.234
}

func (s *signs) look(cell string) {
	if cell == "" || len(cell) > 2*maxDigits {
		return
	}
	s.cells++
	if first, second, _, ok := figures(withoutTime(cell)); ok {
		s.lookDate(first, second)
		return
	}
	if isNumber(cell) {
		s.numbers++
		text, _, _ := bare(cell)
		s.lookNumber(text)
	}
}

func (s *signs) lookDate(first, second int) {
	switch {
	case first > 12 && second <= 12:
		s.dayFirst++
	case second > 12 && first <= 12:
		s.monthFirst++
	case first != second:
		s.eitherOrder++
	}
}

// lookNumber reads a number without sign and currency.
func (s *signs) lookNumber(text string) {
	points, commas := strings.Count(text, "."), strings.Count(text, ",")
	switch {
	case points == 0 && commas == 0:
	case points > 0 && commas > 0 && strings.LastIndexByte(text, '.') > strings.LastIndexByte(text, ','), commas > 1:
		s.point++
	case points > 0 && commas > 0, points > 1:
		s.comma++
	case points == 1 && !thousands(text, "."):
		s.point++
	case commas == 1 && !thousands(text, ","):
		s.comma++
	case points == 1:
		s.groupedPoint++
	default:
		s.groupedComma++
	}
}

// thousands reports whether the one separator of a number could be of
// thousands: one to three digits before it, the first not 0, and three after.
func thousands(text, sep string) bool {
	whole, rest, _ := strings.Cut(text, sep)
	return len(rest) == 3 && len(whole) >= 1 && len(whole) <= 3 && whole[0] != '0'
}

// order decides between day first and month first by the cells that tell; where
// none does, by the default. certain is false where the default decides and
// another order would read other dates.
func (s *signs) order(byDefault dateOrder) (o dateOrder, certain bool) {
	switch {
	case s.dayFirst > s.monthFirst:
		return dayFirst, true
	case s.monthFirst > s.dayFirst:
		return monthFirst, true
	}
	return byDefault, s.eitherOrder == 0
}

// groupsEnough is how many numbers such as 1,234, with none that contradicts
// them, tell that the comma parts thousands.
const groupsEnough = 3

// mark decides between point and comma in the same way.
func (s *signs) mark(byDefault decimalMark) (m decimalMark, certain bool) {
	switch {
	case s.point > s.comma:
		return point, true
	case s.comma > s.point:
		return comma, true
	case s.groupedComma >= groupsEnough && s.groupedPoint == 0:
		return point, true
	}
	return byDefault, s.groupedComma+s.groupedPoint == 0
}

// study decides, over the look-ahead, how each column writes dates and numbers.
// A column that does not tell follows the others of the file, and where those
// do not tell either: dates have the day first unless every country in the file
// is the United States, numbers a decimal point unless semicolons part the
// cells of the file.
func (t *table) study(records []record) []signs {
	all := make([]signs, len(t.cols.headers))
	for _, rec := range records {
		for i := range min(len(rec.cells), len(all)) {
			all[i].look(trim(rec.cells[i]))
		}
	}
	var file signs
	for i := range all {
		s := &all[i]
		if t.typed() { // whose numbers are stored with a decimal point
			s.point, s.groupedPoint = s.point+s.groupedPoint, 0
		}
		file.dayFirst += s.dayFirst
		file.monthFirst += s.monthFirst
		file.point += s.point
		file.comma += s.comma
	}
	order, mark := dayFirst, point
	if t.american(records) {
		order = monthFirst
	}
	if t.semicolons {
		mark = comma
	}
	order, orderKnown := file.order(order)
	mark, markKnown := file.mark(mark)
	told := told{order: orderKnown && file.dayFirst+file.monthFirst > 0, mark: markKnown && file.point+file.comma > 0}
	t.decide(all, columnFacts{order, mark}, told)
	return all
}

// told says what the columns of a file together tell.
type told struct{ order, mark bool }

// decide sets the facts of each column, and remembers the headers of those that
// nothing in the file decides.
func (t *table) decide(all []signs, byDefault columnFacts, file told) {
	t.facts = make([]columnFacts, len(all))
	for i := range all {
		order, orderKnown := all[i].order(byDefault.order)
		mark, markKnown := all[i].mark(byDefault.mark)
		t.facts[i] = columnFacts{order, mark}
		if !orderKnown && !file.order && t.holds(i, dateCell) {
			t.unclearDates = append(t.unclearDates, i)
		}
		if !markKnown && !file.mark && t.holds(i, numberCell) {
			t.unclearMarks = append(t.unclearMarks, i)
		}
	}
	for k := range t.byKey {
		t.byKey[k] = byDefault
		if i := t.cols.of[k]; i >= 0 {
			t.byKey[k] = t.facts[i]
		}
	}
}

// holds reports whether a column serves a key whose cells are of a kind, or
// `where` compares it as such.
func (t *table) holds(column int, kind cellKind) bool {
	for k, i := range t.cols.of {
		if i == column && t.plan.name.kindOf(Key(k)) == kind {
			return true
		}
	}
	return t.plan.where.compares(t.cols, column, kind)
}

// american reports whether the file has countries and all are the United
// States.
func (t *table) american(records []record) bool {
	column, found := t.cols.of[Country], false
	if column < 0 {
		return false
	}
	for _, rec := range records {
		if column >= len(rec.cells) {
			continue
		}
		switch fold(trim(rec.cells[column])) {
		case "":
		case "us", "usa", "unitedstates", "unitedstatesofamerica":
			found = true
		default:
			return false
		}
	}
	return found
}

// noteGuesses reports what nothing in the file decides.
func (t *table) noteGuesses() error {
	at := t.file.Place
	if len(t.unclearDates) > 0 {
		if err := t.notes.add(guessedDates, at, t.headerList(t.unclearDates), t.facts[t.unclearDates[0]].order); err != nil {
			return err
		}
	}
	if len(t.unclearMarks) > 0 {
		return t.notes.add(guessedPoints, at, t.headerList(t.unclearMarks), t.facts[t.unclearMarks[0]].mark)
	}
	return nil
}

func (t *table) headerList(columns []int) string {
	var headers []string
	for _, i := range columns {
		headers = append(headers, t.cols.headers[i])
	}
	return named(headers)
}
