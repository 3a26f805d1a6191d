package main

import (
	"errors"
	"strings"

	"dudao/engine/diag"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// usageError rewrites what cobra and pflag say about a command line.
func usageError(err error) *exit {
	var e *exit
	if errors.As(err, &e) {
		return e
	}
	var (
		unknown *pflag.NotExistError
		needs   *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
		syntax  *pflag.InvalidSyntaxError
	)
	m := diag.M("the command line is wrong (in the original words: %s)", err.Error())
	switch {
	case errors.As(err, &unknown):
		m = diag.M("there is no flag “%s”", dashed(unknown.GetSpecifiedName()))
	case errors.As(err, &needs):
		m = diag.M("the flag “%s” needs a value", dashed(needs.GetSpecifiedName()))
	case errors.As(err, &invalid):
		m = diag.M("“%s” can’t be the value of --%s", invalid.GetValue(), invalid.GetFlag().Name)
	case errors.As(err, &syntax):
		m = diag.M("there is no flag “%s”", syntax.GetSpecifiedFlag())
	}
	var l diag.List
	l.Add(diag.Pos{}, 0, m, diag.M("“dudao COMMAND --help” lists the flags of a command"))
	return &exit{exitFailed, l}
}

func dashed(name string) string {
	if len([]rune(name)) == 1 {
		return "-" + name
	}
	return "--" + name
}

// exactly wants so many arguments, atLeast as many or more; the message says
// what they are. No argument at all where some are needed is nothing to do.
func exactly(n int, m diag.Message) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != n {
			return tooFew(len(args), m)
		}
		return nil
	}
}

func atLeast(n int, m diag.Message) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) < n {
			return tooFew(len(args), m)
		}
		return nil
	}
}

func tooFew(given int, m diag.Message) error {
	var l diag.List
	l.Add(diag.Pos{}, 0, m, diag.M("“dudao COMMAND --help” shows an example"))
	if given == 0 {
		return &exit{exitNothing, l}
	}
	return &exit{exitFailed, l}
}

// checkFormat checks the value of --format.
func checkFormat(format string) error {
	if format != "text" && format != "json" {
		return badFormat(format, "text", "json")
	}
	return nil
}

func badFormat(format string, good ...string) error {
	return fail(diag.M("“%s” can’t be the value of --%s", format, "format"), diag.M("one of: %s", strings.Join(good, " ")))
}
