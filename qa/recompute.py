"""Differences, sums and means of cited rows, computed again in exact decimal arithmetic."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from qa.sources import Sources
from qa.text import fold, unit_factor, unit_family
from qa.types import Figure


def results(rows: Sequence[Figure], whole: str) -> Iterable[tuple[tuple[Figure, ...], str, Decimal]]:
    """(operands, measure, value in base units) of what can be computed; percent in percentage points."""
    base = {row: row.value * unit_factor(row.unit) for row in rows}
    if re.search(r"合计|共|总", whole) and len(rows) > 1:
        yield tuple(rows), "和", sum(base.values(), Decimal(0))
    if re.search(r"平均|均值", whole) and len(rows) > 1:
        yield tuple(rows), "平均", sum(base.values(), Decimal(0)) / len(rows)
    for one, other in itertools.combinations(rows, 2):
        if unit_family(one.unit) == unit_family(other.unit):
            yield (one, other), "差", abs(base[one] - base[other])
            if re.search(r"合计|共|总", whole):
                yield (one, other), "和", base[one] + base[other]


def equal(value: Decimal, written: Decimal) -> bool:
    """Whether a computed value is the one said: exactly, or rounded to the digits written."""
    exponent = written.as_tuple().exponent
    digits = -exponent if isinstance(exponent, int) else 0
    return value == written or (digits > 0 and value.quantize(Decimal(1).scaleb(-digits)) == written)


def ordered(operands: tuple[Figure, ...], whole: str, sources: Sources) -> bool:
    """Whether "A比B高" is true of the two rows; true where no order is said."""
    found = re.search(
        r"(?P<first>[^，；。]*?)比(?P<second>[^，；。]*?)(?P<more>高|多|快|大)?(?P<less>低|少|慢|小)?(?:出|了)?[\d约]",
        whole,
    )
    if not found or not (found["more"] or found["less"]):
        return True
    places = {r.report_id: fold(r.place) for r in sources.reports}

    def side(text: str) -> Figure | None:
        hits = [row for row in operands if places[row.report_id][:2] in text or f"{row.period}年" in text]
        return hits[0] if len(hits) == 1 else None

    first, second = side(found["first"]), side(found["second"])
    if first is None or second is None:
        return False
    greater = first.value * unit_factor(first.unit) > second.value * unit_factor(second.unit)
    return greater == bool(found["more"])
