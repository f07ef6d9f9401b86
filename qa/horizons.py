"""Spans of years by name: five-year plans (“十四五” is 2021—2025), the five years past, those to come; means of years.

Reports and questions say them alike; only a question may mean the last year of a plan (十五五末).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.lexicon import piece, regex
from qa.text import whole_number
from qa.types import Kind

_FIRST = 10
"""The tenth plan (十五) began in 2001."""

PLAN_NAMES = "|".join((*(f"十{n}五" for n in "一二三四五六七八九"), "十五"))


def plan_years(name: str) -> tuple[int, int]:
    """First and last year of a plan by its name: 十四五 is the fourteenth, 2021 to 2025."""
    start = 2001 + 5 * (whole_number(name.removesuffix("五")) - _FIRST)
    return start, start + 4


_OF_PLAN = r"(?:规划|计划)?"
_SAID = re.compile(
    rf"“?(?P<plan>{PLAN_NAMES})”?(?:{_OF_PLAN}(?P<end>期?末|的?最后一年|收官(?:之年|时)?|结束时?)"
    rf"|{_OF_PLAN}(?P<begin>期?初期?|之初|伊始)(?!步)"
    rf"|{_OF_PLAN}(?:时期|期间)?的?[头前](?P<first>[一二两三四])年"
    rf"|{_OF_PLAN}(?P<sure>时期|期间|期(?!末)|以来|(?:这|的|这个)?五年)(?:里|内|间)?|(?P<bare>)(?!{piece('horizon', 'papers')}))"
    rf"|(?:刚?过去|前|这|近|最近|上)的?(?P<past>[两三四五十])年(?!{piece('horizon', 'no_years')})(?:以?来|时间|间|里|内)?"
    r"|(?<![\d一二三四五六七八九])(?P<since>[两三四五十])年(?:多)?以?来"
    r"|(?<![\d一二三四五六七八九十近前后连每满这])(?P<five>[五十])年"
    r"(?=年|[缩提下上增降多累共总一里间内从由变翻涨减合加]|的变化|$|[^，。；？\d]{0,8}(?:年均|累计))(?!年度|规划|计划|行动)(?:里|间|内|下来)?"
    r"|(?:今后|未来|往后|接下来|下一?个)的?(?P<ahead>[两三四五])年(?:里|内|间)?"
    r"|(?<![\d一二三四五六七八九十近前后每连满第])(?P<averaged>[两三四])年平均"
    r"|(?P<ago>[一两三四五])年前"
)
_MEASURED = regex("asked", "measured")
_TWO_YEARS = re.compile(
    r"(?:(?:刚?过去|前|这|近|最近)的?|(?<![\d一二三四五六七八九十近前后每连满第]))"
    rf"[两二]年(?!{piece('horizon', 'no_two_years')})"
    r"(?P<against>的?(?:相比(?:较|起来)?|对比|比较|之间|间))?(?:以?来|时间|里|内)?"
)


MEAN = r"(?<![去今前明上本当\d])年(?:均|平均)(?!浓度|气温|降|价)|平均每年|每年平均"
"""A mean of years: 年均增长, 平均每年新增."""

_OVER = rf"{MEAN}|累计"
_OVER_YEARS = re.compile(_OVER)
_SPREAD = re.compile(rf"{_OVER}|[几两三四五十]年")


def asks_mean(text: str) -> bool:
    """Whether a folded question is after a mean of years."""
    return bool(re.search(MEAN, text))


def is_over_years(text: str) -> bool:
    """Whether a folded question is after a mean or sum of years."""
    return bool(_OVER_YEARS.search(text))


def is_spread(text: str) -> bool:
    """Whether a folded question is after what came of several years together, which it may only count (三年)."""
    return bool(_SPREAD.search(text))


_WHICH_YEAR = re.compile(rf"哪一?年的?[更最]?{piece('horizon', 'compared')}")


def in_two_years(text: str, first: int) -> str:
    """A question with 这两年 as the two years by name, ``first`` and the next: 从…到… where it asks what changed."""
    if is_over_years(text):
        return text
    said = _TWO_YEARS.search(text)
    if not said:
        return _WHICH_YEAR.sub(rf"{first}年和{first + 1}年\g<0>", text, count=1)
    by = "年和" if regex("asked", "each").search(text) else "年到"
    return f"{text[: said.start()]}{first}{by}{first + 1}年{said['against'] or ''}{text[said.end() :]}"


@dataclass(frozen=True, slots=True)
class Horizon:
    """A time that a question names in words: a span of years ("2021—2025"), or one year (十五五末)."""

    kind: Kind | None
    span: str = ""
    year: int = 0


def without_horizons(text: str) -> str:
    """The text with blanks for the words that name a horizon."""
    measured = bool(_MEASURED.search(text))
    return _SAID.sub(lambda m: " " if m["bare"] is None or measured else m[0], text)


def horizon_said(text: str) -> str:
    """The words of a question that name its horizons, each so that it is one by itself; "" for none."""
    measured = bool(_MEASURED.search(text))
    found = (m for m in _SAID.finditer(text) if m["bare"] is None or measured)
    return "、".join(m[0] + ("时期" if m["bare"] is not None else "累计" if m["five"] else "") for m in found)


def horizons_in(text: str, base: int) -> list[Horizon]:
    """The horizons that a folded question names, in its order; ``base`` is the year of the newest report."""
    measured = bool(_MEASURED.search(text))
    return [_read(m, base) for m in _SAID.finditer(text) if m["bare"] is None or measured]


def _read(said: re.Match[str], base: int) -> Horizon:
    if said["plan"]:
        start, end = plan_years(said["plan"])
        if said["begin"]:  # as things stood when it began
            return Horizon("actual", year=start - 1)
        if said["first"]:  # “十四五”头四年
            end = start + whole_number(said["first"]) - 1
        kind: Kind = "actual" if end < base else "target"
        if said["end"]:
            return Horizon(kind, year=end)
        return Horizon(None if start < base <= end else kind, f"{start}—{end}")
    if said["ago"]:
        return Horizon("actual", year=base - 1 - whole_number(said["ago"]))
    if said["ahead"]:
        return Horizon("target", f"{base}—{base + whole_number(said['ahead']) - 1}")
    many = whole_number(said["past"] or said["since"] or said["five"] or said["averaged"])
    return Horizon("actual", f"{base - many}—{base - 1}")


def covers(period: str, span: str) -> bool:
    """Whether a row of ``period`` is of the span asked about: one that begins with it, and is itself a span.

    Of a plan under way a report tells what is done so far (十四五 in 2024 is 2021—2023).
    """
    start, _, end = period.partition("—")
    first, _, last = span.partition("—")
    return bool(end) and start == first and end <= last


def lies_in(period: str, span: str) -> bool:
    """Whether a row is of one year of the span."""
    first, _, last = span.partition("—")
    return period.isdigit() and first <= period <= last


def span_of(text: str, base: int) -> Horizon | None:
    """The first span of years that a folded text names."""
    return next((one for one in horizons_in(text, base) if one.span), None)
