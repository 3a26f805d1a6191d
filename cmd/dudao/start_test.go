package main

import (
	"path"
	"strings"
	"testing"

	"dudao/engine/text"
)

// BenchmarkStart is what every verb does before it reads a return: it loads a shipped
// rubric of 46 items and compiles it.
func BenchmarkStart(b *testing.B) {
	for _, id := range []string{"county-duty-2022", "quality-balanced-2017"} {
		b.Run(id, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				a := &app{Printer: text.New("zh"), files: map[string][]byte{}}
				if _, err := a.compile(id); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// A shipped rubric is looked for by the name of its file.
func TestFilesAreNamedAfterRubrics(t *testing.T) {
	for _, r := range shipped() {
		name, version, _ := strings.Cut(strings.TrimSuffix(path.Base(r.File), ".yaml"), "@")
		if name != r.ID.Text || version != "" && version != r.Version.Text {
			t.Errorf("%s is the file of %s@%s", r.File, r.ID.Text, r.Version.Text)
		}
	}
}
