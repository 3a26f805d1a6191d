package source

import (
	"reflect"
	"strconv"

	"dudao/engine/diag"
)

// Canonical writes what Decode read into the struct that v points to as JSON with
// sorted keys, without places and without what isn't given. Two files that mean the
// same give the same bytes. Maps whose order matters (Keyed) become lists of pairs.
func Canonical(v any) []byte {
	return appendValue(make([]byte, 0, 96<<10), reflect.ValueOf(v)) // a rubric with shared data takes 70 KB
}

func appendValue(out []byte, v reflect.Value) []byte {
	if v.Kind() == reflect.Pointer {
		return appendValue(out, v.Elem())
	}
	switch x := v.Addr().Interface().(type) { // pointers, for these structs are large
	case *diag.Excerpt:
		return AppendText(out, x.Text)
	case *Number:
		if x.Formula.Given() {
			return AppendText(out, x.Formula.Text)
		}
		return AppendFigure(out, x.Value)
	case *bool:
		return strconv.AppendBool(out, *x)
	case *Node:
		return appendNode(out, x)
	}
	switch v.Kind() {
	case reflect.Slice:
		out = append(out, '[')
		for i := range v.Len() {
			out = appendValue(appendComma(out), v.Index(i))
		}
		return append(out, ']')
	case reflect.Struct:
		return appendRecord(out, v)
	}
	panic("source: nothing decodes into " + v.Type().String())
}

// appendRecord writes a struct: a pair of a Keyed, or the fields with a key that are
// given.
func appendRecord(out []byte, v reflect.Value) []byte {
	fields := fieldsOf(v.Type())
	if fields.pair {
		out = appendValue(append(out, '['), v.Field(0))
		out = appendValue(append(out, ','), v.Field(1))
		return append(out, ']')
	}
	out = append(out, '{')
	for _, f := range fields.sorted {
		if field := v.Field(f.index); given(field) {
			out = append(AppendText(appendComma(out), f.key), ':')
			out = appendValue(out, field)
		}
	}
	return append(out, '}')
}

func appendNode(out []byte, n *Node) []byte {
	switch n.Kind {
	case Scalar:
		return AppendText(out, n.Text.Text)
	case List:
		out = append(out, '[')
		for i := range n.Items {
			out = appendNode(appendComma(out), &n.Items[i])
		}
		return append(out, ']')
	case Map:
		out = append(out, '[')
		for i := range n.Entries {
			e := &n.Entries[i]
			out = AppendText(append(appendComma(out), '['), e.Key.Text)
			out = appendNode(append(out, ','), &e.Value)
			out = append(out, ']')
		}
		return append(out, ']')
	default:
		return append(out, "null"...)
	}
}

// appendComma parts what follows from what stands before it in the same list.
func appendComma(out []byte) []byte {
	if last := out[len(out)-1]; last == '[' || last == '{' {
		return out
	}
	return append(out, ',')
}

// given reports whether a field holds something.
func given(v reflect.Value) bool {
	switch x := v.Addr().Interface().(type) {
	case *diag.Excerpt:
		return x.Given()
	case *Number:
		return x.Given || x.Formula.Given()
	}
	if v.Kind() == reflect.Slice {
		return v.Len() > 0
	}
	return !v.IsZero()
}
