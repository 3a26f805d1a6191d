package diag

import (
	"slices"
	"strings"
)

// Severity says how much a diagnostic matters.
type Severity uint8

const (
	Error   Severity = iota // the input can't be used as it is
	Warning                 // it can be used, and someone should look
	Note                    // worth knowing, nothing to mend
)

// String returns the word used in JSON, which is never translated.
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	default:
		return "note"
	}
}

// MarshalText writes the word of String.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the word of String.
func (s *Severity) UnmarshalText(b []byte) error {
	switch string(b) {
	case "error":
		*s = Error
	case "warning":
		*s = Warning
	default:
		*s = Note
	}
	return nil
}

// Diagnostic is one finding about an input: what, where, and how to mend it.
type Diagnostic struct {
	Severity Severity  `json:"severity"`
	Rule     string    `json:"rule,omitempty"` // which rule found it, as lint:ignore names it
	Message  Message   `json:"message"`
	Pos      Pos       `json:"pos"`
	Width    int       `json:"width,omitempty"` // runes to underline; 0 is one
	Hints    []Message `json:"hints,omitempty"`
}

// List is what a stage found. The zero value is ready for use.
type List []Diagnostic

// Add appends an error with its hints. The result may be given a rule at once; the
// next Add may move it.
func (l *List) Add(pos Pos, width int, m Message, hints ...Message) *Diagnostic {
	return l.add(Error, pos, width, m, hints)
}

// Warn appends a warning with its hints.
func (l *List) Warn(pos Pos, width int, m Message, hints ...Message) *Diagnostic {
	return l.add(Warning, pos, width, m, hints)
}

func (l *List) add(s Severity, pos Pos, width int, m Message, hints []Message) *Diagnostic {
	*l = append(*l, Diagnostic{Severity: s, Message: m, Pos: pos, Width: width, Hints: hints})
	return &(*l)[len(*l)-1]
}

// Named gives the findings that have no rule yet the one of their stage.
func (l List) Named(rule string) List {
	for i := range l {
		if l[i].Rule == "" {
			l[i].Rule = rule
		}
	}
	return l
}

// HasErrors reports whether any finding is an error.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Severity == Error })
}

// Sorted returns the findings by place, each once.
func (l List) Sorted() List {
	out := slices.Clone(l)
	slices.SortStableFunc(out, func(a, b Diagnostic) int { return a.Pos.Compare(b.Pos) })
	return slices.CompactFunc(out, func(a, b Diagnostic) bool {
		return a.Pos == b.Pos && a.Message.Key == b.Message.Key && slices.Equal(a.Message.Args, b.Message.Args)
	})
}

// Error makes a list usable as an error; it is for programmers and logs, people
// get the text of a Writer.
func (l List) Error() string {
	var b strings.Builder
	for i, d := range l {
		if i > 0 {
			b.WriteString("\n")
		}
		if at := d.Pos.String(); at != "" {
			b.WriteString(at + ": ")
		}
		b.WriteString(d.Message.Key)
		for _, a := range d.Message.Args {
			b.WriteString(" [" + a + "]")
		}
	}
	return b.String()
}
