package diag

// Nearest returns the candidate that a person most likely meant by name, or ""
// if none is near. Half of a short name may differ, a third of a longer one.
func Nearest(name string, candidates []string) string {
	if len(name) > 200 {
		return "" // no name of ours is so long, and the comparison is quadratic
	}
	wanted := []rune(name)
	limit := max(1, (len(wanted)+1)/3)
	best, bestDist := "", limit+1
	for _, c := range candidates {
		candidate := []rune(c)
		if apart := len(candidate) - len(wanted); max(apart, -apart) >= bestDist {
			continue // as many runes are missing or too many, at least
		}
		if d := distance(wanted, candidate); d < bestDist {
			best, bestDist = c, d
		}
	}
	if best != "" && bestDist >= max(len(wanted), len([]rune(best))) {
		return "" // every character differs: no likeness at all
	}
	return best
}

// distance is the Damerau–Levenshtein distance in runes: a swap of neighbours
// is one slip of the fingers, not two.
func distance(a, b []rune) int {
	before, prev, cur := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], before[j-2]+1)
			}
		}
		before, prev, cur = prev, cur, before
	}
	return prev[len(b)]
}
