package engine

import (
	"fmt"
	"slices"

	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/rubric"
)

// State is how an item came out.
type State uint8

const (
	Full         State = iota // 得分
	Partial                   // 部分得分
	None                      // 不得分
	Inapplicable              // 不适用
	Missing                   // 缺数据
	Open                      // 待评定
	Failed                    // 计算错误
)

// stateWords are the words of JSON, which are never translated.
var stateWords = []string{"full", "partial", "none", "inapplicable", "missing", "open", "error"}

// String returns the word used in JSON.
func (s State) String() string { return stateWords[s] }

// MarshalText writes the word of String.
func (s State) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the word of String.
func (s *State) UnmarshalText(b []byte) error {
	i := slices.Index(stateWords, string(b))
	if i < 0 {
		return fmt.Errorf("unknown state %q", b)
	}
	*s = State(i)
	return nil
}

// Decided reports whether the item's points are certain.
func (s State) Decided() bool { return s <= Inapplicable }

// Unmet reports whether the item was judged and isn't met.
func (s State) Unmet() bool { return s == Partial || s == None }

// Words is the state as officials write it.
func (s State) Words() diag.Message {
	switch s {
	case Full:
		return diag.M("full points")
	case Partial:
		return diag.M("some points")
	case None:
		return diag.M("no points")
	case Inapplicable:
		return diag.M("not applicable")
	case Missing:
		return diag.M("data missing")
	case Open:
		return diag.M("to be judged")
	default:
		return diag.M("computation error")
	}
}

// Amount is a number of points. While something is open, Lower and Upper say
// between which bounds the points will end up; Points is what is certain.
type Amount struct {
	Points float64 `json:"points"`
	Lower  float64 `json:"lower"`
	Upper  float64 `json:"upper"`
	Full   float64 `json:"full"` // what counts in full
}

// Certain reports whether nothing is open.
func (a Amount) Certain() bool { return a.Lower == a.Upper }

// GradeRange is the grade, or the worst and best it can become.
type GradeRange struct {
	Lower string `json:"lower"`
	Upper string `json:"upper"`
}

// Certain reports whether the grade can't change any more.
func (g GradeRange) Certain() bool { return g.Lower == g.Upper }

// Scorecard is the result of one return: everything a report shows is drawn from
// it and from the program that made it.
type Scorecard struct {
	Rubric     rubric.Ref          `json:"rubric"`
	Title      string              `json:"title"`
	Kind       string              `json:"kind"`               // points, pass or letter
	Made       *rubric.Ref         `json:"made_for,omitempty"` // what the return says, if that isn't just Rubric
	Cover      returns.Cover       `json:"cover"`
	CoverAt    map[string]diag.Pos `json:"cover_at,omitempty"`
	Files      []returns.File      `json:"files,omitempty"`
	Absent     []string            `json:"absent,omitempty"` // tables and values for which the file has no place
	Total      Amount              `json:"total"`
	Rate       float64             `json:"rate"` // Lower of the total in percent of Full
	Grade      GradeRange          `json:"grade"`
	Vetoes     []VetoResult        `json:"vetoes,omitempty"`
	Deductions []TotalDeduction    `json:"deductions,omitempty"` // from the total
	Replaced   *Replacement        `json:"replaced,omitempty"`   // where a formula makes the total
	Sections   []Section           `json:"sections"`
	Items      []ItemResult        `json:"items"` // leaves, in the rubric's order
	Values     []Value             `json:"values"`
	Answers    []Answer            `json:"answers,omitempty"`
	Problems   []Problem           `json:"problems,omitempty"`
	Reasons    []returns.Reason    `json:"reasons,omitempty"` // as given: remarks on the form, reasons: in YAML
	Others     *returns.Others     `json:"others,omitempty"`  // of the batch; nil: it was scored alone

	Claims      []returns.Claim `json:"claims,omitempty"`      // what the unit says that items come to, and the whole
	Claimed     *float64        `json:"claimed,omitempty"`     // the total by its claims
	Checks      []returns.Check `json:"checks,omitempty"`      // what an inspector found instead
	Credibility *float64        `json:"credibility,omitempty"` // checked by claimed points, of the items that are both
	Own         *OwnTotal       `json:"own,omitempty"`         // what the unit's own data give, where an inspector checked some
}

// Section is the sum over a section and all below it.
type Section struct {
	Title  string     `json:"title"`
	Level  int        `json:"level"` // 0 for the outermost
	First  int        `json:"first"` // its first leaf in Items
	Count  int        `json:"count"` // and how many
	Bonus  bool       `json:"bonus,omitempty"`
	Weight float64    `json:"weight,omitempty"` // of its rate in what is above it
	Letter GradeRange `json:"letter,omitzero"`  // of an indicator in a rubric of kind letter
	Amount
}

// Replacement is what the items come to together, where a formula makes another total
// of it, and how it does.
type Replacement struct {
	Before Amount      `json:"before"`
	Reason diag.Phrase `json:"reason"`
}

// VetoResult is a veto and whether it acts.
type VetoResult struct {
	Title  string      `json:"title"`
	Fired  bool        `json:"fired"`          // at worst
	Open   bool        `json:"open,omitempty"` // it isn't known yet
	Effect diag.Phrase `json:"effect"`
	Why    diag.Phrase `json:"why,omitempty"` // of a shared veto: where else it acts, or may
}

