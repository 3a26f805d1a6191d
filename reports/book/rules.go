package book

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Check finds what in an .xlsx file breaks the rules of Excel, which LibreOffice
// and excelize don't enforce, or our own: formulas of at most longest characters
// that use few functions and never need an array formula. It is for tests over
// every workbook that is written. A cell may lead to a file that lies beside the
// workbook only if it is named.
func Check(data []byte, longest int, beside ...string) []string {
	c := &checker{longest: longest, parts: map[string][]byte{}, sheets: map[string]bool{}, names: map[string]bool{}, beside: map[string]bool{}}
	for _, file := range beside {
		c.beside[fileLink(file)] = true
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return []string{err.Error()}
	}
	for _, f := range archive.File {
		c.open(f)
	}
	c.relations()
	c.workbook()
	return c.found
}

type checker struct {
	longest int
	found   []string
	parts   map[string][]byte
	sheets  map[string]bool // in small letters
	names   map[string]bool // by nameKey; whether they mean more than one cell
	texts   []string        // shared
	styles  int             // how many there are
	looks   int             // how many a condition can give
	beside  map[string]bool // the files to which cells may lead
}

func (c *checker) bad(format string, args ...any) {
	c.found = append(c.found, fmt.Sprintf(format, args...))
}

// open reads a part, which must be well-formed.
func (c *checker) open(f *zip.File) {
	r, err := f.Open()
	if err != nil {
		c.bad("%s: %v", f.Name, err)
		return
	}
	defer r.Close()
	content, err := io.ReadAll(r)
	if err == nil {
		err = wellFormed(content)
	}
	if err != nil {
		c.bad("%s: %v", f.Name, err)
	}
	if c.parts[f.Name] != nil {
		c.bad("%s is there twice", f.Name)
	}
	c.parts[f.Name] = content
}

