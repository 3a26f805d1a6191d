package text

// zhFormat is the formatter.
var zhFormat = map[string]string{}
