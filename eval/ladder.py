"""The product's steps, switched on one after another: systems that ``eval.compare`` measures.

A rung is a set of steps over the same chunks. Without ``scope`` the question is searched as typed, in all
reports; with it, as ``qa.scope`` resolves it (history, standard names), in the reports it is asked of. The
last rung is the product; it is put together here from the same parts, and a test holds the two equal.

Answers: the product's answerer on a rung's hits, and without ``rows`` without the figure table, so that it
quotes sentences. Understanding the question is part of the answerer, so it always knows the scope; hits of
reports outside the scope are not shown to it, for it would take them for what was asked.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from eval.questions import Question
from qa.chain import HITS, HITS_EACH, MAX_TURNS
from qa.extract import draft
from qa.keyword import KeywordIndex
from qa.match import FigureTable, Weights
from qa.question_places import Catalogue
from qa.refusal import year_not_covered
from qa.retrieve import search, search_each
from qa.scope import resolve
from qa.searching import POOL, find_hits, query_of
from qa.separate import one_by_one
from qa.sources import Sources, quoted
from qa.store import Index
from qa.text import fold
from qa.text_answer import choose, quotes
from qa.types import Answer, Chunk, Claim, Draft, Figure, Hit, Paragraph, ReportInfo, Scope, Turn
from qa.verify import verify
from qa.wanted import wanted

MAX_QUOTED = 3
"""Sentences quoted from one report; one a report when several are in scope. As the product's."""


@dataclass(frozen=True, slots=True)
class Rung:
    """Which steps are on. ``rows`` is the figure table: in the ranking (``rerank``) and in the answer."""

    name: str
    keyword: bool = False
    vector: bool = False
    prefix: bool = False
    scope: bool = False
    reranked: bool = False
    rows: bool = False


LADDER = (
    Rung("仅关键词（BM25）", keyword=True),
    Rung("仅向量", vector=True),
    Rung("融合（RRF）", keyword=True, vector=True),
    Rung("＋结构前缀", keyword=True, vector=True, prefix=True),
    Rung("＋定范围", keyword=True, vector=True, prefix=True, scope=True),
    Rung("＋重排（数据行、用词、部分）", keyword=True, vector=True, prefix=True, scope=True, reranked=True),
    Rung("＋数据表答题＝本产品", True, True, True, True, True, True),
)
PRODUCT = LADDER[-1]


