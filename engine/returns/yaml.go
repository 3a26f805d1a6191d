package returns

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/rubric"
	"dudao/engine/source"
)

// document is a return in YAML.
type document struct {
	Rubric   diag.Excerpt              `yaml:"rubric"`
	Name     diag.Excerpt              `yaml:"name"`
	Code     diag.Excerpt              `yaml:"code"`
	Year     source.Number             `yaml:"year"`
	Period   diag.Excerpt              `yaml:"period"`
	Filler   diag.Excerpt              `yaml:"filler"`
	Reviewer diag.Excerpt              `yaml:"reviewer"`
	Phone    diag.Excerpt              `yaml:"phone"`
	Date     diag.Excerpt              `yaml:"date"`
	From     []fromEntry               `yaml:"from"` // read on opening
	Data     source.Keyed[source.Node] `yaml:"data"`
	Judged   source.Keyed[source.Node] `yaml:"judged"`
	Claimed  source.Keyed[source.Node] `yaml:"claimed"`

	Reasons source.Keyed[diag.Excerpt] `yaml:"reasons"`
}

func readYAML(d *Document, r *rubric.Rubric, ret *Return) diag.List {
	var doc document
	diags := source.Decode(d.root, &doc)
	ret.Cover = Cover{Name: doc.Name.Text, Code: doc.Code.Text, Year: int(doc.Year.Value), Period: doc.Period.Text,
		Filler: doc.Filler.Text, Reviewer: doc.Reviewer.Text, Phone: doc.Phone.Text, Date: doc.Date.Text}
	ret.CoverAt["name"], ret.CoverAt["code"], ret.CoverAt["year"], ret.CoverAt["period"] = doc.Name.Pos, doc.Code.Pos, doc.Year.Pos, doc.Period.Pos
	if y := doc.Year; y.Given && !isYear(y.Value) {
		ret.Year = 0
		ret.Problems.Add(y.Pos, 0, diag.M("“%s” is no year", strconv.FormatFloat(y.Value, 'f', -1, 64)), diag.M("write four digits, such as 2021"))
	}
	id, _, _ := strings.Cut(doc.Rubric.Text, "@")
	s := setter{ret: ret, r: r, several: id != r.ID.Text, elsewhere: d.Elsewhere}
	s.data(doc.Data)
	s.judged(doc.Judged)
	s.claimed(doc.Claimed)
	for _, r := range doc.Reasons {
		if r.Value.Given() {
			ret.Reasons = append(ret.Reasons, Reason{About: r.Key.Text, Text: r.Value.Text, Pos: r.Key.Pos})
		}
	}
	s.sumUp()
	return append(diags, s.diags...)
}

// SetValues puts the values of a data: block into a return. Unknown names are errors;
// values that can't be understood are problems of the return.
func SetValues(ret *Return, r *rubric.Rubric, data source.Keyed[source.Node]) diag.List {
	s := setter{ret: ret, r: r}
	s.data(data)
	return s.diags
}

func (s *setter) data(data source.Keyed[source.Node]) {
	for _, e := range data {
		s.given = append(s.given, e.Key.Text)
	}
	for _, e := range data {
		s.entry(e.Key, e.Value)
	}
}

type setter struct {
	ret   *Return
	r     *rubric.Rubric
	diags diag.List

	// several says that the return isn't for this rubric alone: what the rubric
	// doesn't ask for may be there for another one.
	several   bool
	elsewhere func(string) bool // whether another rubric has a name
	given     []string          // the names at the top of data:
	others    []diag.Excerpt
}

// sumUp says in one line what is there for other rubrics.
func (s *setter) sumUp() {
	if len(s.others) == 0 {
		return
	}
	var names []string
	for _, e := range s.others {
		if !slices.Contains(names, e.Text) {
			names = append(names, e.Text)
		}
	}
	shown := strings.Join(names[:min(len(names), 10)], "、")
	if len(names) > 10 {
		shown += "…"
	}
	s.ret.Problems = append(s.ret.Problems, diag.Diagnostic{Severity: diag.Note, Pos: s.others[0].Pos,
		Message: diag.M("%s names of the return belong to other rubrics: %s", strconv.Itoa(len(names)), shown)})
}

func (s *setter) entry(key diag.Excerpt, n source.Node) {
	if s.r.Spare[key.Text] {
		return // it is there for another rubric
	}
	var known []string
	for i := range s.r.Data {
		name, b := s.r.Data[i].Key.Text, &s.r.Data[i].Value
		if b.IsTable() {
			known = append(known, name)
			if name == key.Text {
				s.table(name, b, n)
				return
			}
		}
		for j := range b.Fields {
			f := &b.Fields[j].Value
			if b.Fields[j].Key.Text == key.Text {
				if !f.Entered() {
					s.computed(key)
					return
				}
				s.years(n, f, s.ret.Fields[key.Text], func(back int) string { return form.Path("", "", key.Text, back) })
				return
			}
			known = append(known, b.Fields[j].Key.Text)
		}
	}
	s.unknown(key, known)
}

