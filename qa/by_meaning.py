"""A question in other words than its report's, answered by the passage that means the same: 校外的人能进大学图书馆吗.

The last resort of questions for what is or will be done, never for a number, a time or a name: there a passage of like
meaning tells of a like thing, and proves nothing. The similarity must stand out from that of all the other passages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from qa.lexicon import pattern, regex
from qa.match import pairs_of
from qa.retrieve import QueryEncoder
from qa.searching import query_of
from qa.sources import Sources, asked_for, quoted
from qa.store import Index
from qa.strategies import LEAST
from qa.text import fold, split_sentences
from qa.text_answer import MAX_LIST, Quote
from qa.types import Chunk, Claim, Draft, Scope
from qa.wanted import Wanted, wanted

MAX_REPORTS = 5
"""Reports that a passage is sought in: of more, one like it is in another."""
MIN_CHUNKS = 30
"""Passages from which it can be told whether one stands out."""
STANDS_OUT, ALONE = 3.0, 4.0
"""Standard deviations above the mean similarity of all passages: with a word of the question, and without any."""
AHEAD = 1.0
"""Standard deviations to the best passage of another paragraph. Of 59 open questions past both bounds, 56 have their
proof in the passage; of those less far ahead, two in three: these are shown in a refusal, and answer nothing."""


def by_meaning(scope: Scope, found: Draft, index: Index, sources: Sources, encoder: QueryEncoder) -> Draft:
    """``found``, or, where it declines and no figure is asked for, the sentence nearest in meaning, marked as that.

    Where others come close to it, it is only shown in the refusal.
    """
    if found.reason != "not_stated" or not _may_be_told(scope):
        return found
    asked = asked_for(wanted(scope), sources)
    vector: np.ndarray = encoder.encode_queries([query_of(scope)])[0]
    chunk, ahead = _outstanding(vector, scope, asked, index)
    if chunk is None or (not ahead and len(found.claims) > 1):
        return found
    quote = _nearest_sentence(vector, chunk, index, encoder)
    made = quoted([quote], asked[0], sources, limit=MAX_LIST)
    if not ahead:
        near = (replace(claim, text=f"意思最近的一处是——{claim.text}") for claim in made)
        return replace(found, claims=(*found.claims, *near))
    return Draft((Claim("（报告没有用问题里的说法，以下是意思最近的一处。）"), *made)) if made else found


def _may_be_told(scope: Scope) -> bool:
    """Whether a sentence of like meaning can answer: no figure, time, cause or name is asked for."""
    question = fold(scope.question)
    if scope.intent not in ("text", "list") or not 0 < len(scope.report_ids) <= MAX_REPORTS:
        return False
    exact = (
        pattern("when", "ask"),
        pattern("cause", "ask"),
        regex("asked", "amount"),
        regex("meaning", "exact"),
    )
    return not any(form.search(question) for form in exact)


def _outstanding(
    vector: np.ndarray, scope: Scope, asked: Sequence[Wanted], index: Index
) -> tuple[Chunk | None, bool]:
    """The passage of the part asked for whose similarity stands out, None if none does; whether it is far ahead too."""
    similar = index.vector_search(vector, index.chunk_count, report_ids=scope.report_ids)
    if len(similar) < MIN_CHUNKS:
        return None, False
    values = np.array([value for _, value in similar])
    above = (values - values.mean()) / (values.std() or 1.0)
    chunks = [index.chunk(chunk_id) for chunk_id, _ in similar]
    best = chunks[0]
    if scope.part not in (None, index.paragraphs(best.report_id)[best.paragraph - 1].part):
        return None, False
    here = (best.report_id, best.paragraph)
    others = (
        at for chunk, at in zip(chunks, above, strict=True) if (chunk.report_id, chunk.paragraph) != here
    )
    words = frozenset().union(*(pairs for want in asked for pairs, _ in want.readings))
    shared = words & pairs_of(fold(best.text))
    stands = above[0] >= (STANDS_OUT if shared else ALONE)
    return (best, bool(above[0] - next(others, 0.0) >= AHEAD)) if stands else (None, False)


def _nearest_sentence(vector: np.ndarray, chunk: Chunk, index: Index, encoder: QueryEncoder) -> Quote:
    """The sentence of a passage that is most like the question."""
    paragraph = index.paragraphs(chunk.report_id)[chunk.paragraph - 1]
    spans = [
        (paragraph.start + start, paragraph.start + end)
        for start, end in split_sentences(paragraph.text)
        if paragraph.start + start < chunk.end and chunk.start < paragraph.start + end
    ]
    texts = [paragraph.text[start - paragraph.start : end - paragraph.start] for start, end in spans]
    likeness = encoder.encode_queries(texts) @ vector if len(texts) > 1 else np.zeros(1)
    told = [one if len(text) >= LEAST else -1.0 for one, text in zip(likeness, texts, strict=True)]
    start, end = spans[int(np.argmax(told))]
    return Quote(chunk.report_id, paragraph, start, end, coverage=1.0, own=1.0, score=1.0)