// Words is the effect, and where else the veto acts.
func (v VetoResult) Words() diag.Phrase {
	if len(v.Why) == 0 {
		return v.Effect
	}
	return append(append(v.Effect[:len(v.Effect):len(v.Effect)], diag.M("; ")), v.Why...)
}

// TotalDeduction is what was taken from the total.
type TotalDeduction struct {
	Taken  float64     `json:"taken"`
	Open   bool        `json:"open,omitempty"`
	Reason diag.Phrase `json:"reason"`
}

// ItemResult is how one leaf came out.
type ItemResult struct {
	ID        string     `json:"id"`
	State     State      `json:"state"`
	Amount               // rounded
	Must      bool       `json:"must,omitempty"`       // 必达
	MustUnmet bool       `json:"must_unmet,omitempty"` // judged, and below what must be reached
	Letter    GradeRange `json:"letter,omitzero"`
	Value     Shown      `json:"value,omitzero"`
	Target    Shown      `json:"target,omitzero"`
	Rows      *Rows      `json:"rows,omitempty"` // of an item with each

	Checked *Checked `json:"checked,omitempty"` // of an item that an inspector looked at

	Reason []diag.Phrase `json:"reason"` // why so many points, numbers put in
	Inputs []InputRef    `json:"inputs,omitempty"`
}

// Lost is what the item lost for certain.
func (i ItemResult) Lost() float64 { return i.Full - i.Upper }

// Shown is a value as the report shows it.
type Shown struct {
	Number *float64    `json:"number,omitempty"` // unrounded
	Text   diag.Phrase `json:"text"`
	Unit   string      `json:"unit,omitempty"`
}

// Rows is how the rows of an item came out, by their keys.
type Rows struct {
	Table   string   `json:"table"`
	Counted int      `json:"counted"` // rows that were judged or should have been
	Failing []string `json:"failing,omitempty"`
	Missing []string `json:"missing,omitempty"`
	Errors  []string `json:"errors,omitempty"`
}

// InputRef is a value that an item reads.
type InputRef struct {
	Path string   `json:"path"`
	Pos  diag.Pos `json:"pos,omitzero"`
}

// Value is one submitted or computed value.
type Value struct {
	Table   string         `json:"table,omitempty"`
	Row     string         `json:"row,omitempty"`   // what names the row
	Index   int            `json:"index,omitempty"` // of the row, from 0
	Field   string         `json:"field"`
	Back    int            `json:"back,omitempty"`
	State   string         `json:"state"` // known, missing, inapplicable, error, invalid
	Number  float64        `json:"number,omitempty"`
	Text    string         `json:"text,omitempty"`
	Typed   string         `json:"typed,omitempty"`
	Pos     diag.Pos       `json:"pos,omitzero"`
	Notes   []diag.Message `json:"notes,omitempty"`
	Derived bool           `json:"computed,omitempty"` // by a formula
	Entered *float64       `json:"entered,omitempty"`  // what was filled in for a computed value

	Submitted *Submitted `json:"submitted,omitempty"` // where it isn't what counts
}

// Answer is how a fact on the sheet of judgements was answered.
type Answer struct {
	Item     string         `json:"item"`
	Ask      string         `json:"ask"`
	State    string         `json:"state"`            // as of a Value; open where there is no answer
	Number   float64        `json:"number,omitempty"` // a count, or 1 for yes and 0 for no
	Text     string         `json:"text,omitempty"`   // a judged level
	Typed    string         `json:"typed,omitempty"`
	Note     string         `json:"note,omitempty"`
	Evidence []string       `json:"evidence,omitempty"`
	Pos      diag.Pos       `json:"pos,omitzero"`
	At       diag.Pos       `json:"at,omitzero"` // of the evidence
	Notes    []diag.Message `json:"notes,omitempty"`

	Submitted *Submitted `json:"submitted,omitempty"` // where it isn't what counts
}

// Rules by which the engine itself doubts figures, as Problem.Rule names them.
const (
	RuleThreshold = "threshold" // exactly on a limit
	RuleJump      = "jump"      // a thousand or ten thousand times last year's
	RulePercent   = "percent"   // over a hundred, or a fraction
	RuleUnchanged = "unchanged" // all as last year
	RuleTwins     = "twins"     // rows that differ in nothing but their names
	RuleTotal     = "total"     // not what it is the total of
)

// Problem is something about the data that someone should look at.
type Problem struct {
	Severity diag.Severity  `json:"severity"`
	Check    string         `json:"check,omitempty"` // id or title of a check of the rubric
	Said     diag.Phrase    `json:"said"`
	Hints    []diag.Message `json:"hints,omitempty"`
	Pos      diag.Pos       `json:"pos,omitzero"`
	Width    int            `json:"width,omitempty"`
	Rule     string         `json:"rule,omitempty"`
	Read     bool           `json:"read,omitempty"` // found in the file, before anything was scored

	// Reason is what the unit says to it: it stands beside the problem and never
	// takes it away.
	Reason string `json:"reason,omitempty"`

	about []string // names under which there can be a reason; empty when it is found
}

// Complete reports whether nothing is open: no data missing, no judgement, no
// error, no grade that may still change.
func (c *Scorecard) Complete() bool {
	for _, i := range c.Items {
		if !i.State.Decided() {
			return false
		}
	}
	return c.Total.Certain() && c.Grade.Certain()
}

// Item returns the result of an item, or nil.
func (c *Scorecard) Item(id string) *ItemResult {
	for i := range c.Items {
		if c.Items[i].ID == id {
			return &c.Items[i]
		}
	}
	return nil
}
