"""Whether something is asked of a place, by what stands around its name: 我家在甲市, 甲市今年, but not 从甲市引进."""

from __future__ import annotations

import re

from qa.indicator_names import begins_statistic
from qa.lexicon import piece, regex

_CLAUSE = re.compile(r"[，。；：？！,;:?!]")
_SUBJECT_BEFORE = re.compile(rf"^{piece('nation', 'before_subject')}+")
SUBJECT_AFTER = re.compile(rf"^[市省县区]?{piece('asked', 'after_subject')}")
_OF_ASKER = regex("place", "of_asker")
_IN_ENGLISH = regex("place", "in_english")
_LED, _OWN = regex("place", "led"), regex("place", "own")


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
