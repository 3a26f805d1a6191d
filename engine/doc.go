// Package engine scores a return against a rubric.
//
//	YAML ──load, check──▶ Rubric ──Compile──▶ Program ─┐
//	                                                   ├─Score──▶ Scorecard ──▶ reports
//	xlsx, YAML ──open, read, clean──▶ Return ──────────┘
//
// One way in, one way out, no way back. The stages and where they live:
//
//	source    reads YAML strictly, with places, and lays it out (the only
//	          importer of yaml.v3)
//	rubric    what an author may write; load, extend, use, check
//	formula   the formulas: checked, compiled, run, put into words and into
//	          spreadsheet formulas (the only importer of expr)
//	sheet     spreadsheet formulas as values: their text, and what they come to
//	decimal   how numbers are compared and rounded
//	form      which cell of a form asks for what
//	xlsx      reads the cells of workbooks from outside
//	returns   what a county submits; readers and cleaning
//	engine    Compile and Score, or Brief for the results alone; idioms become
//	          forms (ladder, sum, line, given, rank)
//	          here and nothing after this sees them; Explain tells how a
//	          number came to be, Gaps what an item lacks and the smallest
//	          change that would mend it, Chances and Reach what would be gained
//	          by changes and which are enough, Live the same as a spreadsheet
//	          computes it, Coverage what its tests reach; Standing and Among
//	          compare the returns of a batch, ScoreAmong scores one among them
//	batch     many returns: found, scored in parallel, kept as short records
//	cases     authors' tests, their coverage and mutants
//	lint      errors and doubts of a rubric, for its author
//	diag      places, messages, diagnostics
//	text      the catalogue of translations
//
// Everything people look at is drawn from a Scorecard and the Program. A Program
// is immutable and may score many returns at once.
package engine
