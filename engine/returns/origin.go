package returns

import (
	"encoding/json"
	"math"
	"unique"

	"dudao/engine/diag"
	"dudao/engine/xlsx"
)

// Origin is where a cell came from: a diag.Pos in a quarter of its memory, for returns
// hold many cells, and hardly anybody asks where one of them stands. The zero value
// means "unknown". Equal positions have equal origins.
type Origin struct {
	in       whole // without a row and column: the whole position
	row, col int32 // of a text file or a sheet
}

// whole is a file, or a sheet of a workbook, in which cells are.
type whole = unique.Handle[diag.Pos]

func wholeOf(file, sheet string) whole { return unique.Make(diag.Pos{File: file, Sheet: sheet}) }

// OriginOf is the origin of a cell at a position.
func OriginOf(pos diag.Pos) Origin {
	if pos.IsZero() {
		return Origin{}
	}
	p := Origin{in: wholeOf(pos.File, pos.Sheet)}
	if pos.Sheet != "" {
		if a, ok := xlsx.ParseArea(pos.Cell); ok {
			p.row, p.col = int32(a.Row), int32(a.Col)
		}
	} else if pos.Line > 0 && pos.Line <= math.MaxInt32 && pos.Col <= math.MaxInt32 {
		p.row, p.col = int32(pos.Line), int32(pos.Col)
	}
	if p.Pos() != pos { // such as a range of cells
		return Origin{in: unique.Make(pos)}
	}
	return p
}

// Pos is the position.
func (p Origin) Pos() diag.Pos {
	if p.IsZero() {
		return diag.Pos{}
	}
	pos := p.in.Value()
	switch {
	case p.row == 0:
	case pos.Sheet != "":
		pos.Cell = cellName(int(p.row), int(p.col))
	default:
		pos.Line, pos.Col = int(p.row), int(p.col)
	}
	return pos
}

// IsZero reports whether nothing is known.
func (p Origin) IsZero() bool { return p == Origin{} }

// below is the next row of a sheet, or line of a text, in the same column.
func (p Origin) below() Origin {
	if p.row > 0 {
		p.row++
	}
	return p
}

// inFile is the same in a file by another name.
func (p Origin) inFile(name string) Origin {
	if p.IsZero() {
		return p
	}
	pos := p.in.Value()
	pos.File = name
	p.in = unique.Make(pos)
	return p
}

// MarshalJSON writes the position.
func (p Origin) MarshalJSON() ([]byte, error) { return json.Marshal(p.Pos()) }

// UnmarshalJSON reads the position.
func (p *Origin) UnmarshalJSON(data []byte) error {
	var pos diag.Pos
	err := json.Unmarshal(data, &pos)
	*p = OriginOf(pos)
	return err
}
