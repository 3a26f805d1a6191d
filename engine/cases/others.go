package cases

import (
	"maps"
	"slices"

	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/source"
)

// Other is another return of a case's batch: an earlier case by its name, or the
// return of the case itself with other values.
type Other struct {
	Pos    diag.Pos
	Case   diag.Excerpt
	Name   diag.Excerpt              `yaml:"name"`
	Data   source.Keyed[source.Node] `yaml:"data"`
	Set    source.Keyed[source.Node] `yaml:"set"`
	Judged source.Keyed[source.Node] `yaml:"judged"`
}

// DecodeNode reads either form.
func (o *Other) DecodeNode(n source.Node) diag.List {
	*o = Other{Pos: n.Pos}
	if n.Kind == source.Scalar {
		o.Case = n.Text
		return nil
	}
	var own struct {
		Pos    diag.Pos
		Name   diag.Excerpt              `yaml:"name"`
		Data   source.Keyed[source.Node] `yaml:"data"`
		Set    source.Keyed[source.Node] `yaml:"set"`
		Judged source.Keyed[source.Node] `yaml:"judged"`
	}
	diags := source.Decode(n, &own)
	o.Name, o.Data, o.Set, o.Judged = own.Name, own.Data, own.Set, own.Judged
	if !o.Name.Given() && !diags.HasErrors() {
		diags.Add(n.Pos, 1, diag.M("%s: is missing here", "name"))
	}
	return diags
}

// othersOf makes the other returns of a case's batch.
func othersOf(c *Case, r *rubric.Rubric, own *returns.Return, made map[string]*returns.Return) ([]*returns.Return, diag.List) {
	var out []*returns.Return
	var diags diag.List
	for _, o := range c.Among {
		if o.Case.Given() {
			if made[o.Case.Text] == nil {
				diags = append(diags, noCase(o.Case, made)...)
				continue
			}
			out = append(out, made[o.Case.Text])
			continue
		}
		ret := own.Clone()
		ret.Name, ret.Code = o.Name.Text, ""
		diags = append(diags, returns.SetValues(ret, r, o.Data)...)
		diags = append(diags, returns.SetPaths(ret, r, o.Set)...)
		diags = append(diags, returns.SetJudged(ret, r, o.Judged)...)
		out = append(out, ret)
	}
	return out, diags
}

// noCase says that no case above has a name.
func noCase(name diag.Excerpt, made map[string]*returns.Return) diag.List {
	var diags diag.List
	var hints []diag.Message
	if near := diag.Nearest(name.Text, slices.Sorted(maps.Keys(made))); near != "" {
		hints = append(hints, diag.M("did you mean “%s”?", near))
	}
	diags.Add(name.Pos, len([]rune(name.Text)), diag.M("there is no case “%s” above", name.Text), hints...)
	return diags
}
