package source

import "gopkg.in/yaml.v3"

// value reads the value of an entry. indent is that of the block it stands in.
func (r *reader) value(e *entry, n *yaml.Node, s shape, indent int) {
	switch {
	case n.Kind == yaml.ScalarNode && n.Tag == "!!null" && n.Value == "" && n.Style == 0:
		return // nothing stands there; what comments follow belong to the key
	case n.Kind == yaml.ScalarNode:
		r.gap(r.offset(n))
		e.onKey, r.pending = append(e.onKey, r.pending...), nil
		e.value = r.scalar(e, n, s.formula, indent)
		r.last, r.complete, r.trailing = e, true, e.behind
	case n.Style&yaml.FlowStyle != 0:
		r.flow(e, n, s)
	case n.Kind == yaml.MappingNode:
		e.value = value{kind: Map, col: n.Column}
		for i := 0; i < len(n.Content); i += 2 {
			r.gap(r.offset(n.Content[i]))
			child := r.next(&e.value)
			r.key(child, n.Content[i])
			r.value(child, n.Content[i+1], s.below(n.Content[i].Value), n.Column-1)
		}
	case n.Kind == yaml.SequenceNode:
		e.value = value{kind: List, col: n.Column}
		for _, item := range n.Content {
			r.through('-')
			r.value(r.next(&e.value), item, s.item(), n.Column-1)
		}
	}
}

// flow reads a list or map in [ ] or { }. A map in a list may do without.
func (r *reader) flow(e *entry, n *yaml.Node, s shape) {
	r.gap(r.offset(n))
	e.onKey, r.pending = append(e.onKey, r.pending...), nil
	end := map[rune]rune{'[': ']', '{': '}'}[r.text[r.at]]
	if end != 0 {
		r.at++
	}
	e.value = value{kind: List, flow: true}
	if n.Kind == yaml.MappingNode {
		e.value.kind = Map
	}
	for i := 0; i < len(n.Content); i++ {
		r.gap(r.offset(n.Content[i]))
		child := r.next(&e.value)
		if e.value.kind == List {
			r.value(child, n.Content[i], s.item(), 0)
			continue
		}
		r.key(child, n.Content[i])
		i++
		r.value(child, n.Content[i], s.below(n.Content[i-1].Value), 0)
	}
	if end == 0 {
		return
	}
	r.through(end)
	if len(e.value.entries) == 0 {
		e.onKey = append(e.onKey, r.pending...)
	} else {
		e.value.below = r.pending
	}
	r.pending, r.blank = nil, false
	r.last, r.complete, r.trailing = e, true, nil
}

// next begins an entry. The comments above it are its own, or end what stands
// before it.
func (r *reader) next(in *value) *entry {
	e := &entry{}
	if n := len(in.entries); n > 0 && !in.flow {
		r.hand(in.entries[n-1], in.col, &e.above)
	}
	e.above, r.pending = append(e.above, r.pending...), nil
	e.blank, r.blank = r.blank, false
	in.entries = append(in.entries, e)
	r.last, r.complete, r.trailing = e, false, nil
	return e
}

// hand gives each waiting comment a place by its column: at the end of one of
// the blocks that end with the entry before, or above what comes next.
func (r *reader) hand(before *entry, col int, above *[]*note) {
	type level struct {
		col   int
		notes *[]*note
	}
	var ending []level
	for outer := col; ; {
		v := &before.value
		if v.kind == Null {
			ending = append(ending, level{outer + 1, &before.onKey})
		}
		if v.flow || len(v.entries) == 0 {
			break
		}
		ending = append(ending, level{v.col, &v.below})
		before, outer = v.entries[len(v.entries)-1], v.col
	}
	for _, n := range r.pending {
		if n.col <= col {
			ending = nil
		}
		for len(ending) > 1 && ending[len(ending)-1].col > n.col {
			ending = ending[:len(ending)-1]
		}
		if len(ending) == 0 {
			*above = append(*above, n)
		} else {
			notes := ending[len(ending)-1].notes
			*notes = append(*notes, n)
		}
	}
	r.pending = nil
}

// key reads a key, which stands on one line.
func (r *reader) key(e *entry, n *yaml.Node) {
	if n.Kind != yaml.ScalarNode || n.Value == "" && n.Style == 0 {
		r.stop()
	}
	v := r.scalar(e, n, false, 0)
	if len(v.lines) != 1 || v.block {
		panic(&stuck{place{n.Line, n.Column}})
	}
	e.key = v.lines[0]
}
