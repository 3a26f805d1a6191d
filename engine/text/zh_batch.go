package text

// zhBatch is what is said of many returns at once.
var zhBatch = map[string]string{
	// What is in the folder.
	"it can’t be read":                                                          "无法读取",
	"it holds the results of a batch":                                           "里面是批量评分的结果",
	"it only says that the workbook is open in Excel or WPS":                    "只是 Excel 或 WPS 打开工作簿时留下的标记",
	"it is neither a workbook nor another form of a return":                     "既不是工作簿，也不是填报数据的其他形式",
	"it is a report or a summary that dudao wrote":                              "是 dudao 生成的自评报告或汇总",
	"there is no such folder":                                                   "没有这个文件夹",
	"there is no return in the folder":                                          "文件夹里没有填报数据",
	"a return is a workbook, or a folder or zip with return.yaml or CSV tables": "填报数据是工作簿，或直接放着 return.yaml、CSV 表的文件夹或 zip",
	"reports that dudao wrote are not scored again: put the returns there":      "dudao 生成的报告不再评分；请放入填报数据",
	"the returns do not say which rubric they are for":                          "各份填报数据都没有写明用哪份评分细则",

	// What keeps a return from being scored, or makes it doubtful.
	"the return was made for %s, not for %s":                   "这份数据是按 %s 填报的，不是按 %s",
	"score it by itself, or all with one rubric: -r %s":        "请单独评分，或用 -r %s 让全部数据按同一细则评分",
	"%s is also reported in %s":                                "%s 在 %s 里也有一份填报数据",
	"take one of them out of the folder":                       "请从文件夹中取出其中一份",
	"line %s is no result of a batch":                          "第 %s 行不是批量评分的结果",
	"name the folder that “dudao batch” wrote, as it wrote it": "请指定 dudao batch 写出的文件夹，不要改动其中的文件",

	// The command.
	"FOLDER": "文件夹",
	"OUT":    "结果文件夹",
	"NUMBER": "种子数",
	"Scores all returns in a folder and compares them": "给文件夹里的全部填报数据评分并汇总",
	`Scores every return under a folder: each workbook, YAML or JSON file, and each folder
or zip that directly holds return.yaml or CSV tables. Into OUT it writes

  汇总.xlsx       the summary: ranking, items, grades, vetoes, data problems
  results.csv     one line a return, for Excel and WPS
  results.jsonl   the same for programs, with all reasons
  run.log         what was read and what came of it, for sha256sum -c
  报告/           the report of each unit

What can’t be scored is listed with file, sheet, cell and reason, and stops nothing;
the exit status is 4 then. Ctrl-C leaves what is finished; --resume goes on from
there, and after changes scores only what changed. All returns are scored with one
rubric: that of -r, or the one that most of the first returns name.

Tables (CSV, or one workbook instead of the folder) in which a column says whose each
row is, such as 县 or 行政区划代码, are a return for each unit; they need -r. --review
puts an inspector’s values and points in place of the units’ own, --last compares with
last year’s results, and --group ranks the units also within their city or category.`: `给文件夹下的每一份填报数据评分：每个工作簿、YAML 或 JSON 文件，以及每个直接放着
return.yaml 或 CSV 表的文件夹或 zip。结果写入 -o 指定的文件夹：

  汇总.xlsx       汇总：排名、各项得分、等级分布、否决、数据问题
  results.csv     每份数据一行，用 Excel、WPS 打开
  results.jsonl   同样的内容，供程序读取，含全部理由
  run.log         读了哪些文件、结果如何，可用 sha256sum -c 核对
  报告/           各单位的自评报告

不能评分的，列出文件、工作表、单元格和原因，不影响其余，此时退出码为 4。按 Ctrl-C 停止，
已完成的保留；加 --resume 接着做，数据改动后也只重评改动的。全部数据按同一份评分细则评分：
用 -r 指定，或取前几份数据中多数写明的那一份。

表里有一栏写明每行属于哪个单位（如“县”“行政区划代码”）的 CSV 表，或用来代替文件夹的
一个工作簿，按单位拆成多份填报数据，这时要写 -r。--review 用核查人员核定的数据和得分
代替自报的，--last 与上年的结果比较，--group 另在各市州或类别之内排名。`,
	"name the folder with the returns":                                                            "请写出放填报数据的文件夹",
	"score with this `RUBRIC` (id, id@version or file) whatever the returns name":                 "不论数据写明哪份，都用这个评分`细则`（标识、标识@版本或文件）",
	"write all results into this `FOLDER`":                                                        "结果写入这个`文件夹`",
	"`FORMAT` of the reports: xlsx, md, html, json (the scorecards), or none to write no reports": "自评报告的`格式`：xlsx、md、html、json（评分结果），或 none 不写报告",
	"the `YEAR` of returns that do not say it":                                                    "没有写年度的填报数据按这个`年度`",
	"the `DATE` shown on reports whose return has none":                                           "没有写日期的，报告上用这个`日期`",
	"score so many returns at once (`N`); without it as many as there are processors":             "同时评`几份`；不写则与处理器个数相同",
	"keep results that are there from before and would come out the same":                         "上次的结果若不会变，就沿用",
	"name the folder for the results: -o FOLDER":                                                  "请用 -o 指定存放结果的文件夹",
	"--jobs is a number from 1":                                                                   "--jobs 要写 1 以上的数",
	"the folder for the results can’t be made":                                                    "无法建立存放结果的文件夹",
	"check the name, and that you may write there":                                                "请检查名称，以及是否有写入权限",
	"results of this run are missing in the file: another program has changed it":                 "文件里缺少本次的结果：它被别的程序改动过",
	"or score all again, without --resume":                                                        "或者去掉 --resume，全部重新评分",
	"start the same command again":                                                                "请把同一命令再运行一遍",
	"the results can’t be written":                                                                "结果无法写入",
	"stopped: %s of %s returns are scored, and their reports are whole":                           "已停止：%[2]s 份中已评分 %[1]s 份，它们的报告是完整的",
	"the same command with --resume goes on from there":                                           "同一命令加上 --resume 可接着做",

	"compare with last year’s results, in this `FOLDER`": "与这个`文件夹`里上年的结果比较",
	"this folder holds no results of a batch":            "这个文件夹里没有批量评分的结果",

	// Year on year.
	"was not in last year’s batch":                    "上年没有这个单位",
	"was in last year’s batch and is not in this one": "上年有这个单位，今年没有",
	"data":                                   "数据",
	"judgement":                              "评定",
	"rubric":                                 "细则",
	"not known":                              "不明",
	"there is no final result of both years": "两年的结果没有都定下来",
	"last year’s report is gone, or its points were not final with this year’s rubric": "上年的报告已不在，或按今年的细则尚不能定分",
	"by the rubric %s, by the judgements %s, by the data %s points":                    "细则变化 %s 分，评定变化 %s 分，数据变化 %s 分",

	// Doubts across units.
	"the same figures": "数据雷同",
	"all %s figures of “%s” are the same in %s units": "“%[2]s”的全部 %[1]s 个数在 %[3]s 个单位里完全相同",
	"on a threshold":       "恰在界限上",
	"close to a threshold": "紧贴界限",
	"%s of %s units reach the target of item %s by at most %s %%, and %s miss it by as little": "%[2]s 个单位中有 %[1]s 个达到第 %[3]s 项目标且超出不到 %[4]s%%，差得这么少的有 %[5]s 个",
	"jump against last year": "与上年相差悬殊",
	"%s, and %s in last year’s batch: about %s times apart; check the unit": "%s，上年批量结果里是 %s，相差约 %s 倍；请核对单位",
	"as last year":           "与上年相同",
	"totals that contradict": "合计不符",
	"far from the others":    "偏离其他单位",
	"%s; the median of %s units is %s, their median deviation %s (modified z-score %s)": "%s；%s 个单位的中位数是 %s，离差中位数 %s（修正 z 值 %s）",

	"rank and average the units also by this `VALUE` of theirs, such as their city": "另按各单位的这个`字段`（如所属市州）分组排名和求平均",
	"--group names a single value that every unit fills in, such as its city":       "--group 要写各单位都填的一个值，如所属市州",
	"Total by its own data": "引擎按自报数据的总分",
	"Credibility":           "自评可信度",

	// What it prints.
	"Scoring":                "评分",
	"returns":                "份",
	"Scored":                 "已评分",
	"%s of %s returns":       "%s 份，共 %s 份",
	"Kept":                   "沿用",
	"%s results from before": "上次的 %s 份结果",
	"not final":              "未定",
	"not scored":             "未评分",
	"%s: not scored":         "%s：未评分",
	"Results":                "结果",
	"Passed over":            "未当作填报数据",
	"Reports not written":    "报告未写",

	// results.csv and run.log.
	"; ":                                     "；",
	"Name of the unit":                       "单位名称",
	"At least":                               "下限",
	"At most":                                "上限",
	"Out of":                                 "满分",
	"Rate (%%)":                              "得分率（%%）",
	"Errors in the data":                     "数据错误",
	"Why not scored":                         "未评分原因",
	"final":                                  "已定",
	"dudao %s, rubric %s, hash %s":           "dudao %s，评分细则 %s，校验码 %s",
	"Year of returns that do not say it: %s": "未写明年度的数据按 %s 年",
	"Read besides the returns: %s, SHA-256 %s": "另外读取：%s，SHA-256 %s",
	"%s: %s, hash %s":                          "%s：%s，校验码 %s",
	"%s: passed over, %s":                      "%s：未当作填报数据，%s",
}

