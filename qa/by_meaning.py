"""A question in other words than its report's, answered by the passage that means the same: 小店装电要不要自己掏钱.

The last resort of questions for what is or will be done, never for a number, a time or a name: there a passage of like
meaning tells of a like thing, and proves nothing. Sentences that have the question's concept in the words of reports
answer it (qa/concepts.py), those of the passage nearest in meaning. Otherwise the similarity must stand out from that of all
the other passages, and an everyday word that the passage has in the words of reports (装电, 接电) brings it nearer. Where it
does not stand out, the passage is shown in the refusal: the reader sees at a glance whether it helps.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter

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
"""Standard deviations that a passage gains by each word that reports write for an everyday one of the question."""
CLOSE = 1.0
"""Standard deviations above the mean of a passage that answers because it has a concept of the question: it may be far less
near than one that has none, but not as far as the half of all passages that are of other things."""


def by_meaning(
    question: str, scope: Scope, found: Draft, index: Index, sources: Sources, encoder: QueryEncoder
) -> Draft:
    """``found``, or, where it declines and no figure is asked for, the passages nearest in meaning, marked as that.

    Where none stands out enough, the nearest is only shown in the refusal, if nothing else is. ``question``: as it was typed.
    """
    few = 0 < len(scope.report_ids) <= MAX_REPORTS
    if found.reason != "not_stated" or scope.intent == "compare" or not few:
        return found
    vector: np.ndarray = encoder.encode_queries([query_of(scope)])[0]
    passages = _passages(vector, scope, index)
    told = _may_be_told(scope)
    named, holder = _by_concept(question, scope, passages, index, sources) if told else ([], None)
    chunk, above, ahead = _nearest(passages, scope)
    if told and chunk is not None and above >= STANDS_OUT and ahead >= AHEAD and chunk != holder:
        note = Claim("（报告没有用问题里的说法，以下是意思最近的一处。）")
        return Draft((*named, note, *_quoted(chunk, [(chunk.start, chunk.end)], scope, index, sources)))
    if named:
        return Draft(tuple(named))
    if chunk is None or len(found.claims) > 1 or above < (NEAR if told else STANDS_OUT):
        return found
    made = _quoted(chunk, [(chunk.start, chunk.end)], scope, index, sources)
    near = (replace(claim, text=f"意思最近的一处是——{claim.text}") for claim in made)
    return replace(found, claims=(*found.claims, *near))


_MARK = re.compile(r"\d+[a-z]+|[a-z]+\d+")
"""What a passage must have as the question has it: 5a, pm2."""


def _by_concept(
    question: str, scope: Scope, passages: Sequence[tuple[float, Chunk]], index: Index, sources: Sources
) -> tuple[list[Claim], Chunk | None]:
    """The sentences that have a concept of the question in the words of reports, of the passage that has most and is nearest.

    Sought in the words that were typed (老楼, not 既有住宅), and where they have none in the question as it is resolved.
    """
    concepts = concepts_in(fold(question)) or concepts_in(fold(scope.question))
    marks = _MARK.findall(fold(question))
    near = [
        (above, chunk)
        for above, chunk in passages
        if above >= CLOSE and all(mark in fold(chunk.text) for mark in marks)
    ]
    having = [(above + held, chunk) for above, chunk in near if (held := _count(concepts, chunk.text))]
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


def _passages(vector: np.ndarray, scope: Scope, index: Index) -> list[tuple[float, Chunk]]:
    """The passages of the part asked for, each with how far its similarity is above the mean of all, in standard deviations.

    None where there are too few to tell.
    """
    similar = index.vector_search(vector, index.chunk_count, report_ids=scope.report_ids)
    if len(similar) < MIN_CHUNKS:
        return []
    values = np.array([value for _, value in similar])
    above = (values - values.mean()) / (values.std() or 1.0)
    chunks = (index.chunk(chunk_id) for chunk_id, _ in similar)
    return [
        (float(far), chunk) for far, chunk in zip(above, chunks, strict=True) if _of_part(chunk, scope, index)
    ]


def _nearest(passages: Sequence[tuple[float, Chunk]], scope: Scope) -> tuple[Chunk | None, float, float]:
    """The nearest passage, None if there is none; how far it is above the mean of all, and ahead of the best of another
    paragraph, in standard deviations, each bridge counted in."""
    words = bridges(fold(scope.question))
    told = [
        (above + BRIDGE * min(MAX_BRIDGES, _count(words, chunk.text)), chunk) for above, chunk in passages
    ]
    told.sort(key=itemgetter(0), reverse=True)
    if not told:
        return None, 0.0, 0.0
    above, best = told[0]
    here = (best.report_id, best.paragraph)
    other = next((far for far, chunk in told if (chunk.report_id, chunk.paragraph) != here), 0.0)
    return best, above, above - other


def _count(written: Sequence[tuple[str, ...]], text: str) -> int:
    """How many of the everyday words or concepts of a question a text has in the words of reports."""
    folded = fold(text) if written else ""
    return sum(any(holds(word, folded) for word in words) for words in written)


def _of_part(chunk: Chunk, scope: Scope, index: Index) -> bool:
    """Whether a passage stands in the part of its report that a question asks of."""
    return scope.part in (None, index.paragraphs(chunk.report_id)[chunk.paragraph - 1].part)
