"""The quotes that answer a list question: those that name what is listed, cut to the clauses that list it.

A report sets many lists into one sentence (建成甲公路、乙公路，开工丙公路、丁公路；…): a question for one of them is
answered by its clause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.indicator_names import as_reports_write
from qa.lexicon import piece, regex
from qa.match import Weights, pairs_of
from qa.text import fold
from qa.text_answer import Quote
from qa.wanted import Wanted

WHOLE = 0.85
"""Share of what a sentence holds of the question that one clause must hold to be cut out."""

BESIDE = 0.8
"""Share of what that clause holds that one beside it must hold to be quoted with it."""

MORE = 0.4
"""Share that a clause behind must hold to be quoted with it, if it names one thing more."""

_COUNTER = piece("question", "counters")
_BEHIND = re.compile(
    rf"哪(?:些|[几二两三四五六七八九十\d]++(?:{_COUNTER})?+)的?(?P<noun>[\u4e00-\u9fff]{{1,12}})(?=[，。？?吗呢]|$)"
)
_BEFORE = re.compile(r"(?P<noun>[\u4e00-\u9fff]{2,12}?)(?:都|分别|又|各)*(?:是|有|包括)(?:哪|什么)")


_ASKED = re.compile("哪几?|多少|几|什么|啥")
_DEED = regex("list", "deed_of_noun")


def noun_asked(question: str) -> str:
    """The last two characters, in the words of reports, of the noun that a folded question asks a list of; "" if unclear."""
    behind, before = _BEHIND.search(question), _BEFORE.search(question)
    if behind is None:
        return as_reports_write(before["noun"])[-2:] if before else ""
    noun = re.sub("[的了是]+$", "", _DEED.split(behind["noun"])[0])
    if len(noun) == 1 and noun != behind["noun"]:
        return ""  # cut within a word, not 哪几座桥
    return as_reports_write(noun)[-2:]


def asks_which(question: str) -> bool:
    """Whether a folded question asks which things of one kind: 建哪些高速，哪两条要通车 asks for two, 目标是什么 for a value."""
    return len(_ASKED.findall(question)) < 2 and bool(re.search("哪|列", question))


def naming(found: Sequence[Quote], noun: str, texts: Sequence[str]) -> list[Quote]:
    """The quotes whose text has a noun; all of them where none has, but for a noun of one character (哪几座桥).

    That is no word of the question's content, so nothing else in such a quote speaks of it.
    """
    named = [quote for quote, text in zip(found, texts, strict=True) if noun in as_reports_write(fold(text))]
    return named if named or len(noun) == 1 else list(found)


def cut(quote: Quote, text: str, asked: Wanted, weights: Weights, question: str) -> Quote:
    """A quote cut to the clause that holds what was asked and sets things side by side, and to its equals beside it.

    Whole where the words of the question are spread over its clauses, so that one may need the other.
    """
    spans, noun = _clauses(text, quote.start, quote.end), noun_asked(question)
    named = (*asked.anchors, *re.findall("[“「]([^”」]+)[”」]", question))
    here = pairs_of(text[quote.start : quote.end])
    wanted = max((pairs for pairs, _ in asked.readings), key=lambda pairs: weights.sum(pairs & here))
    held = [weights.sum(wanted & pairs_of(text[s:e])) for s, e in spans]
    whole = weights.sum(wanted & here)
    best = max(range(len(spans)), key=lambda i: held[i])
    said = fold(text[slice(*spans[best])])
    if not whole or held[best] < WHOLE * whole or not all(word in said for word in named):
        return quote
    if not _lists(said):
        return _part(quote, text, spans[best])
    low = high = best
    while low and held[low - 1] >= BESIDE * held[best]:
        low -= 1
    while high + 1 < len(spans) and _goes_on(text, spans[high], spans[high + 1], noun):
        if not _lists(text[slice(*spans[high + 1])]) and held[high + 1] < MORE * held[best]:
            break
        high += 1
    while high + 1 < len(spans) and held[high + 1] >= BESIDE * held[best]:
        high += 1
    return replace(quote, start=spans[low][0], end=spans[high][1])


def _part(quote: Quote, text: str, clause: tuple[int, int]) -> Quote:
    """The part between two ； that a clause stands in, where it sets things side by side and heads no other parts."""
    ends = [mark.end() + quote.start for mark in re.finditer("；", text[quote.start : quote.end])]
    start = max((end for end in ends if end <= clause[0]), default=quote.start)
    end = min((end for end in ends if end >= clause[1]), default=quote.end)
    heads = start == quote.start and end < quote.end
    return quote if heads or not _lists(text[start:end]) else replace(quote, start=start, end=end)


def _clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The clauses of a sentence; one that goes on with the run of the one before it (，以及…) is none of its own."""
    ends = [start + mark.end() for mark in re.finditer(r"[，；：](?!\d|以及|及|并|和|或)", text[start:end])]
    starts = [start, *ends]
    return [(s, e) for s, e in zip(starts, [*ends, end], strict=True) if s < e]


def _lists(clause: str) -> bool:
    return "、" in clause or bool(re.search("等[^，。；]{0,12}[，。；]?$", clause))


def _goes_on(text: str, clause: tuple[int, int], after: tuple[int, int], noun: str) -> bool:
    """Whether the next clause of the same part names more of the things."""
    same = not text[slice(*clause)].rstrip().endswith("；")
    return same and bool(noun) and noun in as_reports_write(fold(text[slice(*after)]))
