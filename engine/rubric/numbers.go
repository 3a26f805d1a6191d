package rubric

import (
	"reflect"
	"strconv"

	"dudao/engine/diag"
	"dudao/engine/formula"
	"dudao/engine/source"
)

// Numbers puts in the values of numbers that are formulas over params; it does so
// again after a param was changed. The bounds of a field may also name other
// fields; those formulas stay for the compiler.
func (r *Rubric) Numbers() diag.List {
	var diags diag.List
	scope := formula.NewScope()
	for _, p := range r.Params {
		tree := constants(p.Key.Text, p.Value)
		switch {
		case tree == nil:
		case tree.Leaf != nil:
			scope.Declare(tree.Leaf)
		default:
			scope.SetParam(p.Key.Text, tree)
		}
	}
	bounds, fields := map[*source.Number]bool{}, map[string]bool{}
	for i := range r.Data {
		for _, list := range []source.Keyed[Field]{r.Data[i].Value.Fields, r.Data[i].Value.Columns} {
			for j := range list {
				bounds[&list[j].Value.Min], bounds[&list[j].Value.Max] = true, true
				fields[list[j].Key.Text] = true
			}
		}
	}
	r.EachNumber(func(n *source.Number) {
		text := n.Formula.Text
		switch {
		case !n.Formula.Given():
			return
		case bounds[n] && fields[text] && scope.Name(text) == nil:
			return // just another field, as most bounds are: it would compile to nothing
		}
		f, faults := formula.Compile(n.Formula, scope, formula.Number)
		switch {
		case f == nil && bounds[n]:
		case f == nil:
			n.Wrong = true
			diags = append(diags, faults...)
		default:
			out := f.Eval(formula.NewMachine(scope))
			if out.State[0] != formula.Known {
				n.Wrong = true
				diags.Add(n.Pos, len([]rune(n.Formula.Text)), diag.M("this divides by zero"))
				return
			}
			n.Value, n.Given, n.Wrong = out.Num[0], true, false
		}
	})
	return diags
}

// constants makes the tree of a param; a param by year, and bands, give none, for
// the year isn't known here.
func constants(name string, n source.Node) *formula.Param {
	switch n.Kind {
	case source.Scalar:
		leaf := &formula.Name{Name: name, Kind: formula.Text, Digits: 6}
		value := formula.Column{Text: []string{n.Text.Text}, State: []formula.State{formula.Known}}
		if x, err := strconv.ParseFloat(n.Text.Text, 64); err == nil && n.Style != source.Quoted {
			leaf.Kind, value = formula.Number, formula.NumberColumn(x)
		}
		leaf.Constant = &value
		return &formula.Param{Leaf: leaf}
	case source.Map:
		p := &formula.Param{Children: map[string]*formula.Param{}}
		for _, e := range n.Entries {
			if child := constants(name+"."+e.Key.Text, e.Value); child != nil && !IsYear(e.Key.Text) {
				p.Order = append(p.Order, e.Key.Text)
				p.Children[e.Key.Text] = child
			}
		}
		if len(p.Order) > 0 {
			return p
		}
	}
	return nil
}

// EachNumber visits every number that an author may write.
func (r *Rubric) EachNumber(visit func(*source.Number)) { eachNumber(reflect.ValueOf(r).Elem(), visit) }

func eachNumber(v reflect.Value, visit func(*source.Number)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			eachNumber(v.Elem(), visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachNumber(v.Index(i), visit)
		}
	case reflect.Struct:
		switch x := v.Addr().Interface().(type) {
		case *source.Number:
			visit(x)
			return
		case *source.Node, *diag.Excerpt:
			return
		}
		for i := range v.NumField() {
			if field := v.Field(i); field.CanSet() {
				eachNumber(field, visit)
			}
		}
	}
}
