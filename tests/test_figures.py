from copy import deepcopy
from decimal import Decimal

import pytest

from qa.figures import extract_figures
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
        ("茶叶产量12万吨。", None),
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
    ("text", "expected"),
    [
        ("投资2000万元以上设施农业项目123个。", ("投资2000万元以上设施农业项目", "123", "个")),
        ("投资5000万元以上项目42个。", ("投资5000万元以上项目", "42", "个")),
    ],
)
def test_extract_threshold_is_no_figure(text, expected):
    assert _values(_review(text)) == [expected]


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
