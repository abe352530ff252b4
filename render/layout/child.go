package layout

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"runtime/metrics"
	"time"

	"github.com/goccy/go-graphviz"

	"github.com/channelmap/channelmap/render/layout/cachedir"
)

// childVariable marks a layout child in its environment; its value is the time
// that the child has once it has its graph.
const childVariable = "CHANNELMAP_LAYOUT_CHILD"

const (
	maxQuestion = 8 << 20 // of DOT
	maxMemory   = 1 << 30
)

// The engine has started by now: packages are initialised after their imports.
func init() { cachedir.Restore() }

// Child does the work of a layout child, and ends the process, where this
// process was started as one. Everywhere else it returns at once. It is to be
// called first in main, and first in TestMain of packages whose tests lay out.
func Child() {
	value := os.Getenv(childVariable)
	if value == "" {
		return
	}
	limit, err := time.ParseDuration(value)
	if err != nil {
		limit = DefaultTimeout
	}
	// The engine's compiled code cannot be interrupted, so the watch needs a
	// processor of its own.
	runtime.GOMAXPROCS(max(2, runtime.GOMAXPROCS(0)))
	question, err := read(os.Stdin)
	if err == nil {
		go watch(limit, maxMemory)
		err = serve(question, os.Stdout)
	}
	if err != nil {
		fail(err)
	}
	os.Exit(0)
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// watch ends the process when it has used up its time or memory. The parent
// ends it too; this is for a child whose parent is gone.
func watch(limit time.Duration, memory uint64) {
	end := time.Now().Add(limit + time.Second)
	used := []metrics.Sample{{Name: "/memory/classes/total:bytes"}}
	for {
		metrics.Read(used)
		if n := used[0].Value.Uint64(); n > memory {
			fail(fmt.Errorf("it needs more than %d MiB of memory", memory>>20))
		}
		if time.Now().After(end) {
			fail(fmt.Errorf("it was not ready after %s", limit))
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// read reads one graph in DOT. It waits for it: a child may be started before
// there is one. Nothing at all means that the parent has none after all.
func read(r io.Reader) ([]byte, error) {
	question, err := io.ReadAll(io.LimitReader(r, maxQuestion+1))
	switch {
	case err != nil:
		return nil, err
	case len(question) > maxQuestion:
		return nil, fmt.Errorf("the graph has more than %d MiB", maxQuestion>>20)
	case len(question) == 0:
		return nil, errors.New("there is no graph")
	}
	return question, nil
}

// serve writes the layout of a graph in JSON.
func serve(question []byte, w io.Writer) error {
	answer, err := layOut(question)
	if err != nil {
		return err
	}
	_, err = w.Write(answer)
	return err
}

// noFiles keeps the engine from opening any file.
type noFiles struct{}

func (noFiles) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
}

// layOut runs the engine. The engine panics where others return an error.
func layOut(dot []byte) (answer []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the engine stopped: %v", r)
		}
	}()
	graphviz.SetFileSystem(noFiles{})
	ctx := context.Background()
	engine, err := graphviz.New(ctx)
	if err != nil {
		return nil, err
	}
	graph, err := graphviz.ParseBytes(dot)
	if err != nil {
		return nil, err
	}
	if graph == nil {
		return nil, errors.New("the engine could not read the graph")
	}
	var out bytes.Buffer
	if err := engine.Render(ctx, graph, graphviz.Format("json"), &out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
