package exposure

import (
	"reflect"
	"testing"

	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/graph/list"
)

// Every file of records that an ecosystem can name is read, under a shape of its
// own.
func TestRecordFilesAreComplete(t *testing.T) {
	eco := &graph.Ecosystem{}
	v, n := reflect.ValueOf(eco).Elem(), 0
	for i := range v.NumField() {
		if v.Field(i).Type() == reflect.TypeFor[*graph.ListSpec]() {
			v.Field(i).Set(reflect.ValueOf(&graph.ListSpec{File: v.Type().Field(i).Name}))
			n++
		}
	}
	shapes := map[list.Shape]bool{}
	for _, f := range RecordFiles(eco) {
		shapes[f.Shape] = true
	}
	if len(shapes) != n || shapes[list.Members] {
		t.Errorf("%d shapes %v for %d files", len(shapes), shapes, n)
	}
}
