package text

// zhFiles say why a file from outside isn't read.
var zhFiles = map[string]string{
	"the workbook can’t be read": "工作簿读不出来",
	"the workbook is not what Excel or WPS writes: its part %s holds a text longer than any cell":   "这不是 Excel 或 WPS 保存的工作簿：其中 %s 里有一段文字比任何单元格都长",
	"the workbook is not what Excel or WPS writes: its part %s holds declarations":                  "这不是 Excel 或 WPS 保存的工作簿：其中 %s 里有不该有的声明",
	"the workbook is not what Excel or WPS writes: its part %s is nested too deeply":                "这不是 Excel 或 WPS 保存的工作簿：其中 %s 嵌套过深",
	"the workbook is damaged: its part %s is cut off":                                               "工作簿已损坏：其中 %s 不完整",
	"the workbook is damaged: its part %s is no proper XML":                                         "工作簿已损坏：其中 %s 格式错乱",
	"the workbook is damaged: its part %s is missing":                                               "工作簿已损坏：缺少其中的 %s",
	"the workbook is damaged: its part %s can’t be unpacked":                                        "工作簿已损坏：其中 %s 解压不出来",
	"the workbook is damaged: rows or cells of its part %s are out of order":                        "工作簿已损坏：其中 %s 的行或单元格位置错乱",
	"the workbook is damaged: the texts of its cells are missing":                                   "工作簿已损坏：单元格里的文字丢失了",
	"open it in Excel or WPS, let it repair the file, save it as .xlsx and try again":               "请用 Excel 或 WPS 打开，按提示修复，另存为 .xlsx 后再试",
	"copy the figures into a fresh form, or delete the sheets and columns that do not belong to it": "请把数据复制到一份新的填报表里，或删去与填报无关的工作表和列",
	"the workbook has no sheets":                                                                    "工作簿里没有工作表",
	"the workbook is locked with a password":                                                        "工作簿用密码锁住了",
	"reading the workbook takes too long":                                                           "读取工作簿用时过长",
	"unpacked, the workbook is too large to be a return":                                            "工作簿解压后太大，不会是填报表",
	"the workbook holds too many cells to be a return":                                              "工作簿里有内容的单元格太多，不会是填报表",
	"the workbook holds too many rows to be a return":                                               "工作簿里有内容的行太多，不会是填报表",
	"too many cells of the workbook are merged":                                                     "工作簿里合并的单元格太多",
	"the file is packed from too many files to be a return":                                         "压缩包里的文件太多，不会是填报数据",
	"the value was taken from another workbook, %s, and may be out of date":                         "这个数取自另一个工作簿 %s，可能已经过时",
	"compare it with that workbook, then type the value itself":                                     "请与那个工作簿核对，然后直接填写数值",
}
