"""The tokens of a passage, as the index keeps them for qa/late_interaction.py: computed once, when it is embedded."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import safetensors
import safetensors.numpy
from numpy.typing import NDArray

from qa.config import BUNDLED_ENCODER

HEAD_FILE = Path(__file__).parent / "models" / "late-interaction" / "head.safetensors"


@dataclass(frozen=True, slots=True)
class PassageTokens:
    """A passage made ready to be compared."""

    tokens: NDArray[np.int8]
    """(tokens, dim): of each token the direction; its greatest component is 127 or -127."""
    whole: NDArray[np.float16]
    """The direction of all its states together, (width,)."""
    sentences: NDArray[np.int32]
    """The first token of each sentence."""
    spans: NDArray[np.int32]
    """Where each sentence begins and ends in the text, (sentences, 2)."""

    @classmethod
    def of(
        cls,
        tokens: NDArray[np.float32],
        whole: NDArray[np.float32],
        sentences: NDArray[np.int64],
        spans: Sequence[tuple[int, int]],
    ) -> PassageTokens:
        """From directions in float32."""
        scaled = np.rint(tokens * (127 / np.abs(tokens).max(axis=1, keepdims=True)))
        where = np.array(spans, dtype=np.int32)
        return cls(scaled.astype(np.int8), whole.astype(np.float16), sentences.astype(np.int32), where)

    @classmethod
    def unpacked(cls, data: bytes) -> PassageTokens:
        """What ``packed`` made. Raises: ValueError or TypeError for anything else."""
        try:
            return cls(**safetensors.numpy.load(data))
        except safetensors.SafetensorError as exc:
            raise ValueError(str(exc)) from exc

    def packed(self) -> bytes:
        """As bytes, about 100 for each token."""
        names = ("tokens", "whole", "sentences", "spans")
        # Contiguous: safetensors writes an array as it lies in memory.
        return bytes(safetensors.numpy.save({n: np.ascontiguousarray(getattr(self, n)) for n in names}))

    def directions(self) -> NDArray[np.float32]:
        """The tokens with unit length, float32, (tokens, dim)."""
        rows = self.tokens.astype(np.float32)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


@cache
def tokens_version(encoder_name: str) -> str:
    """Names the learned matrices that tokens are turned with; "" for an encoder that nothing was learned for."""
    if encoder_name != BUNDLED_ENCODER:
        return ""
    return hashlib.sha256(HEAD_FILE.read_bytes()).hexdigest()[:16]
