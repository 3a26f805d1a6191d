package returns

import (
	"sync"

	"dudao/engine/rubric"
)

// room is an open table with its memory, which one return after the other is read
// into. It is empty until a return is.
type room struct {
	table   Table
	columns int // of the table, years apart
	keys    []string
	cells   []Cell
	of      *sync.Pool
}

// newRows makes an open table of so many rows of missing cells, all in one piece, or
// takes one that was given back.
func (ret *Return) newRows(b *rubric.Block, rows int, rooms *sync.Pool) *Table {
	r, _ := rooms.Get().(*room)
	if r == nil || cap(r.keys) < rows {
		r = &room{table: *NewTable(b), of: rooms, keys: make([]string, rows)}
		for _, years := range r.table.Columns {
			r.columns += len(years)
		}
		r.cells = make([]Cell, rows*r.columns)
	}
	ret.rooms = append(ret.rooms, r)
	r.keys, r.cells = r.keys[:rows], r.cells[:rows*r.columns]
	r.table.Keys = r.keys[:rows:rows]
	cells := r.cells
	for _, years := range r.table.Columns {
		for y := range years {
			years[y], cells = cells[:rows:rows], cells[rows:]
		}
	}
	return &r.table
}

// Release gives back the memory of the tables of a return, for those that are read
// after it. Whoever reads many returns, each for its results alone, may call it;
// neither the return nor a clone may be used any more.
func (ret *Return) Release() {
	for _, r := range ret.rooms {
		clear(r.keys)
		clear(r.cells)
		r.of.Put(r)
	}
	ret.Tables, ret.rooms = nil, nil
}
