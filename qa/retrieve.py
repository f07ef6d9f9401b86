"""Question -> hits: both searches, fused by rank, inside a scope of reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from qa.store import Index
from qa.text import fold
from qa.types import Hit

RRF_K = 60
"""Constant of reciprocal rank fusion as in Cormack, Clarke and Büttcher, SIGIR 2009: 1 / (60 + rank)."""
KEYWORD_WEIGHT = 1.0
VECTOR_WEIGHT = 1.0
POOL = 50
"""How deep each search goes before fusion."""


class QueryEncoder(Protocol):
    """The part of qa.encode.Encoder that searching uses."""

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray: ...


def fuse(rankings: Sequence[tuple[float, Sequence[str]]]) -> list[tuple[str, float]]:
    """Weighted reciprocal rank fusion of (weight, ids best first).

    Returns: (id, sum of weight / (RRF_K + rank)), best first, score > 0; a tie goes to the id that
    appears first in the earlier ranking.
    """
    scores: dict[str, float] = {}
    for weight, ids in rankings:
        for rank, found in enumerate(ids, 1):
            scores[found] = scores.get(found, 0.0) + weight / (RRF_K + rank)
    return sorted(scores.items(), key=lambda item: -item[1])


def search(
    index: Index,
    encoder: QueryEncoder,
    query: str,
    *,
    k: int,
    report_ids: Sequence[str] | None = None,
    pool: int = POOL,
) -> list[Hit]:
    """The ``k`` best chunks for a query, best first; score as ``fuse`` (at most 2/61), larger is better.

    None as ``report_ids`` searches all reports, an empty sequence none. A blank query finds nothing.
    """
    vector = _query_vector(index, encoder, query)
    return [] if vector is None else _search(index, vector, query, k=k, report_ids=report_ids, pool=pool)


def search_each(
    index: Index,
    encoder: QueryEncoder,
    query: str,
    *,
    k: int,
    report_ids: Sequence[str] | None = None,
    pool: int = POOL,
) -> list[Hit]:
    """The ``k`` best chunks of every report, for questions over several reports; the query is encoded once.

    Reports come in the order given (index order for None), the hits of each best first; ranks run on.
    """
    vector = _query_vector(index, encoder, query)
    if vector is None:
        return []
    scope = (
        [info.report_id for info in index.reports] if report_ids is None else list(dict.fromkeys(report_ids))
    )
    hits = [
        hit
        for report_id in scope
        for hit in _search(index, vector, query, k=k, report_ids=[report_id], pool=pool)
    ]
    return [Hit(hit.chunk, hit.score, rank) for rank, hit in enumerate(hits, 1)]


def _query_vector(index: Index, encoder: QueryEncoder, query: str) -> np.ndarray | None:
    if not query.strip() or not index.chunk_count:
        return None
    vector: np.ndarray = encoder.encode_queries([fold(query)])[0]
    return vector


def _search(
    index: Index, vector: np.ndarray, query: str, *, k: int, report_ids: Sequence[str] | None, pool: int
) -> list[Hit]:
    depth = max(pool, k)
    by_word = index.keyword_search(query, depth, report_ids=report_ids)
    by_meaning = index.vector_search(vector, depth, report_ids=report_ids)
    fused = fuse(
        [
            (KEYWORD_WEIGHT, [found for found, _ in by_word]),
            (VECTOR_WEIGHT, [found for found, _ in by_meaning]),
        ]
    )
    return [Hit(index.chunk(found), score, rank) for rank, (found, score) in enumerate(fused[:k], 1)]


class ReportRetriever(BaseRetriever):
    """The search as a LangChain retriever.

    ``page_content`` is the chunk's text. ``metadata`` is all that a citation needs: chunk_id, report_id,
    place, year, title, section (list), paragraph, start, end, score, rank.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Callable[[], Index]
    """Gives the index to search, asked once a query: ``LiveIndex(…).current``."""
    encoder: Any
    k: int = Field(default=10, ge=1)
    pool: int = Field(default=POOL, ge=1)
    report_ids: tuple[str, ...] | None = None

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        index = self.index()
        hits = search(index, self.encoder, query, k=self.k, report_ids=self.report_ids, pool=self.pool)
        return [to_document(index, hit) for hit in hits]


def to_document(index: Index, hit: Hit) -> Document:
    """A hit as a LangChain document with citation metadata; ``id`` is the chunk id."""
    chunk = hit.chunk
    info = index.info(chunk.report_id)
    metadata: Mapping[str, Any] = {
        "chunk_id": chunk.chunk_id,
        "report_id": chunk.report_id,
        "place": info.place,
        "year": info.year,
        "title": info.title,
        "section": list(index.paragraphs(chunk.report_id)[chunk.paragraph - 1].section),
        "paragraph": chunk.paragraph,
        "start": chunk.start,
        "end": chunk.end,
        "score": hit.score,
        "rank": hit.rank,
    }
    return Document(id=chunk.chunk_id, page_content=chunk.text, metadata=dict(metadata))
