package rubric

import (
	"slices"

	"dudao/engine/diag"
	"dudao/engine/source"
)

// Bands are written as a list, or as the name of a list in params.
type Bands struct {
	Name diag.Excerpt `yaml:"name"`
	List []Band       `yaml:"list"`
}

// Given reports whether there are any.
func (b Bands) Given() bool { return b.Name.Given() || len(b.List) > 0 }

// DecodeNode reads either form.
func (b *Bands) DecodeNode(n source.Node) diag.List {
	*b = Bands{}
	if n.Kind == source.Scalar {
		b.Name = n.Text
		return nil
	}
	return source.Decode(n, &b.List)
}

// namedBands fetches the bands that items name from params.
func (l *loader) namedBands(r *Rubric) {
	lists := map[string]source.Node{}
	var known []string
	for _, p := range r.Params {
		if p.Value.Kind == source.List {
			lists[p.Key.Text] = p.Value
			known = append(known, p.Key.Text)
		}
	}
	r.Leaves(func(item *Item, _ []*Item) {
		name := item.Bands.Name
		if !name.Given() {
			return
		}
		list, ok := lists[name.Text]
		if !ok {
			hint := diag.M("a list in params holds bands: {from: 90, points: 5}")
			if near := diag.Nearest(name.Text, known); near != "" {
				hint = diag.M("did you mean “%s”?", near)
			}
			l.diags.Add(name.Pos, len([]rune(name.Text)), diag.M("params has no bands “%s”", name.Text), hint)
			return
		}
		l.diags = append(l.diags, source.Decode(list, &item.Bands.List)...)
	})
}

// Scale gives points in proportion between two values: none at From, all at To.
// To may be below From.
type Scale struct {
	Pos  diag.Pos
	From source.Number `yaml:"from"`
	To   source.Number `yaml:"to"`
}

// Judge is a judgement by people: one of Levels, or points in steps of Step, or
// points between From and To.
type Judge struct {
	Pos    diag.Pos
	Levels []Level       `yaml:"levels"`
	Step   source.Number `yaml:"step"`
	From   source.Number `yaml:"from"`
	To     source.Number `yaml:"to"`

	Plain bool // the levels are written as texts, the first is met
}

// DecodeNode reads a list of levels, or a block of keys.
func (j *Judge) DecodeNode(n source.Node) diag.List {
	*j = Judge{Pos: n.Pos}
	if isTexts(n) {
		j.Plain = true
		for i, text := range n.Items {
			j.Levels = append(j.Levels, Level{Pos: text.Pos, Level: text.Text, Met: i == 0})
		}
		return nil
	}
	if n.Kind == source.List {
		return source.Decode(n, &j.Levels)
	}
	var free struct {
		Step source.Number `yaml:"step"`
		From source.Number `yaml:"from"`
		To   source.Number `yaml:"to"`
	}
	diags := source.Decode(n, &free)
	j.Step, j.From, j.To = free.Step, free.From, free.To
	return diags
}

// isTexts reports whether a node is a list of nothing but texts.
func isTexts(n source.Node) bool {
	return n.Kind == source.List && len(n.Items) > 0 &&
		!slices.ContainsFunc(n.Items, func(i source.Node) bool { return i.Kind != source.Scalar })
}

// Level is one answer to a judgement.
type Level struct {
	Pos    diag.Pos
	Level  diag.Excerpt  `yaml:"level"`
	Points source.Number `yaml:"points"`
	Met    bool          `yaml:"met"`    // in a rubric of kind pass
	Letter diag.Excerpt  `yaml:"letter"` // in a rubric of kind letter
	When   diag.Excerpt  `yaml:"when"`   // in words
}

// Rank gives points by the place among the returns of a batch.
type Rank struct {
	Pos    diag.Pos
	Of     diag.Excerpt    `yaml:"of,formula"`
	Points []source.Number `yaml:"points"` // for the first place, the second, …
	First  diag.Excerpt    `yaml:"first"`  // high or low
	Within diag.Excerpt    `yaml:"within"` // only among returns with the same value of a text field
	Mean   source.Number   `yaml:"mean"`   // points for whoever reaches the mean
}

// Veto overrides points: it sets the grade, limits it or lowers it.
type Veto struct {
	Pos   diag.Pos
	Title diag.Excerpt  `yaml:"title"`
	When  diag.Excerpt  `yaml:"when,formula"`
	Ask   diag.Excerpt  `yaml:"ask"`
	Grade diag.Excerpt  `yaml:"grade"`
	Cap   diag.Excerpt  `yaml:"cap"`
	Down  source.Number `yaml:"down"`
	Once  bool          `yaml:"once"` // several of these lower the grade only once

	Within diag.Excerpt `yaml:"within"` // a text field: it acts on all returns of the batch with the same value

	Basis      []diag.Excerpt `yaml:"basis"`
	Note       diag.Excerpt   `yaml:"note"`
	Unverified bool           `yaml:"unverified"`
}
