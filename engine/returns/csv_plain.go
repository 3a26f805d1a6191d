package returns

// plainRows puts lines of a CSV file into the rows of a table while it divides them,
// as long as all that stands in them is plain. Of a set of tables most lines are, and
// to divide them first and understand the values then takes twice the time.
type plainRows struct {
	*plainLine
	cells [][]Cell // below each heading; nil where nothing is read
	in    whole

	begin string // what stood in the line before below the headings passed over, with its commas,
	col   int32  // and the column of the text behind it
}

// plainLine is what each line of a table is read as if all in it is plain.
type plainLine struct {
	columns []plainColumn // by heading
	before  int           // so many at the front are passed over
}

type plainColumn struct {
	plainValues
	isRead, isNumber bool
	isRemark         bool // where something stands there, it isn't plain
}

// plainLine is that of an open table; nil if no line of it can be plain.
func (u *understood) plainLine() *plainLine {
	p := &plainLine{columns: make([]plainColumn, len(u.columns))}
	for i, f := range u.fields {
		if c := &p.columns[i]; f != nil {
			c.plainValues, c.isRead = u.plain[i], true
			c.isNumber = c.kind == plainNumber || c.kind == plainWhole
			if c.kind == never {
				return nil
			}
		}
	}
	for _, i := range u.remarked {
		p.columns[i].isRemark = true
	}
	for p.before < len(u.columns) && !p.columns[p.before].isRead && !p.columns[p.before].isRemark {
		p.before++
	}
	return p
}

// read puts the line that begins where l stands into a row and moves l behind it, if
// all of it is plain. Otherwise l stays there, and what stands in the row already
// has to be replaced.
func (p *plainRows) read(l *csvLines, row int) bool {
	text, line, comma := l.text, int32(l.line), l.comma
	at, col, first, some := l.at, int32(1), 0, false
	if n := len(p.begin); n > 0 && len(text)-at > n && text[at:at+n] == p.begin {
		at, col, first, some = at+n, p.col, p.before, true
	}
	last := len(p.columns) - 1
	for i := first; i <= last; i++ {
		if i == p.before && some && first == 0 {
			p.begin, p.col = text[l.at:at], col
		}
		var cell *Cell
		if p.columns[i].isRead {
			cell = &p.cells[i][row]
			cell.Origin = Origin{p.in, line, col}
		}
		var size, runes int
		var ok bool
		if c := &p.columns[i]; c.isNumber { // most are
			x, digits, isWhole := leadingNumber(text[at:])
			size, runes, ok = digits, digits, digits == 0 || c.number(cell, text[at:at+digits], x, isWhole)
		} else {
			size, runes, ok = c.lead(text[at:], comma, cell)
		}
		if !ok {
			return false
		}
		at, some = at+size, some || size > 0
		if i < last {
			if at == len(text) || text[at] != comma {
				return false
			}
			at, col = at+1, col+int32(runes)+1
		}
	}
	end := lineEnd(text[at:])
	if !some || end < 0 {
		return false
	}
	l.at, l.line = at+end, l.line+1
	return true
}

// lead takes the value, no number, with which a text begins; the cell is nil where it isn't read.
// It is so many bytes and characters, and what follows may belong to it if that is no
// comma and no end of the line.
func (c *plainColumn) lead(text string, comma byte, cell *Cell) (size, runes int, ok bool) {
	for size < len(text) {
		b := text[size]
		if b == comma || b == '\n' || b == '\r' {
			break
		}
		if b == '"' {
			return 0, 0, false
		}
		if b&0xC0 != 0x80 { // it begins a character
			runes++
		}
		size++
	}
	return size, runes, size == 0 || !c.isRemark && (!c.isRead || c.take(cell, text[:size]))
}

// lineEnd is how many bytes of a text end a line; -1 if something else stands there.
func lineEnd(text string) int {
	switch {
	case text == "":
		return 0
	case text[0] == '\n' || text == "\r":
		return 1
	case text[0] == '\r' && text[1] == '\n':
		return 2
	}
	return -1
}
