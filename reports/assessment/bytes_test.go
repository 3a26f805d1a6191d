package assessment

import (
	"crypto/sha256"
	"slices"
	"strings"
	"testing"
)

// The same return gives the same bytes every time, charts, notes and links included:
// a small report, and one of 60 items and 150 schools.
func TestSameBytesEveryTime(t *testing.T) {
	t.Parallel()
	runs := map[string]int{"small": 50, "large": 10}
	if testing.Short() {
		runs = map[string]int{"small": 3, "large": 2}
	}
	for name, build := range map[string]func() scored{
		"small": func() scored { return all(t)["levels"] },
		"large": func() scored { return large(t) },
	} {
		s := build()
		b := s.book("zh")
		charts, notes, links := 0, 0, 0
		for _, sheet := range b.Sheets {
			charts += len(sheet.Charts)
			for _, row := range sheet.Rows {
				for _, c := range row.Cells {
					if c.Note != "" {
						notes++
					}
					if c.Link != nil {
						links++
					}
				}
			}
		}
		if charts == 0 || links == 0 || name == "large" && notes == 0 {
			t.Errorf("%s: %d charts, %d notes, %d links: nothing to compare", name, charts, notes, links)
		}
		want := sha256.Sum256(workbook(t, b))
		for run := range runs[name] - 1 {
			if name == "small" || run%3 == 0 { // scored again, too
				s = build()
			}
			if got := sha256.Sum256(workbook(t, s.book("zh"))); got != want {
				t.Fatalf("%s: run %d has other bytes", name, run+2)
			}
		}
	}
}

// Whatever a rubric or a return says, a text stays a text.
func TestTextNeverBecomesAFormula(t *testing.T) {
	evil := []string{"=1+1", "+A1", "-A1", "@x", "=HYPERLINK(\"x\")"}
	rules := `
id: evil
title: "=1+1"
version: "1"
scored: "@x"
note: "+A1"
data:
  单值:
    note: "=1+1"
    fields:
      数: {note: "=1+1", source: "@x", unit: "=1+1"}
      名: {type: text}
  校:
    key: 校名
    note: "+A1"
    columns:
      人: {label: "=人", unit: "@x", note: "=1+1", pass: value >= 5}
items:
  - title: "=1+1"
    items:
      - {id: "1", title: "+A1", points: 1, pass: 数 >= 100, evidence: ["=1+1"], note: "@x"}
      - {id: "2", title: "@x", points: 1, each: 校, pass: 人 >= 5}
      - {id: "3", title: "-A1", points: 1, judge: [{level: "=好", points: 1, when: "=1+1"}, {level: 差, points: 0}]}
  - {id: "4", title: "=HYPERLINK(\"x\")", points: 1, deduct: [{take: 1, ask: "=1+1"}]}
`
	s := score(t, rules, "r.yaml", `
rubric: evil
name: "=1+1"
year: 2024
filler: "@x"
reviewer: "+A1"
phone: "-A1"
date: "=1+1"
data:
  数: "=1+1"
  名: "=HYPERLINK(\"x\")"
  校:
    - {校名: "=1+1", 人: 3}
    - {校名: "+A1", 人: 7}
    - {校名: "@x", 人: "=1+1"}
judged:
  "3": {level: "=好", note: "=1+1", evidence: ["@x"]}
`)
	for _, lang := range []string{"zh", "en"} {
		b := s.book(lang)
		seen := map[string]bool{}
		for _, sheet := range b.Sheets {
			for r, row := range sheet.Rows {
				for c, cell := range row.Cells {
					text, _ := cell.Value.(string)
					for _, e := range evil {
						if text == e && cell.Formula == "" {
							seen[e] = true
						}
						if strings.TrimPrefix(cell.Formula, "=") == strings.TrimPrefix(e, "=") {
							t.Errorf("%s: %s row %d column %d is the formula %s", lang, sheet.Name, r+1, c+1, cell.Formula)
						}
					}
				}
			}
		}
		if len(seen) < len(evil) {
			t.Errorf("%s: only %v were seen as texts", lang, seen)
		}
		// In the file, too, no formula is one of them.
		for line := range strings.Lines(dump(t, workbook(t, b))) {
			for _, part := range strings.Split(line, " | ")[1:] {
				if slices.Contains(evil, strings.TrimSpace(part)) && !strings.HasPrefix(part, "note:") {
					t.Errorf("%s: %s", lang, line)
				}
			}
		}
	}
}
