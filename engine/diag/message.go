package diag

// Message is something to tell a person, as data. Key is the English text with
// a %s for each argument and at the same time the key of every translation, so
// it is always a literal: only M makes messages, and a test reads the source
// for keys that are missing in a catalogue.
type Message struct {
	Key  string   `json:"key"`
	Args []string `json:"args,omitempty"`
}

// M makes a message. The key must be a string literal.
func M(key string, args ...string) Message {
	return Message{Key: key, Args: args}
}

// IsZero reports whether there is nothing to tell.
func (m Message) IsZero() bool { return m.Key == "" }

// Phrase is a line made of several messages, printed one after the other with
// nothing between them. It is how a rule in words carries a formula whose own
// words ("last year's …") need translation, too.
type Phrase []Message

// P makes a phrase.
func P(parts ...Message) Phrase { return parts }

// Verbatim is text that is never translated: what an author or a county wrote.
func Verbatim(s string) Message { return M("%s", s) }
