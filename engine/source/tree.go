package source

import (
	"reflect"
	"strconv"
	"strings"

	"dudao/engine/diag"
)

// OwnTree is for types with a form of their own, as OwnDecoder reads it.
type OwnTree interface {
	Tree() Node
}

// Tree is the opposite of Decode: a tree from which Decode fills the same struct.
// What stands in no file, such as defaults that were filled in, is left out.
func Tree(v any) Node { return tree(reflect.ValueOf(v)) }

func tree(v reflect.Value) Node {
	switch x := v.Interface().(type) {
	case diag.Excerpt:
		return textNode(x.Text)
	case Number:
		if x.Formula.Given() {
			return textNode(x.Formula.Text)
		}
		return plainNode(strconv.FormatFloat(x.Value, 'f', -1, 64))
	case Node:
		return x
	case OwnTree:
		return x.Tree()
	}
	switch v.Kind() {
	case reflect.Bool:
		return plainNode(strconv.FormatBool(v.Bool()))
	case reflect.Pointer:
		return tree(v.Elem())
	case reflect.Slice:
		return treeOfList(v)
	case reflect.Struct:
		n := Node{Kind: Map}
		for i := range v.NumField() {
			if key, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ","); key != "" && stands(v.Field(i)) {
				n.Entries = append(n.Entries, Entry{Key: diag.Excerpt{Text: key}, Value: tree(v.Field(i))})
			}
		}
		return n
	}
	panic("source: no tree of " + v.Type().String())
}

// treeOfList is a list, or a map of a Keyed.
func treeOfList(v reflect.Value) Node {
	n := Node{Kind: List}
	_, isKeyed := v.Addr().Interface().(interface{ decode(*decoder, Node) })
	for i := range v.Len() {
		e := v.Index(i)
		if !isKeyed {
			n.Items = append(n.Items, tree(e))
			continue
		}
		n.Kind = Map
		n.Entries = append(n.Entries, Entry{Key: e.FieldByName("Key").Interface().(diag.Excerpt), Value: tree(e.FieldByName("Value"))})
	}
	return n
}

// stands reports whether a value was read from a file.
func stands(v reflect.Value) bool {
	switch x := v.Interface().(type) {
	case diag.Excerpt:
		return x.Pos.Line > 0
	case Number:
		return x.Pos.Line > 0
	case []diag.Excerpt:
		return len(x) > 0 && x[0].Pos.Line > 0
	}
	return given(v)
}

func textNode(text string) Node {
	return Node{Kind: Scalar, Style: Quoted, Text: diag.Excerpt{Text: text}}
}

func plainNode(text string) Node {
	return Node{Kind: Scalar, Text: diag.Excerpt{Text: text}}
}
