package text

// zhForms are the words of the scorecard as JSON and of the reports that aren't
// workbooks.
var zhForms = map[string]string{
	"this is no scorecard in JSON (in the original words: %s)":                                  "这不是 JSON 格式的评分结果（原文：%s）",
	"this is no scorecard in JSON: it does not say “format”":                                    "这不是 JSON 格式的评分结果：里面没有 format",
	"the scorecard is of the format %s, this dudao reads %s":                                    "评分结果的格式是 %s，本程序读取的格式是 %s",
	"draw the report with dudao %s":                                                             "请用 dudao %s 生成报告",
	"the file holds more than one scorecard":                                                    "文件里不止一份评分结果",
	"put each line into a file of its own":                                                      "请把每一行各存为一个文件",
	"the data in the scorecard were changed after it was written: their hash is %s, it says %s": "评分结果里的数据在写出之后被改动过：现在的数据校验码是 %s，文件里写的是 %s",
	"“dudao score RETURN --format json” writes a scorecard":                                     "用“dudao score 填报数据 --format json”写出评分结果",
	"the scorecard was made with another text of %s (%s, here %s)":                              "评分结果出自 %s 的另一个文本（%s，这里是 %s）",
	"name the rubric it was made with: -r FILE.yaml; or score the return again":                 "请用 -r 文件.yaml 指明当时所用的评分细则，或者重新评分",
	"the values in the scorecard don’t fit its rubric (in the original words: %s)":              "评分结果里的数据与评分细则对不上（原文：%s）",
	"score the return again":                                                                    "请对填报数据重新评分",
	"the texts of the scorecard are not what its data give":                                     "评分结果里的说明文字与数据得出的不一致",
	"the items of the scorecard are not those of its rubric":                                    "评分结果里的项目与评分细则不一致",
	"what the scorecard says of item %s is not what its data give":                              "评分结果里第 %s 项的结果与数据得出的不一致",
	"what the scorecard says of “%s” is not what its data give":                                 "评分结果里“%s”的结果与数据得出的不一致",
	"the total or the grade in the scorecard is not what its data give":                         "评分结果里的总分或等级与数据得出的不一致",
}
