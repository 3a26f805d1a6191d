package cases

import (
	"strings"
)

// ignored reports whether a finding of a rule is silenced with a reason: by
// “# lint:ignore RULE why” on its line, or in the comment lines above it.
func ignored(text []byte, line int, rule string) bool {
	lines := strings.Split(string(text), "\n")
	for at := line; at >= 1 && at <= len(lines); at-- {
		whole := strings.TrimSpace(lines[at-1])
		if at < line && !strings.HasPrefix(whole, "#") {
			return false
		}
		if _, comment, ok := strings.Cut(whole, "# lint:ignore "); ok {
			if words := strings.Fields(comment); len(words) > 1 && words[0] == rule {
				return true
			}
		}
	}
	return false
}
