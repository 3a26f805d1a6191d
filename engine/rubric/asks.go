package rubric

import "dudao/engine/diag"

// AskKind is what is wanted as the answer.
type AskKind uint8

const (
	YesNo       AskKind = iota
	Times               // how often
	LevelChoice         // one of the levels of a judgement
	FreePoints          // points of a judgement
)

// Ask is something to be answered on the sheet of judgements: a fact, or the
// judgement of an item.
type Ask struct {
	Item  string // id of the item; "" for the rubric's own checks and vetoes
	Text  string // the fact; "" for the judgement of the item
	Title string // of the item
	Kind  AskKind
	Judge *Judge // of a judgement
}

// Asks returns all that is to be answered, in order, each once.
func (r *Rubric) Asks() []Ask {
	l := askList{seen: map[Ask]bool{}}
	for _, c := range r.Checks {
		l.fact(nil, c.Ask, false)
	}
	r.Leaves(func(item *Item, _ []*Item) {
		if item.Judge != nil {
			a := Ask{Item: item.ID.Text, Title: item.Title.Text, Kind: LevelChoice, Judge: item.Judge}
			if len(item.Judge.Levels) == 0 {
				a.Kind = FreePoints
			}
			l.asks = append(l.asks, a)
		}
		for _, t := range item.Terms() {
			l.fact(item, t.Ask, t.Count)
		}
	})
	for _, d := range r.Deduct {
		l.fact(nil, d.Ask, d.Count)
	}
	for _, v := range r.Veto {
		l.fact(nil, v.Ask, false)
	}
	return l.asks
}

type askList struct {
	asks []Ask
	seen map[Ask]bool
}

func (l *askList) fact(item *Item, text diag.Excerpt, count bool) {
	if !text.Given() {
		return
	}
	a := Ask{Text: text.Text}
	if item != nil {
		a.Item, a.Title = item.ID.Text, item.Title.Text
	}
	if count {
		a.Kind = Times
	}
	if !l.seen[a] {
		l.seen[a] = true
		l.asks = append(l.asks, a)
	}
}
