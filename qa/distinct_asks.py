"""Which of the several things that a question asks are answered one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.dependent_parts import with_things
from qa.lexicon import piece
from qa.text import fold
from qa.types import Ask, Scope
from qa.wanted import wanted_of
from qa.wording import VERBS_ONLY, content_of


def distinct(scope: Scope) -> tuple[Ask, ...]:
    """The questions to be answered one by one: of a comparison only those after another thing or measure."""
    if scope.intent == "figure" or len(scope.asks) < 2:
        return scope.asks if scope.intent == "figure" else ()
    if scope.intent == "list":
        return _lists(scope.asks)
    if scope.intent != "compare":
        return ()
    kept: list[Ask] = []
    seen: list[tuple[tuple[str, ...], str]] = []
    for ask in with_things(scope.asks):
        wants = wanted_of(ask, replace(scope, asks=()))
        names = tuple(name for want in wants for name in want.indicators)
        key = (names or ask.terms, wants[0].measure)
        same = next((i for i, one in enumerate(seen) if _is_same(key, one)), None)
        if same is None:
            seen.append(key)
            kept.append(ask)
        else:  # "各多少，差多少": one thing, asked about twice
            kept[same] = replace(kept[same], text=kept[same].text + ask.text)
            seen[same] = (seen[same][0], seen[same][1] or key[1])
    return tuple(kept)


def _lists(asks: Sequence[Ask]) -> tuple[Ask, ...]:
    """The asks of a question that asks for two lists or more (哪两个镇…，哪两个镇…), each by its own words; else ().

    Of 哪些学校新建、哪些建成 the second names no thing: the question is one.
    """
    said = [content_of(fold(ask.text)) for ask in asks if _LIST_ASKED.search(fold(ask.text))]
    own = len(said) == len(asks) and all(words and not _DEEDS_ONLY.fullmatch(words) for words in said)
    return tuple(replace(ask, topic=()) for ask in asks) if own else ()


_DEEDS_ONLY = re.compile(
    f"(?:{piece('finish', 'finished')}|{piece('finish', 'begun')}|{VERBS_ONLY.pattern}|\\s)+"
)
_LIST_ASKED = re.compile(r"哪(?!里|儿)|什么|啥")


def _is_same(one: tuple[tuple[str, ...], str], other: tuple[tuple[str, ...], str]) -> bool:
    return one[0] == other[0] and (not one[1] or not other[1] or one[1] == other[1])
