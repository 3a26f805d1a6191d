package main

import (
	"strconv"
	"strings"

	"dudao/engine"
	"dudao/engine/decimal"
	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/rubric"

	"github.com/spf13/cobra"
)

// rubricLine is what the list tells of a rubric.
type rubricLine struct {
	rubric.Ref
	Title      string   `json:"title"`
	Scored     string   `json:"scored"`
	Kind       string   `json:"kind"`
	Items      int      `json:"items"`
	Points     float64  `json:"points"` // the full points, without what is extra
	Basis      []string `json:"basis"`
	Unverified bool     `json:"unverified"` // as a whole
	ToVerify   int      `json:"to_verify"`  // items, vetoes and data with a source to be verified
}

func newRubrics(a *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:     "rubrics",
		Aliases: []string{"细则"},
		Short:   a.Sprint(diag.M("Lists the shipped rubrics")),
		Long: a.Sprint(diag.M(`Lists the shipped rubrics: id@version and title, who is scored, how, of how many
points, how many sources are still to be verified, and what it rests on. Other
commands take the id, which is the newest version, or id@version.`)),
		Example: "  dudao rubrics",
		Args:    exactly(0, diag.M("this command takes no argument")),
		RunE:    func(*cobra.Command, []string) error { return a.listRubrics(format) },
	}
	cmd.Flags().StringVar(&format, "format", "text", a.Sprint(diag.M("`FORMAT` of what is printed: text or json")))
	return cmd
}

func (a *app) listRubrics(format string) error {
	if err := checkFormat(format); err != nil {
		return err
	}
	var lines []rubricLine
	for _, r := range shipped() {
		lines = append(lines, describe(r))
	}
	if format == "json" {
		return a.json(lines)
	}
	for _, l := range lines {
		a.say(l.Ref.String() + "  " + l.Title)
		about := diag.M("scored: %s; points, %s items, %s points", l.Scored, strconv.Itoa(l.Items), decimal.Format(l.Points, 2))
		switch l.Kind {
		case "pass":
			about = diag.M("scored: %s; met or not, %s items", l.Scored, strconv.Itoa(l.Items))
		case "letter":
			about = diag.M("scored: %s; letters, %s items", l.Scored, strconv.Itoa(l.Items))
		}
		line := "  " + a.Sprint(about)
		if l.Unverified {
			line += a.Sprint(diag.M("; the source of all of it to be verified"))
		} else if l.ToVerify > 0 {
			line += a.Sprint(diag.M("; %s with a source to be verified", strconv.Itoa(l.ToVerify)))
		}
		a.say(line)
		a.say("  " + a.Sprint(diag.M("basis: %s", strings.Join(l.Basis, "；"))))
	}
	return nil
}

// describe tells of what is scored: data that only other rubrics use are left out,
// as on a form.
func describe(r *rubric.Rubric) rubricLine {
	p, diags := engine.Compile(r)
	if !diags.HasErrors() {
		r = p.Rubric
	}
	l := rubricLine{Ref: r.Ref(), Title: r.Title.Text, Scored: r.Scored.Text, Kind: r.Kind.Text, Unverified: r.Unverified}
	count := func(unverified bool) {
		if unverified {
			l.ToVerify++
		}
	}
	r.Leaves(func(item *rubric.Item, _ []*rubric.Item) {
		l.Items++
		count(item.Unverified)
	})
	for _, v := range r.Veto {
		count(v.Unverified)
	}
	for _, b := range r.Data {
		for _, f := range append(b.Value.Fields[:len(b.Value.Fields):len(b.Value.Fields)], b.Value.Columns...) {
			count(f.Value.Unverified)
		}
	}
	for _, b := range r.Basis {
		l.Basis = append(l.Basis, b.Text)
	}
	if !diags.HasErrors() && l.Kind == "points" {
		l.Points = p.Score(returns.Empty(r)).Total.Full
	}
	return l
}
