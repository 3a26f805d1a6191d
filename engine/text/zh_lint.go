package text

// zhLint is the doubts of lint.
var zhLint = map[string]string{
	// formulas
	"“%s” always holds":                                             "“%s”总是成立",
	"“%s” never holds":                                              "“%s”永远不成立",
	"“%s” is always a whole number":                                 "“%s”只会是整数",
	"“%s” is at most %s":                                            "“%s”最大是 %s",
	"“%s” is at least %s":                                           "“%s”最小是 %s",
	"“%s” lies between %s and %s":                                   "“%s”在 %s 到 %s 之间",
	"check the limit, the unit and min: and max: of the data":       "请核对界限、单位和数据的 min:、max:",
	"leave it out, or write what it depends on":                     "请删去，或者写明取决于什么",
	"“%s” stands on both sides":                                     "两边都是“%s”",
	"one side should be something else":                             "有一边应当是别的",
	"leave one of them out":                                         "请删去一个",
	"a difference is compared with 0":                               "这里拿差与 0 比较",
	"two numbers that are not whole are hardly ever equal":          "两个不是整数的数很难正好相等",
	"compare as far as it matters: %s":                              "相差多少可以不计，就怎样写：%s",
	"“and” is taken before “or”, whatever stands first":             "不论先后，and 都比 or 先算",
	"put it into parentheses: %s":                                   "请加上括号：%s；不是这个意思，就把括号加在别处",
	"“%s” is a fraction such as 0.85, “%s” a percentage such as 85": "“%s”是 0.85 这样的比值，“%s”是 85 这样的百分数",
	"“%s” is in %s, “%s” in %s":                                     "“%s”的单位是%s，“%s”的单位是%s",
	"percentages differ by percentage points, and growth() is in percent: compare like with like": "百分数相减得百分点，growth() 得百分数，两者不能相比",
	"check the units that are declared, and bring both to one":                                    "请核对声明的单位，换算成同一个",
	"the formula gives a fraction such as 0.85, its unit is %s":                                   "公式算出的是 0.85 这样的比值，单位却是 %s",
	"the formula gives %s, its unit is %s":                                                        "公式算出的单位是%s，声明的单位却是%s",
	"“%s” is a percentage, so %s means %s%%":                                                      "“%s”是百分数，%s 就是 %s%%",
	"if %s%% is meant, write %s":                                                                  "如果指 %s%%，请写 %s",
	"“%s” is a fraction such as 0.85, so it is hardly near %s":                                    "“%s”是 0.85 这样的比值，一般到不了 %s",
	"write %s, or the limit as %s":                                                                "请写 %s，或者把界限写成 %s",
}
