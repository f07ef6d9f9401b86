"""Several questions in one message: each answered by itself, where an answer to all together leaves one of them out.

"今年城镇新增就业多少，抵边小镇推进几个，在哪些地方" asks of two things that have nothing to do with each other, the
second in two clauses. Questions that share a thing, or reckon with each other's values, are answered together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from qa.dependent_parts import is_specific
from qa.indicator_names import asked_names_in, canonicalise, indicators_in
from qa.joining import without_repeats
from qa.lexicon import piece, regex
from qa.match import pairs_of
from qa.places import short_name
from qa.sources import Sources
from qa.text import fold
from qa.types import Ask, Claim, Draft, Scope
from qa.wording import content_of

AnswerTo = Callable[[str, Sequence[str]], Draft]
"""The draft for one question of a message, given those before it."""

MAX_QUESTIONS = 4
"""Questions of one message that are answered one by one."""

HELD = 0.6
"""Share of a question's weight that an answer must hold to speak of it."""

_CLAUSE = re.compile(r"[^，。；？！,;?!\n]+[，。；？！,;?!\n]*")
_CUE = re.compile(piece("several", "cue"))
_ASKS = regex("several", "asks")
_LEANS_BACK = regex("several", "leans_back")


def apart(scope: Scope, found: Draft, sources: Sources, answer_to: AnswerTo) -> Draft | None:
    """The questions of a message answered one by one, if that leaves fewer of them out than ``found``; else None."""
    if scope.intent == "off_topic" or scope.pair or scope.tally or scope.item or scope.missing_places:
        return None
    if found.reason not in (None, "not_stated"):
        return None
    questions = tuple(separate(scope, sources))
    if not 1 < len(questions) <= MAX_QUESTIONS:
        return None
    left = len(questions) if found.reason else sum(map(_is_refusal, found.claims))
    if not left and all(_speaks_of(found, question, scope, sources) for question in questions):
        return None
    drafts = [answer_to(question, questions[:i]) for i, question in enumerate(questions)]
    refused = sum(made.reason is not None for made in drafts)
    if refused >= max(left, 1):
        return None
    claims = [
        claim for question, made in zip(questions, drafts, strict=True) for claim in _told(question, made)
    ]
    return Draft(tuple(without_repeats(claims)))


def separate(scope: Scope, sources: Sources) -> Iterator[str]:
    """The questions of a message: each with the clauses behind it that name no thing of their own."""
    begun, terms = "", frozenset[str]()
    for clause in _CLAUSE.findall(scope.question):
        own = _terms(clause, scope)
        if begun and _CUE.search(fold(begun)) and _names_its_own(clause, own, terms, sources):
            yield begun
            begun, terms = "", frozenset()
        begun += clause
        terms |= own
    if begun:
        yield begun


def _names_its_own(clause: str, own: frozenset[str], before: frozenset[str], sources: Sources) -> bool:
    """Whether a clause asks of a thing that it names, and leans on nothing of what was asked ``before``."""
    said = fold(clause)
    if _LEANS_BACK.search(said) or not (_CUE.search(said) or _ASKS.search(said)):
        return False
    words = " ".join(own - before)
    named = indicators_in(canonicalise(words)) or asked_names_in(words)
    return bool(named) or is_specific(Ask(clause, tuple(words.split())), sources)


def _terms(clause: str, scope: Scope) -> frozenset[str]:
    """The words of a clause that say what it asks of, without the places of the question."""
    said = fold(clause)
    for place in scope.places:
        said = said.replace(fold(place), " ").replace(fold(short_name(place)), " ")
    return frozenset(content_of(said).split())


def _is_refusal(claim: Claim) -> bool:
    return not claim.evidence and bool(regex("several", "refusal").search(claim.text))


def _speaks_of(made: Draft, question: str, scope: Scope, sources: Sources) -> bool:
    """Whether the answer, or what it cites, holds most of the words of a question, the rarer ones counting more."""
    asked = pairs_of(" ".join(_terms(question, scope)))
    cited = (sources.library.text(s.report_id)[s.start : s.end] for c in made.claims for s in c.evidence)
    held = frozenset().union(
        *(pairs_of(canonicalise(fold(text))) for text in (*cited, *(c.text for c in made.claims)))
    )
    return sources.weights.sum(asked & held) >= HELD * sources.weights.sum(asked)


def _told(question: str, made: Draft) -> Sequence[Claim]:
    if made.reason is None:
        return made.claims
    said = re.sub(r"[“”]", "", question).strip("，。；？！,;?! \n")
    return (Claim(f"“{said}”：资料中未提及。", echo=said),)
