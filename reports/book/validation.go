package book

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// Kind is what a validation asks of a cell.
type Kind uint8

const (
	Any        Kind = iota // nothing; it only prompts
	Whole                  // a whole number within Min and Max
	Decimal                // a number within Min and Max
	TextLength             // a text of Min to Max characters
	List                   // one of Choices, offered as a drop-down
)

// Validation is what may be typed into a range, and what is said about it.
// Excel's own limits on the texts hold: titles are cut after 32 characters,
// prompts after 255 and errors after 225.
type Validation struct {
	Range    Range
	Kind     Kind
	Min, Max *float64 // nil: no bound
	Choices  []string

	PromptTitle, Prompt string // shown when the cell is selected
	ErrorTitle, Error   string // shown when something else was typed
	Strict              bool   // refuse it; otherwise warn
}

// rule is the validation as excelize wants it. lists has the place of every
// list of choices that is kept on a sheet.
func (v Validation) rule(lists map[string]string) (*excelize.DataValidation, error) {
	if !v.Range.valid() {
		return nil, fmt.Errorf("validated range %v is none", v.Range)
	}
	dv := excelize.NewDataValidation(true)
	dv.Sqref = v.Range.String()
	if v.Prompt != "" {
		dv.SetInput(cut(v.PromptTitle, 32), cut(v.Prompt, 255))
	}
	if v.Kind == Any {
		return dv, nil
	}
	style := excelize.DataValidationErrorStyleWarning
	if v.Strict {
		style = excelize.DataValidationErrorStyleStop
	}
	dv.SetError(style, cut(v.ErrorTitle, 32), cut(v.Error, 225))
	switch v.Kind {
	case Whole:
		return dv, v.bounds(dv, excelize.DataValidationTypeWhole)
	case Decimal:
		return dv, v.bounds(dv, excelize.DataValidationTypeDecimal)
	case TextLength:
		return dv, v.bounds(dv, excelize.DataValidationTypeTextLength)
	case List:
		if len(v.Choices) == 0 {
			return nil, fmt.Errorf("validation of %v has no choices", v.Range)
		}
		if at, ok := lists[listKey(v.Choices)]; ok {
			dv.SetSqrefDropList(at)
			return dv, nil
		}
		return dv, dv.SetDropList(v.Choices)
	}
	return nil, fmt.Errorf("validation of %v is of no known kind", v.Range)
}

// bounds sets the comparison. With no bound at all it still asks for a number,
// for which Excel needs two: the largest it is exact for.
func (v Validation) bounds(dv *excelize.DataValidation, kind excelize.DataValidationType) error {
	number := func(f *float64) string { return strconv.FormatFloat(*f, 'f', -1, 64) }
	switch {
	case v.Min != nil && v.Max != nil:
		return dv.SetRange(number(v.Min), number(v.Max), kind, excelize.DataValidationOperatorBetween)
	case v.Min != nil:
		return dv.SetRange(number(v.Min), "", kind, excelize.DataValidationOperatorGreaterThanOrEqual)
	case v.Max != nil:
		return dv.SetRange(number(v.Max), "", kind, excelize.DataValidationOperatorLessThanOrEqual)
	case v.Kind == TextLength:
		return dv.SetRange("0", "", kind, excelize.DataValidationOperatorGreaterThanOrEqual)
	}
	return dv.SetRange("-999999999999999", "999999999999999", kind, excelize.DataValidationOperatorBetween)
}

// choicesSheet holds the lists a validation can't hold itself.
const choicesSheet = "_choices"

// keepChoices puts the lists of choices that don't fit into a validation into
// the columns of a hidden sheet and says where each is. The sheet is nil if
// there are none.
func keepChoices(sheets []*Sheet) (*Sheet, map[string]string) {
	kept := &Sheet{Name: choicesSheet, Hidden: true}
	at := map[string]string{}
	for _, s := range sheets {
		for _, v := range s.Validations {
			key := listKey(v.Choices)
			if v.Kind != List || at[key] != "" || fitsInline(v.Choices) {
				continue
			}
			col := len(at) + 1
			for i, choice := range v.Choices {
				if i == len(kept.Rows) {
					kept.Rows = append(kept.Rows, Row{Height: minHeight})
				}
				row := &kept.Rows[i]
				for len(row.Cells) < col {
					row.Cells = append(row.Cells, Cell{})
				}
				row.Cells[col-1].Value = choice
			}
			at[key] = Range{Ref{1, col}, Ref{len(v.Choices), col}}.absolute(choicesSheet)
		}
	}
	if len(at) == 0 {
		return nil, nil
	}
	return kept, at
}

// fitsInline reports whether a validation can hold the choices itself: 255
// characters in all, separated by commas. A leading = would be a formula.
func fitsInline(choices []string) bool {
	for _, c := range choices {
		if strings.ContainsAny(c, ",\n\t") || strings.TrimSpace(c) != c || strings.HasPrefix(c, "=") {
			return false
		}
	}
	return utf16Len(strings.Join(choices, ",")) <= 255
}

func listKey(choices []string) string { return strings.Join(choices, "\x00") }

// cut shortens a text to what Excel accepts, and shows that it did.
func cut(text string, limit int) string {
	text = clean(text)
	if utf16Len(text) <= limit {
		return text
	}
	n := 1 // for the …
	for i, r := range text {
		if n += utf16.RuneLen(r); n > limit {
			return text[:i] + "…"
		}
	}
	return text
}

// utf16Len is the length of a text as Excel counts it.
func utf16Len(text string) int {
	n := 0
	for _, r := range text {
		n += utf16.RuneLen(r)
	}
	return n
}