func wellFormed(content []byte) error {
	d := xml.NewDecoder(bytes.NewReader(content))
	for {
		if _, err := d.Token(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// read parses a part, if it is there and well-formed, which was told before.
func (c *checker) read(name string, into any) bool {
	return c.parts[name] != nil && xml.Unmarshal(c.parts[name], into) == nil
}

// relation leads from one part to another.
type relation struct {
	ID     string `xml:"Id,attr"`
	Target string `xml:"Target,attr"`
	Mode   string `xml:"TargetMode,attr"`
	Type   string `xml:"Type,attr"`
}

// relationsOf are the relations of a part.
func (c *checker) relationsOf(part string) []relation {
	var list struct{ Relationship []relation }
	c.read(path.Join(path.Dir(part), "_rels", path.Base(part)+".rels"), &list)
	for i, r := range list.Relationship {
		if r.Mode == "External" {
			continue
		}
		if !strings.HasPrefix(r.Target, "/") {
			r.Target = path.Join("/", path.Dir(part), r.Target)
		}
		list.Relationship[i].Target = r.Target[1:]
	}
	return list.Relationship
}

// relations looks at what leads where, and at the types of the parts.
func (c *checker) relations() {
	var types struct {
		Default []struct {
			Extension string `xml:"Extension,attr"`
		}
		Override []struct {
			PartName string `xml:"PartName,attr"`
		}
	}
	if !c.read(contentTypes, &types) {
		c.bad("no %s", contentTypes)
	}
	typed := map[string]bool{}
	for _, d := range types.Default {
		typed["."+d.Extension] = true
	}
	for _, o := range types.Override {
		if typed[o.PartName] || c.parts[strings.TrimPrefix(o.PartName, "/")] == nil {
			c.bad("%s is given a type twice or isn't there", o.PartName)
		}
		typed[o.PartName] = true
	}
	for _, name := range sortedKeys(c.parts) {
		if !typed["/"+name] && !typed[path.Ext(name)] && name != contentTypes {
			c.bad("%s has no type", name)
		}
		if strings.HasPrefix(name, "xl/externalLinks/") {
			c.bad("%s: another workbook is mentioned", name)
		}
		for _, r := range c.relationsOf(name) {
			if r.Mode == "External" && strings.HasSuffix(r.Type, "/hyperlink") && c.beside[r.Target] {
				continue
			}
			if r.Mode == "External" {
				c.bad("%s leads out of the workbook, to %s", name, r.Target)
			} else if c.parts[r.Target] == nil {
				c.bad("%s leads to %s, which isn't there", name, r.Target)
			}
		}
	}
}

// workbook looks at sheets and names, then into each sheet.
func (c *checker) workbook() {
	const part = "xl/workbook.xml"
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
		Names []struct {
			Name  string `xml:"name,attr"`
			Scope *int   `xml:"localSheetId,attr"`
			Text  string `xml:",chardata"`
		} `xml:"definedNames>definedName"`
	}
	if !c.read(part, &book) {
		c.bad("no %s", part)
		return
	}
	for _, s := range book.Sheets {
		if problem := sheetNameProblem(s.Name); problem != "" {
			c.bad("sheet %q: %s", s.Name, problem)
		}
		if key := strings.ToLower(s.Name); c.sheets[key] {
			c.bad("two sheets are called %s", s.Name)
		} else {
			c.sheets[key] = true
		}
	}
	for _, n := range book.Names {
		scope := ""
		if n.Scope != nil && *n.Scope < len(book.Sheets) {
			scope = book.Sheets[*n.Scope].Name
		}
		if problem := nameProblem(n.Name); problem != "" {
			c.bad("name %q: %s", n.Name, problem)
		}
		key := nameKey(scope, n.Name)
		if _, twice := c.names[key]; twice {
			c.bad("name %s: there are two", n.Name)
		}
		c.names[key] = false
		if c.name(n.Name, n.Text) {
			c.names[key] = true
		}
	}
	c.readTexts()
	c.readStyles()
	relations := c.relationsOf(part)
	for _, s := range book.Sheets {
		i := slices.IndexFunc(relations, func(r relation) bool { return r.ID == s.ID })
		if i < 0 {
			c.bad("sheet %s has no part", s.Name)
			continue
		}
		c.sheet(s.Name, relations[i].Target)
	}
}

// name looks at what a name refers to and reports whether it is more than one cell.
func (c *checker) name(name, refers string) (many bool) {
	for ref := range strings.SplitSeq(refers, ",") {
		n, err := parseFormula(ref)
		if err != nil || n.kind != refNode || n.sheet == "" {
			c.bad("name %s: %s is no area of a sheet", name, refers)
			return false
		}
		if !c.sheets[strings.ToLower(n.sheet)] {
			c.bad("name %s: there is no sheet %s", name, n.sheet)
		}
		many = many || n.many
	}
	return many
}

func sheetNameProblem(name string) string {
	switch n := utf16Len(name); {
	case n == 0 || n > 31:
		return "1 to 31 characters"
	case strings.ContainsAny(name, `[]:*?/\`):
		return `none of [ ] : * ? / \`
	case strings.HasPrefix(name, "'") || strings.HasSuffix(name, "'"):
		return "no ' at an end"
	case strings.EqualFold(name, "history"):
		return "Excel keeps this name for itself"
	}
	return ""
}

// fold is a name as Excel compares it.
func fold(name string) string { return strings.ToLower(width.Fold.String(name)) }

var kept = []string{"true", "false", "print_area", "print_titles", "criteria", "database", "extract"}

var cellName = regexp.MustCompile(`^(?:[a-z]{1,3}[0-9]+|r[0-9]*(?:c[0-9]*)?|c[0-9]*)$`)

func nameProblem(name string) string {
	if strings.HasPrefix(name, "_xlnm.") {
		return ""
	}
	switch folded := fold(name); {
	case cellName.MatchString(folded):
		return "Excel takes it for a cell"
	case slices.Contains(kept, folded):
		return "Excel keeps it for itself"
	}
	return spellingProblem(name)
}

// spellingProblem is what is wrong with the characters of a name.
func spellingProblem(name string) string {
	if name == "" || utf16Len(name) > 255 {
		return "1 to 255 characters"
	}
	for i, r := range name {
		switch {
		case unicode.IsLetter(r) || r == '_':
		case i > 0 && (unicode.IsDigit(r) || unicode.IsMark(r) || r == '.'):
		default:
			return fmt.Sprintf("%q may not stand there", r)
		}
	}
	return ""
}

func sortedKeys(m map[string][]byte) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
