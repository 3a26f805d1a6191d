package audit

import (
	"maps"
	"slices"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/returns"
)

// inputs compares what can be read from the report with what could be read when it
// was written, and scores it again if something differs. Where the cells stand makes
// no difference.
func (a *audit) inputs(at diag.Pos) diag.List {
	r := a.report.Program.Rubric
	before, diags := returns.Open(a.file, a.wanted, returns.DefaultLimits)
	if diags.HasErrors() {
		return diags
	}
	was, diags := before.Read(r)
	if diags.HasErrors() {
		return diags
	}
	is, diags := a.doc.Read(r)
	if diags.HasErrors() {
		return diags
	}
	e := edits{a: a, was: was, is: is, after: a.ret.Clone()}
	e.cover()
	for _, b := range r.Data {
		for _, f := range b.Value.Fields {
			if f.Value.Entered() {
				e.cells(f.Key.Text)
			}
		}
		if b.Value.IsTable() {
			e.table(b.Key.Text)
		}
	}
	for _, ask := range r.Asks() {
		e.answer(ask.Item, ask.Text, ask.Title)
	}
	e.claims()
	e.reasons()
	if !e.any {
		return nil
	}
	a.report.After = a.report.Program.Score(e.after)
	var err error
	if _, a.now, err = a.made(e.after, a.meta.Version); err != nil {
		a.now = nil // the report can't hold what was typed: then results are compared less strictly
	}
	return nil
}

// edits collects what was submitted anew.
type edits struct {
	a       *audit
	was, is *returns.Return
	after   *returns.Return
	any     bool
}

func (e *edits) found(what diag.Phrase, pos diag.Pos, was, is string) {
	e.any = true
	e.a.found(Finding{Kind: Input, What: what, Sheet: pos.Sheet, Cell: pos.Cell, Was: was, Is: is})
}

// differ compares what two cells mean. Of what can't be understood only the text counts.
func differ(a, b returns.Cell) bool {
	if a.State == returns.Invalid || b.State == returns.Invalid {
		return a.State != b.State || a.Typed != b.Typed
	}
	return a.State != b.State || !close(a.Number, b.Number) || a.Text != b.Text
}

func (e *edits) cover() {
	for _, f := range form.CoverFields {
		was, is := e.was.Cover.Line(f.Key), e.is.Cover.Line(f.Key)
		if was != is {
			e.found(diag.P(f.Label), e.is.CoverAt[f.Key], was, is)
		}
	}
	if e.any {
		e.after.Cover = e.is.Cover
	}
}

func (e *edits) cells(field string) {
	for back, was := range e.was.Fields[field] {
		if is := e.is.Fields[field][back]; differ(was, is) {
			e.found(diag.P(diag.Verbatim(form.Path("", "", field, back))), place(is.Pos(), was.Pos()), was.Typed, is.Typed)
			e.after.Fields[field][back] = is
		}
	}
}

func place(is, was diag.Pos) diag.Pos {
	if is.Cell == "" {
		return was
	}
	return is
}

// table compares the rows of a table: one by one if there are as many, else by what
// names them.
func (e *edits) table(name string) {
	was, is := e.was.Tables[name], e.is.Tables[name]
	found := false
	partner := map[int]int{}
	for i := range was.Keys {
		partner[i] = i
	}
	if len(was.Keys) != len(is.Keys) {
		found, partner = true, map[int]int{}
		for i, key := range was.Keys {
			j := slices.Index(is.Keys, key)
			if j < 0 {
				e.row(name, was, i, false)
				continue
			}
			partner[i] = j
		}
		for j, key := range is.Keys {
			if !slices.Contains(was.Keys, key) {
				e.row(name, is, j, true)
			}
		}
	}
	for _, column := range slices.Sorted(maps.Keys(was.Columns)) {
		for back, rows := range was.Columns[column] {
			for i := range rows {
				j, ok := partner[i]
				if !ok || !differ(rows[i], is.Columns[column][back][j]) {
					continue
				}
				found = true
				cell := is.Columns[column][back][j]
				e.found(diag.P(diag.Verbatim(form.Path(name, was.Keys[i], column, back))), place(cell.Pos(), rows[i].Pos()), rows[i].Typed, cell.Typed)
			}
		}
	}
	if found {
		e.after.Tables[name] = is
	}
}

