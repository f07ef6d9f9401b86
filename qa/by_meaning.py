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
TOKENS_NEAR, TOKENS_STAND_OUT, SHARE = 2.5, 4.5, 0.5
"""By tokens: score above the median of the pool, to be shown and to answer, and share of all odds, to answer."""
AGREED, VECTOR_AGREED = 3.5, (3.5, 0.4)
"""Score above the median, and what stands out and is ahead by vectors, of a passage that is the nearest by both, to answer."""
UNNAMED = 1.5
"""What a passage must score more if the question has concepts, and it none of their words: reports that tell of such a thing
mostly use them. The bounds were chosen on the questions of the open sets that have no answer by their words."""
TOKEN_CONCEPT, TOKEN_BRIDGE = 2.0, 1.0
"""Score that a passage gains by each concept, and by each everyday word, in the words of reports."""
CLOSE = 1.0
"""Standard deviations above the mean of a passage that answers because it has a concept of the question: it may be far less
near than one that has none, but not as far as the half of all passages that are of other things."""


class TokenScorer(Protocol):
    """The part of qa.late_interaction.LateInteraction that is used here."""

    def scores(self, question: str, passages: Sequence[str]) -> np.ndarray: ...


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
        nearest = _nearest_by_vector(passages, STANDS_OUT, AHEAD)
    else:
        first = _nearest_by_vector(passages, *VECTOR_AGREED)
        passages = _scored(passages[:POOL], scope, concepts, tokens)
        nearest = _nearest_by_tokens(passages, first, concepts)
    named, holder = _by_concept(question, concepts, passages, scope, index, sources)
    chunk = nearest.chunk
    if told and nearest.answers and chunk != holder and _has_marks(question, chunk):
        note = Claim("（报告没有用问题里的说法，以下是意思最近的一处。）")
        return Draft((*named, note, *_quoted(chunk, [(chunk.start, chunk.end)], scope, index, sources)))
    if named:
        return Draft(tuple(named))
    if len(found.claims) > 1 or not (nearest.shown if told else nearest.answers):
        return found
    made = _quoted(chunk, [(chunk.start, chunk.end)], scope, index, sources)
    near = (replace(claim, text=f"意思最近的一处是——{claim.text}") for claim in made)
    return replace(found, claims=(*found.claims, *near))


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
    """Whether a passage of like meaning can answer: no figure, time, cause or name is asked for."""
    question = fold(scope.question)
    exact = (
        pattern("when", "ask"),
        pattern("cause", "ask"),
        regex("asked", "amount"),
        regex("meaning", "exact"),
    )
    return scope.intent in ("text", "list") and not any(form.search(question) for form in exact)


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


def _nearest_by_vector(passages: Sequence[_Passage], stands_out: float, least_ahead: float) -> _Nearest:
    best = max(passages, key=attrgetter("score"))
    here = _paragraph_of(best)
    ahead = best.score - max((p.score for p in passages if _paragraph_of(p) != here), default=0.0)
    return _Nearest(best.chunk, best.score >= stands_out and ahead >= least_ahead, best.score >= NEAR)


def _paragraph_of(passage: _Passage) -> tuple[str, int]:
    return passage.chunk.report_id, passage.chunk.paragraph


def _scored(
    passages: Sequence[_Passage], scope: Scope, concepts: Sequence[tuple[str, ...]], tokens: TokenScorer
) -> list[_Passage]:
    """The passages with their scores by tokens, and what their words add."""
    scores = tokens.scores(scope.question, [passage.chunk.search_text for passage in passages])
    named = [min(MAX_BRIDGES, _count(concepts, passage.chunk.text)) for passage in passages]
    return [
        replace(passage, score=score + TOKEN_CONCEPT * held + TOKEN_BRIDGE * passage.words)
        for passage, score, held in zip(passages, scores.tolist(), named, strict=True)
    ]


def _nearest_by_tokens(
    passages: Sequence[_Passage], by_vector: _Nearest, concepts: Sequence[tuple[str, ...]]
) -> _Nearest:
    scores = np.array([passage.score for passage in passages])
    chunk = passages[int(scores.argmax())].chunk
    far = scores.max() - np.median(scores)
    if concepts and not _count(concepts, chunk.text):
        far -= UNNAMED
    share = 1 / np.exp(scores - scores.max()).sum()
    agreed = by_vector.answers and by_vector.chunk == chunk and far >= AGREED
    return _Nearest(chunk, agreed or (far >= TOKENS_STAND_OUT and share >= SHARE), far >= TOKENS_NEAR)


def _count(written: Sequence[tuple[str, ...]], text: str) -> int:
    """How many of the everyday words or concepts of a question a text has in the words of reports."""
    folded = fold(text) if written else ""
    return sum(any(holds(word, folded) for word in words) for words in written)


def _of_part(chunk: Chunk, scope: Scope, index: Index) -> bool:
    """Whether a passage stands in the part of its report that a question asks of."""
    return scope.part in (None, index.paragraphs(chunk.report_id)[chunk.paragraph - 1].part)
