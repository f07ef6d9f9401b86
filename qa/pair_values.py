"""Two values that are held against each other or added: whether they may be, and what they come to.

Nothing is computed of two calibres, units or bearers.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from qa.calibre import FLOWS, deeds, deeds_of, of_a_year, of_near_calibre, of_one_calibre, of_one_unit
from qa.compare_cells import difference
from qa.figures import is_number
from qa.lexicon import regex
from qa.match import signed
from qa.row_words import name_of
from qa.text import fold, unit_factor, unit_family
from qa.types import Figure, Pair


@dataclass(frozen=True, slots=True)
class Held:
    """The two rows of a place and what they come to; ``value`` None when they may not be computed with."""

    place: str
    rows: tuple[Figure, Figure]
    value: Decimal | None
    unit: str = ""

    @property
    def base(self) -> Decimal:
        """The computed value in base units, for ordering places."""
        return (self.value or Decimal(0)) * unit_factor(self.unit)


def hold(place: str, one: Sequence[Figure], other: Sequence[Figure], pair: Pair) -> Held | None:
    """The first rows of both sides that may be computed with; else the first of each, without a value."""
    if both := next((row for row in one if row in other and _of_both(row, pair)), None):
        return Held(place, (both, both), *_amount_of(both))
    couples = [rows for rows in itertools.product(one, other) if rows[0] != rows[1]]
    if not couples or set(one) == set(other):
        return None
    fitting = next((rows for rows in couples if _fit(rows, pair)), None)
    if fitting is None:
        return Held(place, couples[0], None)
    value, unit = _computed(fitting, pair)
    return Held(place, fitting, value, unit)


def _of_both(row: Figure, pair: Pair) -> bool:
    """Whether a report states the sum asked for as one value: 新建和改造提升高标准农田41.2万亩."""
    asked = [deeds(fold(" ".join(side.terms))) for side in pair.sides]
    return (
        pair.how == "total" and asked[0] != asked[1] and all(asked) and deeds_of(row) == asked[0] | asked[1]
    )


def _amount_of(row: Figure) -> tuple[Decimal, str]:
    return signed(row) / unit_factor(row.unit), row.unit


def _fit(rows: tuple[Figure, Figure], pair: Pair) -> bool:
    """Whether two rows may be computed with: of one unit, bearer and calibre, and no rates where they are added."""
    first, second = rows
    named = "" if of_same_thing(pair) else fold(" ".join(term for side in pair.sides for term in side.terms))
    if not alike(first, second, named, over=any(side.span for side in pair.sides)):
        return False
    if of_same_thing(pair):
        if not _of_one_thing(first, second) or not (of_one_calibre(rows) or of_near_calibre(rows)):
            return False
    elif not of_one_calibre(rows) and not _as_named(rows, pair):
        return False
    if (
        not of_same_thing(pair)
        and (first.period, first.kind) != (second.period, second.kind)
        and not asks_times(pair)
    ):
        return False
    if pair.how == "ratio":
        return not first.is_growth and signed(second) > 0
    rate = unit_family(first.unit) in ("percent", "point") or any("人均" in name_of(row) for row in rows)
    return pair.how != "total" or not rate


def _as_named(rows: tuple[Figure, Figure], pair: Pair) -> bool:
    """Whether a question itself names the two deeds that its rows are of: 新建和改造提升一共多少."""
    asked = [deeds(fold(" ".join(side.terms))) for side in pair.sides]
    return asked[0] != asked[1] and asked == [deeds_of(row) for row in rows]


def alike(first: Figure, second: Figure, named: str = "", *, over: bool = False) -> bool:
    """Of one unit and bearer, of a year or of several, both growths or both amounts; 投资减少135亿元 is neither.

    A bearer that the question itself names (``named``, folded: 经开区和高新区产值) makes no difference; ``over`` is
    whether it holds years together against one (五年年均).
    """
    growth = first.is_growth
    if ("—" in first.period) != ("—" in second.period) and not (over or left_behind(first, second)):
        return False
    if of_a_year(first) != of_a_year(second) or {first.per, second.per} == {"月", "年"}:
        return False
    if growth != second.is_growth or (not growth and min(signed(first), signed(second)) < 0):
        return False
    if not (is_number(first) and is_number(second)) or "排名" in (first.measure, second.measure):
        return False
    bearers = {row.subject for row in (first, second) if not row.subject or row.subject not in named}
    return unit_family(first.unit) == unit_family(second.unit) and len(bearers) < 2


def left_behind(reached: Figure, left: Figure) -> bool:
    """Whether a clause tells two values of one thing, reached and left: 五年来，…由2.2万家增加到4.9万家."""
    one, other = (
        (row.report_id, row.paragraph, row.clause_start, row.indicator, row.measure)
        for row in (reached, left)
    )
    return one == other and left.period.isdigit() and int(left.period) == int(reached.period[:4]) - 1


def _of_one_thing(first: Figure, second: Figure) -> bool:
    """Whether two rows found by the same words are of the same thing done: 开工 is not 改造, an amount no addition."""
    if first.canonical != second.canonical:
        return False
    one, other = (deeds_of(row) - {"实施", "总数"} for row in (first, second))  # 总数620家 and 574家
    if one != other:
        return (bool(one and other) and of_near_calibre((first, second))) or _both_built(first, second)
    growth = first.is_growth or bool(one & FLOWS)  # 新增营造林 and 完成营造林
    one_year = {first.measure, second.measure} == {"总量", "累计"} and of_a_year(first) and of_a_year(second)
    names = [sorted(name_of(row)) for row in (first, second)]  # 新改建农村公路, 农村公路新改建
    return growth or one_year or first.measure == second.measure or names[0] == names[1]


def _both_built(first: Figure, second: Figure) -> bool:
    """Whether two rows tell of one thing built, in the words 建设 and 建成: an aim and what came of it."""
    built = regex("same", "built")
    names = [built.sub("", row.indicator) for row in (first, second) if built.match(row.indicator)]
    return len(names) == 2 and names[0] == names[1] and of_one_unit((first, second))


def of_same_thing(pair: Pair) -> bool:
    """Whether both sides name one thing, at two times or of two places."""
    return pair.sides[0].terms == pair.sides[1].terms


def asks_times(pair: Pair) -> bool:
    """Whether the sides are of two times, or one of them of an aim."""
    one, other = pair.sides
    return (one.kind, one.years, one.span) != (other.kind, other.years, other.span)


def _computed(rows: tuple[Figure, Figure], pair: Pair) -> tuple[Decimal, str]:
    first, second = rows
    if pair.how == "difference":
        return difference(first, second)
    if pair.how == "total":
        return (signed(first) + signed(second)) / unit_factor(first.unit), first.unit
    return (signed(first) / signed(second)).quantize(Decimal("0.01")), "倍"
