package returns

import (
	"slices"
	"strconv"
	"strings"

	"dudao/engine/diag"
	"dudao/engine/rubric"
	"dudao/engine/xlsx"
)

// headed is a column of the sheet with its heading from top to bottom.
type headed struct {
	col  int
	path []string
	at   place // of the lowest heading
}

func (m *mapper) headings() []headed {
	var out []headed
	width := 0
	for row := m.heading.from; row <= m.heading.to; row++ {
		width = max(width, m.g.width(row))
	}
	over := map[int]string{} // by row the heading that goes on to the right without being merged
	for col := 1; col <= width; col++ {
		h := headed{col: col}
		for row := m.heading.from; row <= m.heading.to; row++ {
			text, at := m.g.at(row, col), m.g.origin(row, col)
			isUpper := m.g.at(row+1, col) != "" && row < m.heading.to && m.g.origin(row+1, col) != at
			switch {
			case text != "" && isUpper:
				over[row] = text
			case text != "":
				over[row] = ""
			case isUpper:
				text = over[row]
			}
			if text != "" && (len(h.path) == 0 || at != h.at) {
				h.path, h.at = append(h.path, text), at
			}
		}
		if len(h.path) > 0 {
			out = append(out, h)
		}
	}
	return out
}

// fits says how well a heading fits what the mapping says, 0 for not at all: as
// written in full, its end, the same without what stands in brackets, its beginning.
func (h headed) fits(want string, back int) int {
	bare := make([]string, len(h.path))
	year, said := 0, false
	for i, text := range h.path {
		head, parts := headingParts(text)
		bare[i] = head
		for _, p := range parts {
			if y, isYear := yearOf(p); isYear {
				year, said = y, true
			}
		}
	}
	for i := range h.path {
		switch full := strings.Join(h.path[i:], "/") == want; {
		case full && i == 0:
			return 4
		case full:
			return 3
		case strings.Join(bare[i:], "/") == want && (!said || year == back):
			return 2
		}
	}
	for i := range h.path {
		if strings.Join(h.path[:i], "/") == want || strings.Join(bare[:i], "/") == want {
			return 1
		}
	}
	return 0
}

// column finds a column of the sheet.
func (m *mapper) column(s columnSpot, back int, f *rubric.Field) (area, bool) {
	all := m.headings()
	if s.Column.Given() {
		a, ok := xlsx.ParseArea(s.Column.Text + "1")
		col := a.Col
		if !ok {
			m.wrong(s.Column, diag.M("“%s” is no column", s.Column.Text), diag.M("write its letter, such as C"))
			return area{}, false
		}
		at := slices.IndexFunc(all, func(h headed) bool { return h.col == col })
		if at < 0 {
			return m.inUnit(area{sheet: m.g.sheet, col: col}, s.Unit, "", f, place{m.heading.from, col})
		}
		return m.below(all[at], s, f)
	}
	want := squeezed(s.Heading.Text)
	best := 0
	var found []headed
	var known, lowest []string
	for _, h := range all {
		if full := strings.Join(h.path, "/"); !slices.Contains(known, full) {
			known = append(known, full)
		}
		lowest = append(lowest, h.path[len(h.path)-1]) // people mean this one
		switch n := h.fits(want, back); {
		case n == 0:
		case n > best:
			best, found = n, []headed{h}
		case n == best:
			found = append(found, h)
		}
	}
	switch len(found) {
	case 0:
		rows := strconv.Itoa(m.heading.from)
		if m.heading.to > m.heading.from {
			rows += "-" + strconv.Itoa(m.heading.to)
		}
		hint := diag.M("its headings in row %s: %s", rows, some(known))
		if len(known) == 0 {
			hint = diag.M("row %s is empty; say where the headings are: heading: 2-3", rows)
		}
		if at := m.g.find(want); len(at) > 0 {
			hint = diag.M("it stands in row %s; say so: heading: %s", strconv.Itoa(at[0].row), strconv.Itoa(at[0].row))
		}
		m.wrong(s.Heading, diag.M("the sheet %s has no heading “%s”", m.g.sheet, s.Heading.Text), near(want, append(lowest, known...), hint))
	case 1:
		return m.below(found[0], s, f)
	default:
		m.wrong(s.Heading, diag.M("“%s” stands at %s and at %s", s.Heading.Text, m.g.name(place{found[0].at.row, found[0].col}), m.g.name(place{found[1].at.row, found[1].col})),
			diag.M("write it with the heading above it: %s", strings.Join(found[0].path, "/")))
	}
	return area{}, false
}

// below is the column below a heading, in the unit that the heading says.
func (m *mapper) below(h headed, s columnSpot, f *rubric.Field) (area, bool) {
	var parts []string
	for _, text := range slices.Backward(h.path) {
		_, more := headingParts(text)
		parts = append(parts, more...)
	}
	return m.inUnit(area{sheet: m.g.sheet, col: h.col}, s.Unit, unitIn(parts, f), f, h.at)
}
