package main

import (
	"github.com/spf13/cobra"

	"github.com/channelmap/channelmap/graph"
)

func newSchema(s streams) *cobra.Command {
	output := ""
	cmd := &cobra.Command{
		Use:     "schema",
		Short:   "The JSON Schema of ecosystem files",
		GroupID: groupInput,
		Long: `schema prints the JSON Schema of ecosystem files, with which editors check and
complete them while you write.`,
		Example: `  channelmap schema -o ecosystem.schema.json
  channelmap schema | jq '.properties | keys'`,
		Args: takesNothing,
		RunE: func(*cobra.Command, []string) error { return runSchema(s, output) },
	}
	cmd.Flags().StringVarP(&output, "output", "o", "", "`FILE` to write, in place of printing")
	return cmd
}

func runSchema(s streams, output string) error {
	if output == "-" {
		output = ""
	}
	return writeResult(s, output, graph.Schema())
}
