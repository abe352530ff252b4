package main

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func newVersion(s streams) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "The version, its revision and the Go that built it",
		GroupID: groupProgram,
		Long:    "version prints the version of the program, the revision of its source and the Go that built it.",
		Example: `  channelmap version
  channelmap version | head -1`,
		Args: takesNothing,
		RunE: func(*cobra.Command, []string) error { return runVersion(s) },
	}
}

func runVersion(s streams) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	return writeResult(s, "", []byte(versionText(info)))
}

// versionText writes version, revision and Go version, one a line.
func versionText(info *debug.BuildInfo) string {
	version, revision, dirty := info.Main.Version, "unknown", ""
	if version == "" {
		version = "(devel)"
	}
	for _, setting := range info.Settings {
		switch {
		case setting.Key == "vcs.revision":
			revision = setting.Value
		case setting.Key == "vcs.modified" && setting.Value == "true":
			dirty = " (modified)"
		}
	}
	return fmt.Sprintf("channelmap %s\nrevision %s%s\n%s\n", version, revision, dirty, info.GoVersion)
}
