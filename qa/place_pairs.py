"""Values of two places that a question holds against each other, each by its own words or time.

甲市去年的普及率比乙市今年的目标高多少, 甲市建成的安置房比乙市改造的多多少套. Questions that leave all but
the place to the other side (甲市比乙市高多少) are comparisons over one table and none of these.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.calibre import deeds, is_of_deed, of_one_calibre
from qa.compare_cells import difference
from qa.lexicon import choice
from qa.match import pairs_of
from qa.pair_answer import rows_of, shown
from qa.pair_values import alike
from qa.question_parts import time_of
from qa.row_words import cited, degree, name_of, plain, rounded, value_said
from qa.row_words import time_of as when_of
from qa.sources import Sources
from qa.text import fold
from qa.types import Ask, Claim, Derived, Draft, Figure, ReportInfo, Scope
from qa.wording import VERBS_ONLY, content_of

_MORE, _LESS = "[高多快大](?!少)", "[低少慢小]"
_SIDE = r"[^？?。；]"


@dataclass(frozen=True, slots=True)
class Side:
    """A place and what is asked of it."""

    place: str
    ask: Ask


def by_places(scope: Scope, sources: Sources) -> Draft | None:
    """By how much one place's value is above the other's; None if the question is none of these, or unanswered."""
    made: list[Claim] = []
    sides = sides_of(scope, sources)
    if sides is None:
        return None
    found = [rows_of(side.ask, _reports(side, scope, sources), scope, sources) for side in sides]
    rows = next(((one, other) for one in found[0] for other in found[1] if _fit((one, other), sides)), None)
    if rows is not None:
        made.append(_apart(rows, sides, sources))
    elif all(found):
        made += [shown(side.place, own[0], sources) for side, own in zip(sides, found, strict=True)]
        made.append(Claim("口径或单位不同，不能直接计算。"))
    else:
        return None
    return Draft((*made, *_others(scope, sides, sources)))


def sides_of(scope: Scope, sources: Sources) -> tuple[Side, Side] | None:
    """Both sides of a question, completed from each other; None if it names no two sides of their own."""
    question = fold(scope.question)
    names = _names(scope)
    if len(names) < 2:
        return None
    place = choice(names)
    match = re.match(
        rf"(?P<topic>[^：？?。；]*：)?{_SIDE}*?(?P<p>{place})[市县区]?(?P<a>{_SIDE}*?)(?:比|较|[和与跟同](?={_SIDE}*(?:相比|相差|差)))"
        rf"(?P<q>{place})[市县区]?(?P<b>{_SIDE}*?)(?:还|都|更|又|要|是|相比)*(?:{_MORE}|{_LESS}|相?差)(?P<tail>.*)$",
        question,
    )
    if not match or match["p"] == match["q"] or re.search(place, match["a"] + match["b"]):
        return None
    base = max((info.year for info in sources.chosen(scope)), default=0)
    one, other = (_ask(match[part], base) for part in ("a", "b"))
    if not (other.terms or (other.years, other.kind) not in ((), (one.years, one.kind))):
        return None
    if not other.terms and not (other.years or other.kind):
        return None
    topic = tuple(content_of(match["topic"] or "").split())
    rest = re.split(r"[？?。；，]", match["tail"])[0]
    one, other = _completed(one, other, topic, rest), _completed(other, one, topic, rest)
    if not one.terms or (one.terms, one.years, one.kind) == (other.terms, other.years, other.kind):
        return None
    return Side(names[match["p"]], one), Side(names[match["q"]], other)


def _names(scope: Scope) -> dict[str, str]:
    """The places of a scope by the names that questions give them: 安庆 for 安庆市."""
    short = {re.sub(r"(?<=..)[市县区州盟省]$", "", place): place for place in scope.places}
    return {fold(name): place for name, place in short.items()}


def _ask(text: str, base: int) -> Ask:
    content = content_of(text)
    years, kind = time_of(text, base)
    return Ask(text, () if VERBS_ONLY.fullmatch(content) else tuple(content.split()), kind=kind, years=years)


def _completed(one: Ask, other: Ask, topic: tuple[str, ...], tail: str) -> Ask:
    """With the topic, and with the time or the thing that only the other side names; a deed alone is done to it."""
    things = tuple(term for term in other.terms if not deeds(term))
    terms = one.terms or other.terms
    if one.terms and all(deeds(term) for term in one.terms):
        terms = (*one.terms, *(topic or things))
    elif topic:
        terms = (*topic, *terms)
    timed = one if one.years or one.kind else other
    text = f"{' '.join(terms)} 多少{tail.lstrip('几多少')}"
    return replace(one, text=text, terms=tuple(dict.fromkeys(terms)), years=timed.years, kind=timed.kind)


def _reports(side: Side, scope: Scope, sources: Sources) -> list[ReportInfo]:
    return [info for info in sources.chosen(scope) if info.place == side.place]


def _fit(rows: tuple[Figure, Figure], sides: tuple[Side, Side]) -> bool:
    """Whether two rows are of one unit and thing, each of the deed that its side names."""
    first, second = rows
    if not alike(first, second) or (
        first.canonical and second.canonical and first.canonical != second.canonical
    ):
        return False
    if not of_one_calibre(rows):
        named = [deeds(fold(side.ask.text)) for side in sides]
        as_named = all(map(is_of_deed, rows, [side.ask.text for side in sides]))
        if not as_named or named[0] == named[1]:
            return False
    return first.canonical is not None or bool(pairs_of(name_of(first)) & pairs_of(name_of(second)))


def _apart(rows: tuple[Figure, Figure], sides: tuple[Side, Side], sources: Sources) -> Claim:
    first, second = rows
    gap, unit = difference(first, second)
    one, other = (
        f"{side.place}{when_of(row)}{row.subject}{row.indicator}（{value_said(row, sources.library)}）"
        for row, side in zip(rows, sides, strict=True)
    )
    how = degree(first)[gap < 0]
    said = (
        f"{one}比{other}{how}{plain(abs(gap))}{unit}（计算得出{rounded(rows)}）。"
        if gap
        else f"{one}和{other}相同。"
    )
    derived = Derived(name_of(first), "差", abs(gap), unit, rows)
    return cited(said, rows, derived)


def _others(scope: Scope, sides: Sequence[Side], sources: Sources) -> list[Claim]:
    """What the question asks besides of a place of its own: 丙市又改造了多少套."""
    made: list[Claim] = []
    names = _names(scope)
    topic = (
        tuple(content_of(fold(scope.question).partition("：")[0]).split())
        if "：" in fold(scope.question)
        else ()
    )
    base = max((info.year for info in sources.chosen(scope)), default=0)
    for clause in re.split(r"[？?。；，]", fold(scope.question)):
        named = [place for name, place in names.items() if name in clause]
        if len(named) != 1 or named[0] in {side.place for side in sides} or not re.search(r"多少|几", clause):
            continue
        bare = re.sub(choice(names), " ", clause)
        said = replace(_ask(bare, base), terms=tuple(content_of(bare).split()))
        ask = _completed(said, sides[0].ask, topic, "")
        own = Side(named[0], replace(ask, text=f"{ask.text} {clause}"))
        found = rows_of(own.ask, _reports(own, scope, sources), scope, sources)
        made += [shown(own.place, row, sources) for row in found[:1]]
    return made
