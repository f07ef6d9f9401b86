"""Parts of a year: what a statistical office's release tells of (上半年, 前三季度, 1—5月), and a question asks for."""

from __future__ import annotations

import re

from qa.lexicon import piece, regex
from qa.types import Kind

BULLETIN, RELEASE = "统计公报", "经济运行情况"
"""Kinds of report that tell of their own year alone; the kind of a release begins with its part of the year."""

YEAR_PART = piece("time", "year_part")
_PART = re.compile(YEAR_PART)
_OPENS = re.compile(rf"(?:其中[，：]?)?(?:今年)?(?P<part>{YEAR_PART}|{piece('time', 'month')})(?![末底])")
_AIM = regex("time", "whole_year_aim")


def tells_own_year(kind: str) -> bool:
    """Whether reports of a kind tell of the year that they are named by, and plan nothing."""
    return kind == BULLETIN or kind.endswith(RELEASE)


def release_kind(title: str) -> str:
    """The kind of a release with a folded title: 2024年上半年全市经济运行平稳 is an 上半年经济运行情况."""
    return (parts_in(title) or ("",))[0] + RELEASE


def part_of(period: str) -> str:
    """The part of a year that a period is, "" for a whole year or a span of them."""
    return period.partition("年")[2]


def parts_in(text: str) -> tuple[str, ...]:
    """The parts of a year that a folded text names, each as it is written most: 1-5月 for 1至5月份, 前三季度 for 1-9月."""
    return tuple(_written(match[0]) for match in _PART.finditer(text))


def _written(part: str) -> str:
    said = re.sub(r"(?<=\d)\D+(?=\d)", "-", part.removesuffix("份"))
    return _SAME.get(said, said)


_SAME = {
    "1-3月": "一季度", "前一季度": "一季度", "1-6月": "上半年", "前二季度": "上半年", "1-9月": "前三季度",
}  # fmt: skip
"""Months that are a part of the year with a name of its own."""


def release_time(kind: str, year: int, clause: str) -> tuple[Kind, str] | None:
    """Kind and period of a clause of a release that opens with its own part of the year or speaks of the year's aim.

    6月末 is no part of the year; None where the clause is of the time of the release.
    """
    if kind == BULLETIN:
        return None
    if _AIM.search(clause):
        return "target", str(year)
    said = _OPENS.match(clause)
    return ("actual", f"{year}年{_written(said['part'])}") if said else None
