package text

// zhCases is the tests of authors: expected and got, coverage, mutants.
var zhCases = map[string]string{}
