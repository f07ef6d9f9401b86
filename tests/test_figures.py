from copy import deepcopy
from decimal import Decimal

import pytest

from qa.figures import extract_figures
from qa.text import fold
from qa.types import Figure, Paragraph, Part, Report

SECTIONS: dict[Part, tuple[str, ...]] = {
    "head": (),
    "review": ("一、2030年工作回顾",),
    "plan": ("二、2031年工作安排",),
}


def _report(*paragraphs: tuple[Part, str], place: str = "云岭市", kind: str = "政府工作报告") -> Report:
    made, start = [], 0
    for number, (part, text) in enumerate(paragraphs, 1):
        made.append(Paragraph(number, start, start + len(text), text, SECTIONS[part], part))
        start += len(text) + 1
    return Report(
        report_id=f"2031-{place}",
        place=place,
        year=2031,
        title=f"{place}政府工作报告",
        text="\n".join(text for _, text in paragraphs),
        paragraphs=tuple(made),
        source="报告.txt",
        sha256="0",
        doc_kind=kind,
    )


def _review(text: str) -> list[Figure]:
    return extract_figures(_report(("review", text)))


def _plan(text: str) -> list[Figure]:
    return extract_figures(_report(("plan", text)))


def _values(figures: list[Figure]) -> list[tuple[str, str, str]]:
    return [(f.indicator, str(f.value), f.unit) for f in figures]


def _measures(figures: list[Figure]) -> list[tuple[str, str, str]]:
    return [(f.indicator, f.measure, str(f.value)) for f in figures]


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
    ],
)
def test_extract_one_figure(text, indicator, measure, value, unit):
    (row,) = _review(text)
    assert (row.indicator, row.measure, str(row.value), row.unit) == (indicator, measure, value, unit)


def test_extract_value_is_exact_decimal():
    (row,) = _review("地区生产总值增长0.1%。")
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
    assert _review(text)[0].canonical == canonical


def test_extract_indicator_keeps_latin_letters_as_written():
    assert _review("单位GDP能耗下降3.2%。")[0].indicator == "单位GDP能耗"


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
    (row,) = _plan(text)
    assert (str(row.value), row.comparator) == (value, comparator)


def test_extract_range_is_one_figure():
    (row,) = _plan("地区生产总值增长5.5%—6%。")
    assert (row.indicator, str(row.value), row.unit) == ("地区生产总值", "5.5", "%")
    assert row.comparator.startswith("—6")


# ------------------------------------------------------------------ 分别


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "一、二、三产业增加值分别增长4.9%、8.3%、4.4%。",
            [
                ("第一产业增加值", "4.9", "%"),
                ("第二产业增加值", "8.3", "%"),
                ("第三产业增加值", "4.4", "%"),
            ],
        ),
        (
            "城镇、农村居民人均可支配收入分别增长3.8%、7.3%。",
            [("城镇居民人均可支配收入", "3.8", "%"), ("农村居民人均可支配收入", "7.3", "%")],
        ),
        (
            "茶叶、蔬菜产量分别达12万吨、45万吨。",
            [("茶叶产量", "12", "万吨"), ("蔬菜产量", "45", "万吨")],
        ),
    ],
)
def test_extract_several_subjects_several_values(text, expected):
    assert _values(_review(text)) == expected


def test_extract_one_subject_several_reference_points():
    rows = _review("地区生产总值增长6.3%，分别高于全国、全省0.9、2个百分点。")
    assert [(f.indicator, f.measure, str(f.value), f.unit) for f in rows] == [
        ("地区生产总值", "增速", "6.3", "%"),
        ("地区生产总值", "高于全国", "0.9", "个百分点"),
        ("地区生产总值", "高于全省", "2", "个百分点"),
    ]


def test_extract_growth_named_before_reference_points():
    rows = _review("旅游收入增长20.5%，增速分别高于全国、全省1.5、0.8个百分点。")
    assert _measures(rows) == [
        ("旅游收入", "增速", "20.5"),
        ("旅游收入", "高于全国", "1.5"),
        ("旅游收入", "高于全省", "0.8"),
    ]


def test_extract_values_dealt_out_stand_in_their_own_spans():
    text = "一、二、三产业增加值分别增长4.9%、8.3%、4.4%。"
    assert [text[f.start : f.end] for f in _review(text)] == ["4.9%", "8.3%", "4.4%"]


# ------------------------------------------------------------------ shared subjects


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "地区生产总值完成512.4亿元，增长6.3%。",
            [("地区生产总值", "总量", "512.4"), ("地区生产总值", "增速", "6.3")],
        ),
        (
            "一般公共预算收入完成58.4亿元、增长4.1%。",
            [("一般公共预算收入", "总量", "58.4"), ("一般公共预算收入", "增速", "4.1")],
        ),
        (
            "空气质量优良天数比率96.4%，比上年提高1.2个百分点。",
            [("空气质量优良天数比率", "比率", "96.4"), ("空气质量优良天数比率", "变化", "1.2")],
        ),
        (
            "城镇居民人均可支配收入增长5.2%，快于全省0.4个百分点。",
            [("城镇居民人均可支配收入", "增速", "5.2"), ("城镇居民人均可支配收入", "快于全省", "0.4")],
        ),
        (
            "经营主体突破15万户，增长8%。",
            [("经营主体", "总量", "15"), ("经营主体", "增速", "8")],
        ),
    ],
)
def test_extract_subject_goes_on_across_clauses(text, expected):
    assert _measures(_review(text)) == expected


