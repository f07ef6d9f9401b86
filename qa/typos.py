"""One wrong character in a word that only the reports know: 桂慧贷 for 桂惠贷.

A character is taken for wrong only where no report holds it beside its neighbours, and where exactly one
character of the same sound or shape gives words that the reports do hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from qa.indicator_names import correct
from qa.lexicon import words
from qa.text import sounds

LEAST = 3
"""Characters of the shortest window that is compared, the wrong one with them."""

_HAN = "[\u4e00-\u9fff]"


def mended(terms: Iterable[str], texts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """(word as asked, word of the reports) of the terms that no report holds; both hold a wrong character's
    neighbours as far as the term goes. ``texts`` are folded."""
    found = []
    for term in terms:
        if len(term) < LEAST or _held(term, texts) or correct(term) != term:
            continue
        for at in range(len(term)):
            if term[at] in words("question", "single"):
                continue  # 荣誉和试点 joins two words
            pair = _mended_at(term, at, texts)
            if pair:
                found.append(pair)
                break
    return tuple(found)


def _held(word: str, texts: Mapping[str, str]) -> bool:
    return any(word in text for text in texts.values())


def _mended_at(term: str, at: int, texts: Mapping[str, str]) -> tuple[str, str] | None:
    beside = [term[i : i + 2] for i in (at - 1, at) if 0 <= i <= len(term) - 2]
    if not re.fullmatch(_HAN, term[at]) or any(_held(pair, texts) for pair in beside):
        return None
    mends: set[tuple[str, str]] = set()
    for start in range(max(0, at - LEAST + 1), min(at, len(term) - LEAST) + 1):
        window = term[start : start + LEAST]
        hole = at - start
        if re.fullmatch(rf"{_HAN}{{{LEAST}}}", window):
            mends |= {
                (window, window[:hole] + meant + window[hole + 1 :])
                for meant in _fitting(window, hole, texts)
                if _alike(term[at], meant) and _joins(term, at, meant, texts)
            }
    meant = {right[[*wrong].index(term[at])] for wrong, right in mends}
    return min(mends) if len(meant) == 1 else None


def _joins(term: str, at: int, meant: str, texts: Mapping[str, str]) -> bool:
    """Whether the reports hold a character beside both its neighbours: 中心|撑腰 is no wrong 中心城."""
    before, after = term[max(0, at - 1) : at], term[at + 1 : at + 2]
    return all(_held(pair, texts) for pair in (before + meant, meant + after) if len(pair) == 2)


def _fitting(window: str, hole: int, texts: Mapping[str, str]) -> set[str]:
    """The characters that the reports have in the hole, where their words end with the window or it is inside."""
    fixed = window[:hole] or window[1:]  # what is looked for, before the hole or behind it
    beside: dict[str, set[str]] = {}
    for text in texts.values():
        at = text.find(fixed)
        while at >= 0:
            start = at if hole else at - 1
            held = text[start : start + len(window)] if start >= 0 else ""
            if held[hole + 1 :] == window[hole + 1 :] and re.fullmatch(_HAN, held[hole : hole + 1]):
                out = (
                    text[start - 1 : start]
                    if hole == 0
                    else text[start + len(window) : start + len(window) + 1]
                )
                beside.setdefault(held[hole], set()).add(out if re.match(_HAN, out) else "")
            at = text.find(fixed, at + 1)
    inside = 0 < hole < len(window) - 1
    return {meant for meant, around in beside.items() if inside or "" in around or len(around) > 1}


@cache
def _shapes() -> frozenset[frozenset[str]]:
    return frozenset(
        frozenset((one, other))
        for group in words("typo", "shapes")
        for one in group
        for other in group
        if one != other
    )


def _alike(typed: str, meant: str) -> bool:
    """Whether two characters are confused: by sound (in and ing are one), or by shape."""
    if typed == meant:
        return False
    return _sound(typed) == _sound(meant) or frozenset((typed, meant)) in _shapes()


def _sound(character: str) -> str:
    return re.sub(r"ng$", "n", "".join(sounds(character)))
