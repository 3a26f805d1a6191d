package cases

import "testing"

func TestIgnored(t *testing.T) {
	const text = `a: 1   # lint:ignore mutant 条文如此
b: 2   # lint:ignore mutant
c: 3   # lint:ignore other 条文如此
# lint:ignore mutant 条文如此
# 见第3条
d: 4
e: 5
`
	for line, want := range map[int]bool{1: true, 2: false, 3: false, 6: true, 7: false, 99: false} {
		if got := ignored([]byte(text), line, "mutant"); got != want {
			t.Errorf("line %d: %v", line, got)
		}
	}
}
