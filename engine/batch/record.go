package batch

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/rubric"
)

// mostProblems is how many problems of one return a record names; the report has all
// of them.
const mostProblems = 50

// Record is what a batch keeps of a return once its report is written: a few
// kilobytes, whatever the return holds. It marshals to JSON and back without loss.
type Record struct {
	Source string         `json:"source"`           // the file, or the set and the unit in it
	Set    string         `json:"set,omitempty"`    // that also holds other units
	Digest string         `json:"digest,omitempty"` // SHA-256 of what was read
	Key    string         `json:"key,omitempty"`    // hash of all that the result depends on
	Report string         `json:"report,omitempty"` // its name in the folder of the batch, with /
	Files  []returns.File `json:"files,omitempty"`
	Cover  returns.Cover  `json:"cover"`
	Rubric rubric.Ref     `json:"rubric,omitzero"`

	// Unwritten says why there is no report although the return is scored.
	Unwritten []Finding `json:"unwritten,omitempty"`

	// Failed says why there is no result; nothing below is filled in then.
	Failed []Finding `json:"failed,omitempty"`

	Hash       string              `json:"hash,omitempty"` // as a report is verified by
	Total      engine.Amount       `json:"total"`
	Rate       float64             `json:"rate"`
	Grade      engine.GradeRange   `json:"grade,omitzero"`
	Complete   bool                `json:"complete"`
	Sections   []engine.Amount     `json:"sections,omitempty"` // in the rubric's order
	Items      []Item              `json:"items,omitempty"`    // leaves, in the rubric's order
	Vetoes     []engine.VetoResult `json:"vetoes,omitempty"`
	Deductions float64             `json:"deductions,omitempty"` // taken from the total

	// Claims are where what the unit claims, what its data give and what an inspector
	// found are not all the same; the total first, if anything was claimed or checked.
	Claims      []Claim  `json:"claims,omitempty"`
	Credibility *float64 `json:"credibility,omitempty"`
	Group       string   `json:"group,omitempty"` // the unit's city, category …

	Problems []Finding `json:"problems,omitempty"` // of the data: errors and warnings first
	Errors   int       `json:"errors,omitempty"`   // how many of each there are
	Warnings int       `json:"warnings,omitempty"`

	// Figures are the known numbers outside open tables, submitted and computed.
	Figures []Figure `json:"figures,omitempty"`
	// Blocks are the tables and groups of values, each with a hash of all numbers that
	// were submitted in it.
	Blocks []Block `json:"blocks,omitempty"`
}

// Item is how one item came out.
type Item struct {
	ID    string       `json:"id"`
	State engine.State `json:"state"`
	engine.Amount
	MustUnmet bool              `json:"must_unmet,omitempty"`
	Letter    engine.GradeRange `json:"letter,omitzero"`
	Value     *float64          `json:"value,omitempty"`
	Target    *float64          `json:"target,omitempty"`
	Reason    []diag.Phrase     `json:"reason,omitempty"` // of what isn't full points
}

// Claim sets what a unit claims beside what its data give and what an inspector
// found. What wasn't said, or isn't certain, is nil.
type Claim struct {
	Item    string   `json:"item,omitempty"` // empty for the total
	Claimed *float64 `json:"claimed,omitempty"`
	Own     *float64 `json:"own,omitempty"`
	Checked *float64 `json:"checked,omitempty"`
	Reasons []string `json:"reasons,omitempty"` // of the inspector
}

// Finding is something about a file that someone should look at.
type Finding struct {
	Severity diag.Severity  `json:"severity"`
	Said     diag.Phrase    `json:"said"`
	Hints    []diag.Message `json:"hints,omitempty"`
	Pos      diag.Pos       `json:"pos,omitzero"`
	Reason   string         `json:"reason,omitempty"` // what the unit says to it
	Rule     string         `json:"rule,omitempty"`   // by which the engine doubts it
}

