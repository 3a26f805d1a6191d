package formula

import "slices"

// mask is the column that selects a view's rows, or nil for a table.
func (t *Table) mask(m *Machine) *Column {
	if t.Base == nil {
		return nil
	}
	return &m.Slots[t.Mask]
}

// overColumns compiles a function of whole columns. Rows outside the view and
// rows that are not applicable are left out; a missing row makes the result
// missing, for a total with a gap is no total. The mean of nothing is missing; of a
// view that selects no row of a table with rows it is not applicable, and the total
// is 0.
func overColumns(n *node) {
	table, args := n.args[0].table, n.args
	n.eval = func(m *Machine) Column {
		mask := table.mask(m)
		var in [2]Column
		var known [2][]float64
		all := mask == nil
		for k, a := range args {
			in[k] = a.eval(m)
			all = all && in[k].Clean
		}
		states := in[0].State
		if all { // every row counts, as is usual
			known, states = [2][]float64{in[0].Num, in[1].Num}, nil
		} else {
			for k := range args {
				known[k] = m.Take(in[k].Len()).Num[:0]
			}
		}
		out := m.Take(1)
		worst, skipped, selected := Known, in[0].Len() > 0 && mask != nil, false
		for i, s := range states {
			if mask != nil {
				if mask.State[i] == Known && mask.Num[i] == 0 {
					continue
				}
				s = max(s, mask.State[i])
			}
			selected = true
			if len(args) == 2 {
				s = max(s, in[1].State[i])
			}
			switch s {
			case Known:
				for k := range args {
					known[k] = append(known[k], in[k].Num[i])
				}
			case Inapplicable:
				skipped = true
			default:
				worst = max(worst, s)
			}
		}
		v := 0.0
		switch {
		case worst != Known:
		case len(known[0]) == 0 && skipped && !selected && n.fn.none:
		case len(known[0]) == 0 && skipped:
			worst = Inapplicable
		case len(known[0]) == 0:
			worst = Missing
		case n.fn.weighted != nil:
			v, worst = finite(n.fn.weighted(known[0], known[1]))
		default:
			v, worst = finite(n.fn.whole(known[0]))
		}
		out.Num[0], out.State[0] = v, worst
		return out
	}
}

// overMany compiles a function of any number of values of a row.
func overMany(n *node, f func([]float64) (float64, State)) {
	n.eval = func(m *Machine) Column {
		in := make([]Column, len(n.args))
		for k, a := range n.args {
			in[k] = a.eval(m)
		}
		out, x := m.Take(n.length(m)), make([]float64, len(n.args))
		for i := range out.State {
			s := Known
			for k, a := range n.args {
				j := i * a.step()
				s = max(s, in[k].State[j])
				x[k] = in[k].Num[j]
			}
			v := 0.0
			if s == Known {
				v, s = finite(f(x))
			}
			out.Num[i], out.State[i] = v, s
		}
		return out
	}
}

// group is what the rows with one key have in a column.
type group struct {
	rows  int // how many have a value
	first int // of them
	last  int
	worst State
}

// groups are the groups of a column, in memory that serves for the next one, too: so
// the rows of a group are a chain and no list of their own.
type groups struct {
	list  []group
	at    map[keyValue]int // in list
	next  []int            // by row: the next one of its group
	worst State            // of the keys
}

// overKeys compiles sum_if and its kin: the rows are grouped by key once, then
// every key is looked up. No row with the key: a sum or count is 0, a greatest,
// least or looked up value is missing. A row whose key is missing could belong
// to any, so everything is missing then.
func overKeys(n *node) {
	values, keys, key := n.args[0], n.args[1], n.args[2]
	n.eval = func(m *Machine) Column {
		x, k, wanted := values.eval(m), keys.eval(m), key.eval(m)
		groups := &m.groups
		groups.fill(values.table.mask(m), x, k)
		out := n.room(m)
		var known []float64
		for i := range out.State {
			j := i * key.step()
			s := wanted.State[j]
			if s == Known {
				s = groups.worst
			}
			if s != Known {
				out.State[i] = s
				continue
			}
			var g group
			at, found := groups.at[keyAt(wanted, j)]
			if found {
				g = groups.list[at]
			}
			switch {
			case x.Len() == 0:
				out.State[i] = Missing
			case !found && (n.fn.name == "sum_if" || n.fn.name == "count_if"):
				out.Num[i], out.State[i] = 0, Known
			case !found:
				out.State[i] = Missing
			case g.worst != Known:
				out.State[i] = g.worst
			case g.rows == 0: // all of them are not applicable
				out.State[i] = Inapplicable
			case n.kind == Text && g.rows > 1:
				out.State[i] = Failed
			case n.kind == Text:
				out.Set(i, x, g.first)
			default:
				known = known[:0]
				for row := g.first; len(known) < g.rows; row = groups.next[row] {
					known = append(known, x.Num[row])
				}
				out.Num[i], out.State[i] = finite(n.fn.keyed(known))
			}
		}
		return out
	}
}

// keyValue is a key of either kind, comparable.
type keyValue struct {
	text string
	num  float64
}

func keyAt(c Column, i int) keyValue {
	if c.Text != nil {
		return keyValue{text: c.Text[i]}
	}
	return keyValue{num: c.Num[i]}
}

// fill groups the rows of a column by key, as far as a mask selects them.
func (all *groups) fill(mask *Column, x, k Column) {
	if all.at == nil {
		all.at = map[keyValue]int{}
	}
	clear(all.at)
	all.list, all.worst = all.list[:0], Known
	all.next = slices.Grow(all.next[:0], len(k.State))[:len(k.State)]
	at, last := -1, keyValue{} // most rows have the key of the row above
	for i, s := range k.State {
		if mask != nil {
			if mask.State[i] == Known && mask.Num[i] == 0 {
				continue
			}
			s = max(s, mask.State[i])
		}
		if s == Inapplicable {
			continue
		}
		if s != Known {
			all.worst = max(all.worst, s)
			continue
		}
		if key := keyAt(k, i); at < 0 || key != last {
			var found bool
			if at, found = all.at[key]; !found {
				at = len(all.list)
				all.at[key] = at
				all.list = append(all.list, group{})
			}
			last = key
		}
		g := &all.list[at]
		switch x.State[i] {
		case Known:
			if g.rows == 0 {
				g.first = i
			} else {
				all.next[g.last] = i
			}
			g.rows, g.last = g.rows+1, i
		case Inapplicable:
		default:
			g.worst = max(g.worst, x.State[i])
		}
	}
}
