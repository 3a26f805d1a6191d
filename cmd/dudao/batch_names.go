package main

import (
	"path"
	"strconv"
	"strings"
	"unicode"

	"dudao/engine/returns"
)

// reportNames are the names of reports that are taken, folded, and by which source.
type reportNames map[string]string

// longestName is how many characters of a unit's name stand in a file name: with code
// and ending it stays below the 255 bytes of most file systems.
const longestName = 60

// take finds a name for a report after the unit it is about: its code and its name,
// or that of the source where it has none.
func (n reportNames) take(cover returns.Cover, source string, ending string) string {
	base := fileSafe(cover.Name)
	if base == "" {
		base = fileSafe(strings.TrimSuffix(path.Base(source), path.Ext(source)))
	}
	if code := fileSafe(cover.Code); code != "" {
		base = code + "-" + base
	}
	for i := 1; ; i++ {
		name := base + ending
		if i > 1 {
			name = base + "(" + strconv.Itoa(i) + ")" + ending
		}
		if owner, taken := n[strings.ToLower(name)]; !taken || owner == source {
			n.reserve(name, source)
			return name
		}
	}
}

func (n reportNames) reserve(report, source string) {
	n[strings.ToLower(path.Base(report))] = source
}

// fileSafe makes a text a part of a file name on every system: without separators,
// signs that Windows forbids, or characters that can't be seen.
func fileSafe(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`/\:*?"<>|`, r):
			return '_'
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar:
			return -1
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, s)
	if runes := []rune(s); len(runes) > longestName {
		s = string(runes[:longestName])
	}
	s = strings.Trim(s, " .-")
	switch head, _, _ := strings.Cut(strings.ToUpper(s), "."); head { // devices of Windows
	case "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
		"LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9":
		s = "_" + s
	}
	return s
}
