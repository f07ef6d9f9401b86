"""Figures of one sentence: value, unit, measure, bound, share, rank, counted noun, growth in words alone."""

from decimal import Decimal

import pytest
from figure_rows import in_plan, in_review, lines_of, measures_of, values_of

# ------------------------------------------------------------------ one figure


@pytest.mark.parametrize(
    ("text", "indicator", "measure", "value", "unit"),
    [
        ("地区生产总值增长5.2%。", "地区生产总值", "增速", "5.2", "%"),
        ("地区生产总值增长52%。", "地区生产总值", "增速", "52", "%"),
        ("地区生产总值增长６．３％。", "地区生产总值", "增速", "6.3", "%"),
        ("地區生產總值增長6.3%。", "地区生产总值", "增速", "6.3", "%"),
        ("地区生产总值完成5.2亿元。", "地区生产总值", "总量", "5.2", "亿元"),
        ("地区生产总值完成5.2万亿元。", "地区生产总值", "总量", "5.2", "万亿元"),
        ("进出口总额比上年增长11.2%。", "进出口总额", "增速", "11.2", "%"),
        ("进出口总额同比增长11.2%。", "进出口总额", "增速", "11.2", "%"),
        ("进出口总额下降3.5%。", "进出口总额", "降幅", "-3.5", "%"),
        ("旅游收入增长1.2倍。", "旅游收入", "增速", "1.2", "倍"),
        ("全年接待游客1,163万人次。", "接待游客", "总量", "1163", "万人次"),
        ("海棠港货物吞吐量达到1.3亿吨。", "海棠港货物吞吐量", "总量", "1.3", "亿吨"),
        ("新增高新技术企业42家。", "新增高新技术企业", "增量", "42", "家"),
        ("累计建成保障性租赁住房5600套。", "累计建成保障性租赁住房", "累计", "5600", "套"),
        ("12345热线办结率99.1%。", "12345热线办结率", "比率", "99.1", "%"),
        ("引进国内500强企业3家。", "引进国内500强企业", "总量", "3", "家"),
        ("规模以上工业增加值同比实际增长7.2%。", "规模以上工业增加值", "增速", "7.2", "%"),
        ("规划建议提出地区生产总值年均增长6%左右。", "地区生产总值", "增速", "6", "%"),
        ("打造3条多式联运示范线路。", "打造多式联运示范线路", "总量", "3", "条"),
        ("森林覆盖率五年提高2.1个百分点。", "森林覆盖率", "变化", "2.1", "个百分点"),
        ("服装出口逆势增长4.4%。", "服装出口", "增速", "4.4", "%"),
        ("森林蓄积量提升至2.8亿立方米。", "森林蓄积量", "总量", "2.8", "亿立方米"),
        ("货物运输周转量2406亿吨公里。", "货物运输周转量", "总量", "2406", "亿吨公里"),
    ],
)
def test_extract_one_figure(text, indicator, measure, value, unit):
    (row,) = in_review(text)
    assert (row.indicator, row.measure, str(row.value), row.unit) == (indicator, measure, value, unit)


def test_extract_value_is_exact_decimal():
    (row,) = in_review("地区生产总值增长0.1%。")
    assert row.value + Decimal("0.2") == Decimal("0.3")


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("国内生产总值增长5%。", "地区生产总值"),
        ("进出口总额增长5%。", "外贸进出口总额"),
        ("规上工业企业突破200家。", "规模以上工业企业"),
        ("单位GDP能耗下降3.2%。", "单位地区生产总值能耗"),
        ("研发投入增长10%。", "研发经费投入"),
        ("全市粮食总产量35万吨。", "粮食产量"),
        ("海棠港货物吞吐量达到1.3亿吨。", None),
        ("花椒产量12万吨。", None),
    ],
)
def test_extract_canonical_name(text, canonical):
    assert in_review(text)[0].canonical == canonical


def test_extract_indicator_keeps_latin_letters_as_written():
    assert in_review("单位GDP能耗下降3.2%。")[0].indicator == "单位GDP能耗"


