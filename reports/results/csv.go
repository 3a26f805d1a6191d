// Package results writes what a batch found as text files: a table for people, and a
// log of what was read.
package results

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"

	"dudao/engine"
	"dudao/engine/batch"
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/rubric"
	"dudao/engine/text"
)

// pointsDigits is more than any points are given with.
const pointsDigits = 6

// bom lets Excel and WPS read a CSV as UTF-8.
const bom = "\ufeff"

// CSV is a table with a row for each return of a batch, for people: with a byte order
// mark, and no cell that a spreadsheet would take for a formula.
func CSV(p *engine.Program, records []batch.Record, pr text.Printer) ([]byte, error) {
	t := table{Printer: pr, kind: p.Rubric.Kind.Text,
		claims: slices.ContainsFunc(records, func(r batch.Record) bool { return len(r.Claims) > 0 })}
	rows := [][]string{t.head(p.Rubric)}
	for i := range records {
		rows = append(rows, t.line(&records[i]))
	}
	return Table(rows)
}

// Table is a table as CSV for people; its first row are the headings. Texts that came
// from outside have been made Plain.
func Table(rows [][]string) ([]byte, error) {
	out := bytes.NewBufferString(bom)
	w := csv.NewWriter(out)
	w.UseCRLF = true
	for _, cells := range rows {
		cells = append(cells, make([]string, len(rows[0])-len(cells))...) // what isn't scored has no items
		if err := w.Write(cells); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}

// table is the table of a batch being made.
type table struct {
	text.Printer
	kind   string // of the rubric
	claims bool   // there are columns for what was claimed and checked
}

func (t table) head(r *rubric.Rubric) []string {
	var out []string
	for _, m := range []diag.Message{diag.M("File"), diag.M("Name of the unit"), diag.M("Code"), diag.M("Year"), diag.M("State"), diag.M("Total"), diag.M("At least"),
		diag.M("At most"), diag.M("Out of"), diag.M("Rate (%%)"), diag.M("Grade"), diag.M("Veto"), diag.M("Errors in the data"), diag.M("Warnings"),
		diag.M("Report"), diag.M("Hash"), diag.M("Why not scored")} {
		out = append(out, t.Sprint(m))
	}
	if t.claims {
		for _, m := range []diag.Message{diag.M("Claimed total"), diag.M("Total by its own data"), diag.M("Credibility")} {
			out = append(out, t.Sprint(m))
		}
	}
	r.Leaves(func(item *rubric.Item, _ []*rubric.Item) { out = append(out, Plain(item.ID.Text+" "+item.Title.Text)) })
	return out
}

// line is a return; what isn't certain is empty, and its bounds stand beside it.
func (t table) line(r *batch.Record) []string {
	if r.Failed != nil {
		var why []string
		for _, f := range r.Failed {
			why = append(why, strings.TrimSpace(f.Pos.String()+" "+t.Phrase(f.Said)))
		}
		return []string{Plain(r.Source), Plain(r.Cover.Name), Plain(r.Cover.Code), year(r.Cover.Year), t.Sprint(diag.M("not scored")),
			"", "", "", "", "", "", "", "", "", "", "", Plain(strings.Join(why, "; "))}
	}
	state, total := diag.M("final"), number(r.Total.Points)
	if !r.Complete {
		state = diag.M("not final")
	}
	if !r.Total.Certain() {
		total = ""
	}
	var vetoes []string
	for _, v := range r.Vetoes {
		if v.Fired {
			vetoes = append(vetoes, v.Title)
		}
	}
	out := []string{Plain(r.Source), Plain(r.Cover.Name), Plain(r.Cover.Code), year(r.Cover.Year), t.Sprint(state), total, number(r.Total.Lower),
		number(r.Total.Upper), number(r.Total.Full), number(decimal.Round(r.Rate, 4)), Plain(t.Phrase(r.Grade.Words())), Plain(strings.Join(vetoes, "; ")),
		strconv.Itoa(r.Errors), strconv.Itoa(r.Warnings), Plain(r.Report), r.Hash, ""}
	if t.claims {
		total := batch.Claim{}
		if len(r.Claims) > 0 {
			total = r.Claims[0]
		}
		out = append(out, maybe(total.Claimed), maybe(total.Own), maybe(r.Credibility))
	}
	for _, i := range r.Items {
		out = append(out, t.result(i))
	}
	return out
}

// result is how an item came out: its points, or in words what it came to.
func (t table) result(i batch.Item) string {
	if t.kind == "points" && i.State.Decided() && i.State != engine.Inapplicable {
		return number(i.Points)
	}
	card := engine.Scorecard{Kind: t.kind}
	return Plain(t.Phrase(card.Outcome(&engine.ItemResult{State: i.State, Amount: i.Amount, Letter: i.Letter})))
}

// maybe is a number, or nothing where there is none.
func maybe(x *float64) string {
	if x == nil {
		return ""
	}
	return number(*x)
}

func number(x float64) string { return decimal.Format(x, pointsDigits) }

func year(y int) string {
	if y == 0 {
		return ""
	}
	return strconv.Itoa(y)
}

// Plain is a text that stays one in a spreadsheet: what would begin a formula gets an
// apostrophe before it, as the advice of OWASP on CSV injection has it.
func Plain(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(s)[0]) {
		return "'" + s
	}
	return s
}
