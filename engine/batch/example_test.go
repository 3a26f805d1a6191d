package batch_test

import (
	"context"
	"fmt"
	"os"

	"dudao/engine"
	"dudao/engine/batch"
	"dudao/engine/decimal"
	"dudao/engine/rubric"
)

// All returns of a folder are scored with one rubric; results come one by one, in the
// order of the files. Cancelling the context stops it.
func Example() {
	text, err := os.ReadFile("testdata/rubric.yaml")
	if err != nil {
		fmt.Println(err)
		return
	}
	r, diags := rubric.Load("rubric.yaml", text, nil)
	if diags.HasErrors() {
		fmt.Println(diags)
		return
	}
	program, diags := engine.Compile(r)
	if diags.HasErrors() {
		fmt.Println(diags)
		return
	}
	found, err := batch.Find(os.DirFS("testdata/returns"), "returns", r, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer found.Close()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	b := &batch.Batch{Program: program, Sources: found.Sources}
	for result := range b.Run(ctx, nil) {
		if result.Card == nil {
			fmt.Println(result.Source.Name, "can't be scored:", result.Diags)
			continue
		}
		fmt.Println(result.Card.Cover.Name, decimal.Format(result.Card.Total.Points, 2), result.Card.Grade.Lower)
	}
	// Output:
	// 甲县 10 合格
	// 乙县 0 不合格
	// 3.yaml can't be scored: returns/3.yaml:3: a value is missing in [ ] or { }
}