@pytest.mark.parametrize(
    ("text", "value", "comparator"),
    [
        ("地区生产总值增长6.5%以上。", "6.5", "以上"),
        ("一般公共预算收入增长5%左右。", "5", "左右"),
        ("城镇调查失业率控制在5.5%以内。", "5.5", "以内"),
        ("新建社区食堂不少于30个。", "30", "不少于"),
        ("完成投资超过100亿元。", "100", "超过"),
        ("规上工业企业突破200家。", "200", "突破"),
        ("引进项目150个以上。", "150", "以上"),
        ("森林覆盖率稳定在65%以上。", "65", "以上"),
        ("地区生产总值增长6.5%。", "6.5", ""),
    ],
)
def test_extract_comparator(text, value, comparator):
    (row,) = in_plan(text)
    assert (str(row.value), row.comparator) == (value, comparator)


def test_extract_range_is_one_figure():
    (row,) = in_plan("地区生产总值增长5.5%—6%。")
    assert (row.indicator, str(row.value), row.unit) == ("地区生产总值", "5.5", "%")
    assert row.comparator.startswith("—6")


# ------------------------------------------------------------------ shares, steady values, ranks


@pytest.mark.parametrize(
    ("text", "indicator", "value"),
    [
        ("民营经济增加值占比58%。", "民营经济增加值占比", "58"),
        ("工业投资占固定资产投资的比重为42.5%。", "工业投资占固定资产投资的比重", "42.5"),
        ("数字经济占地区生产总值比重超过30%。", "数字经济占地区生产总值比重", "30"),
    ],
)
def test_extract_share(text, indicator, value):
    assert measures_of(in_review(text)) == [(indicator, "占比", value)]


def test_extract_share_of_the_subject_before():
    assert in_review("工业投资增长12%，占固定资产投资的35%。")[1].measure == "占比"


def test_extract_steady_value():
    (row,) = in_review("粮食产量与上年持平。")
    assert (row.indicator, row.measure, str(row.value), row.comparator) == (
        "粮食产量",
        "增速",
        "0",
        "与上年持平",
    )


def test_extract_steady_value_of_the_subject_before():
    assert measures_of(in_review("粮食产量35万吨，与上年持平。")) == [
        ("粮食产量", "总量", "35"),
        ("粮食产量", "增速", "0"),
    ]


@pytest.mark.parametrize(
    ("text", "name", "rank"),
    [
        ("地区生产总值增长6.3%，总量居全省第三位。", "地区生产总值", "3"),
        ("地区生产总值增长6.3%，增速居全省第12位。", "地区生产总值增速", "12"),
        ("地区生产总值增长6.3%，排名全省第2名。", "地区生产总值", "2"),
    ],
)
def test_extract_rank(text, name, rank):
    last = in_review(text)[-1]
    assert (last.indicator, last.measure, str(last.value), last.unit) == (name, "排名", rank, "位")
    assert last.canonical == "地区生产总值"


# ------------------------------------------------------------------ counted nouns


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the noun before or behind its quantity; behind the last one it counts for both
        ("改造87个老旧小区。", [("改造老旧小区", "87", "个")]),
        ("新增2.6万个就业岗位。", [("新增就业岗位", "2.6", "万个")]),
        ("改造提升高标准农田20.3万亩。", [("改造提升高标准农田", "20.3", "万亩")]),
        ("城镇新增就业2.6万人。", [("城镇新增就业", "2.6", "万人")]),
        ("高标准农田新建320万亩。", [("新建高标准农田", "320", "万亩")]),
        (
            "新建25.2万亩、改造提升20.3万亩高标准农田。",
            [("新建高标准农田", "25.2", "万亩"), ("改造提升高标准农田", "20.3", "万亩")],
        ),
        # words that only lead to the number are no part of the name
        ("养老金最低标准提高到每月75元。", [("养老金最低标准", "75", "元")]),
        ("全市共有医疗卫生机构561个。", [("医疗卫生机构", "561", "个")]),
        # a threshold is a figure, and part of the name of what it bounds
        (
            "投资2000万元以上设施农业项目123个。",
            [("投资设施农业项目门槛", "2000", "万元"), ("投资2000万元以上设施农业项目", "123", "个")],
        ),
        (
            "投资5000万元以上项目超42个。",
            [("投资项目门槛", "5000", "万元"), ("投资5000万元以上项目", "42", "个")],
        ),
        # digits of a name, an age, the number of a list item
        (
            "建成2000吨级码头2个，“千万工程”示范村12个。",
            [("建成2000吨级码头", "2", "个"), ("千万工程示范村", "12", "个")],
        ),
        ("新增3岁以下婴幼儿托位800个。", [("新增3岁以下婴幼儿托位", "800", "个")]),
        ("2．新建改建社区卫生服务站6家；", [("新建改建社区卫生服务站", "6", "家")]),
    ],
)
def test_extract_counted_nouns(text, expected):
    assert values_of(in_review(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("创建2家以上绿色工厂。", ("创建绿色工厂", "2", "家")),
        ("完成5亿元以上投资。", ("投资", "5", "亿元")),
        ("80%以上行政村建有服务站。", ("行政村建有服务站", "80", "%")),
    ],
)
def test_extract_bounded_count_is_no_threshold(text, expected):
    (row,) = in_plan(text)
    assert (row.indicator, str(row.value), row.unit, row.comparator) == (*expected, "以上")


