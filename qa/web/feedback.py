"""Readers' opinions on answers, kept in one local SQLite file. One row an answer: saying it twice changes nothing."""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from qa.errors import StoreError
from qa.web.sessions import Exchange

log = logging.getLogger(__name__)

Vote = Literal["up", "down", "none"]
MAX_COMMENT_CHARS = 1_000
BUSY_S = 5.0

_SCHEMA = """CREATE TABLE IF NOT EXISTS feedback (
  answer_key TEXT PRIMARY KEY, vote TEXT NOT NULL, comment TEXT NOT NULL, question TEXT NOT NULL,
  answer TEXT NOT NULL, changed_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')))"""
_SAVE = """INSERT INTO feedback (answer_key, vote, comment, question, answer) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (answer_key) DO UPDATE SET vote = excluded.vote, comment = excluded.comment,
  changed_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
  WHERE vote <> excluded.vote OR comment <> excluded.comment"""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a reader thinks of an answer; ``vote`` "none" takes an earlier one back."""

    vote: Vote
    comment: str = ""


class Feedback:
    """The file of opinions; made at the first one. Safe to use from several threads and processes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()

    def save(self, exchange: Exchange, opinion: Opinion) -> None:
        """Keep an opinion with its question and answer. Raises: StoreError if the file cannot be written."""
        told = json.dumps(exchange.answer.to_dict(), ensure_ascii=False) if exchange.answer else ""
        comment = opinion.comment.strip()[:MAX_COMMENT_CHARS]
        with self._lock, self._open() as db:
            if opinion.vote == "none":
                db.execute("DELETE FROM feedback WHERE answer_key = ?", (exchange.key,))
            else:
                db.execute(_SAVE, (exchange.key, opinion.vote, comment, exchange.question, told))

    def of(self, key: str) -> Opinion:
        """The opinion on an answer; that of vote "none" if there is none, or the file cannot be read."""
        if not self._path.exists():
            return Opinion("none")
        try:
            with self._lock, self._open() as db:
                found = db.execute(
                    "SELECT vote, comment FROM feedback WHERE answer_key = ?", (key,)
                ).fetchone()
        except StoreError as exc:
            log.warning("%s", exc)
            return Opinion("none")
        return Opinion(found[0], found[1]) if found else Opinion("none")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=BUSY_S)) as db, db:
                db.execute(_SCHEMA)
                yield db
        except (OSError, sqlite3.Error) as exc:
            raise StoreError(f"意见不能写入 {self._path}（{exc}）：请检查 QA_FEEDBACK 和文件权限") from exc