def test_extract_each_clause_with_its_own_subject():
    rows = _review("地区生产总值增长6.3%，固定资产投资下降2.5%、社会消费品零售总额增长5%。")
    assert _measures(rows) == [
        ("地区生产总值", "增速", "6.3"),
        ("固定资产投资", "降幅", "-2.5"),
        ("社会消费品零售总额", "增速", "5"),
    ]


def test_extract_among_them_takes_the_subject_over():
    rows = _review("一般公共预算收入58.4亿元，其中税收收入30.2亿元，增长5%。")
    assert _measures(rows) == [
        ("一般公共预算收入", "总量", "58.4"),
        ("税收收入", "总量", "30.2"),
        ("税收收入", "增速", "5"),
    ]


def test_extract_total_investment_belongs_to_the_projects():
    assert _values(_review("新建88个项目，总投资320亿元。")) == [
        ("新建项目", "88", "个"),
        ("新建项目总投资", "320", "亿元"),
    ]


def test_extract_subject_does_not_pass_the_full_stop():
    rows = _review("粮食产量35万吨。增长5%。")
    assert _values(rows)[0] == ("粮食产量", "35", "万吨")
    assert [f.value for f in rows[1:] if f.indicator == "粮食产量"] == []


def test_extract_verb_goes_on_in_a_list():
    assert _values(_review("新建幼儿园14所、小学3所。")) == [
        ("新建幼儿园", "14", "所"),
        ("新建小学", "3", "所"),
    ]


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
    assert _measures(_review(text)) == [(indicator, "占比", value)]


def test_extract_share_of_the_subject_before():
    assert _review("工业投资增长12%，占固定资产投资的35%。")[1].measure == "占比"


def test_extract_steady_value():
    (row,) = _review("粮食产量与上年持平。")
    assert (row.indicator, row.measure, str(row.value), row.comparator) == (
        "粮食产量",
        "增速",
        "0",
        "与上年持平",
    )


def test_extract_steady_value_of_the_subject_before():
    assert _measures(_review("粮食产量35万吨，与上年持平。")) == [
        ("粮食产量", "总量", "35"),
        ("粮食产量", "增速", "0"),
    ]


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("地区生产总值增长6.3%，总量居全省第三位。", "3"),
        ("地区生产总值增长6.3%，增速居全省第12位。", "12"),
        ("地区生产总值增长6.3%，排名全省第2名。", "2"),
    ],
)
def test_extract_rank(text, rank):
    last = _review(text)[-1]
    assert (last.indicator, last.measure, str(last.value), last.unit) == ("地区生产总值", "排名", rank, "位")


# ------------------------------------------------------------------ counted nouns


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("改造87个老旧小区。", ("改造老旧小区", "87", "个")),
        ("新增2.6万个就业岗位。", ("新增就业岗位", "2.6", "万个")),
        ("改造提升高标准农田20.3万亩。", ("改造提升高标准农田", "20.3", "万亩")),
        ("城镇新增就业2.6万人。", ("城镇新增就业", "2.6", "万人")),
    ],
)
def test_extract_noun_before_or_behind_its_quantity(text, expected):
    assert _values(_review(text)) == [expected]


def test_extract_noun_behind_the_last_quantity_counts_for_both():
    assert _values(_review("新建25.2万亩、改造提升20.3万亩高标准农田。")) == [
        ("新建高标准农田", "25.2", "万亩"),
        ("改造提升高标准农田", "20.3", "万亩"),
    ]


@pytest.mark.parametrize(
    ("text", "bound", "expected"),
    [
        (
            "投资2000万元以上设施农业项目123个。",
            ("投资设施农业项目门槛", "2000", "万元"),
            ("投资2000万元以上设施农业项目", "123", "个"),
        ),
        (
            "投资5000万元以上项目超42个。",
            ("投资项目门槛", "5000", "万元"),
            ("投资5000万元以上项目", "42", "个"),
        ),
    ],
)
def test_extract_threshold_is_named_as_one(text, bound, expected):
    assert _values(_review(text)) == [bound, expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("创建2家以上绿色工厂。", ("创建绿色工厂", "2", "家")),
        ("完成5亿元以上投资。", ("投资", "5", "亿元")),
        ("80%以上行政村建有服务站。", ("行政村建有服务站", "80", "%")),
    ],
)
def test_extract_bounded_count_is_no_threshold(text, expected):
    (row,) = _plan(text)
    assert (row.indicator, str(row.value), row.unit, row.comparator) == (*expected, "以上")


def test_extract_age_of_people_is_no_figure():
    assert _values(_plan("新增3岁以下婴幼儿托位800个。")) == [("新增3岁以下婴幼儿托位", "800", "个")]


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
    ],
)
def test_extract_names_and_dates_are_no_figures(text):
    assert _review(text) == []


