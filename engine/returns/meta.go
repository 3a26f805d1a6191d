package returns

import (
	"dudao/engine/rubric"
	"dudao/engine/xlsx"
)

// MetaSheet is the hidden sheet in which our workbooks carry what they are: keys
// in column A, values in column B.
const MetaSheet = "_dudao"

// HelperSheets begins the names of the further hidden sheets of a form: its formulas
// compute there. Nothing is read from them.
const HelperSheets = MetaSheet + "."

// Keys of the hidden sheet.
const (
	MetaKind    = "kind" // form, report or summary
	MetaRubric  = "rubric"
	MetaVersion = "version"
	MetaHash    = "hash"
)

// Keys of the hidden sheet of a report, by which it can be checked later. The two
// long texts stand in as many rows as they need.
const (
	MetaMaker    = "dudao"    // its version
	MetaLanguage = "language" // of the report
	MetaScheme   = "scheme"   // the effective rubric, as YAML
	MetaReturn   = "return"   // what was submitted, as JSON
	MetaSum      = "sum"      // SHA-256 of all that stands above
	MetaReviewed = "reviewed" // that checked values stand in place of submitted ones
)

func bookRef(book *xlsx.Book) (ref rubric.Ref, kind string, reviewed, found bool) {
	sheet, err := book.Sheet(MetaSheet)
	if sheet == nil || err != nil {
		return ref, "", false, false
	}
	for _, row := range sheet.Rows {
		key, _ := sheet.At(1, row.Number)
		value, _ := sheet.At(2, row.Number)
		switch key.Text {
		case MetaReviewed:
			reviewed = true
		case MetaKind:
			kind = value.Text
		case MetaRubric:
			ref.ID = value.Text
		case MetaVersion:
			ref.Version = value.Text
		case MetaHash:
			ref.Hash = value.Text
		}
	}
	return ref, kind, reviewed, ref.ID != ""
}
