package rubric

import (
	"slices"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/source"
)

// loader reads a file and the files that it names.
type loader struct {
	open       Opener
	sources    map[string][]byte
	chain      []string // the files being read, outermost first
	diags      diag.List
	shared     map[string]bool // ids of the files whose data was put in
	unreadable bool            // the first file is no YAML at all, or its base is missing
}

func (l *loader) read(file string, text []byte) *Rubric {
	l.sources[file] = text
	l.chain = append(l.chain, file)
	defer func() { l.chain = l.chain[:len(l.chain)-1] }()
	root, diags := source.Parse(file, text)
	if root.Kind == source.Null {
		if !diags.HasErrors() {
			diags.Add(diag.Pos{File: file}, 0, diag.M("the file is empty"))
		}
		l.diags = append(l.diags, diags...)
		l.unreadable = l.unreadable || len(l.chain) == 1
		return &Rubric{}
	}
	if of, ok := root.Get("rubric"); ok && len(l.chain) == 1 {
		l.diags.Add(of.Pos, len([]rune(of.Text.Text)), diag.M("this is no rubric: rubric: stands in returns and in the tests of a rubric"),
			diag.M("name the rubric itself")).Rule = "keys"
		l.unreadable = true
		return &Rubric{}
	}
	own := &Rubric{}
	l.diags = append(append(l.diags, diags...), source.Decode(root, own)...)
	r := own
	if own.Extends.Given() {
		if base := l.other(own.Extends, file); base != nil {
			r = l.extend(base, own, root)
		} else {
			l.unreadable = true // nothing can be said of it without its base
		}
	} else {
		l.changesWithoutBase(own)
	}
	if r != own {
		r.Uses = append(r.Uses, own.Uses...)
	}
	// What is shared stands first: a formula sees what stands above it.
	for i := len(own.Uses) - 1; i >= 0; i-- {
		if shared := l.other(own.Uses[i], file); shared != nil && !l.shared[shared.ID.Text] {
			l.shared[shared.ID.Text] = true // two files may share the same third one
			if r.Shared == nil {
				r.Shared = map[string]bool{}
			}
			for _, b := range shared.Data {
				r.Shared[b.Key.Pos.File] = true
				for _, c := range b.Value.Columns {
					r.Shared[c.Key.Pos.File] = true // a file may only add columns to what it shares itself
				}
			}
			r.Data = l.share(shared.Data, r.Data)
			r.Params = append(slices.Clone(shared.Params), r.Params...)
			r.Checks = append(slices.Clone(shared.Checks), r.Checks...)
		}
	}
	return r
}

// share puts shared data in front of a rubric's own. An own block that has the
// name of a shared table and only columns: adds them to it; a column that has
// only pass: gives the shared one its standard.
func (l *loader) share(shared, own source.Keyed[Block]) source.Keyed[Block] {
	out := slices.Clone(shared)
	for _, b := range own {
		at := slices.IndexFunc(shared, func(q source.KeyedItem[Block]) bool { return q.Key.Text == b.Key.Text && q.Value.IsTable() })
		if at < 0 || !b.Value.onlyColumns() {
			out = append(out, b)
			continue
		}
		table := &out[at].Value
		table.Columns = slices.Clone(table.Columns)
		for _, c := range b.Value.Columns {
			switch there := table.Column(c.Key.Text); {
			case there == nil && !slices.Contains(table.KeyNames(), c.Key.Text):
				table.Columns = append(table.Columns, c)
			case there != nil && c.Value.onlyStandard() && !there.Pass.Given():
				there.Pass = c.Value.Pass
			default:
				l.diags.Add(c.Key.Pos, len([]rune(c.Key.Text)), diag.M("the shared table %s has a column “%s” already", b.Key.Text, c.Key.Text),
					diag.M("it can only be given a standard that it lacks: pass: alone"))
			}
		}
	}
	return out
}