def test_extract_name_with_digits_beside_a_count():
    assert _values(_review("建成2000吨级码头2个，“千万工程”示范村12个。")) == [
        ("建成2000吨级码头", "2", "个"),
        ("千万工程示范村", "12", "个"),
    ]


# ------------------------------------------------------------------ bearer


@pytest.mark.parametrize(
    ("text", "place", "subject", "indicator"),
    [
        ("全市粮食产量35万吨。", "云岭市", "", "粮食产量"),
        ("我市粮食产量35万吨。", "云岭市", "", "粮食产量"),
        ("全国粮食产量1.39万亿斤。", "云岭市", "全国", "粮食产量"),
        ("全省粮食产量300万吨。", "云岭市", "全省", "粮食产量"),
        ("全区粮食产量300万吨。", "云岭市", "全区", "粮食产量"),
        ("全区粮食产量300万吨。", "云岭区", "", "粮食产量"),
        ("全省粮食产量300万吨。", "云岭省", "", "粮食产量"),
    ],
)
def test_extract_bearer_of_the_value(text, place, subject, indicator):
    (row,) = extract_figures(_report(("review", text), place=place))
    assert (row.subject, row.indicator) == (subject, indicator)


def test_extract_two_bearers_in_one_sentence():
    rows = _review("全国粮食产量1.39万亿斤，我市粮食产量35万吨。")
    assert [(f.subject, str(f.value), f.unit) for f in rows] == [
        ("全国", "1.39", "万亿斤"),
        ("", "35", "万吨"),
    ]


# ------------------------------------------------------------------ kind and period


@pytest.mark.parametrize(
    ("part", "text", "kind", "period"),
    [
        ("review", "地区生产总值增长6.3%。", "actual", "2030"),
        ("review", "2029年，粮食产量达到30万吨。", "actual", "2029"),
        ("review", "五年来，累计新增就业12万人。", "actual", "2026—2030"),
        ("plan", "地区生产总值增长6.3%。", "target", "2031"),
        ("plan", "2031年地区生产总值增长6.5%。", "target", "2031"),
        ("plan", "今年，新建社区食堂30个。", "target", "2031"),
        ("plan", "到2035年，粮食产能达到50万吨。", "target", "2035"),
        ("plan", "今后五年，新增就业12万人。", "target", "2031—2035"),
        ("plan", "去年，新增企业42家。", "actual", "2030"),
        ("plan", "2030年完成投资300亿元。", "actual", "2030"),
    ],
)
def test_extract_kind_and_period(part, text, kind, period):
    (row,) = extract_figures(_report((part, text)))
    assert (row.kind, row.period) == (kind, period)


def test_extract_same_sentence_in_both_parts():
    sentence = "地区生产总值增长6%。"
    rows = extract_figures(_report(("review", sentence), ("plan", sentence)))
    assert [(f.paragraph, f.kind, f.period) for f in rows] == [(1, "actual", "2030"), (2, "target", "2031")]


def test_extract_bulletin_states_its_own_year():
    (row,) = extract_figures(_report(("review", "地区生产总值增长6.3%。"), kind="统计公报"))
    assert (row.kind, row.period) == ("actual", "2031")


# ------------------------------------------------------------------ the whole report


def test_extract_head_is_not_read():
    assert extract_figures(_report(("head", "出席代表300人。"), ("review", "全市团结奋斗。"))) == []


def test_extract_report_without_paragraphs():
    assert extract_figures(_report()) == []


def test_extract_spans_are_of_the_report_text():
    report = _report(
        ("head", "各位代表："),
        ("review", "全市團結。地區生產總值增長６．３％，總量居全省第三位。"),
        ("plan", "新建學校不少於1,200所。"),
    )
    rows = extract_figures(report)
    assert [report.text[f.start : f.end] for f in rows] == ["６．３％", "第三位", "不少於1,200所"]
    assert [f.paragraph for f in rows] == [2, 2, 3]


def test_extract_clause_runs_from_the_subject_to_its_end():
    report = _report(("review", "粮食丰收。地区生产总值完成512.4亿元，增长6.3%，势头良好。"))
    rows = extract_figures(report)
    assert [report.text[f.clause_start : f.clause_end] for f in rows] == [
        "地区生产总值完成512.4亿元",
        "地区生产总值完成512.4亿元，增长6.3%",
    ]


def test_extract_order_is_that_of_the_text():
    report = _report(
        ("review", "新建学校28所，新增学位1.2万个，地区生产总值增长6.3%。"), ("plan", "新建公园3个。")
    )
    starts = [f.start for f in extract_figures(report)]
    assert starts == sorted(starts)
    assert len(starts) == 4


def test_extract_long_paragraph_finds_every_sentence():
    rows = _review("新建学校28所。" * 1500)
    assert len(rows) == 1500
    assert {(f.indicator, str(f.value)) for f in rows} == {("新建学校", "28")}


def test_extract_leaves_the_report_unchanged():
    report = _report(("review", "地区生产总值增长6.3%。"))
    before = deepcopy(report)
    assert extract_figures(report) == extract_figures(report)
    assert report == before


