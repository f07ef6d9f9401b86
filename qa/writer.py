"""Writing the index: one writer at a time, a new generation beside the old one, one atomic switch.

A generation starts as a copy of the one before it (immutable, so a plain copy is consistent), or empty.
Readers see nothing until ``publish``; a writer that dies before leaves the old generation current.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path

import numpy as np

from qa.errors import IndexLockedError, StoreError
from qa.index_generation import (
    COMMITMENT_FIELDS,
    CURRENT,
    DDL,
    FIGURE_FIELDS,
    TOKENS,
    TOKENS_DDL,
    Fingerprint,
    chroma_collection,
    text_hash,
)
from qa.keyword import KeywordIndex
from qa.passage_tokens import PassageTokens
from qa.store import Index
from qa.types import Chunk, Commitment, Figure, Report

logger = logging.getLogger(__name__)

_UPSERT_ROWS = 2_000
_TABLES = ("reports", "paragraphs", "chunks", "figures", "commitments")


@contextmanager
def write_lock(path: Path) -> Iterator[None]:
    """Hold the writer's lock of the index folder ``path``, which is made if needed; sweep leavings.

    The system frees the lock when its holder dies. Raises: IndexLockedError at once if it is held;
    StoreError if the folder cannot be written.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(path / ".lock")
    try:
        path.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout as exc:
        raise IndexLockedError(f"另一个进程正在写索引 {path}：请等它结束后再运行") from exc
    except OSError as exc:
        raise StoreError(f"索引文件夹 {path} 无法写入（{exc.strerror}）：请检查路径和权限") from exc
    try:
        sweep(path)
        yield
    finally:
        lock.release()


def sweep(path: Path) -> None:
    """Remove all generations but the current and the one before it, which readers may still use."""
    current, previous = _read_current(path)
    if current is None and (path / CURRENT).exists():
        return  # unreadable current.json: nothing is certain, so nothing is destroyed
    for folder in path.glob("gen-*"):
        if folder.name not in (current, previous):
            logger.info("removing %s", folder)
            shutil.rmtree(folder, ignore_errors=True)
    for leaving in path.glob(f"{CURRENT}.*"):
        leaving.unlink(missing_ok=True)


