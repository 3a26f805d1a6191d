package batch

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"strconv"

	"dudao/engine/diag"
)

// WriteLines writes records as JSON, one a line.
func WriteLines(w io.Writer, records ...Record) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false) // >= stays readable
	for i := range records {
		if err := enc.Encode(&records[i]); err != nil {
			return err
		}
	}
	return nil
}

// ReadLines reads what WriteLines wrote. A last line without an end, as a program that
// was stopped leaves one, is left out.
func ReadLines(file string, in io.Reader) ([]Record, diag.List) {
	var out []Record
	var diags diag.List
	lines := bufio.NewReaderSize(in, 64<<10)
	for n := 1; ; n++ {
		line, err := readLine(lines)
		switch {
		case err == io.EOF:
			return out, diags
		case err != nil && err != bufio.ErrBufferFull:
			diags.Add(diag.Pos{File: file}, 0, diag.M("the file can’t be read"))
			return out, diags
		}
		var r Record
		if err == nil {
			dec := json.NewDecoder(bytes.NewReader(line))
			dec.DisallowUnknownFields()
			err = dec.Decode(&r)
		}
		if err != nil {
			diags.Add(diag.Pos{File: file, Line: n, Col: 1}, 0, diag.M("line %s is no result of a batch", strconv.Itoa(n)),
				diag.M("name the folder that “dudao batch” wrote, as it wrote it"))
			return out, diags
		}
		out = append(out, r)
	}
}

// mostLine is more bytes than a record has.
const mostLine = 16 << 20

// readLine reads a line with its end. Of one that is too long for a record it gives
// up: the error is bufio.ErrBufferFull then.
func readLine(in *bufio.Reader) (line []byte, err error) {
	for len(line) < mostLine {
		var part []byte
		part, err = in.ReadSlice('\n')
		if line = append(line, part...); err != bufio.ErrBufferFull {
			break
		}
	}
	return line, err
}
