package returns_test

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"dudao/engine/returns"
	"dudao/engine/text"
)

// A value given twice and differently is an error that names both places, wherever
// it stands on the form; given twice and alike it is fine.
func TestGivenTwice(t *testing.T) {
	tests := []struct{ name, yaml, want string }{
		{"alike", "name: 甲县\nyear: 2024\ndata: {教育支出: [83861, 83752.12], 学校: [{校名: 一小, 学段: 小学, 面积: 20.0}]}", ""},
		{"unit", "name: 乙县", "甲县/填报表.xlsx!封面!B4 文件的单位或年度不一致：这里是 甲县，甲县/return.yaml:3:7 里是 乙县"},
		{"year", "year: 2023", "甲县/填报表.xlsx!封面!B6 文件的单位或年度不一致：这里是 2024，甲县/return.yaml:3:7 里是 2023"},
		{"single value", "data: {教育支出: [83861, 8]}", "甲县/填报表.xlsx!经费!D3 教育支出.上年 给了两次而且不同：这里是“83752.12”，甲县/return.yaml:3:22 里是“8”"},
		{"fixed row", "data: {各学段: {初中: {教师数: 2}}}", "甲县/填报表.xlsx!各学段!D5 各学段[初中].教师数 给了两次而且不同：这里是“200”，甲县/return.yaml:3:24 里是“2”"},
		{"row", "data: {学校: [{校名: 二小, 学段: 小学, 面积: 3}]}", "甲县/填报表.xlsx!学校!E5 学校[二小·小学].面积 给了两次而且不同：这里是“30.5”，甲县/return.yaml:3:34 里是“3”"},
		{"a name that isn't a value", "data: {学校: [{校名: 二小, 学段: 初中, 面积: 3}]}", ""},
		{"judgement", "judged: {\"3\": {level: 差}}", "甲县/填报表.xlsx!评定与事实!C3 3 给了两次而且不同：这里是“优”，甲县/return.yaml:3:23 里是“差”"},
		{"explanation", "judged: {\"3\": {level: 优, note: 没有}}", "甲县/填报表.xlsx!评定与事实!C3 3 的说明给了两次而且不同：这里是“制度健全”，甲县/return.yaml:3:23 里是“没有”"},
		{"explanation alone", "judged: {\"3\": {note: 没有}}", "甲县/填报表.xlsx!评定与事实!C3 3 的说明给了两次而且不同：这里是“制度健全”，甲县/return.yaml:3:22 里是“没有”"},
		{"fact", "judged: {\"\": {发生事故: 是}}", "甲县/填报表.xlsx!评定与事实!C4 发生事故 给了两次而且不同：这里是“否”，甲县/return.yaml:3:21 里是“是”"},
	}
	tr := newTrip(t, "zh")
	var form bytes.Buffer
	tr.must(tr.Write(&form))
	zh := text.New("zh")
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			files := fstest.MapFS{"填报表.xlsx": {Data: form.Bytes()}, "return.yaml": {Data: []byte("rubric: trip\nfrom: [填报表.xlsx]\n" + tt.yaml + "\n")}}
			doc, diags := returns.OpenFolder(files, "甲县", returns.DefaultLimits)
			if diags.HasErrors() {
				t.Fatal(diags)
			}
			_, diags = doc.Read(tr.r)
			var got []string
			for _, d := range diags {
				got = append(got, d.Pos.String()+" "+zh.Sprint(d.Message))
			}
			if said := strings.Join(got, "\n"); said != tt.want {
				t.Errorf("got  %s\nwant %s", said, tt.want)
			}
		})
	}
}
