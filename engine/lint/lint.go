// Package lint tells an author what is wrong with a rubric and what may be: the
// errors of loading and compiling it, and doubts about a rubric that compiles.
//
// Each finding has the id of its rule. A doubt that the author has settled is
// silenced by a comment on its line or the line above:
//
//	# lint:ignore RULE why
package lint

import (
	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/rubric"
)

// Check lists all findings about a rubric that was loaded with the given ones.
func Check(r *rubric.Rubric, loaded diag.List) diag.List {
	// Formulas are compiled even after errors elsewhere, so that one run shows all.
	_, diags := engine.Compile(r)
	return append(loaded, diags...).Sorted()
}