func (s *setter) unknown(key diag.Excerpt, known []string) {
	var hints []diag.Message
	near := diag.Nearest(key.Text, known)
	if s.several && (near == "" || slices.Contains(s.given, near) || s.isElsewhere(key.Text)) {
		s.others = append(s.others, key)
		return
	}
	if near != "" {
		hints = append(hints, diag.M("did you mean “%s”?", near))
	}
	s.diags.Add(key.Pos, len([]rune(key.Text)), diag.M("the rubric asks for no “%s”", key.Text), hints...)
}

func (s *setter) isElsewhere(name string) bool { return s.elsewhere != nil && s.elsewhere(name) }

func (s *setter) computed(key diag.Excerpt) {
	s.diags.Add(key.Pos, len([]rune(key.Text)), diag.M("“%s” is computed, so it can’t be submitted", key.Text))
}

func (s *setter) table(name string, b *rubric.Block, n source.Node) {
	if b.IsOpen() {
		s.openTable(name, b, n)
		return
	}
	if n.Kind != source.Map {
		s.diags.Add(n.Pos, 1, diag.M("table %s needs a block of rows", name), diag.M("for example %s", b.Rows[0].Text+": {…}"))
		return
	}
	t := s.ret.Tables[name]
	for _, row := range n.Entries {
		at := slices.Index(t.Keys, row.Key.Text)
		switch {
		case at < 0:
			s.unknown(row.Key, t.Keys)
		case row.Value.Kind == source.Map:
			for _, col := range row.Value.Entries {
				s.column(name, b, at, col)
			}
		case row.Value.Kind == source.Scalar && strings.TrimSpace(row.Value.Text.Text) == "不适用":
			s.wholeRow(name, b, at, row.Value)
		case row.Value.Kind != source.Null:
			s.diags.Add(row.Value.Pos, 1, diag.M("a row is a block of columns, or 不适用"))
		}
	}
}

// openTable reads a list of rows; each names its columns.
func (s *setter) openTable(name string, b *rubric.Block, n source.Node) {
	if n.Kind != source.List && n.Kind != source.Null {
		s.diags.Add(n.Pos, 1, diag.M("table %s needs a list of rows", name), diag.M("for example %s", "- {"+b.Key[0].Text+": …}"))
		return
	}
	t := NewTable(b)
	s.ret.Tables[name] = t
	for _, item := range n.Items {
		if item.Kind != source.Map {
			s.diags.Add(item.Pos, 1, diag.M("a row is a block of columns"))
			continue
		}
		at := t.addRow()
		for _, col := range item.Entries {
			s.column(name, b, at, col)
		}
	}
	t.nameRows(name, b, &s.ret.Problems)
}

// wholeRow gives every column of a row the word 不适用.
func (s *setter) wholeRow(name string, b *rubric.Block, at int, n source.Node) {
	t := s.ret.Tables[name]
	for j := range b.Columns {
		f := &b.Columns[j].Value
		for back, rows := range t.Columns[b.Columns[j].Key.Text] {
			rows[at] = understand(scalarEntry(n), f, form.Path(name, t.Keys[at], b.Columns[j].Key.Text, back), &s.ret.Problems)
		}
	}
}

func (s *setter) column(name string, b *rubric.Block, at int, col source.Entry) {
	t, field := s.ret.Tables[name], col.Key.Text
	years, entered := t.Columns[field]
	switch f := b.Column(field); {
	case f != nil && !f.Entered():
		s.computed(col.Key)
	case !entered && s.r.Spare[name+"."+field]:
	case !entered:
		s.unknown(col.Key, slices.Sorted(maps.Keys(t.Columns)))
	default:
		row := t.Keys[at]
		if row == "" {
			row = strconv.Itoa(at + 1)
		}
		cells := make([]Cell, len(years))
		for back := range years {
			cells[back] = years[back][at] // years that aren't given stay
		}
		s.years(col.Value, b.KeyField(field), cells, func(back int) string { return form.Path(name, row, field, back) })
		for back, c := range cells {
			years[back][at] = c
		}
	}
}

