"""The sum of several places held against another place or sum, and one place's share in it (qa/place_groups.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from qa.compare import OF_SEVERAL_CALIBRES, Shown, not_computed, rows_shown
from qa.compare_table import table
from qa.match import signed
from qa.nation import NATION
from qa.operation import Operation
from qa.place_groups import Groups, groups_of
from qa.places import short_name
from qa.row_words import cited, degree, of_several_times, plain, rounded, said_of_place, subject_of
from qa.sources import Sources, asked_for
from qa.strategies import found_for, one_a_place
from qa.text import fold, unit_factor, unit_family
from qa.types import Claim, Derived, Draft, Figure, Scope
from qa.wanted import wanted
from qa.wording import content_of


def by_groups(scope: Scope, sources: Sources) -> Draft | None:
    """What the sums come to, then the table they stand on; None if the question adds no places up, or is unanswered."""
    question = fold(scope.question)
    every = tuple(dict.fromkeys(info.place for info in sources.reports if info.place != NATION))
    groups = groups_of(question, every)
    if groups is None or len(scope.years) > 1:
        return None
    shown = _shown(groups, scope, sources)
    if shown is None:
        return None
    asked = f"{groups.rest}多少"
    below = table(shown.lines, sources.library, shown.kept, fold(asked))
    rows = {shown.names[row.report_id]: row for row in shown.kept}
    named = {place for place in every if short_name(place) in question}
    return Draft((_said(groups, rows, named, sources), *below))


def _shown(groups: Groups, scope: Scope, sources: Sources) -> Shown | None:
    """The rows of the places of both sides; None if no report states them."""
    needed = {*groups.one, *groups.other}
    ids = tuple(info.report_id for info in sources.chosen(scope) if info.place in needed)
    own = replace(
        scope, question=f"{groups.rest}{'平均' if groups.mean else '合计'}多少", terms=tuple(content_of(groups.rest).split()), report_ids=ids,
        places=tuple(dict.fromkeys((*groups.one, *groups.other))), asks=(), parts=(), pair=None, intent="compare",
    )  # fmt: skip
    asked = asked_for(wanted(own), sources)
    if not own.terms or len(asked) != 1 or not asked[0].readings:
        return None
    found = one_a_place(found_for(own, sources, asked)[0])
    shown = rows_shown(found, sources.library, own)
    return shown if shown.stated else None


def _said(groups: Groups, rows: Mapping[str, Figure], named: set[str], sources: Sources) -> Claim:
    """The result in a sentence with all that it stands on; why, where it may not be computed."""
    one, other = ([rows[place] for place in side if place in rows] for side in (groups.one, groups.other))
    silent = [place for place in (*groups.one, *groups.other) if place not in rows and place in named]
    if silent:
        return Claim(f"{'、'.join(dict.fromkeys(silent))}的报告里没有可比的数，不能计算。")
    told = [row for row in rows.values() if row in one or row in other]
    names = {row.report_id: place for place, row in rows.items()}
    if len(told) < 2:
        return Claim(f"只有{next(iter(names.values()))}的报告里有可比的数，不能计算。")
    if why := not_computed(told, Operation("average" if groups.mean else "total"), names, groups.rest):
        return Claim(why)
    if of_several_times(told):
        return OF_SEVERAL_CALIBRES
    said = _share if groups.how == "share" else _against
    return said(groups, one, other, names, sources)


def _sum(rows: Sequence[Figure]) -> Decimal:
    return sum(map(signed, rows), Decimal(0))


def _unit(rows: Sequence[Figure]) -> str:
    """The unit that most rows have, the greatest of several: 万人 of 1.14万人 and 15396人."""
    units = [row.unit for row in rows]
    return max(units, key=lambda unit: (units.count(unit), unit_factor(unit)))


def _of(rows: Sequence[Figure], *, mean: bool) -> Decimal:
    """The sum of some rows, or their mean, in base units."""
    return _sum(rows) / len(rows) if mean else _sum(rows)


def _side(
    rows: Sequence[Figure], names: dict[str, str], sources: Sources, groups: Groups, places: Sequence[str]
) -> tuple[str, list[Derived]]:
    """One side in words, with its sum or mean if it is of several places; whether some of them are silent."""
    said = "、".join(said_of_place(row, names, sources.library) for row in rows)
    if len(places) == 1:
        return said, []
    unit = _unit(rows)
    value = _of(rows, mean=groups.mean) / unit_factor(unit)
    value = value.quantize(Decimal("0.01")) if groups.mean else value
    few = "（其余的报告里没有可比的数）" if len(rows) < len(places) else ""
    how, word = ("平均", "的简单平均") if groups.mean else ("合计", "之和")
    derived = Derived(subject_of(rows), how, value, unit, tuple(rows))
    return f"{said}{word}（{plain(value)}{unit}）{few}", [derived]


def _against(
    groups: Groups, one: Sequence[Figure], other: Sequence[Figure], names: dict[str, str], sources: Sources
) -> Claim:
    """By how much, or how many times, the first side is above the second."""
    rows = tuple(dict.fromkeys((*one, *other)))
    (first, sums), (second, more) = (
        _side(side, names, sources, groups, places)
        for side, places in ((one, groups.one), (other, groups.other))
    )
    base, against = (_of(side, mean=groups.mean) for side in (one, other))
    if groups.how == "ratio" and against > 0:
        value, unit = (base / against).quantize(Decimal("0.01")), "倍"
        result, how = f"{first}是{second}的{plain(value)}倍", "倍数"
    else:
        unit = _unit(rows)
        value, how = abs(base - against) / unit_factor(unit), "差"
        value = value.quantize(Decimal("0.01")) if groups.mean else value
        unit = "个百分点" if unit_family(unit) == "percent" else unit
        word = degree(one[0])[base < against]
        result = f"{first}比{second}{word}{plain(value)}{unit}" if value else f"{first}和{second}相同"
    derived = Derived(subject_of(rows), how, value, unit, rows)
    return cited(f"{subject_of(rows)}：{result}（计算得出{rounded(rows)}）。", rows, *sums, *more, derived)


def _share(
    groups: Groups, one: Sequence[Figure], other: Sequence[Figure], names: dict[str, str], sources: Sources
) -> Claim:
    """The first side's share in the sum of the places that state a value, in percent to two decimals."""
    rows, unit = tuple(other), _unit(other)
    whole = _sum(other) / unit_factor(unit)
    share = (_sum(one) / _sum(other) * 100).quantize(Decimal("0.01")) if whole > 0 else Decimal(0)
    part = "、".join(said_of_place(row, names, sources.library) for row in one) + "合计" * (len(one) > 1)
    few = "有数据的" if len(rows) < len(groups.other) else ""
    text = f"{subject_of(rows)}：{part}占{few}{len(rows)}个地方合计{plain(whole)}{unit}的{plain(share)}%（计算得出{rounded(rows)}）。"
    derived = (
        Derived(subject_of(rows), "个数", Decimal(len(rows)), "个", rows),
        Derived(subject_of(rows), "合计", whole, unit, rows),
        Derived(subject_of(rows), "占比", share, "%", (*one, *rows)),
    )
    return cited(text, tuple(dict.fromkeys((*one, *rows))), *derived)
