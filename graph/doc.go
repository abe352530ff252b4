// Package graph holds the ecosystem: what the user wrote, read and checked
// ([Load], [Ecosystem]), and the immutable graph made from it ([Network]) with
// its pathways from the vendor over channels and partners to segments of users
// and buyers.
//
// Other rooms only read what is here. Lists of accounts and users are not part
// of an Ecosystem: it names them ([ListSpec]), package list reads them.
package graph
