package source

import (
	"encoding/json"
	"reflect"
	"strings"

	"dudao/engine/diag"
)

// Canonical writes what Decode read as JSON with sorted keys, without places and
// without what isn't given. Two files that mean the same give the same bytes.
// Maps whose order matters (Keyed) become lists of pairs.
func Canonical(v any) []byte {
	out, err := json.Marshal(canonical(reflect.ValueOf(v)))
	if err != nil {
		panic("source: " + err.Error()) // only maps, slices and scalars come here
	}
	return out
}

func canonical(v reflect.Value) any {
	switch x := v.Interface().(type) {
	case diag.Excerpt:
		return x.Text
	case Number:
		if x.Formula.Given() {
			return x.Formula.Text
		}
		return x.Value
	case Node:
		return canonicalNode(x)
	}
	switch v.Kind() {
	case reflect.Pointer:
		return canonical(v.Elem())
	case reflect.Slice:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = canonical(v.Index(i))
		}
		return list
	case reflect.Struct:
		if key, value := v.FieldByName("Key"), v.FieldByName("Value"); v.NumField() == 2 && key.IsValid() && value.IsValid() {
			return []any{canonical(key), canonical(value)}
		}
		m := map[string]any{}
		for i := range v.NumField() {
			if key, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ","); key != "" && given(v.Field(i)) {
				m[key] = canonical(v.Field(i))
			}
		}
		return m
	default:
		return v.Interface()
	}
}

func given(v reflect.Value) bool {
	switch x := v.Interface().(type) {
	case diag.Excerpt:
		return x.Given()
	case Number:
		return x.Given || x.Formula.Given()
	}
	if v.Kind() == reflect.Slice {
		return v.Len() > 0
	}
	return !v.IsZero()
}

func canonicalNode(n Node) any {
	switch n.Kind {
	case Scalar:
		return n.Text.Text
	case List:
		list := make([]any, len(n.Items))
		for i, item := range n.Items {
			list[i] = canonicalNode(item)
		}
		return list
	case Map:
		pairs := make([]any, len(n.Entries))
		for i, e := range n.Entries {
			pairs[i] = []any{e.Key.Text, canonicalNode(e.Value)}
		}
		return pairs
	default:
		return nil
	}
}
