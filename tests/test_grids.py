"""Tables in reports: columns, heads, units and periods of each row, and tables that do not fit."""

from pathlib import Path

import pytest
from table_rows_of import paragraphs_of, told_of

from qa.figures import extract_figures
from qa.grids import table_rows
from qa.load import load_report
from qa.types import Figure


def test_rows_of_products_take_unit_cell_and_heads_of_columns() -> None:
    assert told_of(
        "表2 2030年主要工业产品产量",
        "产品名称 单位 产量 比上年增长（%）",
        "原煤 万吨 1,204.6 -3.5",
        "平板玻璃 万重量箱 88.2 10.1",
        "发电量 亿千瓦时 61 0.0",
    ) == [
        ("原煤产量", "总量", "1204.6", "万吨", "2030"),
        ("原煤产量", "降幅", "-3.5", "%", "2030"),
        ("平板玻璃产量", "总量", "88.2", "万重量箱", "2030"),
        ("平板玻璃产量", "增速", "10.1", "%", "2030"),
        ("发电量", "总量", "61", "亿千瓦时", "2030"),
        ("发电量", "增速", "0.0", "%", "2030"),
    ]


def test_span_of_a_negative_growth_is_its_number_without_the_sign() -> None:
    rows = table_rows(paragraphs_of("指标 单位 产量 增长（%）", "水泥 万吨 41.2 -7.8", "钢材 万吨 3 1.0"))
    assert [(row.start, row.end) for row in rows[2]] == [(6, 10), (12, 15)]


def test_gaps_within_words_of_header_and_name_are_closed() -> None:
    assert told_of(
        "指 标 单 位 2030年 比上年 增长（%）", "地区生产总值 亿元 91.3 7.5", "第 二 产 业 亿元 19.5 3.6"
    ) == [
        ("地区生产总值", "总量", "91.3", "亿元", "2030"),
        ("地区生产总值", "增速", "7.5", "%", "2030"),
        ("第二产业增加值", "总量", "19.5", "亿元", "2030"),
        ("第二产业增加值", "增速", "3.6", "%", "2030"),
    ]


def test_industries_under_a_whole_are_its_parts() -> None:
    assert told_of(
        "表4 规模以上工业增加值增长速度",
        "行业 比上年增长（%） 占比（%）",
        "规模以上工业 9.5 100",
        "采矿业 -3.1 2.2",
    ) == [
        ("规模以上工业增加值", "增速", "9.5", "%", ""),
        ("规模以上工业增加值占比", "占比", "100", "%", ""),
        ("规模以上工业增加值中采矿业", "降幅", "-3.1", "%", ""),
        ("规模以上工业增加值中采矿业占比", "占比", "2.2", "%", ""),
    ]


def test_title_says_what_lines_without_a_measure_are() -> None:
    assert told_of("表3 居民消费价格涨跌幅度", "单位：%", "指标 涨跌幅度", "食品烟酒 -0.3", "衣着 0.2") == [
        ("食品烟酒价格", "降幅", "-0.3", "%", ""),
        ("衣着价格", "增速", "0.2", "%", ""),
    ]


def test_columns_of_years_give_each_value_its_period() -> None:
    assert told_of(
        "指标 单位 2029年 2030年 增长（%）", "货运量 万吨 820.1 899.4 9.7", "客运量 万人 5 6 20"
    ) == [
        ("货运量", "总量", "820.1", "万吨", "2029"),
        ("货运量", "总量", "899.4", "万吨", "2030"),
        ("货运量", "增速", "9.7", "%", "2030"),
        ("客运量", "总量", "5", "万人", "2029"),
        ("客运量", "总量", "6", "万人", "2030"),
        ("客运量", "增速", "20", "%", "2030"),
    ]


def test_columns_of_points_and_amounts_are_changes_and_increases() -> None:
    assert told_of(
        "指标 期末数（亿元） 比年初增加（亿元） 占比增减（百分点）",
        "各项存款余额 50 4 -1.2",
        "各项贷款余额 40 … 2",
    ) == [
        ("各项存款余额", "总量", "50", "亿元", ""),
        ("各项存款余额", "增量", "4", "亿元", ""),
        ("各项存款余额占比", "变化", "-1.2", "个百分点", ""),
        ("各项贷款余额", "总量", "40", "亿元", ""),
        ("各项贷款余额占比", "变化", "2", "个百分点", ""),
    ]