class GenerationWriter:
    """A generation under construction; use within ``write_lock`` and end with ``publish`` or ``discard``."""

    def __init__(self, path: Path, *, base: Index | None = None) -> None:
        """Start from a copy of ``base``, or empty. ``base`` must have the same encoder and schema."""
        number = 1 + max((int(p.name.split("-")[1]) for p in path.glob("gen-[0-9]*-*")), default=0)
        self.name = f"gen-{number:06d}-{secrets.token_hex(3)}"
        self.folder = path / self.name
        self._path = path
        try:
            self._begin(base)
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def _begin(self, base: Index | None) -> None:
        if base is None:
            self.folder.mkdir()
        else:
            shutil.copytree(base.folder, self.folder, ignore=shutil.ignore_patterns("keyword"))
        self._db = sqlite3.connect(self.folder / "reports.sqlite")
        if base is None:
            self._db.executescript(DDL)
        self._tokens = sqlite3.connect(self.folder / TOKENS)
        self._tokens.execute(TOKENS_DDL)
        self._client, self._collection = chroma_collection(self.folder / "chroma", create=True)

    def remove(self, report_id: str) -> None:
        """Take a report out; nothing happens if it is not in."""
        self._drop_vectors(set(self._stored(report_id)))
        self._forget(report_id)

    def put(
        self,
        report: Report,
        *,
        chunks: Sequence[Chunk],
        figures: Sequence[Figure],
        commitments: Sequence[Commitment],
        vectors: Mapping[str, np.ndarray],
        tokens: Mapping[str, PassageTokens],
    ) -> None:
        """Add a report or replace it whole.

        ``vectors`` maps ``text_hash`` of every chunk to a unit vector, float32, shape (dim,), ``tokens`` to its tokens,
        if the encoder has them. A vector that already stands under its chunk id for the same text is left alone.
        """
        hashes = {chunk.chunk_id: text_hash(chunk.search_text) for chunk in chunks}
        stored = self._stored(report.report_id)
        changed = [chunk for chunk in chunks if stored.get(chunk.chunk_id) != hashes[chunk.chunk_id]]
        self._drop_vectors(set(stored) - set(hashes))
        for i in range(0, len(changed), _UPSERT_ROWS):
            part = changed[i : i + _UPSERT_ROWS]
            self._collection.upsert(
                ids=[chunk.chunk_id for chunk in part],
                embeddings=np.stack([vectors[hashes[chunk.chunk_id]] for chunk in part]),
                # Nothing that may change while id and text stay: such a chunk is not written again.
                metadatas=[{"report_id": chunk.report_id, "paragraph": chunk.paragraph} for chunk in part],
            )
        self._forget(report.report_id)
        self._put_text(report, chunks=len(chunks), figures=len(figures), commitments=len(commitments))
        self._put_chunks(chunks, hashes)
        self._put_facts(figures, commitments)
        self._tokens.executemany(
            "INSERT OR REPLACE INTO tokens VALUES (?,?)",
            [(name, own.packed()) for name, own in tokens.items()],
        )

    def set_source(self, report_id: str, *, source: str, sha256: str) -> None:
        """Note that the report's file has moved, its content being the same."""
        self._db.execute(
            "UPDATE reports SET source = ?, sha256 = ? WHERE report_id = ?",
            (self._relative(source), sha256, report_id),
        )

    def publish(self, fingerprint: Fingerprint) -> str:
        """Finish the keyword index, force all to disk and make this generation current; its name."""
        self._db.commit()
        self._drop_unused_tokens()
        rows = self._db.execute(
            'SELECT c.chunk_id, c.prefix, substr(r.text, c.start + 1, c."end" - c.start)'
            " FROM reports r JOIN chunks c ON c.report_id = r.report_id"
            " ORDER BY r.year, r.place, r.report_id, c.seq"
        ).fetchall()
        texts = [f"{prefix}\n{text}" if prefix else text for _, prefix, text in rows]
        KeywordIndex.build([row[0] for row in rows], texts).save(self.folder / "keyword")
        (self.folder / "fingerprint.json").write_text(
            json.dumps(asdict(fingerprint), ensure_ascii=False, indent=1), "utf-8"
        )
        self._close()
        _sync_tree(self.folder)
        previous, _ = _read_current(self._path)
        _replace_current(self._path, {"generation": self.name, "previous": previous})
        sweep(self._path)
        return self.name

    def discard(self) -> None:
        """Remove what was written so far."""
        self._close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _drop_unused_tokens(self) -> None:
        """Those of texts that no chunk has any more."""
        used = {name for (name,) in self._db.execute("SELECT text_hash FROM chunks")}
        stored = {name for (name,) in self._tokens.execute("SELECT text_hash FROM tokens")}
        self._tokens.executemany(
            "DELETE FROM tokens WHERE text_hash = ?", [(name,) for name in stored - used]
        )
        self._tokens.commit()

    def _close(self) -> None:
        self._db.close()
        self._tokens.close()
        self._client.close()

    def _stored(self, report_id: str) -> dict[str, str]:
        query = "SELECT chunk_id, text_hash FROM chunks WHERE report_id = ?"
        return dict(self._db.execute(query, (report_id,)).fetchall())

    def _drop_vectors(self, chunk_ids: set[str]) -> None:
        ids = sorted(chunk_ids)
        for i in range(0, len(ids), _UPSERT_ROWS):
            self._collection.delete(ids=ids[i : i + _UPSERT_ROWS])

    def _forget(self, report_id: str) -> None:
        for table in _TABLES:
            self._db.execute(f"DELETE FROM {table} WHERE report_id = ?", (report_id,))

    def _put_text(self, report: Report, *, chunks: int, figures: int, commitments: int) -> None:
        """The report, its text and paragraphs."""
        self._db.execute(
            f"INSERT INTO reports VALUES ({','.join('?' * 15)})",
            (
                report.report_id, report.place, report.year, report.title, report.doc_kind, report.given_on,
                report.speaker, self._relative(report.source), report.sha256, len(report.paragraphs),
                chunks, len(report.text), figures, commitments, report.text,
            ),
        )  # fmt: skip
        self._db.executemany(
            "INSERT INTO paragraphs VALUES (?,?,?,?,?,?,?)",
            [
                (report.report_id, p.number, p.start, p.end, _json(p.section), p.part, p.is_heading)
                for p in report.paragraphs
            ],
        )

    def _put_chunks(self, chunks: Sequence[Chunk], hashes: Mapping[str, str]) -> None:
        self._db.executemany(
            "INSERT INTO chunks VALUES (?,?,?,?,?,?,?,?)",
            [
                (c.report_id, seq, c.chunk_id, c.paragraph, c.start, c.end, c.prefix, hashes[c.chunk_id])
                for seq, c in enumerate(chunks)
            ],
        )

    def _put_facts(self, figures: Sequence[Figure], commitments: Sequence[Commitment]) -> None:
        """Figures, their values as text; commitments, their names as JSON and without their figures."""
        self._db.executemany(
            f"INSERT INTO figures VALUES (?{',?' * len(FIGURE_FIELDS)})",
            [(seq, *_row(f, FIGURE_FIELDS)) for seq, f in enumerate(figures)],
        )
        self._db.executemany(
            f"INSERT INTO commitments VALUES (?{',?' * len(COMMITMENT_FIELDS)})",
            [(seq, *_row(c, COMMITMENT_FIELDS)) for seq, c in enumerate(commitments)],
        )

    def _relative(self, source: str) -> str:
        return os.path.relpath(Path(source).absolute(), self._path.absolute())


def _json(names: Sequence[str]) -> str:
    return json.dumps(names, ensure_ascii=False)


def _row(fact: Figure | Commitment, columns: Sequence[str]) -> Iterator[str | int | None]:
    """A value for each column: decimals as text, so that they stay exact; tuples as JSON."""
    for column in columns:
        value = getattr(fact, column)
        if isinstance(value, Decimal):
            yield str(value)
        else:
            yield _json(value) if isinstance(value, tuple) else value


def _read_current(path: Path) -> tuple[str | None, str | None]:
    try:
        values = json.loads((path / CURRENT).read_text("utf-8"))
        return values["generation"], values.get("previous")
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None, None


def _replace_current(path: Path, values: Mapping[str, str | None]) -> None:
    new = path / f"{CURRENT}.new"
    with new.open("w", encoding="utf-8") as file:
        json.dump(values, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, path / CURRENT)
    _sync_folder(path)


def _sync_tree(folder: Path) -> None:
    for base, _, files in os.walk(folder):
        for name in files:
            with (Path(base) / name).open("rb+") as file:
                os.fsync(file.fileno())
        _sync_folder(Path(base))


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":  # Windows has no handle of a folder to sync
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
