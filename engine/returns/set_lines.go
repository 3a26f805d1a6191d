package returns

import (
	"slices"
	"sync"

	"dudao/engine/diag"
)

// lines reads the lines of a unit.
func (t *setTable) lines(into *csvTable, rows []stretch, limits Limits) (diags diag.List) {
	at := diag.Pos{File: t.file.Name, Line: int(rows[0].line)}
	if t.sheet != nil {
		t.sheet.lines(into, rows)
		return nil
	}
	size := int64(0)
	for _, r := range rows {
		size += int64(r.size)
	}
	if size > limits.FileSize {
		diags.Add(at, 0, diag.M("the rows of one unit are too many for a return"))
		return diags
	}
	into.pieces = make([]csvLines, len(rows))
	isSure := true // that the file is still what was indexed
	for i, r := range rows {
		text, sure, wrong := t.part(r.from, int64(r.size))
		if wrong.HasErrors() {
			return wrong
		}
		isSure = isSure && sure
		if t.isGBK {
			plain, ok := fromGBK([]byte(text))
			if !ok && t.isChanged() {
				return t.changed()
			}
			if !ok {
				diags.Add(diag.Pos{File: t.file.Name, Line: int(r.line)}, 0, diag.M("the file is in neither UTF-8 nor GBK"), diag.M("save it as CSV UTF-8 in Excel or WPS"))
				return diags
			}
			text = string(plain)
		}
		into.pieces[i] = csvLines{text: text, comma: t.comma, line: int(r.line)}
	}
	if !isSure && t.isChanged() {
		return t.changed()
	}
	return nil
}

// readAhead is what was last read of a file, which may be wanted next.
type readAhead struct {
	sync.Mutex
	data   []byte // of the file as it was indexed; at most a piece
	from   int64  // where it stands in the file
	wanted int64  // where what was last wanted of the file ends
}

// part is a part of the file. Where it stands right behind the one before, or nearly,
// it is read with what follows it: most units are opened in the order of their rows.
// A part that was read alone isn't sure yet to be of the file as it was indexed.
func (t *setTable) part(from, size int64) (text string, isSure bool, diags diag.List) {
	a := &t.ahead
	a.Lock()
	defer a.Unlock()
	at, gap := from-a.from, from-a.wanted
	a.wanted = from + size
	if at >= 0 && at+size <= int64(len(a.data)) {
		return string(a.data[at : at+size]), true, nil
	}
	reach := size
	if gap >= 0 && gap <= size {
		reach = max(size, pieceSize)
	}
	read := slices.Grow(a.data[:0], int(reach))[:reach]
	a.data = read[:0]
	n, _ := t.text.ReadAt(read, from) // what fails behind the part doesn’t matter yet
	isAhead, isWhole := reach > size, int64(n) >= size
	switch {
	case (isAhead || !isWhole) && t.isChanged():
		return "", false, t.changed()
	case !isWhole:
		diags.Add(diag.Pos{File: t.file.Name}, 0, diag.M("the file “%s” can’t be read", t.file.Name))
		return "", false, diags
	case isAhead:
		a.data, a.from = read[:n], from
	case reach > pieceSize:
		a.data = nil // it isn't to stay
	}
	return string(read[:size]), isAhead, nil
}

// changed tells that somebody wrote to the file after it was indexed.
func (t *setTable) changed() (diags diag.List) {
	diags.Add(diag.Pos{File: t.file.Name}, 0, diag.M("the file was changed while it was read"), diag.M("close it in other programs and start again"))
	return diags
}

// isChanged reports whether that is so.
func (t *setTable) isChanged() bool {
	if t.info == nil {
		return false
	}
	now, err := t.stat()
	return err != nil || now.Size() != t.info.Size() || !now.ModTime().Equal(t.info.ModTime())
}
