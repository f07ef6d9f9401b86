"""Releases on part of a year: their kind and place, the period of their rows, and what they answer."""

from __future__ import annotations

from functools import cache

import pytest
from shelf_reports import Shelf, shelf_of_texts

from qa.year_parts import parts_in, release_kind

RELEASE = """2031年上半年全市经济运行情况
发布时间：2031-07-20　来源：棠溪市统计局
今年以来，全市经济运行平稳。根据统一核算结果，上半年全市实现地区生产总值412.6亿元，同比增长5.4%，比一季度提高0.2个百分点。
一、工业
上半年，规模以上工业增加值增长7.1%，其中6月份增长8.3%。1—5月，规模以上工业企业实现利润总额21.7亿元，增长3.9%。
二、外贸
上半年，货物进出口总额38.2亿元，下降1.4%。其中出口29.5亿元，增长2.6%。
下阶段，要锚定全年6.5%左右的增长目标，扎实做好各项工作。
"""
BULLETIN = """棠溪市2030年国民经济和社会发展统计公报
棠溪市统计局
一、综合
全年地区生产总值863.4亿元，比上年增长5.9%。
二、对外经济
全年货物进出口总额80.3亿元，增长4.5%。其中出口61.8亿元，增长5.1%。
"""
KIND = "2031-棠溪市-上半年经济运行情况"


@cache
def shelf() -> Shelf:
    return shelf_of_texts({"tjj_88": RELEASE, "棠溪市2030年统计公报": BULLETIN})


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("2031年上半年全市经济运行情况", "上半年经济运行情况"),
        ("2031年前三季度国民经济运行情况", "前三季度经济运行情况"),
        ("2031年1至5月经济运行情况", "1-5月经济运行情况"),
        ("2031年全市经济运行情况", "经济运行情况"),
    ],
)
def test_kind_of_a_release_begins_with_its_part_of_the_year(title: str, kind: str) -> None:
    assert release_kind(title) == kind


def test_parts_are_written_one_way_however_they_are_said() -> None:
    assert parts_in("1至5月份、1-9月和前三季度") == ("1-5月", "前三季度", "前三季度")


def test_release_is_known_by_its_publisher_and_part() -> None:
    assert (shelf().reports[KIND].place, shelf().reports[KIND].doc_kind) == ("棠溪市", "上半年经济运行情况")


def test_rows_of_a_release_say_their_part_of_the_year() -> None:
    rows = shelf().rows[KIND]
    told = {(row.indicator, str(row.value)): (row.period, row.kind) for row in rows}
    assert told["地区生产总值", "412.6"] == ("2031年上半年", "actual")
    assert told["规模以上工业增加值", "7.1"] == ("2031年上半年", "actual")
    assert told["规模以上工业增加值中6月份", "8.3"] == ("2031年6月", "actual")
    assert told["规模以上工业企业实现利润总额", "21.7"] == ("2031年1-5月", "actual")
    assert [row.kind for row in rows if str(row.value) == "6.5"] == ["target"]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("棠溪2031年上半年GDP多少", "2031年上半年，棠溪市实现地区生产总值412.6亿元，同比增长5.4%【1】。"),
        ("棠溪今年上半年出口多少亿", "2031年上半年，棠溪市出口29.5亿元【1】。"),
        (
            "棠溪2031年1-5月规上工业利润总额",
            "2031年1-5月，棠溪市规模以上工业企业实现利润总额21.7亿元，增长3.9%【1】。",
        ),
        (
            "棠溪2031年上半年GDP和出口各多少",
            "2031年上半年，棠溪市实现地区生产总值412.6亿元，同比增长5.4%【1】。2031年上半年，棠溪市出口29.5亿元，增长2.6%【2】。",
        ),
        ("棠溪上半年GDP增速比一季度高几个点", "2031年上半年，棠溪市地区生产总值增速提高0.2个百分点【1】。"),
        ("棠溪2030年出口额", "2030年，棠溪市出口61.8亿元，增长5.1%【1】。"),
        (
            "棠溪2030年和2031年上半年出口分别多少",
            "2030年，棠溪市出口61.8亿元，增长5.1%【1】。2031年上半年，棠溪市出口29.5亿元，增长2.6%【2】。",
        ),
    ],
)
def test_release_answers_for_its_part_and_the_bulletin_for_the_year(question: str, said: str) -> None:
    assert shelf().ask(question).done.answer == said


@pytest.mark.parametrize("question", ["棠溪2031年三季度GDP", "棠溪2031年一季度GDP多少", "棠溪2032年GDP目标"])
def test_no_other_part_and_no_plan_is_answered_from_a_release(question: str) -> None:
    assert shelf().ask(question).done.reason == "not_stated"


def test_half_a_year_is_never_told_as_the_year() -> None:
    said = shelf().ask("棠溪2031年出口多少亿元").done
    assert said.reason == "not_stated" or "上半年" in said.answer
