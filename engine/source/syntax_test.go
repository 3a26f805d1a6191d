package source

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Every error of yaml.v3 that is rewritten has a file in the gallery of messages
// that makes the library say it, so that none is rewritten in vain and an update
// of the library that words one anew is noticed.
func TestYAMLErrorsAreReal(t *testing.T) {
	files, err := filepath.Glob("../../rubrics/testdata/bad/yaml_*.bad.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no gallery", err)
	}
	texts := []string{strings.Repeat("[", 10001)} // too long for the gallery
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	met := map[string]bool{}
	for _, text := range texts {
		problem := problemOf([]byte(text))
		for _, known := range yamlErrors {
			if problem != "" && strings.Contains(problem, known.says) {
				met[known.says] = true
				break
			}
		}
	}
	for _, known := range yamlErrors {
		if !met[known.says] {
			t.Errorf("no file of the gallery makes %q", known.says)
		}
	}
}

func TestTooDeep(t *testing.T) {
	_, diags := Parse("r.yaml", []byte("id: deep\nnote: "+strings.Repeat("[", 10001)))
	if len(diags) != 1 || diags[0].Message.Key != "brackets are nested too deep" || diags[0].Pos.Line != 2 {
		t.Error(diags)
	}
}

// Old programs end lines with a lone carriage return, which counts as a line for
// yaml.v3 alone.
func TestLoneCarriageReturn(t *testing.T) {
	for _, text := range []string{"0: \r0", "a: 1\r b: 2\r", "a:\r\tb: 1", "- a\r- b\rc\r- d"} {
		_, diags := Parse("r.yaml", []byte(text))
		for _, d := range diags {
			if d.Pos.Line != 1 {
				t.Errorf("%q: line %d", text, d.Pos.Line)
			}
		}
	}
}

// A workbook is told from text: its bytes would be no help.
func TestNoText(t *testing.T) {
	for _, data := range []string{"PK\x03\x04\x14\x00", "\xd0\xcf\x11\xe0\xa1\xb1"} {
		_, diags := Parse("a.xlsx", []byte(data))
		if len(diags) != 1 || diags[0].Message.Key != "this is a workbook or an archive, not a text file" {
			t.Errorf("%q: %v", data, diags)
		}
	}
}
