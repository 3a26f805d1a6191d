package engine_test

import (
	"math"
	"testing"

	"dudao/engine"
)

// BenchmarkGapsOfACounty is what a whole county lacks by a shipped rubric: tables of
// 50 schools and 900 classes.
func BenchmarkGapsOfACounty(b *testing.B) {
	for _, c := range shippedExamples {
		b.Run(c[0]+"/"+c[1], func(b *testing.B) {
			p := shipped(b, c[0])
			ret := example(b, p, c[1])
			for b.Loop() {
				p.Gaps(ret)
			}
		})
	}
}

// BenchmarkReachOfACounty looks for what would be enough for the best grade.
func BenchmarkReachOfACounty(b *testing.B) {
	for _, c := range shippedExamples {
		b.Run(c[0]+"/"+c[1], func(b *testing.B) {
			p := shipped(b, c[0])
			ret := example(b, p, c[1])
			for b.Loop() {
				p.Reach(ret, engine.Target{Grade: p.Rubric.Grades[0].Grade.Text})
			}
		})
	}
}

// BenchmarkReachFarAway: every class is a third too large, so hundreds of rows have
// to change.
func BenchmarkReachFarAway(b *testing.B) {
	p := shipped(b, "class-size")
	ret := example(b, p, "class-size")
	sizes := ret.Tables["班级"].Columns["学生数"][0]
	for i := range sizes {
		sizes[i].Number = math.Round(sizes[i].Number * 1.3)
	}
	for b.Loop() {
		p.Reach(ret, engine.Target{Grade: "达标"})
	}
}
