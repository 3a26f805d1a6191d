package narrative

import (
	"strconv"
	"strings"

	"dudao/engine/diag"
	"dudao/reports/outline"
)

// sentence tells of an item that is met, with its figures.
func (w *writer) sentence(l outline.Leaf) string {
	return w.Sprint(diag.M("%s: %s %s", short(l.Title.Text, longName), short(w.figures(l), longText), w.gives(l)))
}

// figures is what an item that is met stands on: the author's sentence, the value
// beside its target, the rows, or how its points came to be.
func (w *writer) figures(l outline.Leaf) string {
	r, stop := l.Result, w.Sprint(diag.M("."))
	switch {
	case l.Say.Given():
		return ended(w.oneLine(r.Reason), stop)
	case r.Value.Number != nil && r.Target.Number != nil:
		return w.Sprint(diag.M("it is %s, required is %s. ", w.Shown(r.Value), w.Shown(r.Target)))
	case r.Rows != nil && r.Rows.Counted > 0 && len(r.Rows.Failing)+len(r.Rows.Missing)+len(r.Rows.Errors) == 0:
		return w.Sprint(diag.M("all %s rows of %s meet the requirement. ", strconv.Itoa(r.Rows.Counted), r.Rows.Table))
	case r.Value.Number != nil:
		return w.Sprint(diag.M("it is %s. ", w.Shown(r.Value))) + ended(w.oneLine(r.Reason), stop)
	default:
		return ended(w.oneLine(r.Reason), stop)
	}
}

// gives is what the item gets, in the words of the rubric's kind.
func (w *writer) gives(l outline.Leaf) string {
	switch {
	case w.Card.Kind == "points" && l.Result.Full > 0:
		return w.Sprint(diag.M("%s points, which is all.", outline.Number(l.Result.Points)))
	case w.Card.Kind == "points":
		return w.Sprint(diag.M("%s points.", outline.Number(l.Result.Points)))
	default:
		return w.Sprint(diag.M("%s.", w.Phrase(w.Card.Outcome(l.Result))))
	}
}

// oneLine puts several phrases one after the other.
func (w *writer) oneLine(list []diag.Phrase) string { return oneLine(w.Lines(list)) }

// ended is a text with a full stop behind it.
func ended(text, stop string) string {
	text = strings.TrimSpace(text)
	if text == "" || strings.ContainsAny(text[len(text)-1:], ".!?") || strings.HasSuffix(text, "。") || strings.HasSuffix(text, "！") || strings.HasSuffix(text, "？") {
		return text
	}
	return text + stop
}

// short cuts a text, at the end of a part of it where there is one near.
func short(text string, most int) string {
	runes := []rune(oneLine(text))
	if len(runes) <= most {
		return string(runes)
	}
	cut := most - 1
	for i := cut; i > most*2/3; i-- {
		if strings.ContainsRune("；。，、;,", runes[i]) {
			cut = i
			break
		}
	}
	return string(runes[:cut]) + "…"
}

// oneLine puts the lines of a text one after the other; Chinese sentences need no
// space between them.
func oneLine(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	for _, stop := range []string{"。", "；", "：", "，"} {
		text = strings.ReplaceAll(text, stop+" ", stop)
	}
	return text
}

func count(n int) string { return strconv.Itoa(n) }
