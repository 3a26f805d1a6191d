package rubric

import (
	"dudao/engine/diag"
	"dudao/engine/source"
)

// Text is the effective rubric as YAML that LoadText reads back as the same rubric:
// what it extends and uses is put in, what nobody reads is left out.
func (r *Rubric) Text() []byte {
	return source.Write(source.Tree(r))
}

// LoadText loads what Text wrote. The files that uses: names are all put in
// already, so none is opened.
func LoadText(file string, text []byte) (*Rubric, diag.List) {
	return Load(file, text, func(name, _ string) (string, []byte, bool) {
		return name, []byte("id: nothing\n"), true
	})
}

// Tree is how the bands stand in a file.
func (b Bands) Tree() source.Node {
	if b.Name.Given() {
		return source.Tree(&b.Name)
	}
	return source.Tree(&b.List)
}

// Tree is how the judgement stands in a file.
func (j Judge) Tree() source.Node {
	if j.Plain {
		var list []diag.Excerpt
		for _, l := range j.Levels {
			list = append(list, l.Level)
		}
		return source.Tree(&list)
	}
	if len(j.Levels) > 0 {
		return source.Tree(&j.Levels)
	}
	return source.Tree(&struct {
		Step source.Number `yaml:"step"`
		From source.Number `yaml:"from"`
		To   source.Number `yaml:"to"`
	}{j.Step, j.From, j.To})
}
