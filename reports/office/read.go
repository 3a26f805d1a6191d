package office

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// Read reads an .xlsx file: its cells with the results that stand in it. It is
// for the files of LibreOffice and dudao, and knows no shared formulas.
// (excelize takes four times as long for the same.)
func Read(data []byte) (Workbook, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	var toc struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var rels struct {
		Relationship []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		}
	}
	if err := decode(archive, "xl/workbook.xml", &toc); err != nil {
		return nil, err
	}
	if err := decode(archive, "xl/_rels/workbook.xml.rels", &rels); err != nil {
		return nil, err
	}
	targets := map[string]string{}
	for _, r := range rels.Relationship {
		targets[r.ID] = r.Target
	}
	shared, err := sharedTexts(archive)
	if err != nil {
		return nil, err
	}
	book := Workbook{}
	for _, s := range toc.Sheets {
		name := path.Join("xl", targets[s.ID])
		if strings.HasPrefix(targets[s.ID], "/") {
			name = targets[s.ID][1:]
		}
		content, err := content(archive, name)
		if err != nil {
			return nil, err
		}
		if book[s.Name], err = cells(content, shared); err != nil {
			return nil, fmt.Errorf("sheet %s: %w", s.Name, err)
		}
	}
	return book, nil
}

func content(archive *zip.Reader, name string) ([]byte, error) {
	f, err := archive.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

func decode(archive *zip.Reader, name string, into any) error {
	data, err := content(archive, name)
	if err != nil {
		return err
	}
	return xml.Unmarshal(data, into)
}

// sharedTexts are the texts that cells mention by number. There may be none.
func sharedTexts(archive *zip.Reader) ([]string, error) {
	const name = "xl/sharedStrings.xml"
	if f, err := archive.Open(name); err != nil {
		return nil, nil
	} else {
		f.Close()
	}
	var table struct {
		Texts []struct {
			Text string   `xml:"t"`
			Runs []string `xml:"r>t"`
		} `xml:"si"`
	}
	if err := decode(archive, name, &table); err != nil {
		return nil, err
	}
	var texts []string
	for _, t := range table.Texts {
		texts = append(texts, unescape(t.Text+strings.Join(t.Runs, "")))
	}
	return texts, nil
}

// cells reads the cells of a sheet.
func cells(sheet []byte, shared []string) (map[string]Cell, error) {
	found := map[string]Cell{}
	d := xml.NewDecoder(bytes.NewReader(sheet))
	var at, kind, value, formula, in string
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			return found, nil
		}
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			switch in = token.Name.Local; in {
			case "c":
				at, kind, value, formula = attr(token, "r"), attr(token, "t"), "", ""
			case "f":
				if t := attr(token, "t"); t != "" && t != "normal" {
					return nil, fmt.Errorf("%s has a formula of the kind %s", at, t)
				}
			}
		case xml.CharData:
			switch in {
			case "f":
				formula += string(token)
			case "v", "t":
				value += string(token)
			}
		case xml.EndElement:
			in = ""
			if token.Name.Local != "c" {
				continue
			}
			v, err := typed(kind, value, shared)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", at, err)
			}
			if v != nil || formula != "" {
				found[at] = Cell{v, strings.TrimPrefix(formula, "=")}
			}
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// typed is a value as its cell's type says.
func typed(kind, value string, shared []string) (any, error) {
	switch kind {
	case "", "n":
		if value == "" {
			return nil, nil
		}
		return strconv.ParseFloat(value, 64)
	case "b":
		return value == "1", nil
	case "e":
		return Error(value), nil
	case "s":
		i, err := strconv.Atoi(value)
		if err != nil || i < 0 || i >= len(shared) {
			return nil, fmt.Errorf("there is no shared text %s", value)
		}
		return shared[i], nil
	case "str", "inlineStr":
		return unescape(value), nil
	}
	return nil, fmt.Errorf("a value of the kind %s", kind)
}

var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescape resolves the way in which XML carries what it can't: _x000D_.
func unescape(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	return escaped.ReplaceAllStringFunc(text, func(code string) string {
		n, _ := strconv.ParseUint(code[2:6], 16, 16) // the pattern has it so
		return string(rune(n))
	})
}
