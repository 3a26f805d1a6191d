// Command dudao scores the self-assessments that counties owe their education
// inspectors. Package dudao/engine does the work; here are the verbs.
package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

// version is shown by --version and written into reports.
const version = "0.1.0"

const (
	// startGCPercent puts the first collection off until there are 12 MB. A start takes
	// 9, of which most stays: to collect four times in it took a third of its time.
	startGCPercent = 300

	// gcPercent keeps what a report takes near what it needs: with the usual 100 a county
	// takes 10 MB more, and no less time.
	gcPercent = 50
)

func main() {
	if os.Getenv("GOGC") == "" {
		collectSeldomAtFirst()
	}
	prepareConsole()
	code := run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	waitForKey()
	os.Exit(code)
}

// collectSeldomAtFirst sets the one percentage until the first collection, which finds
// that nothing refers to the sign, and the other from then on.
func collectSeldomAtFirst() {
	debug.SetGCPercent(startGCPercent)
	sign := new([16]byte) // large enough to be collected by itself
	runtime.AddCleanup(sign, func(percent int) { debug.SetGCPercent(percent) }, gcPercent)
}