// other reads a file that is named in this one. A circle is an error.
func (l *loader) other(name diag.Excerpt, from string) *Rubric {
	file, text, ok := "", []byte(nil), false
	if l.open != nil {
		file, text, ok = l.open(name.Text, from)
	}
	length := len([]rune(name.Text))
	switch {
	case !ok:
		l.diags.Add(name.Pos, length, diag.M("there is no rubric “%s”", name.Text),
			diag.M("name a shipped rubric by its id, or a file by its path from here, with its ending .yaml")).Rule = "extends"
		return nil
	case slices.Contains(l.chain, file):
		l.diags.Add(name.Pos, length, diag.M("“%s” builds on itself: %s", name.Text, strings.Join(append(l.chain, file), " → "))).Rule = "extends"
		return nil
	}
	return l.read(file, text)
}

func (l *loader) changesWithoutBase(r *Rubric) {
	for _, k := range r.Change {
		l.diags.Add(k.Key.Pos, len([]rune(k.Key.Text)), diag.M("%s needs extends:", "change:")).Rule = "extends"
	}
	for _, id := range r.Remove {
		l.diags.Add(id.Pos, len([]rune(id.Text)), diag.M("%s needs extends:", "remove:")).Rule = "extends"
	}
	for _, a := range r.Add {
		if !unreadable(a.Pos) {
			l.diags.Add(a.Pos, 1, diag.M("%s needs extends:", "add:")).Rule = "extends"
		}
	}
}

// merged are the keys that a rubric combines with those of its base; all others
// replace them.
var merged = []string{"params", "data", "checks", "items", "extends", "uses", "change", "remove", "add"}

// extend makes the effective rubric: the base with the changes of own put in.
func (l *loader) extend(base, own *Rubric, root source.Node) *Rubric {
	head := source.Node{Kind: source.Map, Pos: root.Pos}
	for _, e := range root.Entries {
		if !slices.Contains(merged, e.Key.Text) {
			head.Entries = append(head.Entries, e)
		}
	}
	_ = source.Decode(head, base) // reported when own was decoded
	if !own.ID.Given() {
		base.ID = diag.Excerpt{}
	}
	if !own.Version.Given() {
		base.Version = diag.Excerpt{}
	}
	base.Params = override(base.Params, own.Params)
	l.data(base, own)
	base.Checks = append(base.Checks, own.Checks...)
	for _, i := range own.Items {
		if !unreadable(i.Pos) {
			l.diags.Add(i.Pos, 1, diag.M("a rubric that extends another has no items: of its own"), diag.M("put them under add:")).Rule = "extends"
		}
	}
	l.change(base, own.Change)
	for _, id := range own.Remove {
		if !remove(&base.Items, id.Text) {
			l.unknownItem(base, id)
		}
	}
	for _, a := range own.Add {
		l.add(base, a)
	}
	base.Items = withoutEmptied(base.Items)
	return base
}

// override replaces params of the same name and adds the others.
func override(base, own source.Keyed[source.Node]) source.Keyed[source.Node] {
	out := slices.Clone(base)
	for _, p := range own {
		at := slices.IndexFunc(out, func(q source.KeyedItem[source.Node]) bool { return q.Key.Text == p.Key.Text })
		if at >= 0 {
			out[at] = p
		} else {
			out = append(out, p)
		}
	}
	return out
}

// data adds fields and columns to blocks of the same name, and new blocks. A
// field declared again replaces the old one.
func (l *loader) data(base, own *Rubric) {
	for _, b := range own.Data {
		at := slices.IndexFunc(base.Data, func(q source.KeyedItem[Block]) bool { return q.Key.Text == b.Key.Text })
		if at < 0 {
			base.Data = append(base.Data, b)
			continue
		}
		old := &base.Data[at].Value
		if b.Value.IsView() || len(b.Value.Key) > 0 || len(b.Value.Rows) > 0 {
			*old = b.Value
			continue
		}
		old.Fields = overrideFields(old.Fields, b.Value.Fields)
		old.Columns = overrideFields(old.Columns, b.Value.Columns)
	}
}

