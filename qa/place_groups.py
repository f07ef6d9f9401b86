"""Places that a question adds up to hold their sum against another place, or a place against the sum.

甲市比乙、丙两市加起来还多吗, 甲市占五市合计的几成, 乙和丙之和是甲的几倍: told here by the words alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from qa.lexicon import choice, piece, regex
from qa.places import short_name
from qa.text import fold, whole_number

_FIRST = 0xE200
_T = f"[{chr(_FIRST)}-{chr(_FIRST + 0xFF)}]"
"""Stands for one side as a whole, in the text that is read here."""

_E = rf"[^？?。；{_T[1:-1]}]"
_SUM, _GAP, _SHARE = (piece("group", key) for key in ("sum", "gap", "share"))
_FORMS: tuple[tuple[Literal["difference", "share", "ratio"], re.Pattern[str]], ...] = (
    ("ratio", re.compile(rf"(?P<a>{_T})(?P<x>{_E}*?)是(?P<b>{_T})(?P<y>{_E}*?)的?(?:几|多少)倍")),
    ("share", re.compile(rf"(?P<a>{_T}){_E}*?在(?P<b>{_T})(?P<y>{_E}*?){_SHARE}")),
    ("share", re.compile(rf"(?P<a>{_T}){_E}*?占(?:了|到)?(?P<b>{_T})(?P<y>{_E}*?){piece('group', 'how_much')}")),
    ("share", re.compile(rf"(?P<b>{_T})(?P<y>[^{_T[1:-1]}]*?)(?P<a>{_T})[^，。；？?{_T[1:-1]}]{{0,4}}?{_SHARE}")),
    (
        "difference",
        re.compile(
            rf"(?P<a>{_T})(?P<x>[^。；{_T[1:-1]}]*?){piece('group', 'than')}(?P<b>{_T})(?P<y>{_E}*?){_GAP}"
        ),
    ),
    (
        "difference",
        re.compile(rf"(?P<a>{_T})(?P<x>{_E}*?)[，,]?[和跟与同](?P<b>{_T})(?P<y>{_E}*?){piece('group', 'beside')}"),
    ),
)  # fmt: skip


_ADDED = re.compile(rf"{_SUM}|{piece('group', 'mean')}|{_SHARE}|占")
"""What any such question says; all others are told by this alone, however many places there are."""


@dataclass(frozen=True, slots=True)
class Groups:
    """What is held against what: the places of each side, and ``rest``, what is asked of each place.

    A share is the first side's in the second, which holds it. With ``mean`` several places stand for their mean, which
    may be of the other side's too.
    """

    how: Literal["difference", "share", "ratio"]
    one: tuple[str, ...]
    other: tuple[str, ...]
    rest: str
    mean: bool = False


def groups_of(question: str, places: Sequence[str]) -> Groups | None:
    """Read a folded question over the places of all reports; None if it adds no places up to hold against others."""
    if not _ADDED.search(question):
        return None
    text, sides = _marked(question, places)
    for how, form in _FORMS if any(len(side) > 1 for side in sides) else ():
        match = form.search(text)
        if match is None:
            continue
        mean = False
        one, other = (sides[ord(match[part]) - _FIRST] for part in "ab")
        summed = [bool(re.search(_SUM, match[part])) if part in match.groupdict() else False for part in "xy"]
        if how == "share":
            apart = not set(one) & set(other) and len(other) > 1  # 占乙、丙之和的几成
            fits = (set(one) < set(other) and (summed[1] or _within(match))) or (apart and summed[1])
        else:
            mean = any(regex("group", "mean").search(match[part]) for part in "xy")
            added = [
                there or mean or len(side) == 1 for there, side in zip(summed, (one, other), strict=True)
            ]
            fits = all(added) and len(one) + len(other) > 2 and (mean or not set(one) & set(other))
        rest = _rest(text, match)
        if fits and rest:
            return Groups(how, one, other, rest, how != "share" and mean)
    return None


def _within(match: re.Match[str]) -> bool:
    """Whether a share is said to be of what was just named: 五市总额里海棠占几成, 占五市的几成."""
    between = match["y"]
    return bool(regex("group", "within").fullmatch(between) or regex("group", "ends_within").search(between))


def _marked(question: str, places: Sequence[str]) -> tuple[str, list[tuple[str, ...]]]:
    """The question with one character for each side that it names, and the places of each."""
    forms = {form: place for place in places for form in (fold(place), short_name(place)) if form in question}
    if not forms:
        return question, []
    name = rf"(?:{choice(forms)})(?:[市县省](?![场政区级民值直属内外管]))?"
    number = piece("group", "number")
    token = re.compile(
        rf"(?P<others>{piece('group', 'others')})"
        rf"|(?P<named>{name}(?:{piece('group', 'join')}{name})*)(?:{piece('group', 'alone')}|(?:这|共)?{number}{piece('group', 'counted')})?"
        rf"|(?P<all>{piece('group', 'all')})"
    )
    sides: list[tuple[str, ...]] = []
    seen: list[str] = []

    def mark(match: re.Match[str]) -> str:
        if match["named"]:
            side = tuple(dict.fromkeys(forms[m[0]] for m in re.finditer(choice(forms), match["named"])))
            seen.extend(side)
        else:
            side = tuple(p for p in places if p not in seen) if match["others"] else tuple(places)
            count = re.search(number, match[0])
            if count and (n := whole_number(count[0])) != len(side):
                side = tuple(dict.fromkeys(seen)) if n == len({*seen}) else ()
        sides.append(side)
        return chr(_FIRST + len(sides) - 1)

    return token.sub(mark, question), sides


def _rest(text: str, match: re.Match[str]) -> str:
    """What is asked of each place: the question without its places and without what is to be done with them."""
    said = text[: match.start()] + match[0] + text[match.end() :]
    bare = re.sub(_T, " ", said)
    return regex("group", "noise").sub(" ", bare).strip(" ，。；？?！的")
