package book

import (
	"io"
	"strings"
	"testing"
)

func TestNotesAndLinks(t *testing.T) {
	data := write(t, sample())
	wants(t, entry(t, data, "xl/comments1.xml"), `<author>dudao</author>`, `ref="B3"`, `<rFont val="宋体"/>`, `各分项之和&#xA;&lt;见依据&gt;`)
	wants(t, entry(t, data, "xl/worksheets/sheet1.xml"), `<legacyDrawing `, `<hyperlink ref="A3" location="&#39;县&#39;&#39;s 数据&#39;!A1">`)
	wants(t, entry(t, data, "xl/styles.xml"), `<color rgb="FF`+linkColour+`">`)
	wants(t, entry(t, data, "[Content_Types].xml"), `/xl/comments1.xml`, `Extension="vml"`)
}

// A note is as wide and high as its text, over rows of any height.
func TestNoteFits(t *testing.T) {
	width, height := noteSize("短")
	if longWidth, longHeight := noteSize(strings.Repeat("因为它由文本算出，", 20)); width >= longWidth || height >= longHeight || longWidth > 270 {
		t.Errorf("a short one is %d×%d, a long one %d×%d", width, height, longWidth, longHeight)
	}
	anchor := func(height float64) string {
		s := &Sheet{Name: "a", Rows: []Row{{Height: 20, Cells: []Cell{{Note: "一\n二\n三"}}}, {Height: height}, {Height: height}}}
		vml := entry(t, write(t, &Book{Sheets: []*Sheet{s}}), "xl/drawings/vmlDrawing1.vml")
		_, vml, _ = strings.Cut(vml, "<x:Anchor>")
		vml, _, _ = strings.Cut(vml, "</x:Anchor>")
		return vml
	}
	// Where its 66 pixels end, in rows of 27 and 20 and of 27 and 133: the row, and how far down in it.
	for height, want := range map[float64]string{15: "2, 19", 100: "1, 39"} {
		if got := anchor(height); !strings.HasSuffix(got, ", "+want) {
			t.Errorf("over rows of %v it ends at %s, want %s", height, got, want)
		}
	}
}

// A note that is longer than Excel can read is cut.
func TestLongNote(t *testing.T) {
	s := &Sheet{Name: "a", Rows: []Row{{Cells: []Cell{{Note: strings.Repeat("长", 40000)}}}}}
	_, text, _ := strings.Cut(entry(t, write(t, &Book{Sheets: []*Sheet{s}}), "xl/comments1.xml"), `<t xml:space="preserve">`)
	if text, _, _ = strings.Cut(text, "</t>"); utf16Len(text) != 32767 {
		t.Errorf("it has %d characters", utf16Len(text))
	}
}

// A link to a file beside the workbook stands as Excel writes it, and the rules allow
// it only to files that are named.
func TestLinksToFiles(t *testing.T) {
	const file = "报告/甲县 1#50%&x.xlsx"
	data := write(t, &Book{Sheets: []*Sheet{{Name: "a", Rows: []Row{{Cells: []Cell{{Value: "甲县", Link: &Place{File: file}}}}}}}})
	wants(t, entry(t, data, "xl/worksheets/_rels/sheet1.xml.rels"), `Target="报告/甲县%201%2350%25%26x.xlsx"`, `TargetMode="External"`)
	if faults := Check(data, 200, file); len(faults) > 0 {
		t.Error(faults)
	}
	for _, beside := range [][]string{nil, {"报告/乙县.xlsx"}} {
		if faults := Check(data, 200, beside...); len(faults) != 1 || !strings.Contains(faults[0], "leads out of the workbook") {
			t.Errorf("with %q: %v", beside, faults)
		}
	}
	for _, path := range []string{"../a.xlsx", "/a.xlsx", "a//b"} {
		b := &Book{Sheets: []*Sheet{{Name: "a", Rows: []Row{{Cells: []Cell{{Value: "甲县", Link: &Place{File: path}}}}}}}}
		if err := b.Write(io.Discard); err == nil {
			t.Errorf("%s is taken", path)
		}
	}
}

func TestAttachRefuses(t *testing.T) {
	for want, s := range map[string]*Sheet{
		`link at A1: there is no B2 on a sheet "b"`: {Rows: []Row{{Cells: []Cell{{Link: &Place{Sheet: "b", Ref: Ref{2, 2}}}}}}},
		`link at A1: there is no 0 on a sheet "a"`:  {Rows: []Row{{Cells: []Cell{{Link: &Place{Sheet: "a"}}}}}},
		"merged area A1:B1 hides B1":                {Rows: []Row{{Cells: []Cell{{}, {Note: "x"}}}}, Merges: []Range{{Ref{1, 1}, Ref{1, 2}}}},
	} {
		s.Name = "a"
		err := (&Book{Sheets: []*Sheet{s}}).Write(io.Discard)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want …%s…", err, want)
		}
	}
}
