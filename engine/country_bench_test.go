package engine

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"time"

	"dudao/engine/decimal"
	"dudao/engine/returns"
	"dudao/engine/rubric"
)

// The country as one set of CSV tables: every county with its schools in one file,
// its own figures in another. Each is read, scored by testdata/country.yaml and
// becomes one line of results; beside it, in the same run, a program written by hand
// for this one rubric and these two files.
const countrySchools = 140

// countrySizes are the numbers of counties; the whole country is measured where
// DUDAO_COUNTRY is set.
func countrySizes() []int {
	if os.Getenv("DUDAO_COUNTRY") != "" {
		return []int{290, 2900}
	}
	return []int{290}
}

// countryFiles writes the tables of so many counties.
func countryFiles(tb testing.TB, counties int) string {
	tb.Helper()
	dir, rnd := tb.TempDir(), rand.New(rand.NewPCG(7, 11))
	create := func(name string) (*bufio.Writer, func()) {
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			tb.Fatal(err)
		}
		w := bufio.NewWriter(f)
		return w, func() {
			if err := w.Flush(); err != nil {
				tb.Fatal(err)
			}
			if err := f.Close(); err != nil {
				tb.Fatal(err)
			}
		}
	}
	schools, closeSchools := create("学校.csv")
	county, closeCounty := create("县.csv")
	fmt.Fprintln(schools, "县,行政区划代码,校名,学段,学生数,教师数,骨干教师,用房面积,场馆面积,计算机,班级数,大班数,经费")
	fmt.Fprintln(county, "县,行政区划代码,年度,教育支出,教育支出.上年,财政支出,财政支出.上年,教师工资,公务员工资,合格率")
	for c := range counties {
		name, code := fmt.Sprintf("第%d县", c+1), 110000+c
		spent := 20_000 + 80_000*rnd.Float64()
		fmt.Fprintf(county, "%s,%d,2023,%.2f,%.2f,%.2f,%.2f,%d,%d,%.2f\n", name, code, spent, spent*(0.9+0.12*rnd.Float64()), spent*5, spent*4.8,
			80_000+rnd.IntN(20_000), 80_000+rnd.IntN(20_000), 75+25*rnd.Float64())
		for s := range countrySchools {
			level, pupils := "小学", 60+rnd.IntN(1900)
			if s%3 == 2 {
				level = "初中"
			}
			teachers := int(float64(pupils)*(0.05+0.05*rnd.Float64())) + 1
			classes := pupils/45 + 1
			fmt.Fprintf(schools, "%s,%d,第%d学校,%s,%d,%d,%d,%.1f,%.1f,%d,%d,%d,%.2f\n", name, code, s+1, level, pupils, teachers, rnd.IntN(teachers/5+1),
				float64(pupils)*(4+4*rnd.Float64()), float64(pupils)*(7+5*rnd.Float64()), int(float64(pupils)*(0.1+0.1*rnd.Float64())), classes, rnd.IntN(classes)/6, float64(pupils)*(0.8+rnd.Float64()))
		}
	}
	closeSchools()
	closeCounty()
	return dir
}

func countryProgram(tb testing.TB) *Program {
	tb.Helper()
	data, err := os.ReadFile("testdata/country.yaml")
	if err != nil {
		tb.Fatal(err)
	}
	r, diags := rubric.Load("country.yaml", data, nil)
	if diags.HasErrors() {
		tb.Fatal(diags)
	}
	p, diags := Compile(r)
	if diags.HasErrors() {
		tb.Fatal(diags)
	}
	return p
}

