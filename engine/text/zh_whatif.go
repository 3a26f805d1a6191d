package text

// zhWhatif are the words of dudao whatif.
var zhWhatif = map[string]string{
	"Shows the score if figures were others, and what would be enough": "试算：换几个数得多少分，改多少才够",
	`Scores a return once more with other values and shows the result beside the real
one. Nothing is written, the return stays as it is.

--set NAME=VALUE puts in a value, typed as on the form (8.3861亿元); it may be given
several times. No value behind = clears the cell. A NAME is one of:

  支出            a single value; 支出.上年, 支出.前2年: years before
  各镇[甲].支出   a value in a row: TABLE[ROW].COLUMN; several keys are joined by ·
  7               how item 7 is judged: its level or its points
  9.未报告        a fact of item 9
  .弄虚作假       a fact of the whole rubric, such as a veto: a dot before it

A value and an item may have the same name: then the value is meant, and the judgement
is NAME.level or NAME.points.

Without --set it lists what is still to be gained: for each item the smallest change of
one value that takes it to its next band, first the one that gives the most points for
its size. --reach finds changes with which a grade or so many points would be reached,
none of which can be left out. It is one way of many. All changes are made and scored;
they keep to what the rubric allows for a field. Figures are to be reported as they are:
this shows how far it is, it is no instruction to change figures.`: `换上别的数再评一次分，与现在的得分对照。不写任何文件，填报数据不变。

--set 名=值 换上一个值，写法同填报表（如 8.3861亿元）；可以写几次。= 后面不写就是清空。名有这几种：

  教育支出                     单个数据；教育支出.上年、教育支出.前2年 是以前年度的
  各学段[幼儿园].生均教育支出  表里的一格：表[行].列；几个主键用 · 连
  7                            第 7 项的评定：等次或得分
  9.未向人大报告               第 9 项里的事实
  .弄虚作假                    整个细则的事实（如否决）：前面加点

数据和项目同名时，名指数据；评定写成 名.level（等次）或 名.points（得分）。

不写 --set，就列出各项还能争取的分：每项只改一个数、升到上一档的最小改动，按“分值 ÷ 改动幅度”从大到小排。
--reach 找出一组改动，改了就能达到某个等级或分数，少改一处就达不到；办法不止一种。
所列改动都已重新评分核实，不超出细则规定的取值范围。数据要据实填报，这里只看差距，不是让人改数。`,
	`  dudao whatif 填报表.xlsx
  dudao whatif 填报表.xlsx --reach 优秀
  dudao whatif 填报表.xlsx --reach 85 --format json
  dudao whatif 填报表.xlsx --set 9=落实

  What if   9  部分落实 → 落实  ← 评定与事实!C9

  Total     now: 88.45 of 100 points are certain; with what is open, between 88.45 and 93.45
            then: 89.45 of 100 points are certain; with what is open, between 89.45 and 94.45
  Grade     open: from 不合格 to 优秀 (as before)

  Items that come out otherwise  1
    9  两项改革后半篇文章  1 points → 2 points`: `  dudao whatif 填报表.xlsx
  dudao whatif 填报表.xlsx --reach 优秀
  dudao whatif 填报表.xlsx --reach 85 --format json
  dudao whatif 填报表.xlsx --set "各学段[幼儿园].生均教育支出=6600元" --set 一般公共预算教育支出=8.3亿元

  假设      各学段[幼儿园].生均教育支出  6656.7 → 6600 元  ← 各学段!B5；“6600元”按 6600 元 读取
  　并且    一般公共预算教育支出  83861 → 83000 万元  ← 经费!C3；“8.3亿元”按 83000 万元 读取

  总分      现在　已定 80 分（满分 100 分）；待定部分补齐后在 80～100 分之间
            假设　已定 44 分（满分 100 分）；待定部分补齐后在 44～64 分之间
  等级      现在　待定：未落实～落实
            假设　未落实

  有变化的项目  2
    1  一般公共预算教育支出不低于上年  30 分 → 0 分`,
	"put in a value: `NAME=VALUE`; may be given several times": "换上一个值：`名=值`；可以写几次",
	"find changes that reach this `GRADE`, or so many points":  "找出能达到这个`等级或分数`的改动",
	"list everything, also what stays as it is":                "全部列出，不变的也列",
	"score with this `RUBRIC` (id, id@version or file)":        "按这个`细则`评分（标识、标识@版本或文件）",
	"name the return":                           "请写明填报数据",
	"--set and --reach don’t go together":       "--set 和 --reach 不能一起用",
	"first one, then the other":                 "请分两次运行",
	"“%s” is no NAME=VALUE":                     "“%s”不是 名=值 的写法",
	"its grades are: %s":                        "它的等级有：%s",
	"it has no grades; name a number of points": "它不评等级，请写分数",
	"a rubric of letters has no points":         "字母等级的细则不计分",
	"%s has no grade “%s”":                      "%s 没有“%s”这个等级",

	// paths
	"“%s” is set twice":                               "“%s”设了两次",
	"“%s” is no table":                                "“%s”不是表",
	"“%s” is a table":                                 "“%s”是一张表",
	"its formula: %s":                                 "它的公式：%s",
	"“%s” is asked for %s years":                      "“%s”只填 %s 年的数",
	"“%s” names the rows of %s, so it stays as it is": "“%s”是表“%s”的主键，不能改",

	// --set
	"What if":                       "假设",
	"and":                           "　并且",
	"empty":                         "空",
	" (as before)":                  "（不变）",
	"now: %s":                       "现在　%s",
	"then: %s":                      "假设　%s",
	": does not act":                "：不起作用",
	"No item comes out otherwise.":  "各项得分都不变。",
	"Items that come out otherwise": "有变化的项目",
	"value: %s → %s":                "实际值：%s → %s",
	"%s more items stay as they are; --all lists them": "其余 %s 项不变（--all 全部列出）",
	"Data problems that this brings":                   "带来的数据问题",
	"Data problems that this mends":                    "因此消除的数据问题",
	"Nothing was written; the return is as it was.":    "没有写任何文件，填报数据不变。",

	// what is still to be gained
	"Figures: the smallest change of each item, the most points for its size first":                                       "数据：每项升到上一档的最小改动，按“分值 ÷ 改动幅度”从大到小排",
	"Judgements, which are for whoever judges: no figures to change":                                                      "评定：由评定的人据实认定，不是改数据",
	"Not decided while data or judgements are missing":                                                                    "缺数据或待评定，还没有定分",
	"Lost, and no change is known that gives some of it back":                                                             "已失分，没有找到能挽回的改动",
	"Every item has all its points.":                                                                                      "各项都得了满分。",
	"Each change was made and scored, all else as it is. It shows how far it is; figures are to be reported as they are.": "每处改动都单独评分核实过，其他数据不变。这里只看差距，数据要据实填报。",
	"%s points more": "多得 %s 分",

	"; total: %s":                   "；总分 %s",
	"; grade: %s":                   "；等级 %s",
	"%s, these %s rows:":            "%s，这 %s 行：",
	"and %s more; --all lists them": "另有 %s 处（--all 全部列出）",
	"to fill in: %s":                "待填：%s",

	// --reach
	"%s items met":                    "达标 %s 项",
	"Goal":                            "目标",
	"The return reaches it as it is.": "按现在的数据已经达到。",
	"Reached with these %s changes, none of which can be left out:":                     "改这 %s 处就达到，少改一处就达不到：",
	"Reached with this one change:":                                                     "只改这一处就达到：",
	"Not reached: no change is known that gives more.":                                  "达不到：没有找到能提高得分的改动。",
	"Not reached. With all %s changes that were found one gets no farther than “then”:": "达不到。把找到的 %s 处全改了，也只到上面的“假设”：",
	"without them, by figures alone, one gets at most: %s":                              "不改评定、只改数据，最多到：%s",
	"What stands in the way":                                                            "挡在前面的",
	"This is one way of many, found by the points gained for the size of a change. It was scored, also with each change left out.": "办法不止这一种，这是按“分值 ÷ 改动幅度”找出来的一种；已重新评分核实，逐一少改一处也核实过。",
	"It shows how far it is; figures are to be reported as they are. Nothing was written.":                                         "这里只看差距，数据要据实填报。没有写任何文件。",
}
