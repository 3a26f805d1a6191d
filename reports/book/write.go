package book

import (
	"bytes"
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
	fillings := map[string]filling{}
	f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return &parts{out: out, fillings: fillings} })

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
	w := &writing{File: f, lists: lists, sheets: sheets,
		styles: &styles{file: f, ids: map[appearance]int{}, conditions: map[Style]int{}}}
	for i, s := range sheets {
		content, err := s.write(w)
		if err != nil {
			return fmt.Errorf("book: sheet %s: %w", s.Name, err)
		}
		fillings[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)] = filling{noRows, content}
	}
	names, err := w.names(b.Names)
	if err != nil {
		return err
	}
	fillings["xl/workbook.xml"] = filling{noNames, bytes.NewReader(names)}
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

// instead puts a part in the place of one that excelize has made under that name.
func (w *writing) instead(part string, made bool, content []byte) error {
	if !made {
		return fmt.Errorf("excelize has no %s", part)
	}
	w.Pkg.Store(part, content)
	return nil
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
