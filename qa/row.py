"""A figure as it is read from a paragraph, before it is told whose it is and of what time."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from qa.types import Kind

UNDEALT = "分列"
"""Comparator of a row whose values could not be told apart: its span holds them all, its value the first."""

THRESHOLD = "门槛"
"""End of the indicator of a bound that only tells which things are meant (投资5000万元以上的项目)."""

PARTS = "结构"
"""Comparator, and measure, of a row whose value is the first part of a whole (34:29:37); its span holds them all."""

WORDED = frozenset({"两位数", "翻番", PARTS})
"""Comparators of values that stand in words alone: shown as written, not calculated with."""


@dataclass(frozen=True, slots=True)
class Row:
    """A figure with offsets in its paragraph and the raw words it was read from.

    ``period`` is the year that its own words say; ``earlier`` one of the time before (由1.90% of 由1.90%提高到2.08%);
    ``kind`` is that which the head of its column says, None elsewhere.
    """

    indicator: str
    measure: str
    value: Decimal
    unit: str
    comparator: str
    start: int
    end: int
    clause_start: int
    clause_end: int
    period: str = ""
    earlier: bool = False
    kind: Kind | None = None
