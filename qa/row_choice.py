"""Of the rows that fit a question, those that answer it best."""

from __future__ import annotations

import re

from qa.bearers import names_county
from qa.calibre import aside, deeds_of, is_of_deed
from qa.horizons import is_spread
from qa.indicator_names import canonical
from qa.lexicon import pattern, regex
from qa.match import Match, Weights, own_words, subject_pairs
from qa.opposed import sides
from qa.text import fold, unit_family
from qa.types import Figure, Scope
from qa.wanted import Wanted
from qa.year_parts import tells_own_year

ADDS = 0.12
"""A further row of the same sentence is given if it alone carries this share of what was asked."""


def _also(lead: Figure, fitting: list[Match], asked: Wanted, weights: Weights) -> list[Figure]:
    """Rows beside the best one that hold what it leaves out: 精品村12个、示范村121个、提升村386个."""
    if not asked.readings:
        return []
    pairs = min((pairs for pairs, _ in asked.readings), key=len)
    total = weights.sum(pairs) or 1.0
    missing = pairs - subject_pairs(lead)
    made = []
    for match in sorted(fitting, key=lambda m: m.figure.start):
        figure = match.figure
        beside = figure.paragraph == lead.paragraph and abs(figure.start - lead.start) < 120
        held = missing & subject_pairs(figure)
        if figure != lead and beside and figure.kind == lead.kind and weights.sum(held) / total >= ADDS:
            made.append(figure)
            missing -= held
    return made


PASSED = ("突破", "超过", "超", "迈上", "近", "逾")
"""Comparators of a result that is often stated exactly beside."""


def _rank_key(match: Match, asked: Wanted) -> float:
    named = match.figure.canonical is not None and match.figure.canonical in asked.indicators
    exact = (0.05 if match.narrower else 0.2) if named else 0.0
    exact = 0.3 if asked.said and own_words(match.figure) == asked.said else exact
    wider = -0.25 if match.figure.subject or names_county(match.figure.indicator) else 0.0
    passed = -0.05 if match.figure.kind == "actual" and match.figure.comparator in PASSED else 0.0
    moved = {"增速": -0.06, "降幅": -0.06, "变化": -0.08}
    grown = moved.get(match.figure.measure, 0.0) if not asked.measure else 0.0
    whole = match.figure.indicator.endswith(("总数", "总量", "累计", "保有量"))
    added = not whole and (
        match.figure.measure == "增量" or match.figure.indicator.startswith(("新增", "净增", "新"))
    )
    fitting = 0.0
    if asked.increment:
        fitting = 0.3 if added else 0.0
    elif not added:
        fitting = 0.12
    sided = 0.05 * len(asked.sides & sides(own_words(match.figure))) if asked.sides else 0.0
    all_of = asked.whole and (whole or (match.figure.measure == "总量" and not added))
    fitting += 0.1 if unit_family(match.figure.unit) in asked.families else 0.0
    return match.score + exact + wider + passed + grown + fitting + sided + (0.2 if all_of else 0.0)


OTHER_DEED = 0.15
"""What a row loses, beside those of other reports, that is of another deed than the question names."""


TOLD_WITH = 0.03
"""What an amount gains that is told with its growth: a look back on five years gives it once more, alone."""


def _place_of(figure: Figure) -> tuple[int, int, str, str]:
    return figure.paragraph, figure.clause_start, figure.indicator, figure.period


AS_FAR = 0.15
"""What a row gains that is of all there is, or of what was finished, where the question asks for that."""


AS_ASKED = 0.02
"""What a row gains whose own words the question uses: 网上零售额 before what is sold 通过公共网络."""


OF_ALL_YEARS = 0.25
"""What the whole cost of things loses where that of the year is asked for: 总投资362亿元，年度计划投资85亿元."""


def _is_of_all_years(row: Figure, question: str) -> bool:
    of_year = re.search(r"(?:今年|年度|当年|年内|本年)[^，。；？]{0,10}投资|计划(?:完成)?投资", question)
    return bool(of_year) and "总投资" not in question and row.indicator.endswith("总投资")


def _of_extent(row: Figure, question: str) -> float:
    """耕地有多少亩 asks for 实有耕地 before 流入耕地, 完成了几个 for what was finished before what was set out."""
    stock = regex("asked", "there_is").search(question) and pattern("figure", "stock").search(row.indicator)
    done = regex("finish", "counted").search(question) and "建成" in deeds_of(row)
    return AS_FAR if stock or done else 0.0


def _on_topic(row: Figure, asked: Wanted, weights: Weights) -> float:
    """What a row gains by naming the topic that opened the question: 重大项目完成投资 after 重大项目竣工."""
    held = weights.sum(subject_pairs(row) & asked.topic)
    return 0.1 * held / (weights.sum(asked.topic) or 1.0)


OF_PART = 0.3
"""What a row of a part gains that the question names (商品房销售面积中住宅), before that of the whole."""


def _of_part_named(row: Figure, question: str) -> float:
    whole, _, part = fold(row.indicator).rpartition("中")
    return OF_PART if len(part) > 1 and part in question and canonical(whole) else 0.0


