"""Labelled figures and extracted rows: which belong together, and which fields are wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from extraction_labels import FIRMS, FIRMS_ROW, GDP, GDP_ROW, POWER, POWER_ROW, TEXT, labelled

from eval.labels import FigureLabel
from eval.pairing import Pair, faults, pair_figures
from qa.types import Figure


def at(said: str, row: Figure, text: str = TEXT) -> tuple[int, int, Figure]:
    return text.index(said), text.index(said) + len(said), row


def label(**changes: Any) -> FigureLabel:
    return FigureLabel.model_validate(GDP | changes)


def told(pairs: Sequence[Pair]) -> list[tuple[str, str, tuple[str, ...]]]:
    """(labelled words, extracted indicator, faults) of each pair, "" for what is missing."""
    return [
        (pair.gold.said if pair.gold else "", pair.found.indicator if pair.found else "", pair.faults)
        for pair in pairs
    ]


# ------------------------------------------------------------------ figures: pairing


def test_pair_figures_by_place_whatever_the_order(tmp_path: Path) -> None:
    paragraph = labelled(tmp_path, figures=[GDP, FIRMS, POWER])
    found = [at("3%—5%", POWER_ROW), at("6.3%", GDP_ROW), at("42家", FIRMS_ROW)]
    assert told(pair_figures(paragraph, found)) == [
        ("6.3%", "地区生产总值", ()),
        ("42家", "新增企业", ()),
        ("3%—5%", "用电量", ()),
    ]


def test_pair_figures_missed_and_extra(tmp_path: Path) -> None:
    paragraph = labelled(tmp_path, figures=[GDP])
    assert told(pair_figures(paragraph, [at("42家", FIRMS_ROW)])) == [
        ("6.3%", "", ("漏",)),
        ("", "新增企业", ("多",)),
    ]


def test_pair_figures_value_that_only_touches_is_no_pair(tmp_path: Path) -> None:
    paragraph = labelled(tmp_path, figures=[GDP])
    start, end, _ = at("6.3%", GDP_ROW)
    pairs = pair_figures(paragraph, [(start - 2, start, GDP_ROW), (end, end + 1, GDP_ROW)])
    assert [pair.faults for pair in pairs] == [("漏",), ("多",), ("多",)]


def test_pair_figures_second_row_at_one_value_is_extra(tmp_path: Path) -> None:
    paragraph = labelled(tmp_path, figures=[GDP])
    worse = replace(GDP_ROW, indicator="第一产业", canonical=None, unit="个百分点")
    pairs = pair_figures(paragraph, [at("6.3%", worse), at("6.3%", GDP_ROW)])
    assert told(pairs) == [("6.3%", "地区生产总值", ()), ("", "第一产业", ("多",))]


def test_pair_figures_row_over_two_labels_goes_to_the_one_it_fits(tmp_path: Path) -> None:
    paragraph = labelled(tmp_path, figures=[GDP, FIRMS])
    over_both = (TEXT.index("6.3%"), TEXT.index("42家") + 3, FIRMS_ROW)
    assert told(pair_figures(paragraph, [over_both])) == [
        ("6.3%", "", ("漏",)),
        ("42家", "新增企业", ()),
    ]


def test_pair_figures_equal_faults_go_to_the_larger_share(tmp_path: Path) -> None:
    paragraph = labelled(tmp_path, figures=[GDP, GDP | {"said": "42家"}])
    # one character of 6.3% and all three of 42家
    spilled = (TEXT.index("%"), TEXT.index("42家") + 3, GDP_ROW)
    assert told(pair_figures(paragraph, [spilled])) == [
        ("6.3%", "", ("漏",)),
        ("42家", "地区生产总值", ()),
    ]


def test_pair_figures_optional_counts_neither_found_nor_missed(tmp_path: Path) -> None:
    paragraph = labelled(tmp_path, figures=[GDP | {"optional": True}])
    wrong = replace(GDP_ROW, unit="家")
    assert pair_figures(paragraph, []) == []
    assert pair_figures(paragraph, [at("6.3%", GDP_ROW)]) == []
    assert pair_figures(paragraph, [at("6.3%", wrong), at("6.3%", GDP_ROW)]) == []


def test_pair_figures_optional_takes_no_row_of_its_neighbour(tmp_path: Path) -> None:
    paragraph = labelled(tmp_path, figures=[GDP | {"optional": True}, FIRMS])
    over_both = (TEXT.index("6.3%"), TEXT.index("42家") + 3, FIRMS_ROW)
    assert told(pair_figures(paragraph, [over_both])) == [("42家", "新增企业", ())]


def test_pair_figures_same_words_twice_are_two_places(tmp_path: Path) -> None:
    text = "收入增长5%，支出增长5%。"
    income = GDP | {"said": "5%", "value": "5", "indicator": "收入", "core": "收入"}
    paragraph = labelled(
        tmp_path, text=text, figures=[income, income | {"indicator": "支出", "core": "支出"}]
    )
    assert [(start, end) for start, end, _ in paragraph.figures] == [(4, 6), (11, 13)]


# ------------------------------------------------------------------ figures: fields


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ()),
        ({"value": Decimal("6.30")}, ()),
        ({"value": Decimal("-6.3")}, ("value",)),
        ({"unit": "个百分点"}, ("unit",)),
        ({"unit": "％"}, ()),
        ({"comparator": "以上"}, ("comparator",)),
        ({"comparator": "—7"}, ("value",)),
        ({"measure": "总量"}, ("measure",)),
        ({"measure": "降幅"}, ()),
        ({"measure": "比2020年增速"}, ()),
        ({"indicator": "生产", "canonical": None}, ("indicator",)),
        ({"subject": "全国"}, ("subject",)),
        ({"period": "2031"}, ("period",)),
        ({"kind": "target"}, ("kind",)),
        (
            {
                "value": Decimal(1),
                "unit": "家",
                "comparator": "近",
                "measure": "排名",
                "indicator": "企业",
                "canonical": None,
                "subject": "园区",
                "period": "",
                "kind": "target",
            },
            ("value", "unit", "comparator", "measure", "indicator", "subject", "period", "kind"),
        ),
    ],
)
def test_faults_name_each_wrong_field(change: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert faults(label(), replace(GDP_ROW, **change)) == expected


@pytest.mark.parametrize(
    ("comparator", "expected"),
    [
        ("—5左右", ()),
        ("—5.0左右", ()),
        ("—5", ("comparator",)),
        ("—6左右", ("value",)),
        ("左右", ("value",)),
    ],
)
def test_faults_range_needs_both_ends(comparator: str, expected: tuple[str, ...]) -> None:
    wanted = label(value="3", high="5", comparator="左右")
    assert faults(wanted, replace(GDP_ROW, value=Decimal(3), comparator=comparator)) == expected


def test_faults_range_keeps_words_that_follow_it() -> None:
    wanted = label(value="3", high="5", comparator="超过")
    assert faults(wanted, replace(GDP_ROW, value=Decimal(3), comparator="—5超过")) == ()


@pytest.mark.parametrize(
    ("wanted", "found", "right"),
    [
        ("以上", "以上", True),
        ("以上", "力争以上", True),
        ("持平", "与上年持平", True),
        ("", "", True),
        ("", "以上", False),
        ("以上", "", False),
        ("超过", "不超过", False),  # the opposite bound
        ("低于", "不低于", False),
        ("不低于", "不低于", True),
        (["", "突破"], "突破", True),
        (["", "突破"], "", True),
        (["", "突破"], "近", False),
    ],
)
def test_faults_comparator(wanted: Any, found: str, right: bool) -> None:
    expected = () if right else ("comparator",)
    assert faults(label(comparator=wanted), replace(GDP_ROW, comparator=found)) == expected


@pytest.mark.parametrize(
    ("reference", "measure", "right"),
    [
        ("全国", "高于全国", True),
        ("全国", "高出全国", True),
        ("全国", "高于全区", False),
        (["全国", "全国平均"], "快于全国平均", True),
        ("全国", "差距", False),
        ([], "低于全区", True),
        ("", "低于全区", True),
        ("全国", "增速", False),
    ],
)
def test_faults_gap_needs_its_reference(reference: Any, measure: str, right: bool) -> None:
    wanted = label(measure="gap", unit="个百分点", reference=reference)
    found = replace(GDP_ROW, measure=measure, unit="个百分点")
    assert faults(wanted, found) == (() if right else ("measure",))


def test_faults_lists_hold_alternatives_of_every_field() -> None:
    wanted = label(
        unit=["%", "成"],
        comparator=["", "约"],
        measure=["share", "growth"],
        indicator=["生产总值", "经济总量"],
        core=["总量", "总值|GDP"],
        subject=["全国", ""],
        period=["2030", "2031"],
        kind=["target", "actual"],
    )
    other: dict[str, Any] = {"unit": "成", "comparator": "约", "measure": "占比", "indicator": "经济总量"}
    assert faults(wanted, replace(GDP_ROW, canonical=None)) == ()
    assert faults(wanted, replace(GDP_ROW, **other, subject="全国", period="2031", kind="target")) == ()


def test_faults_open_period_accepts_any() -> None:
    assert faults(label(period=""), replace(GDP_ROW, period="1999")) == ()


@pytest.mark.parametrize(
    ("indicator", "canonical", "right"),
    [
        ("全市生产总值", None, True),
        ("生产企业总值", None, True),  # in this order, gaps allowed
        ("总值生产", None, False),
        ("GDP", None, True),
        ("经济总量", "地区生产总值", True),
        # full name 6 characters: 2 x 6 + 4 = 16 are allowed
        ("生产总值" + "甲" * 12, None, True),
        ("生产总值" + "甲" * 13, None, False),
    ],
)
def test_faults_indicator_least_words_and_length(indicator: str, canonical: str | None, right: bool) -> None:
    found = replace(GDP_ROW, indicator=indicator, canonical=canonical)
    assert faults(label(), found) == (() if right else ("indicator",))


def test_faults_list_of_subjects_allows_no_longer_name() -> None:
    # 2 x (6 + 2) + 4 = 20: the longest subject counts, not the list as written
    found = replace(GDP_ROW, canonical=None, indicator="生产总值" + "甲" * 17)
    assert faults(label(subject=["全国", ""]), found) == ("indicator",)


@pytest.mark.parametrize(
    ("wanted", "subject", "indicator", "right"),
    [
        ("云岭茶园", "云岭茶园", "生产总值", True),
        ("云岭茶园", "茶园", "生产总值", True),
        ("云岭茶园", "", "云岭茶园生产总值", True),
        ("云岭茶园", "", "生产总值", False),
        ("云岭茶园", "海棠港", "生产总值", False),
        ("", "地区", "生产总值", True),  # stands in the labelled indicator
        ("", "全国", "生产总值", False),
        (["全国", ""], "", "生产总值", True),
    ],
)
def test_faults_subject(wanted: Any, subject: str, indicator: str, right: bool) -> None:
    found = replace(GDP_ROW, subject=subject, indicator=indicator)
    assert faults(label(subject=wanted), found) == (() if right else ("subject",))