@pytest.mark.parametrize(
    "header",
    ["产品名称 单位 产量 比上年增长（%） 占全省比重（%）", "主要产品", "年末数据如下，单位见各行。"],
)
def test_header_that_does_not_fit_leaves_only_a_number_with_its_own_unit(header: str) -> None:
    # 2 numbers a line: the second may be a growth or a share, and nothing tells which
    assert told_of(header, "原煤 万吨 12 3.5", "钢材 万吨 8 -1") == [
        ("原煤", "总量", "12", "万吨", ""),
        ("钢材", "总量", "8", "万吨", ""),
    ]


def test_lines_whose_numbers_nothing_explains_give_no_rows() -> None:
    assert table_rows(paragraphs_of("原煤 12 3.5", "钢材 8 -1")) == {1: [], 2: []}


@pytest.mark.parametrize("text", ["一、2030年工作回顾", "全年完成投资 12亿元，增长 3%。", "共 3 页 第 1"])
def test_sentences_and_single_lines_are_no_table(text: str) -> None:
    assert table_rows(paragraphs_of(text)) == {}


def test_columns_of_areas_say_whose_the_growth_is_that_the_title_names() -> None:
    assert told_of(
        "表2　2030年居民消费价格比上年涨跌幅度", "单位：%", "指　标\t全市\t城市\t农村",
        "居民消费价格\t0.3\t0.4\t-0.1", "　　　衣　着[3]\t1.2\t1.5\t0.6",
    ) == [
        ("全市居民消费价格", "增速", "0.3", "%", "2030"),
        ("城市居民消费价格", "增速", "0.4", "%", "2030"),
        ("农村居民消费价格", "降幅", "-0.1", "%", "2030"),
        ("全市居民消费价格中衣着", "增速", "1.2", "%", "2030"),
        ("城市居民消费价格中衣着", "增速", "1.5", "%", "2030"),
        ("农村居民消费价格中衣着", "增速", "0.6", "%", "2030"),
    ]  # fmt: skip


def test_indented_rows_are_parts_of_the_row_above_and_deeper_ones_of_theirs() -> None:
    assert told_of(
        "指标\t年末数（万人）\t比重（%）", "常住人口\t90.5\t100", "其中：男性\t46.1\t50.9", "　　　女性\t44.4\t49.1",
        "货物运输总量\t8\t100", "　　铁路\t3\t37.5",
    )[2:] == [
        ("男性人口", "总量", "46.1", "万人", ""),
        ("男性人口占比", "占比", "50.9", "%", ""),
        ("女性人口", "总量", "44.4", "万人", ""),
        ("女性人口占比", "占比", "49.1", "%", ""),
        ("货物运输总量", "总量", "8", "万人", ""),
        ("货物运输总量占比", "占比", "100", "%", ""),
        ("铁路货运量", "总量", "3", "万人", ""),
        ("铁路货运量占比", "占比", "37.5", "%", ""),
    ]  # fmt: skip


def test_columns_that_repeat_are_told_apart_by_the_line_above_or_not_read() -> None:
    rows = ("餐饮收入 26.4 -2.2 4.5 3.3", "零售额 210 4 31 5")
    assert told_of("单位：亿元", "指标 城镇 乡村", "绝对数 增长（%） 绝对数 增长（%）", *rows)[:4] == [
        ("城镇餐饮收入", "总量", "26.4", "亿元", ""),
        ("城镇餐饮收入", "降幅", "-2.2", "%", ""),
        ("乡村餐饮收入", "总量", "4.5", "亿元", ""),
        ("乡村餐饮收入", "增速", "3.3", "%", ""),
    ]
    assert told_of("单位：亿元", "绝对数 增长（%） 绝对数 增长（%）", *rows) == []


def test_row_that_lacks_a_cell_of_the_others_is_not_read() -> None:
    told = told_of("产品 单位 产量 增长（%）", "生铁 万吨 41.2 -7.8", "钢材 万吨 3.1")
    assert [name for name, *_ in told] == ["生铁产量", "生铁产量"]


