package returns

import (
	"slices"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/source"
)

// finding is what stands in YAML of one thing that was checked.
type finding struct {
	Unit   diag.Excerpt `yaml:"unit"`
	Code   diag.Excerpt `yaml:"code"`
	Item   diag.Excerpt `yaml:"item"`
	Path   diag.Excerpt `yaml:"path"`
	Points source.Node  `yaml:"points"`
	Met    source.Node  `yaml:"met"`
	Letter source.Node  `yaml:"letter"`
	Level  source.Node  `yaml:"level"`
	Value  source.Node  `yaml:"value"`
	Answer source.Node  `yaml:"answer"`
	Reason diag.Excerpt `yaml:"reason"`
}

// readYAML reads {unit: {"2.1": {points: 3, reason: …}, 教师数: {value: 66, reason: …}}},
// or a list of the same with unit: or code:, and item: or path:.
func (rev *Review) readYAML(file string) diag.List {
	root, diags := source.Parse(file, rev.Text)
	if diags.HasErrors() {
		return diags
	}
	switch root.Kind {
	case source.Map:
		for _, unit := range root.Entries {
			if unit.Value.Kind != source.Map {
				diags.Add(unit.Value.Pos, 1, diag.M("a block of keys is expected here (key: value)"), reviewHint)
				continue
			}
			for _, e := range unit.Value.Entries {
				rev.block(Finding{Unit: unit.Key.Text}, e, true, &diags)
			}
		}
	case source.List:
		for _, n := range root.Items {
			rev.item(n, &diags)
		}
	default:
		diags.Add(diag.Pos{File: file}, 0, diag.M("the review holds no finding"), reviewHint)
	}
	return diags
}

// item reads an entry of a list.
func (rev *Review) item(n source.Node, diags *diag.List) {
	var doc finding
	if faults := source.Decode(n, &doc); faults.HasErrors() {
		*diags = append(*diags, faults...)
		return
	}
	f := Finding{Unit: doc.Unit.Text, Code: doc.Code.Text, Pos: n.Pos}
	if doc.Item.Given() && doc.Path.Given() {
		diags.Add(doc.Path.Pos, len([]rune(doc.Path.Text)), diag.M("item: and path: don’t stand together"), diag.M("item: is for points, path: for a value or an answer"))
		return
	}
	if f.what = doc.Item; doc.Path.Given() {
		f.what = doc.Path
	}
	if f.what.Given() {
		f.Pos = f.what.Pos
	}
	rev.found(f, doc, n, true, diags)
}

// block reads "2.1": {points: 3, reason: …}. In the tests of a rubric the value may
// stand alone.
func (rev *Review) block(f Finding, e source.Entry, strict bool, diags *diag.List) {
	f.what, f.Pos = e.Key, e.Key.Pos
	if e.Value.Kind == source.Scalar && !strict {
		f.value = scalarEntry(e.Value)
		rev.keep(f, false, diags)
		return
	}
	var doc finding
	if faults := source.Decode(e.Value, &doc); faults.HasErrors() {
		*diags = append(*diags, faults...)
		return
	}
	for _, not := range []diag.Excerpt{doc.Unit, doc.Code, doc.Item, doc.Path} {
		if not.Given() {
			diags.Add(not.Pos, len([]rune(not.Text)), diag.M("this stands before the block already"), diag.M("leave the key out"))
			return
		}
	}
	rev.found(f, doc, e.Value, strict, diags)
}

func (rev *Review) found(f Finding, doc finding, at source.Node, strict bool, diags *diag.List) {
	f.Reason = strings.TrimSpace(doc.Reason.Text)
	n := 0
	for _, v := range []struct {
		node source.Node
		kind findingKind
	}{{doc.Points, resultOfItem}, {doc.Met, resultOfItem}, {doc.Letter, resultOfItem}, {doc.Level, levelOfItem}, {doc.Value, valueOrAnswer}, {doc.Answer, valueOrAnswer}} {
		if v.node.Kind != source.Null {
			f.kind, f.value = v.kind, scalarEntry(v.node)
			n++
		}
	}
	if n != 1 {
		diags.Add(at.Pos, 1, diag.M("one of the keys points, met, letter, level, value and answer is needed, and only one"))
		return
	}
	rev.keep(f, strict, diags)
}

// setBlock reads the checked: block of a rubric’s tests. A reason need not be given
// there.
func (rev *Review) setBlock(checked source.Keyed[source.Node]) diag.List {
	var diags diag.List
	for _, e := range checked {
		rev.block(Finding{}, source.Entry{Key: e.Key, Value: e.Value}, false, &diags)
	}
	return slices.Clip(diags)
}
