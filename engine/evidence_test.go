package engine_test

import "testing"

// Where evidence is required a judgement without any is still open, whatever it says;
// that it doesn’t apply is a judgement, too, and needs it as well. Facts need none.
func TestEvidenceRequired(t *testing.T) {
	for _, c := range []struct {
		required, answer string
		state            string
		points           float64
	}{

		{"true", "{level: 优}", "open", 0},
		{"true", "{level: 优, note: 材料在教育局}", "open", 0},
		{"true", "{level: 优, evidence: []}", "open", 0},
		{"true", "{level: 优, evidence: [台账.pdf]}", "full", 10},
		{"true", "{level: 差, evidence: [台账.pdf]}", "none", 0},
		{"true", "{level: 不适用}", "open", 0},
		{"true", "{evidence: [台账.pdf]}", "open", 0},
		{"false", "{level: 优}", "full", 10},
	} {
		p := compile(t, `items:
  - id: "1"
    title: 项
    points: 10
    evidence_required: `+c.required+`
    judge: [{level: 优, points: 10}, {level: 差, points: 0}]
`)
		card := score(t, p, `judged: {"1": `+c.answer+"}\n")
		res := card.Items[0]
		if got := res.State.String(); got != c.state || res.Points != c.points {
			t.Errorf("required %s, %s: %s with %v points, not %s with %v", c.required, c.answer, got, res.Points, c.state, c.points)
		}
		if open := c.state == "open"; open != (card.Total.Lower != card.Total.Upper) {
			t.Errorf("required %s, %s: the total is between %v and %v", c.required, c.answer, card.Total.Lower, card.Total.Upper)
		}
	}
}
