package xlsx

import (
	"regexp"
	"strconv"
	"strings"
)

// Format is what a number format makes of a number.
type Format uint8

const (
	Plain Format = iota
	Percent
	DateOrTime
)

// readFormats reads what the styles of a workbook make of numbers.
func (b *Book) readFormats() error {
	b.formats = []Format{}
	path := b.related["styles"]
	if !b.has(path) {
		return nil // numbers are plain then
	}
	custom := map[int]Format{}
	return b.part(path, func(s *scanner) error {
		for depth := s.depth; s.child(depth); {
			switch string(s.name) {
			case "numFmts":
				for inner := s.depth; s.child(inner); {
					id, code := 0, ""
					for s.attr() {
						switch string(s.key) {
						case "numFmtId":
							id, _ = strconv.Atoi(string(s.value))
						case "formatCode":
							code = string(unescape(nil, s.value))
						}
					}
					custom[id] = formatOf(code)
				}
			case "cellXfs":
				for inner := s.depth; s.child(inner); {
					f := Plain
					for s.attr() {
						if string(s.key) == "numFmtId" {
							id, _ := strconv.Atoi(string(s.value))
							known, ok := custom[id]
							if f = known; !ok {
								f = builtIn(id)
							}
						}
					}
					b.formats = append(b.formats, f)
				}
			}
		}
		return nil
	})
}

// builtIn are the formats that every program knows by number.
func builtIn(n int) Format {
	switch {
	case n == 9 || n == 10:
		return Percent
	case n >= 14 && n <= 22, n >= 27 && n <= 36, n >= 45 && n <= 47, n >= 50 && n <= 58:
		return DateOrTime
	}
	return Plain
}

// aside is what of a number format isn't code: texts, colours, conditions, gaps.
var aside = regexp.MustCompile(`"[^"]*"|[\\_*].|\[[^\]]*\]`)

func formatOf(code string) Format {
	code = strings.ToLower(aside.ReplaceAllString(code, ""))
	switch {
	case strings.Contains(code, "%"):
		return Percent
	case strings.ContainsAny(code, "ymdhs") && !strings.Contains(code, "general"):
		return DateOrTime
	}
	return Plain
}
