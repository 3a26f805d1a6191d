package returns

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"slices"
	"strings"

	"dudao/engine/diag"
)

var (
	saveAsXLSX = diag.M("open it in Excel or WPS and save it as .xlsx")
	exportXLSX = diag.M("open it in the program that made it and save or export it as .xlsx")
	copyAgain  = diag.M("copy or download the file again")
	useForm    = diag.M("copy the figures into the form (.xlsx) that “dudao form” writes")
)

// otherFile says what a file is that is no return.
func otherFile(at diag.Pos, data []byte) diag.Diagnostic {
	d := diag.Diagnostic{Severity: diag.Error, Pos: at}
	is := func(format string, hint diag.Message) diag.Diagnostic {
		d.Message, d.Hints = diag.M("this is no Excel workbook; its format is %s", format), []diag.Message{hint}
		return d
	}
	head := data[:min(len(data), 8<<10)]
	lower := bytes.ToLower(head)
	starts := func(marks ...string) bool {
		return slices.ContainsFunc(marks, func(m string) bool { return bytes.HasPrefix(data, []byte(m)) })
	}
	isText := !bytes.ContainsFunc(head, func(r rune) bool { return r < ' ' && !strings.ContainsRune("\t\r\n\f", r) })
	ext := strings.ToLower(path.Ext(at.File))
	switch {
	case len(bytes.Trim(data, "\x00")) == 0:
		d.Message, d.Hints = diag.M("the file holds nothing but zeros: copying or downloading it went wrong"), []diag.Message{copyAgain}
		return d
	case starts("%PDF"):
		return is("PDF", useForm)
	case starts(`{\rtf`):
		return is("Word (.rtf)", useForm)
	case starts("Rar!"):
		return is("RAR", diag.M("unpack it and name the files inside"))
	case starts("7z\xBC\xAF"):
		return is("7z", diag.M("unpack it and name the files inside"))
	case starts("\x89PNG", "\xFF\xD8\xFF", "GIF8", "BM"):
		d.Message, d.Hints = diag.M("this is a picture, not an Excel workbook"), []diag.Message{useForm}
		return d
	case bytes.Contains(lower, []byte("urn:schemas-microsoft-com:office:spreadsheet")):
		return is("XML (Excel 2003)", saveAsXLSX)
	case bytes.Contains(lower, []byte("<html")), bytes.Contains(lower, []byte("<table")):
		return is("HTML", saveAsXLSX)
	case (isText || starts("\xFF\xFE", "\xFE\xFF")) && slices.Contains([]string{".xlsx", ".xlsm", ".xls", ".et"}, ext):
		d.Message = diag.M("this is plain text that is only named %s", ext)
		d.Hints = []diag.Message{diag.M("open it in Excel or WPS and save it as .xlsx; a table in CSV is named after its table, with .csv at the end")}
		return d
	}
	d.Message, d.Hints = diag.M("this is neither an Excel workbook nor YAML, JSON or CSV"), []diag.Message{formHint}
	return d
}

// compoundFile tells the kinds of file that Office keeps in its old container: an
// encrypted .xlsx, an .xls, a document. The names of their streams are in UTF-16.
func compoundFile(at diag.Pos, data []byte) diag.Diagnostic {
	d := diag.Diagnostic{Severity: diag.Error, Pos: at, Hints: []diag.Message{saveAsXLSX}}
	ext := strings.ToLower(path.Ext(at.File))
	has := func(stream string) bool { return bytes.Contains(data, utf16(stream)) }
	switch {
	case has("EncryptedPackage"):
		d.Message = diag.M("the workbook is encrypted with a password")
		d.Hints = []diag.Message{diag.M("open it in Excel or WPS, remove the password and save it again")}
	case ext == ".et":
		d.Message = diag.M("this is no Excel workbook; its format is %s", "WPS (.et)")
	case has("WordDocument") && (!has("Workbook") || ext == ".doc" || ext == ".wps"):
		d.Message = diag.M("this is no Excel workbook; its format is %s", "Word (.doc, .wps)")
		d.Hints = []diag.Message{useForm}
	case has("PowerPoint Document"):
		d.Message = diag.M("this is no Excel workbook; its format is %s", "PowerPoint (.ppt, .dps)")
		d.Hints = []diag.Message{useForm}
	default:
		d.Message = diag.M("this is an old .xls workbook (or another file of the old Office)")
	}
	return d
}

func utf16(s string) []byte {
	var out []byte
	for i := range len(s) {
		out = append(out, s[i], 0)
	}
	return out
}

// otherZip says what a zip is that is no workbook.
func otherZip(at diag.Pos, archive *zip.Reader) diag.Diagnostic {
	d := diag.Diagnostic{Severity: diag.Error, Pos: at}
	is := func(format string, hint diag.Message) diag.Diagnostic {
		d.Message, d.Hints = diag.M("this is no Excel workbook; its format is %s", format), []diag.Message{hint}
		return d
	}
	for _, f := range archive.File {
		switch {
		case f.Name == "mimetype":
			switch mime := start(f); {
			case strings.HasSuffix(mime, "opendocument.spreadsheet"):
				return is("OpenDocument (.ods)", saveAsXLSX)
			case strings.Contains(mime, "opendocument"):
				return is("OpenDocument", useForm)
			}
		case f.Name == "xl/workbook.bin":
			return is("Excel (.xlsb)", saveAsXLSX)
		case f.Name == "word/document.xml":
			return is("Word (.docx)", useForm)
		case f.Name == "ppt/presentation.xml":
			return is("PowerPoint (.pptx)", useForm)
		case strings.HasSuffix(f.Name, ".iwa"), f.Name == "Index.zip":
			return is("Apple Numbers (.numbers)", exportXLSX)
		}
	}
	d.Message, d.Hints = diag.M("this is no Excel workbook but another kind of file"), []diag.Message{formHint}
	return d
}

// start is the beginning of a file in a zip.
func start(f *zip.File) string {
	r, err := f.Open()
	if err != nil {
		return ""
	}
	defer func() { _ = r.Close() }() // it was only read
	head, _ := io.ReadAll(io.LimitReader(r, 100))
	return strings.TrimSpace(string(head))
}
