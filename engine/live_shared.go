package engine

import (
	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/sheet"
)

// spread lets a shared veto act where it does in another unit of the group. How it
// stands there comes from the batch: it holds as long as the group is the same.
func (e *scenarioCells) spread(v veto, own *sheet.Expr) *sheet.Expr {
	if v.within == nil {
		return own
	}
	label := append(e.label[:len(e.label):len(e.label)], diag.M("veto: %s", v.src.Title.Text))
	open := sheet.Num(0)
	if e.worst {
		open = sheet.Num(1)
	}
	p := e.s.Store(e.s.Translate(v.within, nil), nil, append(label, diag.M(", group in the batch")))
	x := sheet.Ref(p.Cell)
	acts := open // in another group, or alone: not known
	if others := e.compared(v); others != nil {
		there := 0.0
		if others.ActsIn > 0 || e.worst && others.OpenIn > 0 {
			there = 1
		}
		cell := e.batch(append(label, diag.M(", in the others of the group")), sheet.Of(there))
		acts = sheet.If(sheet.Exact(x, e.batch(append(label, diag.M(", group compared in the batch")), sheet.Said(others.Group))), cell, open)
	}
	acts = sheet.If(sheet.Is(x, e.words.Inapplicable), sheet.Num(0), acts)
	return sheet.If(sheet.Cmp(">", sheet.Sums(own, acts), sheet.Num(0)), sheet.Num(1), sheet.Num(0))
}

// compared is how a veto stands in the others, by what the batch was scored with.
func (e *scenarioCells) compared(v veto) *returns.Shared {
	if e.ret.Others == nil {
		return nil
	}
	for i := range e.ret.Others.Shared {
		if s := &e.ret.Others.Shared[i]; s.Veto == v.src.Title.Text {
			return s
		}
	}
	return nil
}