def test_extract_short_members_take_the_indicator_before_them():
    rows = _review("全体居民人均可支配收入4万元，城镇、农村居民分别达到5万元、2万元，分别增长8%、10%。")
    assert [(f.canonical, f.measure, str(f.value)) for f in rows[1:]] == [
        ("城镇居民人均可支配收入", "总量", "5"),
        ("农村居民人均可支配收入", "总量", "2"),
        ("城镇居民人均可支配收入", "增速", "8"),
        ("农村居民人均可支配收入", "增速", "10"),
    ]


def test_extract_member_with_and_inside():
    rows = _review("食品、木材加工和家居、医药产值分别增长19.7%、10.9%、36.7%。")
    assert [(f.indicator, str(f.value)) for f in rows] == [
        ("食品产值", "19.7"),
        ("木材加工和家居产值", "10.9"),
        ("医药产值", "36.7"),
    ]


def test_extract_average_is_no_part_of_the_name():
    (row,) = _review("城镇调查失业率平均为5.2%。")
    assert (row.canonical, str(row.value)) == ("城镇调查失业率", "5.2")


def test_extract_value_reached_belongs_to_the_subject():
    rows = _review("地区生产总值由2026年的612亿元增加到1126亿元。")
    assert [(f.canonical, str(f.value), f.period) for f in rows] == [
        ("地区生产总值", "612", "2026"),
        ("地区生产总值", "1126", "2030"),
    ]


# ------------------------------------------------------------------ constructions of issue 3, exact rows

Line = tuple[str, str, str, str, str]
"""Indicator, measure, value, unit, comparator."""


def _lines(figures: list[Figure]) -> list[Line]:
    return [(f.indicator, f.measure, str(f.value), f.unit, f.comparator) for f in figures]


