// Package rubrics carries the shipped schemes: name.yaml with its author tests
// name_test.yaml beside it. README.md is the reference of the language.
package rubrics

import "embed"

// Files holds the shipped rubrics and their tests.
//
//go:embed *.yaml
var Files embed.FS