// scoreCountry writes a line of results for each county of a set.
func scoreCountry(tb testing.TB, p *Program, dir string, out io.Writer, each func(*returns.Return)) {
	set, diags := returns.OpenSet(os.DirFS(dir), dir, returns.DefaultSetLimits)
	if set == nil {
		tb.Fatal(diags)
	}
	defer set.Close()
	var line []byte
	for i := range set.Units() {
		doc, diags := set.Open(i)
		if doc == nil {
			tb.Fatal(diags)
		}
		ret, diags := doc.Read(p.Rubric)
		if diags.HasErrors() {
			tb.Fatal(diags)
		}
		card := p.Brief(ret)
		line = append(append(line[:0], ret.Name...), ',')
		line = append(append(line, ret.Code...), ',')
		line = append(strconv.AppendFloat(line, card.Total.Points, 'f', -1, 64), ',')
		line = append(append(line, card.Grade.Lower...), ',')
		for _, item := range card.Items {
			line = append(strconv.AppendFloat(line, item.Points, 'f', -1, 64), ',')
		}
		contradictions := 0
		for _, p := range card.Problems {
			if p.Check != "" {
				contradictions++
			}
		}
		line = append(strconv.AppendInt(line, int64(contradictions), 10), '\n')
		if _, err := out.Write(line); err != nil {
			tb.Fatal(err)
		}
		if each != nil {
			each(ret)
		}
		ret.Release()
	}
}

// countyByHand is what the program written by hand keeps of a county.
type countyByHand struct {
	name, code string
	schools    []schoolByHand
	wrong      int // values that are no number
	figures    []float64
}

type schoolByHand struct {
	name   string
	junior bool
	x      [9]float64 // 学生数 … 经费
}

// byHandCountry writes the same lines.
func byHandCountry(tb testing.TB, dir string, out io.Writer) {
	open := func(name string) (*csv.Reader, *os.File) {
		f, err := os.Open(filepath.Join(dir, name))
		if err != nil {
			tb.Fatal(err)
		}
		r := csv.NewReader(bufio.NewReaderSize(f, 256<<10))
		r.ReuseRecord = true
		if _, err := r.Read(); err != nil {
			tb.Fatal(err)
		}
		return r, f
	}
	number := func(c *countyByHand, s string) float64 {
		x, err := strconv.ParseFloat(s, 64)
		if err != nil || x < 0 {
			c.wrong++
		}
		return x
	}
	figures := map[string][]float64{}
	r, f := open("县.csv")
	for {
		record, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			tb.Fatal(err)
		}
		var c countyByHand
		row := make([]float64, 0, 7)
		for _, s := range record[3:] {
			row = append(row, number(&c, s))
		}
		figures[record[1]] = row
	}
	_ = f.Close()
	r, f = open("学校.csv")
	defer func() { _ = f.Close() }()
	var c countyByHand
	var line []byte
	for {
		record, err := r.Read()
		if err != nil && err != io.EOF {
			tb.Fatal(err)
		}
		if err == io.EOF || record[1] != c.code {
			if c.code != "" {
				c.figures = figures[c.code]
				line = c.line(line[:0])
				if _, err := out.Write(line); err != nil {
					tb.Fatal(err)
				}
			}
			if err == io.EOF {
				return
			}
			c = countyByHand{name: record[0], code: record[1], schools: c.schools[:0]}
		}
		s := schoolByHand{name: record[2], junior: record[3] == "初中"}
		for i := range s.x {
			s.x[i] = number(&c, record[4+i])
		}
		c.schools = append(c.schools, s)
	}
}

