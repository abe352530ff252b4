package identity

import (
	"fmt"

	"github.com/channelmap/channelmap/graph"
)

// Problem is something in the input that identity could not take as written.
type Problem struct {
	Code   string        `json:"code"`   // which rule found it, such as "alias-cycle"; stable
	Text   string        `json:"text"`   // what was found and what was done, one sentence
	Places []graph.Place `json:"places"` // the first few rows that show it; empty for the ecosystem file
}

// maxProblems bounds how many problems of one code are told one by one.
const maxProblems = 100

// maxNamed bounds how many accounts, partners or rows one problem names.
const maxNamed = 5

// problemLog collects problems in the order in which they are found.
type problemLog struct {
	problems []Problem
	codes    []string // in order of their first problem
	count    map[string]int
}

func (l *problemLog) add(p Problem) {
	if l.count == nil {
		l.count = map[string]int{}
	}
	if l.count[p.Code] == 0 {
		l.codes = append(l.codes, p.Code)
	}
	if l.count[p.Code]++; l.count[p.Code] <= maxProblems {
		l.problems = append(l.problems, p)
	}
}

// list returns the problems, those above the bound as one more of their code.
func (l *problemLog) list() []Problem {
	for _, code := range l.codes {
		if more := l.count[code] - maxProblems; more > 0 {
			l.problems = append(l.problems, Problem{Code: code, Text: fmt.Sprintf("%d more of this kind", more)})
		}
	}
	return l.problems
}
