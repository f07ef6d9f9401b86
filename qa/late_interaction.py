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
from threading import Lock
from typing import Any, Protocol

import numpy as np
import safetensors
import safetensors.numpy
from numpy.typing import NDArray

from qa.config import BUNDLED_ENCODER
from qa.encode import TextTokens
from qa.index_generation import text_hash
from qa.passage_tokens import HEAD_FILE, PassageTokens
from qa.text import fold

KEPT_PASSAGES = 1000
"""Passages whose tokens are kept in memory for the next question: about 12 KB each."""
NEARLY = 0.06
"""How much less like a question a sentence may be than the best of its passage, to be told with it."""
_SENTENCE_END = re.compile(r"[；。！？\n]|[;!?](?!\d)")


class TokenEncoder(Protocol):
    """The part of qa.encode.Encoder that is used here."""

    name: str

    def query_tokens(self, text: str) -> TextTokens: ...

    def chunk_tokens(self, texts: Sequence[str]) -> list[TextTokens]: ...


class TokenStore(Protocol):
    """The part of qa.store.Index that is used here."""

    def passage_tokens(self, hashes: Sequence[str]) -> dict[str, PassageTokens]: ...


@dataclass(frozen=True, slots=True)
class _Question:
    """A question made ready to be compared."""

    tokens: NDArray[np.float32]
    """Turned and of unit length, (tokens, dim)."""
    share: NDArray[np.float32]
    """How much each token counts, (tokens,), together 1."""
    whole: NDArray[np.float32]
    """The direction of all its states together, (width,)."""


class Head:
    """What is learned for an encoder."""

    def __init__(self, learned: Mapping[str, NDArray[Any]]) -> None:
        """``mean`` (width,), ``question`` and ``passage`` (dim, width), ``weight`` (width,), ``factors`` (2,)."""
        own = {name: value.astype(np.float32) for name, value in learned.items()}
        self.mean, self.weight, self.factors = own["mean"], own["weight"], own["factors"]
        self._question, self._passage = own["question"], own["passage"]

    @classmethod
    def bundled(cls) -> Head:
        """That of the bundled encoder."""
        return cls(safetensors.numpy.load_file(HEAD_FILE))

    def of_question(self, tokens: TextTokens) -> _Question:
        """A question made ready to be compared."""
        weights = np.exp(tokens.states @ self.weight)
        share = weights / weights.sum()
        return _Question(self._turned(tokens, self._question), share, _unit(tokens.states.sum(axis=0)))

    def of_passage(self, text: str, tokens: TextTokens) -> PassageTokens:
        """The tokens of a passage as they are compared and kept."""
        turned = self._turned(tokens, self._passage)
        return PassageTokens.of(turned, _unit(tokens.states.sum(axis=0)), *sentences_of(text, tokens.ends))

    def _turned(self, tokens: TextTokens, side: NDArray[np.float32]) -> NDArray[np.float32]:
        return _unit((tokens.states - self.mean) @ side.T)


class LateInteraction:
    """Owns the tokens of passages seen lately. Safe to use from several threads."""

    def __init__(self, encoder: TokenEncoder, head: Head) -> None:
        self._encoder = encoder
        self._head = head
        self._kept: OrderedDict[str, PassageTokens] = OrderedDict()
        self._lock = Lock()

    @classmethod
    def of(cls, encoder: TokenEncoder) -> LateInteraction | None:
        """With what was learned for the bundled encoder; None for any other."""
        return cls(encoder, Head.bundled()) if encoder.name == BUNDLED_ENCODER else None

    def scores(
        self, question: str, passages: Sequence[str], store: TokenStore | None = None
    ) -> NDArray[np.float32]:
        """How well each passage (its search text) answers a question, float32, shape (len(passages),); at least one.

        A score is the logarithm of an odds: of two passages of one report one that scores 2 more was the right one
        about seven times as often. Scores of different questions cannot be compared. Passages that ``store`` has no
        tokens of are encoded.
        """
        asked = self._asked(question)
        return np.array([self._score(asked, one) for one in self._passages(passages, store)], np.float32)

    def sentences(self, question: str, passage: str) -> list[tuple[int, int]]:
        """Where those sentences of a passage (its search text) stand that answer as well as the best, or nearly, in order."""
        asked, (told,) = self._asked(question), self._passages([passage], None)
        similar = asked.tokens @ told.directions().T
        found = asked.share @ np.maximum.reduceat(similar, told.sentences, axis=1)
        near = told.spans[found >= found.max() - NEARLY]
        return [(int(start), int(end)) for start, end in near]

    def _score(self, asked: _Question, told: PassageTokens) -> float:
        best, whole = self._head.factors
        similar = (asked.tokens @ told.directions().T).max(axis=1)
        return float(best * (asked.share @ similar) + whole * (asked.whole @ told.whole.astype(np.float32)))

    def _asked(self, question: str) -> _Question:
        return self._head.of_question(self._encoder.query_tokens(fold(question)))

    def _passages(self, texts: Sequence[str], store: TokenStore | None) -> list[PassageTokens]:
        with self._lock:
            found = {text: self._kept[text] for text in texts if text in self._kept}
        new = {text: text_hash(text) for text in texts if text not in found}
        stored = store.passage_tokens(list(new.values())) if store and new else {}
        found |= {text: stored[name] for text, name in new.items() if name in stored}
        unknown = [text for text in new if text not in found]
        for text, tokens in zip(unknown, self._encoder.chunk_tokens(unknown), strict=True):
            found[text] = self._head.of_passage(text, tokens)
        with self._lock:
            for text, passage in found.items():
                self._kept[text] = passage
                self._kept.move_to_end(text)
            while len(self._kept) > KEPT_PASSAGES:
                self._kept.popitem(last=False)
        return [found[text] for text in texts]


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
