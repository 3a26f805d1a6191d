package engine_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"sort"
	"strings"
	"sync"
	"testing"

	"dudao/engine"
	"dudao/engine/decimal"
	"dudao/engine/returns"
	"dudao/engine/text"
)

const ranking = `
round: none
data:
  数据:
    fields:
      市: {type: text}
      值: {unit: 元}
      参加: {type: yesno, optional: true}
items:
  - id: "1"
    title: 高的在前
    points: 10
    rank: {of: 值, points: [10, 8, 6]}
  - id: "2"
    title: 同市低的在前
    points: 6
    when: 参加 ?? true
    rank: {of: 值, points: [6, 4], first: low, within: 市, mean: 2}
  - {id: "3", title: 三, points: 4, must: true, pass: 值 >= 0}
veto:
  - {title: 一县负, when: must_unmet > 0, within: 市, grade: 差}
  - {title: 一县低, when: rate < 30, within: 市, cap: 中}
grades: [{grade: 好, from: 60}, {grade: 中, from: 20}, {grade: 差}]
`

// filled is a return for ranking.
func filled(t testing.TB, p *engine.Program, name, data string) *returns.Return {
	t.Helper()
	doc, diags := returns.Open("a.yaml", []byte("rubric: r\nname: "+name+"\nyear: 2021\ndata: {"+data+"}\n"), returns.DefaultLimits)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	ret, diags := doc.Read(p.Rubric)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return ret
}

// batch are returns for ranking, each written as “市 值”.
func batch(t testing.TB, p *engine.Program, units ...string) []*returns.Return {
	t.Helper()
	var out []*returns.Return
	for i, u := range units {
		city, value, _ := strings.Cut(u, " ")
		data := "市: " + city
		if value != "" {
			data += ", 值: " + value
		}
		if city == "-" {
			data = "值: " + value
		}
		out = append(out, filled(t, p, string([]rune("甲乙丙丁戊己庚辛壬癸子丑")[i]), data))
	}
	return out
}

// compare makes the standings of a batch, as often as the rubric asks.
func compare(p *engine.Program, rets []*returns.Return) *engine.Among {
	var among *engine.Among
	for range p.Rounds() {
		var all []engine.Standing
		for _, r := range rets {
			all = append(all, p.Standing(p.Placed(r, among)))
		}
		among = p.Among(all)
	}
	return among
}

func TestRankAmong(t *testing.T) {
	p := compile(t, ranking)
	if !p.Compares() || p.Rounds() != 2 {
		t.Fatalf("%d rounds", p.Rounds())
	}
	tests := []struct {
		name  string
		units []string
		want  []string // of each: points or state of items 1 and 2
	}{
		{"alone in the batch", []string{"南 5"}, []string{"10 6"}},
		{"ties share the better place", []string{"南 5", "南 5", "南 4"}, []string{"10 4", "10 4", "6 6"}},
		{"noise makes no difference", []string{"南 0.3", "南 0.30000000000000004"}, []string{"10 6", "10 6"}},
		{"behind the last place", []string{"南 9", "南 8", "南 7", "南 6"}, []string{"10 0", "8 0", "6 4", "0 6"}},
		{"the mean gives points", []string{"南 1", "南 2", "南 3", "南 100"}, []string{"0 6", "6 4", "8 2", "10 0"}},
		{"groups", []string{"南 1", "北 2", "南 3", "北 4"}, []string{"0 6", "6 6", "8 4", "10 4"}},
		{"missing stands outside", []string{"南 1", "南", "南 3"}, []string{"8 6", "missing missing", "10 4"}},
		{"not applicable, too", []string{"南 1", "南 不适用", "南 3"}, []string{"8 6", "inapplicable inapplicable", "10 4"}},
		{"no group", []string{"南 1", "- 2", "南 3"}, []string{"6 6", "8 missing", "10 4"}},
		{"negative", []string{"南 -1", "南 -2"}, []string{"10 4", "8 6"}},
	}
	for _, tt := range tests {
		rets := batch(t, p, tt.units...)
		among := compare(p, rets)
		for i, ret := range rets {
			card := p.ScoreAmong(ret, among)
			var got []string
			for _, id := range []string{"1", "2"} {
				if res := card.Item(id); res.State.Decided() && res.State != engine.Inapplicable {
					got = append(got, decimal.Format(res.Points, 6))
				} else {
					got = append(got, res.State.String())
				}
			}
			if s := strings.Join(got, " "); s != tt.want[i] {
				t.Errorf("%s: unit %d gets %s, want %s", tt.name, i, s, tt.want[i])
			}
		}
	}
}

