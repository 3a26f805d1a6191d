// Command dudao scores the self-assessments that counties owe their education
// inspectors. Package dudao/engine does the work; here are the verbs.
package main

import "os"

// version is shown by --version and written into reports.
const version = "0.1.0"

func main() {
	prepareConsole()
	code := run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	waitForKey()
	os.Exit(code)
}
