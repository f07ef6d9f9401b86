"""How the sentences of an answer are put together; values of an invented city, each on a span of its own."""

from dataclasses import replace
from decimal import Decimal

import pytest
from shelf_reports import HEAD, shelf_of_texts

from qa.joining import run_on, without_repeats
from qa.types import Claim, Evidence, Figure, ReportInfo

INFO = ReportInfo(
    "2031-石湾市", "石湾市", 2031, "政府工作报告", "政府工作报告", "", "", "石湾.txt", "", 9, 0, 900
)
REPORTS = {INFO.report_id: INFO}


def row(indicator: str, measure: str, value: str, unit: str, start: int) -> Figure:
    return Figure(
        report_id=INFO.report_id, paragraph=3, indicator=indicator, canonical=None, subject="", measure=measure,
        value=Decimal(value), unit=unit, comparator="", period="2030", kind="actual", start=start, end=start + 4,
        clause_start=start - 10, clause_end=start + 4,
    )  # fmt: skip


def claim(text: str, *rows: Figure, at: int = 0) -> Claim:
    return Claim(text, (Evidence(INFO.report_id, 3, at, at + 5),), rows)


SALES, SALES_GROWTH = row("销售额", "总量", "30", "亿元", 20), row("销售额", "增速", "8", "%", 30)


def said(*texts: str) -> list[str]:
    return [one.text for one in run_on([claim(text, at=i) for i, text in enumerate(texts)], REPORTS)]


def test_time_and_place_are_said_once():
    told = said(
        "2030年，石湾市新建学校3所。", "2030年，石湾市新增学位500个。", "2030年，石湾市改造管网7公里。"
    )
    assert told == ["2030年，石湾市新建学校3所，", "新增学位500个，", "改造管网7公里。"]


def test_targets_are_parted_by_semicolons():
    told = said("石湾市2031年的目标是：新建学校3所。", "石湾市2031年的目标是：新增学位500个。")
    assert told == ["石湾市2031年的目标是：新建学校3所；", "新增学位500个。"]


def test_quotes_of_one_report_stay_sentences():
    told = said("石湾市2031年报告：抓好项目。", "石湾市2031年报告：办好学校，修好路。")
    assert told == ["石湾市2031年报告：抓好项目。", "办好学校，修好路。"]


@pytest.mark.parametrize(
    "second",
    [
        "2029年，石湾市新增学位500个。",  # another year
        "2030年，竹陵市新增学位500个。",  # another place than that of its report
        "石湾市2031年的目标是：新增学位500个。",
        "2030年，石湾市新增学位500个；新建幼儿园2所，其中城区1所。",
        f"2030年，石湾市{'很' * 41}好。",  # 41 and 1 characters: longer than may join
    ],
)
def test_sentences_that_differ_or_are_long_stay_whole(second):
    first = "2030年，石湾市新建学校3所。"
    assert said(first, second) == [first, second]


def test_growth_behind_its_amount_leaves_out_the_name():
    told = run_on(
        [claim("2030年，石湾市销售额30亿元。", SALES), claim("2030年，石湾市销售额增长8%。", SALES_GROWTH)],
        REPORTS,
    )
    assert [one.text for one in told] == ["2030年，石湾市销售额30亿元，", "增长8%。"]


def test_growth_behind_the_amount_of_another_thing_keeps_its_name():
    other = replace(SALES, indicator="零售额")
    told = run_on(
        [claim("2030年，石湾市零售额30亿元。", other), claim("2030年，石湾市销售额增长8%。", SALES_GROWTH)],
        REPORTS,
    )
    assert [one.text for one in told] == ["2030年，石湾市零售额30亿元，", "销售额增长8%。"]


def test_a_growth_that_another_sentence_tells_too_is_left_out():
    both = claim("2030年，石湾市销售额30亿元，增长8%。", SALES, SALES_GROWTH)
    alone = claim("2030年，石湾市销售额增长8%。", SALES_GROWTH)
    assert without_repeats([both, alone]) == [both]
    assert without_repeats([alone, both]) == [both]


def test_lines_of_a_table_are_no_repeats():
    line = claim("| 石湾市 | 30亿元 |", SALES)
    assert without_repeats([line, line]) == [line, line]


def test_each_clause_keeps_its_own_citation():
    text = HEAD.format(place="石湾市") + "2030年，新建学校3所，改造管网7公里。\n\n今年，种树9万亩。"
    answer = shelf_of_texts({"2031_石湾市": text}).ask("石湾去年新建学校几所？改造管网多少公里？").done.answer
    assert answer == "2030年，石湾市新建学校3所【1】，改造管网7公里【2】。"
