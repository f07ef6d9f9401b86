"""What a question wants computed of the values that its own parts asked for: 两样加起来, 还差多少亿.

The values are the rows that the answer gives, part by part; a part that was answered in the report's words
counts by its one fitting row there. Nothing is computed of other units, bearers or calibres, nor if one is missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from qa.match import signed
from qa.measure_fit import fits_measure, fits_time
from qa.pair_answer import said_of
from qa.pair_values import alike, hold
from qa.row_words import cited, name_of, plain, rounded, titled, value_said
from qa.sources import Sources, asked_for
from qa.text import fold, is_unit, unit_factor, unit_family
from qa.thing_ranking import outstanding
from qa.types import Ask, Claim, Derived, Draft, Evidence, Figure, Pair, Scope, Tally
from qa.wanted import wanted_of

HELD = 0.5
"""Least share of a part's words that a row in a quoted sentence must hold to be its value."""

EQUAL = 0.02


def with_tally(made: Draft, scope: Scope, sources: Sources) -> Draft:
    """An answer with what was to be computed of it, or with why it is not computed."""
    tally = scope.tally
    if tally is None or made.reason is not None:
        return made
    if tally.how in ("most", "least"):
        rows = tuple(row for claim in made.claims for row in claim.figures)
        place, dated = sources.chosen(scope)[0].place, scope.kind is not None or bool(scope.years)
        things = max(len(scope.parts), len(scope.asks), len(scope.indicators))
        first = outstanding(place, rows, replace(tally, count=things), sources.library, dated=dated)
        return replace(made, claims=(*first, *made.claims))
    rows = _operands(made, scope, tally, sources)
    claims = _reckoned(rows, scope, tally, sources)
    return replace(made, claims=(*made.claims, *claims))


def _leaves(scope: Scope) -> tuple[Ask, ...]:
    """The single things asked for, each once."""
    whole = Ask(scope.question, scope.terms, kind=scope.kind, years=scope.years)
    asks = scope.asks or (replace(whole, parts=scope.parts),)
    return tuple(leaf for ask in asks for leaf in (ask.parts or (ask,)))


def _operands(made: Draft, scope: Scope, tally: Tally, sources: Sources) -> tuple[Figure, ...]:
    """The rows that an answer gives, in its order: of the years and the unit meant, growths only alone."""
    given = [row for claim in made.claims for row in claim.figures]
    rows = [row for claim in made.claims for row in (claim.figures or _quoted(claim, given, scope, sources))]
    rows = [row for row in dict.fromkeys(rows) if not tally.years or row.period in map(str, tally.years)]
    growths = [row for row in rows if row.is_growth]
    amounts = [row for row in rows if row not in growths and row.measure != "排名"]
    for chosen in (amounts,) if amounts and tally.how == "total" else (amounts, growths):
        for kept in (chosen, *_alternatives(chosen, scope, tally)):
            if len(kept) == _expected(scope, tally):
                return tuple(kept)
    return tuple(amounts or growths)


def _alternatives(rows: Sequence[Figure], scope: Scope, tally: Tally) -> list[list[Figure]]:
    """Of more rows than are meant those of one kind, where none is said, and those of the unit meant."""
    timed = scope.kind or scope.years or any(leaf.kind or leaf.years for leaf in _leaves(scope))
    kinds = [] if timed else [[row for row in rows if row.kind == kind] for kind in ("actual", "target")]
    families = [unit_family(row.unit) for row in rows]
    asked = _family(tally)
    usual = asked if asked in families else max(families, key=families.count, default="")
    return [*kinds, [row for row, family in zip(rows, families, strict=True) if family == usual]]


def _family(tally: Tally) -> str:
    """The family of the unit that is asked for (还差多少亿), or ""."""
    said = re.search(r"(?:多少|几)([\u4e00-\u9fff]+)", tally.said)
    unit = re.sub(r"^(万?亿)$", r"\1元", said[1]) if said else ""
    length = next((n for n in range(len(unit), 0, -1) if is_unit(unit[:n])), 0)
    return unit_family(unit[:length]) if length else ""


def _quoted(claim: Claim, given: Sequence[Figure], scope: Scope, sources: Sources) -> list[Figure]:
    """The rows within a quoted sentence that the parts mean: the best of each, or as many as are said (两样)."""
    tally = scope.tally or Tally("total", "")
    leaves = [leaf for leaf in _leaves(scope) if not tally.years or set(leaf.years) & set(tally.years)]
    count = tally.count if len(leaves) < tally.count else 1
    rows: list[Figure] = []
    for leaf in leaves:
        for part in (leaf, replace(leaf, topic=())) if leaf.terms else (leaf,):
            meant = _meant(
                part, (claim, given), count, replace(scope, kind=leaf.kind, years=leaf.years), sources
            )
            rows += meant
            if meant:
                break
    return sorted(dict.fromkeys(rows), key=lambda row: row.start)


