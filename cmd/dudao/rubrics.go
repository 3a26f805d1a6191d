package main

import (
	"strconv"
	"strings"

	"dudao/engine/decimal"
	"dudao/engine/diag"
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
	Points     float64  `json:"points"`
	Basis      []string `json:"basis"`
	Unverified bool     `json:"unverified"`
}

func newRubrics(a *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:     "rubrics",
		Aliases: []string{"细则"},
		Short:   a.Sprint(diag.M("Lists the shipped rubrics")),
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
		line := rubricLine{Ref: r.Ref(), Title: r.Title.Text, Scored: r.Scored.Text, Kind: r.Kind.Text, Unverified: r.Unverified}
		var sum decimal.Sum
		r.Leaves(func(item *rubric.Item, _ []*rubric.Item) {
			line.Items++
			sum.Add(item.Points.Value)
		})
		line.Points = decimal.Round(sum.Value(), 6)
		for _, b := range r.Basis {
			line.Basis = append(line.Basis, b.Text)
		}
		lines = append(lines, line)
	}
	if format == "json" {
		return a.json(lines)
	}
	for _, l := range lines {
		a.say(l.Ref.String() + "  " + l.Title)
		basis := strings.Join(l.Basis, "、")
		about := a.Sprint(diag.M("scored: %s; %s items, %s points; basis: %s", l.Scored, strconv.Itoa(l.Items), decimal.Format(l.Points, 2), basis))
		if l.Kind != "points" {
			about = a.Sprint(diag.M("scored: %s; %s items without points; basis: %s", l.Scored, strconv.Itoa(l.Items), basis))
		}
		if l.Unverified {
			about += a.Sprint(diag.M(" (source to be verified)"))
		}
		a.say("  " + about)
	}
	return nil
}