@pytest.mark.parametrize(
    "text",
    [
        "实施“千万工程”，打造“三个一千亿”产业。",
        "实施“十四五”项目。",
        "G80高速建成通车。",
        "110千伏输变电工程建成投产。",
        "2000吨级码头开工。",
        "开通12345热线。",
        "2030年5月12日召开第五届第三次会议。",
        "全市上下团结奋斗。",
        "",
        "健全“3+1”保障体系和“1+10+N”产业体系。",
        "建设“15分钟健身圈”，落实“232”工作计划。",
        "实现接电零成本，干出一番事业，打造一体化平台、一站式服务。",
        "增强“四个意识”，两手抓、两手硬，聚焦五大产业。",
        "政治建设摆在首位，发展是第一要务。",
        "回首2030，展望2031。",
    ],
)
def test_extract_names_dates_and_formulas_are_no_figures(text):
    assert in_review(text) == []


def test_extract_average_is_no_part_of_the_name():
    (row,) = in_review("城镇调查失业率平均为5.2%。")
    assert (row.canonical, str(row.value)) == ("城镇调查失业率", "5.2")


# ------------------------------------------------------------------ values in words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("工业投资保持两位数增长。", [("工业投资", "增速", "10", "%", "两位数")]),
        ("力争技改投资增速高于全部投资增速、保持两位数增长。", [("技改投资", "增速", "10", "%", "两位数")]),
        ("到位资金实现翻番。", [("到位资金", "增速", "1", "番", "翻番")]),
        (
            "软件业收入由9亿元提高到20亿元，实现翻番。",
            [
                ("软件业收入", "总量", "9", "亿元", ""),
                ("软件业收入", "总量", "20", "亿元", ""),
                ("软件业收入", "增速", "1", "番", "翻番"),
            ],
        ),
        ("提前一年完成翻番目标。", []),
    ],
)
def test_extract_growth_in_words(text, expected):
    assert lines_of(in_plan(text)) == expected


def test_extract_year_behind_an_aim_is_its_period():
    (figure,) = in_plan("力争到2035年工业产值翻一番。")
    assert (figure.indicator, figure.value, figure.unit, figure.period) == ("工业产值", 1, "番", "2035")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "一般公共预算收支累计分别突破2千亿元、5千亿元。",
            [("一般公共预算收入累计", "2"), ("一般公共预算支出累计", "5")],
        ),
        (
            "一二三产增加值分别增长3%、6%、5%。",
            [("第一产业增加值", "3"), ("第二产业增加值", "6"), ("第三产业增加值", "5")],
        ),
        (
            "幼儿入园率、高中阶段毛入学率分别提升至92%、95%。",
            [("幼儿入园率", "92"), ("高中阶段毛入学率", "95")],
        ),
        (
            "建设人才公寓2.1万套（间）、累计达到9万套（间）。",
            [("建设人才公寓", "2.1"), ("建设人才公寓累计", "9")],
        ),
        ("整车出口突破十万辆、稳居全省第2位。", [("整车出口", "2")]),
        ("缝纫机产量增长35.3%、出口量居全国第4位。", [("缝纫机产量", "35.3"), ("缝纫机出口量", "4")]),
        ("深化电子口岸3.0版应用。", []),
    ],
)
def test_extract_names_of_what_stands_together(text, told):
    assert [(row.indicator, str(row.value)) for row in in_review(text)] == told
