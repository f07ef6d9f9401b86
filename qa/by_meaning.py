"""A question in other words than its report's, answered by the passage that means the same: 小店装电要不要自己掏钱.

The last resort of questions for what is or will be done, never for a number, a time or a name: there a passage of like
meaning tells of a like thing, and proves nothing. The similarity must stand out from that of all the other passages, and an
everyday word that the passage has in the words of reports (装电, 接电) brings it nearer. Where it does not stand out, the
passage is shown in the refusal: the reader sees at a glance whether it helps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter

import numpy as np

from qa.lexicon import pattern, regex
from qa.retrieve import QueryEncoder
from qa.searching import query_of
from qa.sources import Sources, asked_for, quoted
from qa.store import Index
from qa.text import fold
from qa.text_answer import MAX_LIST, Quote
from qa.thesaurus import bridges, holds
from qa.types import Chunk, Claim, Draft, Scope
from qa.wanted import wanted

MAX_REPORTS = 5
"""Reports that a passage is sought in: of more, one like it is in another."""
MIN_CHUNKS = 30
"""Passages from which it can be told whether one stands out."""
NEAR, STANDS_OUT = 2.0, 3.5
"""Standard deviations above the mean similarity of all passages, to be shown and to answer; to be shown to a question
that no passage of like meaning can answer, as much as to answer."""
AHEAD = 0.8
"""Standard deviations to the best passage of another paragraph, to answer. Chosen on the questions of the open sets that
have no answer by their words, each asked again with the passages of its proof left out."""
BRIDGE, MAX_BRIDGES = 1.5, 2
"""Standard deviations that a passage gains by each word that reports write for an everyday one of the question."""


def by_meaning(scope: Scope, found: Draft, index: Index, sources: Sources, encoder: QueryEncoder) -> Draft:
    """``found``, or, where it declines and no figure is asked for, the passage nearest in meaning, marked as that.

    Where it does not stand out enough, it is only shown in the refusal, if nothing else is.
    """
    few = 0 < len(scope.report_ids) <= MAX_REPORTS
    if found.reason != "not_stated" or scope.intent == "compare" or not few:
        return found
    vector: np.ndarray = encoder.encode_queries([query_of(scope)])[0]
    chunk, above, ahead = _nearest(vector, scope, index)
    told = _may_be_told(scope)
    if chunk is None or above < (NEAR if told else STANDS_OUT):
        return found
    paragraph = index.paragraphs(chunk.report_id)[chunk.paragraph - 1]
    quote = Quote(chunk.report_id, paragraph, chunk.start, chunk.end, coverage=1.0, own=1.0, score=1.0)
    made = quoted([quote], asked_for(wanted(scope), sources)[0], sources, limit=MAX_LIST)
    if told and above >= STANDS_OUT and ahead >= AHEAD:
        return Draft((Claim("（报告没有用问题里的说法，以下是意思最近的一处。）"), *made))
    if len(found.claims) > 1:
        return found
    near = (replace(claim, text=f"意思最近的一处是——{claim.text}") for claim in made)
    return replace(found, claims=(*found.claims, *near))


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


def _nearest(vector: np.ndarray, scope: Scope, index: Index) -> tuple[Chunk | None, float, float]:
    """The nearest passage of the part asked for, None if none can be told; how far it is above the mean of all, and
    ahead of the best of another paragraph, in standard deviations, each bridge counted in."""
    similar = index.vector_search(vector, index.chunk_count, report_ids=scope.report_ids)
    if len(similar) < MIN_CHUNKS:
        return None, 0.0, 0.0
    values = np.array([value for _, value in similar])
    words = bridges(fold(scope.question))
    told = [
        (float(above) + BRIDGE * _bridged(words, chunk), chunk)
        for above, (chunk_id, _) in zip(
            (values - values.mean()) / (values.std() or 1.0), similar, strict=True
        )
        if _of_part(chunk := index.chunk(chunk_id), scope, index)
    ]
    told.sort(key=itemgetter(0), reverse=True)
    if not told:
        return None, 0.0, 0.0
    above, best = told[0]
    here = (best.report_id, best.paragraph)
    other = next((far for far, chunk in told if (chunk.report_id, chunk.paragraph) != here), 0.0)
    return best, above, above - other


def _bridged(words: Sequence[tuple[str, ...]], chunk: Chunk) -> int:
    """How many of the everyday words of a question a passage has in the words of reports."""
    text = fold(chunk.text) if words else ""
    return min(MAX_BRIDGES, sum(any(holds(word, text) for word in written) for written in words))


def _of_part(chunk: Chunk, scope: Scope, index: Index) -> bool:
    """Whether a passage stands in the part of its report that a question asks of."""
    return scope.part in (None, index.paragraphs(chunk.report_id)[chunk.paragraph - 1].part)
