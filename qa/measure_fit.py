"""Whether a number is of the time and of the kind that a question asks for: year, measure, unit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.horizons import covers, is_spread, lies_in
from qa.indicator_names import canonicalise, indicators_in
from qa.lexicon import pattern, words
from qa.question_times import relative_years
from qa.text import fold, is_unit, unit_family, years
from qa.types import Figure, Scope
from qa.wanted import Wanted
from qa.year_parts import part_of, parts_in


def fits_time(figure: Figure, scope: Scope) -> bool:
    """Whether a row's kind and period are those asked for."""
    if scope.kind and figure.kind != scope.kind:
        return False
    if not figure.period:
        return True
    if part := part_of(figure.period):
        parts = {name for word in scope.anchors for name in parts_in(word)}
        of_year = not scope.years or int(figure.period[:4]) in scope.years
        return of_year and not scope.span and (part in parts if parts else not scope.years)
    if scope.span:
        own = figure.kind == "target" and int(figure.report_id[:4]) < int(figure.period[-4:])
        return covers(figure.period, scope.span) or (own and lies_in(figure.period, scope.span))
    first, _, last = figure.period.partition("—")
    asked = {str(year) for year in scope.years}
    if not asked or not last:
        return not asked or first in asked
    question = fold(scope.question)
    summed = figure.measure in _FLOWS or (_says_year(question) and _DEED.match(fold(figure.indicator)))
    flow = figure.kind == "actual" and bool(summed) and not is_spread(question)
    return last in asked and (not flow or first in asked)


def is_level_at_end(figure: Figure, scope: Scope) -> bool:
    """Whether a value is what the years asked about came to: 十四五期间森林覆盖率达到多少 is told of 2025."""
    if not scope.span or figure.period != scope.span[-4:] or figure.kind != "actual":
        return False
    question = fold(scope.question)
    reached = figure.measure == "总量" and _CAME_TO.search(question)
    return bool(figure.measure in ("比率", "占比") or reached) and not _OVER_YEARS.search(question)


_CAME_TO = re.compile(r"达到?(?=了?(?:多少|几))|突破|[到至]了?(?:多少|几)")
_OVER_YEARS = re.compile(r"年均|平均每年|累计|新增")

_FLOWS = frozenset({"增速", "降幅", "增量", "累计"})
"""Measures that a span of years has and its last year alone has not."""


def _says_year(question: str) -> bool:
    return bool(years(question) or relative_years(question))


_DEED = re.compile(rf"(?:[三五十]年|累计)*(?:{pattern('subject', 'verbs').pattern})")
"""What begins the name of something that was done, which years together did more of: 五年改造|老旧小区8074个."""

_LOOSE_OF = frozenset({"people", "人次", "户", "家"})
"""Units that a report leaves out where the noun stands behind the number: 9.04万学生."""

_LOOSE = frozenset({"个", "块", "项", "件"})
"""Units that people count anything with: 几个企业 is answered in 家."""


_ALIKE = tuple(
    frozenset(counters.split())
    for counters in (
        "家 户",
        "家 个 所",
        "台 部 架 套",
        "艘 条",
        "株 棵",
        "头 只 匹 口 羽",
        "根 台 桩 枪",
        "公里 千米",
        "份 册 本",
    )
)
"""Counters that people and reports use for the same things: 企业, 医院, 电梯, 渔船, 树, 牲畜, 充电桩."""


def with_alike(families: frozenset[str]) -> frozenset[str]:
    """The families of units asked for, and those that count the same things."""
    return families.union(*(alike for alike in _ALIKE if alike & families))


_STANDS_FOR = (
    ("percent", "tenth"), ("visits", "people"), ("hkd", "money"), ("mop", "money"), ("money", "块"),
)  # fmt: skip
"""A value of the first answers a question for the second: 多少钱 in 香港 is told in 港元."""

_RATE = re.compile(r"(?:(?<!增长)率|[占之]比|比重|比例|强度)$")
"""The end of a name whose percentage is no growth: 失业率."""


_THAN_BEFORE = re.compile(r"[高低][于出](?:去年|上一?年)")


