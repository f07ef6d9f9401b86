"""Stand-ins that can be computed by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from qa.ingest import EncoderSource

ALPHABET = "电路桥水学医粮税"


class FakeEncoder:
    """A text's vector counts the characters of ``ALPHABET``; the ninth axis is 1 if it has none of them.

    "路路桥" is (0, 2, 1, 0, 0, 0, 0, 0, 0) / √5. ``chunk_texts`` and ``query_texts`` keep what was encoded.
    """

    def __init__(self, name: str = "fake") -> None:
        self.name = name
        self.dim = len(ALPHABET) + 1
        self.max_tokens = 512
        self.fingerprint = f"{name}:9"
        self.chunk_texts: list[str] = []
        self.query_texts: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        self.query_texts += texts
        return self._encode(texts)

    def encode_chunks(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> np.ndarray:
        self.chunk_texts += texts
        if progress is not None:
            progress(len(texts))
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> np.ndarray:
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[:-1] = [text.count(char) for char in ALPHABET]
            row[-1] = not row.any()
            row /= np.linalg.norm(row)
        return rows


def encoder_source(encoder: FakeEncoder) -> EncoderSource:
    """``encoder`` as ingest takes it."""
    return EncoderSource(encoder.name, encoder.fingerprint, lambda: encoder)


def write_report(path: Path, *paragraphs: str) -> Path:
    """A text file that loads as a report: title, opening, one heading, the paragraphs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ["政府工作报告", "各位代表：", "一、过去一年工作回顾", *paragraphs]
    path.write_text("\n\n".join(lines) + "\n", "utf-8")
    return path
