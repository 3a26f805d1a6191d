package returns

import (
	"strings"

	"dudao/engine/diag"
)

// Reason is what a unit says to a figure, a row or a check that may be doubted. It
// changes no score.
type Reason struct {
	About  string   `json:"about"` // a field, table[row], table[row].column, or the id of a check
	Text   string   `json:"text"`
	Pos    diag.Pos `json:"pos,omitzero"`
	Remark bool     `json:"remark,omitempty"` // from the remarks of a form, which may say anything
}

// remark keeps what stands in a column of remarks.
func (ret *Return) remark(about string, e entry) {
	if text := strings.TrimSpace(e.typed); text != "" && about != "" {
		ret.Reasons = append(ret.Reasons, Reason{About: about, Text: text, Pos: e.pos.Pos(), Remark: true})
	}
}

// mergeReasons takes over the reasons of another file, each once.
func (ret *Return) mergeReasons(other []Reason) {
	for _, r := range other {
		known := false
		for _, mine := range ret.Reasons {
			known = known || mine.About == r.About && mine.Text == r.Text
		}
		if !known {
			ret.Reasons = append(ret.Reasons, r)
		}
	}
}
