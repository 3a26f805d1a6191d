package main

import (
	"path/filepath"

	"dudao/engine"
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/returns"
)

// readReview reads an inspector's file, if one is named. It is refused whole where a
// line of it can't be understood: none is passed over silently.
func (a *app) readReview(name string) error {
	a.review = nil
	if name == "" {
		return nil
	}
	data, err := a.readFile(name, returns.DefaultLimits.FileSize)
	if err != nil {
		return err
	}
	file := filepath.ToSlash(name)
	if name == "-" {
		file = "stdin.yaml"
	}
	rev, diags := returns.ReadReview(file, data, returns.DefaultLimits)
	if rev != nil && rev.Text != nil {
		a.files[file] = rev.Text
	}
	if diags.HasErrors() {
		return &exit{exitFailed, diags}
	}
	a.report(diags)
	a.review = rev
	return nil
}

// reviewed puts into a return what the review has of it. That there is nothing is
// told: the name of the unit may be written otherwise.
func (a *app) reviewed(ret *returns.Return, p *engine.Program) (*returns.Return, error) {
	if a.review == nil {
		return ret, nil
	}
	if len(a.review.For(ret.Cover)) == 0 {
		diags := a.review.Strangers([]returns.Cover{ret.Cover})
		if len(diags) > 1 {
			diags = diags[:1]
		}
		for i := range diags {
			diags[i].Severity = diag.Warning
			diags[i].Message = diag.M("the review has nothing of the unit “%s”", ret.Name)
		}
		a.report(diags)
		return ret, nil
	}
	out, diags := p.Review(ret, a.review)
	if diags.HasErrors() {
		return nil, &exit{exitFailed, diags}
	}
	a.report(diags)
	return out, nil
}

// claims prints what was claimed and checked, where that differs from what the engine
// computes.
func (a *app) claims(card *engine.Scorecard) {
	if card.Own == nil && (card.Claimed == nil || card.Total.Certain() && decimal.Compare(*card.Claimed, card.Total.Points) == 0) {
		return
	}
	if words := card.ClaimWords(); words != nil {
		a.line(diag.M("Claims"), a.Phrase(words))
	}
}