def test_partners_in_rows_and_trade_in_columns() -> None:
    told = told_of(
        "国家和地区 出口额（亿元） 比上年增长（%） 进口额（亿元） 比上年增长（%）", "越南[2] 12.5 3.0 7.1 -4.9", "泰国 1 2 3 4"
    )[:4]  # fmt: skip
    assert told == [
        ("越南出口额", "总量", "12.5", "亿元", ""),
        ("越南出口额", "增速", "3.0", "%", ""),
        ("越南进口额", "总量", "7.1", "亿元", ""),
        ("越南进口额", "降幅", "-4.9", "%", ""),
    ]


PROSE = "2030年，全市经济平稳运行，各项事业取得新的进展，人民生活持续改善。"
TABLE = [
    ("产品", "单位", "产量", "比上年增长（%）"),
    ("水泥", "万吨", "41.2", "-7.8"),
    ("医用口罩", "万只", "85", "12"),
]


def _txt(rows: list[tuple[str, ...]], separator: str) -> str:
    return "\n".join(separator.join(row) for row in rows)


def _html(rows: list[tuple[str, ...]]) -> str:
    cells = ("".join(f"<td><p>{cell}</p></td>" for cell in row) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


@pytest.mark.parametrize(
    ("suffix", "table"),
    [
        (".txt", _txt(TABLE, "\t")),
        (".txt", _txt(TABLE, "  ")),
        (".md", _txt([("", *row, "") for row in TABLE], "|")),
        (".html", _html(TABLE)),
    ],
)
def test_tables_of_every_format_give_the_same_figures(tmp_path: Path, suffix: str, table: str) -> None:
    title = "云岭市2030年国民经济和社会发展统计公报"
    lines = [title, "一、综合", PROSE, "二、工业", table]
    page = "".join(x if x.startswith("<") else f"<p>{x}</p>" for x in lines)
    path = tmp_path / f"{title}{suffix}"
    path.write_text(f"<html><body>{page}</body></html>" if suffix == ".html" else "\n".join(lines), "utf-8")
    report = load_report(path)
    assert [_said(figure, report.text) for figure in extract_figures(report)] == [
        ("水泥产量", "总量", "41.2", "万吨", "2030", "41.2"),
        ("水泥产量", "降幅", "-7.8", "%", "2030", "7.8"),
        ("医用口罩产量", "总量", "85", "万只", "2030", "85"),
        ("医用口罩产量", "增速", "12", "%", "2030", "12"),
    ]


def _said(figure: Figure, text: str) -> tuple[str, ...]:
    written = text[figure.start : figure.end]
    return figure.indicator, figure.measure, str(figure.value), figure.unit, figure.period, written


def test_columns_of_aims_and_results_of_several_years_say_their_kind() -> None:
    rows = table_rows(
        paragraphs_of(
            "主要指标 2029年完成 2030年预期目标 2030年完成 2031年预期目标",
            "地区生产总值增速（%） 5.4 6左右 5.8 ≥6",
            "一般公共预算收入（亿元） 81.2 86 84.7 88以上",
        )
    )
    assert [
        (row.indicator, row.measure, str(row.value), row.unit, row.comparator, row.period, row.kind)
        for number in (2, 3)
        for row in rows[number]
    ] == [
        ("地区生产总值", "增速", "5.4", "%", "", "2029", "actual"),
        ("地区生产总值", "增速", "6", "%", "左右", "2030", "target"),
        ("地区生产总值", "增速", "5.8", "%", "", "2030", "actual"),
        ("地区生产总值", "增速", "6", "%", "以上", "2031", "target"),
        ("一般公共预算收入", "总量", "81.2", "亿元", "", "2029", "actual"),
        ("一般公共预算收入", "总量", "86", "亿元", "", "2030", "target"),
        ("一般公共预算收入", "总量", "84.7", "亿元", "", "2030", "actual"),
        ("一般公共预算收入", "总量", "88", "亿元", "以上", "2031", "target"),
    ]


def test_column_of_years_in_chinese_numerals_is_of_that_year() -> None:
    assert told_of("項目\t二零三零年（預計）\t二零三一年（目標）", "入境旅客（萬人次）\t210\t240") == [
        ("入境旅客", "总量", "210", "万人次", "2030"),
        ("入境旅客", "总量", "240", "万人次", "2031"),
    ]


def test_row_of_numbers_above_is_no_header() -> None:
    assert told_of("固定资产投资增速（%） 4.0 约6 5.9 没有", "社会消费品零售总额增速（%） 7.9 6 5.4") == []


def test_head_of_the_first_column_may_span_two_lines() -> None:
    assert told_of(
        "表1 2030年居民消费价格比上年涨跌幅度",
        "单位：%",
        "指标 比上年",
        "全市 城市 农村",
        "衣着 1.3 1.5 0.9",
        "居住 -0.2 0.1 -0.4",
    ) == [
        ("全市衣着价格", "增速", "1.3", "%", "2030"),
        ("城市衣着价格", "增速", "1.5", "%", "2030"),
        ("农村衣着价格", "增速", "0.9", "%", "2030"),
        ("全市居住价格", "降幅", "-0.2", "%", "2030"),
        ("城市居住价格", "增速", "0.1", "%", "2030"),
        ("农村居住价格", "降幅", "-0.4", "%", "2030"),
    ]


def test_parts_that_add_up_to_a_line_above_are_its_parts_without_an_indent() -> None:
    told = told_of(
        "表1 2030年年末常住人口",
        "指标\t年末数（万人）\t比重（%）",
        "常住人口\t60.0\t100.0",
        "其中：城镇\t35.5\t59.2",
        "乡村\t24.5\t40.8",
        "其中：男性\t31.0\t51.7",
        "女性\t29.0\t48.3",
        "其中：0—15岁\t12.0\t20.0",
        "16—59岁\t36.0\t60.0",
        "60岁及以上\t12.0\t20.0",
        "其中：65岁及以上\t8.1\t13.5",
    )
    assert [name for name, measure, *_ in told if measure == "总量"] == [
        "常住人口",
        "城镇人口",
        "乡村人口",
        "男性人口",
        "女性人口",
        "0—15岁人口",
        "16—59岁人口",
        "60岁及以上人口",
        "65岁及以上人口",
    ]


def test_columns_of_text_are_no_part_of_a_name() -> None:
    assert told_of(
        "序号\t项目名称\t建设性质\t总投资（亿元）\t责任单位",
        "1\t北岸污水厂\t续建\t3.2\t城管局",
        "2\t云岭二中\t新建\t1.9\t教育局",
    ) == [("北岸污水厂总投资", "总量", "3.2", "亿元", ""), ("云岭二中总投资", "总量", "1.9", "亿元", "")]


def test_plan_table_gives_levels_means_and_sums_of_its_years() -> None:
    assert told_of(
        "类别\t指标\t2030年\t2035年\t年均增长（%）〔累计〕\t属性",
        "经济发展\t1.地区生产总值（亿元）\t400\t520\t5.5左右\t预期性",
        "2.城镇化率（%）\t61.2\t65\t〔3.8〕\t预期性",
        "绿色低碳\t3.单位地区生产总值能耗降低（%）\t—\t—\t〔14〕\t约束性",
        "4.耕地保有量（万亩）\t45.2\t完成下达任务\t—\t约束性",
    ) == [
        ("地区生产总值", "总量", "400", "亿元", "2030"),
        ("地区生产总值", "总量", "520", "亿元", "2035"),
        ("地区生产总值", "增速", "5.5", "%", "2031—2035"),
        ("城镇化率", "比率", "61.2", "%", "2030"),
        ("城镇化率", "比率", "65", "%", "2035"),
        ("城镇化率", "变化", "3.8", "个百分点", "2031—2035"),
        ("单位地区生产总值能耗", "降幅", "-14", "%", "2031—2035"),
        ("耕地保有量", "总量", "45.2", "万亩", "2030"),
    ]


def test_cell_may_say_itself_that_it_is_a_growth() -> None:
    assert told_of(
        "指标 单位 2030年完成 2031年计划", "地区生产总值 亿元 91.3 增长6%左右", "能耗 万吨 7.1 下降2%"
    ) == [
        ("地区生产总值", "总量", "91.3", "亿元", "2030"),
        ("地区生产总值", "增速", "6", "%", "2031"),
        ("能耗", "总量", "7.1", "万吨", "2030"),
        ("能耗", "降幅", "-2", "%", "2031"),
    ]


def test_column_of_the_year_before_is_of_that_year() -> None:
    assert told_of(
        "2030年农产品", "指标 单位 本年 上年 增长（%）", "茶叶产量 吨 84 80 5", "水果产量 吨 66 60 10"
    ) == [
        ("茶叶产量", "总量", "84", "吨", "2030"),
        ("茶叶产量", "总量", "80", "吨", "2029"),
        ("茶叶产量", "增速", "5", "%", "2030"),
        ("水果产量", "总量", "66", "吨", "2030"),
        ("水果产量", "总量", "60", "吨", "2029"),
        ("水果产量", "增速", "10", "%", "2030"),
    ]


def test_percentage_below_zero_of_what_is_no_rate_is_a_fall() -> None:
    assert told_of(
        "指标 单位 2030年完成 2031年计划", "万元GDP能耗 % -3.6 -2.5", "人口自然增长率 ‰ -1.2 -1"
    ) == [
        ("万元gdp能耗", "降幅", "-3.6", "%", "2030"),
        ("万元gdp能耗", "降幅", "-2.5", "%", "2031"),
        ("人口自然增长率", "比率", "-1.2", "‰", "2030"),
        ("人口自然增长率", "比率", "-1", "‰", "2031"),
    ]


def test_growth_behind_an_older_year_is_of_the_later_one() -> None:
    assert told_of("产品 单位 2030年 2029年 增长（%）", "水泥 万吨 60 50 20.0", "生铁 万吨 9 10 -10.0") == [
        ("水泥", "总量", "60", "万吨", "2030"),
        ("水泥", "总量", "50", "万吨", "2029"),
        ("水泥", "增速", "20.0", "%", "2030"),
        ("生铁", "总量", "9", "万吨", "2030"),
        ("生铁", "总量", "10", "万吨", "2029"),
        ("生铁", "降幅", "-10.0", "%", "2030"),
    ]


def test_years_below_a_head_are_its_columns() -> None:
    assert told_of(
        "表5 主要畜产品产量和存栏",
        "指标 单位 绝对数 增减（±%）",
        "2030年 2029年",
        "禽蛋 万吨 6 5 20.0",
        "羊存栏 万只 9 10 -10.0",
    ) == [
        ("禽蛋产量", "总量", "6", "万吨", "2030"),
        ("禽蛋产量", "总量", "5", "万吨", "2029"),
        ("禽蛋产量", "增速", "20.0", "%", "2030"),
        ("羊存栏", "总量", "9", "万只", "2030"),
        ("羊存栏", "总量", "10", "万只", "2029"),
        ("羊存栏", "降幅", "-10.0", "%", "2030"),
    ]


def test_a_cell_over_several_rows_says_what_of_the_parts_is_measured() -> None:
    assert told_of(
        "表1 2030年货物进出口 单位：亿元",
        "指标\t金额\t比上年增长（%）",
        "出口额\t合计\t9486.2\t4.8",
        "出口额\t机电产品\t4317.6\t9.1",
        "进口额\t原油\t2874.8\t-3.7",
    ) == [
        ("出口额", "总量", "9486.2", "亿元", "2030"),
        ("出口额", "增速", "4.8", "%", "2030"),
        ("机电产品出口额", "总量", "4317.6", "亿元", "2030"),
        ("机电产品出口额", "增速", "9.1", "%", "2030"),
        ("原油进口额", "总量", "2874.8", "亿元", "2030"),
        ("原油进口额", "降幅", "-3.7", "%", "2030"),
    ]


def test_a_plan_with_numbers_of_its_rows_and_who_is_in_charge() -> None:
    assert told_of(
        "附表 2031年民生实事",
        "序号\t实事项目\t计量单位\t2030年实际完成\t2031年计划\t牵头部门",
        "1\t既有住宅加装电梯\t台\t2215\t2400\t市住建局",
        "2\t新增公共充电桩\t万个\t3.4\t4.8\t市能源局",
    ) == [
        ("既有住宅加装电梯", "总量", "2215", "台", "2030"),
        ("既有住宅加装电梯", "总量", "2400", "台", "2031"),
        ("新增公共充电桩", "总量", "3.4", "万个", "2030"),
        ("新增公共充电桩", "总量", "4.8", "万个", "2031"),
    ]
