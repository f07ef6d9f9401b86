"""The bundled encoder's engine: a folder with tokenizer, ONNX graph and 4-bit weights, run by onnxruntime.

Needs neither torch nor sentence-transformers. Every text is run alone, so its vector does not depend on the
batch it came in (the graph quantises activations per text), nothing is spent on padding, and the texts of a
batch are spread over the threads. ``scripts/encoder_graph.py`` writes the graph and says why it is so.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
import safetensors.numpy
from numpy.typing import NDArray
from tokenizers import Tokenizer


class OnnxRunner:
    """Owns the tokenizer and the onnxruntime session. Safe to use from several threads."""

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        """``threads`` texts are run at once, 0 means one a core. Raises: the libraries' own errors."""
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        matrices = expand_weights(folder / "weights.safetensors")
        values = [onnxruntime.OrtValue.ortvalue_from_numpy(matrix) for matrix in matrices.values()]
        options.add_external_initializers(list(matrices), values)
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._threads = threads or os.cpu_count() or 1
        self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="encoder")

    def token_ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Ids of each text with its two special tokens; never cut."""
        return [encoding.ids for encoding in self.tokenizer.encode_batch(list(texts))]

    def hidden_states(self, ids: Sequence[Sequence[int]]) -> list[NDArray[np.float32]]:
        """Last hidden states of each text, float32, shape (its number of tokens, dimension)."""
        if len(ids) < 2 or self._threads == 1:
            return [self._run(one) for one in ids]
        return list(self._pool.map(self._run, ids))

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit mean of the hidden states: what Pooling and Normalize give. At least one text."""
        means = np.stack([states.mean(axis=0) for states in self.hidden_states(self.token_ids(texts))])
        return np.asarray(means / np.linalg.norm(means, axis=1, keepdims=True), dtype=np.float32)

    def _run(self, ids: Sequence[int]) -> NDArray[np.float32]:
        states = self._session.run(None, {"input_ids": np.array([ids], dtype=np.int64)})[0]
        return np.asarray(states[0], dtype=np.float32)


def expand_weights(path: Path) -> dict[str, NDArray[np.int8]]:
    """The integer matrices of the graph, int8, (inputs, outputs), by the names of their constants.

    A weight is a 4-bit integer times the float16 scale of its block of 32. Here it becomes, after the factor
    of its input channel, an integer of at most 63 times the scale of its output channel.
    """
    stored = safetensors.numpy.load_file(path)
    matrices = {}
    for name in sorted(key.removesuffix(".weights") for key in stored if key.endswith(".weights")):
        packed, scales = stored[name + ".weights"], stored[name + ".scales"].astype(np.float32)
        halves = np.stack([packed & 15, packed >> 4], axis=-1).astype(np.int8)
        weights = (((halves ^ 8) - 8).reshape(*scales.shape, -1) * scales[:, :, None]).reshape(
            len(packed), -1
        )
        quotient = weights * stored[name + ".multiply"] / stored[name + ".column"][:, None]
        matrices[name + ".int8"] = np.ascontiguousarray(np.rint(quotient).astype(np.int8).T)
    return matrices