CONSTRUCTIONS: list[tuple[str, list[Line]]] = [
    # 分别: a bundle, places with one tail, what all of them did
    (
        "三次产业增加值分别增长4.9%、8.3%、4.4%。",
        [
            ("第一产业增加值", "增速", "4.9", "%", ""),
            ("第二产业增加值", "增速", "8.3", "%", ""),
            ("第三产业增加值", "增速", "4.4", "%", ""),
        ],
    ),
    (
        "城乡居民人均可支配收入分别达到38650元、21480元，分别增长4.6%、7.2%。",
        [
            ("城镇居民人均可支配收入", "总量", "38650", "元", ""),
            ("农村居民人均可支配收入", "总量", "21480", "元", ""),
            ("城镇居民人均可支配收入", "增速", "4.6", "%", ""),
            ("农村居民人均可支配收入", "增速", "7.2", "%", ""),
        ],
    ),
    (
        "柳塘镇、北郊街道财税收入分别达到4260万元、3985万元。",
        [("柳塘镇财税收入", "总量", "4260", "万元", ""), ("北郊街道财税收入", "总量", "3985", "万元", "")],
    ),
    (
        "柳塘镇、青坪乡分别建成油茶基地1.2万亩、8600亩。",
        [("柳塘镇建成油茶基地", "总量", "1.2", "万亩", ""), ("青坪乡建成油茶基地", "总量", "8600", "亩", "")],
    ),
    (
        "高新技术企业、科技型中小企业分别新增7000家、1.4万家。",
        [("新增高新技术企业", "增量", "7000", "家", ""), ("新增科技型中小企业", "增量", "1.4", "万家", "")],
    ),
    (
        "制造业贷款、普惠小微企业贷款分别增长31.7%、27.3%。",
        [("制造业贷款", "增速", "31.7", "%", ""), ("普惠小微企业贷款", "增速", "27.3", "%", "")],
    ),
    (
        "粮食播种面积280万亩、产量98万吨，分别增长0.5%、1.2%。",
        [
            ("粮食播种面积", "总量", "280", "万亩", ""),
            ("粮食产量", "总量", "98", "万吨", ""),
            ("粮食播种面积", "增速", "0.5", "%", ""),
            ("粮食产量", "增速", "1.2", "%", ""),
        ],
    ),
    (
        "新兴产业、高新技术产业产值占规上工业比重分别为41.3%、49.9%。",
        [
            ("新兴产业产值占规上工业比重", "占比", "41.3", "%", ""),
            ("高新技术产业产值占规上工业比重", "占比", "49.9", "%", ""),
        ],
    ),
    (
        "城镇化率达65.5%，绿化率48.2%，五年分别提高5.2个、6.1个百分点。",
        [
            ("城镇化率", "比率", "65.5", "%", ""),
            ("绿化率", "比率", "48.2", "%", ""),
            ("城镇化率", "变化", "5.2", "个百分点", ""),
            ("绿化率", "变化", "6.1", "个百分点", ""),
        ],
    ),
    (
        "城镇、农村低保标准分别提高到每人每月720元、每人每年6500元。",
        [("城镇低保标准", "总量", "720", "元", ""), ("农村低保标准", "总量", "6500", "元", "")],
    ),
    # 分别: reference points, gaps to a goal
    (
        "规模以上工业增加值增长8.1%，分别高于全国、全省0.9、2个百分点。",
        [
            ("规模以上工业增加值", "增速", "8.1", "%", ""),
            ("规模以上工业增加值", "高于全国", "0.9", "个百分点", ""),
            ("规模以上工业增加值", "高于全省", "2", "个百分点", ""),
        ],
    ),
    (
        "地区生产总值增长6.5%，超过预期目标0.5个百分点。",
        [
            ("地区生产总值", "增速", "6.5", "%", ""),
            ("地区生产总值", "超出预期目标", "0.5", "个百分点", ""),
        ],
    ),
    (
        "失业、工伤保险参保人数分别达到28万人、32万人。",
        [("失业保险参保人数", "总量", "28", "万人", ""), ("工伤保险参保人数", "总量", "32", "万人", "")],
    ),
    # 其中, brackets, what an earlier clause counted
    (
        "建成社区食堂30个（旧城18个、乡镇12个），服务老人2.3万人。",
        [
            ("建成社区食堂", "总量", "30", "个", ""),
            ("旧城社区食堂", "总量", "18", "个", ""),
            ("建成乡镇社区食堂", "总量", "12", "个", ""),
            ("服务老人", "总量", "2.3", "万人", ""),
        ],
    ),
    (
        "推进150个重点项目，年度完成投资300亿元，竣工50个。",
        [
            ("推进重点项目", "总量", "150", "个", ""),
            ("年度完成投资", "总量", "300", "亿元", ""),
            ("竣工重点项目", "总量", "50", "个", ""),
        ],
    ),
    (
        "居民消费价格涨幅控制在3%以内，地区生产总值增速保持在5%以上。",
        [("居民消费价格", "增速", "3", "%", "以内"), ("地区生产总值", "增速", "5", "%", "以上")],
    ),
    (
        "国家高新技术企业净增96家、总数达到612家，旅游景区新增3家、达到45家。",
        [
            ("净增国家高新技术企业", "增量", "96", "家", ""),
            ("国家高新技术企业总数", "总量", "612", "家", ""),
            ("新增旅游景区", "增量", "3", "家", ""),
            ("旅游景区", "总量", "45", "家", ""),
        ],
    ),
    (
        "新增国家级企业4家，省级企业12家。",
        [("新增国家级企业", "增量", "4", "家", ""), ("新增省级企业", "增量", "12", "家", "")],
    ),
    (
        "新增“四上”企业100家以上，其中规上工业企业30家。",
        [("新增“四上”企业", "增量", "100", "家", "以上"), ("规上工业企业", "增量", "30", "家", "")],
    ),
    # what was reached: 由…到, 从…到, 降为零, a range is none of them
    (
        "森林覆盖率从62%提高到65.5%。",
        [("森林覆盖率", "比率", "62", "%", ""), ("森林覆盖率", "比率", "65.5", "%", "")],
    ),
    (
        "高新技术企业由21家增加到98家。",
        [("高新技术企业", "总量", "21", "家", ""), ("高新技术企业", "总量", "98", "家", "")],
    ),
    (
        "日处理能力由2万吨到4万吨。",
        [("日处理能力", "总量", "2", "万吨", ""), ("日处理能力", "总量", "4", "万吨", "")],
    ),
    ("贫困发生率由11.3%降为零。", [("贫困发生率", "比率", "0", "%", "")]),
    (
        "城乡低保标准分别由每人每月452元、268元提高到625元、498元。",
        [("城镇低保标准", "总量", "625", "元", ""), ("农村低保标准", "总量", "498", "元", "")],
    ),
    # X倍, 番, 成
    (
        "新能源汽车产量增长1.5倍，是2025年的3.2倍。",
        [
            ("新能源汽车产量", "增速", "1.5", "倍", ""),
            ("新能源汽车产量（相当于2025年）", "倍数", "3.2", "倍", ""),
        ],
    ),
    ("地区生产总值比2020年翻一番。", [("地区生产总值", "增速", "1", "番", "")]),
    (
        "接待游客5.6亿人次，旅游收入6200亿元，分别恢复到2019年的108%、112%。",
        [
            ("接待游客", "总量", "5.6", "亿人次", ""),
            ("旅游收入", "总量", "6200", "亿元", ""),
            ("接待游客（相当于2019年）", "比率", "108", "%", ""),
            ("旅游收入（相当于2019年）", "比率", "112", "%", ""),
        ],
    ),
    ("直播销售额翻了两番。", [("直播销售额", "增速", "2", "番", "")]),
    ("民生支出占财政支出的八成以上。", [("民生支出占财政支出", "占比", "8", "成", "以上")]),
    (
        "一般公共预算支出的四分之三以上用于民生。",
        [("一般公共预算支出用于民生", "占比", "0.75", "分之", "以上")],
    ),
    # 首次突破, 连续
    (
        "一般公共预算收入首次突破100亿元，连续三年保持两位数增长。",
        [
            ("一般公共预算收入", "总量", "100", "亿元", "突破"),
            ("一般公共预算收入连续年数", "总量", "3", "年", ""),
        ],
    ),
    (
        "工业投资总量连续三年排名全省第一，占固定资产投资比重连续四年提升，2030年占比为29.3%，较上年提高4.2个百分点。",
        [
            ("工业投资总量连续年数", "总量", "3", "年", ""),
            ("工业投资总量", "排名", "1", "位", ""),
            ("工业投资总量占固定资产投资比重连续年数", "总量", "4", "年", ""),
            ("工业投资总量占固定资产投资比重", "占比", "29.3", "%", ""),
            ("工业投资总量占固定资产投资比重", "变化", "4.2", "个百分点", ""),
        ],
    ),
    (
        "粮食总产量42.8万吨，连续5年保持在42万吨以上。",
        [
            ("粮食总产量", "总量", "42.8", "万吨", ""),
            ("粮食总产量连续年数", "总量", "5", "年", ""),
            ("粮食总产量", "总量", "42", "万吨", "以上"),
        ],
    ),
    # ranks
    (
        "空气质量优良率98.9%，在全国168个重点城市排第16位、省会城市排第6位。",
        [
            ("空气质量优良率", "比率", "98.9", "%", ""),
            ("空气质量优良率", "排名", "16", "位", ""),
            ("空气质量优良率", "排名", "6", "位", ""),
        ],
    ),
    (
        "保险费用收入增长9.5%，创历史新高，排全省第一。",
        [("保险费用收入", "增速", "9.5", "%", ""), ("保险费用收入", "排名", "1", "位", "")],
    ),
    (
        "工业增加值总量保持全省前三，对全省工业增长贡献率居首位。",
        [("工业增加值总量", "排名", "3", "位", "前"), ("对全省工业增长贡献率", "排名", "1", "位", "")],
    ),
    (
        "新增有机产品证书54张、绿色食品证书51张，分别排全省第一、第二。",
        [
            ("新增有机产品证书", "增量", "54", "张", ""),
            ("新增绿色食品证书", "增量", "51", "张", ""),
            ("新增有机产品证书", "排名", "1", "位", ""),
            ("新增绿色食品证书", "排名", "2", "位", ""),
        ],
    ),
    ("严厉打击违法犯罪，平安考评排名全省第一。", [("平安考评", "排名", "1", "位", "")]),
    # Chinese numerals
    ("批发业销售额突破千亿元。", [("批发业销售额", "总量", "1000", "亿元", "突破")]),
    ("财政收入突破百亿大关。", [("财政收入", "总量", "100", "亿", "迈上")]),
    ("人民医院等四家二级综合医院启用。", [("二级综合医院启用", "总量", "4", "家", "")]),
    # ranges
    (
        "外贸进出口总额保持在380亿元至400亿元，新增就业60至70万人。",
        [("外贸进出口总额", "总量", "380", "亿元", "—400"), ("新增就业", "增量", "60", "万人", "—70")],
    ),
    (
        "经济总量在全国的位次前移1位，居第9位。",
        [("经济总量", "变化", "1", "位", ""), ("经济总量", "排名", "9", "位", "")],
    ),
    # means of years, per head, ‰, other units
    ("地区生产总值两年平均增长5.3%。", [("地区生产总值", "增速", "5.3", "%", "")]),
    ("固定资产投资五年年均增长8%。", [("固定资产投资", "增速", "8", "%", "")]),
    (
        "每千人口执业医师达3.2人，每万人口发明专利拥有量12.5件，户均增收3000元。",
        [
            ("每千人口执业医师", "总量", "3.2", "人", ""),
            ("每万人口发明专利拥有量", "总量", "12.5", "件", ""),
            ("户均增收", "增量", "3000", "元", ""),
        ],
    ),
    (
        "人口自然增长率1.5‰，孕产妇死亡率下降0.3‰。",
        [("人口自然增长率", "比率", "1.5", "‰", ""), ("孕产妇死亡率", "降幅", "-0.3", "‰", "")],
    ),
    ("最低工资标准提高到2000元/月。", [("最低工资标准", "总量", "2000", "元/月", "")]),
    ("实际使用外资3.2亿美元。", [("实际使用外资", "总量", "3.2", "亿美元", "")]),
    # falls in amount, other calibres
    (
        "投资300亿元，同比减少135亿元。",
        [("投资", "总量", "300", "亿元", ""), ("投资", "增量", "-135", "亿元", "")],
    ),
    (
        "PM2.5平均浓度28微克/立方米，比上年下降3微克/立方米。",
        [
            ("PM2.5平均浓度", "总量", "28", "微克/立方米", ""),
            ("PM2.5平均浓度", "增量", "-3", "微克/立方米", ""),
        ],
    ),
    (
        "粮食产量148.9万吨，增产0.8%；夏粮产量18.2万吨，减产1.1%。",
        [
            ("粮食产量", "总量", "148.9", "万吨", ""),
            ("粮食产量", "增速", "0.8", "%", ""),
            ("夏粮产量", "总量", "18.2", "万吨", ""),
            ("夏粮产量", "降幅", "-1.1", "%", ""),
        ],
    ),
    (
        "财政收入71.5亿元，剔除留抵退税因素后增长4.2%，按可比价格计算，增长3%。",
        [
            ("财政收入", "总量", "71.5", "亿元", ""),
            ("财政收入（剔除留抵退税因素后）", "增速", "4.2", "%", ""),
            ("财政收入", "增速", "3", "%", ""),
        ],
    ),
    # what stands before or behind the number and is no part of the name
    ("引进光伏组件、储能电池等项目120个。", [("引进项目", "总量", "120", "个", "")]),
    ("实施教育、水利等领域10个民生实事项目。", [("实施民生实事项目", "总量", "10", "个", "")]),
    ("加快已获得国债资金支持的8个防洪排水工程建设。", [("防洪排水工程建设", "总量", "8", "个", "")]),
    ("建设5个（段）美丽河湖。", [("建设美丽河湖", "总量", "5", "个", "")]),
    (
        "实施29处、覆盖88.4万人、投资34亿元的农村供水工程。",
        [
            ("实施农村供水工程", "总量", "29", "处", ""),
            ("覆盖农村供水工程", "总量", "88.4", "万人", ""),
            ("投资农村供水工程", "总量", "34", "亿元", ""),
        ],
    ),
    (
        "守牢707万亩耕地红线和602万亩永久基本农田红线。",
        [("守牢耕地红线", "总量", "707", "万亩", ""), ("永久基本农田红线", "总量", "602", "万亩", "")],
    ),
    (
        "新建高标准农田4.8万亩、改造提升5万亩，累计建成135.31万亩。",
        [
            ("新建高标准农田", "增量", "4.8", "万亩", ""),
            ("改造提升高标准农田", "总量", "5", "万亩", ""),
            ("累计建成高标准农田", "累计", "135.31", "万亩", ""),
        ],
    ),
    (
        "新增省级示范园4家、市级11家，种植烟叶5.5万亩。",
        [
            ("新增省级示范园", "增量", "4", "家", ""),
            ("新增市级示范园", "增量", "11", "家", ""),
            ("种植烟叶", "总量", "5.5", "万亩", ""),
        ],
    ),
    (
        "制造业企业达380家，较上年净增52家。",
        [("制造业企业", "总量", "380", "家", ""), ("制造业企业", "增量", "52", "家", "")],
    ),
    (
        "新引进企业9家、新种油茶4.7万亩。",
        [("新引进企业", "增量", "9", "家", ""), ("新种油茶", "增量", "4.7", "万亩", "")],
    ),
    (
        "一是新建幼儿园12所；二是为3000户困难家庭发放补助。",
        [("新建幼儿园", "增量", "12", "所", ""), ("困难家庭发放补助", "总量", "3000", "户", "")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CONSTRUCTIONS, ids=[text[:14] for text, _ in CONSTRUCTIONS])
def test_extract_construction_exact_rows(text, expected):
    assert _lines(_review(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "健全“3+1”保障体系和“1+10+N”产业体系。",
        "建设“15分钟健身圈”，落实“232”工作计划。",
        "实现接电零成本，干出一番事业，打造一体化平台、一站式服务。",
        "增强“四个意识”，两手抓、两手硬，聚焦五大产业。",
        "三次产业结构由15.6：29.1：55.3调整为15.2：28.5：56.3。",
        "政治建设摆在首位，发展是第一要务。",
        "回首2030，展望2031。",
    ],
)
def test_extract_idioms_and_formulas_are_no_figures(text):
    assert _review(text) == []


def test_extract_part_behind_a_semicolon_takes_the_subject_over():
    rows = _review("新增国家级基地4家；省级8家。面积增长5%。")
    assert _values(rows) == [("新增国家级基地", "4", "家"), ("新增省级基地", "8", "家"), ("面积", "5", "%")]


def test_extract_number_of_a_list_is_no_figure():
    assert _values(_plan("2．新建改建社区卫生服务站6家；")) == [("新建改建社区卫生服务站", "6", "家")]


def test_extract_other_calibre_is_not_the_indicator():
    rows = _review("固定资产投资增长5%，剔除房地产因素后增长12%。")
    assert [(f.canonical, str(f.value)) for f in rows] == [("固定资产投资", "5"), (None, "12")]


def test_extract_counted_things_are_not_the_indicator_they_have():
    rows = _review("286个村集体经济收入超50万元。")
    assert (rows[0].canonical, rows[0].unit) == (None, "个")


# ------------------------------------------------------------------ zones and counties


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "深入实施自贸试验区海棠片区提升战略，新增企业1.3万家，实际使用外资3亿美元。",
            [("自贸试验区海棠片区", "新增企业"), ("自贸试验区海棠片区", "实际使用外资")],
        ),
        (
            "海棠高新区规上工业产值增长12%，实际使用外资2亿美元，全市实际使用外资5亿美元。",
            [("", "海棠高新区规上工业产值"), ("海棠高新区", "实际使用外资"), ("", "实际使用外资")],
        ),
        ("推进农业产业园区建设，认定示范区3个。", [("", "认定示范区")]),
        ("海棠高新区成为国家级园区，实际使用外资2亿美元。", [("", "实际使用外资")]),
        ("国家高新技术企业700家，全国文明村3个。", [("", "国家高新技术企业"), ("", "全国文明村")]),
        ("安徽长鸿生物企业投资12亿元。", [("", "安徽长鸿生物企业投资")]),
        ("安徽地区生产总值增长5.8%。", [("安徽", "地区生产总值")]),
    ],
)
def test_extract_bearer_goes_on_through_the_sentence(text, expected):
    assert [(f.subject, f.indicator) for f in _review(text)] == expected


