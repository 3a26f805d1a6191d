package returns

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"dudao/engine/diag"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// csvTable is a CSV file, not yet understood.
type csvTable struct {
	name    string // what the file is named after
	heading []entry
	rows    [][]entry
}

func isCSV(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".csv" || ext == ".tsv"
}

// readCSV reads a CSV file. It returns the text in UTF-8, too.
func readCSV(file string, data []byte) (*csvTable, []byte, diag.List) {
	var diags diag.List
	text, ok := decoded(data)
	if !ok {
		diags.Add(diag.Pos{File: file}, 0, diag.M("the file is in neither UTF-8 nor GBK"), diag.M("save it as CSV UTF-8 in Excel or WPS"))
		return nil, nil, diags
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = separator(text), -1, true
	t := &csvTable{name: strings.TrimSuffix(path.Base(file), path.Ext(file))}
	lines := bytes.Split(text, []byte("\n"))
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var wrong *csv.ParseError
		if errors.As(err, &wrong) {
			diags.Add(diag.Pos{File: file, Line: wrong.StartLine}, 0, diag.M("a quotation mark stands wrong here or is never closed"),
				diag.M("put a value with quotation marks in quotes and double those inside it"))
			return nil, text, diags
		}
		row := make([]entry, len(record))
		blank := true
		for i, value := range record {
			line, col := r.FieldPos(i)
			row[i] = entry{typed: value, pos: diag.Pos{File: file, Line: line, Col: runeCol(lines[line-1], col)}}
			blank = blank && strings.TrimSpace(value) == ""
		}
		switch {
		case blank:
		case t.heading == nil:
			t.heading = row
		default:
			if e := firstBeyond(row, len(t.heading)); e != nil {
				diags.Add(e.pos, len([]rune(e.typed)), diag.M("the line has %s values, the heading %s columns", strconv.Itoa(len(row)), strconv.Itoa(len(t.heading))),
					diag.M("put a value with a comma in quotes"))
				return nil, text, diags
			}
			t.rows = append(t.rows, row)
		}
	}
	if t.heading == nil {
		diags.Add(diag.Pos{File: file}, 0, diag.M("the file is empty"))
	}
	return t, text, diags
}

// firstBeyond returns the first value of a row that stands below no heading.
func firstBeyond(row []entry, columns int) *entry {
	for i := columns; i < len(row); i++ {
		if strings.TrimSpace(row[i].typed) != "" {
			return &row[i]
		}
	}
	return nil
}

// decoded returns a text in UTF-8 or GBK. Some short texts are both: 学校 in GBK
// is Cyrillic in UTF-8, so without a mark UTF-8 must show a Chinese character.
func decoded(data []byte) ([]byte, bool) {
	data, marked := bytes.CutPrefix(data, []byte("\xef\xbb\xbf"))
	if bytes.IndexByte(data, 0) >= 0 {
		return nil, false
	}
	if utf8.Valid(data) && (marked || bytes.ContainsFunc(data, func(r rune) bool { return unicode.Is(unicode.Han, r) })) {
		return data, true
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	return text, err == nil && !bytes.ContainsRune(text, utf8.RuneError)
}

// separator is the sign that divides the heading most often, outside quotes.
func separator(text []byte) rune {
	quoted := false
	count := map[rune]int{}
	for _, r := range string(bytes.TrimLeft(text, "\r\n")) {
		if r == '"' {
			quoted = !quoted
		}
		if quoted {
			continue
		}
		if r == '\n' {
			break
		}
		count[r]++
	}
	best := ','
	for _, r := range ";\t" {
		if count[r] > count[best] {
			best = r
		}
	}
	return best
}

// runeCol makes a column in runes from one in bytes.
func runeCol(line []byte, col int) int {
	return 1 + utf8.RuneCount(line[:min(max(col-1, 0), len(line))])
}
