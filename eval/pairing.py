"""Pair labelled figures and commitments with extracted ones, by their places, and judge each pair.

Rows marked optional, and what is found at their place, are in no pair.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from eval.labels import CommitmentLabel, FigureLabel, Labelled
from qa.text import fold
from qa.types import Commitment, Figure

FIELDS = ("value", "unit", "comparator", "measure", "indicator", "subject", "period", "kind")
OVERLAP = 0.5
"""A commitment is found when it and the labelled one share at least half of their joint characters."""

_MEASURES = {
    "总量": "amount", "累计": "amount", "增量": "added", "增速": "growth", "降幅": "growth", "占比": "share",
    "比率": "share", "变化": "change", "排名": "rank", "倍数": "times", "差距": "gap",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """A labelled figure and the extracted one at its place; one of them may be missing."""

    paragraph: Labelled
    gold: FigureLabel | None
    found: Figure | None
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """A labelled commitment and the extracted one at its place; one of them may be missing.

    ``named``: how many of the labelled names were found, and how many there are; (0, 0) for an extra one.
    """

    paragraph: Labelled
    gold: CommitmentLabel | None
    found: Commitment | None
    exact: bool = False
    kind: bool = False
    named: tuple[int, int] = (0, 0)


# ------------------------------------------------------------------ figures


def pair_figures(paragraph: Labelled, found: Sequence[tuple[int, int, Figure]]) -> list[Pair]:
    """Labelled rows in order, each with the extracted row that its place fits, then the extra rows.

    Places must overlap. The pairs with the fewest faults are made first, of equal ones those that share
    more characters, so that a row is not taken from the label that it fits. Each row is used once: a second
    one at the same value is extra.
    """
    wanted = [item for item in paragraph.figures if not item[2].optional]
    near = sorted(
        (len(faults(label, figure)), -_shared((start, end), (low, high)), i, j)
        for i, (start, end, label) in enumerate(wanted)
        for j, (low, high, figure) in enumerate(found)
        if _shared((start, end), (low, high))
    )
    taken = _each_once((i, j) for _, _, i, j in near)
    pairs = []
    for i, (_, _, label) in enumerate(wanted):
        if i in taken:
            figure = found[taken[i]][2]
            pairs.append(Pair(paragraph, label, figure, faults(label, figure)))
        else:
            pairs.append(Pair(paragraph, label, None, ("漏",)))
    optional = [item[:2] for item in paragraph.figures if item[2].optional]
    return pairs + [
        Pair(paragraph, None, figure, ("多",))
        for j, (low, high, figure) in enumerate(found)
        if j not in taken.values() and not any(_shared((low, high), place) for place in optional)
    ]


def faults(gold: FigureLabel, found: Figure) -> tuple[str, ...]:
    """The names of the fields that are wrong, in the order of ``FIELDS``; () for an exact row."""
    measure, _, reference = _measure(found.measure).partition(":")
    high, comparator = _high(found.comparator)
    right = {
        "value": gold.value == found.value and gold.high == high,
        "unit": _is_one_of(found.unit, gold.unit),
        "comparator": any(_bounds(one, comparator) for one in gold.comparator),
        "measure": measure in gold.measure
        and (measure != "gap" or not any(gold.reference) or _is_one_of(reference, gold.reference)),
        "indicator": _names(found, gold),
        "subject": _bears(found, gold),
        "period": "" in gold.period or _is_one_of(found.period, gold.period),
        "kind": found.kind in gold.kind,
    }
    return tuple(name for name in FIELDS if not right[name])


def _measure(measure: str) -> str:
    """The label's word for an extracted measure; a gap with what it is against: 高于全国 -> gap:全国."""
    if measure in _MEASURES:
        return _MEASURES[measure]
    if measure.startswith("比"):  # 比上年变化
        tail = next((name for name in _MEASURES if measure.endswith(name)), "")
        return _MEASURES.get(tail, measure)
    return f"gap:{measure[2:]}" if measure[1:2] in ("于", "出") else measure