// years reads one value, or a list of this year's, last year's, ….
func (s *setter) years(n source.Node, f *rubric.Field, into []Cell, label func(back int) string) {
	items := n.Items
	if n.Kind != source.List {
		items = []source.Node{n}
	}
	if len(items) > len(into) {
		s.diags.Add(n.Pos, 1, diag.M("%s values are given for “%s”, which is asked for %s years",
			strconv.Itoa(len(items)), label(0), strconv.Itoa(len(into))))
		return
	}
	if n.Kind == source.List {
		clear(into) // years that a list doesn't reach are missing
	}
	for back, item := range items {
		into[back] = understand(scalarEntry(item), f, label(back), &s.ret.Problems)
	}
}

func scalarEntry(n source.Node) entry {
	e := entry{typed: n.Text.Text, pos: OriginOf(n.Pos)}
	if n.Kind == source.Map || n.Kind == source.List {
		e.fault = diag.M("a single value is expected here, not a list or a block of keys")
	}
	return e
}

// SetJudged puts the answers of a judged: block into a return.
func SetJudged(ret *Return, r *rubric.Rubric, judged source.Keyed[source.Node]) diag.List {
	s := setter{ret: ret, r: r}
	s.judged(judged)
	return s.diags
}

// judged reads the judgements of items, or in a return for several rubrics those of
// each rubric below its id.
func (s *setter) judged(judged source.Keyed[source.Node]) {
	asks := s.r.Asks()
	for _, item := range judged {
		isItem := slices.ContainsFunc(asks, func(a rubric.Ask) bool { return a.Item == item.Key.Text })
		switch {
		case isItem:
		case item.Key.Text == s.r.ID.Text:
			inner := source.Keyed[source.Node]{}
			s.diags = append(s.diags, source.Decode(item.Value, &inner)...)
			s.judged(inner)
			continue
		case s.several && ofItems(item.Value):
			continue // of another rubric
		}
		if item.Value.Kind != source.Map {
			s.diags.Add(item.Value.Pos, 1, diag.M("a block of keys is expected here (key: value)"))
			continue
		}
		s.judgedItem(item.Key, item.Value.Entries, asks)
	}
}

// ofItems tells the judgements of several items from those of one.
func ofItems(n source.Node) bool {
	return len(n.Entries) > 0 && !slices.ContainsFunc(n.Entries, func(e source.Entry) bool { return e.Value.Kind != source.Map })
}

// judgedItem reads "7": {level: 优, note: …}, "8": {points: 2.6} and
// "9": {fact: 是}. The rubric's own facts stand under "".
func (s *setter) judgedItem(item diag.Excerpt, entries []source.Entry, asks []rubric.Ask) {
	known := map[string]rubric.Ask{}
	for _, a := range asks {
		if a.Item == item.Text {
			known[a.Text] = a
		}
	}
	if len(known) == 0 {
		var ids []string
		for _, a := range asks {
			ids = append(ids, a.Item)
		}
		s.unknown(item, ids)
		return
	}
	own := Answer{}
	for _, e := range entries {
		ask, isFact := known[e.Key.Text]
		_, judged := known[""]
		switch {
		case isFact && e.Key.Text != "":
			s.fact(ask, e.Value)
		case judged && (e.Key.Text == "level" || e.Key.Text == "points"):
			own.Cell = understand(scalarEntry(e.Value), askField(known[""]), label(known[""]), &s.ret.Problems)
			checkPoints(known[""], &own.Cell, &s.ret.Problems)
		case judged && e.Key.Text == "note":
			own.Note = e.Value.Text.Text
			if own.Origin.IsZero() {
				own.Origin = OriginOf(e.Value.Pos)
			}
		case judged && e.Key.Text == "evidence":
			var list []diag.Excerpt
			s.diags = append(s.diags, source.Decode(e.Value, &list)...)
			own.Evidence, own.At = texts(list), e.Value.Pos
		default:
			s.unknown(e.Key, append(slices.Sorted(maps.Keys(known)), "level", "points"))
		}
	}
	if _, judged := known[""]; judged {
		s.ret.answer(item.Text, "", own)
	}
}

// fact reads the answer to a fact: 是, or {answer: 是, note: …, evidence: […]}.
func (s *setter) fact(ask rubric.Ask, n source.Node) {
	answer := Answer{}
	if n.Kind == source.Map {
		var full struct {
			Answer   source.Node    `yaml:"answer"`
			Note     diag.Excerpt   `yaml:"note"`
			Evidence []diag.Excerpt `yaml:"evidence"`
		}
		s.diags = append(s.diags, source.Decode(n, &full)...)
		answer.Note, answer.Evidence = full.Note.Text, texts(full.Evidence)
		if e, given := n.Get("evidence"); given {
			answer.At = e.Pos
		}
		n = full.Answer
	}
	answer.Cell = understand(scalarEntry(n), askField(ask), label(ask), &s.ret.Problems)
	s.ret.answer(ask.Item, ask.Text, answer)
}
