"""Whether something is asked of a place, by what stands around its name: 我家在甲市, 甲市今年, but not 从甲市引进."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.indicator_names import begins_statistic
from qa.lexicon import piece, regex

_CLAUSE = re.compile(r"[，。；：？！,;:?!]")
_SUBJECT_BEFORE = re.compile(rf"^{piece('nation', 'before_subject')}+")
SUBJECT_AFTER = re.compile(rf"^[市省县区]?{piece('asked', 'after_subject')}")
_OF_ASKER = regex("place", "of_asker")
_IN_ENGLISH = regex("place", "in_english")
_LED, _OWN = regex("place", "led"), regex("place", "own")
_COMERS = regex("place", "comers")
_TOLD_OF, _TOGETHER = regex("place", "told_of"), regex("place", "together")
_ALONE = re.compile("[呢的？?]*(?:$|[，。？?])")


def is_subject(text: str, start: int, end: int, *, told: bool) -> bool:
    """Whether something is asked of a place: it begins the question or a clause, or its time, its government, the one
    who asks (我家在甲市) or a statistic stands beside it.

    Within a clause one that a report tells of (``told``) is what is asked of only with its government: 协作中广东今年投入多少.
    """
    clause = _CLAUSE.split(text[:start])[-1]
    alone = clause.endswith("（") and re.match("[市省县]?）", text[end:])
    if alone or _OF_ASKER.search(clause) or _IN_ENGLISH.search(clause):
        return True
    if _LED.search(clause) or _COMERS.match(text[end:]):
        return False
    before = _SUBJECT_BEFORE.sub("", text[:start])
    begins = bool(SUBJECT_AFTER.match(text[end:]))
    if not before.strip() or (begins and len(before) <= 4):
        return True
    if begins and not _SUBJECT_BEFORE.sub("", clause).strip():
        return True
    if text[max(0, start - 1)] in "和与同跟及、":
        return False
    own = _OWN.match(text[end:])
    if told:
        return bool(own and own[0].endswith("政府"))
    return bool(own or begins_statistic(text[end:]))


def is_other_of_two(text: str, start: int, end: int) -> bool:
    """Whether a place with its own time stands behind 和 or 比: 甲市2031年GDP目标和乙市2031年GDP目标."""
    clause = _CLAUSE.split(text[:start])[-1]
    led = re.search("[从向对到为由给]", clause)
    return clause.endswith(("和", "与", "跟", "同", "比")) and not led and bool(_OWN.match(text[end:]))


def only_told_of(found: Sequence[tuple[int, int, str]], text: str) -> set[str]:
    """Of places (start, end, name) those that only people or firms are told to come from, in clauses before the one that asks
    of another place with its time: 甲市退下来的老师，乙市今年怎么请. None where both may be asked of."""
    asked = {name for start, end, name in found if _asks_with_time(text, start, end)}
    if len(asked) != 1 or _TOGETHER.search(text):
        return set()
    first = min(_clause(text, start) for start, _, name in found if name in asked)
    others = [(end, name) for _, end, name in found if name not in asked]
    told = all(
        _clause(text, end) < first and _TOLD_OF.search(text, end, _clause(text, end)[1]) for end, _ in others
    )
    return {name for _, name in others} if told else set()


def _asks_with_time(text: str, start: int, end: int) -> bool:
    own = _OWN.match(text[end:])
    begins = not _SUBJECT_BEFORE.sub("", text[_clause(text, start)[0] : start]).strip()
    return begins and own is not None and not _ALONE.match(text, end + own.end())


def _clause(text: str, at: int) -> tuple[int, int]:
    """Where the clause around a place of a text begins and ends."""
    before, after = _CLAUSE.split(text[:at])[-1], _CLAUSE.split(text[at:])[0]
    return at - len(before), at + len(after)
