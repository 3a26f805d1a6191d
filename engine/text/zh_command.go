package text

// zhCommand are the words of the command line.
var zhCommand = map[string]string{
	"Reason given: %s": "填报单位说明：%s",
	"%s only shares data with rubrics that use it; it has no items": "%s 只供其他细则用 uses 引用数据，没有评分项目",
	"Scores self-assessments of education supervision":              "教育督导自评评分",
	`dudao scores a county's self-assessment against a rubric.

  dudao rubrics                                lists the shipped rubrics
  dudao form funding-no-decrease -o form.xlsx  writes the form to fill in
  dudao check form.xlsx                        lists what is wrong in its data
  dudao score form.xlsx                        scores it and writes the report
  dudao explain form.xlsx 2                    shows how the points of item 2 came to be
  dudao whatif form.xlsx                       shows what is still to be gained
  dudao batch folder -o results                scores all returns in a folder
  dudao verify report.xlsx                     lists what was changed in a report
  dudao lint my-rubric.yaml                    finds errors in a rubric of your own

A file dropped on the program is scored, too.`: `dudao（督导）按评分细则给县级自评评分。

  dudao rubrics                                  列出自带的评分细则
  dudao form funding-no-decrease -o 填报表.xlsx  生成要填的表
  dudao check 填报表.xlsx                        核对数据，列出有问题的单元格
  dudao score 填报表.xlsx                        评分并写出自评报告
  dudao explain 填报表.xlsx 2                    说明第 2 项的得分怎么来的
  dudao whatif 填报表.xlsx                       列出还能争取的分
  dudao batch 上报 -o 结果                       给文件夹里的全部数据评分并汇总
  dudao verify 填报表-自评报告.xlsx              核验自评报告，列出改过的地方
  dudao lint 细则.yaml                           检查自己写的评分细则

把填好的文件拖到程序图标上，也会评分。`,
	"`LANGUAGE` of all messages: zh or en":               "所有提示的`语言`：zh 或 en",
	"print results only, no summary":                     "只写出结果文件，不打印摘要",
	"there is no language “%s”":                          "没有“%s”这种语言",
	"print the version":                                  "显示版本号",
	"print this help":                                    "显示本帮助",
	"“dudao --help” lists the commands":                  "用“dudao --help”查看全部命令",
	"there is no command “%s”, and no file of that name": "没有“%s”这个命令，也没有这个文件",
	"RETURN...":               "填报数据...",
	"RUBRIC...":               "细则...",
	"RUBRIC -o FILE":          "细则 -o 文件",
	"[COMMAND]":               "[命令]",
	" (default: %s)":          "（默认 %s）",
	"Usage:":                  "用法：",
	"command":                 "命令",
	"Also called:":            "别名：",
	"Examples:":               "示例：",
	"Commands:":               "命令：",
	"Flags:":                  "选项：",
	"Flags of every command:": "通用选项：",
	"Explains a command":      "显示一个命令的帮助",
	"Prints the completion script of a shell": "输出命令行补全脚本",
	`Prints the completion script of a shell: bash, zsh, fish or powershell. Once it is
loaded, the Tab key completes commands, flags and the ids of the shipped rubrics.`: `输出命令行补全脚本，shell 是 bash、zsh、fish、powershell 之一。装好以后，按 Tab 键补全命令、
选项和自带细则的标识。`,
	"name a shell: %s":                                      "请写出 shell 的名称：%s",
	"there is no shell “%s” here":                           "不支持“%s”这种 shell",
	"the command line is wrong (in the original words: %s)": "命令行有误（原文：%s）",
	"there is no flag “%s”":                                 "没有“%s”这个选项",
	"the flag “%s” needs a value":                           "选项“%s”后面要写值",
	"“%s” can’t be the value of --%s":                       "“%s”不能作为 --%s 的值",
	"“dudao COMMAND --help” lists the flags of a command":   "用“dudao 命令 --help”查看该命令的选项",
	"“dudao COMMAND --help” shows an example":               "用“dudao 命令 --help”查看示例",
	"Press Enter to close this window.":                     "按回车键关闭窗口。",

	// files
	"standard input can’t be read":                                                    "标准输入无法读取",
	"there is no such file":                                                           "没有这个文件",
	"check the name and the folder you are in":                                        "请核对文件名和所在的文件夹",
	"the file can’t be read":                                                          "文件无法读取",
	"check that it is not open elsewhere and that you may read it":                    "请看它是否被别的程序占用，以及是否有读取权限",
	"this is a folder, not a file":                                                    "这是文件夹，不是文件",
	"the output would replace an input":                                               "输出会覆盖输入文件",
	"name another file with -o":                                                       "请用 -o 指定别的文件名",
	"the file exists and may hold someone’s work, so it is not replaced":              "文件已经存在，可能有人填过或改过，没有覆盖",
	"name another file with -o, or replace it with --force":                           "请用 -o 指定别的文件名；确实要覆盖请加 --force",
	"nothing can be written to this folder":                                           "无法写入这个文件夹",
	"check that it exists and that you may write there, or name another file with -o": "请看文件夹是否存在、是否有写入权限，或者用 -o 指定别处",
	"the file can’t be written":                                                       "文件无法写入",
	"make room on the disk, or name a file on another one with -o":                    "请清理磁盘空间，或用 -o 指定另一个磁盘上的文件",
	"close it in Excel or WPS if it is open there":                                    "如果它正在 Excel 或 WPS 里打开，请先关闭",

	// rubrics
	"version %s of %s is not shipped with this dudao": "本程序没有带版本 %s 的 %s",
	"shipped: %s":             "自带的版本：%s",
	"there is no rubric “%s”": "没有“%s”这个评分细则",
	"“dudao rubrics” lists the shipped rubrics; a file is named with its ending .yaml": "用“dudao rubrics”查看自带的评分细则；文件要带后缀 .yaml",
	`Lists the shipped rubrics: id@version and title, who is scored, how, of how many
points, how many sources are still to be verified, and what it rests on. Other
commands take the id, which is the newest version, or id@version.`: `列出自带的评分细则：标识@版本和名称，评价对象，怎样计分、多少项、满分多少，有几处来源待核，
依据什么文件。别的命令写标识就是最新的版本，也可以写标识@版本。`,
	"Lists the shipped rubrics":                "列出自带的评分细则",
	"this command takes no argument":           "这个命令后面不写别的",
	"scored: %s; points, %s items, %s points":  "评价对象：%s；计分，%s 项，满分 %s 分",
	"scored: %s; met or not, %s items":         "评价对象：%s；达标，%s 项",
	"scored: %s; letters, %s items":            "评价对象：%s；字母等级，%s 项",
	"; the source of all of it to be verified": "；整份来源待核",
	"; %s with a source to be verified":        "；来源待核 %s 处",
	"basis: %s":                                "依据：%s",

	// score
	"Scores returns and writes their reports": "评分并写出自评报告",
	`Scores each return, writes its self-assessment report beside it and prints the
total, the grade, the largest losses and the problems of the data.

A return is a filled form (.xlsx), YAML or JSON, or a folder or zip that holds
return.yaml or CSV tables; “-” is YAML on standard input. A form knows its rubric;
-r scores it with another one. A county below the standard is a result: the exit
status is 0.

The report is a workbook; --format md writes a draft of the report in words instead,
html a web page that needs no network. --format json prints the scorecard, from which
“dudao report” draws every report later; “dudao schema scorecard” describes it.`: `给每份填报数据评分，在旁边写出自评报告，并打印总分、等级、失分最多的项目和数据问题。

填报数据是填好的填报表（.xlsx）、YAML 或 JSON 文件，或者放着 return.yaml 或 CSV 表的
文件夹、zip；“-”表示从标准输入读 YAML。填报表自带评分细则的名称，-r 可以改用别的细则。
未达标也是结果，退出码为 0。

报告是 Excel 工作簿；--format md 改写成文字稿，html 改写成不用联网的网页。
--format json 打印评分结果，以后可用“dudao report”生成各种报告，
格式见“dudao schema scorecard”。`,
	"name the return to score": "请写出要评分的填报数据",
	"score with this `RUBRIC` (id, id@version or file); may be given several times":                                              "改用这个评分`细则`（标识、标识@版本或文件）；可以写多次",
	"write the report to this `FILE`; with several reports, into this folder; “-” is standard output":                            "报告写到这个`文件`；有多份报告时写到这个文件夹；“-”表示标准输出",
	"`FORMAT` of the report: xlsx, md or html; or of what is printed: text, or json (one scorecard a line; with -o into a file)": "报告的`格式`：xlsx、md 或 html；或打印的格式：text 或 json（每份一行；给出 -o 时写到文件）",
	"the `YEAR` of a return that does not say it":                                                                                "填报数据没有写年度时用这个`年度`",
	"the `DATE` shown on a report whose return has none":                                                                         "填报数据没有写日期时报告上用这个`日期`",
	"replace an existing report even if someone has edited it":                                                                   "已有的报告即使有人改过也覆盖",
	"exit with status 3 if data is missing or judgements are open":                                                               "缺数据或有待评定时，退出码为 3",
	"the result can’t be written":                                                                                                "结果无法写出",
	"the return does not say which rubric it is for":                                                                             "填报数据没有写明用哪个评分细则",
	"name one: -r RUBRIC; “dudao rubrics” lists them":                                                                            "请用 -r 指定；“dudao rubrics”列出自带的评分细则",
	"the form was made from another text of %s (%s, here %s)":                                                                    "这份表是按 %s 的另一份文本制作的（校验码 %s，本程序的是 %s）",
	"make a new form, or score it anyway with -r %s":                                                                             "请重新生成填报表；确实要评分请加 -r %s",
	"the return was made for %s and is scored with %s; values are matched by name":                                               "填报数据是按 %s 填的，现按 %s 评分；数据项按名称对应",
	"to score it with the shipped version anyway: -r %s":                                                                         "要用自带的版本评分请加 -r %s",
	"the report can’t be made (in the original words: %s)":                                                                       "报告无法生成（原文：%s）",

	// summary
	"year %s":                   "%s年",
	"Rubric":                    "评分细则",
	"Total":                     "总分",
	"Grade":                     "等级",
	"Report":                    "自评报告",
	"Largest losses":            "失分最多",
	"%s points lost":            "失 %s 分",
	"Not decided yet":           "尚未定分",
	"%s points open":            "%s 分待定",
	"and %s more in the report": "另有 %s 条，见自评报告",
	"Data problems":             "数据问题",
	"none":                      "无",
	"%s of %s points":           "%s 分（满分 %s 分）",
	"%s of %s points are certain; with what is open, between %s and %s": "已定 %s 分（满分 %s 分）；待定部分补齐后在 %s～%s 分之间",
	"open: from %s to %s": "待定：%s～%s",

	// form
	"Writes the form that is filled in for a rubric": "生成评分细则的填报表",
	`Writes the blank form of a rubric as an Excel workbook. The form carries the
rubric's id and version, so “dudao score” needs nothing else. With --fill the
values of a return stand in it already.`: `把评分细则的空白填报表写成 Excel 工作簿。表里带有评分细则的名称和版本，
评分时不用再指定。用 --fill 可以先填入一份已有的数据。`,
	"name the rubric of the form":                            "请写出评分细则",
	"name the file to write: -o FILE":                        "请写明输出文件：-o 填报表.xlsx",
	"write the form to this `FILE`":                          "填报表写到这个`文件`",
	"put in the values of this `RETURN`":                     "填入这份`填报数据`",
	"replace an existing form even if someone has edited it": "已有的填报表即使有人填过也覆盖",
	"the form can’t be made (in the original words: %s)":     "填报表无法生成（原文：%s）",
	"Form": "填报表",

	// check
	"RETURN":                                 "填报数据",
	"Finds problems in the data of a return": "核对填报数据，列出问题",
	`Reads a return and lists what is wrong or doubtful in its data, nothing else: cells
that can’t be understood, figures that are missing or out of bounds, the checks of
the rubric, and figures that look like a slip, such as 元 for 万元 or a copy of last
year. Each comes with its file, sheet and cell and with what to do.

The exit status is 1 if there are errors; warnings alone give 0.`: `只核对填报数据，不评分：列出看不懂的单元格、没有填的和超出范围的数、细则里的
校验、像是填错的数（如元和万元混用、照抄上年）。每条都写明文件、工作表、单元格和
改法。

有错误时退出码为 1；只有警告时为 0。`,
	"name the return to check":                                   "请写出要核对的填报数据",
	"check what this `RUBRIC` asks for (id, id@version or file)": "按这个评分`细则`核对（标识、标识@版本或文件）",
	"Errors":   "错误",
	"Warnings": "警告",
	"Notes":    "提示",

	// lint and test
	"Finds errors and doubts in a rubric": "检查评分细则的错误和可疑之处",
	`Checks rubrics and compiles all their formulas. All findings come in one run,
each with its line, a caret, how to mend it, and its rule in [ ]. Errors must be
mended before the rubric can be used; warnings are doubts: points that can’t be
reached, fields that nothing reads, items without a test in name_test.yaml
beside the rubric. Warnings are looked for once there are no errors.

A warning that is settled is silenced in the rubric, with a reason, on its line
or the line above:

  # lint:ignore unread for comparison only

The exit status is 1 if there are errors; with --strict also if there are
warnings.`: `检查评分细则，编译全部公式。一次列出所有问题，指明行、位置和改法，[ ] 里是规则。
错误不改，细则就不能用；警告是值得再看一眼的地方：得不到的满分、没有用到的字段、
旁边的 name_test.yaml 没有测到的项目等。没有错误时才查警告。

看过认为没有问题的警告，在那一行或上一行写明理由，就不再提示：

  # lint:ignore unread 只作对照

有错误时退出码为 1；加 --strict，有警告也是 1。`,
	"--rules takes no rubric":                              "--rules 后面不写评分细则",
	"warnings count like errors":                           "有警告也算不通过",
	"list the rules instead":                               "列出全部规则",
	"error":                                                "错误",
	"warning":                                              "警告",
	"errors: %s, warnings: %s":                             "错误 %s 个，警告 %s 个",
	"no errors, no warnings":                               "没有发现问题",
	"name the rubric to check":                             "请写出要检查的评分细则",
	"`FORMAT` of what is printed: text or json":            "打印的`格式`：text 或 json",
	"two reports of this run would have the same name":     "这次运行有两份报告会用同一个文件名",
	"score them one after the other, each with its own -o": "请分开评分，各用 -o 指定文件名",
	"Veto":          "否决",
	"not known yet": "尚未确定",
	"Deduction":     "倒扣",
	"Unmet":         "未达标",
	"to score it with a rubric in a file: -r FILE.yaml": "要用文件里的评分细则评分请加 -r 文件.yaml",
	"Below the best letter":                             "未得最高等级",
}
