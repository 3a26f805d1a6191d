package rubric

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"dudao/engine/source"
)

// Ref names a rubric: which scheme, which version, which text.
type Ref struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Hash    string `json:"hash"` // SHA-256 of the canonical text, in hex
}

// String is the name as people write it: id@version.
func (r Ref) String() string {
	if r.Version == "" {
		return r.ID
	}
	return r.ID + "@" + r.Version
}

// ShortHash is the part of the hash that is shown.
func (r Ref) ShortHash() string { return r.Hash[:min(len(r.Hash), 12)] }

// Ref returns the rubric's own name.
func (r *Rubric) Ref() Ref { return Ref{r.ID.Text, r.Version.Text, r.Hash} }

// hash is the SHA-256 of the rubric's meaning: defaults filled in, no places, no
// comments, no layout of the YAML.
func hash(r *Rubric) string {
	sum := sha256.Sum256(source.Canonical(r))
	return hex.EncodeToString(sum[:])
}

// CompareVersions orders versions part by part, numbers by size: 2021.2 comes
// before 2021.10.
func CompareVersions(a, b string) int {
	split := func(r rune) bool { return r == '.' || r == '-' }
	x, y := strings.FieldsFunc(a, split), strings.FieldsFunc(b, split)
	for i := range min(len(x), len(y)) {
		m, errM := strconv.Atoi(x[i])
		n, errN := strconv.Atoi(y[i])
		c := cmp.Compare(m, n)
		if errM != nil || errN != nil {
			c = cmp.Compare(x[i], y[i])
		}
		if c != 0 {
			return c
		}
	}
	return cmp.Compare(len(x), len(y))
}

// Rehash computes the identity again, after data that isn't needed was dropped.
func (r *Rubric) Rehash() { r.Hash = hash(r) }
