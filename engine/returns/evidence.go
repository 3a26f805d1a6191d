package returns

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"dudao/engine/diag"
)

// evidence divides a cell in which several papers are named.
func evidence(text string) []string {
	var out []string
	for _, e := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("\n；;、", r) }) {
		if e = strings.TrimSpace(e); e != "" {
			out = append(out, e)
		}
	}
	return out
}

// fileEndings tell the name of a file from words: 会议纪要.pdf, not 第3.2条.
var fileEndings = strings.Fields("pdf ofd doc docx wps xls xlsx et csv ppt pptx dps txt md jpg jpeg png gif bmp tif tiff heic webp zip rar 7z mp3 mp4 mov avi htm html yaml json")

// namesFile reports whether evidence is a file that should lie beside the return.
func namesFile(e string) bool {
	ext := strings.TrimPrefix(strings.ToLower(path.Ext(e)), ".")
	return !strings.Contains(e, "://") && (slices.Contains(fileEndings, ext) || strings.HasSuffix(slashed(e), "/"))
}

// absent lists the files that are named as evidence and that aren't there. Names go
// from the folder in which the return lies.
func (d *Document) absent(ret *Return) diag.List {
	if d.beside == nil {
		return nil
	}
	var out diag.List
	for _, item := range slices.Sorted(maps.Keys(ret.Answers)) {
		for _, ask := range slices.Sorted(maps.Keys(ret.Answers[item])) {
			a := ret.Answers[item][ask]
			for _, e := range a.Evidence {
				if !namesFile(e) {
					continue
				}
				name := path.Clean(slashed(e))
				if fs.ValidPath(name) && !strings.Contains(name, ":") {
					if _, err := fs.Stat(d.beside, name); err == nil {
						continue
					}
				}
				out.Warn(a.At, 0, diag.M("the evidence “%s” does not lie beside the return", e), d.similar(name)...)
			}
		}
	}
	return out
}

// similar says how a file may be called that wasn't found.
func (d *Document) similar(name string) []diag.Message {
	var names []string
	if dir := path.Dir(name); fs.ValidPath(dir) {
		entries, _ := fs.ReadDir(d.beside, dir) // none if there is no such folder
		for _, e := range entries {
			names = append(names, path.Join(dir, e.Name()))
		}
	}
	if near := nearest(name, names); near != nil {
		return near
	}
	return []diag.Message{diag.M("put the file into the folder of the return, or name it as it is called there")}
}
