package returns

import (
	"slices"
	"strconv"

	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/rubric"
	"dudao/engine/source"
)

// document is a return in YAML.
type document struct {
	Rubric   diag.Excerpt                            `yaml:"rubric"`
	Name     diag.Excerpt                            `yaml:"name"`
	Code     diag.Excerpt                            `yaml:"code"`
	Year     source.Number                           `yaml:"year"`
	Period   diag.Excerpt                            `yaml:"period"`
	Filler   diag.Excerpt                            `yaml:"filler"`
	Reviewer diag.Excerpt                            `yaml:"reviewer"`
	Phone    diag.Excerpt                            `yaml:"phone"`
	Date     diag.Excerpt                            `yaml:"date"`
	Data     source.Keyed[source.Node]               `yaml:"data"`
	Judged   source.Keyed[source.Keyed[source.Node]] `yaml:"judged"`
}

func readYAML(d *Document, r *rubric.Rubric, ret *Return) diag.List {
	var doc document
	diags := source.Decode(d.root, &doc)
	ret.Cover = Cover{Name: doc.Name.Text, Code: doc.Code.Text, Year: int(doc.Year.Value), Period: doc.Period.Text,
		Filler: doc.Filler.Text, Reviewer: doc.Reviewer.Text, Phone: doc.Phone.Text, Date: doc.Date.Text}
	diags = append(diags, Set(ret, r, doc.Data)...)
	return append(diags, SetJudged(ret, r, doc.Judged)...)
}

// Set puts the values of a data: block into a return. Unknown names are errors;
// values that can't be understood are problems of the return.
func Set(ret *Return, r *rubric.Rubric, data source.Keyed[source.Node]) diag.List {
	s := setter{ret: ret, r: r}
	for _, e := range data {
		s.entry(e.Key, e.Value)
	}
	return s.diags
}

type setter struct {
	ret   *Return
	r     *rubric.Rubric
	diags diag.List
}

func (s *setter) entry(key diag.Excerpt, n source.Node) {
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
	if near := diag.Nearest(key.Text, known); near != "" {
		hints = append(hints, diag.M("did you mean “%s”?", near))
	}
	s.diags.Add(key.Pos, len([]rune(key.Text)), diag.M("the rubric asks for no “%s”", key.Text), hints...)
}

func (s *setter) computed(key diag.Excerpt) {
	s.diags.Add(key.Pos, len([]rune(key.Text)), diag.M("“%s” is computed, so it can’t be submitted", key.Text))
}

func (s *setter) table(name string, b *rubric.Block, n source.Node) {
	if n.Kind != source.Map {
		s.diags.Add(n.Pos, 1, diag.M("table %s needs a block of rows", name), diag.M("for example %s", b.Rows[0].Text+": {…}"))
		return
	}
	t := s.ret.Tables[name]
	for _, row := range n.Entries {
		at := slices.Index(t.Keys, row.Key.Text)
		if at < 0 {
			s.unknown(row.Key, t.Keys)
			continue
		}
		if row.Value.Kind == source.Scalar { // 中等职业学校: 不适用
			s.wholeRow(name, b, at, row.Value)
			continue
		}
		for _, col := range row.Value.Entries {
			s.column(name, b, at, col)
		}
	}
}

// wholeRow gives every column of a row the same word, such as 不适用.
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
	t := s.ret.Tables[name]
	var known []string
	for j := range b.Columns {
		f := &b.Columns[j].Value
		field := b.Columns[j].Key.Text
		known = append(known, field)
		if field != col.Key.Text {
			continue
		}
		if !f.Entered() {
			s.computed(col.Key)
			return
		}
		cells := make([]Cell, f.YearCount())
		s.years(col.Value, f, cells, func(back int) string { return form.Path(name, t.Keys[at], field, back) })
		for back, c := range cells {
			t.Columns[field][back][at] = c
		}
		return
	}
	s.unknown(col.Key, known)
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
	for back, item := range items {
		into[back] = understand(scalarEntry(item), f, label(back), &s.ret.Problems)
	}
}

func scalarEntry(n source.Node) entry {
	e := entry{typed: n.Text.Text, pos: n.Pos}
	if n.Kind == source.Map || n.Kind == source.List {
		e.fault = diag.M("a single value is expected here, not a list or a block of keys")
	}
	return e
}

// SetJudged puts the answers of a judged: block into a return.
func SetJudged(ret *Return, r *rubric.Rubric, judged source.Keyed[source.Keyed[source.Node]]) diag.List {
	s := setter{ret: ret, r: r}
	asks := r.Asks()
	for _, item := range judged {
		for _, fact := range item.Value {
			s.answer(item.Key, fact.Key, fact.Value, asks)
		}
	}
	return s.diags
}

func (s *setter) answer(item, fact diag.Excerpt, n source.Node, asks []rubric.Ask) {
	var known []string
	for _, a := range asks {
		if a.Item.ID.Text != item.Text {
			continue
		}
		known = append(known, a.Text)
		if a.Text != fact.Text {
			continue
		}
		answer := Answer{}
		value := n
		if n.Kind == source.Map {
			var full struct {
				Answer   source.Node    `yaml:"answer"`
				Note     diag.Excerpt   `yaml:"note"`
				Evidence []diag.Excerpt `yaml:"evidence"`
			}
			s.diags = append(s.diags, source.Decode(n, &full)...)
			answer.Note, answer.Evidence, value = full.Note.Text, texts(full.Evidence), full.Answer
		}
		answer.Cell = understand(scalarEntry(value), askField(a), a.Text, &s.ret.Problems)
		s.ret.answer(item.Text, fact.Text, answer)
		return
	}
	s.unknown(fact, known)
}
