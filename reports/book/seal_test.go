package book

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestUntouched(t *testing.T) {
	data := write(t, sample())
	if ours, untouched := Untouched(data); !ours || !untouched {
		t.Errorf("as written: ours %v, untouched %v", ours, untouched)
	}
}

func TestEditedIsTouched(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(write(t, sample())))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.SetCellValue("评分表", "B4", 81); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	if ours, untouched := Untouched(out.Bytes()); !ours || untouched {
		t.Errorf("a cell edited: ours %v, untouched %v", ours, untouched)
	}
}

// rezip packs a file again, with every part's name and content changed by edit;
// an empty name drops the part.
func rezip(t *testing.T, data []byte, edit func(name, content string) (string, string)) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range archive.File {
		name, content := edit(f.Name, entry(t, data, f.Name))
		if name == "" {
			continue
		}
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, content)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestEveryPartIsSealed(t *testing.T) {
	data := write(t, sample())
	same := rezip(t, data, func(name, content string) (string, string) { return name, content })
	if _, untouched := Untouched(same); !untouched {
		t.Error("packed again, with the same parts: touched")
	}
	archive, _ := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	for _, f := range archive.File {
		for what, edit := range map[string]func(string, string) (string, string){
			"changed": func(n, c string) (string, string) { return n, c + " " },
			"renamed": func(n, c string) (string, string) { return n + "x", c },
			"dropped": func(n, c string) (string, string) { return "", "" },
		} {
			touched := rezip(t, data, func(name, content string) (string, string) {
				if name != f.Name {
					return name, content
				}
				return edit(name, content)
			})
			if _, untouched := Untouched(touched); untouched {
				t.Errorf("%s is %s: untouched", f.Name, what)
			}
		}
	}
}

func TestNotOurs(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	var other bytes.Buffer
	if err := f.Write(&other); err != nil {
		t.Fatal(err)
	}
	data := write(t, sample())
	for what, data := range map[string][]byte{
		"nothing":   nil,
		"text":      []byte("PK\x03\x04 is how a zip file starts"),
		"another's": other.Bytes(),
		"half":      data[:len(data)/2],
	} {
		if ours, untouched := Untouched(data); ours || untouched {
			t.Errorf("%s: ours %v, untouched %v", what, ours, untouched)
		}
	}
}

// A bomb is given up on, even where its seal would hold.
func TestBomb(t *testing.T) {
	data := write(t, sample())
	if ours, untouched := untouchedWithin(10_000, data); !ours || untouched {
		t.Errorf("too large: ours %v, untouched %v", ours, untouched)
	}
	if ours, untouched := untouchedWithin(1_000_000, data); !ours || !untouched {
		t.Errorf("not too large: ours %v, untouched %v", ours, untouched)
	}
}

func FuzzUntouched(f *testing.F) {
	data := write(f, &Book{Sheets: []*Sheet{{Name: "a"}}})
	f.Add(data)
	f.Add(data[:len(data)/2])
	f.Add([]byte(strings.Replace(string(data), "docProps", "docprops", 1)))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		if ours, untouched := Untouched(data); untouched && !ours {
			t.Error("untouched, but not ours")
		}
	})
}
