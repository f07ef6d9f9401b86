"""Hits -> hits: the fused search, ordered again by what a question asks for.

Four rankings are fused as in qa.retrieve: the search's own, the chunks that hold the rows of the figure
table which fit the question, those that hold the items of the list it asks for, and the chunks by the share
of the question's weight that they hold. Chunks of the wrong part of a report (a target asked, the review found) go behind.
"""

from __future__ import annotations

from collections.abc import Sequence

from qa.figure_answer import MIN_SCORE
from qa.match import FigureTable, covered
from qa.measure_fit import fits_measure, fits_time
from qa.retrieve import fuse
from qa.store import Index
from qa.types import Chunk, Evidence, Hit, Scope
from qa.wanted import Wanted, wanted

SEARCH_WEIGHT, ROWS_WEIGHT, WORDS_WEIGHT, ITEMS_WEIGHT = 0.5, 1.0, 1.0, 2.0
WRONG_PART = 0.6
"""Factor on the score of a chunk in the part of the report that was not asked for."""
MAX_ROWS = 5


def rerank(
    hits: Sequence[Hit],
    scope: Scope,
    index: Index,
    table: FigureTable,
    *,
    k: int,
    items: Sequence[Evidence] = (),
) -> list[Hit]:
    """The ``k`` best of the hits of one report and of the chunks that hold fitting rows or a list's ``items``.

    Scores are those of ``fuse`` times WRONG_PART where it applies; ties keep the order of the hits.
    """
    asked = wanted(scope)
    rows = [chunk for want in asked for chunk in _row_chunks(scope, want, index, table)]
    listed = [chunk for item in items if (chunk := _holder(item.report_id, item.start, index)) is not None]
    held = {chunk.chunk_id: chunk for chunk in (*rows, *listed)}
    found = {hit.chunk.chunk_id: hit.chunk for hit in hits} | held
    by_words = sorted(
        hits,
        key=lambda hit: (
            -max(covered(table.pairs_of(_whole(hit.chunk)), want, table.weights) for want in asked)
        ),
    )
    rankings = [
        (SEARCH_WEIGHT, [hit.chunk.chunk_id for hit in hits]),
        (ROWS_WEIGHT, list(dict.fromkeys(chunk.chunk_id for chunk in rows))),
        (WORDS_WEIGHT, [hit.chunk.chunk_id for hit in by_words]),
        (ITEMS_WEIGHT, list(dict.fromkeys(chunk.chunk_id for chunk in listed))),
    ]
    scored = [(found[i], score * _part_factor(found[i], scope, index)) for i, score in fuse(rankings)]
    best = sorted(scored, key=lambda item: -item[1])[:k]
    return [Hit(chunk, score, rank) for rank, (chunk, score) in enumerate(best, 1)]


def _whole(chunk: Chunk) -> str:
    return chunk.text + " " + chunk.prefix


def _part_factor(chunk: Chunk, scope: Scope, index: Index) -> float:
    part = scope.part
    here = index.paragraphs(chunk.report_id)[chunk.paragraph - 1].part
    return 1.0 if part is None or here == part else WRONG_PART


def _row_chunks(scope: Scope, asked: Wanted, index: Index, table: FigureTable) -> list[Chunk]:
    """Chunks that hold the best fitting rows of the reports in scope, best first."""
    chunks: list[tuple[float, Chunk]] = []
    for report_id in scope.report_ids:
        fitting = [
            match
            for match in table.matches(report_id, asked)
            if match.score >= MIN_SCORE
            and fits_time(match.figure, scope)
            and fits_measure(match.figure, asked)
        ]
        for match in fitting[:MAX_ROWS]:
            holder = _holder(report_id, match.figure.start, index)
            if holder is not None:
                chunks.append((match.score, holder))
    return [chunk for _, chunk in sorted(chunks, key=lambda item: -item[0])]


def _holder(report_id: str, offset: int, index: Index) -> Chunk | None:
    """The chunk that holds an offset; for a heading, which is in none, the first one below it."""
    return next((chunk for chunk in index.report_chunks(report_id) if offset < chunk.end), None)
