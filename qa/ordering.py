"""Who is highest, who is above whom: what a generated statement says of an order, checked against rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.lexicon import regex
from qa.stated_numbers import Mention
from qa.text import unit_factor, unit_family
from qa.types import Figure

_SUPERLATIVE = regex("claim", "superlative")
_ABOVE = regex("claim", "above")
_LESS = regex("claim", "less")


def order_objection(
    said: str, named: Sequence[Mention], rows: Sequence[Figure], places: dict[str, str]
) -> tuple[str, tuple[Figure, ...]]:
    """(what is wrong with the order a folded statement claims among reports' places, the rows that decide it).

    ``rows`` has one row a report; ``places`` is report_id -> place. An order that the rows cannot decide is
    objected to as well. A statement that claims none gives ("", ()).
    """
    rows = _of_one_kind(rows)
    own = [m for m in named if m.report_place]
    found = _SUPERLATIVE.search(said)
    if found and own and len(set(places.values())) > 1:
        return _superlative(said, found, own, rows, places), tuple(rows)
    above = _ABOVE.search(said)
    if above and len({m.report_place for m in own}) == 2 and own[0].end <= above.start():
        two = [row for row in rows if places[row.report_id] in {m.report_place for m in own}]
        return _pair(said, own, rows, places), tuple(two)
    return "", ()


def _of_one_kind(rows: Sequence[Figure]) -> list[Figure]:
    """One row a report, of the measure, kind and period that most have: only such can be ordered."""
    groups: dict[tuple[str, str, str, bool], dict[str, Figure]] = {}
    for row in rows:
        key = (unit_family(row.unit), row.kind, row.period, row.is_growth)
        groups.setdefault(key, {}).setdefault(row.report_id, row)
    return list(max(groups.values(), key=len).values()) if groups else []


def _superlative(
    said: str, found: re.Match[str], own: Sequence[Mention], rows: Sequence[Figure], places: dict[str, str]
) -> str:
    if len({row.report_id for row in rows}) < 2:
        return f"“{found[0]}”没有可以比较的数据"
    least = bool(found["least"]) or found[0] == "垫底"
    value = {row: row.value * unit_factor(row.unit) for row in rows}
    edge = min(value.values()) if least else max(value.values())
    winners = {places[row.report_id] for row in rows if value[row] == edge}
    after = re.match(r"[^，。；]{0,6}?(?:是|为|：)", said[found.end() :])
    near = [m for m in own if m.start >= found.end()] if after else [m for m in own if m.end <= found.start()]
    if not near:
        return f"“{found[0]}”没有说清是哪里"
    named = (near[0] if after else near[-1]).report_place
    return "" if named in winners else f"“{found[0]}”的不是{named}，而是{'、'.join(sorted(winners))}"


def _pair(said: str, own: Sequence[Mention], rows: Sequence[Figure], places: dict[str, str]) -> str:
    first, second = list(dict.fromkeys(m.report_place for m in own))[:2]
    by_place = {places[row.report_id]: row.value * unit_factor(row.unit) for row in rows}
    if first not in by_place or second not in by_place:
        return f"{first}和{second}没有可以比较的数据"
    less = bool(_LESS.search(said))
    right = by_place[first] < by_place[second] if less else by_place[first] > by_place[second]
    return "" if right else f"{first}和{second}的高低说反了"
