package decimal

import (
	"math"
	"math/big"
	"math/rand/v2"
	"strconv"
	"testing"
)

func TestCompare(t *testing.T) {
	tenth := 0.1
	tests := []struct {
		name string
		a, b float64
		want int
	}{
		{"29 of a hundred", 0.29 * 100, 29, 0},
		{"435 of a hundred", 4.35 * 100, 435, 0},
		{"a tenth and two tenths", tenth + 0.2, 0.3, 0},
		{"nine hundred tenths", 900 * tenth, 90, 0},
		{"eight", (tenth + 0.7) * 10, 8, 0},
		{"growth of exactly 3 %", (1030.0 - 1000.0) / 1000.0 * 100, 3, 0},
		{"growth of exactly 3 % of an odd base", (844.6 - 820) / 820 * 100, 3, 0},
		{"a cent in a billion", 1_000_000_000.01, 1_000_000_000, 1},
		{"a cent less than a billion", 999_999_999.99, 1_000_000_000, -1},
		{"a coefficient that prints as 0.50", 0.5004, 0.50, 1},
		{"just below", 0.4999999, 0.5, -1},
		{"zero and nothing", 0, 0, 0},
		{"small against zero", 1e-9, 0, 1},
		{"noise against zero", 1e-14, 0, 0},
		{"signs", -1, 1, -1},
		{"large equal", 1e18 + 1, 1e18, 0},
		{"infinite", math.Inf(1), 1, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Compare(tt.a, tt.b); got != tt.want {
				t.Errorf("Compare(%v, %v) = %d, want %d", tt.a, tt.b, got, tt.want)
			}
		})
	}
}

// The shortcut of Compare for clear differences must agree with the rule.
func TestCompareShortcut(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 100_000 {
		b := (r.Float64() - 0.5) * math.Pow10(r.IntN(16))
		a := b + (r.Float64()-0.5)*math.Pow10(r.IntN(16)-14)
		n := len(strconv.FormatFloat(math.Trunc(math.Abs(b)), 'f', 0, 64))
		want := 0
		if d := a - b; math.Abs(d) >= 0.5*math.Pow10(n-13) {
			want = 1
			if d < 0 {
				want = -1
			}
		}
		if got := Compare(a, b); got != want {
			t.Fatalf("Compare(%v, %v) = %d, want %d", a, b, got, want)
		}
		if d := a - b; math.Abs(d) > Edge(b) && want == 0 {
			t.Fatalf("%v and %v are equal, but beyond the edge", a, b)
		}
	}
}

func TestRound(t *testing.T) {
	tests := []struct {
		x      float64
		places int
		want   float64
	}{
		{1.005, 2, 1.01}, {2.675, 2, 2.68}, {0.1 + 0.2, 1, 0.3}, {89.5, 0, 90}, {-1.005, 2, -1.01},
		{0.4, 0, 0}, {0.5, 0, 1}, {0.05, 0, 0}, {9.995, 2, 10}, {99.5, 0, 100}, {999.95, 1, 1000},
		{1234, -2, 1200}, {1250, -2, 1300}, {50, -2, 100}, {49, -2, 0}, {1e-20, 2, 0}, {0.004, 2, 0}, {0.005, 2, 0.01},
		{12.345678, 9, 12.345678}, {123456789012345678, 2, 123456789012345678}, {0, 2, 0},
	}
	for _, tt := range tests {
		if got := Round(tt.x, tt.places); got != tt.want {
			t.Errorf("Round(%v, %d) = %v, want %v", tt.x, tt.places, got, tt.want)
		}
	}
}

// Sums of 10,000 random decimals with two places are compared with exact
// arithmetic: equal when they are equal on paper, and never when they differ by
// one in the last place.
func TestSumAgainstExact(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 10_000 {
		var sum Sum
		exact := new(big.Rat)
		for range 2 + r.IntN(40) {
			cents := r.Int64N(10_000_000) - 2_000_000
			exact.Add(exact, big.NewRat(cents, 100))
			sum.Add(float64(cents) / 100)
		}
		paper, _ := exact.Float64()
		if Compare(sum.Value(), paper) != 0 {
			t.Fatalf("sum %v differs from the exact %v", sum.Value(), paper)
		}
		if Compare(sum.Value()+0.01, paper) != 1 || Compare(sum.Value()-0.01, paper) != -1 {
			t.Fatalf("a cent more or less than %v is not seen", paper)
		}
		cents := new(big.Rat).Mul(exact, big.NewRat(100, 1))
		if got := Round(sum.Value()*100, 0); big.NewRat(int64(got), 1).Cmp(cents) != 0 {
			t.Fatalf("%v rounds to %v cents, want %v", sum.Value(), got, cents)
		}
	}
}

func TestFormat(t *testing.T) {
	tests := []struct {
		x      float64
		places int
		want   string
	}{
		{83861, 2, "83861"}, {83752.12, 2, "83752.12"}, {0.5004, 2, "0.5"}, {-0.001, 2, "0"}, {1e14, 2, "100000000000000"}, {1e308, 2, "1e+308"}, {1.005, 2, "1.01"},
	}
	for _, tt := range tests {
		if got := Format(tt.x, tt.places); got != tt.want {
			t.Errorf("Format(%v, %d) = %q, want %q", tt.x, tt.places, got, tt.want)
		}
	}
}
