package main

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"dudao/engine"
	"dudao/engine/batch"
	"dudao/engine/diag"
	"dudao/engine/returns"
	"dudao/engine/rubric"
	"dudao/engine/source"
	"dudao/reports/results"

	"github.com/spf13/cobra"
)

type sampleOptions struct {
	rubric, table, by, out, format string
	n                              int
	seed                           uint64
	force                          bool
}

func newSample(a *app) *cobra.Command {
	var o sampleOptions
	cmd := &cobra.Command{
		Use:     "sample " + a.Sprint(diag.M("OUT")) + " --seed " + a.Sprint(diag.M("NUMBER")),
		Aliases: []string{"抽样"},
		Short:   a.Sprint(diag.M("Draws schools to visit from the results of a batch")),
		Long: a.Sprint(diag.M(`Draws rows to be visited, such as schools, from the returns that the reports of a
batch carry. At least half of them are rows with doubts, if there are so many: rows
that fail an item, and all rows of a unit whose figures stand out in the batch. Both
parts are divided among the levels as their rows are. The same results, seed and
number give the same list.`)),
		Example: `  dudao sample 结果 --seed 20261126 -n 30
  dudao sample 结果 --seed 20261126 -n 30 -o 抽样.csv`,
		Args: exactly(1, diag.M("name the folder with the results of a batch")),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !cmd.Flags().Changed("seed") {
				return fail(diag.M("give a seed, which is kept with the list: --seed 20261126"))
			}
			return a.sample(args[0], o)
		},
	}
	f := cmd.Flags()
	f.IntVarP(&o.n, "number", "n", 30, a.Sprint(diag.M("how many to draw (`N`)")))
	f.Uint64Var(&o.seed, "seed", 0, a.Sprint(diag.M("the `NUMBER` that chance begins with; announced beforehand, anyone can draw the same list")))
	f.StringVar(&o.table, "table", "", a.Sprint(diag.M("draw rows of this `TABLE`; without it the first one whose rows are judged one by one")))
	f.StringVar(&o.by, "by", "", a.Sprint(diag.M("divide by this `COLUMN` of the table; without it the first one with a choice")))
	f.StringVarP(&o.rubric, "rubric", "r", "", a.Sprint(diag.M("the `RUBRIC` of the batch, if it is a file")))
	f.StringVarP(&o.out, "output", "o", "", a.Sprint(diag.M("write the list to this `FILE` (.csv)")))
	f.StringVar(&o.format, "format", "text", a.Sprint(diag.M("`FORMAT` of what is printed: text or json")))
	f.BoolVar(&o.force, "force", false, a.Sprint(diag.M("replace an existing list")))
	_ = cmd.RegisterFlagCompletionFunc("rubric", completeRubrics)
	return cmd
}

func (a *app) sample(folder string, o sampleOptions) error {
	if err := checkFormat(o.format); err != nil {
		return err
	}
	if o.n < 1 {
		return fail(diag.M("-n is a number from 1"))
	}
	records, err := readBatch(folder)
	if err != nil {
		return err
	}
	s := sampler{app: a, folder: folder, by: o.by}
	if s.program, err = a.compile(s.rubric(records, o.rubric)); err != nil {
		return err
	}
	if err := s.choose(o.table); err != nil {
		return err
	}
	s.gather(records)
	if len(s.rows) == 0 {
		e := usageError(failAt(diag.Pos{File: filepath.ToSlash(folder)}, diag.M("no report here carries rows of %s", s.table),
			diag.M("“dudao batch” writes reports that do, as .xlsx")))
		e.code = exitNothing
		return e
	}
	drawn, strata := batch.Sample(s.rows, o.n, o.seed)
	if o.out != "" {
		if err := s.write(o.out, drawn, o.force); err != nil {
			return err
		}
	}
	if o.format == "json" {
		return a.json(struct {
			Seed   uint64          `json:"seed"`
			Table  string          `json:"table"`
			By     string          `json:"by,omitempty"`
			Rows   int             `json:"rows"`
			Absent []string        `json:"absent,omitempty"` // units without a report
			Strata []batch.Stratum `json:"strata"`
			Drawn  []batch.Visit   `json:"drawn"`
		}{o.seed, s.table, s.by, len(s.rows), s.absent, strata, drawn})
	}
	s.tell(o, drawn, strata)
	return nil
}

// sampler gathers the rows that may be drawn.
type sampler struct {
	*app
	folder  string
	program *engine.Program
	table   string
	by      string // the column that says the level
	rows    []batch.Visit
	absent  []string
}

// rubric is the one that the batch was scored with.
func (s *sampler) rubric(records []batch.Record, given string) string {
	if given != "" {
		return given
	}
	for _, r := range records {
		if r.Failed == nil {
			return r.Rubric.String()
		}
	}
	return ""
}

// choose finds the table and the column that says the level.
func (s *sampler) choose(table string) error {
	r := s.program.Rubric
	var open []string
	for _, b := range r.Data {
		if b.Value.IsOpen() {
			open = append(open, b.Key.Text)
		}
	}
	if table == "" {
		r.Leaves(func(item *rubric.Item, _ []*rubric.Item) {
			if of := underlying(r, item.Each.Text); table == "" && slices.Contains(open, of) {
				table = of
			}
		})
	}
	if table == "" && len(open) > 0 {
		table = open[0]
	}
	if !slices.Contains(open, table) {
		if len(open) == 0 {
			return fail(diag.M("the rubric %s has no table with rows of its own to draw from", r.Ref().String()))
		}
		return fail(diag.M("there is no table “%s” whose rows can be drawn", table), diag.M("one of: %s", strings.Join(open, " ")))
	}
	s.table = table
	var columns []string
	for _, b := range r.Data {
		if b.Key.Text != table {
			continue
		}
		for _, c := range b.Value.Columns {
			columns = append(columns, c.Key.Text)
			if s.by == "" && len(c.Value.Choice) > 0 {
				s.by = c.Key.Text
			}
		}
	}
	if s.by != "" && !slices.Contains(columns, s.by) {
		return fail(diag.M("the table %s has no column “%s”", table, s.by), diag.M("one of: %s", strings.Join(columns, " ")))
	}
	return nil
}

