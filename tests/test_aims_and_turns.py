"""Figures of aims that were missed, growths that turned, counts in mixed numerals, shares and places in an assessment."""

from __future__ import annotations

import pytest
from figure_rows import in_review, lines_of, measures_of, sentences

from qa.text import quantities


def aims_of(text: str) -> list[tuple[str, str, str, str]]:
    return [(row.indicator, row.measure, str(row.value), row.kind) for row in in_review(text)]


def test_aims_missed_are_targets_of_each_thing_named() -> None:
    assert aims_of("民间投资、餐饮收入分别未完成年初预期11%和7.5%的增长目标。") == [
        ("民间投资", "增速", "11", "target"),
        ("餐饮收入", "增速", "7.5", "target"),
    ]
    assert aims_of("工业投资增速低于年初9%的预期目标。") == [("工业投资", "增速", "9", "target")]
    assert aims_of("城镇化率未达到62%的规划目标。") == [("城镇化率", "比率", "62", "target")]
    assert aims_of("技改投资增长3.1%，与年初预期8%左右的增长目标有差距。") == [
        ("技改投资", "增速", "3.1", "actual"),
        ("技改投资", "增速", "8", "target"),
    ]
    assert aims_of("新建公租房5300套，完成年度4900套的目标任务。") == [
        ("新建公租房", "增量", "5300", "actual"),
        ("新建公租房", "增量", "4900", "target"),
    ]


def test_aims_that_nobody_fell_short_of_are_read_as_before() -> None:
    assert [kind for *_, kind in aims_of("我们对照全年增长8%的目标抓落实。")] == ["actual"]


def test_growth_that_turned_is_one_of_each_year() -> None:
    rows = in_review("商品房销售面积由上年下降4.6%转为增长1.9%，进口由2028年增长7%转为下降2.3%。")
    assert [(row.indicator, row.measure, str(row.value), row.period) for row in rows] == [
        ("商品房销售面积", "降幅", "-4.6", "2029"),
        ("商品房销售面积", "增速", "1.9", "2030"),
        ("进口", "增速", "7", "2028"),
        ("进口", "降幅", "-2.3", "2030"),
    ]


def test_growth_left_at_another_time_is_of_no_year() -> None:
    assert measures_of(in_review("技改投资由上半年下降1.7%转为增长5.3%。")) == [("技改投资", "增速", "5.3")]


@sentences(
    [
        ("惠及乡亲1亿3千多万人次。", [("惠及乡亲", "总量", "1.3", "亿人次", "多")]),
        ("为企业减负3万多亿元。", [("减负", "总量", "3", "万亿元", "多")]),
        ("新改建村道超过1万5千公里。", [("新改建村道", "增量", "1.5", "万公里", "超过")]),
        ("缓税2千余万元。", [("缓税", "总量", "2", "千万元", "余")]),
        (
            "锂矿石产量8万吨，约占全国的四成。",
            [("锂矿石产量", "总量", "8", "万吨", ""), ("锂矿石产量约占全国", "占比", "4", "成", "")],
        ),
        (
            "在全省42个园区综合考评中列第9位，较上年前移6位。",
            [("园区综合考评", "排名", "9", "位", ""), ("园区综合考评", "变化", "6", "位", "")],
        ),
    ]
)
def test_mixed_numerals_shares_and_places_exact_rows(text, expected):
    assert lines_of(in_review(text)) == expected


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [("1亿3千多万", "1.3", "亿"), ("2万多亿元", "2", "万亿元"), ("3百余万户", "3", "百万户")],
)
def test_numbers_in_digits_and_numerals_are_one(text: str, value: str, unit: str) -> None:
    assert [(str(item.value), item.unit) for item in quantities(text)] == [(value, unit)]
