package returns

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	simd "github.com/segmentio/asm/utf8"
)

// What is UTF-8 is what unicode/utf8 says, wherever a wrong byte or a cut stands.
func TestEncodingIsThatOfTheStandardLibrary(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 5))
	whole := []byte(strings.Repeat("第1县,110000,第12学校,小学,334,𠮷,é,1024.5\n", 6))
	wrong := 0
	for range 20_000 {
		from := rnd.IntN(len(whole))
		text := append([]byte(nil), whole[from:from+rnd.IntN(len(whole)-from+1)]...)
		for range rnd.IntN(2) {
			if len(text) > 0 {
				text[rnd.IntN(len(text))] = byte(rnd.IntN(256))
			}
		}
		want := utf8.Valid(text)
		if got := simd.Valid(text); got != want {
			t.Fatalf("%q: %v, want %v", text, got, want)
		}
		if !want {
			wrong++
		}
	}
	if wrong < 1000 || wrong > 19_000 {
		t.Errorf("%d texts are wrong", wrong)
	}
}

// The lines that a set has of each unit are those that encoding/csv finds, whether
// they follow one another, begin alike, are blank or in quotes.
func TestIndex(t *testing.T) {
	rnd := rand.New(rand.NewPCG(2, 3))
	units := []string{"甲县,1", "甲县,12", "甲县1,13", `"乙县",2`, "丙县,3", " 丁县,4", "戊县,5"}
	tests := map[string]struct {
		heading string
		line    func(unit, value string) string
	}{
		"unit first": {"县,行政区划代码,值", func(unit, value string) string { return unit + "," + value }},
		"unit last":  {"值,县,行政区划代码", func(unit, value string) string { return value + "," + unit }},
	}
	values := []string{"1", "12", "", "一", `"说` + "\n" + `明"`, `"1,2"`}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var text strings.Builder
			fmt.Fprintln(&text, tt.heading)
			for text.Len() < 4*pieceSize {
				unit, plain := units[rnd.IntN(len(units))], rnd.IntN(3) > 0
				for range rnd.IntN(200) {
					value := values[rnd.IntN(len(values))]
					if plain {
						value = values[rnd.IntN(4)]
					}
					text.WriteString(tt.line(unit, value) + []string{"\n", "\n", "\r\n", "\n\n"}[rnd.IntN(4)])
				}
			}
			files := fstest.MapFS{"学校.csv": {Data: []byte(text.String())}}
			s, diags := OpenSet(files, "全省", DefaultSetLimits)
			if s == nil || len(diags) > 0 || len(s.units) != len(units) {
				t.Fatal(diags)
			}
			got := map[string][][]string{}
			for i, u := range s.units {
				d, diags := s.Open(i)
				if d == nil {
					t.Fatal(diags)
				}
				for _, l := range d.parts[0].table.pieces {
					for l.next() {
						var line []string
						for _, v := range l.values {
							line = append(line, v.typed)
						}
						got[u.Code] = append(got[u.Code], line)
					}
				}
			}
			all, err := csv.NewReader(strings.NewReader(text.String())).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			want := map[string][][]string{}
			code := strings.Count(tt.heading[:strings.Index(tt.heading, "行政区划代码")], ",")
			for _, line := range all[1:] {
				want[line[code]] = append(want[line[code]], line)
			}
			if !reflect.DeepEqual(got, want) {
				for unit := range want {
					if !reflect.DeepEqual(got[unit], want[unit]) {
						t.Errorf("unit %s has %d lines, not %d", unit, len(got[unit]), len(want[unit]))
					}
				}
			}
		})
	}
}
