//go:build ignore

// Generate writes return.yaml of an invented county. The same seed gives the same
// county; run it by go generate in the folder above.
package main

import (
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"strings"
)

// school is one school of the plan. Its classes are spread over its grades.
type school struct {
	name, kind string
	built      int
	migrants   int    // 随迁子女占比, 0: not given
	classes    [3]int // of 小学, 初中, 普通高中
	size       [3]int // of a class, about
	mixed      int    // 复式班 or 特教班
}

var plan = []school{
	{"示例县第一小学", "小学", 2009, 0, [3]int{54}, [3]int{46}, 0},
	{"示例县第二小学", "小学", 1987, 0, [3]int{48}, [3]int{45}, 0},
	{"示例县第三小学", "小学", 1995, 0, [3]int{36}, [3]int{43}, 0},
	{"示例县新区小学", "小学", 2018, 0, [3]int{30}, [3]int{42}, 0},
	{"示例县实验小学", "小学", 1952, 0, [3]int{36}, [3]int{44}, 0},
	{"城南小学", "小学", 2003, 0, [3]int{30}, [3]int{42}, 0},
	{"城北小学", "小学", 2012, 0, [3]int{24}, [3]int{41}, 0},
	{"东山镇中心小学", "小学", 1978, 0, [3]int{18}, [3]int{39}, 0},
	{"西河镇中心小学", "小学", 1981, 0, [3]int{18}, [3]int{38}, 0},
	{"南桥镇中心小学", "小学", 1980, 0, [3]int{24}, [3]int{40}, 0},
	{"北塘镇中心小学", "小学", 1976, 0, [3]int{12}, [3]int{37}, 0},
	{"青石镇中心小学", "小学", 1983, 0, [3]int{12}, [3]int{36}, 0},
	{"白沙镇中心小学", "小学", 1979, 0, [3]int{18}, [3]int{38}, 0},
	{"柳林镇中心小学", "小学", 1985, 0, [3]int{12}, [3]int{35}, 0},
	{"石桥乡中心小学", "小学", 1982, 0, [3]int{12}, [3]int{33}, 0},
	{"东山镇上湾小学", "小学", 1974, 0, [3]int{6}, [3]int{24}, 0},
	{"西河镇下湾小学", "小学", 1975, 0, [3]int{6}, [3]int{22}, 0},
	{"南桥镇张村小学", "小学", 1972, 0, [3]int{6}, [3]int{26}, 0},
	{"白沙镇李村小学", "小学", 1971, 0, [3]int{6}, [3]int{21}, 0},
	{"青石镇王村小学", "小学", 1973, 0, [3]int{6}, [3]int{19}, 0},
	{"东山镇高坡教学点", "教学点", 1970, 0, [3]int{2}, [3]int{9}, 1},
	{"北塘镇水口教学点", "教学点", 1969, 0, [3]int{1}, [3]int{8}, 1},
	{"柳林镇竹园教学点", "教学点", 1968, 0, [3]int{2}, [3]int{7}, 1},
	{"石桥乡岭上教学点", "教学点", 1972, 0, [3]int{}, [3]int{}, 2},
	{"石桥乡大坪教学点", "教学点", 1966, 0, [3]int{1}, [3]int{10}, 1},
	{"示例县第一初级中学", "初中", 2016, 31, [3]int{0, 42}, [3]int{0, 50}, 0},
	{"示例县第二初级中学", "初中", 1993, 0, [3]int{0, 36}, [3]int{0, 49}, 0},
	{"示例县新区初级中学", "初中", 2019, 0, [3]int{0, 30}, [3]int{0, 47}, 0},
	{"东山镇初级中学", "初中", 1984, 0, [3]int{0, 15}, [3]int{0, 44}, 0},
	{"西河镇初级中学", "初中", 1986, 0, [3]int{0, 12}, [3]int{0, 42}, 0},
	{"南桥镇初级中学", "初中", 1985, 0, [3]int{0, 18}, [3]int{0, 45}, 0},
	{"白沙镇初级中学", "初中", 1988, 0, [3]int{0, 12}, [3]int{0, 41}, 0},
	{"开发区学校", "九年一贯制", 2014, 56, [3]int{36, 24}, [3]int{45, 48}, 0},
	{"青石镇学校", "九年一贯制", 2001, 0, [3]int{12, 12}, [3]int{36, 41}, 0},
	{"石桥乡学校", "九年一贯制", 1999, 0, [3]int{6, 6}, [3]int{30, 36}, 0},
	{"示例县第二中学", "完全中学", 1960, 0, [3]int{0, 24, 30}, [3]int{0, 49, 51}, 0},
	{"示例县第一中学", "普通高中", 1938, 0, [3]int{0, 0, 78}, [3]int{0, 0, 53}, 0},
	{"示例县第三中学", "普通高中", 1974, 0, [3]int{0, 0, 42}, [3]int{0, 0, 50}, 0},
	{"示例县新区高级中学", "普通高中", 2021, 0, [3]int{0, 0, 48}, [3]int{0, 0, 49}, 0},
	{"示例县特殊教育学校", "特殊教育", 1996, 0, [3]int{}, [3]int{}, 9},
}