func overrideFields(base, own source.Keyed[Field]) source.Keyed[Field] {
	out := slices.Clone(base)
	for _, f := range own {
		at := slices.IndexFunc(out, func(q source.KeyedItem[Field]) bool { return q.Key.Text == f.Key.Text })
		if at >= 0 {
			out[at] = f
		} else {
			out = append(out, f)
		}
	}
	return out
}

// ways are the keys of which an item has exactly one.
var ways = []string{"pass", "bands", "scale", "deduct", "parts", "judge", "rank", "score"}

// change patches items by id: what stands in the patch replaces what the item
// had. A new way of scoring takes the place of the old one.
func (l *loader) change(base *Rubric, patches source.Keyed[source.Node]) {
	for _, patch := range patches {
		item := base.find(patch.Key.Text)
		if item == nil {
			l.unknownItem(base, patch.Key)
			continue
		}
		for _, e := range patch.Value.Entries {
			if slices.Contains(ways, e.Key.Text) {
				item.Pass, item.Bands, item.Scale, item.Deduct = diag.Excerpt{}, Bands{}, nil, nil
				item.Parts, item.Judge, item.Rank, item.Score = nil, nil, nil, diag.Excerpt{}
				item.Lose, item.Give, item.AtLeast = source.Number{}, source.Number{}, source.Number{}
				item.For, item.By, item.Best = diag.Excerpt{}, diag.Excerpt{}, false
			}
		}
		pos := item.Pos
		l.diags = append(l.diags, source.Decode(patch.Value, item)...)
		item.Pos = pos
		if patch.Value.Pos.Line > 0 {
			item.Pos = patch.Value.Pos // what is wrong with it now is wrong here
		}
	}
}

// find returns the item of an id, or the section of a title.
func (r *Rubric) find(name string) *Item {
	var walk func(items []Item) *Item
	walk = func(items []Item) *Item {
		for i := range items {
			if items[i].ID.Text == name || wasSection(items[i]) && !items[i].ID.Given() && items[i].Title.Text == name {
				return &items[i]
			}
			if found := walk(items[i].Items); found != nil {
				return found
			}
		}
		return nil
	}
	return walk(r.Items)
}

// wasSection holds also for a section whose items were all removed.
func wasSection(i Item) bool { return i.Items != nil }

// withoutEmptied leaves out the sections of which nothing is left.
func withoutEmptied(items []Item) []Item {
	for i := range items {
		items[i].Items = withoutEmptied(items[i].Items)
	}
	return slices.DeleteFunc(items, func(i Item) bool { return wasSection(i) && !i.IsSection() })
}

func remove(items *[]Item, id string) bool {
	for i := range *items {
		if (*items)[i].ID.Text == id || (*items)[i].IsSection() && (*items)[i].Title.Text == id {
			*items = slices.Delete(slices.Clone(*items), i, i+1)
			return true
		}
		if remove(&(*items)[i].Items, id) {
			return true
		}
	}
	return false
}

func (l *loader) add(base *Rubric, a Addition) {
	if !a.Under.Given() {
		base.Items = append(base.Items, a.Items...)
		return
	}
	section := base.find(a.Under.Text)
	if section == nil || !wasSection(*section) {
		l.unknownItem(base, a.Under)
		return
	}
	section.Items = append(section.Items, a.Items...)
}

func (l *loader) unknownItem(base *Rubric, name diag.Excerpt) {
	var known []string
	var walk func(items []Item)
	walk = func(items []Item) {
		for _, i := range items {
			if i.ID.Given() {
				known = append(known, i.ID.Text)
			} else {
				known = append(known, i.Title.Text)
			}
			walk(i.Items)
		}
	}
	walk(base.Items)
	hint := diag.M("its items are: %s", strings.Join(known, " "))
	if near := diag.Nearest(name.Text, known); near != "" {
		hint = diag.M("did you mean “%s”?", near)
	}
	l.diags.Add(name.Pos, len([]rune(name.Text)), diag.M("the rubric that this one extends has no item “%s”", name.Text), hint).Rule = "extends"
}