// Figure is a number of a return.
type Figure struct {
	Table    string   `json:"table,omitempty"`
	Row      string   `json:"row,omitempty"`
	Field    string   `json:"field"`
	Back     int      `json:"back,omitempty"`
	Number   float64  `json:"number"`
	Computed bool     `json:"computed,omitempty"`
	Pos      diag.Pos `json:"pos,omitzero"`
}

// Block is a table or a group of single values.
type Block struct {
	Name   string `json:"name"`
	Values int    `json:"values"` // numbers that were filled in
	Varied int    `json:"varied"` // different numbers other than 0 among them
	Rows   int    `json:"rows,omitempty"`
	Hash   string `json:"hash"` // of the numbers in their order
}

// NewRecord is the record of a return that p has scored.
func NewRecord(p *engine.Program, card *engine.Scorecard) Record {
	r := Record{Files: card.Files, Cover: card.Cover, Rubric: card.Rubric, Hash: card.Hash(), Total: card.Total, Rate: card.Rate, Grade: card.Grade,
		Complete: card.Complete(), Vetoes: card.Vetoes}
	for _, s := range card.Sections {
		r.Sections = append(r.Sections, s.Amount)
	}
	for _, i := range card.Items {
		item := Item{ID: i.ID, State: i.State, Amount: i.Amount, MustUnmet: i.MustUnmet, Letter: i.Letter, Value: i.Value.Number, Target: i.Target.Number}
		if i.State != engine.Full {
			item.Reason = i.Reason
		}
		r.Items = append(r.Items, item)
	}
	for _, d := range card.Deductions {
		r.Deductions += d.Taken
	}
	r.claims(card)
	r.problems(card.Problems)
	r.figures(p.Rubric, card.Values)
	return r
}

// Record is what a batch keeps of a result.
func (r *Result) Record(p *engine.Program) Record {
	if r.Card == nil {
		return Record{Source: r.Source.Name, Set: r.Source.Set, Failed: Findings(r.Diags)}
	}
	rec := NewRecord(p, r.Card)
	rec.Source, rec.Set = r.Source.Name, r.Source.Set
	for _, d := range r.Diags.Sorted() {
		if d.Severity == diag.Warning {
			rec.warn(finding(d))
		}
	}
	return rec
}

// Findings are the errors among diagnostics.
func Findings(l diag.List) []Finding {
	var out []Finding
	for _, d := range l.Sorted() {
		if d.Severity == diag.Error {
			out = append(out, finding(d))
		}
	}
	return out
}

func finding(d diag.Diagnostic) Finding {
	return Finding{d.Severity, diag.P(d.Message), d.Hints, d.Pos, "", d.Rule}
}

func (r *Record) warn(f Finding) {
	r.Warnings++
	r.Problems = append(r.Problems, f)
}

// claims keeps what was claimed and checked, where it differs.
func (r *Record) claims(card *engine.Scorecard) {
	r.Credibility = card.Credibility
	if card.Claimed == nil && card.Own == nil {
		return
	}
	total := Claim{Claimed: card.Claimed, Own: known(card.Total)}
	if card.Own != nil {
		total.Own, total.Checked = known(card.Own.Total), known(card.Total)
	}
	r.Claims = append(r.Claims, total)
	for _, c := range card.Compare() {
		claim, changed := Claim{Item: c.Item, Own: known(c.Own.Amount)}, false
		if c.Claimed != nil && c.Claimed.Text == "" {
			claim.Claimed = &c.Claimed.Number
		}
		if c.Checked != nil {
			checked := card.Item(c.Item).Checked
			claim.Checked, claim.Reasons = known(c.Checked.Amount), reasons(card, checked)
			changed = checked.Points || c.Checked.State != c.Own.State || c.Checked.Amount != c.Own.Amount
		}
		if changed || c.Own.Differs(c.Claimed) {
			r.Claims = append(r.Claims, claim)
		}
	}
}

// reasons are what the inspector gives for the points of an item, or for each of the
// values that it reads.
func reasons(card *engine.Scorecard, c *engine.Checked) []string {
	if c.Points {
		return []string{c.Reason}
	}
	var out []string
	for _, check := range card.Checks {
		if slices.Contains(c.Data, check.Path) {
			out = append(out, strings.TrimSpace(check.Path+" "+check.Reason))
		}
	}
	return out
}

