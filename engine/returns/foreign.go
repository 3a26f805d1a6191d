package returns

import (
	"slices"
	"strconv"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/rubric"
)

// isForeign reports whether a return was made for another rubric than the one it
// is read for, or for another version or text of it.
func isForeign(made rubric.Ref, r *rubric.Rubric) bool {
	ref := r.Ref()
	return made.ID != "" && (made.ID != ref.ID || made.Version != "" && made.Version != ref.Version || made.Hash != "" && made.Hash != ref.Hash)
}

// kind says first what sort of file this is, where it isn't the rubric's own form.
// That a report is read is no problem of its data, which must stay as they were.
func (d *Document) kind(r *rubric.Rubric, ret *Return) (diags diag.List) {
	at := diag.Pos{File: d.file.Name}
	if d.book != nil && d.mapping == nil && d.table == nil && !d.isForm {
		diags = diag.List{{Severity: diag.Note, Pos: at, Message: diag.M("this is a report made by dudao, not a form; the data in it are read")}}
	}
	fromPart := slices.ContainsFunc(d.parts, func(part *Document) bool { return part.Rubric == d.Rubric })
	if isForeign(d.Rubric, r) && !fromPart {
		ret.Problems.Warn(at, 0, diag.M("the return was made for %s and is scored with %s; values are matched by name",
			made(d.Rubric), made(r.Ref())))
	}
	return diags
}

func made(ref rubric.Ref) string { return strings.TrimSpace(ref.String() + " " + ref.ShortHash()) }

// tellAbsent says in one line what a form of another rubric doesn't have. Where
// that is everything, there is nothing to score.
func (b *bookReader) tellAbsent(made rubric.Ref, r *rubric.Rubric) (diags diag.List) {
	switch {
	case len(b.absent) == 0:
		return nil
	case b.present == 0:
		diags.Add(diag.Pos{File: b.file}, 0, diag.M("the form was made for %s; nothing that %s asks for stands on it", made.String(), r.Ref().String()),
			diag.M("score it with its own rubric (leave out -r), or take a fresh form: dudao form %s", r.ID.Text))
		return diags
	}
	b.ret.Problems = append(b.ret.Problems, diag.Diagnostic{Severity: diag.Warning, Pos: diag.Pos{File: b.file},
		Message: diag.M("%s values or tables that %s asks for have no cell on it: %s", strconv.Itoa(len(b.absent)), r.Ref().String(), some(b.absent)),
		Hints:   []diag.Message{diag.M("they count as missing; take a fresh form: dudao form %s", r.ID.Text)}})
	return nil
}
