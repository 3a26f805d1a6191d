package source

import (
	"bytes"
	"encoding/json"
	"reflect"

	"dudao/engine/diag"
)

// Canonical writes what Decode read into the struct that v points to as JSON with
// sorted keys, without places and without what isn't given. Two files that mean the
// same give the same bytes. Maps whose order matters (Keyed) become lists of pairs.
func Canonical(v any) []byte {
	var w canonicalWriter
	w.scalars = json.NewEncoder(&w.out)
	w.value(reflect.ValueOf(v))
	return w.out.Bytes()
}

// canonicalWriter walks over the struct and writes at once: with a tree of maps for
// json.Marshal in between, a third of all that a start allocates was for hashes.
type canonicalWriter struct {
	out     bytes.Buffer
	scalars *json.Encoder // into out
}

func (w *canonicalWriter) value(v reflect.Value) {
	if v.Kind() == reflect.Pointer {
		w.value(v.Elem())
		return
	}
	switch x := v.Addr().Interface().(type) { // a value that isn't pointed to would be copied
	case *diag.Excerpt:
		w.scalar(&x.Text)
		return
	case *Number:
		if x.Formula.Given() {
			w.scalar(&x.Formula.Text)
		} else {
			w.scalar(&x.Value)
		}
		return
	case *Node:
		w.node(x)
		return
	}
	switch v.Kind() {
	case reflect.Slice:
		w.out.WriteByte('[')
		for i := range v.Len() {
			w.comma()
			w.value(v.Index(i))
		}
		w.out.WriteByte(']')
	case reflect.Struct:
		w.record(v)
	default:
		w.scalar(v.Addr().Interface())
	}
}

// record writes a struct: a pair of a Keyed, or the fields with a key that are given.
func (w *canonicalWriter) record(v reflect.Value) {
	fields := fieldsOf(v.Type())
	if fields.pair {
		w.out.WriteByte('[')
		w.value(v.Field(0))
		w.out.WriteByte(',')
		w.value(v.Field(1))
		w.out.WriteByte(']')
		return
	}
	w.out.WriteByte('{')
	for i := range fields.sorted {
		key := &fields.sorted[i]
		field := v.Field(fields.index[*key])
		if !given(field) {
			continue
		}
		w.comma()
		w.scalar(key)
		w.out.WriteByte(':')
		w.value(field)
	}
	w.out.WriteByte('}')
}

func (w *canonicalWriter) node(n *Node) {
	switch n.Kind {
	case Scalar:
		w.scalar(&n.Text.Text)
	case List:
		w.out.WriteByte('[')
		for i := range n.Items {
			w.comma()
			w.node(&n.Items[i])
		}
		w.out.WriteByte(']')
	case Map:
		w.out.WriteByte('[')
		for i := range n.Entries {
			w.comma()
			w.out.WriteByte('[')
			w.scalar(&n.Entries[i].Key.Text)
			w.out.WriteByte(',')
			w.node(&n.Entries[i].Value)
			w.out.WriteByte(']')
		}
		w.out.WriteByte(']')
	default:
		w.out.WriteString("null")
	}
}

// comma parts what follows from what stands before it in the same list.
func (w *canonicalWriter) comma() {
	if last := w.out.Bytes()[w.out.Len()-1]; last != '[' && last != '{' {
		w.out.WriteByte(',')
	}
}

// scalar writes the text, number or truth that v points to.
func (w *canonicalWriter) scalar(v any) {
	if err := w.scalars.Encode(v); err != nil {
		panic("source: " + err.Error()) // only texts, finite numbers and truths come here
	}
	w.out.Truncate(w.out.Len() - 1) // the line that Encode ends
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
