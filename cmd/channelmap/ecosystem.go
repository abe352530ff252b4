package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/channelmap/channelmap/graph"
)

// loadEcosystem reads the ecosystem at a path, that of the current folder where
// the path is empty.
func loadEcosystem(path string) (*graph.Ecosystem, error) {
	if path == "" {
		path = "."
	}
	return graph.Load(path)
}

// takesPath is for verbs that take a PATH alone.
func takesPath(cmd *cobra.Command, args []string) error {
	if len(args) > 1 {
		return &usageError{fmt.Sprintf("%s takes one PATH, not %d", cmd.Name(), len(args)), "see " + cmd.CommandPath() + " --help"}
	}
	return nil
}

// takesNothing is for verbs without an argument.
func takesNothing(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return &usageError{fmt.Sprintf("%s takes no argument, and %q is one", cmd.Name(), args[0]), "leave it out"}
	}
	return nil
}

// takesNameAndPath is for verbs that need a name before the PATH.
func takesNameAndPath(name, example string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) == 0 || args[0] == "":
			return &usageError{fmt.Sprintf("%s needs a %s", cmd.Name(), name), "such as " + cmd.CommandPath() + " " + example}
		case len(args) == 1 && !hasEcosystem(".") && hasEcosystem(args[0]):
			return &usageError{fmt.Sprintf("%s needs a %s before the PATH %s", cmd.Name(), name, args[0]), "such as " + cmd.CommandPath() + " " + example + " " + args[0]}
		case len(args) > 2:
			return &usageError{fmt.Sprintf("%s takes a %s and one PATH, not %d arguments", cmd.Name(), name, len(args)), "quote a name that has spaces"}
		}
		return nil
	}
}

// hasEcosystem reports whether a folder holds an ecosystem.
func hasEcosystem(folder string) bool {
	_, err := os.Stat(filepath.Join(folder, graph.FileName))
	return err == nil
}

// argument is the argument at a place, empty where there is none.
func argument(args []string, i int) string {
	if i < len(args) {
		return args[i]
	}
	return ""
}
