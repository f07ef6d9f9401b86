"""Whether something is asked of a place, by what stands around its name: 我家在甲市, 甲市今年, but not 从甲市引进."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.indicator_names import begins_statistic
from qa.lexicon import piece, regex
from qa.places import short_name
from qa.text import fold

_CLAUSE = re.compile(r"[，。；：？！,;:?!]")
_SUBJECT_BEFORE = re.compile(rf"^{piece('nation', 'before_subject')}+")
SUBJECT_AFTER = re.compile(rf"^[市省县区]?{piece('asked', 'after_subject')}")
_OF_ASKER = regex("place", "of_asker")
_IN_ENGLISH = regex("place", "in_english")
_LED, _OWN = regex("place", "led"), regex("place", "own")
_ASKS = regex("several", "asked_apart")
_ALONE = re.compile("[呢的？?]*(?:$|[，。？?])")
_LEAST_TOLD = 5
"""Characters that a clause holds besides its places, if it tells something of them."""


def is_subject(text: str, start: int, end: int, *, told: bool) -> bool:
    """Whether something is asked of a place: it begins the question or a clause, or its time, its government, the one
    who asks (我家在甲市) or a statistic stands beside it.

    Within a clause one that a report tells of (``told``) is what is asked of only with its government: 协作中广东今年投入多少.
    """
    clause = _CLAUSE.split(text[:start])[-1]
    alone = clause.endswith("（") and re.match("[市省县]?）", text[end:])
    if alone or _OF_ASKER.search(clause) or _IN_ENGLISH.search(clause):
        return True
    if _LED.search(clause):
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


def without_told_of(found: Sequence[tuple[int, int, str]], text: str) -> list[tuple[int, int, str]]:
    """Places (start, end, name) without those of clauses that ask nothing, where another clause asks of one place with its
    own time: 甲市退下来的老师，乙市今年怎么请. All of them where it is not so plain."""
    clauses = [(m.start(), m.end()) for m in re.finditer(rf"(?:(?!{_CLAUSE.pattern}).)+", text)]
    begins = {start for start, _ in clauses}
    subjects = {
        name
        for start, end, name in found
        if start in begins and (own := _OWN.match(text[end:])) and not _ALONE.match(text, end + own.end())
    }
    asked = {(s, e) for s, e in clauses if any(s == start and name in subjects for start, _, name in found)}

    def tells(start: int, end: int) -> bool:
        said = text[start:end]
        for _, _, name in found:
            said = re.sub(f"{re.escape(fold(name))}|{re.escape(fold(short_name(name)))}", "", said)
        return not _ASKS.search(said) and len(said) >= _LEAST_TOLD

    told = [(s, e) for s, e in clauses if (s, e) not in asked]
    others = [(start, end) for start, end, name in found if name not in subjects]
    plain = all(
        any(s <= start < e and tells(s, e) for s, e in told) and not _OWN.match(text[end:])
        for start, end in others
    )
    if len(subjects) != 1 or not plain:
        return list(found)
    return [one for one in found if one[2] in subjects]
