package source

import "testing"

// What Format compares before and after; it can't be made to fail from outside
// as long as it does its work.
func TestSame(t *testing.T) {
	const text = "a: 1  # x\nb: {c: '2', d: [3]}\n# y\n"
	for _, c := range []struct {
		name, other string
		same        bool
		line        int
	}{
		{"layout", "a:   1 # x\n\nb:\n    c: '2'\n    d:\n    - 3\n# y\n", true, 0},
		{"another value", "a: 1 # x\nb: {c: '2', d: [4]}\n# y\n", false, 2},
		{"another key", "a: 1 # x\nb: {c: '2', e: [3]}\n# y\n", false, 2},
		{"another order", "b: {c: '2', d: [3]}\na: 1 # x\n# y\n", false, 1},
		{"a text become a number", "a: 1 # x\nb: {c: 2, d: [3]}\n# y\n", false, 2},
		{"a value more", "a: 1 # x\nb: {c: '2', d: [3, 4]}\n# y\n", false, 2},
		{"another comment", "a: 1 # z\nb: {c: '2', d: [3]}\n# y\n", false, 1},
		{"comments exchanged", "a: 1 # y\nb: {c: '2', d: [3]}\n# x\n", false, 1},
		{"a comment less", "a: 1 # x\nb: {c: '2', d: [3]}\n", false, 3},
		{"a comment more", text + "# z\n", false, 0},
	} {
		before, err := read([]byte(text), nil)
		if err != nil {
			t.Fatal(err)
		}
		after, err := read([]byte(c.other), nil)
		if err != nil {
			t.Fatal(err)
		}
		if at, same := before.same(after); same != c.same || at.line != c.line {
			t.Errorf("%s: %v in line %d, want %v in line %d", c.name, same, at.line, c.same, c.line)
		}
	}
}
