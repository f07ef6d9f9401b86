"""Whose a figure is: the whole country's, a part's, a zone's or a county's."""

import pytest
from figure_rows import in_review, report_of

from qa.bearers import counties_named
from qa.figures import extract_figures

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
    (row,) = extract_figures(report_of(("review", text), place=place))
    assert (row.subject, row.indicator) == (subject, indicator)


def test_extract_two_bearers_in_one_sentence():
    rows = in_review("全国粮食产量1.39万亿斤，我市粮食产量35万吨。")
    assert [(f.subject, str(f.value), f.unit) for f in rows] == [
        ("全国", "1.39", "万亿斤"),
        ("", "35", "万吨"),
    ]


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
    assert [(f.subject, f.indicator) for f in in_review(text)] == expected


def test_extract_bearer_stands_in_the_clause_that_is_cited():
    text = "加快海棠新区建设，新增企业80家。"
    report = report_of(("review", text))
    (row,) = extract_figures(report)
    assert report.text[row.clause_start : row.clause_end] == "海棠新区建设，新增企业80家"


def test_extract_bearer_does_not_pass_the_full_stop():
    rows = in_review("加快海棠新区建设，新增企业80家。实际使用外资5亿美元。")
    assert [f.subject for f in rows] == ["海棠新区", ""]


def test_extract_zone_that_rose_bears_what_is_measured_next():
    rose = in_review("枫江经开区获批省级高新区，亩均税收达到18万元，比上年增加2万元。全市亩均税收9万元。")
    assert [(f.subject, f.indicator, str(f.value)) for f in rose] == [
        ("枫江经开区", "亩均税收", "18"),
        ("枫江经开区", "亩均税收", "2"),
        ("", "亩均税收", "9"),
    ]


def test_extract_zones_that_are_counted_bear_nothing():
    rows = in_review("综合保税区达到3个，注册企业120家。")
    assert [(f.subject, f.indicator) for f in rows] == [("", "综合保税区"), ("", "注册企业")]


@pytest.mark.parametrize(
    ("name", "counties"),
    [
        ("甲乡、环江毛南族自治县可爱村", ("环江毛南族自治县",)),
        ("范县粮食产量", ("范县",)),
        ("石湾县4A级景区", ("石湾县",)),  # none of the gazetteer
        ("新增国家级示范县", ()),
        ("新县城建设投资", ()),
        ("县域园区产值", ()),
        ("全县粮食产量", ()),
        ("向全县80岁以上老人发放老人津贴", ()),
        ("天全县粮食产量", ("天全县",)),  # of the gazetteer
    ],
)
def test_counties_named_in_the_name_of_a_figure(name, counties):
    assert counties_named(name) == counties