class OtherIndex:
    """An index's chunks with other search texts, vectors or tokens, in memory: what the searches read.

    ``keyword`` is a ``KeywordIndex`` or ``eval.tokens.Bm25``; ``vectors`` float32, (chunks, dim), rows in the
    order of ``base.chunks``, or None for the base's own.
    """

    def __init__(self, base: Index, keyword: Any, vectors: np.ndarray | None = None) -> None:
        self._base = base
        self._keyword = keyword
        self._vectors = vectors
        self._ids = [chunk.chunk_id for chunk in base.chunks]
        self._report_of = np.array([chunk.report_id for chunk in base.chunks])
        self.reports: tuple[ReportInfo, ...] = base.reports
        self.chunk_count = base.chunk_count

    def chunk(self, chunk_id: str) -> Chunk:
        return self._base.chunk(chunk_id)

    def report_chunks(self, report_id: str) -> tuple[Chunk, ...]:
        return self._base.report_chunks(report_id)

    def paragraphs(self, report_id: str) -> tuple[Paragraph, ...]:
        return self._base.paragraphs(report_id)

    def keyword_search(
        self, query: str, k: int, *, report_ids: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """As ``Index.keyword_search``."""
        mask = None if report_ids is None else np.isin(self._report_of, list(report_ids))
        found: list[tuple[str, float]] = self._keyword.search(query, k, mask=mask)
        return found

    def vector_search(
        self, vector: np.ndarray, k: int, *, report_ids: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """As ``Index.vector_search``."""
        if self._vectors is None:
            return self._base.vector_search(vector, k, report_ids=report_ids)
        scores = self._vectors @ vector
        if report_ids is not None:
            scores = np.where(np.isin(self._report_of, list(report_ids)), scores, -np.inf)
        best = [i for i in np.argsort(-scores, kind="stable")[:k] if np.isfinite(scores[i])]
        return [(self._ids[i], float(scores[i])) for i in best]


@dataclass(frozen=True, slots=True)
class BareIndex:
    """``OtherIndex`` over texts without prefix, with what it took to make it."""

    index: OtherIndex
    keyword_s: float
    vector_s: float


def without_prefix(base: Index, encoder: Any) -> BareIndex:
    """The same chunks, their bare texts indexed and embedded anew."""
    ids = [chunk.chunk_id for chunk in base.chunks]
    texts = [chunk.text for chunk in base.chunks]
    began = time.perf_counter()
    keyword = KeywordIndex.build(ids, texts)
    built = time.perf_counter()
    vectors = encoder.encode_chunks(texts)
    encoded = time.perf_counter()
    return BareIndex(OtherIndex(base, keyword, vectors), built - began, encoded - built)


class _NoRows:
    """The texts of an index without its figure table."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def text(self, report_id: str) -> str:
        return self._index.text(report_id)

    def paragraphs(self, report_id: str) -> tuple[Paragraph, ...]:
        return self._index.paragraphs(report_id)

    def figures(self, report_id: str) -> tuple[Figure, ...]:
        return ()


class Parts:
    """What the rungs share: the index with and without prefix, rows, catalogue, encoder."""

    def __init__(self, index: Index, encoder: Any, *, bare: OtherIndex | None = None) -> None:
        index.warm()
        weights = Weights.from_texts(chunk.text for chunk in index.chunks)
        names = {info.report_id: _names_of(index.text(info.report_id)) for info in index.reports}
        self.index = index
        self.encoder = encoder
        self.bare = bare
        self.catalogue = Catalogue(index.reports, names)
        self.infos: Mapping[str, ReportInfo] = {info.report_id: info for info in index.reports}
        self.with_rows = Sources(index, index.reports, FigureTable(index, weights))
        texts_only = _NoRows(index)
        self.without_rows = Sources(texts_only, index.reports, FigureTable(texts_only, weights))
        for sources in (self.with_rows, self.without_rows):
            sources.table.warm(self.infos)

    def scope_of(self, asked: str, turns: Sequence[Turn]) -> Scope:
        """What the product understands a question to ask."""
        return resolve(asked, self.catalogue, history=turns[-MAX_TURNS:])


def _names_of(text: str) -> str:
    """As ``qa.chain`` looks names up in a text."""
    return re.sub(r"[“”‘’《》]", "", fold(text))


class System:
    """One rung as something that retrieves and answers."""

    def __init__(self, rung: Rung, parts: Parts, *, index: Any = None) -> None:
        """``index`` replaces the rung's own: ``OtherIndex`` with other tokens."""
        self.rung = rung
        self.name = rung.name
        self._parts = parts
        self._index: Any = index or (parts.index if rung.prefix else parts.bare)
        if self._index is None:
            raise ValueError(f"{rung.name} needs the index without prefixes")
        self._rows = parts.with_rows if rung.rows else parts.without_rows

    def retrieve(self, question: Question, k: int) -> list[Hit]:
        """The ``k`` best chunks for a question, best first."""
        if not self.rung.scope:
            return self._unscoped(question.question, k)
        return self._scoped(self._parts.scope_of(question.question, question.turns), k)[:k]

    def answer(self, question: Question) -> Answer:
        """The product's answerer on this rung's hits."""
        scope = self._parts.scope_of(question.question, question.turns)
        hits = self._hits(question.question, scope)
        proposed = draft(scope, hits, self._rows)
        if self.rung.rows:

            def draft_of(asked: str, before: Sequence[str] | None) -> Draft:
                turns = () if before is None else (*question.turns, *(Turn("user", text) for text in before))
                own = self._parts.scope_of(asked, turns)
                return draft(own, self._hits(asked, own), self._rows)

            proposed = one_by_one(question.question, scope, proposed, self._rows, draft_of)
        if not self.rung.rows and proposed.reason == "not_stated":
            proposed = self._sentences(scope, hits) or proposed
        done = verify(proposed, self._parts.index, self._parts.infos)
        refused = done.reason is not None
        return Answer(
            question.id, question.question, done.answer, refused, done.reason, "extract",
            done.citations, done.figures, scope,
        )  # fmt: skip

    def _hits(self, asked: str, scope: Scope) -> list[Hit]:
        single = len(scope.report_ids) == 1
        if self.rung.scope:
            return self._scoped(scope, HITS if single else HITS_EACH)
        depth = HITS if single else HITS_EACH * len(scope.report_ids)
        return [hit for hit in self._unscoped(asked, depth) if hit.chunk.report_id in scope.report_ids]

    def forget(self) -> None:
        """Drop what the last question left in the rows' cache, so that the next timing finds it cold."""
        self._rows.table.matches.cache_clear()
        self._parts.with_rows.table.matches.cache_clear()

    def _unscoped(self, query: str, k: int) -> list[Hit]:
        rung, index = self.rung, self._index
        if rung.keyword and rung.vector:
            return search(index, self._parts.encoder, query, k=k)
        if rung.keyword:
            found = index.keyword_search(query, k)
        else:
            vector = self._parts.encoder.encode_queries([fold(query)])[0]
            found = index.vector_search(vector, k)
        return [Hit(index.chunk(name), score, rank) for rank, (name, score) in enumerate(found, 1)]

    def _scoped(self, scope: Scope, k: int) -> list[Hit]:
        """As ``qa.chain``: of several reports each one's best first, then the next."""
        if scope.intent == "off_topic" or not scope.report_ids:
            return []
        parts, index = self._parts, self._index
        if self.rung.reranked:
            return find_hits(scope, index, parts.with_rows, parts.encoder, k=k)
        pool = search_each(index, parts.encoder, query_of(scope), k=POOL, report_ids=scope.report_ids)
        ranked: list[tuple[int, Hit]] = []
        for report_id in scope.report_ids:
            own = [hit for hit in pool if hit.chunk.report_id == report_id]
            ranked += list(enumerate(own[:k], 1))
        ordered = sorted(ranked, key=lambda item: (item[0], -item[1].score))
        return [Hit(hit.chunk, hit.score, rank) for rank, (_, hit) in enumerate(ordered, 1)]

    def _sentences(self, scope: Scope, hits: Sequence[Hit]) -> Draft | None:
        """The sentences that fit best: statistics too, which the product answers from rows or not at all."""
        if year_not_covered(scope, self._rows):
            return None
        reports = self._rows.chosen(scope)
        limit = MAX_QUOTED if len(reports) == 1 else 1
        made: list[Claim] = []
        for want in wanted(scope):
            found = quotes(hits, self._rows.library, scope, want, self._rows.table)
            for info in reports:
                own = [quote for quote in found if quote.report_id == info.report_id]
                made += quoted(choose(own, limit=limit), want, self._rows)
        return Draft(tuple(dict.fromkeys(made))) if made else None
