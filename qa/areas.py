"""The counties or streets of one place beside each other: 各县区里哪个人口最多, 哪几个县投资下降了.

A report gives such values in a table or in a row of clauses, one for each; the name of a row begins with that of its
area (东山县固定资产投资). Which of them is meant is told by the statistic that the question names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from qa.bounds import meets
from qa.breakdowns import AREA
from qa.compare_cells import difference, order
from qa.figures import is_number
from qa.indicator_names import canonical
from qa.lexicon import piece, regex
from qa.match import signed
from qa.measure_fit import fits_time
from qa.narrowed import asks_which_area, kind_of_area
from qa.operation import Operation, operations_of
from qa.places import gazetteer
from qa.row_words import cited, degree, plain, value_said
from qa.sources import Sources
from qa.text import fold, unit_family
from qa.types import Claim, Derived, Draft, Figure, ReportInfo, Scope
from qa.wanted import Wanted, wanted

ENOUGH = 3
"""Areas with a value of one statistic, from which they are a set."""

_Row = tuple[str, Figure]
"""The name of an area, and its row."""


def by_areas(scope: Scope, sources: Sources) -> Draft | None:
    """The areas that a question asks for, by the values of the statistic it names; None for any other question."""
    question, reports = fold(scope.question), sources.chosen(scope)
    said = regex("areas", "ask").search(question)
    kind = said["kind"] if said else ""
    if said is None and len(reports) == 1 and asks_which_area(question, reports[0].place):
        kind = kind_of_area(question)
    asked = wanted(scope) if kind and len(reports) == 1 else ()
    if len(asked) != 1:
        return None
    rows = _rows(reports[0], scope, asked[0], sources)
    alike = [row for row in rows if row[0].endswith(kind)]
    rows = alike if len(alike) >= ENOUGH else rows
    if len(rows) < ENOUGH:
        return None
    if not all(AREA.fullmatch(area) for area, _ in rows):
        return _told_of_some(rows, reports[0], question, sources)
    if regex("areas", "fell").search(question):
        picked = [one for one in _ordered(rows, most=False) if signed(one[1]) < 0]
        return Draft((_picked(picked, "下降的", rows, reports[0], sources),))
    made = [
        claim
        for operation in operations_of(question)
        for claim in _told(operation, rows, reports[0], sources, in_order=bool(_IN_ORDER.search(question)))
    ]
    if len(made) == 1 and _EACH.search(question):
        made += _listed(rows, sources)
    return Draft(tuple(made)) if made else None


def _told_of_some(rows: Sequence[_Row], info: ReportInfo, question: str, sources: Sources) -> Draft | None:
    """The areas past a bound where a report tells of a few in a sentence: which is the first of all it does not say."""
    bound = next((one.condition for one in operations_of(question) if one.condition), None)
    of_kind = [one for one in rows if bound and unit_family(one[1].unit) == bound.family]
    met = [one for one in of_kind if bound and meets(one[1], bound)]
    said = "、".join(f"{area}（{value_said(row, sources.library)}）" for area, row in met)
    claim = f"{_subject(rows, info)}，报告写到的符合条件的有{said}（比较得出）。"
    return Draft((cited(claim, list(dict.fromkeys(row for _, row in met))),)) if met else None


_BELOW = regex("areas", "below")
_EACH, _IN_ORDER = regex("areas", "each"), regex("areas", "in_order")


def area_names(scope: Scope, sources: Sources) -> Draft | None:
    """The areas that a report gives values of, for a question that asks for nothing but their names."""
    reports = sources.chosen(scope)
    bare = all(map(_BELOW.fullmatch, scope.terms))
    if not bare or not regex("areas", "names").search(fold(scope.question)) or len(reports) != 1:
        return None
    sets: dict[tuple[str, str, str], dict[str, Figure]] = {}
    for row in sources.library.figures(reports[0].report_id):
        named = None if row.subject else _AREA.fullmatch(fold(row.indicator))
        if named and named["area"] != fold(reports[0].place) and canonical(named["what"]):
            sets.setdefault((named["what"], row.measure, row.unit), {}).setdefault(named["area"], row)
    best = max(sets.values(), key=len, default={})
    if len(best) < ENOUGH:
        return None
    return Draft((cited(f"{reports[0].called}里列出数据的有{'、'.join(best)}。", list(best.values())),))


def _rows(info: ReportInfo, scope: Scope, asked: Wanted, sources: Sources) -> list[_Row]:
    """The rows of the areas with the statistic asked for: of one measure, that of most areas, each area once."""
    sets: dict[tuple[str, str, str, str], dict[str, Figure]] = {}
    for row in sources.library.figures(info.report_id):
        areas, what = _areas_in(fold(row.indicator)) if not row.subject and is_number(row) else ((), "")
        if not areas or fold(info.place) in areas:
            continue
        if not fits_time(row, scope) or not _is_of(what, scope, asked):
            continue
        if asked.measure in ("growth", "amount") and row.is_growth != (asked.measure == "growth"):
            continue
        measure = "growth" if row.is_growth else row.measure
        key = (canonical(what) or what, measure, unit_family(row.unit), row.period)
        for area in areas:
            sets.setdefault(key, {}).setdefault(area, row)
    best = max(sets.items(), key=lambda one: (len(one[1]), one[0][1] != "growth"), default=None)
    return list(best[1].items()) if best else []


_AREA = re.compile(rf"(?P<area>{AREA.pattern})(?P<what>[\u4e00-\u9fff（）a-z]{{2,}})")


def _areas_in(name: str) -> tuple[tuple[str, ...], str]:
    """The areas that a folded name begins with, and the rest: 东山县|人口, 内江、眉山|经济总量; () for none."""
    if named := _AREA.fullmatch(name):
        return (named["area"],), named["what"]
    listed = _cities().match(name)
    return (tuple(re.split("[、和与及]", listed[0])), name[listed.end() :]) if listed else ((), "")


@cache
def _cities() -> re.Pattern[str]:
    """Cities by their short names, one or several."""
    city = f"(?:{'|'.join(place.short for place in gazetteer() if place.level == 'city')})(?:市|州)?"
    return re.compile(rf"{city}(?:[、和与及]{city})*(?=[\u4e00-\u9fff]{{2}})")


_KINDS_BEFORE = re.compile(f"^{piece('areas', 'kinds')}")
"""What counting words leave of the kind of area: 几个县|区投资."""


def _is_of(what: str, scope: Scope, asked: Wanted) -> bool:
    """Whether a name without its area is that of the statistic asked for: 常住人口 of 人口 too."""
    if asked.indicators:
        return canonical(what) in asked.indicators
    terms = (_KINDS_BEFORE.sub("", regex("areas", "fell").sub("", term)) for term in scope.terms)
    return any(what.endswith(term) or term.endswith(what) for term in terms if len(term) > 1)


def _told(
    operation: Operation, rows: Sequence[_Row], info: ReportInfo, sources: Sources, *, in_order: bool
) -> list[Claim]:
    """What an operation makes of the rows, or all of them; [] where they are to be added up."""
    ranked = _ordered(rows, most=not operation.least)
    if bound := operation.condition:
        of_kind = [one for one in ranked if unit_family(one[1].unit) == bound.family]
        met = [one for one in of_kind if bound.holds(signed(one[1]))]
        return [_picked(met, "符合条件的", of_kind, info, sources)] if of_kind else []
    if operation.name == "list" or in_order:
        return [Claim(f"{_subject(rows, info)}："), *_listed(ranked if in_order else rows, sources)]
    first = _first(ranked, least=operation.least, sources=sources)
    if operation.name == "rank":
        return [cited(f"{_subject(rows, info)}{first}（比较得出）。", [row for _, row in ranked])]
    if operation.name in ("both", "extremes", "difference"):
        last = _first(ranked[::-1], least=not operation.least, sources=sources)
        both = cited(f"{_subject(rows, info)}{first}，{last}（比较得出）。", [row for _, row in ranked])
        return [both] if operation.name == "both" else [both, _apart(ranked[0], ranked[-1])]
    if operation.name in ("nth", "top") and 0 < operation.n <= len(ranked):
        chosen = ranked[operation.n - 1 : operation.n] if operation.name == "nth" else ranked[: operation.n]
        below = operation.least
        nth, top = f"{'倒数' * below}第{operation.n}的", f"{'后' if below else '前'}{operation.n}位"
        where = nth if operation.name == "nth" else top
        return [_picked(chosen, where, ranked, info, sources)]
    return []


def _apart(one: _Row, other: _Row) -> Claim:
    """By how much the first area is above the last."""
    gap, unit = difference(one[1], other[1])
    derived = Derived(f"{one[0]}和{other[0]}", "差", abs(gap), unit, (one[1], other[1]))
    return cited(
        f"{one[0]}和{other[0]}相差{plain(abs(gap))}{unit}（计算得出）。", [one[1], other[1]], derived
    )


def _first(ranked: Sequence[_Row], *, least: bool, sources: Sources) -> str:
    """最多的是甲县（86.9万人）, with all that share the first place."""
    rows = [one for one in ranked if signed(one[1]) == signed(ranked[0][1])]
    more, less = degree(rows[0][1])
    return f"最{less if least else more}的是{_said(rows, sources)}"


def _picked(
    chosen: Sequence[_Row], how: str, of: Sequence[_Row], info: ReportInfo, sources: Sources
) -> Claim:
    """The areas that were picked, or that there are none; ``how`` tells which they are: 下降的, 前3位."""
    said = f"有{_said(chosen, sources)}" if chosen else "没有"
    return cited(f"{_subject(of, info)}{how}{said}（比较得出）。", [row for _, row in chosen or of])


def _said(rows: Sequence[_Row], sources: Sources) -> str:
    return "、".join(f"{area}（{value_said(row, sources.library)}）" for area, row in rows)


def _listed(rows: Sequence[_Row], sources: Sources) -> list[Claim]:
    return [cited(f"- {area}：{value_said(row, sources.library)}", [row]) for area, row in rows]


def _subject(rows: Sequence[_Row], info: ReportInfo) -> str:
    """甲市2023年各地常住人口: what the values are of, and when."""
    row = rows[0][1]
    what = _areas_in(fold(row.indicator))[1]
    return f"{info.place}{row.when}各地{canonical(what) or what}{'增速' * row.is_growth}"


def _ordered(rows: Sequence[_Row], *, most: bool) -> list[_Row]:
    names = {row: area for area, row in rows}
    return [(names[row], row) for row in order([row for _, row in rows], most=most)]
