package text

// zhLint is the doubts of lint.
var zhLint = map[string]string{}
