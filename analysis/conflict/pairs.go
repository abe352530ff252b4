package conflict

import "github.com/channelmap/channelmap/graph"

// membersAudiences are the tables in which sellers compete for the same members.
var membersAudiences = []graph.Audience{graph.Users, graph.Buyers}

// competing finds the pairs of one pattern that compete.
func competing(pattern Pattern) func(*At, []Hit) []Hit {
	return func(at *At, hits []Hit) []Hit {
		for _, m := range at.Meetings {
			if m.Relation.Competes() && at.Rule.Pattern(m.P, m.Q) == pattern {
				hits = append(hits, m.hit())
			}
		}
		return hits
	}
}

// related finds the pairs that stand in one relation.
func related(r Relation) func(*At, []Hit) []Hit {
	return func(at *At, hits []Hit) []Hit {
		for _, m := range at.Meetings {
			if m.Relation == r {
				hits = append(hits, m.hit())
			}
		}
		return hits
	}
}

func (m Meeting) hit() Hit {
	return Hit{P: m.P, Q: m.Q, Relation: m.Relation, Firm: m.Confident, Teamed: m.Teamed && m.Relation.Competes()}
}
