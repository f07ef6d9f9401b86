"""How well passages answer a question in everyday words, token by token (late interaction: ColBERT, arXiv 2004.12832).

One vector of a whole text blurs what it says. Here every token of the question looks for the token of a passage that is
most like it, and the tokens that carry the question count more. The states of the bundled encoder are turned
for that by matrices that scripts/train_late_interaction.py has learned from 9,580 everyday questions to reports.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np
import safetensors
import safetensors.numpy
from numpy.typing import NDArray

from qa.config import BUNDLED_ENCODER
from qa.text import fold

HEAD_FILE = Path(__file__).parent / "models" / "late-interaction" / "head.safetensors"
KEPT_PASSAGES = 1000
"""Passages whose tokens are kept for the next question: about 30 KB each."""


class TokenEncoder(Protocol):
    """The part of qa.encode.Encoder that is used here."""

    name: str

    def query_states(self, text: str) -> NDArray[np.float32]: ...

    def chunk_states(self, texts: Sequence[str]) -> list[NDArray[np.float32]]: ...


class LateInteraction:
    """Owns the learned matrices and the tokens of passages seen lately. Safe to use from several threads."""

    def __init__(self, encoder: TokenEncoder, head: Mapping[str, NDArray[Any]]) -> None:
        """``head``: ``mean`` (width,), ``question`` and ``passage`` (dim, width), ``weight`` (width,), ``factors`` (2,)."""
        self._encoder = encoder
        self._head = {name: value.astype(np.float32) for name, value in head.items()}
        self._kept: OrderedDict[str, tuple[NDArray[np.float16], NDArray[np.float32]]] = OrderedDict()
        self._lock = Lock()

    @classmethod
    def of(cls, encoder: TokenEncoder) -> LateInteraction | None:
        """With what was learned for the bundled encoder; None for any other."""
        return (
            cls(encoder, safetensors.numpy.load_file(HEAD_FILE)) if encoder.name == BUNDLED_ENCODER else None
        )

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """How well each passage (its search text) answers a question, float32, shape (len(passages),); at least one.

        A score is the logarithm of an odds: of two passages of one report one that scores 2 more was the right one
        about seven times as often. Scores of different questions cannot be compared.
        """
        states = without_special(self._encoder.query_states(fold(question)))
        weights = np.exp(states @ self._head["weight"])
        tokens, pooled = self._turned(states, "question"), _unit(states.sum(axis=0))
        best, whole = self._head["factors"]
        scores = []
        for told, told_pooled in self._tokens(passages):
            similar = (tokens @ told.T.astype(np.float32)).max(axis=1)
            scores.append(best * (similar @ weights) / weights.sum() + whole * (pooled @ told_pooled))
        return np.array(scores, dtype=np.float32)

    def _tokens(self, passages: Sequence[str]) -> list[tuple[NDArray[np.float16], NDArray[np.float32]]]:
        """The turned tokens of each passage and its one vector."""
        with self._lock:
            found = {passage: self._kept[passage] for passage in passages if passage in self._kept}
        new = [passage for passage in dict.fromkeys(passages) if passage not in found]
        for passage, states in zip(new, map(without_special, self._encoder.chunk_states(new)), strict=True):
            found[passage] = (self._turned(states, "passage").astype(np.float16), _unit(states.sum(axis=0)))
        with self._lock:
            for passage, tokens in found.items():
                self._kept[passage] = tokens
                self._kept.move_to_end(passage)
            while len(self._kept) > KEPT_PASSAGES:
                self._kept.popitem(last=False)
        return [found[passage] for passage in passages]

    def _turned(self, states: NDArray[np.float32], side: str) -> NDArray[np.float32]:
        return _unit((states - self._head["mean"]) @ self._head[side].T)


def without_special(states: NDArray[np.float32]) -> NDArray[np.float32]:
    """The states of a text without those of the special tokens at its ends."""
    return states[1:-1]


def _unit(rows: NDArray[Any]) -> NDArray[np.float32]:
    return np.asarray(rows / np.linalg.norm(rows, axis=-1, keepdims=True), dtype=np.float32)
