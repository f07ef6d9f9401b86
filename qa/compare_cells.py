"""Rows of several reports as the cells of one table: of one measure, in an order, with exact differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from qa.figure_answer import Found
from qa.match import Library, signed
from qa.phrasing import phrase
from qa.row import UNDEALT
from qa.text import unit_factor, unit_family
from qa.types import Figure

ENOUGH = 2
"""Values in a table from which what another year brought a silent report is no longer told beside it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One report's line of a table; ``figure`` None when the report is silent."""

    place: str
    report_id: str
    figure: Figure | None
    note: str = ""
    other: Figure | None = None


def cells(
    found: Sequence[Found], library: Library, *, amounts: bool = False, alone: bool = False
) -> list[Cell]:
    """One line a report, all of one measure: the one that most reports state (amounts on a tie).

    With ``amounts``, amounts come first wherever two reports state one; with ``alone``, even if only one does.
    """
    groups: dict[tuple[str, str], int] = {}
    for item in found:
        for key in dict.fromkeys(_group(row) for row in item.rows):
            groups[key] = groups.get(key, 0) + 1
    if not groups:
        return []
    chosen = max(
        groups,
        key=lambda key: (
            key[0] == "amount" and (alone or (amounts and groups[key] > 1)),
            groups[key],
            key[0] != "growth",
        ),
    )
    stated = [_stated(item, chosen) for item in found]
    enough = sum(row is not None for row in stated) >= ENOUGH  # then other times only confuse
    made = []
    for item, row in zip(found, stated, strict=True):
        others = item.rows if enough else (*item.rows, *item.instead)
        other = next(iter(others), None) if row is None else None
        note = (
            f"未提及（另有{_other_time(other, item)}：{phrase(other, item.place, library.text(other.report_id))}）"
            if other
            else "未提及"
        )
        made.append(Cell(item.place, item.report_id, row, "" if row else note, other))
    return made


def _stated(item: Found, chosen: tuple[str, str]) -> Figure | None:
    """A report's row of the chosen measure; else its amount in another unit."""
    told = [row for row in item.rows if row.comparator != UNDEALT]
    same = next((row for row in told if _group(row) == chosen), None)
    if same is None and chosen[0] == "amount":
        same = next((row for row in told if _group(row)[0] == "amount"), None)
    return same


def _other_time(other: Figure, item: Found) -> str:
    """When a row speaks of, where it is no answer for its time: 2024年目标."""
    if other in item.rows or not other.period:
        return ""
    return f"{other.when}{'目标' if other.kind == 'target' else ''}"


def _group(figure: Figure) -> tuple[str, str]:
    share = figure.canonical and figure.measure in ("占比", "比率")  # 研发强度 and 研发投入占GDP比重
    same = "share" if share else figure.measure
    group = "growth" if figure.is_growth else "amount" if figure.is_amount else same
    return group, unit_family(figure.unit)


def order(rows: Sequence[Figure], *, most: bool = True) -> list[Figure]:
    """Rows by value in base units; ties in the order given. Of places in an order the first comes first."""
    return sorted(rows, key=signed, reverse=most is not are_ranks(rows))


def are_ranks(rows: Sequence[Figure]) -> bool:
    """Whether rows tell places in an order: 第15位 is above 第25位."""
    return bool(rows) and all(row.measure == "排名" for row in rows)


def difference(first: Figure, second: Figure) -> tuple[Decimal, str]:
    """Exact difference first - second in the first's unit (percent: percentage points)."""
    factor = unit_factor(first.unit)
    unit = "个百分点" if unit_family(first.unit) == "percent" else first.unit
    return (signed(first) - signed(second)) / factor, unit