// Whoever is left out by when: isn't compared.
func TestRankLeavesOut(t *testing.T) {
	p := compile(t, ranking)
	rets := []*returns.Return{filled(t, p, "甲", "市: 南, 值: 3"), filled(t, p, "乙", "市: 南, 值: 1, 参加: 否")}
	among := compare(p, rets)
	if got := p.ScoreAmong(rets[0], among).Others.PlaceIn("2"); got.Place != 1 || got.Of != 1 {
		t.Errorf("%+v", got)
	}
	if got := p.ScoreAmong(rets[1], among); got.Item("2").State != engine.Inapplicable || got.Others.PlaceIn("1").Of != 2 {
		t.Errorf("%+v", got.Item("2"))
	}
}

func TestRankInWords(t *testing.T) {
	p := compile(t, ranking)
	rets := batch(t, p, "南 5", "南 5", "北 4", "南 4.999999")
	among := compare(p, rets)
	zh := text.New("zh")
	say := func(ret *returns.Return, id string) string { return zh.Lines(p.Score(ret).Item(id).Reason) }
	for _, tt := range []struct {
		ret  *returns.Return
		id   string
		want string
	}{
		{rets[0], "1", "待评定：全批评分之后才有名次。"},
		{p.Placed(rets[0], among), "1", "第1名（共4个，另有1个并列），平均 4.75元。"},
		{p.Placed(rets[0], among), "2", "第2名（共3个，另有1个并列，市：南），平均 4.9999997元。未达到平均。"},
		{p.Placed(rets[3], among), "2", "第1名（共3个，市：南），平均 5元。达到平均。"},
		{p.Placed(rets[2], among), "1", "第4名（共4个），平均 4.75元。"},
	} {
		if got := say(tt.ret, tt.id); got != tt.want {
			t.Errorf("got %s\nwant %s", got, tt.want)
		}
	}
	if got, want := zh.Lines(p.Standard("2")[:2]), "按在本批单位中的名次计分：值，小的在前，只与市相同的单位比：第1名 6 分，第2名 4 分，其余不得分。\n达到平均的至少得 2 分。"; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if got, want := zh.Phrase(p.Gaps(p.Placed(rets[2], among))[0].Lacks[0].Words), "第4名，共4个；前一名是 5元，相差 1 元"; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

// Of another value the place isn't known: the batch would have to be scored again.
func TestRankIsOfOneValue(t *testing.T) {
	p := compile(t, ranking)
	rets := batch(t, p, "南 5", "南 4")
	placed := p.Placed(rets[0], compare(p, rets)).Clone()
	for field, change := range map[string]returns.Cell{"值": {State: returns.Given, Number: 6}, "市": {State: returns.Given, Text: "北"}} {
		other := placed.Clone()
		other.Fields[field][0] = change
		if res := p.Score(other).Item("2"); res.State != engine.Open || !strings.Contains(text.New("zh").Lines(res.Reason), "重新全批评分") {
			t.Errorf("%s: %s", field, res.State)
		}
	}
	stranger := batch(t, p, "南 7")[0]
	if card := p.ScoreAmong(stranger, compare(p, rets)); card.Item("1").State != engine.Open || card.Others != nil {
		t.Error("a return that isn't in the batch has a place in it")
	}
	if !reflect.DeepEqual(p.ScoreAmong(rets[0], nil), p.Score(rets[0])) {
		t.Error("without a batch it isn't as alone")
	}
}

func TestSharedVetoes(t *testing.T) {
	p := compile(t, ranking)
	zh := text.New("zh")
	tests := []struct {
		name  string
		units []string
		want  []string // the grades, and why the first veto acts or may
	}{
		{"none", []string{"南 5", "南 4"}, []string{"好 ", "好 "}},
		{"one fails, all of its city do", []string{"南 5", "南 4", "南 -1", "北 3"}, []string{
			"差 在丙起作用（市：南）", "差 在丙起作用（市：南）", "差 在本单位起作用，也及于市相同的各单位", "好 "}},
		{"one is open", []string{"南 5", "南", "北 3"}, []string{"差~好 在乙还没有定（市：南）", "差~好 ", "好 "}},
		{"no city", []string{"- 5", "南 4"}, []string{"差~好 市相同的其他单位有没有，全批评分之后才知道", "好 "}},
		// What a veto reads of the places is known in the second round only: 丙 has 4 of 20
		// points, so 甲 with 12 isn't 好.
		{"by places", []string{"南 9", "南 8", "南 7", "南 1", "南 2", "北 20"}, []string{"中 ", "中 ", "中 ", "中 ", "中 ", "好 "}},
	}
	for _, tt := range tests {
		rets := batch(t, p, tt.units...)
		among := compare(p, rets)
		for i, ret := range rets {
			card := p.ScoreAmong(ret, among)
			grade := card.Grade.Lower
			if !card.Grade.Certain() {
				grade += "~" + card.Grade.Upper
			}
			if got := grade + " " + zh.Phrase(card.Vetoes[0].Why); got != tt.want[i] {
				t.Errorf("%s: unit %d: got %s, want %s", tt.name, i, got, tt.want[i])
			}
		}
	}
	alone := p.Score(batch(t, p, "南 5")[0])
	if v := alone.Vetoes[0]; !v.Open || !v.Fired {
		t.Errorf("alone %+v", v)
	}
	if v := p.Score(batch(t, p, "南 -1")[0]).Vetoes[0]; v.Open || !v.Fired {
		t.Errorf("alone and failing %+v", v)
	}
}

// The order of the standings makes no difference, they pass through JSON, and the
// places are those of a plain definition.
func TestAmongProperties(t *testing.T) {
	p := compile(t, ranking)
	rng := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		var units []string
		for range 1 + rng.IntN(12) {
			value := fmt.Sprint(float64(rng.IntN(9)-2) / 10 * 3)
			switch rng.IntN(8) {
			case 0:
				value = ""
			case 1:
				value = "不适用"
			}
			units = append(units, []string{"南", "北", "中"}[rng.IntN(3)]+" "+value)
		}
		rets := batch(t, p, units...)
		var all, first []engine.Standing
		for _, r := range rets {
			first = append(first, p.Standing(r))
		}
		among := p.Among(first)
		for _, r := range rets {
			all = append(all, p.Standing(p.Placed(r, among)))
		}
		one := p.Among(all)
		other := append([]engine.Standing(nil), carry(t, all)...)
		rng.Shuffle(len(other), func(i, j int) { other[i], other[j] = other[j], other[i] })
		two := p.Among(other)
		for i, r := range rets {
			card := p.ScoreAmong(r, one)
			if got := asJSON(t, p.ScoreAmong(r, two)); got != asJSON(t, card) {
				t.Fatalf("%v: another order gives another card\n%s\n%s", units, got, asJSON(t, card))
			}
			for _, place := range card.Others.Places {
				if want := plainPlace(first, i, place.Item, place.Item == "2"); place.Place != want {
					t.Errorf("%v: unit %d has place %d in %s, want %d", units, i, place.Place, place.Item, want)
				}
			}
			if again := p.Score(p.Placed(r, one)); asJSON(t, again) != asJSON(t, card) || again.Hash() != card.Hash() {
				t.Error("scored again it is another card")
			}
		}
	}
}

