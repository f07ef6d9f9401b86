"""Reading the index: reports, chunks, figures, commitments and both searches.

An ``Index`` is one generation (see index_generation.py) and never changes under a question; ``LiveIndex`` hands
out the newest one.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import threading
import weakref
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from qa.commitments import with_figures
from qa.errors import StoreError
from qa.index_generation import (
    COMMITMENT_FIELDS,
    CURRENT,
    FIGURE_FIELDS,
    INFO_FIELDS,
    REPORT_ORDER,
    TOKENS,
    Fingerprint,
    check_fingerprint,
    chroma_collection,
    current_generation,
    damaged,
    read_fingerprint,
)
from qa.keyword import KeywordIndex
from qa.passage_tokens import PassageTokens
from qa.types import Chunk, Commitment, Figure, Paragraph, Report, ReportInfo

logger = logging.getLogger(__name__)

EXACT_CHUNKS = 20_000
"""Up to so many chunks in scope are compared one by one instead of asking Chroma's graph: 0.3 ms for 1,200
chunks against 7 ms, the true neighbours, and the same order in every build (measured, chromadb 1.5.9)."""
CACHED_REPORTS = 512
"""Reports kept in memory, text and vectors: about 1 MB each."""


@dataclass(frozen=True, slots=True)
class _Record:
    report: Report
    chunks: tuple[Chunk, ...]
    figures: tuple[Figure, ...]
    by_id: Mapping[str, Chunk]


class Index:
    """One generation, read-only; safe to use from several threads. Heavy parts load at first use."""

    def __init__(self, path: Path, generation: str, fingerprint: Fingerprint) -> None:
        self.path = path
        self.generation = generation
        self.folder = path / generation
        self.fingerprint = fingerprint
        self._lock = threading.RLock()
        self._opened_chroma: tuple[Any, Any] | None = None
        self._opened_keyword: KeywordIndex | None = None
        self._opened_tokens: sqlite3.Connection | None = None
        uri = (self.folder / "reports.sqlite").absolute().as_uri() + "?mode=ro&immutable=1"
        self._db = sqlite3.connect(uri, uri=True, check_same_thread=False)
        weakref.finalize(self, self._db.close)
        self.reports: tuple[ReportInfo, ...] = tuple(
            self._info(row)
            for row in self._rows(f"SELECT {', '.join(INFO_FIELDS)} FROM reports {REPORT_ORDER}")
        )
        self._infos = {info.report_id: info for info in self.reports}
        self._spans: dict[str, tuple[int, int]] = {}
        position = 0
        for info in self.reports:
            self._spans[info.report_id] = (position, position + info.chunks)
            position += info.chunks
        self.chunk_count = position
        self._record = lru_cache(CACHED_REPORTS)(self._read_record)
        self._commitments = lru_cache(CACHED_REPORTS)(self._read_commitments)
        self._vectors = lru_cache(CACHED_REPORTS)(self._read_vectors)

    @classmethod
    def open(cls, path: Path, *, encoder_fingerprint: str | None = None) -> Index:
        """Open the current generation of the index at ``path``.

        None as ``encoder_fingerprint`` skips that comparison, and that of the rule versions: for the writer.

        Raises: IndexMissingError, IndexMismatchError (built by other code or another encoder), StoreError.
        """
        name = current_generation(path)
        # A reader may be overtaken by two writers between reading the name and opening what it names.
        while not (path / name).is_dir() and (newer := current_generation(path)) != name:
            name = newer
        fingerprint = read_fingerprint(path, name)
        if encoder_fingerprint is not None:
            check_fingerprint(path, fingerprint, encoder_fingerprint)
        try:
            return cls(path, name, fingerprint)
        except sqlite3.Error as exc:
            raise damaged(path / name, str(exc)) from exc

    def warm(self) -> None:
        """Load what the first question would otherwise wait for."""
        self._keyword()
        for info in self.reports[:CACHED_REPORTS]:
            self._record(info.report_id)
            self._vectors(info.report_id)

    def close(self) -> None:
        """Release files now; without it they go with the last reference."""
        with self._lock:
            if self._opened_chroma is not None:
                self._opened_chroma[0].close()
            if self._opened_tokens is not None:
                self._opened_tokens.close()
            self._db.close()

    # -------------------------------------------------------------- reports

    def info(self, report_id: str) -> ReportInfo:
        """The catalogue line of a report. Raises: StoreError if unknown."""
        if (info := self._infos.get(report_id)) is None:
            raise StoreError(f"索引里没有报告 {report_id}：请用 govqa reports 查看已有报告")
        return info

    def report(self, report_id: str) -> Report:
        """The cleaned report as ingested (``dropped`` lines are not kept). Raises: StoreError if unknown."""
        return self._record(report_id).report

    def text(self, report_id: str) -> str:
        """The cleaned text that all offsets refer to."""
        return self._record(report_id).report.text

    def paragraphs(self, report_id: str) -> tuple[Paragraph, ...]:
        """In order: paragraph ``n`` is at ``n - 1``."""
        return self._record(report_id).report.paragraphs

    def figures(self, report_id: str) -> tuple[Figure, ...]:
        """In the order in which they were extracted."""
        return self._record(report_id).figures

    def commitments(self, report_id: str) -> tuple[Commitment, ...]:
        """In the order of the text, each with the target figures of its span; () for a bulletin."""
        return self._commitments(report_id)

    def report_chunks(self, report_id: str) -> tuple[Chunk, ...]:
        """The chunks of one report, in order."""
        return self._record(report_id).chunks

    @property
    def chunks(self) -> tuple[Chunk, ...]:
        """All chunks in the order of ``reports``; reads every report, so not for a question."""
        return tuple(chunk for info in self.reports for chunk in self.report_chunks(info.report_id))

    def chunk(self, chunk_id: str) -> Chunk:
        """Raises: StoreError if there is no such chunk."""
        if chunk := self._record(chunk_id.rpartition("#")[0]).by_id.get(chunk_id):
            return chunk
        raise StoreError(f"索引里没有片段 {chunk_id}")

    # -------------------------------------------------------------- searches

    def vector_search(
        self, vector: np.ndarray, k: int, *, report_ids: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """The ``k`` nearest (chunk_id, cosine similarity in [-1, 1]), best first, ties in index order.

        ``vector`` is float32, shape (dim,), of unit length. None as ``report_ids`` searches all reports.

        Raises: ValueError for another shape; StoreError for an unknown report.
        """
        scope = self._scope(report_ids)
        if k <= 0 or not any(low < high for low, high in map(self._spans.__getitem__, scope)):
            return []
        if vector.shape != (self.fingerprint.dim,):
            raise ValueError(f"vector of shape {vector.shape}, expected ({self.fingerprint.dim},)")
        if self._is_small(scope):
            return self._exact(vector, k, scope)
        where: Any = None if report_ids is None else {"report_id": {"$in": scope}}
        with self._lock:
            found = self._chroma()[1].query(
                query_embeddings=[vector],
                n_results=min(k, self.chunk_count),
                where=where,
                include=["distances"],
            )
        return [(i, 1.0 - float(d)) for i, d in zip(found["ids"][0], found["distances"][0], strict=True)]

    def keyword_search(
        self, query: str, k: int, *, report_ids: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """The ``k`` best (chunk_id, BM25 score > 0), best first, ties in index order."""
        if report_ids is None:
            return self._keyword().search(query, k)
        mask = np.zeros(self.chunk_count, dtype=bool)
        for report_id in self._scope(report_ids):
            low, high = self._spans[report_id]
            mask[low:high] = True
        return self._keyword().search(query, k, mask=mask)

    def known_texts(self, hashes: Sequence[str]) -> set[str]:
        """Those of the given ``text_hash`` values that a stored chunk has."""
        return set(self._ids_by_text(hashes).values())

    def vectors_by_text(self, hashes: Sequence[str]) -> dict[str, np.ndarray]:
        """Stored vectors of the given ``text_hash`` values; those that are not stored are left out."""
        ids = self._ids_by_text(hashes)
        # One of several chunks with the same text is enough.
        chosen = list({name: chunk_id for chunk_id, name in ids.items()}.values())
        return {ids[chunk_id]: row for chunk_id, row in self._stored_vectors(ids=chosen).items()}

    def passage_tokens(self, hashes: Sequence[str]) -> dict[str, PassageTokens]:
        """The tokens of those texts, by their ``text_hash``, that have any stored. Raises: StoreError if they cannot be read."""
        try:
            with self._lock:
                opened = self._token_file()
                rows = (
                    [] if opened is None else [row for part in _parts(hashes) for row in _blobs(opened, part)]
                )
            return {name: PassageTokens.unpacked(data) for name, data in rows}
        except (sqlite3.Error, ValueError, TypeError) as exc:
            raise damaged(self.folder / TOKENS, str(exc)) from exc

    def stored_chunks(self, report_id: str) -> dict[str, str]:
        """chunk_id to ``text_hash`` of the text that its vector was computed from."""
        return dict(self._rows("SELECT chunk_id, text_hash FROM chunks WHERE report_id = ?", report_id))

    def stored_vectors(self, report_id: str) -> dict[str, np.ndarray]:
        """chunk_id to vector, as Chroma has them (order and completeness not promised)."""
        return self._stored_vectors(where={"report_id": report_id})

    def vector_count(self) -> int:
        """How many vectors Chroma has."""
        return int(self._chroma()[1].count())

    def keyword_ids(self) -> tuple[str, ...]:
        """Chunk ids of the keyword index, in its order."""
        return self._keyword().chunk_ids

    # -------------------------------------------------------------- inside

    def _scope(self, report_ids: Sequence[str] | None) -> list[str]:
        if report_ids is None:
            return list(self._spans)
        for report_id in report_ids:
            self.info(report_id)
        # Index order, each once: ties come out the same whatever the order asked in.
        wanted = set(report_ids)
        return [report_id for report_id in self._spans if report_id in wanted]

    def _is_small(self, scope: Sequence[str]) -> bool:
        chunks = sum(high - low for low, high in map(self._spans.__getitem__, scope))
        return chunks <= EXACT_CHUNKS and len(scope) <= CACHED_REPORTS

    def _exact(self, vector: np.ndarray, k: int, scope: Sequence[str]) -> list[tuple[str, float]]:
        scores = np.concatenate([self._vectors(report_id) @ vector for report_id in scope])
        ids = [chunk.chunk_id for report_id in scope for chunk in self.report_chunks(report_id)]
        best = np.argsort(-scores, kind="stable")[:k]
        return [(ids[i], float(scores[i])) for i in best]

    def _chroma(self) -> tuple[Any, Any]:
        """(client, collection); chromadb takes over a second to import, and figures need no vectors."""
        with self._lock:
            if self._opened_chroma is None:
                try:
                    self._opened_chroma = chroma_collection(self.folder / "chroma")
                except Exception as exc:  # its own, sqlite's and Rust's errors come out here
                    raise damaged(self.folder / "chroma", str(exc)) from exc
                weakref.finalize(self, self._opened_chroma[0].close)
            return self._opened_chroma

    def _token_file(self) -> sqlite3.Connection | None:
        """None for an index that was built before tokens were kept."""
        if self._opened_tokens is None and (self.folder / TOKENS).exists():
            uri = (self.folder / TOKENS).absolute().as_uri() + "?mode=ro&immutable=1"
            self._opened_tokens = sqlite3.connect(uri, uri=True, check_same_thread=False)
            weakref.finalize(self, self._opened_tokens.close)
        return self._opened_tokens

    def _keyword(self) -> KeywordIndex:
        with self._lock:
            if self._opened_keyword is None:
                try:
                    self._opened_keyword = KeywordIndex.load(self.folder / "keyword")
                except (OSError, ValueError, KeyError) as exc:
                    raise damaged(self.folder / "keyword", str(exc)) from exc
            return self._opened_keyword

    def _rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._db.execute(query, values).fetchall()

    def _info(self, row: tuple[Any, ...]) -> ReportInfo:
        values = dict(zip(INFO_FIELDS, row, strict=True))
        # Stored relative to the index, so that a project may be moved as a whole.
        values["source"] = os.path.normpath(self.path.absolute() / values["source"])
        return ReportInfo(**values)

    def _ids_by_text(self, hashes: Sequence[str]) -> dict[str, str]:
        ids: dict[str, str] = {}
        for part in _parts(hashes):
            marks = ",".join("?" * len(part))
            query = f"SELECT chunk_id, text_hash FROM chunks WHERE text_hash IN ({marks})"
            ids |= dict(self._rows(query, *part))
        return ids

    def _read_record(self, report_id: str) -> _Record:
        info = self.info(report_id)
        text = str(self._rows("SELECT text FROM reports WHERE report_id = ?", report_id)[0][0])
        paragraphs = tuple(
            Paragraph(number, start, end, text[start:end], tuple(json.loads(section)), part, bool(is_heading))
            for number, start, end, section, part, is_heading in self._rows(
                'SELECT number, start, "end", section, part, is_heading FROM paragraphs'
                " WHERE report_id = ? ORDER BY number",
                report_id,
            )
        )
        chunks = tuple(
            Chunk(chunk_id, report_id, paragraph, start, end, text[start:end], prefix)
            for chunk_id, paragraph, start, end, prefix in self._rows(
                'SELECT chunk_id, paragraph, start, "end", prefix FROM chunks'
                " WHERE report_id = ? ORDER BY seq",
                report_id,
            )
        )
        report = Report(
            report_id, info.place, info.year, info.title, text, paragraphs, info.source, info.sha256,
            info.doc_kind, info.given_on, info.speaker,
        )  # fmt: skip
        return _Record(
            report, chunks, self._read_figures(report_id), {chunk.chunk_id: chunk for chunk in chunks}
        )

    def _read_figures(self, report_id: str) -> tuple[Figure, ...]:
        rows = self._facts("figures", FIGURE_FIELDS, report_id)
        return tuple(Figure(**values | {"value": Decimal(values["value"])}) for values in rows)

    def _read_commitments(self, report_id: str) -> tuple[Commitment, ...]:
        rows = self._facts("commitments", COMMITMENT_FIELDS, report_id)
        bare = [Commitment(**row | {"names": tuple(json.loads(row["names"])), "figures": ()}) for row in rows]
        return tuple(with_figures(bare, self.figures(report_id)))

    def _facts(self, table: str, columns: Sequence[str], report_id: str) -> list[dict[str, Any]]:
        quoted = ", ".join(f'"{name}"' for name in columns)
        query = f"SELECT {quoted} FROM {table} WHERE report_id = ? ORDER BY seq"
        return [dict(zip(columns, row, strict=True)) for row in self._rows(query, report_id)]

    def _read_vectors(self, report_id: str) -> np.ndarray:
        """float32, shape (chunks of the report, dim), rows in chunk order."""
        stored = self.stored_vectors(report_id)
        try:
            rows = [stored[chunk.chunk_id] for chunk in self.report_chunks(report_id)]
        except KeyError as exc:
            raise damaged(self.folder / "chroma", f"缺少 {exc.args[0]} 的向量") from exc
        return np.array(rows, dtype=np.float32).reshape(len(rows), self.fingerprint.dim)

    def _stored_vectors(self, **which: Any) -> dict[str, np.ndarray]:
        if which.get("ids") == []:
            return {}
        with self._lock:
            found = self._chroma()[1].get(include=["embeddings"], **which)
        return dict(zip(found["ids"], np.asarray(found["embeddings"], dtype=np.float32), strict=True))


def _blobs(opened: sqlite3.Connection, hashes: Sequence[str]) -> list[tuple[str, bytes]]:
    query = f"SELECT text_hash, data FROM tokens WHERE text_hash IN ({','.join('?' * len(hashes))})"
    return opened.execute(query, hashes).fetchall()


def _parts(hashes: Sequence[str]) -> Iterator[Sequence[str]]:
    """As many as a query may have values."""
    for i in range(0, len(hashes), 500):
        yield hashes[i : i + 500]


class LiveIndex:
    """The newest generation of an index, for programs that run on: a new one is picked up by itself."""

    def __init__(self, path: Path, *, encoder_fingerprint: str | None) -> None:
        self._path = path
        self._encoder_fingerprint = encoder_fingerprint
        self._lock = threading.Lock()
        self._stamp = self._stat()
        self._index = Index.open(path, encoder_fingerprint=encoder_fingerprint)

    def current(self) -> Index:
        """The newest index; one ``stat`` when nothing changed. Take it once per question and keep to it.

        A newer generation that cannot be used (another encoder) is logged, and the old one stays.
        """
        with self._lock:
            stamp = self._stat()
            if stamp != self._stamp:
                self._stamp = stamp
                try:
                    self._index = Index.open(self._path, encoder_fingerprint=self._encoder_fingerprint)
                    logger.info("index generation %s", self._index.generation)
                except StoreError as exc:
                    logger.error("keeping generation %s: %s", self._index.generation, exc)
            return self._index

    def _stat(self) -> tuple[int, int] | None:
        try:
            found = (self._path / CURRENT).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino
