// Command dudao scores the self-assessments that counties owe their education
// inspectors. Package dudao/engine does the work; here are the verbs.
package main

import (
	"os"
	"runtime/debug"
)

// version is shown by --version and written into reports.
const version = "0.1.0"

// gcPercent keeps what a report takes near what it needs: with the usual 100 a county
// takes 10 MB more, and no less time.
const gcPercent = 50

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	prepareConsole()
	code := run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	waitForKey()
	os.Exit(code)
}
