package source

import (
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"dudao/engine/diag"

	"golang.org/x/text/width"
)

// Number is a number in a file.
type Number struct {
	Value float64
	Given bool
	Wrong bool // something stands there that is no number; it was reported
	Pos   diag.Pos
	Width int // of what is written, in runes

	// Formula stands where the author wrote a formula over params. Whoever knows
	// the params puts in the value.
	Formula diag.Excerpt
}

// MarshalJSON writes the value, or null where nothing is given.
func (n Number) MarshalJSON() ([]byte, error) {
	if !n.Given {
		return []byte("null"), nil
	}
	return json.Marshal(n.Value)
}

// Or returns the value, or what stands for it where nothing is given.
func (n Number) Or(fallback float64) float64 {
	if n.Given {
		return n.Value
	}
	return fallback
}

// Keyed is a map in the author's order.
type Keyed[T any] []KeyedItem[T]

// KeyedItem is one key and its value.
type KeyedItem[T any] struct {
	Key   diag.Excerpt
	Value T
}

func (k *Keyed[T]) decode(d *decoder, n Node) {
	if n.Kind != Map {
		d.wantMap(n)
		return
	}
	*k = slices.Grow(*k, len(n.Entries))
	for _, e := range n.Entries {
		*k = append(*k, KeyedItem[T]{Key: e.Key})
		d.value(e.Value, reflect.ValueOf(&(*k)[len(*k)-1].Value).Elem())
	}
}

// Decode fills the struct that out points to. A field's `yaml` tag is its key.
// Fields may be diag.Excerpt, Number, bool, Node, Keyed, structs, pointers to
// structs and slices of these (one value may stand for a list of one). A field
// `Pos diag.Pos` without a tag receives the place of the struct itself; it stays
// zero where something else than a block of keys stands, which is reported.
// A tag `yaml:"key,formula"` marks a formula, which must not be folded. A tag
// `yaml:"key,patches=items"` says that the values are patches of what the field
// items holds; only Format needs to know.
func Decode(n Node, out any) diag.List {
	d := decoder{}
	d.value(n, reflect.ValueOf(out).Elem())
	return d.diags.Named("keys")
}

type decoder struct{ diags diag.List }

// OwnDecoder is what a type implements that may be written in several ways.
type OwnDecoder interface {
	DecodeNode(n Node) diag.List
}

var excerptType = reflect.TypeFor[diag.Excerpt]()

func (d *decoder) value(n Node, v reflect.Value) {
	switch x := v.Addr().Interface().(type) {
	case *diag.Excerpt:
		if d.wantScalar(n) {
			*x = n.Text
		}
	case *Number:
		if d.wantScalar(n) {
			d.number(n, x)
		}
	case *bool:
		if d.wantScalar(n) {
			*x = d.truth(n)
		}
	case *Node:
		*x = n
	case interface{ decode(*decoder, Node) }: // a Keyed
		x.decode(d, n)
	case OwnDecoder:
		d.diags = append(d.diags, x.DecodeNode(n)...)
	default:
		d.composed(n, v)
	}
}

// composed fills what consists of other values.
func (d *decoder) composed(n Node, v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.value(n, v.Elem())
	case reflect.Slice:
		d.list(n, v)
	case reflect.Struct:
		d.record(n, v)
	default:
		panic("source: can't decode into " + v.Type().String())
	}
}

func (d *decoder) list(n Node, v reflect.Value) {
	if n.Kind != List {
		if n.Kind == Map && v.Type().Elem() == excerptType {
			d.diags.Add(n.Pos, 1, diag.M("a list is expected here, one “- …” a line"))
			return
		}
		n = Node{Kind: List, Pos: n.Pos, Items: []Node{n}}
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.Items), len(n.Items))) // a list that was there is replaced
	for i, item := range n.Items {
		d.value(item, v.Index(i))
	}
}

func (d *decoder) record(n Node, v reflect.Value) {
	if n.Kind != Map {
		d.wantMap(n)
		return
	}
	fields := fieldsOf(v.Type())
	if fields.pos >= 0 {
		*v.Field(fields.pos).Addr().Interface().(*diag.Pos) = n.Pos
	}
	for _, e := range n.Entries {
		i, ok := fields.index[e.Key.Text]
		if !ok {
			d.unknownKey(e, fields.names)
			continue
		}
		if e.Value.Kind == Null {
			d.diags.Add(e.Key.Pos, len([]rune(e.Key.Text)), diag.M("“%s” has no value", e.Key.Text),
				diag.M("give it a value, or leave the key out"))
			if number, ok := v.Field(i).Addr().Interface().(*Number); ok {
				*number = Number{Wrong: true, Pos: e.Key.Pos}
			}
			continue
		}
		d.value(e.Value, v.Field(i))
		if fields.formula[e.Key.Text] && e.Value.Kind == Scalar {
			d.formula(e.Value, v.Field(i).Addr().Interface().(*diag.Excerpt))
		}
	}
}

// formula keeps what YAML cut off behind a formula, and refuses the styles in
// which the place of a character is lost.
func (d *decoder) formula(n Node, e *diag.Excerpt) {
	if n.Comment != "" {
		var layout diag.Layout
		if e.Layout != nil {
			layout = *e.Layout
		}
		layout.Behind = n.Comment
		e.Layout = &layout // the node keeps its own
	}
	if n.Style == Folded {
		d.diags.Add(n.Pos, 1, diag.M("a formula over several lines must begin with |"),
			diag.M("otherwise YAML joins its lines, and errors in it have no place")).Rule = "folded"
	}
}

