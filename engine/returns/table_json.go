package returns

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"dudao/engine/diag"
)

// A table is JSON like this:
//
//	{"keys": ["一小", "二小"], "columns": {"学生数": [{"at": {"file": "a.xlsx", "sheet": "学校", "cell": "D7"},
//	  "cells": [420, [318, "D9"]]}]}}
//
// Of each column, this year's first, at is where its first cell stands; every further
// one stands below the one before it, unless it says otherwise. A cell is
//
//	420          a number or a text, typed as it stands
//	true         a truth, typed 是, or with false 否
//	null         empty
//	{"state": …} anything else, as a Cell is JSON, but for its place
//
// and with a place of its own
//
//	[420]                in no file
//	[420, "D9"]          in another cell
//	[420, 7, 21]         in another line and column
//	[420, {"file": …}]   somewhere else
//
// Before that, a column was a list of Cells; it still is where it has no cells.

// columnJSON is what such a column is read as.
type columnJSON struct {
	At    diag.Pos          `json:"at"`
	Cells []json.RawMessage `json:"cells"`
}

// MarshalJSON writes a table. It doesn't leave the cells to package json, which takes
// ten times as long for the thousands of a county.
func (t *Table) MarshalJSON() ([]byte, error) {
	keys, err := json.Marshal(t.Keys)
	if err != nil {
		return nil, err
	}
	w := &cellWriter{}
	w.add(`{"keys":`, string(keys), `,"columns":`)
	if t.Columns == nil {
		w.add("null}")
		return w.out, nil
	}
	w.add("{")
	for i, name := range slices.Sorted(maps.Keys(t.Columns)) {
		if i > 0 {
			w.add(",")
		}
		w.text(name)
		w.add(":[")
		for year, cells := range t.Columns[name] {
			if year > 0 {
				w.add(",")
			}
			w.column(cells)
		}
		w.add("]")
	}
	w.add("}}")
	return w.out, w.err
}

// cellWriter appends cells to a text.
type cellWriter struct {
	out  []byte
	next Origin // of the next cell, if nothing is said
	err  error
}

func (w *cellWriter) add(parts ...string) {
	for _, p := range parts {
		w.out = append(w.out, p...)
	}
}

// any writes what is rare.
func (w *cellWriter) any(v any) {
	text, err := json.Marshal(v)
	if err != nil {
		w.err = err
	}
	w.out = append(w.out, text...)
}

func (w *cellWriter) column(cells []Cell) {
	switch {
	case cells == nil:
		w.add("null")
		return
	case len(cells) == 0:
		w.add("[]")
		return
	}
	w.add(`{"at":`)
	w.any(cells[0].Origin)
	w.add(`,"cells":[`)
	w.next = cells[0].Origin
	for i := range cells {
		if i > 0 {
			w.add(",")
		}
		w.cell(&cells[i])
	}
	w.add("]}")
}

// cell writes a cell, and where it stands if that doesn't follow.
func (w *cellWriter) cell(c *Cell) {
	if c.Origin == w.next {
		w.value(c)
		w.next = w.next.below()
		return
	}
	w.add("[")
	w.value(c)
	switch p := c.Origin; {
	case p.IsZero():
	case p.in != w.next.in || p.row == 0:
		w.add(",")
		w.any(p)
	case p.in.Value().Sheet != "":
		w.add(",")
		w.text(cellName(int(p.row), int(p.col)))
	default:
		w.add(",", strconv.Itoa(int(p.row)), ",", strconv.Itoa(int(p.col)))
	}
	w.add("]")
	w.next = c.Origin.below()
}