// large are the classes over 55; no other class is.
var large = map[string]int{
	"示例县第一小学 一年级3班": 57, "示例县第一小学 三年级2班": 58, "示例县第一小学 五年级6班": 67,
	"示例县第二小学 二年级4班": 56, "示例县实验小学 六年级1班": 59,
	"示例县第一初级中学 七年级9班": 60, "示例县第一初级中学 九年级2班": 62, "示例县第一初级中学 九年级5班": 56,
	"示例县第一中学 高二3班": 56, "示例县第一中学 高二11班": 58, "示例县第一中学 高三7班": 61, "示例县第一中学 高三20班": 57,
}

var levels = []struct {
	name   string
	grades []string
}{
	{"小学", []string{"一年级", "二年级", "三年级", "四年级", "五年级", "六年级"}},
	{"初中", []string{"七年级", "八年级", "九年级"}},
	{"普通高中", []string{"高一", "高二", "高三"}},
}

const head = `# 虚构的县：学校、班级、人数都由 generate.go 生成，与任何真实的县无关。
# 由 go generate 生成，不要手改。
rubric: class-size@2021.1
name: 示例县（虚构）
year: 2023
period: 2023年9月
data:
`

func main() {
	source := rand.NewPCG(2023, 9)
	// Straight from the source, which is the same in every version of Go.
	below := func(n int) int { return int(source.Uint64() % uint64(n)) }
	var schools, high, classes strings.Builder
	for _, s := range plan {
		total := map[string]int{} // by level
		class := func(name, level, grade, kind string, size int) {
			if n := large[s.name+" "+name]; n > 0 {
				size = n
			}
			of := s.name
			if of == "南桥镇中心小学" && name == "四年级2班" {
				of = "南桥中心小学" // on purpose: another name of the school
			}
			fmt.Fprintf(&classes, "    - {所在学校: %s, 班级名称: %s, 学段: %s, 年级: %s, 班型: %s, 学生数: %d}\n", of, name, level, grade, kind, size)
			total[level] += size
		}
		for l, level := range levels {
			n := len(level.grades)
			for g, grade := range level.grades {
				for k := range (s.classes[l] + n - 1 - g) / n {
					class(fmt.Sprintf("%s%d班", grade, k+1), level.name, grade, "行政班", min(s.size[l]+below(4)+below(4)-3, 55))
				}
			}
		}
		for k := range s.mixed {
			if s.kind == "特殊教育" {
				class(fmt.Sprintf("特教%d班", k+1), "小学", "不适用", "特教班", 7+below(5))
			} else {
				class(fmt.Sprintf("复式%d班", k+1), "小学", "不适用", "复式班", 6+below(8))
			}
		}
		if s.name == "西河镇初级中学" {
			total["初中"] += 27 // on purpose: the school says more than its classes have
		}
		for _, level := range levels {
			pupils := total[level.name]
			switch {
			case pupils == 0:
			case level.name == "普通高中":
				fmt.Fprintf(&high, "    - {学校名称: %s, 建校年份: %d, 在校生数: %d}\n", s.name, s.built, pupils)
			default:
				fmt.Fprintf(&schools, "    - {学校名称: %s, 学段: %s, 办学类型: %s, 建校年份: %d, 在校生数: %d", s.name, level.name, s.kind, s.built, pupils)
				if s.migrants > 0 {
					fmt.Fprintf(&schools, ", 随迁子女占比: %d", s.migrants)
				}
				schools.WriteString("}\n")
			}
		}
	}
	text := head + "  学校:\n" + schools.String() + "  高中学校:\n" + high.String() + "  班级:\n" + classes.String()
	if err := os.WriteFile("class-size/return.yaml", []byte(text), 0o644); err != nil {
		log.Fatal(err)
	}
}
