"""Text copied from what a browser printed, and from a PDF that draws its headings twice to make them bold."""

from __future__ import annotations

import pytest

from qa.clean import clean
from qa.formats import Line
from qa.typeset import close_up, plain_line

HEAD = "2033/3/23 21:07 政府⼯作报告_政府⽹"


def cleaned(lines: list[str]) -> tuple[list[str], list[str]]:
    """The paragraphs, and the lines left out with the reason."""
    blocks, dropped = clean([Line(n, text) for n, text in enumerate(lines, 1)], "lines")
    return [block.text for block in blocks], [f"{line.reason}：{line.text}" for line in dropped]


def test_header_of_a_printed_page_is_left_out_of_the_sentence_it_breaks() -> None:
    full = [
        f"全年争取到各类资金{n}十二亿元，其中债券十一亿元，比上年多一亿元，群众满意" for n in "二三四五六"
    ]
    lines = [HEAD, *[part for one in full[1:] for part in (one, f"{one}。")], full[0], HEAD, f"{full[0]}。"]
    told, left_out = cleaned(lines)
    assert told == [f"{one}{one}。" for one in (*full[1:], full[0])]
    assert left_out == ["页眉页脚：2033/3/23 21:07 政府工作报告_政府网"] * 2


def test_time_and_title_that_stand_once_are_kept() -> None:
    told, left_out = cleaned([HEAD, "第一段，完。", "2033/3/24 9:00 开幕", "第二段，完。"])
    assert told == [
        "2033/3/23 21:07 政府工作报告_政府网",
        "第一段，完。",
        "2033/3/24 9:00 开幕",
        "第二段，完。",
    ]
    assert left_out == []


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ("各位代表：各位代表：", "各位代表："),
        ("一 、 2 0 3 2 年 工 作 回 顾一 、 2 0 3 2 年 工 作 回 顾", "一、2032年工作回顾"),
        ("政 　 府 　 工 　 作政 　 府 　 工 　 作", "政府工作"),
        ("（一）稳就业 惠民生（一）稳就业 惠民生", "（一）稳就业 惠民生"),
        ("比上年增长 比上年增长", "比上年增长 比上年增长"),  # two cells of a row
        ("12.512.5", "12.512.5"),
    ],
)
def test_line_that_is_drawn_twice_is_told_once(drawn: str, read: str) -> None:
    assert plain_line(drawn) == read


@pytest.mark.parametrize(
    ("written", "closed"),
    [
        ("一、2 0 3 2 年工作回顾", "一、2032年工作回顾"),
        ("1 2 0 3 2 年", "1 2 0 3 2 年"),  # more digits than a year has
        ("2 0 3 2 吨", "2 0 3 2 吨"),  # perhaps cells of a row
    ],
)
def test_year_set_apart_in_a_heading_is_closed_up(written: str, closed: str) -> None:
    assert close_up(written) == closed


def test_capitals_broken_over_a_line_are_one_word() -> None:
    full = [f"全年争取到各类资金{n}十二亿元，其中债券十一亿元，比上年多一亿元，建成了" for n in "二三四五"]
    cut = [("E", "OD试点三个。"), ("Smart", "City样板。"), ("EO", "D试点四个。"), ("A", "B两类。")]
    lines = [part for one, (left, right) in zip(full, cut, strict=True) for part in (one + left, right)]
    written = ["EOD试点三个。", "Smart City样板。", "EOD试点四个。", "AB两类。"]
    assert cleaned(lines)[0] == [one + end for one, end in zip(full, written, strict=True)]
