// Package decimal lets float64 decide as people do on paper: binary noise never
// makes a threshold fail, rounding is half up on decimal digits, sums of many
// numbers don't drift. It is the one place where dudao compares numbers.
//
// The package imports nothing else of dudao.
package decimal

import (
	"math"
	"strconv"
)

// significant is the number of decimal digits a float64 is good for.
const significant = 15

// Compare returns -1, 0 or 1. a and b are equal when ROUND(a − b, 13 − n) is 0,
// n being the number of digits before the point of b, at least 1. So noise of
// a computation never decides, and 0.01 元 in ten 亿 still counts. The
// workbooks use the same rule.
func Compare(a, b float64) int {
	d := a - b
	size := math.Abs(d)
	// No tolerance exceeds 5e-13 of b (or of 1), so a clear difference needs no
	// count of digits.
	if size > Edge(b) {
		if d < 0 {
			return -1
		}
		return 1
	}
	if size < tolerance(b) {
		return 0
	}
	if d < 0 {
		return -1
	}
	return 1
}

// Edge is the difference from b above which two numbers are certainly not equal:
// who compares many numbers with one can decide the clear cases by it, and leaves
// the others to Compare.
func Edge(b float64) float64 { return 5.1e-13 * max(1, math.Abs(b)) }

// tolerance is the size below which a difference rounds to 0.
func tolerance(b float64) float64 { return 0.5 * math.Pow10(Digits(b)-13) }

// Digits is how many digits a number has before its point, at least one.
func Digits(x float64) int {
	x = math.Abs(x)
	n, power := 1, 10.0
	for x >= power && n < 300 {
		n++
		power *= 10
	}
	return n
}

// Round rounds half away from zero to a number of decimal places, on the 15
// decimal digits that the number is good for: 1.005 becomes 1.01 and 2.675
// becomes 2.68, as on paper and in a spreadsheet.
func Round(x float64, places int) float64 {
	if x == 0 || math.IsNaN(x) || math.IsInf(x, 0) {
		return x
	}
	if places >= 0 && x == math.Trunc(x) && math.Abs(x) < 1e15 {
		return x // nothing stands behind its point
	}
	var buf [32]byte
	// d.dddddddddddddde±dd
	text := strconv.AppendFloat(buf[:0], math.Abs(x), 'e', significant-1, 64)
	exp, _ := strconv.Atoi(string(text[significant+2:]))
	digits := append(text[:1:1], text[2:significant+1]...)
	keep := exp + 1 + places // how many of the digits stay
	if keep >= significant {
		return x
	}
	if keep < 0 {
		return 0
	}
	up := digits[keep] >= '5'
	kept := digits[:keep]
	if up {
		kept = increment(kept, &exp)
	}
	if len(kept) == 0 {
		return 0
	}
	s := string(kept[:1]) + "." + string(kept[1:]) + "e" + strconv.Itoa(exp)
	out, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return x
	}
	return math.Copysign(out, x)
}

// increment adds one to the last digit; a carry out of the first digit makes
// the number one power of ten larger.
func increment(digits []byte, exp *int) []byte {
	for i := len(digits) - 1; i >= 0; i-- {
		if digits[i] < '9' {
			digits[i]++
			return digits
		}
		digits[i] = '0'
	}
	*exp++
	return append([]byte{'1'}, digits...)
}

// Format prints a number with at most the given number of decimal places, as
// people write it: no exponent, no trailing zeros, no separators.
func Format(x float64, places int) string {
	r := Round(x, places)
	if r == 0 {
		r = 0 // no "-0"
	}
	if math.Abs(r) >= 1e15 {
		return strconv.FormatFloat(r, 'g', -1, 64) // more digits than a float64 has
	}
	return strconv.FormatFloat(r, 'f', -1, 64)
}

// Sum adds numbers with Neumaier's compensation: the error of each addition is
// carried along. The zero value is an empty sum.
type Sum struct{ total, lost float64 }

// Add adds one number.
func (s *Sum) Add(x float64) {
	t := s.total + x
	if math.Abs(s.total) >= math.Abs(x) {
		s.lost += (s.total - t) + x
	} else {
		s.lost += (x - t) + s.total
	}
	s.total = t
}

// Value returns the sum so far.
func (s *Sum) Value() float64 { return s.total + s.lost }
