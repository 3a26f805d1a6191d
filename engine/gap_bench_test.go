package engine_test

import (
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
