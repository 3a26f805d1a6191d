package formula

import (
	"dudao/engine/diag"

	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser/lexer"
)

// Token is a constant or a comparison operator of a formula, as it is written.
type Token struct {
	Text     string
	From, To int  // runes of the formula
	Operator bool // else a number, true or false
}

// Tokens lists the constants and comparison operators of a formula from left to
// right; of one that can't be read, none.
func Tokens(src diag.Excerpt) []Token {
	all, err := lexer.Lex(file.NewSource(src.Text))
	if err != nil {
		return nil
	}
	runes := []rune(src.Text)
	var out []Token
	for _, t := range all {
		compares := t.Is(lexer.Operator, ">=", ">", "<=", "<", "==", "!=")
		truth := t.Is(lexer.Operator, "true", "false") || t.Is(lexer.Identifier, "true", "false")
		if compares || truth || t.Is(lexer.Number) {
			out = append(out, Token{string(runes[t.From:t.To]), t.From, t.To, compares})
		}
	}
	return out
}

// Mentions lists the names and functions that stand in a formula, also of one that
// doesn't compile: what isn't among them isn't read.
func Mentions(text string) []string {
	all, err := lexer.Lex(file.NewSource(text))
	if err != nil {
		return nil
	}
	var out []string
	for _, t := range all {
		if t.Kind == lexer.Identifier {
			out = append(out, t.Value)
		}
	}
	return out
}