def test_extract_bearer_stands_in_the_clause_that_is_cited():
    text = "加快海棠新区建设，新增企业80家。"
    report = _report(("review", text))
    (row,) = extract_figures(report)
    assert report.text[row.clause_start : row.clause_end] == "海棠新区建设，新增企业80家"


def test_extract_bearer_does_not_pass_the_full_stop():
    rows = _review("加快海棠新区建设，新增企业80家。实际使用外资5亿美元。")
    assert [f.subject for f in rows] == ["海棠新区", ""]


def test_extract_from_a_paragraph_of_ten_thousand_characters():
    names = [f"甲{chr(0x6000 + i)}项目" for i in range(1, 700)]
    text = "，".join(f"{name}完成投资{i}.5亿元" for i, name in enumerate(names, 1)) + "。"
    assert len(text) > 10_000
    found = _review(text)
    assert [f.value for f in found] == [Decimal(f"{i}.5") for i in range(1, 700)]
    assert all(fold(name) in f.indicator for name, f in zip(names, found, strict=True))


def test_extract_from_brackets_within_brackets():
    found = _review(
        "建成学校12所（其中小学8所（含农村小学3所）、中学4所），新增学位1.2万个（公办9000个、民办3000个）。"
    )
    assert [(str(f.value), f.unit) for f in found] == [
        ("12", "所"), ("8", "所"), ("3", "所"), ("4", "所"), ("1.2", "万个"), ("9000", "个"), ("3000", "个"),
    ]  # fmt: skip
    assert [
        word in f.indicator for word, f in zip(["学校", "小学", "农村小学", "中学"], found, strict=False)
    ] == [True] * 4


