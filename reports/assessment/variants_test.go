package assessment

// twoLevels has everything the small rubric of the example has not: two levels
// of sections, an item outside them, deductions with facts to answer, bands,
// conditions, long titles, choices, defaults, an unverified section.
const twoLevels = `
id: two-levels
title: 某省县级人民政府履行教育职责督导评价指标体系与评分细则（试行）
version: "2025.1"
scored: 县(市、区)
basis: [某政教督〔2025〕1号, 某政办发〔2024〕12号]
round: 1
params: {巩固率目标: 95}
data:
  基本情况:
    note: 取学年初报表。
    fields:
      九年义务教育巩固率: {type: percent, years: 3, min: 0, max: 100, source: 教育事业统计报表, note: 按四年前小学入学人数计算；转入、转出人数应当分别登记在册，死亡的从分母中扣除。}
      小学在校学生数: {type: whole, unit: 人, min: 0}
      专任教师数: {type: whole, unit: 人, min: 0}
      生师比: {formula: "ratio(小学在校学生数, 专任教师数)", enterable: true, digits: 1}
      有特殊教育学校: {type: yesno}
      办学类型: {choice: [城区, 农村], optional: true}
      超大班额数: {type: whole, unit: 个, default: 0}
      心理教师数: {type: whole, unit: 人}
  乡镇:
    key: 名称
    rows: [城关镇, 河东乡, 河西乡, 石板镇, 龙门镇, 青居镇, 长乐镇, 东观镇, 胜观镇, 阙家镇]
    columns:
      学生数: {unit: 人, type: whole}
      教师数: {unit: 人, type: whole}
      师生比: {formula: "ratio(学生数, 教师数)"}
items:
  - title: 一、统筹推进义务教育优质均衡发展和城乡一体化
    unverified: true
    basis: [某发〔2023〕8号]
    items:
      - title: （一）控辍保学
        points: 20
        items:
          - id: "1.1"
            title: 九年义务教育巩固率
            points: 10
            value: 九年义务教育巩固率
            unit: "%"
            bands: [{from: 98, points: 10}, {from: 95, points: 8}, {from: 90, points: 5}]
            evidence: [学籍系统导出的巩固率统计表, 县级控辍保学工作台账, 劝返复学记录]
          - id: "1.2"
            title: 巩固率比上年
            points: 10
            deduct: [{take: 1, times: 巩固率目标 - 九年义务教育巩固率, started: up, for: 每低1个百分点}]
      - title: （二）师资配置
        items:
          - id: "1.3"
            title: 小学生师比不高于规定标准，且逐年改善；县域内教师编制统筹使用，向农村、边远地区和小规模学校倾斜，音体美和信息技术教师配备齐全
            points: 10
            pass: 生师比 <= 19
            note: 规定标准见中央编办发〔2014〕72号。
            unverified: true
          - id: "1.4"
            title: 各乡镇生师比
            points: 10
            each: 乡镇
            pass: 师生比 <= 18
            lose: 1
          - id: "1.5"
            title: 心理健康教师
            points: 5
            pass: 心理教师数 >= 10
  - title: 二、依法履职
    items:
      - id: "2.1"
        title: 向人大报告教育工作
        points: 10
        deduct:
          - {take: 2, ask: 未向人大报告教育工作}
          - {take: 0.5, ask: 未按期办结的建议和提案件数, count: true, max: 3}
          - {take: 1, times: 超大班额数, for: 每有1个超大班额}
      - id: "2.2"
        title: 特殊教育学校
        points: 10
        when: 有特殊教育学校
        inapplicable: exclude
        pass: 专任教师数 >= 10
      - id: "2.3"
        title: 城区规划
        points: 5
        pass: ratio(专任教师数, 超大班额数) >= 0
  - id: "3"
    title: 群众满意度
    points: 10
    pass: 九年义务教育巩固率 >= 60
veto:
  - {title: 巩固率过低, when: 九年义务教育巩固率 < 60, grade: 不合格, unverified: true, basis: [某发〔2024〕1号], note: 以年报为准}
grades:
  - {grade: 优秀, from: 90, when: 九年义务教育巩固率 >= 95}
  - {grade: 良好, from: 75}
  - {grade: 合格, from: 60}
  - {grade: 不合格}
`

const twoLevelsReturn = `
rubric: two-levels@2025.1
name: 某省某自治州某某土家族苗族自治县
year: 2025
filler: 张三
reviewer: 李四
phone: 0800-1234567
date: 2025年10月8日
data:
  九年义务教育巩固率: [96.315, 95.2, 94]
  小学在校学生数: "12,345"
  专任教师数: ６００
  生师比: 20.6
  有特殊教育学校: 否
  心理教师数: 10余人
  乡镇:
    城关镇: {学生数: 5000, 教师数: 240}
    河东乡: {学生数: 300, 教师数: 30}
    河西乡: {学生数: 300, 教师数: 12}
    石板镇: {学生数: 300, 教师数: 11}
    龙门镇: {学生数: 300, 教师数: 10}
    青居镇: {学生数: 300, 教师数: 9}
    长乐镇: 不适用
    东观镇: {学生数: 300, 教师数: 8}
    胜观镇: {学生数: 300, 教师数: 7}
    阙家镇: {学生数: 300, 教师数: 25}
judged:
  "2.1":
    未向人大报告教育工作: 是
`

// failing is the example's rubric in a county where much is wrong.
const failing = `
rubric: funding-no-decrease@2021.1
name: 某县
year: 2021
date: 2022年3月1日
data:
  一般公共预算教育支出: [83861, 400余万]
  各学段:
    幼儿园: {生均教育支出: [6656.7, 7626.22], 生均公用经费: [1290.2, 1283.53]}
    普通小学: {生均教育支出: [10799.07, 10795.83], 生均公用经费: [2158.24, 2250.50]}
    普通初中: {生均教育支出: [14572.85, 14667.02], 生均公用经费: [2980.35, 2990.05]}
    普通高中: {生均教育支出: ["１３０３３", "12,914.26"], 生均公用经费: [2157.45, 2143.30]}
    中等职业学校: 不适用
  义务教育教师平均工资: 98000
  公务员平均工资: 98000.004
`
