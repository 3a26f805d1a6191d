package returns

import (
	"dudao/engine/rubric"

	"github.com/xuri/excelize/v2"
)

// MetaSheet is the hidden sheet in which our workbooks carry what they are: keys
// in column A, values in column B.
const MetaSheet = "_dudao"

// Keys of the hidden sheet.
const (
	MetaKind    = "kind" // form or report
	MetaRubric  = "rubric"
	MetaVersion = "version"
	MetaHash    = "hash"
)

func bookRef(book *excelize.File) (ref rubric.Ref, kind string, found bool) {
	rows, err := book.GetRows(MetaSheet)
	if err != nil {
		return ref, "", false
	}
	for _, row := range rows {
		if len(row) < 2 {
			continue
		}
		switch row[0] {
		case MetaKind:
			kind = row[1]
		case MetaRubric:
			ref.ID = row[1]
		case MetaVersion:
			ref.Version = row[1]
		case MetaHash:
			ref.Hash = row[1]
		}
	}
	return ref, kind, ref.ID != ""
}