def _as_meant(row: Figure, scope: Scope) -> float:
    """What a row gains or loses by the time, deed, part, stage and extent that the question means."""
    question, several = fold(scope.question), len(scope.report_ids) > 1
    gain = _of_extent(row, question) + _of_part_named(row, question)
    gain += AS_ASKED if len(row.indicator) > 2 and fold(row.indicator) in question else 0.0
    loss = _spread_over(row, scope) + _left_behind(row, scope) + aside(row, question)
    loss += OTHER_DEED if several and not is_of_deed(row, question) else 0.0
    loss += OF_ALL_YEARS if _is_of_all_years(row, question) else 0.0
    return gain - loss


def pick(
    found: tuple[list[Match], list[Match]], scope: Scope, asked: Wanted, weights: Weights
) -> tuple[Figure, ...]:
    """The rows that answer, best first, of the matches that fit (at least one) and those that stand beside them.

    Where neither kind nor year is asked about, the best result and the best target; of each also what is said
    with it. Of equal rows the first in the report.
    """
    fitting, beside = found
    grown = {_place_of(m.figure) for m in fitting if m.figure.is_growth}
    worth = {
        m.figure: _rank_key(m, asked)
        + _on_topic(m.figure, asked, weights)
        + (TOLD_WITH if _place_of(m.figure) in grown and m.figure.measure == "总量" else 0.0)
        + _as_meant(m.figure, scope)
        for m in fitting
    }
    ranked = sorted(fitting, key=lambda m: (-worth[m.figure], m.figure.start))
    best = ranked[0]
    top = worth[best.figure]
    if scope.kind is None and len(scope.years) != 1:
        actual = next((m for m in ranked if m.figure.kind == "actual"), None)
        target = next((m for m in ranked if m.figure.kind == "target"), None)
        both = [
            m
            for m in (actual, target)
            if m and worth[m.figure] >= top - (TOWN if is_of_town(m.figure) else 0.08)
        ]
        leads = [m.figure for m in both] or [best.figure]
    else:
        leads = [best.figure]
    rows: list[Figure] = []
    for lead in leads:
        rows += [lead, *_striven(lead, fitting)]
        rows += [row for row in _also(lead, beside, asked, weights) if not _is_for_whom(row, scope)]
        if not asked.measure and not asked.families:
            rows += _companions(lead, ranked)
    return tuple(dict.fromkeys(rows))


def _is_for_whom(row: Figure, scope: Scope) -> bool:
    """Whether a row counts those that a question only names as those something is done for: 为|企业|减负多少."""
    return bool(re.search(rf"[为给帮替]{re.escape(fold(row.indicator))}(?!的)", fold(scope.question)))


def _striven(lead: Figure, fitting: list[Match]) -> list[Figure]:
    """What is striven for beyond an aim, in its clause: 增长5.5%以上、|力争6%."""
    of_aim = (lead.kind, _place_of(lead), lead.measure, lead.unit)
    rows = [
        m.figure
        for m in fitting
        if (m.figure.kind, _place_of(m.figure), m.figure.measure, m.figure.unit) == of_aim
    ]
    return [row for row in rows if lead.kind == "target" and row.start > lead.start]


TOWN = 0.35
"""What a result of the town itself may be worth less than the aim of the whole place beside which it is told."""


def is_of_town(figure: Figure) -> bool:
    """Whether a result is of the town for which such a value is measured: 市区空气质量优良率."""
    return (
        figure.kind == "actual"
        and figure.canonical is not None
        and bool(_TOWN.match(figure.subject + figure.indicator))
    )


_TOWN = re.compile(r"市区|城区|中心城区|县城")


def _spread_over(figure: Figure, scope: Scope) -> float:
    """What a row over several years (年均, 五年累计) loses where one year is asked about, and one of a year for a span."""
    if scope.span and figure.period.isdigit():
        return 0.15
    span = "—" in figure.period and len(scope.years) == 1
    return 0.15 if span and not is_spread(fold(scope.question)) else 0.0


def _left_behind(figure: Figure, scope: Scope) -> float:
    """What a row of a year before the one reviewed loses where no year is asked about."""
    return 0.15 if is_of_before(figure) and not scope.years else 0.0


def is_of_before(figure: Figure) -> bool:
    """Whether a row is of a year before the one that its report reviews: the 1.90% of 由1.90%提高到2.08%."""
    own_year = tells_own_year(figure.report_id.partition("-")[2].partition("-")[2])  # 2030-甲市-统计公报
    return figure.period.isdigit() and int(figure.period) < int(figure.report_id[:4]) - (not own_year)


def _companions(lead: Figure, ranked: list[Match]) -> list[Figure]:
    """Beside the amount of a thing its growth, or how many it was for, from the same clause."""
    same = [
        m.figure
        for m in ranked
        if m.figure != lead
        and m.figure.indicator == lead.indicator
        and m.figure.paragraph == lead.paragraph
        and (m.figure.clause_start, m.figure.period) == (lead.clause_start, lead.period)
        and m.figure.measure in ("总量", "增速", "降幅")
        and (m.figure.measure, unit_family(m.figure.unit)) != (lead.measure, unit_family(lead.unit))
    ]
    return same[:1]