# ------------------------------------------------------------------ values that stand in words alone


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
    assert _lines(_plan(text)) == expected


def test_extract_year_behind_an_aim_is_its_period():
    (figure,) = _plan("力争到2035年工业产值翻一番。")
    assert (figure.indicator, figure.value, figure.unit, figure.period) == ("工业产值", 1, "番", "2035")


def test_extract_aside_in_brackets_cuts_no_clause():
    assert _measures(_review("地区生产总值跨越500亿元，达560亿元（预计数，下同），增长4%。")) == [
        ("地区生产总值", "总量", "500"),
        ("地区生产总值", "总量", "560"),
        ("地区生产总值", "增速", "4"),
    ]


def test_extract_among_goes_back_to_the_level_before_its_increase():
    assert _measures(_review("年末常住人口300万人，比上年末减少2万人，其中城镇常住人口180万人。")) == [
        ("常住人口", "总量", "300"),
        ("常住人口", "增量", "-2"),
        ("城镇常住人口", "总量", "180"),
    ]


def test_extract_real_growth_keeps_the_name_whole():
    assert _measures(_review("规模以上工业增加值同比实际增长7.2%。")) == [
        ("规模以上工业增加值", "增速", "7.2")
    ]


def test_extract_axis_of_a_division_is_no_calibre():
    said = "居民人均可支配收入3万元。按常住地分，城镇居民人均可支配收入4万元，增长5%。"
    assert [(f.indicator, f.canonical) for f in _review(said)][1:] == [("城镇居民人均可支配收入",) * 2] * 2


