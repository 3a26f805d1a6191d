package book

import (
	"fmt"
	"strconv"
)

// noNames is where the names of a workbook go: behind it.
const noNames = "</sheets>"

// definedName is a name as it stands in the workbook's XML.
type definedName struct{ name, of string }

// names are the names of cells, then those of what the sheets print, as XML. excelize
// compares each with all others and marshals them by reflection, and a county has more
// than a thousand.
func (w *writing) names(names []Name) ([]byte, error) {
	var out []byte
	known := make(map[string]bool, len(names))
	for _, n := range names {
		area := Range{n.From, n.To}
		if n.To == (Ref{}) {
			area.To = n.From
		}
		if !w.has(n.Sheet) || !area.valid() {
			return nil, fmt.Errorf("book: name %s: no %v on a sheet %q", n.Name, area, n.Sheet)
		}
		if problem := spellingProblem(n.Name); problem != "" {
			return nil, fmt.Errorf("book: name %s: %s", n.Name, problem)
		}
		if known[n.Name] {
			return nil, fmt.Errorf("book: name %s is given twice", n.Name)
		}
		known[n.Name] = true
		out = append(out, `<definedName name="`...)
		out = definedName{n.Name, area.absolute(n.Sheet)}.write(out)
	}
	for i, s := range w.sheets {
		printed, err := s.printNames()
		if err != nil {
			return nil, err
		}
		for _, name := range printed {
			out = append(out, `<definedName localSheetId="`...)
			out = strconv.AppendInt(out, int64(i), 10)
			out = append(out, `" name="`...)
			out = name.write(out)
		}
	}
	if len(out) == 0 { // Excel would call an empty list damaged
		return []byte(noNames), nil
	}
	return fmt.Appendf(nil, "%s<definedNames>%s</definedNames>", noNames, out), nil
}

// write writes the name from within its attribute on.
func (n definedName) write(out []byte) []byte {
	out = append(out, n.name...)
	out = append(out, `">`...)
	out = escape(out, clean(n.of))
	return append(out, `</definedName>`...)
}
