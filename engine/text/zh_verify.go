package text

// zhVerify say what was changed in a report.
var zhVerify = map[string]string{
	"REPORT...":                             "自评报告...",
	"name the report to check":              "请写明要核验的自评报告",
	"Finds out what was changed in reports": "核验自评报告：列出写成以后改过的地方",
	`Makes each report again from the scheme and the data that it carries, compares it
cell by cell and lists what was changed since dudao wrote it: data edited, with the
old and the new value and the score that they give; formulas, results, standards,
texts, names, rows and sheets changed. Saving a report in Excel, WPS or LibreOffice
is no change, nor is filling in a cell that dudao left empty, or other colours.

This finds edits by hand. It is no signature: whoever makes a report anew from other
data has one that is sound in itself. With --hash it is compared with the hash that
“dudao score” printed, which the county can pass on by another way.

The exit status is 1 if anything was changed, 2 if a report can’t be checked.`: `按报告里带的评分细则和填报数据把报告重新做一遍，逐格比较，列出写成以后改过的地方：
数据被修改的，给出原来的值、现在的值和重新计算的得分；公式、结果、标准、文字、名称、
行和工作表被改动的，指明位置。用 Excel、WPS、LibreOffice 打开后保存不算改动，
在留空的格里补填、改颜色也不算。

这里查的是手工改动，不是电子签名：用别的数据重新做一份报告，本身也是完好的。
写上 --hash，就与“dudao score”评分时显示的校验码比对；校验码可由县里另行报送。

有改动时退出码为 1，无法核验为 2。`,
	"the `HASH` that was printed when the report was made, at least 12 characters of it": "评分时显示的`校验码`，至少前 12 位",
	"`FORMAT` of what is printed: text, or json (one report a line)":                     "输出`格式`：text，或 json（每份报告一行）",
	"--hash belongs to one report":                                                       "--hash 只能核验一份报告",
	"check the reports one after the other":                                              "请一份一份地核验",
	"“%s” is no hash":                                                                    "“%s”不是校验码",
	"give the 12 or 64 characters that “dudao score” printed":                            "请写“dudao score”显示的 12 位或 64 位校验码",
	"Report of":         "自评报告",
	"Hash":              "校验码",
	"Now":               "按现数据",
	", the shipped one": "，与自带的细则一致",
	", not the text that is shipped under this name":                            "，与自带的同名细则内容不同，被改动",
	", which is not shipped: compare its hash with that of the scheme in force": "，不是自带的细则：请与现行细则的校验码比对",
	", as given": "，与所给的一致",
	", not the hash given: the report was made from other data": "，与所给的不同：报告是用别的数据做的",
	"dudao %s wrote the report, this is %s: only data and results were compared, by their names; formulas, texts and layout can’t be. Check it with dudao %s.": "报告由 dudao %s 写成，现在是 %s：只按名称比对了数据和结果，公式、文字和版面无法比对。请用 dudao %s 核验。",
	"Edited data": "已修改的数据",
	"Changed":     "被改动",
	"Filled in where dudao left cells empty (no change)":             "在留空的格里补填（不算改动）",
	"No change found. This finds edits by hand; it is no signature.": "未发现改动。这里查的是手工改动，不是电子签名。",
	"and %s more; --format json lists all":                           "另有 %s 处，加 --format json 全部列出",
	"was: %s":                                                        "原为：%s",
	"is:  %s":                                                        "现为：%s",
	"(empty)":                                                        "（空）",
	"formula":                                                        "公式",
	"result of a formula":                                            "公式的结果",
	"standard or number":                                             "标准或数字",
	"defined name":                                                   "定义的名称",
	"rows and sheets":                                                "行和工作表",
	"hidden sheet":                                                   "隐藏工作表",
	"text of the report":                                             "报告的文字",

	"the scheme that the report carries can’t be read":                                                                   "报告里带的评分细则读不出来",
	"the data that the report carries can’t be read":                                                                     "报告里带的填报数据读不出来",
	"the hidden sheet %s was edited, or another version of dudao wrote the report; ask for the report as dudao wrote it": "隐藏工作表 %s 被改动过，或者报告由别的版本写成；请要求报送原始的自评报告",
	"this is no report of dudao: a report is an Excel workbook":                                                          "这不是 dudao 的自评报告：自评报告是 Excel 工作簿",
	"this is no report of dudao, or its hidden sheet %s was removed; nothing can be checked":                             "这不是 dudao 的自评报告，或者隐藏工作表 %s 被删掉了，无法核验",
	"ask for the report as dudao wrote it":                                                                               "请要求报送原始的自评报告",
	"this is a form, not a report: there is nothing to check":                                                            "这是填报表，不是自评报告，无需核验",
	"“dudao check” lists what is wrong in its data":                                                                      "“dudao check”可核对其中的数据",
	"the report does not carry its scheme and its data, so nothing can be checked":                                       "报告里没有带评分细则和填报数据，无法核验",
	"an older dudao wrote it, or the hidden sheet %s was edited; ask for the report as dudao wrote it":                   "它由旧版本写成，或者隐藏工作表 %s 被改动过；请要求报送原始的自评报告",
	"what dudao needs to check the report was edited":                                                                    "核验要用的内容被改动",
	"the name of the scheme":           "细则的名称、版本或校验码",
	"row of %s":                        "%s 的一行",
	"the sheet was removed":            "工作表被删除",
	"the sheet was renamed":            "工作表改了名",
	"the sheet was added":              "增加了工作表",
	"a row was removed, it was row %s": "删除了一行（原第 %s 行）",
	"a row was inserted":               "插入了一行",
	"so many rows were moved that the sheet can’t be compared":      "挪动的行太多，这张表无法逐格比较",
	"so many cells differ that columns or rows were probably moved": "不同的格太多，可能挪动过列或行，不逐格列出",
	"filled in": "补填",
}