func (d *decoder) unknownKey(e Entry, known []string) {
	hint := diag.M("known keys here: %s", strings.Join(known, " "))
	if strings.ContainsRune(e.Key.Text, '：') {
		d.diags.Add(e.Key.Pos, len([]rune(e.Key.Text)), diag.M("a full-width colon stands in “%s”", e.Key.Text),
			diag.M("write “key: value” with a half-width colon and a space behind it"))
		return
	}
	if near := diag.Nearest(width.Narrow.String(e.Key.Text), known); near != "" {
		hint = diag.M("did you mean “%s”?", near)
	}
	d.diags.Add(e.Key.Pos, len([]rune(e.Key.Text)), diag.M("unknown key “%s”", e.Key.Text), hint)
}

func (d *decoder) wantScalar(n Node) bool {
	switch n.Kind {
	case Scalar:
		return true
	case Null:
		d.diags.Add(n.Pos, 1, diag.M("a value is missing here"))
	default:
		hints := []diag.Message{}
		if n.Flow {
			hints = append(hints, diag.M("text with { } [ ] or a comma needs quotes"))
		}
		d.diags.Add(n.Pos, 1, diag.M("a single value is expected here, not a list or a block of keys"), hints...)
	}
	return false
}

func (d *decoder) wantMap(n Node) {
	if n.Kind == Scalar && strings.ContainsRune(n.Text.Text, '：') {
		d.diags.Add(n.Pos, len([]rune(n.Text.Text)), diag.M("a full-width colon stands in “%s”", n.Text.Text),
			diag.M("write “key: value” with a half-width colon and a space behind it"))
		return
	}
	d.diags.Add(n.Pos, 1, diag.M("a block of keys is expected here (key: value)"))
}

func (d *decoder) number(n Node, out *Number) {
	text := n.Text.Text
	if text == "" {
		d.diags.Add(n.Pos, 1, diag.M("a value is missing here"))
		return
	}
	x, err := strconv.ParseFloat(text, 64)
	if err == nil && !strings.ContainsAny(text, "_xXpPnN") {
		*out = Number{Value: x, Given: true, Pos: n.Text.Pos, Width: len([]rune(text))}
		return
	}
	if isFormula(text) {
		*out = Number{Pos: n.Text.Pos, Width: len([]rune(text)), Formula: n.Text}
		return
	}
	*out = Number{Wrong: true, Pos: n.Text.Pos}
	folded := width.Narrow.String(text)
	switch {
	case folded != text && parses(folded):
		d.diags.Add(n.Text.Pos, len([]rune(text)), diag.M("“%s” has full-width digits", text), diag.M("write %s", folded))
	case strings.HasSuffix(text, "%") || strings.HasSuffix(text, "％"):
		d.diags.Add(n.Text.Pos, len([]rune(text)), diag.M("a percentage is written without the sign: %s", strings.TrimRight(folded, "%")))
	case thousands.MatchString(folded):
		d.diags.Add(n.Text.Pos, len([]rune(text)), diag.M("a number is written without thousands separators: %s", strings.ReplaceAll(folded, ",", "")))
	default:
		var hints []diag.Message
		if strings.ContainsAny(text, "，、") {
			hints = append(hints, diag.M("several values are written as a list: %s", "[10, 8, 6]"))
		} else if number := beginsWithNumber.FindString(folded); number != "" {
			hints = append(hints, diag.M("write %s", number))
		}
		d.diags.Add(n.Text.Pos, len([]rune(text)), diag.M("a number is expected here, not “%s”", text), hints...)
	}
}

var (
	thousands        = regexp.MustCompile(`^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$`)
	beginsWithNumber = regexp.MustCompile(`^[+-]?\d+(\.\d+)?`)
)

// isFormula tells a formula over params from a number with a unit (10分).
func isFormula(text string) bool {
	first := []rune(text)[0]
	if unicode.IsDigit(first) && !strings.ContainsAny(text, " */+-(") {
		return false
	}
	return strings.ContainsFunc(text, unicode.IsLetter)
}

func parses(s string) bool {
	_, err := strconv.ParseFloat(s, 64)
	return err == nil
}

func (d *decoder) truth(n Node) bool {
	switch n.Text.Text {
	case "true", "yes", "是":
		return true
	case "false", "no", "否":
		return false
	}
	d.diags.Add(n.Text.Pos, len([]rune(n.Text.Text)), diag.M("true or false is expected here, not “%s”", n.Text.Text))
	return false
}

type fieldTable struct {
	index   map[string]int
	names   []string
	sorted  []keyedField // by key, as JSON has them
	pair    bool         // a KeyedItem
	pos     int          // the field that receives the place, or -1
	formula map[string]bool
	patches map[string]string // key to the key of what its values patch
}

type keyedField struct {
	key   string
	index int
}

var fieldTables sync.Map // reflect.Type → fieldTable

func fieldsOf(t reflect.Type) fieldTable {
	if f, ok := fieldTables.Load(t); ok {
		return f.(fieldTable)
	}
	f := fieldTable{pos: -1, index: map[string]int{}, formula: map[string]bool{}, patches: map[string]string{}}
	for i := range t.NumField() {
		if t.Field(i).Name == "Pos" && t.Field(i).Type == reflect.TypeFor[diag.Pos]() {
			f.pos = i
		}
		if key, option, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ","); key != "" {
			f.index[key] = i
			f.names = append(f.names, key)
			f.sorted = append(f.sorted, keyedField{key, i})
			f.formula[key] = option == "formula"
			if patched, ok := strings.CutPrefix(option, "patches="); ok {
				f.patches[key] = patched
			}
		}
	}
	slices.SortFunc(f.sorted, func(a, b keyedField) int { return strings.Compare(a.key, b.key) })
	f.pair = t.NumField() == 2 && t.Field(0).Name == "Key" && t.Field(1).Name == "Value"
	fieldTables.Store(t, f)
	return f
}