func carry(t *testing.T, all []engine.Standing) []engine.Standing {
	t.Helper()
	data, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	var out []engine.Standing
	if err := json.Unmarshal(data, &out); err != nil || !reflect.DeepEqual(out, all) {
		t.Fatal("standings don't pass through JSON", err)
	}
	return out
}

// plainPlace counts who is better.
func plainPlace(all []engine.Standing, of int, item string, low bool) int {
	at := sort.Search(len(all[of].Items), func(i int) bool { return all[of].Items[i].Item >= item })
	own, place := all[of].Items[at], 1
	for _, s := range all {
		c := s.Items[at]
		if better := decimal.Compare(c.Value, own.Value); c.State == "known" && c.Group == own.Group && better != 0 && (better < 0) == low {
			place++
		}
	}
	return place
}

// Many goroutines ask one Among.
func TestAmongConcurrently(t *testing.T) {
	p := compile(t, ranking)
	rets := batch(t, p, "南 5", "北 4", "南 3", "北 3", "南")
	among := compare(p, rets)
	var want []string
	for _, r := range rets {
		want = append(want, asJSON(t, p.ScoreAmong(r, among)))
	}
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 20 {
				k := (g + i) % len(rets)
				if asJSON(t, p.ScoreAmong(rets[k], among)) != want[k] {
					t.Error("in company it is another card")
				}
			}
		})
	}
	wg.Wait()
}