func (c *countyByHand) line(line []byte) []byte {
	standards := [2][5]float64{{5.2, 1, 4.5, 7.5, 12}, {7.4, 1, 5.8, 10.2, 15}}
	points := [12]float64{8, 8, 8, 8, 8, 0, 0, 0, 10}
	var failing [5]int
	var contradictions int
	var pupils, classes, large, teachers, rooms float64
	for i := range c.schools {
		x := &c.schools[i].x
		standard := &standards[0]
		if c.schools[i].junior {
			standard = &standards[1]
		}
		ratios := [5]float64{x[1] / x[0] * 100, x[2] / x[0] * 100, x[3] / x[0], x[4] / x[0], x[5] / x[0] * 100}
		for k, ratio := range ratios {
			if decimal.Compare(ratio, standard[k]) < 0 {
				failing[k]++
			}
		}
		if x[0] > 2000 {
			points[8] = 0
		}
		if x[2] > x[1] {
			contradictions++
		}
		if x[7] > x[6] {
			contradictions++
		}
		pupils, classes, large = pupils+x[0], classes+x[6], large+x[7]
		teachers, rooms = teachers+ratios[0]*x[0], rooms+ratios[2]*x[0]
	}
	for k, n := range failing {
		points[k] = max(0, points[k]-0.1*float64(n))
	}
	teachers, rooms = teachers/pupils, rooms/pupils
	var spread, roomy float64
	for i := range c.schools {
		x := &c.schools[i].x
		a, b := x[1]/x[0]*100-teachers, x[3]/x[0]-rooms
		spread, roomy = spread+x[0]*a*a, roomy+x[0]*b*b
	}
	met := func(at int, ok bool, full float64) {
		if ok {
			points[at] = full
		}
	}
	met(5, decimal.Compare(math.Sqrt(spread/pupils)/teachers, 0.35) <= 0, 10)
	met(6, decimal.Compare(math.Sqrt(roomy/pupils)/rooms, 0.5) <= 0, 10)
	met(7, decimal.Compare(large/classes*100, 5) <= 0, 10)
	met(9, decimal.Compare(c.figures[0], c.figures[1]) >= 0, 10)
	met(10, decimal.Compare(c.figures[4], c.figures[5]) >= 0, 5)
	points[11] = 5 * min(max((c.figures[6]-80)/18, 0), 1)
	total := 0.0
	for i := range points {
		points[i] = decimal.Round(points[i], 2)
		total += points[i]
	}
	total = decimal.Round(total, 2)
	grade := "不合格"
	switch {
	case decimal.Compare(total, 85) >= 0:
		grade = "优秀"
	case decimal.Compare(total, 60) >= 0:
		grade = "合格"
	}
	line = append(append(line, c.name...), ',')
	line = append(append(line, c.code...), ',')
	line = append(strconv.AppendFloat(line, total, 'f', -1, 64), ',')
	line = append(append(line, grade...), ',')
	for _, p := range points {
		line = append(strconv.AppendFloat(line, p, 'f', -1, 64), ',')
	}
	return append(strconv.AppendInt(line, int64(contradictions), 10), '\n')
}

// BenchmarkCountry measures both in turn, and the most memory that is in use while
// the engine works. The times are of the processor, also for collecting garbage, so
// that what else the machine does counts little; floors says how many times the floor's
// time the engine takes.
func BenchmarkCountry(b *testing.B) {
	p := countryProgram(b)
	for _, counties := range countrySizes() {
		dir := countryFiles(b, counties)
		b.Run(strconv.Itoa(counties), func(b *testing.B) {
			var floor, engine time.Duration
			for b.Loop() {
				runtime.GC()
				start := processorTime()
				byHandCountry(b, dir, io.Discard)
				middle := processorTime()
				runtime.GC()
				again := processorTime()
				scoreCountry(b, p, dir, io.Discard, nil)
				floor, engine = floor+middle-start, engine+processorTime()-again
			}
			each := float64(b.N * counties)
			b.ReportMetric(float64(floor.Microseconds())/each, "floor-µs/county")
			b.ReportMetric(float64(engine.Microseconds())/each, "engine-µs/county")
			b.ReportMetric(float64(engine)/float64(floor), "floors")
		})
		b.Run(fmt.Sprintf("%d/memory", counties), func(b *testing.B) {
			peak, stats, n := uint64(0), runtime.MemStats{}, 0
			for b.Loop() {
				scoreCountry(b, p, dir, io.Discard, func(*returns.Return) {
					if n++; n%50 == 0 {
						runtime.ReadMemStats(&stats)
						peak = max(peak, stats.HeapAlloc)
					}
				})
			}
			b.ReportMetric(float64(peak)/(1<<20), "MiB-peak")
		})
	}
}
