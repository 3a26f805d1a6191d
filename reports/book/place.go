package book

import "math"

// What lies over the cells, notes and charts, is placed by the cells in which it begins
// and ends.

// perPoint is how many pixels a point has.
const perPoint = 96.0 / 72

// pixels is a length given in points.
func pixels(points float64) int { return int(math.Ceil(points * perPoint)) }

// ends is where a length that begins with a column or row ends: in which one, and how
// far in it. All are counted from 0.
func ends(at, length int, size func(int) int) (int, int) {
	for length >= size(at) {
		length -= size(at)
		at++
	}
	return at, length
}

// columnSizes are the widths of columns in pixels, also right of all that have content.
func columnSizes(widths []float64) func(int) int {
	return func(i int) int {
		width := defaultWidth
		if i < len(widths) {
			width = widths[i]
		}
		return int(math.Round(columnPoints(width) * perPoint))
	}
}

// rowSizes are the heights of rows in pixels, also below all that have content.
func rowSizes(heights []float64) func(int) int {
	return func(i int) int {
		if i < len(heights) {
			return pixels(heights[i])
		}
		return pixels(15) // Excel's default
	}
}
