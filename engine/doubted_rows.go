package engine

import (
	"math"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"sync"

	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/formula"
	"dudao/engine/returns"
	"dudao/engine/rubric"
)

// leastCompared is how many figures must be equal before a copy is suspected.
const leastCompared = 3

// unchanged doubts groups and tables whose figures are all last year's.
func (s *scorer) unchanged(name string, b *rubric.Block, figures []input) []Problem {
	count, first := 0, diag.Pos{}
	for _, in := range figures {
		if in.kind != formula.Number || len(in.slots) < 2 {
			continue
		}
		for row := range s.m.Slots[in.slots[0]].State {
			now, ok := s.known(in, 0, row)
			before, also := s.known(in, 1, row)
			switch {
			case !ok || !also || now == 0 && before == 0:
				continue
			case decimal.Compare(now, before) != 0:
				return nil
			case count == 0:
				first = s.given(in, 0, row).Pos()
			}
			count++
		}
	}
	if count < leastCompared {
		return nil
	}
	about := []string{name}
	for _, f := range b.Fields {
		about = append(about, f.Key.Text)
	}
	return []Problem{{Severity: diag.Warning, Rule: RuleUnchanged, Pos: first, about: about,
		Said:  diag.P(diag.M("%s: all %s figures of this year equal last year’s", name, strconv.Itoa(count))),
		Hints: []diag.Message{diag.M("check that this year’s figures were filled in and not copied")}}}
}

// twins doubts rows of an open table that differ in nothing but their names.
func (s *scorer) twins(name string, columns []input) []Problem {
	t := s.scope.Table(name)
	if len(columns) == 0 || s.allDiffer(columns, s.m.Rows[t.Index]) {
		return nil
	}
	var out []Problem
	first := map[string]int{}
	for row := range s.m.Rows[t.Index] {
		text, figures := s.rowText(columns, row)
		if figures < leastCompared {
			continue
		}
		at, twin := first[text]
		if !twin {
			first[text] = row
			continue
		}
		names := keys(s.m, t, []int{at, row})
		out = append(out, Problem{Severity: diag.Warning, Rule: RuleTwins, Pos: s.given(columns[0], 0, row).Pos(), about: []string{name, form.RowPath(name, names[0]), form.RowPath(name, names[1])},
			Said:  diag.P(diag.M("%s: “%s” and “%s” have the same values in all columns", name, names[0], names[1])),
			Hints: []diag.Message{diag.M("check that the row was not copied")}})
	}
	return out
}

// rowText is all that a row holds, and how many figures other than 0 are in it.
func (s *scorer) rowText(columns []input, row int) (string, int) {
	var b strings.Builder
	figures := 0
	for _, in := range columns {
		for back := range in.slots {
			c := s.given(in, back, row)
			b.WriteString(strconv.Itoa(int(c.State)) + "\x00")
			if c.State != returns.Given {
				b.WriteString(c.Typed + "\x00")
				continue
			}
			if in.kind == formula.Number && c.Number != 0 {
				figures++
			}
			b.WriteString(decimal.Format(c.Number, 9) + c.Text + "\x00")
		}
	}
	return b.String(), figures
}

// allDiffer reports whether no two rows hold the same, as it nearly always is: after
// a few columns already, sooner from the last, for areas and money stand behind heads.
// It is found by numbers that are equal where rowText is.
func (s *scorer) allDiffer(columns []input, rows int) bool {
	room := takeSums(rows)
	defer sumRooms.Put(room)
	for at, in := range slices.Backward(columns) {
		for back := range in.slots {
			room.add(s.cells(in, back))
		}
		if at%2 == 0 && !room.anyTwice() {
			return true
		}
	}
	return false
}

// add takes a further cell of each row into its hash.
func (r *sumRoom) add(cells []returns.Cell) {
	for row := range cells {
		c := &cells[row]
		sum := mixed(r.of[row], uint64(c.State))
		if c.State != returns.Given {
			sum = mixedText(sum, c.Typed)
		} else {
			sum = mixedText(mixed(sum, numberKey(c.Number)), c.Text)
		}
		r.of[row] = sum
	}
}

// sumRoom is memory for a hash of each row, and to find two that are the same.
type sumRoom struct{ of, table []uint64 }

var sumRooms sync.Pool

// takeSums is room for so many hashes, which are 0 yet.
func takeSums(rows int) *sumRoom {
	room, _ := sumRooms.Get().(*sumRoom)
	if room == nil || cap(room.of) < rows {
		room = &sumRoom{make([]uint64, rows), make([]uint64, 2<<bits.Len(uint(rows)))}
	}
	room.of = room.of[:rows]
	clear(room.of)
	return room
}

// anyTwice reports whether a hash is there twice. A table in which the last bits of
// each say where it stands finds that faster than a map, or sorting them.
func (r *sumRoom) anyTwice() bool {
	clear(r.table)
	last := uint64(len(r.table) - 1)
	for _, sum := range r.of {
		sum |= 1 << 63 // 0 is an empty place
		at := sum & last
		for ; r.table[at] != 0; at = (at + 1) & last {
			if r.table[at] == sum {
				return true
			}
		}
		r.table[at] = sum
	}
	return false
}

func mixed(sum, x uint64) uint64 { return bits.RotateLeft64((sum^x)*0x9E3779B97F4A7C15, 29) }

func mixedText(sum uint64, text string) uint64 {
	for i := range len(text) {
		sum = (sum ^ uint64(text[i])) * 0x100000001B3
	}
	return mixed(sum, uint64(len(text)))
}

// numberKey is the same for numbers that decimal.Format writes alike with 9 decimals,
// as fast as can be for those with few decimals.
func numberKey(x float64) uint64 {
	if size := math.Abs(x); !(size < 99_999) { // from 100,000 on Format writes all digits
		if size < 100_001 {
			x = decimal.Round(x, 9)
		}
		return math.Float64bits(x)
	}
	const few = 1e4
	n := math.Round(x * few)
	if math.Abs(x*few-n) > 1e-6 {
		x = decimal.Round(x, 9)
		if n = math.Round(x * few); math.Abs(x*few-n) > 1e-6 {
			return math.Float64bits(x)
		}
	}
	return uint64(int64(n))
}
