package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/channelmap/channelmap/graph"
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
			hint: suggestion(nearFlag(cmd, unknown.GetSpecifiedName()), helpOf(cmd)),
		}
	}
	var value *pflag.InvalidValueError
	if errors.As(err, &value) {
		why := value.Unwrap().Error()
		var number *strconv.NumError
		if errors.As(err, &number) {
			why = "that is no whole number"
		}
		return &usageError{
			text: fmt.Sprintf("--%s %s: %s", value.GetFlag().Name, value.GetValue(), why),
			hint: helpOf(cmd),
		}
	}
	return &usageError{text: err.Error(), hint: helpOf(cmd)}
}

// nearFlag finds the flag that is nearest to a word, if any is near.
func nearFlag(cmd *cobra.Command, word string) []string {
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if near := graph.Nearest(word, names); near != "" {
		return []string{"--" + near}
	}
	return nil
}

func suggestion(near []string, otherwise string) string {
	if len(near) == 0 {
		return otherwise
	}
	return "did you mean " + strings.Join(near, " or ") + "?"
}

func helpOf(cmd *cobra.Command) string { return cmd.CommandPath() + " --help shows its flags" }
