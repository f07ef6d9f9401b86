"""A row of a comparison in words: its name, its time, its value, and what several rows have in common."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from qa.calibre import deeds_of
from qa.figure_answer import evidence
from qa.indicator_names import as_reports_write, indicators_in
from qa.match import Library
from qa.phrasing import averaged, value_of
from qa.row import WORDED
from qa.text import fold, unit_family
from qa.types import Claim, Derived, Figure


def rounded(rows: Sequence[Figure]) -> str:
    """What is said of a computed value if a row has a bound (以上, 左右)."""
    return "，其中有约数" if any(row.comparator for row in rows) else ""


def said_of_place(row: Figure, names: dict[str, str], library: Library, *, dated: bool = False) -> str:
    """A row as ``place（value）``; its year, and 目标, only where ``dated``."""
    when = time_of(row) if dated else ""
    return f"{names[row.report_id]}（{when}{value_said(row, library)}）"


def degree(row: Figure) -> tuple[str, str]:
    """How a greater value and a smaller one are said: 高 and 低 of a rate or a mean, 多 and 少 of an amount."""
    rate = unit_family(row.unit) in ("percent", "point", "number") or "/" in row.unit
    rate = rate or "人均" in name_of(row)
    return ("高", "低") if rate else ("多", "少")


def time_of(row: Figure) -> str:
    """2031年 of a result, 2031年目标 of a target."""
    return f"{row.when}{'目标' if row.kind == 'target' else ''}"


def of_several_times(rows: Sequence[Figure]) -> bool:
    """Whether the rows are of several years or kinds: then each says its own."""
    return len({(row.period, row.kind) for row in rows}) > 1


def how_of(row: Figure) -> str:
    """The word before the value that tells the measure: 增长, 下降, 排名, 实现; "" of an amount."""
    if row.comparator.startswith("与"):
        return ""
    if row.unit == "番" and row.comparator in WORDED:
        return "实现"
    return {"增速": "增长", "降幅": "下降", "排名": "排名"}.get(row.measure, "")


LONG_NAME = 16
"""Characters from which a row's own words are no name for what the rows of other places tell of too."""


def subject_of(rows: Sequence[Figure], *, dated: bool = True) -> str:
    """What rows have in common, in words; of different bearers (市区, 中心城区) the indicator alone."""
    row = rows[0]
    what = "目标" if row.kind == "target" and dated else ""
    name = named(row)
    deeds = {deed for one in rows if (deed := deeds_of(one) - {"实施"})}
    if len({(standard(one), one.canonical) for one in rows}) > 1 or len(deeds) > 1:
        called = [one.canonical or name_of(one) for one in rows]
        name = min(called, key=len) if len(called[0]) > LONG_NAME else called[0]
        name = f"{name}（各地口径不尽相同）{'增速' * row.is_growth}"
    when = row.when if dated else ""
    return f"{when}{name}{what}"


def name_of(row: Figure) -> str:
    """The standard name of what a row measures, else its own words.

    A report that says 工业总产值 is not made to say 规模以上工业总产值.
    """
    inside = indicators_in(fold(row.indicator))
    if row.canonical and row.canonical.startswith("规模以上") and "规" not in row.indicator:
        return row.subject + row.indicator
    if row.subject:
        return row.subject + (row.canonical or row.indicator)
    added = "新增" if row.indicator.startswith("新增") and inside and not inside[0].startswith("新增") else ""
    return row.canonical or (added + inside[0] if len(inside) == 1 and added else row.indicator)


def standard(row: Figure) -> str:
    """The name in the words of reports and without adverbs, so that 新入规工业企业 is 新增规模以上工业企业."""
    return re.sub(r"^(?:全年|年内|力争|确保|高质量|直接)+", "", as_reports_write(fold(name_of(row))))


def plain(value: Decimal) -> str:
    """A number without exponent and without zeros behind its last decimal: 2.50 is 2.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def cited(text: str, rows: Sequence[Figure], *derived: Derived) -> Claim:
    """A claim on rows: each is its evidence, ``derived`` what was computed of them."""
    return Claim(text, tuple(evidence(row) for row in rows), tuple(rows), derived)


def value_said(row: Figure, library: Library) -> str:
    """The value of a row as its report writes it, with 增长 or 下降 before a rate, 每月 before what is paid by the month."""
    text = library.text(row.report_id)
    paid = f"每{row.per}" if row.per and "标准" in row.indicator and "/" not in row.unit else ""
    return paid + averaged(row, text) + how_of(row) + value_of(row, text)


def named(row: Figure) -> str:
    """The name of what a row tells, with 增速 where it is a growth."""
    name = name_of(row)
    return name if name.endswith(("率", "增速")) else name + "增速" * row.is_growth


def titled(row: Figure, *, dated: bool = True, own: bool = False) -> str:
    """Time and name of a row; with ``own`` its own words, where two rows share the standard name."""
    when = row.when if dated else ""
    return (
        f"{when}{row.subject + row.indicator if own else named(row)}{'目标' if row.kind == 'target' else ''}"
    )
