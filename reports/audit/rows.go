package audit

import (
	"strconv"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/xlsx"
)

// rowMap says where the rows of a sheet are now.
type rowMap struct {
	name  string      // of the sheet now
	to    map[int]int // 0 is gone
	last  int         // row as written
	shift int         // of what stands below
	end   int         // the last row now that is one of those written
}

func (m *rowMap) row(n int) int {
	if n > m.last {
		return n + m.shift
	}
	return m.to[n]
}

// moved is where an area is now.
func (a *audit) moved(sheet string, area xlsx.Area) (string, xlsx.Area) {
	m := a.rows[sheet]
	if m == nil {
		return sheet, area
	}
	area.Row, area.ToRow = m.row(area.Row), m.row(area.ToRow)
	return m.name, area
}

// align finds the sheets and rows of the report in the workbook as written, so that
// an inserted row isn't taken for a change of all that stands below.
func (a *audit) align() {
	a.rows, a.still = map[string]*rowMap{}, true
	have := map[string]bool{}
	for _, s := range a.got.Sheets {
		have[s] = true
	}
	wanted := map[string]bool{}
	for _, s := range a.want.Sheets {
		wanted[s] = true
	}
	for i, s := range a.want.Sheets {
		now := s
		if !have[s] {
			now = ""
			if len(a.got.Sheets) == len(a.want.Sheets) && !wanted[a.got.Sheets[i]] {
				now = a.got.Sheets[i]
			}
			f := Finding{Kind: Layout, What: diag.P(diag.M("the sheet was removed")), Sheet: s}
			if now != "" {
				f.What, f.Was, f.Is = diag.P(diag.M("the sheet was renamed")), s, now
			}
			a.found(f)
		}
		a.still = a.still && now == s
		if now != "" {
			a.alignRows(s, now)
		}
	}
	for _, s := range a.got.Sheets {
		if !wanted[s] && !a.isRenamed(s) {
			a.found(Finding{Kind: Layout, What: diag.P(diag.M("the sheet was added")), Sheet: s})
		}
	}
}

func (a *audit) isRenamed(sheet string) bool {
	for _, m := range a.rows {
		if m.name == sheet {
			return true
		}
	}
	return false
}

// mostCompared bounds the work of finding moved rows.
const mostCompared = 4_000_000

func (a *audit) alignRows(sheet, now string) {
	old, _ := a.want.Sheet(sheet)
	is, _ := a.got.Sheet(now)
	was, have := looks(old), looks(is)
	m := &rowMap{name: now, to: map[int]int{}, last: len(was)}
	pairs, ok := aligned(was, have)
	if !ok {
		a.found(Finding{Kind: Layout, Sheet: now, What: diag.P(diag.M("so many rows were moved that the sheet can’t be compared"))})
		return
	}
	taken := map[int]bool{}
	for _, p := range pairs {
		m.to[p[0]+1] = p[1] + 1
		m.end = max(m.end, p[1]+1)
		a.still = a.still && p[0] == p[1]
		taken[p[1]] = true
	}
	for i := range was {
		if m.to[i+1] == 0 && was[i] != "" {
			a.found(Finding{Kind: Layout, What: diag.P(diag.M("a row was removed, it was row %s", strconv.Itoa(i+1))), Sheet: now, Was: shown(old, i+1)})
		}
	}
	m.shift = m.end - len(was)
	for j := range m.end {
		if !taken[j] {
			a.found(Finding{Kind: Layout, What: diag.P(diag.M("a row was inserted")), Sheet: now, Cell: xlsx.CellName(1, j+1), Is: shown(is, j+1)})
		}
	}
	a.rows[sheet] = m
}

// shown is what stands in a row, in short.
func shown(s *xlsx.Sheet, row int) string {
	var parts []string
	for _, r := range s.Rows {
		if r.Number != row {
			continue
		}
		for _, c := range r.Cells {
			parts = append(parts, c.Text)
		}
	}
	return strings.Join(parts, " ")
}

// looks is what each row of a sheet looks like, from the first to the last that
// holds something.
func looks(s *xlsx.Sheet) []string {
	if s == nil || len(s.Rows) == 0 {
		return nil
	}
	out := make([]string, s.Rows[len(s.Rows)-1].Number)
	for _, r := range s.Rows {
		var b strings.Builder
		for _, c := range r.Cells {
			b.WriteString(strconv.Itoa(int(c.Col)) + " ")
			switch {
			case c.Formula != "":
				b.WriteString("=" + template(c.Formula))
			case c.Kind == xlsx.Number:
				b.WriteString(strconv.FormatFloat(c.Number, 'g', 12, 64))
			default:
				b.WriteString(plain(c.Text))
			}
			b.WriteByte('\n')
		}
		out[r.Number-1] = b.String()
	}
	return out
}

// aligned pairs the rows of two sheets: those that look alike, in order, and between
// them one after the other as long as there are some in both.
func aligned(was, is []string) ([][2]int, bool) {
	var pairs [][2]int
	from := 0
	for from < len(was) && from < len(is) && was[from] == is[from] {
		pairs = append(pairs, [2]int{from, from})
		from++
	}
	end, endIs := len(was), len(is)
	for end > from && endIs > from && was[end-1] == is[endIs-1] {
		end, endIs = end-1, endIs-1
		pairs = append(pairs, [2]int{end, endIs})
	}
	n, m := end-from, endIs-from
	if n*m > mostCompared {
		if n != m {
			return nil, false
		}
		for i := range n {
			pairs = append(pairs, [2]int{from + i, from + i})
		}
		return pairs, true
	}
	// Longest common subsequence of what is left.
	table := make([][]int32, n+1)
	for i := range table {
		table[i] = make([]int32, m+1)
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			if was[from+i] == is[from+j] {
				table[i][j] = table[i+1][j+1] + 1
			} else {
				table[i][j] = max(table[i+1][j], table[i][j+1])
			}
		}
	}
	i, j := 0, 0
	for i < n || j < m {
		gapI, gapJ := i, j
		for i < n || j < m {
			if i < n && j < m && was[from+i] == is[from+j] {
				break
			}
			if j == m || i < n && table[i+1][j] >= table[i][j+1] {
				i++
			} else {
				j++
			}
		}
		for k := range min(i-gapI, j-gapJ) {
			pairs = append(pairs, [2]int{from + gapI + k, from + gapJ + k})
		}
		for i < n && j < m && was[from+i] == is[from+j] {
			pairs = append(pairs, [2]int{from + i, from + j})
			i, j = i+1, j+1
		}
	}
	return pairs, true
}
