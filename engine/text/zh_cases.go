package text

// zhCases is the tests of authors: expected and got, coverage, mutants.
var zhCases = map[string]string{
	// coverage
	"no case ends with the grade “%s”":                       "没有用例得到等级“%s”",
	"“%s” holds in no case":                                  "没有用例使“%s”成立",
	"“%s” fails in no case":                                  "没有用例使“%s”不成立",
	"no case decides item %s":                                "没有用例评出第 %s 项",
	"no case is judged “%s” in item %s":                      "没有用例把“%s”作为第 %s 项的评定",
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
}
