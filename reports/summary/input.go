package summary

import (
	"dudao/engine"
	"dudao/engine/batch"
	"dudao/engine/diag"
)

// Input is all that the workbook of a batch is drawn from.
type Input struct {
	Program *engine.Program
	Records []batch.Record // in the order of the batch, also of what failed
	Passed  []batch.Passed // what in the folder is no return

	// Group is what the groups are called (city, category) and Groups the one of each
	// record. Without groups both are empty; a unit without one has an empty name.
	Group  string
	Groups []string

	// What follows has a sheet only where there is something, in the order given.
	Claims     []ClaimRow
	Changes    []ChangeRow
	PriorDiffs []PriorRow
	Doubts     []DoubtRow

	// They say that there were claims, results of last year, or a search for doubtful
	// data: the sheet is there then also if it has nothing to show, and says so.
	Claimed, Compared, Searched bool
}

// ClaimRow sets the points that a unit claims beside those computed and those that
// an inspector gave. What wasn't said is nil.
type ClaimRow struct {
	Unit                     string
	Item                     string // id; empty for the total
	Claimed, Engine, Checked *float64
	Reason                   string // of the inspector, as written
}

// ChangeRow is how the points of an item, or the total, changed since last year. Now
// or Last is nil where there was no result.
type ChangeRow struct {
	Unit      string
	Item      string // id; empty for the total
	Last, Now *float64
	Cause     diag.Phrase // data, rubric or judgement
	Detail    diag.Phrase // what changed, with both numbers
}

// PriorRow is a number that a unit gave for last year and that isn't what was
// accepted then.
type PriorRow struct {
	Unit            string
	Name            string // of the value, as people know it
	Accepted, Typed float64
	Pos             diag.Pos // where it was typed
}

// DoubtRow is something that someone should look at. It is no verdict.
type DoubtRow struct {
	Kind     diag.Message
	Units    []string
	Where    string      // table, column or value
	Evidence diag.Phrase // with the numbers
	Pos      diag.Pos    // of the first unit's figures
}