def _of_another_part(figure: Figure, asked: Sequence[str]) -> bool:
    """Whether a share is of another statistic than those asked about: 数字经济核心产业增加值占GDP比重 for 工业增加值."""
    part, _, whole = fold(figure.indicator).partition("占")
    own = indicators_in(canonicalise(part)) if whole and figure.canonical not in asked else ()
    parts = {*asked} - {*indicators_in(canonicalise(whole))}
    return bool(own and parts) and not any(name in other for name in own for other in parts)


def fits_measure(figure: Figure, asked: Wanted) -> bool:
    """Whether a row's number is of the kind asked for (amount, growth, rank, share, unit)."""
    family = unit_family(figure.unit)
    if asked.measure == "ordinal" or (
        asked.measure == "share" and _of_another_part(figure, asked.indicators)
    ):
        return False
    if figure.indicator.endswith(words("figure", "beside")):
        return "duration" in asked.families and family == "duration"
    if figure.measure == "结构":
        return asked.measure in ("", "amount", "share") and not asked.families
    if asked.measure.startswith("gap"):
        plans = ("计划", "目标", "预期")
        than = plans if asked.measure.endswith(plans) else asked.measure[3:]
        than_what = re.sub("(?:的?平均)?(?:水平|速度)?$", "", figure.measure)
        return figure.measure[1:2] in ("于", "出") and (
            figure.measure.endswith(than) or than_what.endswith(than)
        )
    if asked.measure == "share" and set(asked.families) <= {"percent", "point", "tenth"} and asked.families:
        part = "占" in figure.indicator or "比重" in figure.indicator or figure.measure == "占比"
        named = figure.measure == "比率" and figure.canonical in asked.indicators  # 研发经费投入强度
        return (family in asked.families or family in ("percent", "tenth")) and (part or named)
    if asked.measure == "growth" and asked.families and set(asked.families) <= {"percent", "point"}:
        return _is_change(figure) and family in asked.families  # not 58.8%, nor 占全国的83%
    if asked.measure == "growth" and figure.measure == "比率" and not asked.families:
        return False  # 提高了多少 is not told by the rate itself
    if asked.families:
        return _fits_unit(figure, frozenset(asked.families))
    if asked.measure == "rank":
        return figure.measure == "排名"
    if asked.measure == "share":
        return _is_share(figure)
    if asked.measure == "growth":
        return _is_change(figure)
    if asked.measure == "amount":
        return family not in ("percent", "point", "tenth") and figure.measure not in ("排名", "增速", "降幅")
    held_against = figure.measure == "占比" and re.search("占|之比", figure.indicator)
    of_share = bool(asked.head and held_against and not figure.indicator.endswith(asked.head))
    return figure.measure != "排名" and not of_share  # 经费多少 is not answered by 经费与地区生产总值之比


def _is_share(figure: Figure) -> bool:
    """Whether a row tells what part something is, or by how much a part moved."""
    of_whole = "占" in figure.indicator or "比重" in figure.indicator
    part = figure.measure in ("占比", "比率") or (of_whole and figure.measure == "变化")
    return part and unit_family(figure.unit) in ("percent", "tenth", "fraction", "point")


def _is_change(figure: Figure) -> bool:
    """Whether a row tells how something moved: a growth, an increase, or a percentage of what is no rate."""
    if figure.measure in ("增速", "降幅", "变化", "倍数", "增量") or _THAN_BEFORE.match(figure.measure):
        return True
    percentage = figure.measure == "比率" and unit_family(figure.unit) == "percent"
    return percentage and not _RATE.search(figure.indicator)


def _fits_unit(figure: Figure, families: frozenset[str]) -> bool:
    """Whether a row's number is of one of the families of units asked for, or of one that stands for it."""
    family = unit_family(figure.unit)
    if family == "number" and figure.unit and families & (_LOOSE_OF | _LOOSE):
        return True  # 56.91万学生 answers 多少人
    counted = family in (figure.unit.lstrip("万亿千百"), "people") and bool(_LOOSE & families)
    return (
        family in with_alike(families)
        or any(family == own and said in families for own, said in _STANDS_FOR)
        or (counted and is_unit(figure.unit))
    )
