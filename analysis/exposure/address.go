package exposure

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/big"
	"reflect"
	"slices"

	"github.com/channelmap/channelmap/analysis/exposure/cache"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// addressOf is the secret of what Build counts: everything that the result depends on
// is in it. What the ecosystem says is taken from memory, as it is by now: it may be
// another than its file's, where a command changed it.
func addressOf(eco *graph.Ecosystem, opts Options, prints *list.Prints) (cache.Secret, error) {
	build, ok := cache.Build()
	if !ok {
		return cache.Secret{}, errors.New("nothing tells this build from others")
	}
	what := struct {
		Format     int
		Build      string
		Ecosystem  *graph.Ecosystem
		AsOf       graph.Date
		From, To   graph.Date
		Strict     bool
		Exact      bool
		Files      [sha256.Size]byte
		LongList   int64
		BlockSizes [2]int64
	}{
		entryFormat, build, eco, opts.AsOf, opts.From, opts.To, opts.Strict, opts.Exact, prints.Sum, longList,
		[2]int64{int64(blockSizes.Size), int64(blockSizes.Tail)},
	}
	text, err := spell(nil, reflect.ValueOf(what))
	return sha256.Sum256(text), err
}

// spell writes a value, fields that are not exported among them, so that two are
// equal when their texts are. Whatever is added to a type takes part in it.
func spell(b []byte, v reflect.Value) ([]byte, error) {
	switch v.Kind() {
	case reflect.Bool:
		if v.Bool() {
			return append(b, 1), nil
		}
		return append(b, 0), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return binary.AppendVarint(b, v.Int()), nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return binary.AppendUvarint(b, v.Uint()), nil
	case reflect.Float32, reflect.Float64:
		return binary.BigEndian.AppendUint64(b, math.Float64bits(v.Float())), nil
	case reflect.String:
		b = binary.AppendUvarint(b, uint64(v.Len()))
		return append(b, v.String()...), nil
	case reflect.Pointer:
		if v.IsNil() {
			return append(b, 0), nil
		}
		return spell(append(b, 1), v.Elem())
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[big.Int]() {
			return fmt.Appendf(b, "%v;", v), nil // its digits may have room that says nothing
		}
		return spellEach(b, v.NumField(), v.Field)
	case reflect.Array:
		return spellEach(b, v.Len(), v.Index)
	case reflect.Slice:
		if v.IsNil() {
			return append(b, 0), nil
		}
		return spellEach(binary.AppendUvarint(b, uint64(v.Len())+1), v.Len(), v.Index)
	case reflect.Map:
		return spellMap(b, v)
	}
	return nil, fmt.Errorf("a %s cannot be spelt", v.Type())
}

func spellEach(b []byte, n int, at func(int) reflect.Value) (_ []byte, err error) {
	for i := range n {
		if b, err = spell(b, at(i)); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// spellMap writes the pairs of a map in the order of their texts.
func spellMap(b []byte, v reflect.Value) ([]byte, error) {
	if v.IsNil() {
		return append(b, 0), nil
	}
	var pairs [][]byte
	for each := v.MapRange(); each.Next(); {
		pair, err := spell(nil, each.Key())
		if err == nil {
			pair, err = spell(pair, each.Value())
		}
		if err != nil {
			return nil, err
		}
		pairs = append(pairs, pair)
	}
	slices.SortFunc(pairs, bytes.Compare)
	b = binary.AppendUvarint(b, uint64(len(pairs))+1)
	return append(b, bytes.Join(pairs, nil)...), nil
}
