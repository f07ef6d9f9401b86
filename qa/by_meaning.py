"""A question in other words than its report's, answered by the passage that means the same: 小店装电要不要自己掏钱.

The last resort of questions for what is or will be done, never for a number, a time or a name: there a passage of like
meaning tells of a like thing, and proves nothing. Sentences that have the question's concept in the words of reports
answer it (qa/concepts.py), those of the passage nearest in meaning. Otherwise one passage must stand out: of those whose
vectors are nearest by its tokens (qa/late_interaction.py); with an encoder that has none of that, by its vector.
An everyday word that it has in the words of reports (装电, 接电) brings it nearer. Where none stands out, the nearest
is shown in the refusal: the reader sees at a glance whether it helps.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter, itemgetter
from typing import Protocol

import numpy as np

from qa.concepts import concepts_in
from qa.lexicon import pattern, regex
from qa.retrieve import QueryEncoder
from qa.searching import query_of
from qa.sources import Sources, asked_for, quoted
from qa.store import Index
from qa.text import fold, split_sentences
from qa.text_answer import MAX_LIST, Quote
from qa.thesaurus import bridges, holds
from qa.types import Chunk, Claim, Draft, Scope
from qa.unsaid import asks_procedure
from qa.wanted import wanted

MAX_REPORTS = 5
"""Reports that a passage is sought in: of more, one like it is in another."""
MIN_CHUNKS = 30
"""Passages from which it can be told whether one stands out."""
NEAR, STANDS_OUT = 2.0, 4.0
"""Standard deviations above the mean similarity of all passages, to be shown and to answer; to be shown to a question
that no passage of like meaning can answer, as much as to answer. From 3.5 on as large a share of the questions that have no
answer passed as of those that have one, beyond what passes 4."""
AHEAD = 0.8
"""Standard deviations to the best passage of another paragraph, to answer. Chosen on the questions of the open sets that
have no answer by their words, each asked again with the passages of its proof left out."""
BRIDGE, MAX_BRIDGES = 1.5, 2
"""Standard deviations that a passage gains by each word that reports write for an everyday one of the question, and how many count."""
POOL = 20
"""Passages that are compared by their tokens: those whose vectors are nearest."""
TOKENS_NEAR, TOKENS_STAND_OUT, SHARE = 2.5, 3.5, 0.55
"""By tokens: score above the median of the pool, to be shown and to answer, and share of all odds, to answer."""
UNNAMED = 2.0
"""What a passage must score more if the question has concepts, and it none of their words: reports that tell of such a thing
mostly use them. The bounds were chosen on the questions of the open sets that have no answer by their words."""
UNPLACED = 2.5
"""What it must score more if the question names no place, no time and no concept: it may be about anything (怎么学好英语)."""
TOKEN_CONCEPT, TOKEN_BRIDGE, TOKEN_NAME = 2.0, 1.0, 2.0
"""Score that a passage gains by each concept, and by each everyday word, in the words of reports, and by each quoted name."""
CLOSE = 1.0
"""Standard deviations above the mean of a passage that answers because it has a concept of the question: it may be far less
near than one that has none, but not as far as the half of all passages that are of other things."""


class TokenScorer(Protocol):
    """The part of qa.late_interaction.LateInteraction that is used here."""

    def scores(self, question: str, passages: Sequence[str], store: Index) -> np.ndarray: ...

    def sentences(self, question: str, passage: str) -> list[tuple[int, int]]: ...


@dataclass(frozen=True, slots=True)
class _Passage:
    """A passage of the part asked for."""

    chunk: Chunk
    above: float
    """Similarity of its vector, in standard deviations above the mean of all passages."""
    words: int
    """Everyday words of the question that it has in the words of reports, at most MAX_BRIDGES."""
    score: float
    """How near it is, by its tokens where they are compared, with what its words add."""


@dataclass(frozen=True, slots=True)
class _Nearest:
    """The passage nearest in meaning, and whether it is near enough to answer or to be shown."""

    chunk: Chunk
    answers: bool
    shown: bool


def by_meaning(
    question: str,
    scope: Scope,
    found: Draft,
    index: Index,
    sources: Sources,
    encoder: QueryEncoder,
    tokens: TokenScorer | None = None,
) -> Draft:
    """``found``, or, where it declines and no figure is asked for, the passages nearest in meaning, marked as that.

    Where none stands out enough, the nearest is only shown in the refusal, if nothing else is. ``question``: as it was typed.
    """
    few = 0 < len(scope.report_ids) <= MAX_REPORTS
    if found.reason != "not_stated" or scope.intent == "compare" or not few:
        return found
    vector: np.ndarray = encoder.encode_queries([query_of(scope)])[0]
    passages = _passages(vector, scope, index)
    if not passages:
        return found
    told = _may_be_told(scope)
    concepts = (concepts_in(fold(question)) or concepts_in(fold(scope.question))) if told else ()
    if tokens is None or not told:  # what is only shown is not worth the tenth of a second
        nearest = [_nearest_by_vector(passages)]
    else:
        times = _by_time(passages, scope, index)
        parts = [_scored(part[: POOL // len(times)], scope, concepts, tokens, index) for part in times]
        passages = [passage for part in parts for passage in part]
        nearest = [near for part in parts for near in _nearest_by_tokens(part, scope, concepts)]
    named, holder = _by_concept(question, concepts, passages, scope, index, sources)
    telling = [near.chunk for near in nearest if near.answers and near.chunk != holder]
    telling = [chunk for chunk in telling if _has_marks(question, chunk)]
    if told and telling:
        unsaid = "" if scope.anchors else "报告没有用问题里的说法，"
        so = "此外，意思最近的还有" if named else f"{unsaid}以下是意思最近的"
        note = Claim(f"（{so}{_PLACES[len(telling)]}处。）")
        made = [_quoted(chunk, _sentences(chunk, scope, tokens), scope, index, sources) for chunk in telling]
        return Draft((*named, note, *(claim for own in made for claim in own)))
    if named:
        return Draft(tuple(named))
    if len(found.claims) > 1 or not (nearest[0].shown if told else nearest[0].answers):
        return found
    chunk = nearest[0].chunk
    shown = _quoted(chunk, [(chunk.start, chunk.end)], scope, index, sources)
    near = (replace(claim, text=f"意思最近的一处是——{claim.text}") for claim in shown)
    return replace(found, claims=(*found.claims, *near))


_PLACES = {1: "一", 2: "两"}
_MARK = re.compile(r"\d+[a-z]+|[a-z]+\d+")
"""What a passage must have as the question has it: 5a, pm2."""


def _has_marks(question: str, chunk: Chunk) -> bool:
    text = fold(chunk.text)
    return all(mark in text for mark in _MARK.findall(fold(question)))


def _by_concept(
    question: str,
    concepts: Sequence[tuple[str, ...]],
    passages: Sequence[_Passage],
    scope: Scope,
    index: Index,
    sources: Sources,
) -> tuple[list[Claim], Chunk | None]:
    """The sentences that have a concept of the question in the words of reports, of the passage that has most and is nearest."""
    having = [
        (passage.score + held, passage.chunk)
        for passage in passages
        if passage.above >= CLOSE
        and _has_marks(question, passage.chunk)
        and (held := _count(concepts, passage.chunk.text))
    ]
    if not having:
        return [], None
    _, best = max(having, key=itemgetter(0))
    sentences = split_sentences(best.text, best.start)
    own = [
        (start, end)
        for start, end in sentences
        if _count(concepts, best.text[start - best.start : end - best.start])
    ]
    written = (word for words in concepts for word in words)
    word = next(word for word in written if holds(word, fold(best.text))).replace(" ", "")
    note = Claim(f"（报告没有用问题里的说法，按“{word}”回答。）", echo=word)
    return [note, *_quoted(best, own or sentences, scope, index, sources)], best


def _sentences(chunk: Chunk, scope: Scope, tokens: TokenScorer | None) -> list[tuple[int, int]]:
    """The sentences of a passage that answer by their tokens, in its report, those side by side as one; else all of it."""
    if tokens is None:
        return [(chunk.start, chunk.end)]
    before = chunk.start - len(chunk.search_text) + len(chunk.text)
    made: list[tuple[int, int]] = []
    for start, end in tokens.sentences(scope.question, chunk.search_text):
        start, end = max(chunk.start, before + start), before + end
        if made and made[-1][1] == start:
            made[-1] = made[-1][0], end
        elif start < end:
            made.append((start, end))
    return made or [(chunk.start, chunk.end)]


def _quoted(
    chunk: Chunk, spans: Sequence[tuple[int, int]], scope: Scope, index: Index, sources: Sources
) -> list[Claim]:
    paragraph = index.paragraphs(chunk.report_id)[chunk.paragraph - 1]
    quotes = [
        Quote(chunk.report_id, paragraph, start, end, coverage=1.0, own=1.0, score=1.0)
        for start, end in spans
    ]
    return quoted(quotes, asked_for(wanted(scope), sources)[0], sources, limit=MAX_LIST)


def _may_be_told(scope: Scope) -> bool:
    """Whether a passage of like meaning can answer: no figure, time, cause or name is asked for, nor how one applies."""
    question = fold(scope.question)
    exact = (
        pattern("when", "ask"),
        pattern("cause", "ask"),
        regex("asked", "amount"),
        regex("meaning", "exact"),
    )
    exact_asked = any(form.search(question) for form in exact) or asks_procedure(question)
    return scope.intent in ("text", "list") and not exact_asked


def _passages(vector: np.ndarray, scope: Scope, index: Index) -> list[_Passage]:
    """The passages of the part asked for, the nearest first; none where there are too few to tell."""
    similar = index.vector_search(vector, index.chunk_count, report_ids=scope.report_ids)
    if len(similar) < MIN_CHUNKS:
        return []
    values = np.array([value for _, value in similar])
    above = (values - values.mean()) / (values.std() or 1.0)
    asked = bridges(fold(scope.question))
    chunks = [index.chunk(chunk_id) for chunk_id, _ in similar]
    words = [min(MAX_BRIDGES, _count(asked, chunk.text)) for chunk in chunks]
    return [
        _Passage(chunk, far, held, far + BRIDGE * held)
        for chunk, far, held in zip(chunks, above.tolist(), words, strict=True)
        if _of_part(chunk, scope, index)
    ]


def _by_time(passages: Sequence[_Passage], scope: Scope, index: Index) -> list[Sequence[_Passage]]:
    """The passages of review and plan apart, where one report is asked of both (去年弄了吗，今年还弄吗); else all as one."""
    if scope.kind is not None or len(scope.years) != 2 or len(scope.report_ids) != 1:
        return [passages]
    paragraphs = index.paragraphs(scope.report_ids[0])
    parts = [
        [one for one in passages if paragraphs[one.chunk.paragraph - 1].part == part]
        for part in ("review", "plan")
    ]
    return [*parts] if all(parts) else [passages]


def _nearest_by_vector(passages: Sequence[_Passage]) -> _Nearest:
    best = max(passages, key=attrgetter("score"))
    ahead = best.score - max((p.score for p in _elsewhere(best, passages)), default=0.0)
    return _Nearest(best.chunk, best.score >= STANDS_OUT and ahead >= AHEAD, best.score >= NEAR)


def _elsewhere(of: _Passage, passages: Sequence[_Passage]) -> list[_Passage]:
    """The passages of other paragraphs."""
    here = of.chunk.report_id, of.chunk.paragraph
    return [one for one in passages if (one.chunk.report_id, one.chunk.paragraph) != here]


def _scored(
    passages: Sequence[_Passage],
    scope: Scope,
    concepts: Sequence[tuple[str, ...]],
    tokens: TokenScorer,
    index: Index,
) -> list[_Passage]:
    """The passages with their scores by tokens, and what their words add."""
    scores = tokens.scores(scope.question, [passage.chunk.search_text for passage in passages], index)
    return [
        replace(passage, score=score + _by_words(passage, scope, concepts))
        for passage, score in zip(passages, scores.tolist(), strict=True)
    ]


def _by_words(passage: _Passage, scope: Scope, concepts: Sequence[tuple[str, ...]]) -> float:
    """What the words of a passage add to its score."""
    held = min(MAX_BRIDGES, _count(concepts, passage.chunk.text))
    names = sum(name in fold(passage.chunk.text) for name in scope.anchors)
    return TOKEN_CONCEPT * held + TOKEN_BRIDGE * passage.words + TOKEN_NAME * names


def _nearest_by_tokens(
    passages: Sequence[_Passage], scope: Scope, concepts: Sequence[tuple[str, ...]]
) -> list[_Nearest]:
    """The best passage; for a question of two things (行驶和停放分别怎么管) the best of another paragraph too, if it stands out."""
    scores = np.array([passage.score for passage in passages])
    odds = np.exp(scores - scores.max())

    middle = float(np.median(scores))
    middle += 0.0 if scope.places or scope.years or scope.kind or concepts else UNPLACED

    def far(passage: _Passage) -> float:
        lacking = concepts and not _count(concepts, passage.chunk.text)
        return passage.score - middle - (UNNAMED if lacking else 0.0)

    told = [max(passages, key=attrgetter("score"))]
    others = _elsewhere(told[0], passages) if _TWO_THINGS.search(fold(scope.question)) else []
    second = max(others, key=attrgetter("score"), default=None)
    told += [second] if second and far(second) >= TOKENS_STAND_OUT else []
    share = sum(odds[passages.index(one)] for one in told) / odds.sum()
    answers = far(told[0]) >= TOKENS_STAND_OUT and share >= SHARE
    return [_Nearest(one.chunk, answers, far(one) >= TOKENS_NEAR) for one in told]


_TWO_THINGS = regex("meaning", "two_things")


def _count(written: Sequence[tuple[str, ...]], text: str) -> int:
    """How many of the everyday words or concepts of a question a text has in the words of reports."""
    folded = fold(text) if written else ""
    return sum(any(holds(word, folded) for word in words) for words in written)


def _of_part(chunk: Chunk, scope: Scope, index: Index) -> bool:
    """Whether a passage stands in the part of its report that a question asks of."""
    return scope.part in (None, index.paragraphs(chunk.report_id)[chunk.paragraph - 1].part)
