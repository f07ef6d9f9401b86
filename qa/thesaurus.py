"""A question without an answer, asked once more in words that its reports do write: 育儿补贴 for 生娃补贴.

What people say and what reports write for the very same thing stands in qa/data/thesaurus.tsv. A word gives way only to
one that a report in scope holds, and only where the question as it was put has no answer; the answer says which it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice, product

from qa.answered import rows_told
from qa.lexicon import longest_first, thesaurus
from qa.separate import is_refusal
from qa.text import fold
from qa.types import Claim, Draft, Scope

MAX_TRIES = 4
"""Wordings of one question that are tried."""

_Exchange = tuple[re.Match[str], str]
"""Where a question says a word, and what is written for it."""


def in_other_words(
    question: str, scope: Scope, found: Draft, texts: Mapping[str, str], answer_to: Callable[[str], Draft]
) -> Draft:
    """The answer ``found``, or that to the first other wording which leaves less of the question unanswered.

    ``texts`` are the folded reports by id; ``answer_to`` answers a wording within the same conversation.
    """
    if scope.intent == "off_topic" or found.reason not in (None, "not_stated"):
        return found
    left = _unanswered(found)
    told = [texts[report_id] for report_id in scope.report_ids if report_id in texts]
    for exchanged in islice(_wordings(fold(question), told), MAX_TRIES) if left else ():
        made = answer_to(_put(question, exchanged))
        if _unanswered(made) < left and rows_told(found) <= rows_told(made):
            notes = tuple(_note(said[0], written) for said, written in exchanged)
            return replace(made, claims=(*notes, *made.claims))
    return found


def _unanswered(made: Draft) -> float:
    """How many of the things asked a draft says nothing of; infinite if it says nothing at all."""
    return float("inf") if made.reason else sum(map(is_refusal, made.claims))


def _note(said: str, written: str) -> Claim:
    return Claim(f"（“{said}”按“{written}”回答）", echo=f"{said}{written}")


def _wordings(question: str, texts: Sequence[str]) -> Iterator[tuple[_Exchange, ...]]:
    """The ways to put a folded question in words of the texts: all its words exchanged, then one at a time."""
    choices = []
    for said in _everyday().finditer(question):
        written = [word for word in _written()[_bare(said[0])] if any(word in text for text in texts)]
        if written:
            choices.append([(said, word) for word in written])
    if choices:
        yield from product(*choices)
    if len(choices) > 1:
        yield from (((said, word),) for each in choices for said, word in each)


def _put(question: str, exchanged: Sequence[_Exchange]) -> str:
    for said, written in reversed(exchanged):
        question = question[: said.start()] + written + question[said.end() :]
    return question


@cache
def _written() -> dict[str, tuple[str, ...]]:
    """What reports write for each everyday word, the most usual first; the words without 的."""
    return {_bare(said): written for said, written in thesaurus().items()}


@cache
def _everyday() -> re.Pattern[str]:
    """All everyday words, the longest first; a 的 within one may be left out."""
    said = longest_first(thesaurus())
    return re.compile("|".join(re.escape(word).replace("的", "的?") for word in said))


def _bare(said: str) -> str:
    return said.replace("的", "")
