// Package analysis asks the questions: total reach without counting anyone
// twice, overlaps, conflict, and what stands on one pathway alone. Reports are
// plain data; package render prints and draws them.
package analysis