func (w *cellWriter) value(c *Cell) {
	plain := c.State == Given && c.Notes == nil
	switch {
	case plain && c.Typed == "是" && c.Number == 1 && c.Text == "":
		w.add("true")
	case plain && c.Typed == "否" && c.Number == 0 && c.Text == "":
		w.add("false")
	case plain && c.Text == c.Typed && c.Number == 0 && !math.Signbit(c.Number):
		w.text(c.Typed)
	case plain && c.Text == "" && isNumber(c.Typed, c.Number):
		w.add(c.Typed)
	case c.State == Missing && c.Notes == nil && c.Typed == "" && c.Text == "" && c.Number == 0:
		w.add("null")
	default:
		elsewhere := *c
		elsewhere.Origin = Origin{}
		w.any(elsewhere)
	}
}

// isNumber reports whether a text is how a number is written.
func isNumber(text string, x float64) bool {
	var room [32]byte
	return !math.IsInf(x, 0) && !math.IsNaN(x) && string(strconv.AppendFloat(room[:0], x, 'f', -1, 64)) == text
}

// text writes a text. None needs an escape but a few.
func (w *cellWriter) text(s string) {
	if !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == '"' || r == '\\' }) {
		w.any(s)
		return
	}
	w.add(`"`, s, `"`)
}

// UnmarshalJSON reads what MarshalJSON wrote, now or before tables had a shape of their own.
func (t *Table) UnmarshalJSON(text []byte) error {
	var in struct {
		Keys    []string                     `json:"keys"`
		Columns map[string][]json.RawMessage `json:"columns"`
	}
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	*t = Table{Keys: in.Keys}
	if in.Columns != nil {
		t.Columns = make(map[string][][]Cell, len(in.Columns))
	}
	for name, years := range in.Columns {
		t.Columns[name] = make([][]Cell, len(years))
		for i, year := range years {
			cells, err := readColumn(year)
			if err != nil {
				return err
			}
			t.Columns[name][i] = cells
		}
	}
	return nil
}

func readColumn(text []byte) ([]Cell, error) {
	var cells []Cell
	if !bytes.HasPrefix(text, []byte("{")) {
		err := json.Unmarshal(text, &cells)
		return cells, err
	}
	var in columnJSON
	if err := json.Unmarshal(text, &in); err != nil {
		return nil, err
	}
	cells = make([]Cell, len(in.Cells))
	next := OriginOf(in.At)
	for i, text := range in.Cells {
		c := &cells[i]
		value := text
		if bytes.HasPrefix(text, []byte("[")) {
			var parts []json.RawMessage
			err := json.Unmarshal(text, &parts)
			if err == nil {
				value, next, err = placed(parts, next.Pos())
			}
			if err != nil {
				return nil, err
			}
		}
		if err := readValue(value, c); err != nil {
			return nil, err
		}
		c.Origin = next
		next = next.below()
	}
	return cells, nil
}

// placed reads a cell with a place of its own; next is where it would stand else.
func placed(parts []json.RawMessage, next diag.Pos) (value []byte, at Origin, err error) {
	var pos diag.Pos
	switch len(parts) {
	case 1:
	case 2:
		into := any(&pos)
		if bytes.HasPrefix(parts[1], []byte(`"`)) {
			pos.File, pos.Sheet, into = next.File, next.Sheet, &pos.Cell
		}
		err = json.Unmarshal(parts[1], into)
	case 3:
		pos.File = next.File
		err = errors.Join(json.Unmarshal(parts[1], &pos.Line), json.Unmarshal(parts[2], &pos.Col))
	default:
		return nil, at, fmt.Errorf("a cell of %d parts", len(parts))
	}
	return parts[0], OriginOf(pos), err
}

func readValue(text []byte, c *Cell) error {
	switch text[0] {
	case 'n':
	case 't':
		c.State, c.Number, c.Typed = Given, 1, "是"
	case 'f':
		c.State, c.Typed = Given, "否"
	case '"':
		err := json.Unmarshal(text, &c.Text)
		c.State, c.Typed = Given, c.Text
		return err
	case '{':
		return json.Unmarshal(text, c)
	default:
		c.State, c.Typed = Given, string(text)
		return json.Unmarshal(text, &c.Number)
	}
	return nil
}