// underlying is the table of a view, or the table itself.
func underlying(r *rubric.Rubric, name string) string {
	for range r.Data {
		at := slices.IndexFunc(r.Data, func(b source.KeyedItem[rubric.Block]) bool { return b.Key.Text == name })
		if at < 0 || !r.Data[at].Value.IsView() {
			break
		}
		name = r.Data[at].Value.From.Text
	}
	return name
}

// gather reads the rows of all units, and why some should be looked at.
func (s *sampler) gather(records []batch.Record) {
	doubts := map[string][]string{}
	for _, d := range batch.Doubts(records, nil) {
		for _, unit := range d.Units {
			if kind := s.Sprint(d.Kind); !slices.Contains(doubts[unit], kind) {
				doubts[unit] = append(doubts[unit], kind)
			}
		}
	}
	for i := range records {
		r := &records[i]
		if r.Failed != nil {
			continue
		}
		ret := s.submittedIn(s.folder, r)
		if ret == nil {
			s.absent = append(s.absent, r.Unit())
			continue
		}
		ret = ret.For(s.program.Rubric)
		failing := s.failing(s.program.Score(ret))
		t := ret.Tables[s.table]
		for row, key := range t.Keys {
			if key == "" {
				continue
			}
			v := batch.Visit{Unit: r.Unit(), Code: r.Cover.Code, Row: key, Doubts: append(slices.Clone(failing[key]), doubts[r.Unit()]...)}
			if years := t.Columns[s.by]; len(years) > 0 && years[0][row].State == returns.Given {
				v.Level = years[0][row].Text
			}
			s.rows = append(s.rows, v)
		}
	}
}

// failing are the items that each row fails.
func (s *sampler) failing(card *engine.Scorecard) map[string][]string {
	out := map[string][]string{}
	for _, item := range card.Items {
		if item.Rows == nil || underlying(s.program.Rubric, item.Rows.Table) != s.table {
			continue
		}
		for _, key := range item.Rows.Failing {
			out[key] = append(out[key], s.Sprint(diag.M("item %s not met", item.ID)))
		}
	}
	return out
}

func (s *sampler) heads() []string {
	heads := []string{s.Sprint(diag.M("No.")), s.Sprint(diag.M("Code")), s.Sprint(diag.M("Name of the unit")), s.table}
	if s.by != "" {
		heads = append(heads, s.by)
	}
	return append(heads, s.Sprint(diag.M("Why it should be looked at")))
}

func (s *sampler) cells(i int, v batch.Visit) []string {
	cells := []string{strconv.Itoa(i + 1), v.Code, v.Unit, v.Row}
	if s.by != "" {
		cells = append(cells, v.Level)
	}
	return append(cells, strings.Join(v.Doubts, s.Sprint(diag.M("; "))))
}

// write writes the list as CSV for people.
func (s *sampler) write(name string, drawn []batch.Visit, force bool) error {
	if _, err := os.Stat(name); err == nil && !force {
		return failAt(diag.Pos{File: filepath.ToSlash(name)}, diag.M("the file exists and may hold someone’s work, so it is not replaced"),
			diag.M("name another file with -o, or replace it with --force"))
	}
	rows := [][]string{s.heads()}
	for i, v := range drawn {
		cells := s.cells(i, v)
		for k := range cells {
			cells[k] = results.Plain(cells[k])
		}
		rows = append(rows, cells)
	}
	data, err := results.Table(rows)
	if err != nil {
		return fail(diag.M("the result can’t be written"))
	}
	return writeFile(name, "csv", data, true)
}

// tell prints the list, and how it was drawn.
func (s *sampler) tell(o sampleOptions, drawn []batch.Visit, strata []batch.Stratum) {
	if !s.quiet {
		s.line(diag.M("Seed"), strconv.FormatUint(o.seed, 10))
		s.line(diag.M("Drawn"), s.Sprint(diag.M("%s of %s rows of %s", count(len(drawn)), count(len(s.rows)), s.table)))
		for _, st := range strata {
			level := st.Level
			if level == "" {
				level = "—"
			}
			kind := diag.M("without doubts")
			if st.Doubted {
				kind = diag.M("with doubts")
			}
			s.line(diag.M("Stratum"), level+"  "+s.Sprint(kind)+"  "+s.Sprint(diag.M("%s of %s", count(st.Drawn), count(st.Rows))))
		}
		if len(s.absent) > 0 {
			s.line(diag.M("Left out"), s.Sprint(diag.M("%s units whose report is not there or carries no data: %s", count(len(s.absent)), strings.Join(s.absent, "、"))))
		}
		s.say("")
	}
	if o.out != "" {
		s.line(diag.M("List"), o.out)
		return
	}
	s.say(strings.Join(s.heads(), "  "))
	for i, v := range drawn {
		s.say(strings.Join(s.cells(i, v), "  "))
	}
}