def _high(comparator: str) -> tuple[Decimal | None, str]:
    """The upper end of a range and the other words: —5左右 -> (5, "左右")."""
    if match := re.match(r"—(\d+(?:\.\d+)?)", comparator):
        return Decimal(match[1]), comparator[match.end() :]
    return None, comparator


def _bounds(wanted: str, found: str) -> bool:
    """Whether a comparator holds the labelled words; 不超过 does not hold 超过."""
    held = bool(wanted) and re.search(f"(?<![不未]){re.escape(wanted)}", found) is not None
    return wanted == found or held


def _names(found: Figure, gold: FigureLabel) -> bool:
    """The least words in order, and not much more than the full name: 2 x its length + 4 characters."""
    if found.canonical is not None and _is_one_of(found.canonical, gold.indicator):
        return True
    name = fold(found.subject + found.indicator)
    full = max(map(len, gold.indicator)) + max(map(len, gold.subject))
    return any(_in_order(fold(core), name) for core in gold.core) and len(name) <= 2 * full + 4


def _bears(found: Figure, gold: FigureLabel) -> bool:
    """The same bearer, or one part of the other; it may stand in the indicator's name on either side."""
    wanted = [fold(one) for one in gold.subject]
    if not found.subject:
        return any(one in fold(found.indicator) for one in wanted)
    bearer = fold(found.subject)
    return any(one and (one in bearer or bearer in one) for one in wanted) or any(
        bearer in fold(name) for name in gold.indicator
    )


def _in_order(core: str, name: str) -> bool:
    rest = iter(name)
    return all(letter in rest for letter in core)


def _is_one_of(found: str, wanted: Sequence[str]) -> bool:
    return fold(found) in [fold(one) for one in wanted]


# ------------------------------------------------------------------ commitments


def pair_commitments(paragraph: Labelled, found: Sequence[tuple[int, int, Commitment]]) -> list[Promise]:
    """Labelled clauses in order, each with the extracted one that shares most with it, then the extra ones.

    An extracted clause that lies in optional ones by half of its own characters or more is not extra.
    """
    labelled = paragraph.commitments or ()
    wanted = [item for item in labelled if not item[2].optional]
    near = sorted(
        (-_overlap((start, end), (low, high)), i, j)
        for i, (start, end, _) in enumerate(wanted)
        for j, (low, high, _) in enumerate(found)
        if _overlap((start, end), (low, high)) >= OVERLAP
    )
    taken = _each_once((i, j) for _, i, j in near)
    promises = []
    for i, (start, end, label) in enumerate(wanted):
        if i in taken:
            low, high, commitment = found[taken[i]]
            exact = (low, high) == (start, end)
            kind = commitment.kind in label.kind
            promises.append(Promise(paragraph, label, commitment, exact, kind, _known(label, commitment)))
        else:
            promises.append(Promise(paragraph, label, None, named=(0, len(label.names))))
    optional = [item[:2] for item in labelled if item[2].optional]
    return promises + [
        Promise(paragraph, None, commitment)
        for j, (low, high, commitment) in enumerate(found)
        if j not in taken.values() and 2 * sum(_shared((low, high), place) for place in optional) < high - low
    ]


def _known(label: CommitmentLabel, found: Commitment) -> tuple[int, int]:
    """How many labelled names were found, whole or in part, of how many."""
    said = [fold(name) for name in found.names]
    known = sum(any(fold(name) in one or one in fold(name) for one in said) for name in label.names)
    return known, len(label.names)


# ------------------------------------------------------------------ places


def _each_once(ranked: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Label to row, best pair first; none twice."""
    taken: dict[int, int] = {}
    used: set[int] = set()
    for label, row in ranked:
        if label not in taken and row not in used:
            taken[label] = row
            used.add(row)
    return taken


def _shared(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Shared characters of the joint ones."""
    shared = _shared(one, other)
    return shared / (one[1] - one[0] + other[1] - other[0] - shared)
