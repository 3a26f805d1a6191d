package book

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Write writes the book as an .xlsx file, sealed (see Untouched). The same
// book gives the same bytes.
func (b *Book) Write(out io.Writer) error {
	f := excelize.NewFile()
	defer f.Close()
	rows := map[string]io.WriterTo{}
	f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return &parts{out: out, rows: rows} })

	sheets := b.Sheets
	choices, lists := keepChoices(sheets)
	if choices != nil {
		sheets = append(sheets[:len(sheets):len(sheets)], choices)
	}
	if err := addSheets(f, sheets); err != nil {
		return err
	}
	// The width of columns is counted in digits of this font.
	if err := f.SetDefaultFont(bodyFont); err != nil {
		return err
	}
	w := &writing{f, &styles{file: f, ids: map[appearance]int{}, conditions: map[Style]int{}}, lists, sheets, 0, 0, 0}
	for i, s := range sheets {
		var err error
		if rows[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)], err = s.write(w); err != nil {
			return fmt.Errorf("book: sheet %s: %w", s.Name, err)
		}
	}
	if err := addNames(w, b.Names); err != nil {
		return err
	}
	creator := cmp.Or(b.Creator, "dudao")
	if err := f.SetDocProps(&excelize.DocProperties{Title: b.Title, Creator: creator, LastModifiedBy: creator}); err != nil {
		return err
	}
	if err := f.SetCustomProps(excelize.CustomProperty{Name: sealName, Value: unsealed}); err != nil {
		return err
	}
	sortContentTypes(f)
	return f.Write(out)
}

// writing is a file in the making.
type writing struct {
	*excelize.File
	styles *styles
	lists  map[string]string // the place of every list of choices on a sheet
	sheets []*Sheet

	charts, drawn, noted int // charts, sheets with charts and with notes so far
}

// has reports whether there is a sheet of that name.
func (w *writing) has(sheet string) bool {
	return slices.ContainsFunc(w.sheets, func(s *Sheet) bool { return s.Name == sheet })
}

// addSheets makes the sheets, empty, and shows the first that isn't hidden.
// It comes before any content: excelize forgets a sheet once it is written.
func addSheets(f *excelize.File, sheets []*Sheet) error {
	first := -1
	seen := map[string]bool{}
	for i, s := range sheets {
		folded := strings.ToLower(s.Name)
		if seen[folded] {
			return fmt.Errorf("book: two sheets are called %s", s.Name)
		}
		seen[folded] = true
		var err error
		if i == 0 {
			err = f.SetSheetName(f.GetSheetName(0), s.Name)
		} else {
			_, err = f.NewSheet(s.Name)
		}
		if err != nil {
			return fmt.Errorf("book: sheet %q: %w", s.Name, err)
		}
		if first < 0 && !s.Hidden {
			first = i
		}
	}
	if first < 0 {
		return errors.New("book: no sheet to be seen")
	}
	f.SetActiveSheet(first)
	for _, s := range sheets {
		if err := f.SetSheetVisible(s.Name, !s.Hidden); err != nil {
			return fmt.Errorf("book: sheet %s: %w", s.Name, err)
		}
	}
	return nil
}

// addNames names cells, then what the sheets print.
func addNames(w *writing, names []Name) error {
	known := make(map[string]bool, len(names))
	for _, n := range names {
		area := Range{n.From, n.To}
		if n.To == (Ref{}) {
			area.To = n.From
		}
		if !w.has(n.Sheet) || !area.valid() {
			return fmt.Errorf("book: name %s: no %v on a sheet %q", n.Name, area, n.Sheet)
		}
		if known[n.Name] {
			return fmt.Errorf("book: name %s is given twice", n.Name)
		}
		known[n.Name] = true
		if err := w.addName(excelize.DefinedName{Name: n.Name, RefersTo: area.absolute(n.Sheet)}); err != nil {
			return fmt.Errorf("book: name %s: %w", n.Name, err)
		}
	}
	for _, s := range w.sheets {
		printed, err := s.printNames()
		if err != nil {
			return err
		}
		for _, name := range printed {
			if err := w.addName(name); err != nil {
				return fmt.Errorf("book: %s of sheet %s: %w", name.Name, s.Name, err)
			}
		}
	}
	return nil
}

// addName adds a name that the file hasn't. excelize is shown none of the others, for
// it would compare each with all: a county has more than a thousand.
func (w *writing) addName(n excelize.DefinedName) error {
	others := w.WorkBook.DefinedNames
	w.WorkBook.DefinedNames = nil
	if err := w.SetDefinedName(&n); err != nil || others == nil {
		return err
	}
	others.DefinedName = append(others.DefinedName, w.WorkBook.DefinedNames.DefinedName...)
	w.WorkBook.DefinedNames = others
	return nil
}
