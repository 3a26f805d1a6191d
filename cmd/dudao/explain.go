package main

import (
	"slices"
	"strconv"
	"strings"

	"dudao/engine"
	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/rubric"

	"github.com/spf13/cobra"
)

type explainOptions struct {
	rubric, review, format string
	all                    bool
}

func newExplain(a *app) *cobra.Command {
	var o explainOptions
	cmd := &cobra.Command{
		Use:     "explain " + a.Sprint(diag.M("RETURN ITEM")),
		Aliases: []string{"说明"},
		Short:   a.Sprint(diag.M("Shows how the points of an item came to be")),
		Long: a.Sprint(diag.M(`Shows how the result of one item of a return came to be: the rule in words and
what it rests on, then a tree from the points down to the cells: each formula, the
same with the numbers put in, the params, the rows that fail, where every figure
stands in the return and how it was typed there.

ITEM is the id of an item, as the report shows it.`)),
		Example: `  dudao explain 填报表.xlsx 2
  dudao explain 填报表.xlsx 2 --format json`,
		Args:              exactly(2, diag.M("name the return and the item")),
		ValidArgsFunction: a.completeItems,
		RunE:              func(_ *cobra.Command, args []string) error { return a.explain(args[0], args[1], o) },
	}
	f := cmd.Flags()
	f.StringVarP(&o.rubric, "rubric", "r", "", a.Sprint(diag.M("explain the score by this `RUBRIC` (id, id@version or file)")))
	f.StringVar(&o.review, "review", "", a.Sprint(diag.M("an inspector’s `FILE` with checked values and points (.xlsx, .csv or YAML)")))
	f.StringVar(&o.format, "format", "text", a.Sprint(diag.M("`FORMAT` of what is printed: text or json")))
	f.BoolVar(&o.all, "all", false, a.Sprint(diag.M("list all rows of tables, not only those that matter")))
	_ = cmd.RegisterFlagCompletionFunc("rubric", completeRubrics)
	return cmd
}

func (a *app) explain(name, id string, o explainOptions) error {
	if err := checkFormat(o.format); err != nil {
		return err
	}
	if err := a.readReview(o.review); err != nil {
		return err
	}
	ret, p, err := a.readReturn(name, o.rubric)
	if err != nil {
		return err
	}
	if ret, err = a.reviewed(ret, p); err != nil {
		return err
	}
	x := p.Explain(ret, id, o.all)
	if x == nil {
		return unknownItem(p, id)
	}
	if o.format == "json" {
		return a.json(x)
	}
	a.explanation(x, o.all)
	return nil
}

// unknownItem names the items that there are.
func unknownItem(p *engine.Program, id string) error {
	var ids []string
	for _, item := range leaves(p.Rubric) {
		ids = append(ids, item.ID.Text)
	}
	hint := diag.M("its items are: %s", strings.Join(ids, " "))
	if near := diag.Nearest(id, ids); near != "" && len(ids) > 20 {
		hint = diag.M("did you mean “%s”?", near)
	}
	return fail(diag.M("%s has no item “%s”", p.Rubric.Ref().String(), id), hint)
}

// completeItems offers files for the return, then the items of its rubric.
func (a *app) completeItems(cmd *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return []cobra.Completion{"xlsx", "yaml", "yml", "json", "csv", "zip"}, cobra.ShellCompDirectiveFilterFileExt
	}
	if len(args) > 1 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	name, _ := cmd.Flags().GetString("rubric")
	_, p, err := a.readReturn(args[0], name)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var out []cobra.Completion
	for _, item := range leaves(p.Rubric) {
		out = append(out, cobra.CompletionWithDesc(item.ID.Text, item.Title.Text))
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

func leaves(r *rubric.Rubric) []*rubric.Item {
	var out []*rubric.Item
	r.Leaves(func(item *rubric.Item, _ []*rubric.Item) { out = append(out, item) })
	return out
}

// explanation prints an explanation as a tree.
func (a *app) explanation(x *engine.Explanation, all bool) {
	a.say(x.Result.ID + "  " + x.Title)
	a.say(a.unit(x.Cover) + "  " + x.Rubric.String() + " (" + x.Rubric.ShortHash() + ")")
	a.say("")
	a.labelled(diag.M("Result"), a.result(x))
	a.labelled(diag.M("Rule"), a.Lines(x.Rule))
	a.labelled(diag.M("Basis"), strings.Join(x.Basis, "\n"))
	a.labelled(diag.M("Remark"), x.Note)
	if x.Unverified {
		a.labelled(diag.M("Source"), a.Sprint(diag.M("not verified yet")))
	}
	a.labelled(diag.M("Written in"), x.In.String())
	a.say("")
	t := tree{app: a, all: all}
	t.steps(x.Steps, "")
	if t.left {
		a.say("")
		a.say(a.Sprint(diag.M("--all lists all rows")))
	}
}

func (a *app) unit(c returns.Cover) string {
	if c.Year == 0 {
		return c.Name
	}
	return strings.TrimSpace(c.Name + "  " + a.Sprint(diag.M("year %s", strconv.Itoa(c.Year))))
}

func (a *app) result(x *engine.Explanation) string {
	out := a.Phrase(x.Outcome)
	if r := x.Result; r.Full > 0 && r.State.Decided() && x.Outcome[0].Key == diag.M("%s points", "").Key {
		out += a.Sprint(diag.M(" (of %s)", strconv.FormatFloat(r.Full, 'f', -1, 64)))
	}
	if !x.Result.State.Decided() {
		out += "\n" + a.Lines(x.Result.Reason)
	}
	return out
}

// labelled prints a text behind a label, its further lines below the first.
func (a *app) labelled(label diag.Message, text string) {
	if text == "" {
		return
	}
	head := a.Sprint(label)
	head += strings.Repeat(" ", max(1, 12-diag.Width(head)))
	a.say(head + strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", diag.Width(head))))
}

// tree prints steps with lines that lead from each to what it rests on.
type tree struct {
	*app
	all  bool
	left bool // rows were left out
}

// mostLines is how many rows of a table are printed unless all are wanted.
const mostLines = 10

func (t *tree) steps(list []engine.Step, indent string) {
	rest := 0
	if n := slices.IndexFunc(list, func(s engine.Step) bool { return s.Kind != "row" }); n < 0 && !t.all && len(list) > mostLines {
		list, rest, t.left = list[:mostLines], len(list)-mostLines, true
	}
	for i, s := range list {
		branch, below := "├─ ", "│  "
		if i == len(list)-1 && rest == 0 {
			branch, below = "└─ ", "   "
		}
		t.say(indent + branch + t.Phrase(s.Text) + t.origin(s))
		if s.Formula != "" {
			t.say(indent + below + t.Sprint(diag.M("formula: %s  (%s)", strings.Join(strings.Fields(s.Formula), " "), s.In.String())))
		}
		t.steps(s.Steps, indent+below)
	}
	if rest > 0 {
		t.say(indent + "└─ " + t.Sprint(diag.M("and %s more rows", strconv.Itoa(rest))))
	}
}

// origin is the cell of a submitted value, and how it was typed there.
func (t *tree) origin(s engine.Step) string {
	if s.Cell.IsZero() {
		return ""
	}
	out := "  ← " + s.Cell.String()
	if !strings.Contains(t.Phrase(s.Text), s.Typed) {
		out += t.Sprint(diag.M(", typed “%s”", s.Typed))
	}
	for _, n := range s.Notes {
		out += t.Sprint(diag.M("; %s", t.Sprint(n)))
	}
	return out
}