def test_extract_branches_go_on_in_the_next_paragraph_of_a_section():
    report = _report(("review", "规模以上工业增加值增长4%。"), ("review", "分门类看，采矿业下降6%。"))
    assert _measures(extract_figures(report))[1] == ("规模以上工业增加值中采矿业", "降幅", "-6")


def test_extract_turnover_has_its_unit():
    assert _values(_review("货物运输周转量2406亿吨公里。")) == [("货物运输周转量", "2406", "亿吨公里")]


@pytest.mark.parametrize(
    ("text", "indicator", "value", "unit"),
    [
        ("高标准农田新建320万亩。", "新建高标准农田", "320", "万亩"),
        ("养老金最低标准提高到每月75元。", "养老金最低标准", "75", "元"),
        ("全市共有医疗卫生机构561个。", "医疗卫生机构", "561", "个"),
    ],
)
def test_extract_name_without_what_only_leads_to_the_number(text, indicator, value, unit):
    assert _values(_review(text)) == [(indicator, value, unit)]


def test_extract_zone_that_rose_bears_what_is_measured_next():
    rose = _review("枫江经开区获批省级高新区，亩均税收达到18万元，比上年增加2万元。全市亩均税收9万元。")
    assert [(f.subject, f.indicator, str(f.value)) for f in rose] == [
        ("枫江经开区", "亩均税收", "18"),
        ("枫江经开区", "亩均税收", "2"),
        ("", "亩均税收", "9"),
    ]
