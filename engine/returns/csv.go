package returns

import (
	"bytes"
	"path"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"dudao/engine/diag"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// csvTable is lines of values below one heading, not yet understood: a CSV file, or
// of a set what belongs to one unit.
type csvTable struct {
	file    string
	sheet   string // of a workbook; "" for CSV
	name    string // what the file or sheet is named after
	heading []entry
	values  []csvValue // of all lines below the heading
	ends    []int      // where in them each line ends
	of      *setTable  // of a set; nil for a file of one return
	pieces  []csvLines // of a set: lines that are divided only while they are read
}

// divided is the table of a unit with its lines divided into values.
func (t *csvTable) divided() (whole *csvTable, diags diag.List) {
	out := *t
	out.pieces = nil
	room := make([]csvValue, 0, len(t.heading))
	for _, l := range t.pieces {
		l.values = room
		if diags = out.read(&l); diags.HasErrors() {
			return nil, diags
		}
	}
	return &out, nil
}

// mostLines is how many lines there are below the heading, or more where some are
// blank or go on in the next.
func (t *csvTable) mostLines() int {
	n := len(t.ends)
	for _, l := range t.pieces {
		n += strings.Count(l.text, "\n") + 1
	}
	return n
}

// each goes through the lines below the heading. Those of a unit are divided into
// values one after the other: each stands for as long as it is looked at. What is
// read as plain rows isn't divided at all.
func (t *csvTable) each(plain *plainRows, look func(line int, row []csvValue)) (lines int, diags diag.List) {
	for line := range t.ends {
		look(line, t.row(line))
	}
	lines = len(t.ends)
	room := make([]csvValue, 0, len(t.heading))
	for _, l := range t.pieces {
		for l.values = room; ; {
			for plain != nil && l.at < len(l.text) && plain.read(&l, lines) {
				lines++
			}
			if !l.next() {
				break
			}
			if l.isBlank() {
				continue
			}
			if diags = t.tooLong(l.values); diags.HasErrors() {
				return lines, diags
			}
			look(lines, l.values)
			lines++
		}
		if l.wrong > 0 {
			return lines, append(diags, wrongQuote(t.file, l.wrong))
		}
	}
	return lines, nil
}

// row is a line below the heading.
func (t *csvTable) row(i int) []csvValue {
	if i == 0 {
		return t.values[:t.ends[0]]
	}
	return t.values[t.ends[i-1]:t.ends[i]]
}

// entry is what stands in a place.
func (t *csvTable) entry(v csvValue) entry {
	if t.sheet != "" {
		return entry{typed: v.typed, pos: OriginOf(diag.Pos{File: t.file, Sheet: t.sheet, Cell: cellName(int(v.line), int(v.col))})}
	}
	return entry{typed: v.typed, pos: OriginOf(diag.Pos{File: t.file, Line: int(v.line), Col: int(v.col)})}
}

func (t *csvTable) entries(values []csvValue) []entry {
	out := make([]entry, len(values))
	for i, v := range values {
		out[i] = t.entry(v)
	}
	return out
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
	t := &csvTable{file: file, name: strings.TrimSuffix(path.Base(file), path.Ext(file))}
	if diags = t.read(&csvLines{text: string(text), comma: separator(text), line: 1}); diags.HasErrors() {
		return nil, text, diags
	}
	if t.heading == nil {
		diags.Add(diag.Pos{File: file}, 0, diag.M("the file is empty"))
	}
	return t, text, diags
}

// read reads lines; the first of a file is its heading.
func (t *csvTable) read(l *csvLines) (diags diag.List) {
	for l.next() {
		switch {
		case l.isBlank():
		case t.heading == nil:
			t.heading = t.entries(l.values)
			t.reserve(l)
		default:
			if diags = t.tooLong(l.values); diags.HasErrors() {
				return diags
			}
			t.values = append(t.values, l.values...)
			t.ends = append(t.ends, len(t.values))
		}
	}
	if l.wrong > 0 {
		diags = append(diags, wrongQuote(t.file, l.wrong))
	}
	return diags
}

// tooLong tells of a line with a value below no heading.
func (t *csvTable) tooLong(line []csvValue) (diags diag.List) {
	if v := firstBeyond(line, len(t.heading)); v != nil {
		diags.Add(t.entry(*v).pos.Pos(), len([]rune(v.typed)), diag.M("the line has %s values, the heading %s columns", strconv.Itoa(len(line)), strconv.Itoa(len(t.heading))),
			diag.M("put a value with a comma in quotes"))
	}
	return diags
}

// reserve makes room for the lines to come; of long texts for the first.
func (t *csvTable) reserve(l *csvLines) {
	lines := min(1+strings.Count(l.text[l.at:], "\n"), 1<<12)
	t.values, t.ends = make([]csvValue, 0, min(lines*len(t.heading), 1<<16)), make([]int, 0, lines)
}

func wrongQuote(file string, line int) diag.Diagnostic {
	return diag.Diagnostic{Severity: diag.Error, Pos: diag.Pos{File: file, Line: line}, Message: diag.M("a quotation mark stands wrong here or is never closed"),
		Hints: []diag.Message{diag.M("put a value with quotation marks in quotes and double those inside it")}}
}

// firstBeyond returns the first value of a line that stands below no heading.
func firstBeyond(line []csvValue, columns int) *csvValue {
	for i := columns; i < len(line); i++ {
		if !isBlank(line[i].typed) {
			return &line[i]
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
	return fromGBK(data)
}

func fromGBK(data []byte) ([]byte, bool) {
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	return text, err == nil && !bytes.ContainsRune(text, utf8.RuneError)
}

// separator is the sign that divides the heading most often, outside quotes.
func separator(text []byte) byte {
	isQuoted := false
	count := map[byte]int{}
	for _, b := range bytes.TrimLeft(text, "\r\n") {
		if b == '"' {
			isQuoted = !isQuoted
		}
		if isQuoted {
			continue
		}
		if b == '\n' {
			break
		}
		count[b]++
	}
	best := byte(',')
	for _, b := range []byte(";\t") {
		if count[b] > count[best] {
			best = b
		}
	}
	return best
}
