package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// unknownVerb says that there is no such verb, and which is near.
func unknownVerb(root *cobra.Command, args []string) error {
	verb := ""
	for _, arg := range args {
		if !strings.HasPrefix(arg, "-") {
			verb = arg
			break
		}
	}
	return &usageError{
		text: fmt.Sprintf("there is no verb %q", verb),
		hint: suggestion(root.SuggestionsFor(verb), "channelmap --help lists the verbs"),
	}
}

// flagError says what is wrong with a flag, and which is near.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) && len(unknown.GetSpecifiedName()) > 1 {
		return &usageError{
			text: fmt.Sprintf("%s has no flag --%s", cmd.Name(), unknown.GetSpecifiedName()),
			hint: suggestion(nearFlags(cmd, unknown.GetSpecifiedName()), helpOf(cmd)),
		}
	}
	var value *pflag.InvalidValueError
	if errors.As(err, &value) {
		return &usageError{
			text: fmt.Sprintf("--%s %s: %v", value.GetFlag().Name, value.GetValue(), value.Unwrap()),
			hint: helpOf(cmd),
		}
	}
	return &usageError{text: err.Error(), hint: helpOf(cmd)}
}

// nearFlags finds flags that are near a word, in the way that verbs are found.
func nearFlags(cmd *cobra.Command, word string) []string {
	flags := &cobra.Command{SuggestionsMinimumDistance: 2}
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		flags.AddCommand(&cobra.Command{Use: f.Name, Run: func(*cobra.Command, []string) {}})
	})
	near := flags.SuggestionsFor(word)
	for i := range near {
		near[i] = "--" + near[i]
	}
	return near
}

func suggestion(near []string, otherwise string) string {
	if len(near) == 0 {
		return otherwise
	}
	return "did you mean " + strings.Join(near, " or ") + "?"
}

func helpOf(cmd *cobra.Command) string { return cmd.CommandPath() + " --help shows its flags" }
