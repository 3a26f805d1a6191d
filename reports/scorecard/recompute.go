package scorecard

import (
	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/returns"
)

// Return rebuilds the return that the document was made from, and scores it again: a
// report shows only what the data give. version is that of this dudao.
func (d *Document) Return(p *engine.Program, file, version string) (*returns.Return, diag.List) {
	var diags diag.List
	at := diag.Pos{File: file}
	if d.Rubric != p.Rubric.Ref() {
		diags.Add(at, 0, diag.M("the scorecard was made with another text of %s (%s, here %s)", d.Rubric.String(), d.Rubric.ShortHash(), p.Rubric.Ref().ShortHash()),
			diag.M("name the rubric it was made with: -r FILE.yaml; or score the return again"))
		return nil, diags
	}
	ret, err := d.Scorecard.Return(p.Rubric)
	if err != nil {
		diags.Add(at, 0, diag.M("the values in the scorecard don’t fit its rubric (in the original words: %s)", err.Error()), scoreHint)
		return nil, diags
	}
	again := p.Score(ret)
	if m := differs(&d.Scorecard, again); !m.IsZero() {
		diags.Add(at, 0, m, diag.M("score the return again"))
		return nil, diags
	}
	if d.Hash != again.Hash() {
		diags.Add(at, 0, diag.M("the hash in the scorecard is not that of its data and result"), diag.M("score the return again"))
		return nil, diags
	}
	if d.Dudao == version && !d.same(again) {
		diags.Add(at, 0, diag.M("the texts of the scorecard are not what its data give"), diag.M("score the return again"))
		return nil, diags
	}
	return ret, nil
}

// differs tells the first part of a card that isn't what scoring again gives.
func differs(card, again *engine.Scorecard) diag.Message {
	if len(card.Items) != len(again.Items) || len(card.Sections) != len(again.Sections) {
		return diag.M("the items of the scorecard are not those of its rubric")
	}
	for i, x := range card.Items {
		if y := again.Items[i]; x.ID != y.ID || x.State != y.State || x.Amount != y.Amount || x.Letter != y.Letter {
			return diag.M("what the scorecard says of item %s is not what its data give", x.ID)
		}
	}
	for i, x := range card.Sections {
		if y := again.Sections[i]; x.Amount != y.Amount || x.Letter != y.Letter {
			return diag.M("what the scorecard says of “%s” is not what its data give", x.Title)
		}
	}
	if card.Total != again.Total || card.Rate != again.Rate || card.Grade != again.Grade || card.Kind != again.Kind {
		return diag.M("the total or the grade in the scorecard is not what its data give")
	}
	return diag.Message{}
}

func (d *Document) same(card *engine.Scorecard) bool {
	a, errA := Write(&d.Scorecard, "")
	b, errB := Write(card, "")
	return errA == nil && errB == nil && string(a) == string(b)
}