// row tells that a row of a table is new, or gone.
func (e *edits) row(table string, t *returns.Table, row int, isNew bool) {
	var pos diag.Pos
	for _, column := range slices.Sorted(maps.Keys(t.Columns)) {
		if c := t.Columns[column][0][row]; c.State == returns.Given && (pos.Cell == "" || c.Pos().Compare(pos) < 0) {
			pos = c.Pos()
		}
	}
	e.any = true
	f := Finding{Kind: Input, What: diag.P(diag.M("row of %s", table)), Sheet: pos.Sheet, Cell: pos.Cell}
	if isNew {
		f.Is = t.Keys[row]
	} else {
		f.Was, f.Cell = t.Keys[row], ""
	}
	e.a.found(f)
}

func (e *edits) answer(item, ask, title string) {
	was, is := e.was.Answers[item][ask], e.is.Answers[item][ask]
	what := ask
	if what == "" {
		what = title
	}
	if item != "" {
		what = item + " " + what
	}
	changed := false
	if differ(was.Cell, is.Cell) {
		changed = true
		e.found(diag.P(diag.Verbatim(what)), place(is.Pos(), was.Pos()), was.Typed, is.Typed)
	}
	lines := [2][2]string{{was.Note, is.Note}, {strings.Join(was.Evidence, "；"), strings.Join(is.Evidence, "；")}}
	for i, l := range lines {
		if l[0] == l[1] {
			continue
		}
		changed = true
		heading := [2]diag.Message{diag.M("Explanation"), diag.M("Evidence")}[i]
		pos := place(is.Pos(), was.Pos())
		pos.Cell = e.a.beside([2]string{form.JudgedNote, form.JudgedEvidence}[i], pos.Cell)
		e.found(diag.P(diag.Verbatim(what+" · "), heading), pos, l[0], l[1])
	}
	if changed {
		if e.after.Answers[item] == nil {
			e.after.Answers[item] = map[string]returns.Answer{}
		}
		e.after.Answers[item][ask] = is
	}
}

// claims compares what the unit claims.
func (e *edits) claims() {
	was, is := claimsOf(e.was), claimsOf(e.is)
	var items []string
	for _, c := range slices.Concat(e.was.Claims, e.is.Claims) {
		if !slices.Contains(items, c.Item) {
			items = append(items, c.Item)
		}
	}
	for _, item := range items {
		if a, b := was[item], is[item]; differ(a, b) {
			e.found(diag.P(diag.M("Claimed"), diag.Verbatim(" "+item)), place(b.Pos(), a.Pos()), a.Typed, b.Typed)
			e.after.Claims = e.is.Claims
		}
	}
}

func claimsOf(ret *returns.Return) map[string]returns.Cell {
	out := map[string]returns.Cell{}
	for _, c := range ret.Claims {
		out[c.Item] = c.Cell
	}
	return out
}

// reasons compares what the unit says to its figures, one after the other.
func (e *edits) reasons() {
	for i := range max(len(e.was.Reasons), len(e.is.Reasons)) {
		var was, is returns.Reason
		if i < len(e.was.Reasons) {
			was = e.was.Reasons[i]
		}
		if i < len(e.is.Reasons) {
			is = e.is.Reasons[i]
		}
		if was.About == is.About && was.Text == is.Text {
			continue
		}
		about := is.About
		if about == "" {
			about = was.About
		}
		if was.About != is.About && was.About != "" && is.About != "" {
			was.Text, is.Text = was.About+"："+was.Text, is.About+"："+is.Text
		}
		e.found(diag.P(diag.M("Reason or remark"), diag.Verbatim(" "+about)), place(is.Pos, was.Pos), was.Text, is.Text)
		e.after.Reasons = e.is.Reasons
	}
}
