package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/channelmap/channelmap/analysis/exposure/rivals/answer"
	"github.com/channelmap/channelmap/analysis/exposure/rivals/generate"
)

// countMap is what one would write first: encoding/csv, and a map from the
// account to a mask of its partners.
func countMap(_ context.Context, t *task) (answer.Answer, error) {
	f, err := os.Open(t.file)
	if err != nil {
		return answer.Answer{}, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.ReuseRecord = true
	if _, err := r.Read(); err != nil {
		return answer.Answer{}, err
	}
	numbers, masks, rows := t.numbers(), map[string]uint64{}, int64(0)
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return answer.Answer{}, err
		}
		number, ok := numbers[record[1]]
		if !ok {
			return answer.Answer{}, fmt.Errorf("row %d: unknown partner %q", rows+2, record[1])
		}
		rows++
		// A new key is copied, since the record holds the partner's text too.
		if old, ok := masks[record[0]]; ok {
			masks[record[0]] = old | 1<<number
		} else {
			masks[strings.Clone(record[0])] = 1 << number
		}
	}
	return t.ofMasks(rows, masks), nil
}

func (t *task) ofMasks(rows int64, masks map[string]uint64) answer.Answer {
	sets := map[uint64]int64{}
	for _, m := range masks {
		sets[m]++
	}
	tally := answer.NewTally(rows, t.partners, 0)
	for m, members := range sets {
		tally.AddMask(0, m, members)
	}
	return tally.Answer()
}

// numbers tells the number of a partner by its id.
func (t *task) numbers() map[string]int {
	n := map[string]int{}
	for p, id := range (generate.Spec{Partners: t.partners}).PartnerIDs() {
		n[id] = p
	}
	return n
}

// countRoaring numbers the accounts in a map and keeps a compressed bitmap of
// numbers for each partner. It cannot give the distinct sets.
func countRoaring(_ context.Context, t *task) (answer.Answer, error) {
	f, err := os.Open(t.file)
	if err != nil {
		return answer.Answer{}, err
	}
	defer f.Close()
	in := bufio.NewScanner(bufio.NewReaderSize(f, 1<<20))
	in.Scan()
	numbers, dictionary, rows := t.numbers(), map[string]uint32{}, int64(0)
	accounts := make([][]uint32, t.partners)
	for in.Scan() {
		account, id, _ := bytes.Cut(in.Bytes(), []byte{','})
		number, ok := numbers[string(id)]
		if !ok {
			return answer.Answer{}, fmt.Errorf("row %d: unknown partner %q", rows+2, id)
		}
		rows++
		n, ok := dictionary[string(account)]
		if !ok {
			n = uint32(len(dictionary))
			dictionary[string(account)] = n
		}
		accounts[number] = append(accounts[number], n)
	}
	return ofBitmaps(rows, accounts), in.Err()
}

func ofBitmaps(rows int64, accounts [][]uint32) answer.Answer {
	bitmaps := make([]*roaring.Bitmap, len(accounts))
	reached, twice := roaring.New(), roaring.New()
	tally := answer.NewTally(rows, len(accounts), 0)
	for p := range accounts {
		bitmaps[p] = roaring.BitmapOf(accounts[p]...)
		twice.Or(roaring.And(reached, bitmaps[p]))
		reached.Or(bitmaps[p])
		for q := range p + 1 {
			tally.SetOverlap(q, p, int64(bitmaps[p].AndCardinality(bitmaps[q])))
		}
	}
	a := tally.Answer()
	a.Members = int64(reached.GetCardinality())
	a.OnlyThrough = a.Members - int64(twice.GetCardinality())
	a.Sets = answer.NotCounted
	return a
}
