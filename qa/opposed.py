"""Words that shut each other out: what is told of 农村 answers no question about 城镇.

A list of [opposed] in qa/data/words.toml is one axis; its entries are the sides, each with all words for it. A text may
name several sides of an axis (城镇、农村居民收入), or none.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from qa.lexicon import entries, sections

Side = tuple[str, int]
"""An axis and the number of one of its sides."""


@cache
def _all_sides() -> tuple[tuple[Side, re.Pattern[str]], ...]:
    return tuple(
        ((axis, number), re.compile(said))
        for axis in sections("opposed")
        for number, said in enumerate(entries("opposed", axis))
    )


@lru_cache(maxsize=20_000)
def sides(folded: str) -> frozenset[Side]:
    """The sides that a folded text names."""
    return frozenset(side for side, said in _all_sides() if said.search(folded))


def shuts_out(asked: frozenset[Side], told: frozenset[Side]) -> bool:
    """Whether something is told of another side than the one asked about, and not of that one."""
    axes = {axis for axis, _ in asked} & {axis for axis, _ in told}
    return any(not {side for side in asked & told if side[0] == axis} for axis in axes)


def said_of(folded: str, axes: frozenset[str]) -> str:
    """The word by which a folded text names one side of an axis that is none of ``axes``: 农村 of 农村居民收入; "" if it names none, or both."""
    found: dict[str, list[str]] = {}
    for (axis, _), side in _all_sides():
        if axis not in axes and (match := side.search(folded)):
            found.setdefault(axis, []).append(match[0])
    return next((said[0] for said in found.values() if len(said) == 1), "")


def word_of(folded: str, axis: str) -> str:
    """The word by which a folded text names one side of an axis; "" if it names none, or several."""
    found = [match[0] for (own, _), side in _all_sides() if own == axis and (match := side.search(folded))]
    return found[0] if len(found) == 1 else ""
