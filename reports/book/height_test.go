package book

import (
	"strings"
	"testing"
)

func TestLines(t *testing.T) {
	for _, c := range []struct {
		text string
		room float64
		want int
	}{
		{"", 10, 1},
		{"五个汉字啊", 10, 1},
		{"六个汉字啊呀", 10, 2},
		{"一\n\n三", 10, 3},
		{"two words", 9, 1},
		{"two words", 8, 2},
		{"abcdefghijklmnopqrstu", 10, 3}, // longer than a line: cut
		{"汉字word汉字", 6, 3},
		{"“①”℃", 4, 2}, // full width in a Chinese font
		{"汉字", 0, 2},   // a column of no width must not hang
	} {
		if got := lines(c.text, c.room); got != c.want {
			t.Errorf("lines(%q, %v) = %d, want %d", c.text, c.room, got, c.want)
		}
	}
}

func heights(t *testing.T, s Sheet) []float64 {
	t.Helper()
	g, err := s.grid()
	if err != nil {
		t.Fatal(err)
	}
	return g.heights(g.widths(s.Widths))
}

func TestHeights(t *testing.T) {
	text := strings.Repeat("督导评估", 20)
	tall := Cell{Value: text, Style: Level}
	need := tall.height(10)
	short := Cell{Value: "一", Style: Text}
	down := []Range{{Ref{1, 1}, Ref{3, 1}}}

	one := heights(t, Sheet{Widths: []float64{10}, Rows: []Row{{Cells: []Cell{tall}}, {Height: 30, Cells: []Cell{tall}}, {}}})
	if one[0] != need || one[1] != 30 || one[2] != minHeight {
		t.Errorf("got %v, want %v, the given 30 and the least", one, need)
	}
	wide := heights(t, Sheet{Widths: []float64{10, 200}, Rows: []Row{{Cells: []Cell{tall}}}, Merges: []Range{{Ref{1, 1}, Ref{1, 2}}}})
	if wide[0] >= need/4 {
		t.Errorf("merged over a wide column, the text still gets %v", wide[0])
	}
	block := heights(t, Sheet{Widths: []float64{10}, Merges: down, Rows: []Row{{Cells: []Cell{tall}}, {Height: 20}, {Cells: []Cell{{}, short}}}})
	if sum := block[0] + block[1] + block[2]; sum < need-1e-9 || sum > need+1e-9 || block[1] != 20 {
		t.Errorf("rows %v are not the %v the block needs", block, need)
	}
	high := heights(t, Sheet{Widths: []float64{10}, Rows: []Row{{Cells: []Cell{{Value: strings.Repeat(text, 20), Style: Text}}}}})
	if high[0] != maxHeight {
		t.Errorf("got %v, Excel's limit is %v", high[0], maxHeight)
	}
}

// A level inside a level is served first, so that the outer one adds no more
// than is still missing.
func TestNestedHeights(t *testing.T) {
	outer := Cell{Value: strings.Repeat("督导", 12), Style: Level}
	inner := Cell{Value: strings.Repeat("督导", 20), Style: Level}
	got := heights(t, Sheet{
		Widths: []float64{10, 10},
		Rows:   []Row{{Cells: []Cell{outer, inner}}, {}, {}},
		Merges: []Range{{Ref{1, 1}, Ref{3, 1}}, {Ref{1, 2}, Ref{2, 2}}},
	})
	if sum := got[0] + got[1]; sum != inner.height(10) || got[2] != minHeight {
		t.Errorf("got %v, want %v for the first two and the least for the third", got, inner.height(10))
	}
}

func TestColumnsGrowForNumbers(t *testing.T) {
	s := Sheet{Widths: []float64{5, 5, 5}, Rows: []Row{{Cells: []Cell{
		{Value: 123456789.25, Digits: 2, Style: Number}, {Value: 1.0, Digits: 2}, {Value: 1.0 / 3, Digits: -1},
	}}}}
	g, err := s.grid()
	if err != nil {
		t.Fatal(err)
	}
	if w := g.widths(s.Widths); w[0] < 13 || w[1] != 5.5 || w[2] > 13 {
		t.Errorf("got %v", w)
	}
}

func TestShorten(t *testing.T) {
	if got := Shorten("一、二", "……", Text, 20); got != "一、二" {
		t.Errorf("a short text became %q", got)
	}
	got := Shorten(strings.Repeat("某学校、", 500), "……", Text, 20)
	if h := (&Cell{Value: got, Style: Text}).height(20); h > maxHeight || h < maxHeight-30 || !strings.HasSuffix(got, "校……") && !strings.HasSuffix(got, "学……") && !strings.HasSuffix(got, "某……") {
		t.Errorf("height %v: %q", h, got)
	}
}