def _meant(
    leaf: Ask, told: tuple[Claim, Sequence[Figure]], count: int, scope: Scope, sources: Sources
) -> list[Figure]:
    """The row of a part in a quoted sentence, if none given elsewhere holds as much of it; [] if it cannot be told."""
    claim, given = told
    own = replace(scope, question=leaf.text, terms=leaf.terms or leaf.topic)
    asked = asked_for(wanted_of(leaf, own), sources)
    fitting = [
        match
        for want in asked[:1]
        for span in claim.evidence
        for match in sources.table.matches(span.report_id, want)
        if (_inside(match.figure, span) or match.figure in given)
        and match.coverage >= HELD
        and fits_time(match.figure, own)
        and fits_measure(match.figure, want)
    ]
    if len(asked) != 1:
        return []
    if count > 1:
        rows = [match.figure for match in fitting if match.figure not in given]
        return rows if len(rows) == count else []
    best = max((match.coverage for match in fitting), default=0.0)
    rows = [match.figure for match in fitting if match.coverage >= best - EQUAL]
    return rows if len(rows) == 1 and rows[0] not in given else []


def _inside(row: Figure, span: Evidence) -> bool:
    return row.paragraph == span.paragraph and span.start <= row.start < span.end


def _reckoned(rows: tuple[Figure, ...], scope: Scope, tally: Tally, sources: Sources) -> list[Claim]:
    if len(rows) != _expected(scope, tally) or (tally.how != "total" and len(rows) != 2):
        return [Claim(f"“{tally.said}”：没有找到要用的全部数据，不能计算。", echo=tally.said)]
    place = sources.chosen(scope)[0].place
    if tally.how == "total":
        return _total(place, rows, scope, sources)
    one = len({leaf.terms for leaf in _leaves(scope)}) == 1
    first, second = _in_order(rows, tally, one=one)
    pair = Pair("ratio" if tally.how == "ratio" else "difference", _sides(first, second, one=one))
    held = hold(place, (first,), (second,), pair)
    claims = said_of(held, pair, sources) if held else []
    return claims if held and held.value is not None else claims[-1:]


def _expected(scope: Scope, tally: Tally) -> int:
    """How many values are to be computed with."""
    if tally.count or tally.how != "total":
        return tally.count or 2
    leaves = _leaves(scope)
    if len(leaves) == 1:
        return max(2, len(scope.years))
    return max(2, len([leaf for leaf in leaves if not tally.years or set(leaf.years) & set(tally.years)]))


def _in_order(rows: tuple[Figure, ...], tally: Tally, *, one: bool) -> tuple[Figure, Figure]:
    """Two rows as asked; of two times of one thing the later is held against the earlier, and 还差 from below."""
    first, second = rows
    if first.period != second.period and (one or name_of(first) == name_of(second)):
        first, second = sorted(rows, key=lambda row: row.period, reverse=True)
    elif re.search(r"[差缺欠]", tally.said) and signed(first) < signed(second):
        first, second = second, first
    return first, second


def _sides(first: Figure, second: Figure, *, one: bool) -> tuple[Ask, Ask]:
    """Both rows as sides of a pair: one thing at two times must be of one calibre, two things only of one unit."""
    sides = [
        Ask("", (row.indicator,), kind=row.kind, years=tuple(map(int, re.findall(r"\d{4}", row.period))))
        for row in (first, second)
    ]
    if name_of(first) == name_of(second) or (one and first.period != second.period):
        sides[1] = replace(sides[1], terms=sides[0].terms)
    return sides[0], sides[1]


def _total(place: str, rows: tuple[Figure, ...], scope: Scope, sources: Sources) -> list[Claim]:
    """The sum in a sentence that names each value, or why the values are not added."""
    if why := _not_added(rows, scope, sources):
        return [Claim(f"{why}不能相加。")]
    value = sum(map(signed, rows), Decimal(0)) / unit_factor(rows[0].unit)
    dated = len({(row.period, row.kind) for row in rows}) > 1
    shared = len({name_of(row) for row in rows}) < len(rows)
    named = [f"{titled(row, dated=dated, own=shared)}（{value_said(row, sources.library)}）" for row in rows]
    lead = place + (rows[0].when if not dated else "")
    said = f"{lead}{'、'.join(named[:-1])}和{named[-1]}合计{plain(value)}{rows[0].unit}（计算得出{rounded(rows)}）。"
    derived = Derived(titled(rows[0]), "合计", value, rows[0].unit, rows)
    return [cited(said, rows, derived)]


def _not_added(rows: Sequence[Figure], scope: Scope, sources: Sources) -> str:
    """Why values may not be added; "" if they may."""
    if any(unit_family(row.unit) in ("percent", "point") or "人均" in name_of(row) for row in rows):
        return "比率和人均数"
    if not all(alike(rows[0], row, fold(scope.question)) for row in rows[1:]):
        return "口径或单位不同，"
    if "其中" in fold(scope.question) or any(_is_part(row, rows, sources) for row in rows):
        return "一项包含在另一项里，"
    return ""


def _is_part(row: Figure, rows: Sequence[Figure], sources: Sources) -> bool:
    """Whether a report gives a value as a part of another one of ``rows``, told before it: 其中亿元以上项目204个."""
    text = sources.library.text(row.report_id)
    if "其中" not in text[max(0, row.clause_start - 3) : row.start]:
        return False
    told = [one for one in rows if one.report_id == row.report_id and one.start < row.start]
    return any("。" not in text[one.end : row.start] for one in told)
