"""One place held against all of them: its rank, who is above it, how far the first is ahead of it.

甲市在五个市里排第几, 哪些市比甲市高, 哪个市最高？比甲市高多少: such a question names one place and asks of all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from qa.lexicon import choice, regex
from qa.nation import NATION
from qa.place_groups import groups_of
from qa.places import short_name
from qa.text import fold

IT = "\ue010"
"""Stands for a named place in the text that is read here, as ``it`` in the words of [group]."""


@dataclass(frozen=True, slots=True)
class Against:
    """How all places are held against the named ones: ``rank`` of the one, those ``above`` or ``below`` them, the
    ``first`` of all beside them, or ``each`` of the others."""

    how: Literal["rank", "above", "below", "first", "each"]
    places: tuple[str, ...]


def against_of(question: str, named: Sequence[str]) -> Against | None:
    """Read a folded question that names some places; None if it is asked of those alone."""
    places = tuple(named)
    if not places or not regex("group", "all_asked").search(question):
        return None
    text = _marked(question, places)
    for how in ("above", "below"):
        if regex("group", how).search(text):
            return Against(how, places)
    if len(places) == 1 and regex("group", "rank").search(text):
        return Against("rank", places)
    if len(places) == 1 and regex("group", "each").search(text):
        return Against("each", places)
    clauses = re.split(r"(?<=[，。；？?])", text)
    asking = [i for i, clause in enumerate(clauses) if regex("group", "first").search(clause)]
    naming = [i for i, clause in enumerate(clauses) if IT in clause]
    if not asking or not naming or set(asking) & set(naming):
        return None
    behind = asking[0] < naming[0] and regex("group", "with_it").search("".join(clauses[naming[0] :]))
    named_in = clauses[naming[-1]]
    things = "、" in named_in and not _ASKED.search(named_in)  # 甲市的A、B、C三个产业，哪个最高
    before = naming[-1] < asking[0] and len(places) == 1 and not things
    return Against("first", places) if behind or before else None


_ASKED = re.compile("多少|几|哪|谁|[吗呢]")


def among_all(question: str, places: Sequence[str], named: Sequence[str]) -> bool:
    """Whether a folded question that names only some of all places is of all of them."""
    if not named:
        return False
    places = [place for place in places if place != NATION]
    groups = groups_of(question, places) if regex("group", "every").search(question) else None
    if groups is not None and {*groups.one, *groups.other} - {*named}:
        return True
    return against_of(question, named) is not None


def _marked(question: str, places: Sequence[str]) -> str:
    """The question with one character for each place, also where it is 它."""
    names = choice({form for place in places for form in (fold(place), short_name(place))})
    text = re.sub(rf"(?:{names})(?:[市县省](?![场政区级民值直属内外管]))?", IT, question)
    return re.sub(rf"(?<={IT})(.*?)它", rf"\1{IT}", text) if len(places) == 1 else text
