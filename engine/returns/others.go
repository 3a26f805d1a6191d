package returns

// Others is what the rest of its batch makes of a return: its places among them, and
// the vetoes that it shares with some. It is found by scoring the whole batch and
// stands in the return like what was submitted, so whoever scores the return again
// comes to the same.
type Others struct {
	Places []Place  `json:"places,omitempty"` // by item
	Shared []Shared `json:"shared,omitempty"` // by veto
}

// Place is the place of a return among those that are compared in an item.
type Place struct {
	Item  string   `json:"item"`
	Value float64  `json:"value"`           // that was compared; of another value the place isn't known
	Group string   `json:"group,omitempty"` // of those it was compared with
	Place int      `json:"place"`           // from 1; whoever is equal shares the better one
	Tied  int      `json:"tied,omitempty"`  // how many others share it
	Of    int      `json:"of"`              // how many were compared, this one among them
	Mean  float64  `json:"mean"`            // of their values
	Ahead *float64 `json:"ahead,omitempty"` // the value at the next better place
}

// Shared is a veto as it stands in the other returns of a group.
type Shared struct {
	Veto   string   `json:"veto"`
	Group  string   `json:"group"`
	Acts   []string `json:"acts,omitempty"` // units in which it acts, the first few
	ActsIn int      `json:"acts_in,omitempty"`
	Open   []string `json:"open,omitempty"` // units in which that isn't known yet, the first few
	OpenIn int      `json:"open_in,omitempty"`
}

// PlaceIn is the place in an item, or nil.
func (o *Others) PlaceIn(item string) *Place {
	if o == nil {
		return nil
	}
	for i := range o.Places {
		if o.Places[i].Item == item {
			return &o.Places[i]
		}
	}
	return nil
}

// SharedOf is how a veto stands in the others of a group, or nil.
func (o *Others) SharedOf(veto, group string) *Shared {
	if o == nil {
		return nil
	}
	for i := range o.Shared {
		if s := &o.Shared[i]; s.Veto == veto && s.Group == group {
			return s
		}
	}
	return nil
}
