package list

import (
	"errors"

	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/format"
)

// parquetColumn is a column whose values are cells: one of single values, or of
// lists of them.
type parquetColumn struct {
	name   string
	leaf   int // among the columns that are stored
	kind   format.Type
	length int // of a value, in bytes, where all have one
	text   func(raw) (string, bool)
	asIs   bool // the text is the bytes of the value
	form   NumberForm
	scale  int // of whole numbers
	maxDef int // the level of a value that is there
	maxRep int // 1 for lists
}

// maxSchemaDepth is how deep groups may be nested.
const maxSchemaDepth = 64

var errSchema = errors.New("its columns are not as many as it says")

// parquetColumns returns the columns of a schema that can be read, and the names
// of the others: groups, maps, lists of these, and types without a text.
func parquetColumns(schema []format.SchemaElement) (columns []parquetColumn, nested []string, err error) {
	w := &schemaWalk{rest: schema[1:]}
	for range schema[0].NumChildren.V {
		if len(w.rest) == 0 {
			return nil, nil, errSchema
		}
		top := &w.rest[0]
		w.found = w.found[:0]
		if err := w.node(0, 0, 0); err != nil {
			return nil, nil, err
		}
		if c, ok := columnOf(top, w.found); ok {
			columns = append(columns, c)
		} else {
			nested = append(nested, top.Name)
		}
	}
	return columns, nested, nil
}

// schemaWalk goes through the schema, which is a tree written node by node.
type schemaWalk struct {
	rest   []format.SchemaElement
	leaves int
	found  []schemaLeaf // since it was last emptied
}

// schemaLeaf is a column that is stored.
type schemaLeaf struct {
	*format.SchemaElement
	index, def, rep int
}

// node takes a node with all below it.
func (w *schemaWalk) node(def, rep, depth int) error {
	if len(w.rest) == 0 || depth > maxSchemaDepth {
		return errSchema
	}
	e := &w.rest[0]
	w.rest = w.rest[1:]
	switch e.RepetitionType.V {
	case format.Optional:
		def++
	case format.Repeated:
		def, rep = def+1, rep+1
	}
	if e.Type.Valid {
		w.found = append(w.found, schemaLeaf{e, w.leaves, def, rep})
		w.leaves++
		return nil
	}
	for range e.NumChildren.V {
		if err := w.node(def, rep, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// columnOf makes a column of what stands at the top of the schema, if it holds
// single values or lists of them.
func columnOf(top *format.SchemaElement, leaves []schemaLeaf) (parquetColumn, bool) {
	if len(leaves) != 1 || leaves[0].rep > 1 || !top.Type.Valid && !(isListNode(top) && leaves[0].rep == 1) {
		return parquetColumn{}, false
	}
	leaf := leaves[0]
	text, ok := cellText(leaf.SchemaElement)
	form, scale := numberForm(leaf.SchemaElement)
	return parquetColumn{
		name: top.Name, leaf: leaf.index, kind: leaf.Type.V, length: int(leaf.TypeLength.V), text: text, asIs: isVerbatim(leaf.SchemaElement),
		form: form, scale: scale, maxDef: leaf.def, maxRep: leaf.rep,
	}, ok
}

func isListNode(e *format.SchemaElement) bool {
	if _, ok := e.LogicalType.Value.(*format.ListType); ok {
		return true
	}
	return e.ConvertedType.Valid && e.ConvertedType.V == deprecated.List
}
