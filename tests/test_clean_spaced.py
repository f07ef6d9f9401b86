"""Characters set apart by a typesetter or a PDF, and headers that stand beside page numbers in the text."""

from __future__ import annotations

import pytest

from qa.clean import clean, close_up
from qa.formats import Line


def blocks(lines: list[str]) -> list[str]:
    return [block.text for block in clean([Line(n, text) for n, text in enumerate(lines, 1)], "lines")[0]]


@pytest.mark.parametrize(
    ("written", "closed"),
    [
        ("总值 2 1 7 . 9 亿 元，", "总值 217.9 亿元，"),
        ("完成 7 3 .6 亿元，", "完成 73.6 亿元，"),
        ("达到 4 1 , 5 0 8 元，", "达到 41,508 元，"),
        ("达到38. 4亿元，", "达到38.4亿元，"),
        ("人均61\u2009204元，", "人均61204元，"),
        ("增长 6. 2%、5.1 %以上，", "增长6.2%、5.1%以上，"),
        ("地 区 生 产 总 值增长，", "地区生产总值增长，"),
        ("２ ０ ３ ０ 年，", "２０３０ 年，"),
    ],
)
def test_numbers_and_words_of_a_sentence_are_closed_up(written: str, closed: str) -> None:
    assert close_up(written) == closed


@pytest.mark.parametrize(
    "written",
    [
        "原煤 万吨 4 7 8",  # cells of a table: no sentence
        "实事：1. 30个；2. 500座。",
        "3 个区 5 个县，",
        "分别为2.3 4.5，",
        "2031年 1 月，",
        "国道 312 线，",
        "现在 我代表市政府，",
    ],
)
def test_what_belongs_apart_stays_apart(written: str) -> None:
    assert close_up(written) == written


def test_header_beside_page_numbers_is_left_out_of_the_sentence_it_breaks() -> None:
    lines = [
        "关于财政的报告",
        "——2031年1月8日在某某大会上",
        "各位代表：",
        "全年争取到各类资金二十二亿元，其中债券十一亿元，比上年多一亿元，合计",
        "苇河县2031年政府工作报告",
        "— 2 —",
        "二十三亿元。今年要继续向上争取资金，用好每一分钱，办好每一件事，做到",
        "苇河县2031年政府工作报告",
        "— 3 —",
        "有始有终。苇河县2031年政府工作报告提出的任务要落实，不能只写在纸上，",
        "要让群众看得到，摸得着，用得上，年底逐项检查，逐项公布，不留尾巴，不打",
        "折扣，不搞变通，不走过场，不做表面文章，让全县人民满意，让各方都放心。",
    ]
    told = "".join(blocks(lines))
    assert "合计二十三亿元" in told
    assert "做到有始有终。苇河县2031年政府工作报告提出的任务" in told


def test_title_beside_one_page_number_is_no_heading_within_its_document() -> None:
    lines = [
        "苇河县2031年政府工作报告",
        "第一段，完。",
        "第二段，完。",
        "第三段，完。",
        "苇河县2031年政府工作报告",
        "— 2 —",
        "第四段，完。",
    ]
    assert blocks(lines) == [lines[0], *lines[1:4], lines[6]]


def test_line_that_stands_beside_one_page_number_only_is_kept() -> None:
    lines = [
        "题目",
        "第一段，完。",
        "第二段，完。",
        "第三段，完。",
        "县长 甲乙丙",
        "— 2 —",
        "第四段，完。",
        "第五段，完。",
    ]
    assert "县长 甲乙丙" in blocks(lines)
