package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/text"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// newRoot builds the command tree with all its words in the reader's language.
func newRoot(a *app) *cobra.Command {
	cobra.MousetrapHelpText = "" // a file dropped on dudao.exe is scored, not refused
	root := &cobra.Command{
		Use:               "dudao",
		Short:             a.Sprint(diag.M("Scores self-assessments of education supervision")),
		Long:              a.Sprint(rootHelp),
		Version:           version,
		Args:              cobra.ArbitraryArgs,
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return cmd.Help()
		}
		return unknownVerb(root, args[0])
	}
	root.AddCommand(newScore(a), newForm(a), newCheck(a), newExplain(a), newWhatif(a), newBatch(a), newSample(a), newVerify(a), newReport(a), newTest(a), newLint(a), newFmt(a), newRubrics(a), newSchema(a), newCompletion(a))
	root.SetHelpCommand(newHelp(a))
	root.PersistentFlags().String("lang", "zh", a.Sprint(diag.M("`LANGUAGE` of all messages: zh or en")))
	root.PersistentFlags().BoolVarP(&a.quiet, "quiet", "q", false, a.Sprint(diag.M("print results only, no summary")))
	root.PersistentPreRunE = func(*cobra.Command, []string) error {
		if !slices.Contains(text.Languages, a.lang) {
			return fail(diag.M("there is no language “%s”", a.lang), diag.M("one of: %s", strings.Join(text.Languages, " ")))
		}
		return nil
	}
	cobra.AddTemplateFunc("flags", func(f *pflag.FlagSet) string { return flagUsages(a, f) })
	root.SetVersionTemplate("dudao {{.Version}}\n")
	root.SetUsageTemplate(usageTemplate(a))
	root.SetHelpTemplate("{{with (or .Long .Short)}}{{. | trimTrailingWhitespaces}}\n\n{{end}}{{.UsageString}}")
	root.Flags().Bool("version", false, a.Sprint(diag.M("print the version")))
	for _, cmd := range append(root.Commands(), root) {
		cmd.DisableFlagsInUseLine = true
		cmd.Flags().BoolP("help", "h", false, a.Sprint(diag.M("print this help")))
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError(err) })
	return root
}

var rootHelp = diag.M(`dudao scores a county's self-assessment against a rubric.

  dudao rubrics                                lists the shipped rubrics
  dudao form funding-no-decrease -o form.xlsx  writes the form to fill in
  dudao check form.xlsx                        lists what is wrong in its data
  dudao score form.xlsx                        scores it and writes the report
  dudao explain form.xlsx 2                    shows how the points of item 2 came to be
  dudao whatif form.xlsx                       shows what is still to be gained
  dudao batch folder -o results                scores all returns in a folder
  dudao verify report.xlsx                     lists what was changed in a report
  dudao lint my-rubric.yaml                    finds errors in a rubric of your own

A file dropped on the program is scored, too.`)

// droppedFile tells a file that was dropped on the program from a verb, also a
// mistyped one.
func droppedFile(root *cobra.Command, arg string) bool {
	if strings.HasPrefix(arg, "-") && arg != "-" || strings.HasPrefix(arg, "__") {
		return false
	}
	for _, c := range root.Commands() {
		if c.Name() == arg || c.HasAlias(arg) {
			return false
		}
	}
	if arg == "-" || strings.ContainsAny(arg, `/\`) || filepath.Ext(arg) != "" {
		return true
	}
	info, err := os.Stat(arg)
	return err == nil && (info.Mode().IsRegular() || info.IsDir())
}

func unknownVerb(root *cobra.Command, verb string) error {
	var names []string
	for _, c := range root.Commands() {
		names = append(append(names, c.Name()), c.Aliases...)
	}
	hints := []diag.Message{diag.M("“dudao --help” lists the commands")}
	if near := diag.Nearest(verb, names); near != "" {
		hints = []diag.Message{diag.M("did you mean “%s”?", near)}
	}
	return fail(diag.M("there is no command “%s”, and no file of that name", verb), hints...)
}

// usageTemplate is cobra's own with translated headings.
func usageTemplate(a *app) string {
	return a.Sprint(diag.M("Usage:")) + `
  {{if .HasAvailableSubCommands}}dudao [` + a.Sprint(diag.M("command")) + `]{{else}}{{.UseLine}}{{end}}
{{- if .Aliases}}

` + a.Sprint(diag.M("Also called:")) + `
  {{range $i, $a := .Aliases}}{{if $i}}, {{end}}{{$a}}{{end}}{{end}}
{{- if .HasExample}}

` + a.Sprint(diag.M("Examples:")) + `
{{.Example}}{{end}}
{{- if .HasAvailableSubCommands}}

` + a.Sprint(diag.M("Commands:")) + `{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}
{{- if .HasAvailableLocalFlags}}

` + a.Sprint(diag.M("Flags:")) + `
{{flags .LocalFlags}}{{end}}
{{- if .HasAvailableInheritedFlags}}

` + a.Sprint(diag.M("Flags of every command:")) + `
{{flags .InheritedFlags}}{{end}}
`
}

// flagUsages lists flags as pflag does, but without its English words and in the
// columns that Chinese characters take.
func flagUsages(a *app, flags *pflag.FlagSet) string {
	var heads, texts []string
	widest := 0
	flags.VisitAll(func(f *pflag.Flag) {
		name, usage := pflag.UnquoteUsage(f)
		head := "      --" + f.Name
		if f.Shorthand != "" {
			head = "  -" + f.Shorthand + ", --" + f.Name
		}
		if f.Value.Type() != "bool" {
			head += " " + name
			if f.DefValue != "" && f.DefValue != "0" && f.DefValue != "[]" {
				usage += a.Sprint(diag.M(" (default: %s)", f.DefValue))
			}
		}
		heads, texts, widest = append(heads, head), append(texts, usage), max(widest, diag.Width(head))
	})
	var b strings.Builder
	for i, head := range heads {
		b.WriteString(head + strings.Repeat(" ", widest-diag.Width(head)+3) + texts[i] + "\n")
	}
	return strings.TrimRight(b.String(), "\n")
}

func newHelp(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "help " + a.Sprint(diag.M("[COMMAND]")),
		Aliases: []string{"帮助"},
		Short:   a.Sprint(diag.M("Explains a command")),
		RunE: func(cmd *cobra.Command, args []string) error {
			target, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return unknownVerb(cmd.Root(), args[0])
			}
			return target.Help()
		},
	}
}

func newCompletion(a *app) *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: a.Sprint(diag.M("Prints the completion script of a shell")),
		Long: a.Sprint(diag.M(`Prints the completion script of a shell: bash, zsh, fish or powershell. Once it is
loaded, the Tab key completes commands, flags and the ids of the shipped rubrics.`)),
		Example:   "  source <(dudao completion bash)\n  dudao completion powershell | Out-String | Invoke-Expression",
		ValidArgs: shells,
		Args:      exactly(1, diag.M("name a shell: %s", strings.Join(shells, " "))),
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(a.out, true)
			case "zsh":
				return root.GenZshCompletion(a.out)
			case "fish":
				return root.GenFishCompletion(a.out, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(a.out)
			}
			return fail(diag.M("there is no shell “%s” here", args[0]), diag.M("name a shell: %s", strings.Join(shells, " ")))
		},
	}
}
