package rubric

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
	Item   string // id of the item; "" for the rubric's own checks and vetoes
	Text   string // the fact; "" for the judgement of the item
	Title  string // of the item
	Kind   AskKind
	Judge  *Judge  // of a judgement
	Of     *Item   // nil for the rubric's own
	Points float64 // that a fact gives, or takes where it is below 0; each time, if it is counted
	Veto   *Veto   // that a fact sets off
}

// Asks returns all that is to be answered, in order, each once.
func (r *Rubric) Asks() []Ask {
	l := askList{at: map[[2]string]int{}}
	for _, c := range r.Checks {
		l.fact(Ask{Text: c.Ask.Text})
	}
	r.Leaves(func(item *Item, _ []*Item) {
		own := Ask{Item: item.ID.Text, Title: item.Title.Text, Of: item}
		if item.Judge != nil {
			a := own
			a.Kind, a.Judge = LevelChoice, item.Judge
			if len(item.Judge.Levels) == 0 {
				a.Kind = FreePoints
			}
			l.asks = append(l.asks, a)
		}
		for _, d := range item.Deduct {
			l.fact(own.of(Term(d), -1))
		}
		for _, p := range item.Parts {
			l.fact(own.of(Term(p), 1))
		}
	})
	for _, d := range r.Deduct {
		l.fact(Ask{}.of(Term(d), -1))
	}
	for i := range r.Veto {
		l.fact(Ask{Text: r.Veto[i].Ask.Text, Veto: &r.Veto[i]})
	}
	return l.asks
}

// of is the fact that a term asks for.
func (a Ask) of(t Term, sign float64) Ask {
	a.Text, a.Points = t.Ask.Text, sign*t.Points.Value
	if t.Count {
		a.Kind = Times
	}
	return a
}

type askList struct {
	asks []Ask
	at   map[[2]string]int // by item and fact
}

// fact adds a fact. One that is asked for twice is asked once.
func (l *askList) fact(a Ask) {
	if a.Text == "" {
		return
	}
	key := [2]string{a.Item, a.Text}
	if i, twice := l.at[key]; twice {
		if a.Veto != nil {
			l.asks[i].Veto = a.Veto
		}
		return
	}
	l.at[key] = len(l.asks)
	l.asks = append(l.asks, a)
}
