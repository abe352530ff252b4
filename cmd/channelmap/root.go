package main

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"
)

// The groups in which --help lists the verbs.
const (
	groupQuestions = "questions"
	groupInput     = "input"
	groupProgram   = "program"
)

// run carries out one command line and returns its exit code. Whatever goes
// wrong, panics included, is told in one place.
func run(ctx context.Context, args []string, s streams) (code int) {
	s = s.watch()
	defer func() {
		if r := recover(); r != nil {
			code = report(s.err, &internalError{r})
		}
	}()
	err := execute(ctx, args, s)
	if err != nil && ctx.Err() != nil && !errors.Is(err, errTold) {
		err = errInterrupted
	}
	code = report(s.err, err)
	if code == exitDone || code == exitBroken || code == exitUndecided {
		s.progress.end()
	}
	return code
}

func execute(ctx context.Context, args []string, s streams) error {
	root := newRoot(s)
	args = spreadLists(args)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if _, _, missing := root.Find(args); missing != nil {
		return unknownVerb(root, args)
	}
	return err
}

func newRoot(s streams) *cobra.Command {
	root := &cobra.Command{
		Use:   "channelmap",
		Short: "Who is reached over which pathways, and where pathways collide",
		Long: `channelmap answers, from files a go-to-market team already has, who is reached
over which pathways, and where pathways collide; and it draws the map.

PATH is an ecosystem file or its folder; the default is the current folder.
Exit codes: 0 done, or within policy; 1 a promise or a limit is broken (vet,
conflicts --gate); 2 the input or the call is wrong; 3 an internal error;
4 cannot be decided; 130 interrupted.`,
		Example: `  channelmap init                          a folder to start from
  channelmap map -o map.svg                the conflict map
  channelmap audit                         who is reached, counting nobody twice
  channelmap vet shi                       before signing: what is new, what breaks`,
		SilenceErrors: true, SilenceUsage: true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
		PersistentPreRun:  func(cmd *cobra.Command, _ []string) { cmd.SetContext(withVerb(cmd.Context(), cmd.Name())) },
	}
	root.SetOut(s.out)
	root.SetErr(s.err)
	root.SetFlagErrorFunc(flagError)
	root.SetHelpCommand(newHelp(root))
	root.AddGroup(
		&cobra.Group{ID: groupQuestions, Title: "Questions:"},
		&cobra.Group{ID: groupInput, Title: "The input:"},
		&cobra.Group{ID: groupProgram, Title: "The program:"},
	)
	root.AddCommand(
		newMap(s), newAudit(s), newOverlaps(s), newConflicts(s), newVet(s), newAccount(s), newPaths(s), newUncovered(s), newFindings(s), newSnapshot(s), newDiff(s),
		newInit(s), newCheck(s), newPurge(s), newSchema(s), newVersion(s),
	)
	return root
}

// newHelp is `help VERB`, which is `VERB --help`.
func newHelp(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use: "help [VERB]", Short: "What a verb does, with examples", GroupID: groupProgram,
		RunE: func(_ *cobra.Command, args []string) error {
			cmd, _, err := root.Find(args)
			if err != nil {
				return unknownVerb(root, args)
			}
			cmd.InitDefaultHelpFlag()
			return cmd.Help()
		},
	}
}

// spreadLists lets `--lists` take all the files that follow it, up to the next
// flag, as a shell writes them for lists/*. Followed by none, it names an empty
// one, which init refuses.
func spreadLists(args []string) []string {
	var out []string
	spreading := false
	for i, arg := range args {
		switch {
		case arg == "--lists":
			spreading = i+1 < len(args) && !strings.HasPrefix(args[i+1], "-")
			if spreading {
				continue
			}
			arg = "--lists="
		case strings.HasPrefix(arg, "-"):
			spreading = strings.HasPrefix(arg, "--lists=")
		case spreading:
			arg = "--lists=" + arg
		}
		out = append(out, arg)
	}
	return out
}
