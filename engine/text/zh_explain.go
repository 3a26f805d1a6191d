package text

// zhExplain is how a number came to be.
var zhExplain = map[string]string{}
