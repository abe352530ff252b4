// Package identity tells which rows are the same account: the keys of accounts
// and users, aliases, parents, names, and the partners that lists mention.
package identity
