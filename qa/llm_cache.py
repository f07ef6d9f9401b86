"""Texts of a language model kept by the content of the request, so that a repeated evaluation costs nothing."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from qa.errors import ConfigError

_TABLE = """CREATE TABLE IF NOT EXISTS texts (
    key TEXT PRIMARY KEY, text TEXT NOT NULL, prompt_tokens INTEGER NOT NULL, completion_tokens INTEGER NOT NULL)"""

Message = tuple[str, str]
"""(role, content); role is system, user or assistant."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A text as the model gave it, and the tokens that it cost then."""

    text: str
    prompt_tokens: int
    completion_tokens: int


class TextCache:
    """A SQLite file. Every use opens its own connection, so any thread or process may share the file."""

    def __init__(self, path: Path) -> None:
        """Raises: ConfigError if the file cannot be made or read."""
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with self._open() as db:
                db.execute(_TABLE)
        except (OSError, sqlite3.Error) as exc:
            raise ConfigError(f"QA_LLM_CACHE 不能用作缓存文件：{path}（{exc}），请换一个路径") from exc

    def get(self, key: str) -> Kept | None:
        """The text kept for a request, None if there is none. Raises: sqlite3.Error."""
        with self._open() as db:
            row = db.execute(
                "SELECT text, prompt_tokens, completion_tokens FROM texts WHERE key = ?", (key,)
            ).fetchone()
        return Kept(*row) if row else None

    def put(self, key: str, kept: Kept) -> None:
        """Keep the text of a request, in place of an older one. Raises: sqlite3.Error."""
        with self._open() as db:
            db.execute(
                "INSERT OR REPLACE INTO texts VALUES (?, ?, ?, ?)",
                (key, kept.text, kept.prompt_tokens, kept.completion_tokens),
            )

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self._path, timeout=10)
        try:
            with db:
                yield db
        finally:
            db.close()


def key_of(model: str, max_tokens: int, messages: Sequence[Message]) -> str:
    """The content of a request as a hash: any other word of it is another key."""
    told = json.dumps([model, max_tokens, list(messages)], ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8")).hexdigest()
