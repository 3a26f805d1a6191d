package text

// zhFormat is the formatter.
var zhFormat = map[string]string{
	"this can’t be laid out without changing it, so the file was left alone": "这里改排版就会改变内容，所以文件没有动",
	"write the value on one line, or as a text behind | on lines of its own": "请把值写在一行里，或者用 | 另起行写",

	"FILE|FOLDER...": "文件|文件夹...",
	"Gives rubrics, tests and returns in YAML one layout": "统一细则、用例、填报数据的 YAML 排版",
	`Prints the YAML of rubrics, their tests and returns in one layout: a formula
gets a line of its own, and so does each key in brackets that are too wide.
Comments, blank lines and the text of every value stay as they are. A file with
errors is left alone, and so is one that would not read the same afterwards.

A folder stands for all .yaml and .yml files in it and below; “-” is standard
input.`: `按统一的排版打印细则、用例、填报数据的 YAML：公式单独一行，括号太宽时一行一个键。
注释、空行和每个值的写法不变。文件有错误，或者排版后读出来会不一样，就不动它。

写文件夹时处理其中（含下级）全部 .yaml、.yml 文件；“-”是标准输入。`,
	"name the file to lay out":            "请写出要排版的文件",
	"list the files whose layout differs": "列出排版不一致的文件",
	"show what would change":              "显示要改的行",
	"write the layout into the files":     "把排版写回文件",
	"list the files whose layout differs, and exit with status 1 if there are any": "列出排版不一致的文件，有就以退出码 1 结束",
	"--check changes nothing, so -w can’t stand beside it":                         "--check 只检查、不改文件，不能与 -w 同用",
	"standard input can’t be written to, so -w needs a file":                       "标准输入无法写回，用 -w 时请写文件名",
	"there is no .yaml file in this folder":                                        "这个文件夹里没有 .yaml 文件",
	"the folder can’t be read":                                                     "文件夹无法读取",
	"check that you may write to it and to its folder":                             "请看文件和所在的文件夹是否有写入权限",
}
