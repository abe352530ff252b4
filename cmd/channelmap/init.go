package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/channelmap/channelmap/cmd/channelmap/starter"
	"github.com/channelmap/channelmap/graph"
	"github.com/channelmap/channelmap/render"
)

func newInit(s streams) *cobra.Command {
	var lists []string
	cmd := &cobra.Command{
		Use:     "init [DIR] [--lists FILE...]",
		Short:   "A folder to start from, from nothing or from the lists at hand",
		GroupID: groupInput,
		Long: `init writes an ecosystem.yaml and a .gitignore that keeps lists out of version
control. From nothing, it is a small example to change; with --lists, columns,
segments and partners are proposed from the files, which stay where they are.
What is a guess is marked or commented out. No existing file is overwritten.`,
		Example: `  channelmap init lumen
  channelmap init lumen --lists exports/crm.csv exports/cdw.xlsx`,
		DisableFlagsInUseLine: true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return &usageError{fmt.Sprintf("init takes one folder, not %d", len(args)), "name lists after --lists"}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return runInit(cmd.Context(), s, argument(args, 0), lists)
		},
	}
	cmd.Flags().StringArrayVar(&lists, "lists", nil, "the `FILE...` to start from, up to the next flag")
	return cmd
}

func runInit(ctx context.Context, s streams, dir string, lists []string) error {
	if dir == "" {
		dir = "."
	}
	if slices.Contains(lists, "") {
		return &usageError{"--lists names no file", "name the lists after it: channelmap init DIR --lists crm.csv partner.xlsx"}
	}
	files := starter.Example()
	if len(lists) > 0 {
		looked, err := lookAt(ctx, dir, lists)
		if err != nil {
			return err
		}
		files = starter.Propose(looked)
	}
	return writeStarter(s, dir, files)
}

// lookAt profiles lists, all of them before any error is told. One at least must
// be readable and tell who is reached.
func lookAt(ctx context.Context, dir string, lists []string) ([]starter.List, error) {
	var looked []starter.List
	var failed, unclear []error
	for _, path := range lists {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			failed = append(failed, fmt.Errorf("%s: is a folder; name its files, such as %s", path, filepath.Join(path, "*")))
			continue
		}
		l, err := starter.Look(ctx, path, nameFrom(dir, path))
		if err != nil {
			failed = append(failed, err)
		} else if l.Problem != "" {
			unclear = append(unclear, errors.New(path+": "+l.Problem))
		}
		looked = append(looked, l)
	}
	if len(failed) == 0 && !slices.ContainsFunc(looked, func(l starter.List) bool { return l.Reaches() }) {
		failed = append(unclear, onlyRecords(looked)...)
	}
	return looked, errors.Join(failed...)
}

// onlyRecords tells of files that can be read, and name no account that is
// reached.
func onlyRecords(looked []starter.List) []error {
	var out []error
	for _, l := range looked {
		if l.Problem == "" {
			out = append(out, fmt.Errorf("%s: holds deals or their partners, which say something of accounts in other lists; name a list of accounts beside it, such as your CRM's", l.File))
		}
	}
	return out
}

// nameFrom is how the ecosystem file in a folder names a list: relative to it,
// unless the list was named by an absolute path and lies elsewhere.
func nameFrom(dir, path string) string {
	rel, err := filepath.Rel(absolute(dir), absolute(path))
	if err != nil || filepath.IsAbs(path) && !filepath.IsLocal(rel) {
		rel = absolute(path)
	}
	return filepath.ToSlash(rel)
}

// writeStarter writes files that must not exist, but for .gitignore, which is
// left as it is.
func writeStarter(s streams, dir string, files []starter.File) error {
	var fresh []starter.File
	for _, f := range files {
		_, err := os.Lstat(filepath.Join(dir, f.Name))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			fresh = append(fresh, f)
		case err != nil:
			return cannotWrite(filepath.Join(dir, f.Name), err)
		case f.Name == starter.Ignore:
			fmt.Fprintf(s.err, "%s is there and stays as it is; it should name: %s\n",
				render.EscapeControls(filepath.Join(dir, f.Name)), strings.Join(f.Lines(), " "))
		default:
			return &usageError{filepath.Join(dir, f.Name) + " is there already, and init overwrites nothing", "name another folder: channelmap init DIR"}
		}
	}
	for _, f := range fresh {
		if err := writeNew(filepath.Join(dir, f.Name), f.Text); err != nil {
			return err
		}
	}
	return tellStarter(s, dir, fresh)
}

// writeNew writes a file that is not there yet, with its folder.
func writeNew(path, text string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return cannotWrite(path, err)
	}
	return writeFile(path, []byte(text))
}

func tellStarter(s streams, dir string, files []starter.File) error {
	var b strings.Builder
	for _, f := range files {
		fmt.Fprintf(&b, "wrote %s\n", render.EscapeControls(filepath.Join(dir, f.Name)))
	}
	path := ""
	if dir != "." {
		path = " " + render.EscapeControls(dir)
	}
	fmt.Fprintf(&b, "\nNext: read %s, then\n  channelmap check%s\n  channelmap map%s -o map.svg\n",
		render.EscapeControls(filepath.Join(dir, graph.FileName)), path, path)
	return writeResult(s, "", []byte(b.String()))
}
