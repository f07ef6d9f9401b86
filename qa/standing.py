"""Where one place stands among all of them: its rank, who is above it, how far the first or another is from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from qa.among import Against, against_of
from qa.compare_cells import difference, order
from qa.lexicon import pattern, regex
from qa.match import Library, signed
from qa.operation import operations_of
from qa.places import short_name
from qa.row_words import (
    cited,
    degree,
    of_several_times,
    plain,
    rounded,
    said_of_place,
    subject_of,
)
from qa.text import fold
from qa.types import Claim, Derived, Figure, Scope


def with_standing(
    direct: list[Claim],
    rows: Sequence[Figure],
    places: Sequence[str],
    names: Mapping[str, str],
    library: Library,
    scope: Scope,
) -> list[Claim]:
    """What is said directly, with what is asked of a named place among all ``places`` of the table, if anything is."""
    question = fold(scope.question)
    named = [] if scope.places else [place for place in places if short_name(place) in question]
    against = against_of(question, named) if rows else None
    if against is None:
        return direct
    placed = _standing(rows, against, question, names, library)
    if against.how in ("above", "below", "each"):
        return placed
    told = [claim for claim in direct if not any(one.measure == "差" for one in claim.derived)]
    return [*told, *placed] if against.how == "first" else [*placed, *told]


def _standing(
    rows: Sequence[Figure],
    against: Against,
    question: str,
    names: Mapping[str, str],
    library: Library,
) -> list[Claim]:
    """What a folded question asks of its places among all. ``names`` has the place of each report; ``rows`` may be compared."""
    own = [row for row in rows if names[row.report_id] in against.places]
    silent = [place for place in against.places if place not in {names[row.report_id] for row in own}]
    if silent:
        return [Claim(f"{'、'.join(silent)}的报告里没有可比的数，不能比较。")]
    if len(rows) < 2:
        return [Claim(f"只有{names[rows[0].report_id]}的报告写了这一项，不能比较。")]
    if against.how == "rank":
        return [_rank(rows, own[0], names, library), *_from_another(rows, own, question, names, library)]
    if against.how == "each":
        others = [row for row in order(rows) if row is not own[0]]
        return [_rank(rows, own[0], names, library), *(_gap(own[0], row, names, library) for row in others)]
    if against.how == "first":
        return _from_another(rows, own, question, names, library)
    return _beyond(rows, own, against, question, names, library)


def _rank(rows: Sequence[Figure], own: Figure, names: Mapping[str, str], library: Library) -> Claim:
    """Its place in the order of all, from the highest down."""
    above = [row for row in order(rows) if signed(row) > signed(own)]
    level = [names[row.report_id] for row in rows if row is not own and signed(row) == signed(own)]
    beside = f"，与{'、'.join(level)}并列" if level else ""
    dated = of_several_times(rows)
    said = said_of_place(own, dict(names), library, dated=dated)
    subject = subject_of(rows, dated=not dated)
    rank = Derived(subject, "名次", Decimal(len(above) + 1), "位", tuple(rows))
    text = (
        f"{subject}由高到低，{said}在有数据的{len(rows)}个地方里排第{len(above) + 1}位（计算得出）{beside}。"
    )
    return cited(text, rows, rank, _count(rows, rows))


def _beyond(
    rows: Sequence[Figure],
    own: Sequence[Figure],
    against: Against,
    question: str,
    names: Mapping[str, str],
    library: Library,
) -> list[Claim]:
    """The places whose value is above, or below, those of the named ones, by how much if that is asked."""
    up = against.how == "above"
    mark = (max if up else min)(own, key=signed)
    ranked = order(rows, most=up)
    meet = [
        row
        for row in ranked
        if row not in own and (signed(row) > signed(mark) if up else signed(row) < signed(mark))
    ]
    rest = [row for row in ranked if row not in own and row not in meet]
    dated = of_several_times(rows)
    subject = subject_of(rows, dated=not dated)
    said = {row: said_of_place(row, dict(names), library, dated=dated) for row in rows}
    beside = f"比{'、'.join(said[row] for row in own)}{degree(mark)[not up]}"
    if not meet:
        return [cited(f"没有一个地方的{subject}{beside}。", rows)]
    text = f"{subject}{beside}的有{len(meet)}个：{'、'.join(said[row] for row in meet)}。"
    made = [cited(text, (*own, *meet), _count(meet, rows))]
    if regex("content", "by_how_much").search(question):
        made += [_gap(row, mark, names, library) for row in meet]
    last = f"其余的是{'、'.join(said[row] for row in rest)}。"
    return [*made, cited(last, rest)] if rest else made


def _from_another(
    rows: Sequence[Figure], own: Sequence[Figure], question: str, names: Mapping[str, str], library: Library
) -> list[Claim]:
    """How far the named places are from the first, or from the one whose place in the order is named."""
    asked = operations_of(question)
    if not any(one.name in ("difference", "extremes") for one in asked):
        return (
            [_gap(own[0], own[1], names, library)]
            if len(own) == 2 and regex("group", "alike").search(question)
            else []
        )
    least = any(pattern("compare", key).search(question) for key in ("least", "fallen"))
    n = next((one.n for one in asked if one.n > 1), 1)
    ranked = order(rows, most=not least)
    other = ranked[min(n, len(ranked)) - 1]
    couples = [(other, row) if n == 1 else (row, other) for row in own if row is not other]
    return [_gap(*couple, names, library) for couple in couples]


def _gap(one: Figure, other: Figure, names: Mapping[str, str], library: Library) -> Claim:
    dated = of_several_times((one, other))
    first, second = (said_of_place(row, dict(names), library, dated=dated) for row in (one, other))
    gap, unit = difference(one, other)
    how = degree(one)[gap < 0]
    said = (
        f"{first}比{second}{how}{plain(abs(gap))}{unit}（计算得出{rounded((one, other))}）"
        if gap
        else f"{first}和{second}相同"
    )
    subject = subject_of((one, other), dated=not dated)
    return cited(f"{subject}：{said}。", (one, other), Derived(subject, "差", abs(gap), unit, (one, other)))


def _count(rows: Sequence[Figure], all_rows: Sequence[Figure]) -> Derived:
    return Derived(subject_of(all_rows), "个数", Decimal(len(rows)), "个", tuple(rows))
