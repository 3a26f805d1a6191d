package blank

import (
	"strconv"
	"strings"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/form"
	"dudao/engine/formula"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/sheet"
	"dudao/engine/text"
	"dudao/reports/book"
)

// computation has the formulas of the computed cells. One that needs only the cells of
// its row and single values stands on the form as it is. What else is computed of the
// rows of a table stands on a hidden sheet, row by row, and the form fetches it from
// there; single values that the form hasn't stand on another one.
type computation struct {
	*engine.Live
	rows    map[string]int         // of the open tables
	onForm  map[*sheet.Cell]string // the cells that the form itself has, and their names there
	entered map[*sheet.Cell]bool   // which of them people fill in
	choices map[*sheet.Cell]engine.Choice
	whys    map[*sheet.Cell]diag.Message

	tables  []string               // in their order
	first   map[string]*sheet.Cell // the first column that names the rows of a table
	missing string                 // the word for what is missing

	needed []*sheet.Cell            // single cells that the form hasn't
	listed []engine.Choice          // constants beside their keys
	hidden map[string][]*sheet.Cell // columns, by table
	taken  map[*sheet.Cell]bool
}

func newComputation(p *engine.Program, roomy *rubric.Rubric, filled *returns.Return, printer text.Printer) *computation {
	word := func(m diag.Message) string { return printer.Sprint(m) }
	c := &computation{rows: map[string]int{}, onForm: map[*sheet.Cell]string{}, entered: map[*sheet.Cell]bool{}, choices: map[*sheet.Cell]engine.Choice{},
		first: map[string]*sheet.Cell{}, missing: word(engine.Missing.Words()), whys: map[*sheet.Cell]diag.Message{}, hidden: map[string][]*sheet.Cell{}, taken: map[*sheet.Cell]bool{}}
	for i := range roomy.Data {
		if b := &roomy.Data[i].Value; b.IsTable() && !b.IsView() && b.IsOpen() {
			c.rows[roomy.Data[i].Key.Text] = int(b.Room.Value)
		}
	}
	if filled == nil {
		filled = returns.Empty(p.Rubric)
	}
	c.Live = p.LiveForm(filled, c.rows, engine.LiveWords{Words: formula.Words{Inapplicable: "不适用", Yes: "是", No: "否",
		Open: word(engine.Open.Words()), Missing: word(engine.Missing.Words()), Failed: word(engine.Failed.Words())},
		Step: word(diag.M("working")), In: word(diag.M("included"))})
	for _, choice := range c.Choices {
		c.choices[choice.Keys], c.choices[choice.Values] = choice, choice
	}
	for i := range p.Rubric.Data {
		name, b := p.Rubric.Data[i].Key.Text, &p.Rubric.Data[i].Value
		if b.IsView() {
			continue
		}
		for j := range b.Fields {
			c.own("", b.Fields[j].Key.Text, &b.Fields[j].Value)
		}
		for _, key := range b.Key {
			c.own(name, key.Text, b.KeyField(key.Text))
		}
		if b.IsTable() {
			c.tables = append(c.tables, name)
			c.first[name] = c.Value(name, b.Key[0].Text, 0)
		}
		for j := range b.Columns {
			c.own(name, b.Columns[j].Key.Text, &b.Columns[j].Value)
		}
	}
	return c
}

// own notes the cells of a value that the form has.
func (c *computation) own(table, field string, f *rubric.Field) {
	for back := range f.YearCount() {
		if cell := c.Value(table, field, back); cell != nil {
			c.onForm[cell], c.entered[cell] = form.NameOf(table, field, back), f.Entered()
		}
	}
}

// mostRows is how many rows a table may have so that a hidden sheet computes each: many
// thousand times dozens of formulas would make the form slow.
const mostRows = 2000

// why says why a cell can't be a formula on the form; it is zero if it can.
func (c *computation) why(cell *sheet.Cell) diag.Message {
	if m, known := c.whys[cell]; known {
		return m
	}
	out := cell.Plain
	if out.IsZero() && (c.onForm[cell] == "" || !c.direct(cell)) {
		out = c.tooMany(cell)
	}
	for _, r := range reads(cell) {
		if out.IsZero() {
			out = c.why(r.Cell)
		}
		if out.IsZero() && r.Whole {
			out = c.tooMany(r.Cell)
		}
	}
	c.whys[cell] = out
	return out
}

func (c *computation) tooMany(cell *sheet.Cell) diag.Message {
	if n := c.rows[cell.Table]; n > mostRows {
		return diag.M("%s rows are too many for formulas on a form", strconv.Itoa(n))
	}
	return diag.Message{}
}

func reads(cell *sheet.Cell) []sheet.Read {
	if cell.Formula == nil {
		return nil
	}
	return cell.Formula.Reads()
}

// direct reports whether a column can be computed from what stands beside it on the
// form.
func (c *computation) direct(cell *sheet.Cell) bool {
	for _, r := range reads(cell) {
		if r.Cell.Table != "" && !r.Whole && c.onForm[r.Cell] == "" {
			return false
		}
	}
	return true
}