// ruleRepeated is that of a warning about a unit that stands in a batch twice.
const ruleRepeated = "repeated"

// Repeated warns of units that stand in a batch more than once: all are scored, for
// which of them counts isn't known. What an earlier batch said of that in a record is
// replaced.
func Repeated(records []Record) {
	seen := map[string]int{}
	for i := range records {
		r := &records[i]
		before := len(r.Problems)
		r.Problems = slices.DeleteFunc(r.Problems, func(f Finding) bool { return f.Rule == ruleRepeated })
		r.Warnings -= before - len(r.Problems)
	}
	for i := range records {
		r := &records[i]
		if r.Failed != nil {
			continue
		}
		unit := r.Cover.Code
		if unit == "" {
			unit = r.Cover.Name
		}
		first, known := seen[unit]
		if !known || unit == "" {
			seen[unit] = i
			continue
		}
		for _, pair := range [2][2]int{{first, i}, {i, first}} {
			other := records[pair[1]].Source
			records[pair[0]].warn(Finding{diag.Warning, diag.P(diag.M("%s is also reported in %s", unit, other)),
				[]diag.Message{diag.M("take one of them out of the folder")}, diag.Pos{}, "", ruleRepeated})
		}
	}
}

// problems keeps the gravest; notes only tell how something was read.
func (r *Record) problems(all []engine.Problem) {
	for _, p := range all {
		switch p.Severity {
		case diag.Error:
			r.Errors++
		case diag.Warning:
			r.Warnings++
		default:
			continue
		}
		r.Problems = append(r.Problems, Finding{p.Severity, p.Said, p.Hints, p.Pos, p.Reason, p.Rule})
	}
	slices.SortStableFunc(r.Problems, func(a, b Finding) int { return int(a.Severity) - int(b.Severity) })
	if len(r.Problems) > mostProblems {
		r.Problems = r.Problems[:mostProblems:mostProblems]
	}
}

// figures keeps the numbers that can be compared between units, and of everything
// else only whether it is the same.
func (r *Record) figures(of *rubric.Rubric, values []engine.Value) {
	open, group := map[string]bool{}, map[string]string{}
	for _, b := range of.Data {
		open[b.Key.Text] = b.Value.IsOpen()
		for _, f := range b.Value.Fields {
			group[f.Key.Text] = b.Key.Text
		}
	}
	type block struct {
		Block
		said [][]any
		rows map[string]bool
		nums map[float64]bool
	}
	blocks := map[string]*block{}
	var order []string
	for _, v := range values {
		name := v.Table
		if name == "" {
			name = group[v.Field]
		}
		if v.State == "known" && v.Text == "" && !open[v.Table] {
			r.Figures = append(r.Figures, Figure{v.Table, v.Row, v.Field, v.Back, v.Number, v.Derived, v.Pos})
		}
		if v.Derived || v.State != "known" || v.Text != "" { // names differ where figures were copied
			continue
		}
		b := blocks[name]
		if b == nil {
			b = &block{Block: Block{Name: name}, rows: map[string]bool{}, nums: map[float64]bool{}}
			blocks[name] = b
			order = append(order, name)
		}
		b.said = append(b.said, []any{v.Index, v.Field, v.Back, v.Number})
		b.Values++
		if v.Number != 0 {
			b.nums[v.Number] = true
		}
		if v.Table != "" && !b.rows[v.Row] {
			b.rows[v.Row] = true
			b.Rows++
		}
	}
	for _, name := range order {
		b := blocks[name]
		text, err := json.Marshal(b.said)
		if err != nil {
			panic("batch: " + err.Error()) // only texts and finite numbers
		}
		sum := sha256.Sum256(text)
		b.Varied = len(b.nums)
		b.Hash = hex.EncodeToString(sum[:8])
		r.Blocks = append(r.Blocks, b.Block)
	}
}
