// Package text turns messages into words, in Chinese or English. The English
// text of a message is its key; the Chinese catalogue is complete, and a test
// reads the source to keep it so.
package text

import (
	"maps"
	"strings"
	"sync"

	"dudao/engine/diag"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/message/catalog"
)

// chinese is the whole catalogue, a part for each layer of the house.
var chinese = []map[string]string{zhLanguage, zhData, zhScore, zhReport, zhCommand, zhLint, zhCases, zhExplain, zhFormat, zhLive, zhGap, zhMapping, zhFiles, zhForms, zhWhatif, zhVerify, zhBatch, zhSample, zhAmong, zhSummary, zhReview, zhSets}

// Printer prints messages in one language.
type Printer struct {
	Lang string // zh or en
	p    *message.Printer
}

// Languages are the languages that exist, as --lang takes them.
var Languages = []string{"zh", "en"}

// New returns the printer of a language; any but "en" is Chinese.
func New(lang string) Printer {
	tag := language.Chinese
	if lang == "en" {
		tag = language.English
	} else {
		lang = "zh"
	}
	return Printer{lang, message.NewPrinter(tag, message.Catalog(registered()))}
}

// registered is the catalogue. It is registered for language.Chinese: one for zh-Hans
// would answer zh-CN in English without a word.
var registered = sync.OnceValue(func() catalog.Catalog {
	all := make(dictionary, 2500)
	for _, part := range chinese {
		maps.Copy(all, part)
	}
	c, err := catalog.NewFromMap(map[string]catalog.Dictionary{language.Chinese.String(): all}, catalog.Fallback(language.English))
	if err != nil {
		panic("text: " + err.Error())
	}
	return c
})

// dictionary has translations by their keys. Each is made into what the catalogue
// holds when it is asked for; a catalog.Builder makes all of them before the first can
// be printed, which took every command 3 ms.
type dictionary map[string]string

// raw begins a message that is printed as it stands, in a catalogue.
const raw = "\x02"

// Lookup is for the catalogue.
func (d dictionary) Lookup(key string) (data string, ok bool) {
	translation, ok := d[key]
	return raw + translation, ok
}

// Sprint prints one message.
func (p Printer) Sprint(m diag.Message) string {
	args := make([]any, len(m.Args))
	for i, a := range m.Args {
		args[i] = a
	}
	return p.p.Sprintf(m.Key, args...)
}

// Phrase prints a phrase.
func (p Printer) Phrase(phrase diag.Phrase) string {
	var b strings.Builder
	for _, m := range phrase {
		b.WriteString(p.Sprint(m))
	}
	return strings.TrimSpace(b.String())
}

// Lines prints phrases, one a line.
func (p Printer) Lines(phrases []diag.Phrase) string {
	lines := make([]string, len(phrases))
	for i, phrase := range phrases {
		lines[i] = p.Phrase(phrase)
	}
	return strings.Join(lines, "\n")
}
