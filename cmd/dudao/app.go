package main

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/text"
)

// Exit statuses, the same for every verb.
const (
	exitDone       = 0 // also for a county below the standard: that is a result
	exitFindings   = 1 // failed tests, lint errors
	exitFailed     = 2 // usage, unreadable file, a rubric that doesn't compile
	exitIncomplete = 3 // with --require-complete: data missing or judgements open
	exitPartial    = 4 // batch: some returns could not be scored, the others are
	exitNothing    = 5 // no return, no rubric, no test
)

// app is what all verbs share.
type app struct {
	text.Printer
	in       io.Reader
	out, err io.Writer
	lang     string
	quiet    bool
	color    bool
	onlyFile string            // of a return: its places needn't name it
	rules    bool              // say which rule of lint found what
	files    map[string][]byte // sources, for the lines under a diagnostic
	written  map[string]bool   // reports of this run
	others   []string          // the rubrics of -r
	review   *returns.Review   // an inspector's, or nil
}

// exit is an error that carries an exit status. What there is to say is said in
// its diagnostics.
type exit struct {
	code  int
	diags diag.List
}

func (e *exit) Error() string { return e.diags.Error() }

// fail makes an error of one message.
func fail(m diag.Message, hints ...diag.Message) error {
	return failAt(diag.Pos{}, m, hints...)
}

func failAt(pos diag.Pos, m diag.Message, hints ...diag.Message) error {
	var l diag.List
	l.Add(pos, 0, m, hints...)
	return &exit{exitFailed, l}
}

// run is the whole program: it returns the exit status.
func run(args []string, in io.Reader, out, errOut io.Writer) int {
	a := &app{in: in, out: out, err: errOut, lang: language(args), files: map[string][]byte{}, written: map[string]bool{}}
	a.Printer = text.New(a.lang)
	a.color = useColor(errOut)
	root := newRoot(a)
	if len(args) > 0 && droppedFile(root, args[0]) {
		args = append([]string{"score"}, args...)
	}
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errOut)
	err := root.Execute()
	if err == nil {
		return exitDone
	}
	var e *exit
	if !errors.As(err, &e) {
		e = usageError(err)
	}
	a.report(e.diags)
	return e.code
}

// language finds --lang before anything else is read, for help and errors are in
// it, too. The locale doesn't matter: the users are Chinese.
func language(args []string) string {
	for i, arg := range args {
		if arg == "--" {
			break
		}
		if value, ok := strings.CutPrefix(arg, "--lang="); ok {
			return value
		}
		if arg == "--lang" && i+1 < len(args) {
			return args[i+1]
		}
	}
	return "zh"
}

func useColor(w io.Writer) bool {
	return os.Getenv("NO_COLOR") == "" && isTerminal(w)
}

// report writes diagnostics for people.
func (a *app) report(l diag.List) {
	w := diag.Writer{Out: a.err, Print: a.Sprint, Files: a.files, Color: a.color, Rules: a.rules}
	_ = w.Write(l.Sorted()) // nothing is left to do if stderr is gone
}

// say prints a line of results.
func (a *app) say(line string) {
	_, _ = io.WriteString(a.out, strings.TrimRight(line, " ")+"\n")
}

// jsonLine prints one of several results for programs, on a line of its own.
func (a *app) jsonLine(v any) error {
	if err := json.NewEncoder(a.out).Encode(v); err != nil {
		return fail(diag.M("the result can’t be written"))
	}
	return nil
}

// json prints a result for programs.
func (a *app) json(v any) error {
	enc := json.NewEncoder(a.out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false) // >= stays readable
	if err := enc.Encode(v); err != nil {
		return fail(diag.M("the result can’t be written"))
	}
	return nil
}
