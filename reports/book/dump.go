package book

import (
	"bytes"
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Dump is an .xlsx file as text for golden files and test scripts: all that is
// in its cells and the little about their looks that carries meaning. It reads
// the files of other programs too.
//
//	== 评分表
//	widths 12 30.5
//	merges A1:B1
//	A1 = 得分 | bold fill=E3E6EA | to '数据'!B2
//	B2 = 87.5 | =SUM(B3:B9) | 0.00
//	B3 = "12" | note: 由文本转换
//	== names
//	总分 = '评分表'!$B$2
//
// A text stands in quotes if it has line breaks or would look like something
// else: "12" is a text, 12 a number.
func Dump(data []byte) (string, error) {
	f, err := excelize.OpenReader(bytes.NewReader(data),
		excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked})
	if err != nil {
		return "", err
	}
	defer f.Close()
	d := &dump{file: f, looks: map[int]string{}}
	for _, sheet := range f.GetSheetList() {
		if err := d.sheet(sheet); err != nil {
			return "", fmt.Errorf("book: sheet %s: %w", sheet, err)
		}
	}
	d.names()
	return d.out.String(), nil
}

type dump struct {
	file  *excelize.File
	out   strings.Builder
	looks map[int]string // by excelize's number of the style
	notes map[string]string
}

func (d *dump) sheet(name string) error {
	fmt.Fprintf(&d.out, "== %s", name)
	if visible, err := d.file.GetSheetVisible(name); err != nil {
		return err
	} else if !visible {
		d.out.WriteString(" (hidden)")
	}
	d.out.WriteString("\n")
	rows, err := d.file.GetRows(name)
	if err != nil {
		return err
	}
	columns := 0
	for _, row := range rows {
		columns = max(columns, len(row))
	}
	d.out.WriteString("widths")
	for c := range columns {
		w, err := d.file.GetColWidth(name, column(c+1))
		if err != nil {
			return err
		}
		// Programs round widths to pixels, each in its way.
		fmt.Fprintf(&d.out, " %v", math.Round(w*10)/10)
	}
	d.out.WriteString("\n")
	merges, err := d.file.GetMergeCells(name)
	if err != nil {
		return err
	}
	if len(merges) > 0 {
		d.out.WriteString("merges")
		for _, m := range merges {
			fmt.Fprintf(&d.out, " %s:%s", m.GetStartAxis(), m.GetEndAxis())
		}
		d.out.WriteString("\n")
		// excelize looks through all merged areas for every cell it reads.
		if err := d.file.UnmergeCell(name, "A1", fmt.Sprintf("%s%d", column(excelize.MaxColumns), excelize.TotalRows)); err != nil {
			return err
		}
	}
	comments, err := d.file.GetComments(name)
	if err != nil {
		return err
	}
	d.notes = map[string]string{}
	for _, c := range comments {
		text := c.Text
		for _, run := range c.Paragraph {
			text += run.Text
		}
		d.notes[c.Cell] = text
	}
	for r, row := range rows {
		for c, value := range row {
			if err := d.cell(name, Ref{r + 1, c + 1}.String(), value); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *dump) cell(sheet, at, value string) error {
	formula, err := d.file.GetCellFormula(sheet, at)
	if err != nil {
		return err
	}
	if value == "" && formula == "" {
		return nil
	}
	kind, err := d.file.GetCellType(sheet, at)
	if err != nil {
		return err
	}
	style, err := d.file.GetCellStyle(sheet, at)
	if err != nil {
		return err
	}
	look, err := d.look(style)
	if err != nil {
		return err
	}
	fmt.Fprintf(&d.out, "%s = %s", at, shown(value, kind))
	if formula != "" {
		fmt.Fprintf(&d.out, " | =%s", strings.TrimPrefix(formula, "="))
	}
	if look != "" {
		fmt.Fprintf(&d.out, " | %s", look)
	}
	if linked, to, err := d.file.GetCellHyperLink(sheet, at); err != nil {
		return err
	} else if linked {
		fmt.Fprintf(&d.out, " | to %s", to)
	}
	if note, ok := d.notes[at]; ok {
		fmt.Fprintf(&d.out, " | note: %s", shown(note, excelize.CellTypeSharedString))
	}
	d.out.WriteString("\n")
	return nil
}

// shown is a value such that its type can be seen.
func shown(value string, kind excelize.CellType) string {
	switch kind {
	case excelize.CellTypeBool:
		if value == "1" {
			return "TRUE"
		}
		return "FALSE"
	case excelize.CellTypeNumber, excelize.CellTypeUnset, excelize.CellTypeError:
		return value
	}
	_, err := strconv.ParseFloat(value, 64)
	ambiguous := value == "" || err == nil || value == "TRUE" || value == "FALSE" || strings.TrimSpace(value) != value ||
		strings.HasPrefix(value, "#") || strings.Contains(value, " | ")
	if quoted := strconv.QuoteToGraphic(value); ambiguous || len(quoted) != len(value)+2 {
		return quoted
	}
	return value
}

func (d *dump) names() {
	var lines []string
	for _, n := range d.file.GetDefinedName() {
		line := n.Name + " = " + n.RefersTo
		if n.Scope != "" && n.Scope != "Workbook" {
			line += " (" + n.Scope + ")"
		}
		lines = append(lines, line+"\n")
	}
	if len(lines) == 0 {
		return
	}
	sort.Strings(lines)
	d.out.WriteString("== names\n" + strings.Join(lines, ""))
}

// builtin are the number formats that files may mention by number only.
var builtin = map[int]string{1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 49: "@"}

func (d *dump) look(id int) (string, error) {
	if look, ok := d.looks[id]; ok {
		return look, nil
	}
	style, err := d.file.GetStyle(id)
	if err != nil {
		return "", err
	}
	var words []string
	if style.CustomNumFmt != nil && !strings.EqualFold(*style.CustomNumFmt, "General") {
		words = append(words, *style.CustomNumFmt)
	} else if style.NumFmt != 0 {
		format, ok := builtin[style.NumFmt]
		if !ok {
			format = "format " + strconv.Itoa(style.NumFmt)
		}
		words = append(words, format)
	}
	if style.Font != nil && style.Font.Bold {
		words = append(words, "bold")
	}
	if style.Fill.Type == "pattern" && style.Fill.Pattern == 1 && len(style.Fill.Color) > 0 {
		fill := "fill"
		// excelize knows no colours of a file without a theme, as LibreOffice's.
		if colour := style.Fill.Color[0]; colour != "" {
			fill += "=" + strings.ToUpper(colour)
		}
		words = append(words, fill)
	}
	if style.Protection != nil && !style.Protection.Locked {
		words = append(words, "unlocked")
	}
	d.looks[id] = strings.Join(words, " ")
	return d.looks[id], nil
}
