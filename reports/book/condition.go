package book

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// Condition gives the cells of a range another look where it holds. Earlier ones
// win over later ones.
type Condition struct {
	Range Range
	// Formula holds for a cell if it is true, as written for the top left cell of
	// the range. Without one, the cell's own value is compared: Is is one of
	// = <> > >= < <=, and Than a number, a cell or a text in quotes.
	Formula  string
	Is, Than string
	Style    Style // only what tells it from other cells: bold, colours, border

	// Scale colours numbers by how far they are from the first to the last of three
	// values, instead of all else.
	Scale *Scale
}

// Scale are three values, each a number or a formula over fixed cells, and the styles
// whose fills they have. Between them the colours go over into each other.
type Scale struct {
	Values [3]string
	Styles [3]Style
}

func (c *Scale) options() excelize.ConditionalFormatOptions {
	fill := func(i int) string {
		if f := c.Styles[i].look().fill; f != "" {
			return f
		}
		return "FFFFFF"
	}
	return excelize.ConditionalFormatOptions{Type: "3_color_scale", Criteria: "=",
		MinType: "formula", MinValue: c.Values[0], MinColor: fill(0),
		MidType: "formula", MidValue: c.Values[1], MidColor: fill(1),
		MaxType: "formula", MaxValue: c.Values[2], MaxColor: fill(2)}
}

// setConditions sets the conditional formats of a sheet.
func (s *Sheet) setConditions(w *writing) error {
	for _, c := range s.Conditions {
		if !c.Range.valid() {
			return fmt.Errorf("formatted range %v is none", c.Range)
		}
		if c.Scale != nil {
			if err := w.SetConditionalFormat(s.Name, c.Range.String(), []excelize.ConditionalFormatOptions{c.Scale.options()}); err != nil {
				return fmt.Errorf("scale of %v: %w", c.Range, err)
			}
			continue
		}
		style, err := w.styles.conditional(c.Style)
		if err != nil {
			return err
		}
		rule := excelize.ConditionalFormatOptions{Type: "formula", Criteria: c.Formula, Format: &style, StopIfTrue: true}
		if c.Formula == "" {
			rule.Type, rule.Criteria, rule.Value = "cell", c.Is, c.Than
			if c.Is == "" || c.Than == "" {
				return fmt.Errorf("condition of %v compares nothing", c.Range)
			}
		}
		err = w.SetConditionalFormat(s.Name, c.Range.String(), []excelize.ConditionalFormatOptions{rule})
		if err != nil {
			return fmt.Errorf("condition of %v: %w", c.Range, err)
		}
	}
	return nil
}

// conditional is excelize's number for what of a style a condition can give.
func (s *styles) conditional(style Style) (int, error) {
	if id, ok := s.conditions[style]; ok {
		return id, nil
	}
	l := style.look()
	look := &excelize.Style{Font: &excelize.Font{Bold: l.bold, Color: l.colour}}
	if l.fill != "" {
		look.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
	}
	if l.border {
		look.Border = border(darkLine)
	}
	id, err := s.file.NewConditionalStyle(look)
	s.conditions[style] = id
	return id, err
}
