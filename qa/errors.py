"""The errors that a caller may want to catch.

QAError
├── ConfigError            a setting is missing, malformed or out of its bounds
├── QuestionError          an empty or over-long question, a malformed history
├── SourceError            a file that cannot be ingested (path, reason)
├── StoreError             the index on disk
│   ├── IndexMissingError    there is none
│   ├── IndexMismatchError   it was built by another encoder, chunker or schema
│   └── IndexLockedError     another process is writing it
├── ModelError             the encoder cannot be loaded or was given too long a text
├── GenerationError        a language model did not answer usably
└── EvalDataError          an evaluation file is malformed (file, line)

A message says what was expected, what was found and what to do; it is one line.
"""

from __future__ import annotations


class QAError(Exception):
    """Base of all errors raised on purpose by this package."""


class ConfigError(QAError):
    """A setting is missing, malformed or out of its bounds."""


class QuestionError(QAError):
    """The question is empty or too long, or the history malformed."""


class SourceError(QAError):
    """A file cannot be ingested."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}：{reason}")
        self.path = path
        self.reason = reason


class StoreError(QAError):
    """The index on disk cannot be used."""


class IndexMissingError(StoreError):
    """There is no index at the given place."""


class IndexMismatchError(StoreError):
    """The index was built by another encoder, chunker or schema."""


class IndexLockedError(StoreError):
    """Another process is writing the index."""


class ModelError(QAError):
    """The encoder cannot be loaded, or a text exceeds its limit."""


class GenerationError(QAError):
    """A language model did not answer usably. ``kind`` says how, see ``qa.model.REASONS``."""

    def __init__(self, message: str, *, kind: str = "garbled", wait_s: float = 0.0) -> None:
        super().__init__(message)
        self.kind = kind
        self.wait_s = wait_s


class EvalDataError(QAError):
    """An evaluation file is malformed."""