func TestComparesOnlyWhereWritten(t *testing.T) {
	for _, tt := range []struct {
		body   string
		rounds int
	}{
		{oneItem + "    pass: 甲 >= 3", 0},
		{oneItem + "    rank: {of: 甲, points: [10]}", 1},
		{oneItem + "    pass: 甲 >= 3\nveto: [{title: 一, when: unmet > 0, within: 名, grade: 差}]\ngrades: [{grade: 好, when: unmet == 0}, {grade: 差}]", 1},
		{oneItem + "    rank: {of: 甲, points: [10]}\nveto: [{title: 一, when: 甲 < 0, within: 名, grade: 差}]\ngrades: [{grade: 好, when: unmet == 0}, {grade: 差}]", 1},
		{oneItem + "    rank: {of: 甲, points: [10]}\nveto: [{title: 一, when: points(\"1\") < 5, within: 名, grade: 差}]\ngrades: [{grade: 好, when: unmet == 0}, {grade: 差}]", 2},
	} {
		if p := compile(t, tt.body); p.Rounds() != tt.rounds || p.Compares() != (tt.rounds > 0) {
			t.Errorf("%d rounds, want %d: %s", p.Rounds(), tt.rounds, tt.body)
		}
	}
}

// The standings of another rubric are left out, whatever they hold.
func TestAmongOfOthers(t *testing.T) {
	p := compile(t, ranking)
	rets := batch(t, p, "南 5")
	all := []engine.Standing{p.Standing(rets[0]), {}, {Name: "乙", Items: []engine.Compared{{Item: "9", State: "known"}}}}
	if got := p.ScoreAmong(rets[0], p.Among(all)).Others.PlaceIn("1"); got.Of != 1 {
		t.Errorf("%+v", got)
	}
}

func BenchmarkStanding(b *testing.B) {
	p := compile(b, ranking)
	ret := batch(b, p, "南 5")[0]
	for b.Loop() {
		p.Standing(ret)
	}
}

func BenchmarkAmong(b *testing.B) {
	p := compile(b, ranking)
	ret := batch(b, p, "南 5")[0]
	var all []engine.Standing
	for i := range 2900 {
		ret.Name, ret.Fields["值"][0].Number = fmt.Sprint(i), float64(i%700)
		all = append(all, p.Standing(ret))
	}
	for b.Loop() {
		p.Among(all)
	}
}

func BenchmarkScoreAmong(b *testing.B) {
	p := compile(b, ranking)
	rets := batch(b, p, "南 5", "北 4", "南 3")
	among := compare(p, rets)
	b.Run("alone", func(b *testing.B) {
		for b.Loop() {
			p.Score(rets[0])
		}
	})
	b.Run("among", func(b *testing.B) {
		for b.Loop() {
			p.ScoreAmong(rets[0], among)
		}
	})
}
