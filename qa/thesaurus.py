"""A question asked once more in words that its reports do write: 育儿补贴 for 生娃补贴, 出生人口 for 生了多少娃.

First by the names of the statistics that its clauses ask for without them (qa/everyday.py); then, only where it still
has no answer, with what reports write for the very same thing (qa/data/thesaurus.tsv), which one in scope must hold.
The answer says what was read as what.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import islice, product

from qa.answered import rows_told
from qa.everyday import Exchange, by_names
from qa.lexicon import longest_first, thesaurus
from qa.plain import as_asked
from qa.question_places import Catalogue
from qa.separate import is_refusal
from qa.text import fold
from qa.types import Claim, Draft, Scope

MAX_TRIES = 4
"""Wordings of one question that are tried."""


def in_other_words(
    question: str, scope: Scope, found: Draft, catalogue: Catalogue, answer_to: Callable[[str], Draft]
) -> Draft:
    """The answer ``found``, or that to the first other wording which leaves less of the question unanswered.

    ``answer_to`` answers a wording within the same conversation.
    """
    if scope.intent == "off_topic" or found.reason not in (None, "not_stated"):
        return found
    left, texts = _unanswered(found), catalogue.texts
    asked = scope.question if "content" in scope.inherited else as_asked(question, catalogue)
    asked = _AND_SO.sub(r"\1，", fold(asked))
    named = by_names(asked, catalogue, anew=bool(left))
    if named and not _tells_of(found, named):
        made = answer_to(_put(asked, named))
        if _tells_of(made, named) and (_unanswered(made) < left or not left):
            return _noted(made, named)
    told = [texts[report_id] for report_id in scope.report_ids if report_id in texts]
    for exchanged in islice(_wordings(asked, told), MAX_TRIES) if left else ():
        made = answer_to(_put(asked, exchanged))
        if _unanswered(made) < left and rows_told(found) <= rows_told(made):
            return _noted(made, exchanged)
    return found


_AND_SO = re.compile("((?:多少|几)[^，。？]{0,4})又(?=[^，。？]{0,8}(?:多少|几))")
"""Between two asks of one breath: 生了多少娃|又走了多少人."""


def _tells_of(made: Draft, named: Sequence[Exchange]) -> bool:
    """Whether an answer tells of each statistic that a clause was read as; no growth answers how much it is."""
    told = {(row.canonical, row.is_growth) for claim in made.claims for row in claim.figures}
    return all((one.name, one.of_growth) in told for one in named)


def _noted(made: Draft, exchanged: Sequence[Exchange]) -> Draft:
    """An answer with what was read as what before it."""
    notes = dict.fromkeys(_note(one.said, one.name) for one in exchanged if one.said)
    return replace(made, claims=(*notes, *made.claims))


def _unanswered(made: Draft) -> float:
    """How many of the things asked a draft says nothing of; infinite if it says nothing at all."""
    return float("inf") if made.reason else sum(map(is_refusal, made.claims))


def _note(said: str, written: str) -> Claim:
    return Claim(f"（“{said}”按“{written}”回答）", echo=f"{said}{written}")


def _wordings(question: str, texts: Sequence[str]) -> Iterator[tuple[Exchange, ...]]:
    """The ways to put a folded question in words of the texts: all its words exchanged, then one at a time."""
    choices = []
    for said in _everyday().finditer(question):
        written = [word for word in _written()[_bare(said[0])] if any(map(partial(holds, word), texts))]
        if written:
            words = [word.replace(" ", "") for word in written]
            choices.append([Exchange(*said.span(), said[0], word, word) for word in words])
    if choices:
        yield from product(*choices)
    if len(choices) > 1:
        yield from ((one,) for each in choices for one in each)


def bridges(question: str) -> tuple[tuple[str, ...], ...]:
    """For each everyday word of a folded question what reports write for it, folded."""
    return tuple(_written()[_bare(said[0])] for said in _everyday().finditer(question))


def holds(word: str, text: str) -> bool:
    """Whether a text holds a word; one with a space (鲜菜 价格) stands in its two parts, as the lines of a table do."""
    return all(part in text for part in word.split())


def _put(question: str, exchanged: Sequence[Exchange]) -> str:
    for one in reversed(exchanged):
        question = question[: one.start] + one.written + question[one.end :]
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
