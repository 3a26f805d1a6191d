package text

// zhCases is the tests of authors: expected and got, coverage, mutants.
var zhCases = map[string]string{
	// coverage
	"no case ends with the grade “%s”":                       "没有用例得到等级“%s”",
	"“%s” holds in no case":                                  "没有用例使“%s”成立",
	"“%s” fails in no case":                                  "没有用例使“%s”不成立",
	"no case decides item %s":                                "没有用例评出第 %s 项",
	"no case is judged “%s” in item %s":                      "没有用例把“%s”作为第 %s 项的评定",
	"no case reaches at_least: %s of item %s":                "没有用例达到 at_least: %s（第 %s 项）",
	"no case stays below at_least: %s of item %s":            "没有用例低于 at_least: %s（第 %s 项）",
	"no case reaches the band from %s of item %s":            "没有用例落在从 %s 起的一档（第 %s 项）",
	"no case stays below the lowest band of item %s":         "没有用例低于第 %s 项的最低一档",
	"no case has no points on the scale of item %s":          "没有用例在第 %s 项的比例上得 0 分",
	"no case lies between %s and %s on the scale of item %s": "没有用例落在 %s 与 %s 之间（第 %s 项）",
	"no case has full points on the scale of item %s":        "没有用例在第 %s 项的比例上得满分",
	"no case is given the points of “%s”":                    "没有用例得到“%s”的分",
	"every case is given the points of “%s”":                 "没有用例得不到“%s”的分",
	"no case loses the points of “%s”":                       "没有用例因“%s”扣分",
	"every case loses the points of “%s”":                    "没有用例不因“%s”扣分",
	"in no case does the veto “%s” act":                      "没有用例使否决“%s”起作用",
	"in every case the veto “%s” acts":                       "没有用例使否决“%s”不起作用",
	"tolerance: is not below 0":                              "tolerance: 不能小于 0",
	"the rubric has no item “%s”":                            "评分细则里没有项目“%s”",
	"the rubric has no check “%s”":                           "评分细则里没有校验“%s”",
	"the rubric has no veto “%s”":                            "评分细则里没有否决“%s”",
	"the rubric has no grade “%s”":                           "评分细则里没有等级“%s”",
	"rate":                                                   "得分率",
	"number of unmet items":                                  "未达标的项数",
	"%s changed into %s: no case notices":                    "把 %s 改成 %s，没有用例发现",

	"[RUBRIC|FILE_test.yaml]...":                "[细则|文件_test.yaml]...",
	"Runs the tests that stand beside a rubric": "运行评分细则旁边的用例",
	`Runs the tests of rubrics: for name.yaml those in name_test.yaml beside it. A
shipped rubric is named by its id; without an argument all shipped rubrics are
tested. --record writes no result but a test case: the data of a return and its
score. --coverage names what no test reaches: items, bands, deductions, vetoes,
grades, and of every comparison the side on which it holds and the one on which it
doesn't. --mutate changes one number or comparison of the rubric at a time and
names the changes that no test notices.

The exit status is 0 if all tests pass, 1 if one fails, a change is not noticed or
less is covered than --min-coverage wants, 2 if a rubric or its tests can't be
read, and 5 if there is nothing to run.`: `运行评分细则的用例：name.yaml 的用例写在旁边的 name_test.yaml 里。
自带的细则写 id；不写时测试全部自带的细则。--record 不运行用例，而是把一份
填报数据和它的得分写成用例。--coverage 列出没有用例测到的地方：项目、分档、
扣分、否决、等级，以及每处比较成立和不成立的两面。--mutate 每次改动细则里的一个数
或一处比较，列出没有用例发现的改动。

退出码：全部通过为 0；有用例不通过、有改动没被发现、覆盖低于 --min-coverage
为 1；细则或用例读不了为 2；没有可运行的用例为 5。`,
	"run only the tests whose name matches this `REGEXP`":      "只运行名称符合这个`正则式`的用例",
	"print the test case that this `RETURN` gives":             "把这份`填报数据`写成用例打印出来",
	"name the changes of the rubric that no test notices":      "逐处改动细则，列出没有用例发现的改动",
	"“%s” is no regular expression":                            "“%s”不是正则式",
	"there is no test":                                         "没有用例",
	"no test has a name that matches “%s”":                     "没有名称符合“%s”的用例",
	"%s of %s tests passed":                                    "通过 %s 个用例，共 %s 个",
	"the tests of name.yaml stand in name_test.yaml beside it": "name.yaml 的用例写在旁边的 name_test.yaml 里",
	"FAILED  %s": "不通过  %s",
	"expected":   "应为",
	"got":        "实为",
	"%s: %s changes tried, each noticed by a test":                                      "%s：改动 %s 处，都有用例发现",
	"%s: %s changes tried, %s not noticed (add a test, or say why not on the line: %s)": "%s：改动 %s 处，%s 处没有用例发现（请补用例，或在那一行注明理由：%s）",
	"--record takes one rubric and one return":                                          "--record 只写一个细则、一份填报数据",
	"--record stands alone: without the other flags of test":                            "--record 不与 test 的其他选项同用",
	"name what no test reaches":                                                         "列出没有用例测到的地方",
	"at least so many `PERCENT` must be covered":                                        "覆盖至少要到`百分之几`",
	"--min-coverage is a percentage from 0 to 100":                                      "--min-coverage 是 0 到 100 的百分数",
	"%s: %s %% covered, %s of %s":                                                       "%s：覆盖 %s%%，共 %[4]s 处，测到 %[3]s 处",
	"%s: no changes are tried while a test fails":                                       "%s：有用例不通过，没有逐处改动",
	"items":      "项目",
	"bands":      "分档",
	"levels":     "评定等级",
	"scales":     "比例",
	"deductions": "扣分",
	"parts":      "要点",
	"vetoes":     "否决",
	"grades":     "等级",
	"conditions": "条件",
}