// need notes what a formula reads that stands in its own place: on the form, or with
// aside on a hidden sheet.
func (c *computation) need(cell *sheet.Cell, aside bool) {
	for _, r := range reads(cell) {
		switch choice, isChoice := c.choices[r.Cell]; {
		case isChoice:
			c.list(choice)
		case r.Cell.Table == "":
			c.single(r.Cell)
		case r.Whole && (c.rows[r.Cell.Table] > 0 || c.onForm[r.Cell] == ""), !r.Whole && aside:
			c.column(r.Cell)
		}
	}
}

func (c *computation) take(cell *sheet.Cell) bool {
	taken := c.taken[cell]
	c.taken[cell] = true
	return !taken
}

func (c *computation) single(cell *sheet.Cell) {
	if c.onForm[cell] != "" || cell.Name == form.YearName || !c.take(cell) {
		return
	}
	c.need(cell, false)
	c.needed = append(c.needed, cell)
}

func (c *computation) column(cell *sheet.Cell) {
	if cell == c.Numbers[cell.Table] || !c.take(cell) {
		return
	}
	c.need(cell, true)
	c.hidden[cell.Table] = append(c.hidden[cell.Table], cell)
}

func (c *computation) list(choice engine.Choice) {
	if !c.take(choice.Keys) {
		return
	}
	for _, leaf := range choice.Leaves {
		c.single(leaf)
	}
	c.listed = append(c.listed, choice)
}

// computed makes the cell of a computed value: its formula, or why it has none.
func (w *writer) computed(c *form.Cell) book.Cell {
	cell := w.live.Value(c.Target.Table, c.Target.Field, c.Target.Back)
	if why := w.live.why(cell); !why.IsZero() {
		return book.Cell{Value: w.Sprint(diag.M("computed")), Style: book.Center, Note: w.Sprint(why)}
	}
	at := book.Ref{Row: w.top + c.Row, Col: c.Col}
	out := book.Cell{Value: value(cell.Values[c.Target.Row]), Style: book.Computed, Digits: int(c.Field.Digits.Value)}
	if w.live.direct(cell) {
		w.live.need(cell, false)
		out.Formula = cell.Formula.Write().In(strconv.Itoa(at.Row), func(c *sheet.Cell) string { return w.columns[c] })
	} else {
		w.live.column(cell)
		// Rows may have been inserted above: the name of a column goes with its rows.
		out.Formula = "INDEX(" + hiddenName(cell, w.live) + ",ROW()-ROW(INDEX(" + w.first + ",1))+1)"
	}
	if w.open { // in a row without a name nothing is missing
		var empty []string
		for _, col := range w.keys {
			empty = append(empty, "$"+col+strconv.Itoa(at.Row)+`=""`)
		}
		unnamed := strings.Join(empty, ",")
		if len(empty) > 1 {
			unnamed = "OR(" + unnamed + ")"
		}
		out.Formula = "IF(" + unnamed + `,"",` + out.Formula + ")"
		if !w.named(c.Target) {
			out.Value = ""
		}
	}
	w.pale(at)
	return out
}

// named reports whether the row of a target is named in full.
func (w *writer) named(t form.Target) bool {
	for _, key := range w.block(t.Table).KeyNames() {
		cell := w.cell(form.Target{Table: t.Table, Row: t.Row, Field: key})
		if cell == nil || cell.Typed == "" && cell.Text == "" {
			return false
		}
	}
	return true
}

// block is the declaration of a table.
func (w *writer) block(table string) *rubric.Block {
	for i := range w.rubric.Data {
		if w.rubric.Data[i].Key.Text == table {
			return &w.rubric.Data[i].Value
		}
	}
	return nil
}

// columnsOf notes where on a sheet the cells of its values stand.
func (w *writer) columnsOf(s form.Sheet) {
	w.columns, w.keys = map[*sheet.Cell]string{}, nil
	if s.Kind != form.Table {
		return
	}
	table := s.Name.Args[0]
	letters := map[string]string{}
	for _, n := range s.Names {
		letters[n.Name] = column(n.Col)
	}
	block := w.block(table)
	for _, key := range block.KeyNames() {
		w.keys = append(w.keys, letters[form.NameOf(table, key, 0)])
	}
	w.first = form.NameOf(table, block.Key[0].Text, 0)
	for _, cell := range w.live.ValuesOf(table) {
		w.columns[cell] = letters[w.live.onForm[cell]]
	}
}

// pale lets the word for what is missing stand back: on an empty form it is no news.
func (w *writer) pale(at book.Ref) {
	if n := len(w.out.Conditions); n > 0 {
		if to := &w.out.Conditions[n-1].Range.To; to.Col == at.Col && to.Row == at.Row-1 {
			to.Row++
			return
		}
	}
	w.out.Conditions = append(w.out.Conditions, book.Condition{Range: book.Range{From: at, To: at}, Style: book.Pale,
		Is: "=", Than: `"` + w.Sprint(engine.Missing.Words()) + `"`})
}

func value(v sheet.Value) any {
	switch v.Kind {
	case sheet.Number:
		return v.Num
	case sheet.Text:
		return v.Text
	default:
		return nil
	}
}

// column is the letters of a column.
func column(col int) string { return strings.TrimRight(book.Ref{Row: 1, Col: col}.String(), "1") }
