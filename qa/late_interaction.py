"""How well passages answer a question in everyday words, token by token (late interaction: ColBERT, arXiv 2004.12832).

One vector of a whole text blurs what it says. Here every token of the question looks for the token of a passage that is
most like it, and the tokens that carry the question count more. The states of the bundled encoder are turned
for that by matrices that scripts/train_late_interaction.py has learned from 9,580 everyday questions to reports.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np
import safetensors
import safetensors.numpy
from numpy.typing import NDArray

from qa.config import BUNDLED_ENCODER
from qa.encode import TextTokens
from qa.text import fold

HEAD_FILE = Path(__file__).parent / "models" / "late-interaction" / "head.safetensors"
KEPT_PASSAGES = 1000
"""Passages whose tokens are kept for the next question: about 50 KB each."""
NEARLY = 0.06
"""How much less like a question a sentence may be than the best of its passage, to be told with it."""
_SENTENCE_END = re.compile(r"[；。！？\n]|[;!?](?!\d)")


class TokenEncoder(Protocol):
    """The part of qa.encode.Encoder that is used here."""

    name: str

    def query_tokens(self, text: str) -> TextTokens: ...

    def chunk_tokens(self, texts: Sequence[str]) -> list[TextTokens]: ...


@dataclass(frozen=True, slots=True)
class _Question:
    """A question made ready to be compared."""

    tokens: NDArray[np.float32]
    """Turned and of unit length, (tokens, dim)."""
    share: NDArray[np.float32]
    """How much each token counts, (tokens,), together 1."""
    whole: NDArray[np.float32]
    """The direction of all its states together, (width,)."""


@dataclass(frozen=True, slots=True)
class _Passage:
    """A passage made ready to be compared; ``tokens`` and ``whole`` as of a question."""

    tokens: NDArray[np.float32]
    whole: NDArray[np.float32]
    sentences: NDArray[np.int64]
    """The first token of each sentence."""
    spans: Sequence[tuple[int, int]]
    """Where each sentence stands in the text."""


class LateInteraction:
    """Owns the learned matrices and the tokens of passages seen lately. Safe to use from several threads."""

    def __init__(self, encoder: TokenEncoder, head: Mapping[str, NDArray[Any]]) -> None:
        """``head``: ``mean`` (width,), ``question`` and ``passage`` (dim, width), ``weight`` (width,), ``factors`` (2,)."""
        self._encoder = encoder
        self._head = {name: value.astype(np.float32) for name, value in head.items()}
        self._kept: OrderedDict[str, _Passage] = OrderedDict()
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
        asked = self._asked(question)
        return np.array([self._score(asked, one) for one in self._passages(passages)], dtype=np.float32)

    def sentences(self, question: str, passage: str) -> list[tuple[int, int]]:
        """Where those sentences of a passage (its search text) stand that answer as well as the best, or nearly, in order."""
        asked, (told,) = self._asked(question), self._passages([passage])
        similar = asked.tokens @ told.tokens.T
        found = asked.share @ np.maximum.reduceat(similar, told.sentences, axis=1)
        return [told.spans[int(n)] for n in np.flatnonzero(found >= found.max() - NEARLY)]

    def _score(self, asked: _Question, told: _Passage) -> float:
        best, whole = self._head["factors"]
        similar = (asked.tokens @ told.tokens.T).max(axis=1)
        return float(best * (asked.share @ similar) + whole * (asked.whole @ told.whole))

    def _asked(self, question: str) -> _Question:
        states = self._encoder.query_tokens(fold(question)).states
        weights = np.exp(states @ self._head["weight"])
        return _Question(self._turned(states, "question"), weights / weights.sum(), _unit(states.sum(axis=0)))

    def _passages(self, texts: Sequence[str]) -> list[_Passage]:
        with self._lock:
            found = {text: self._kept[text] for text in texts if text in self._kept}
        new = [text for text in dict.fromkeys(texts) if text not in found]
        for text, (states, ends) in zip(new, self._encoder.chunk_tokens(new), strict=True):
            tokens = self._turned(states, "passage")
            found[text] = _Passage(tokens, _unit(states.sum(axis=0)), *sentences_of(text, ends))
        with self._lock:
            for text, passage in found.items():
                self._kept[text] = passage
                self._kept.move_to_end(text)
            while len(self._kept) > KEPT_PASSAGES:
                self._kept.popitem(last=False)
        return [found[text] for text in texts]

    def _turned(self, states: NDArray[np.float32], side: str) -> NDArray[np.float32]:
        return _unit((states - self._head["mean"]) @ self._head[side].T)


def sentences_of(text: str, ends: NDArray[np.int64]) -> tuple[NDArray[np.int64], list[tuple[int, int]]]:
    """The first token of each sentence of a text, and where the sentence stands. ``ends``: where its tokens end.

    What no token ends in is no sentence.
    """
    stops = [found.end() for found in _SENTENCE_END.finditer(text)]
    stops += [len(text)] if not stops or stops[-1] < len(text) else []
    told, first = np.unique(np.searchsorted(stops, ends), return_index=True)
    spans = list(zip([0, *stops], stops, strict=False))
    return first, [spans[n] for n in told]


def _unit(rows: NDArray[Any]) -> NDArray[np.float32]:
    return np.asarray(rows / np.linalg.norm(rows, axis=-1, keepdims=True), dtype=np.float32)