// zhSample is what is said of samples.
var zhSample = map[string]string{
	"Draws schools to visit from the results of a batch": "从批量评分的结果里抽取要走访的学校",
	`Draws rows to be visited, such as schools, from the returns that the reports of a
batch carry. At least half of them are rows with doubts, if there are so many: rows
that fail an item, and all rows of a unit whose figures stand out in the batch. Both
parts are divided among the levels as their rows are. The same results, seed and
number give the same list.`: `从各单位自评报告所带的填报数据里抽取要走访的行，例如学校。至少一半抽自有疑点的行
（不够则全取）：没有达到某项要求的行，以及数据在全批中显得异常的单位的全部行。两部分
各按学段等类别的行数比例分配。结果、种子数和份数相同，名单就相同。`,
	"name the folder with the results of a batch":                                               "请写出存放批量评分结果的文件夹",
	"give a seed, which is kept with the list: --seed 20261126":                                 "请给出种子数，并与名单一起保存：--seed 20261126",
	"how many to draw (`N`)":                                                                    "抽取`几行`",
	"the `NUMBER` that chance begins with; announced beforehand, anyone can draw the same list": "随机抽取的`种子数`；事先公布，谁都能照样抽出同一份名单",
	"draw rows of this `TABLE`; without it the first one whose rows are judged one by one":      "从这张`表`里抽；不写则取第一张逐行评定的表",
	"divide by this `COLUMN` of the table; without it the first one with a choice":              "按这一`栏`分类；不写则取第一个有选项的栏",
	"the `RUBRIC` of the batch, if it is a file":                                                "批量评分所用的评分`细则`，是文件时才要写",
	"write the list to this `FILE` (.csv)":                                                      "名单写入这个`文件`（.csv）",
	"replace an existing list":                                                                  "覆盖已有的名单",
	"-n is a number from 1":                                                                     "-n 要写 1 以上的数",
	"no report here carries rows of %s":                                                         "这里没有一份报告带着“%s”的数据",
	"“dudao batch” writes reports that do, as .xlsx":                                            "请用 dudao batch 写出 .xlsx 报告",
	"the rubric %s has no table with rows of its own to draw from":                              "评分细则 %s 没有可抽取的逐行填报的表",
	"there is no table “%s” whose rows can be drawn":                                            "没有可以抽取的表“%s”",
	"the table %s has no column “%s”":                                                           "表“%s”没有“%s”这一栏",
	"item %s not met":                                                                           "第 %s 项未达标",
	"Why it should be looked at":                                                                "疑点",
	"Seed":                                                                                      "种子数",
	"Drawn":                                                                                     "抽取",
	"%s of %s rows of %s":                                                                       "%[3]s %[2]s 行中的 %[1]s 行",
	"with doubts":                                                                               "有疑点",
	"without doubts":                                                                            "无疑点",
	"Stratum":                                                                                   "分层",
	"%s of %s":                                                                                  "%s / %s",
	"Left out":                                                                                  "未计入",
	"%s units whose report is not there or carries no data: %s":                                 "%s 个单位没有报告或报告不带数据：%s",
	"List": "名单",
}
