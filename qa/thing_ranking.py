"""Which of several things of one place is the most or the least: 一产、二产、三产哪个增长最快.

The question is read as one for the value of each (qa/tally.py); the values that the answer gives are put in order,
if they are of one measure, unit, kind and time.
"""

from __future__ import annotations

from collections.abc import Sequence

from qa.compare_cells import difference, order
from qa.figures import is_number
from qa.match import Library, signed
from qa.row_words import cited, degree, name_of, plain, rounded, value_said
from qa.text import unit_family
from qa.types import Claim, Derived, Figure, Tally


def outstanding(
    place: str, rows: Sequence[Figure], tally: Tally, library: Library, *, dated: bool
) -> list[Claim]:
    """The sentence that names the first of some rows in the order asked for.

    Of rows of both kinds those of what was done are meant unless ``dated`` says that the question names a time.
    Returns: [] if the rows cannot be put in order, are not as many as ``tally.count`` says there are things, or
    none fell where the greatest fall is asked for.
    """
    done = [row for row in rows if row.kind == "actual"]
    meant = list(rows) if dated or len(done) < 2 else done
    meant = _of_one_measure([row for row in meant if is_number(row)])
    if len(meant) < max(2, tally.count) or len({(row.period, row.kind) for row in meant}) > 1:
        return []
    ranked = order(meant, most=tally.how == "most")
    first = [row for row in ranked if signed(row) == signed(ranked[0])]
    if tally.said.startswith("下降") and signed(first[0]) >= 0:
        return []
    when = first[0].when
    names = "和".join(f"{name_of(row)}（{value_said(row, library)}）" for row in first)
    aimed = "目标里" if first[0].kind == "target" else ""
    made = [cited(f"{place}{when}{aimed}{tally.said}的是{names}（比较得出）。", ranked)]
    return [*made, _apart(first[0], ranked[-1], library)] if tally.gap else made


def _apart(first: Figure, last: Figure, library: Library) -> Claim:
    """How far the first is from the last."""
    value, unit = difference(first, last)
    derived = Derived(name_of(first), "差", abs(value), unit, (first, last))
    more = degree(first)[value < 0]
    said = f"比{name_of(last)}（{value_said(last, library)}）{more}{plain(abs(value))}{unit}"
    return cited(f"{name_of(first)}{said}（计算得出{rounded((first, last))}）。", (first, last), derived)


def _of_one_measure(rows: list[Figure]) -> list[Figure]:
    """The rows of the measure and unit that most of them have, each thing once; ties go to the first."""
    kinds: dict[tuple[str, str], dict[str, Figure]] = {}
    for row in rows:
        growth = row.is_growth
        key = ("growth" if growth else row.measure, unit_family(row.unit))
        kinds.setdefault(key, {}).setdefault(row.canonical or row.indicator, row)
    return list(max(kinds.values(), key=len, default={}).values())
