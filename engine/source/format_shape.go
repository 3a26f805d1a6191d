package source

import "reflect"

// shape says what a value fills, and so whether it is a formula. The zero shape
// is of what holds none.
type shape struct {
	of      reflect.Type
	formula bool
	patches bool // by key, each value fills of
}

func shapeOf(as any) shape { return shape{of: reflect.TypeOf(as)} }

// each is the shape of every value of a Keyed.
func (Keyed[T]) each() shape { return shape{of: reflect.TypeFor[T]()} }

// below is the shape of the value of a key.
func (s shape) below(key string) shape {
	if s.patches {
		return shape{of: s.of}
	}
	t := s.of
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == nil {
		return shape{}
	}
	if keyed, ok := reflect.Zero(t).Interface().(interface{ each() shape }); ok {
		return keyed.each()
	}
	switch t.Kind() {
	case reflect.Slice:
		return shape{of: t.Elem()}.below(key) // one value for a list of one
	case reflect.Struct:
		fields := fieldsOf(t)
		i, known := fields.index[key]
		if patched, ok := fields.patches[key]; ok {
			return shape{of: t.Field(fields.index[patched]).Type, patches: true}
		}
		if known {
			return shape{of: t.Field(i).Type, formula: fields.formula[key]}
		}
	}
	return shape{}
}

// item is the shape of an item of a list.
func (s shape) item() shape {
	if s.of == nil || s.of.Kind() != reflect.Slice {
		return shape{}
	}
	return shape{of: s.of.Elem()}
}
