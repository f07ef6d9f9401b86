"""Texts to unit vectors, with sentence-transformers. The only module that imports it.

Importing this module loads no model and no torch; ``load_encoder`` does. The default model is in the package
(``bundled``); any other sentence-transformers model is named by ``QA_ENCODER``.

Prefixes: a model's own ``query`` and ``document`` / ``passage`` / ``corpus`` prompts if it has any; else, if
"e5" is a word of its name (and "instruct" is not), ``query: `` and ``passage: ``; else none.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from qa.config import BUNDLED_ENCODER
from qa.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from qa.onnx_runner import OnnxRunner

logger = logging.getLogger(__name__)

BUNDLED_FOLDER = Path(__file__).parent / "models" / "multilingual-e5-small"
BUNDLED_DIM = 384
BATCH_TEXTS = 32
UNLIMITED_TOKENS = 2**31 - 1
E5_PREFIXES = ("query: ", "passage: ")
# Large weight files are told apart by their size and their first bytes: reading gigabytes would take seconds.
_SAMPLED_BYTES = 1_000_000

Vectors = NDArray[np.float32]


class TextTokens(NamedTuple):
    """The tokens of a text, those of its prefix among them, without the special ones at its ends."""

    states: Vectors
    """Last hidden states, float32, (tokens, width)."""
    ends: NDArray[np.int64]
    """Where each token ends in the text, (tokens,), rising; at most 0 for those of the prefix."""


class Engine(Protocol):
    """What turns prefixed texts into vectors."""

    def count_tokens(self, texts: Sequence[str], prefix: str) -> list[int]:
        """Tokens of each text with the prefix and the special tokens."""

    def vectors(self, texts: Sequence[str], prefix: str) -> Vectors:
        """Unit rows, float32, (len(texts), dim). At least one text."""

    def states(self, texts: Sequence[str], prefix: str) -> list[Vectors]:
        """Last hidden states of each text, float32, (its tokens, width), special tokens included."""

    def token_ends(self, texts: Sequence[str], prefix: str) -> list[list[int]]:
        """Where each token of a text with the prefix ends, special tokens included."""


@dataclass(frozen=True, slots=True)
class EncoderFacts:
    """What an encoder is. ``fingerprint`` changes whenever vectors of the same text could."""

    name: str
    dim: int
    max_tokens: int
    fingerprint: str
    query_prefix: str
    chunk_prefix: str


class Encoder(Embeddings):
    """Owns a loaded model. Two verbs, for a question and a chunk carry different prefixes.

    ``max_tokens`` counts the model's own tokens, prefix and special tokens included. LangChain's
    ``embed_query`` and ``embed_documents`` are the same two verbs with lists.
    """

    def __init__(self, engine: Engine, facts: EncoderFacts) -> None:
        self._engine = engine
        self.facts = facts
        self.name = facts.name
        self.dim = facts.dim
        self.max_tokens = facts.max_tokens
        self.fingerprint = facts.fingerprint

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Embed questions. Returns and raises: as ``encode_chunks``."""
        return self._encode(texts, self.facts.query_prefix, None)

    def encode_chunks(
        self,
        texts: Sequence[str],
        *,
        progress: Callable[[int], None] | None = None,
        keep: Callable[[int, TextTokens], None] | None = None,
    ) -> Vectors:
        """Embed chunk texts for indexing; ``progress`` gets the number of texts done since its last call.

        ``keep``, for the bundled encoder alone, gets the number of each text and its tokens, which its vector is the mean of.

        Returns: float32, shape (len(texts), dim), rows of unit length in the given order; (0, dim) if empty.
        Raises: ModelError if a text exceeds ``max_tokens``: it is never cut silently; nothing is embedded.
        """
        return self._encode(texts, self.facts.chunk_prefix, progress, keep)

    def query_tokens(self, text: str) -> TextTokens:
        """The tokens of a question. For texts that have been embedded before: whether they are too long is not asked again."""
        return _told(self._engine, [text], self.facts.query_prefix)[0][1]

    def chunk_tokens(self, texts: Sequence[str]) -> list[TextTokens]:
        """The tokens of each chunk text, as ``query_tokens``."""
        told = _told(self._engine, texts, self.facts.chunk_prefix) if texts else []
        return [tokens for _, tokens in told]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """``encode_chunks`` as lists, for LangChain."""
        return [[float(value) for value in row] for row in self.encode_chunks(texts)]

    def embed_query(self, text: str) -> list[float]:
        """``encode_queries`` of one text as a list, for LangChain."""
        return [float(value) for value in self.encode_queries([text])[0]]

    def _encode(
        self,
        texts: Sequence[str],
        prefix: str,
        progress: Callable[[int], None] | None,
        keep: Callable[[int, TextTokens], None] | None = None,
    ) -> Vectors:
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        # By length, so that a batch holds texts of about one length and little padding.
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]), reverse=True)
        batches = [order[at : at + BATCH_TEXTS] for at in range(0, len(order), BATCH_TEXTS)]
        for batch in batches:
            self._check([texts[index] for index in batch], prefix)
        for batch in batches:
            own = [texts[index] for index in batch]
            if keep is None:
                rows[batch] = self._engine.vectors(own, prefix)
            else:
                for index, (mean, tokens) in zip(batch, _told(self._engine, own, prefix), strict=True):
                    rows[index] = mean / np.linalg.norm(mean)
                    keep(index, tokens)
            if progress is not None:
                progress(len(batch))
        return rows

    def _check(self, texts: Sequence[str], prefix: str) -> None:
        if self.max_tokens == UNLIMITED_TOKENS:
            return
        for text, count in zip(texts, self._engine.count_tokens(texts, prefix), strict=True):
            if count > self.max_tokens:
                start = " ".join(text[:20].split())
                raise ModelError(
                    f"文本“{start}…”有 {count} 个词元，超过编码模型 {self.name} 的上限 {self.max_tokens}："
                    "请把它缩短或切成几段"
                )


def _told(engine: Engine, texts: Sequence[str], prefix: str) -> list[tuple[Vectors, TextTokens]]:
    """Of each text the mean of all its states, and its tokens."""
    ends, states = engine.token_ends(texts, prefix), engine.states(texts, prefix)
    return [
        (rows.mean(axis=0), TextTokens(rows[1:-1], np.array(own[1:-1], dtype=np.int64) - len(prefix)))
        for rows, own in zip(states, ends, strict=True)
    ]


def load_encoder(name: str, *, threads: int = 0, quick: bool = False) -> Encoder:
    """Load a model: ``bundled``, or a sentence-transformers name or folder.

    ``threads`` 0 means all cores. Nothing is downloaded unless the environment says HF_HUB_OFFLINE=0.
    ``quick`` is for a process that answers one question: it runs the bundled model's files without importing
    sentence-transformers and torch, which takes longer than the answer. Vectors and fingerprint are the same
    (to 1e-6; a test compares them), and it changes nothing for another model.

    Raises: ModelError, one line, if the model cannot be loaded.
    """
    _quiet_hub(os.environ)
    try:
        if name == BUNDLED_ENCODER:
            return _load_bundled(threads, quick=quick)
        return _load_named(name, threads)
    except ModelError:
        raise
    # Loaders of arbitrary models raise anything; tokenizers even a bare Exception.
    except Exception as exc:
        logger.debug("cannot load encoder %s", name, exc_info=True)
        raise ModelError(_cannot_load(name, exc)) from exc


def encoder_fingerprint(name: str) -> str:
    """Fingerprint of an encoder; the bundled one is not loaded for it, another is.

    Raises: ModelError if the model cannot be loaded.
    """
    return _bundled_fingerprint() if name == BUNDLED_ENCODER else load_encoder(name).fingerprint


def _bundled_fingerprint() -> str:
    sums = (BUNDLED_FOLDER / "SHA256SUMS").read_bytes()
    return f"{BUNDLED_ENCODER}:{BUNDLED_DIM}:{hashlib.sha256(sums).hexdigest()[:16]}"


def _quiet_hub(environ: dict[str, str] | os._Environ[str]) -> None:
    """No network wait and no telemetry, unless the user chose otherwise."""
    environ.setdefault("HF_HUB_OFFLINE", "1")
    environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    # Tokenizing is quick; its own threads would only warn when the process forks.
    environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    hub = sys.modules.get("huggingface_hub.constants")
    if hub is not None and _offline():  # read from the environment only once, perhaps before this (by gradio)
        hub.HF_HUB_OFFLINE = True  # type: ignore[attr-defined]


def _offline() -> bool:
    return os.environ.get("HF_HUB_OFFLINE", "1").strip().lower() not in {"0", "false", "no", "off", ""}


def _cannot_load(name: str, exc: Exception) -> str:
    cause = " ".join(str(exc).split())[:200] or type(exc).__name__
    if name == BUNDLED_ENCODER:
        return f"内置编码模型无法加载（{cause}）：请重新安装本程序，或用 QA_ENCODER 指定别的模型"
    if _offline():
        hint = "请写 bundled、已下载模型的文件夹，或设环境变量 HF_HUB_OFFLINE=0 允许联网下载"
    else:
        hint = "请核对名称和网络，或写 bundled、已下载模型的文件夹"
    return f"编码模型 {name} 无法加载（{cause}）：{hint}"


def _load_bundled(threads: int, *, quick: bool) -> Encoder:
    engine: Engine
    if quick:
        from qa.onnx_runner import OnnxRunner

        config = json.loads((BUNDLED_FOLDER / "config.json").read_text(encoding="utf-8"))
        engine = _DirectEngine(OnnxRunner(BUNDLED_FOLDER, threads=threads))
        dim, limit = config["dimension"], config["max_tokens"]
    else:
        from sentence_transformers import SentenceTransformer

        # The module class named in modules.json is ours, qa.onnx_module: this trusts no other code.
        model = SentenceTransformer(
            str(BUNDLED_FOLDER),
            device="cpu",
            trust_remote_code=True,
            local_files_only=True,
            model_kwargs={"threads": threads},
        )
        engine, dim, limit = _TransformersEngine(model), _dimension(model), _token_limit(model)
    return Encoder(engine, EncoderFacts(BUNDLED_ENCODER, dim, limit, _bundled_fingerprint(), *E5_PREFIXES))


def _load_named(name: str, threads: int) -> Encoder:
    folder = Path(name).expanduser()
    if not folder.is_dir() and (name.startswith((".", "~", "/")) or name.count("/") > 1 or "\\" in name):
        raise ModelError(f"编码模型文件夹 {name} 不存在：请核对 QA_ENCODER，或写 bundled")
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    if threads:
        torch.set_num_threads(threads)
    model = SentenceTransformer(str(folder) if folder.is_dir() else name, local_files_only=_offline())
    prefixes = choose_prefixes(name, model.prompts)
    dim = _dimension(model)
    digest = hashlib.sha256("\0".join(prefixes).encode())
    for part in _weight_parts(folder):
        digest.update(part)
    label = folder.resolve().name if folder.is_dir() else name
    fingerprint = f"{label}:{dim}:{digest.hexdigest()[:16]}"
    facts = EncoderFacts(name, dim, _token_limit(model), fingerprint, *prefixes)
    return Encoder(_TransformersEngine(model), facts)


def choose_prefixes(name: str, prompts: Mapping[str, str | None]) -> tuple[str, str]:
    """Query and chunk prefix of a model; the module docstring has the rule."""
    query = prompts.get("query") or ""
    candidates = (prompts.get(key) for key in ("document", "passage", "corpus"))
    chunk = next((prompt for prompt in candidates if prompt), "")
    words = re.split(r"[^a-z0-9]+", name.rstrip("/\\").lower())
    if not query and not chunk and "e5" in words and "instruct" not in words:
        return E5_PREFIXES
    return query, chunk


def _weight_parts(folder: Path) -> Iterator[bytes]:
    """What tells model folders apart: name, size and beginning of each file; nothing for a hub name."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and path.suffix != ".md" and not path.name.startswith("."):
            yield f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}\0".encode()
            with path.open("rb") as file:
                yield file.read(_SAMPLED_BYTES)


def _dimension(model: SentenceTransformer) -> int:
    return int(model.get_embedding_dimension() or len(model.encode("。")))


def _token_limit(model: SentenceTransformer) -> int:
    limit = model.max_seq_length
    return int(limit) if limit and limit < UNLIMITED_TOKENS else UNLIMITED_TOKENS


class _TransformersEngine:
    """Any sentence-transformers model."""

    def __init__(self, model: SentenceTransformer) -> None:
        self._model = model

    def count_tokens(self, texts: Sequence[str], prefix: str) -> list[int]:
        tokenizer: Any = self._model.tokenizer
        prefixed = [prefix + text for text in texts]
        if hasattr(tokenizer, "encode_batch"):
            return [len(encoding.ids) for encoding in tokenizer.encode_batch(prefixed)]
        return [len(ids) for ids in tokenizer(prefixed, truncation=False, verbose=False)["input_ids"]]

    def vectors(self, texts: Sequence[str], prefix: str) -> Vectors:
        rows = self._model.encode(
            list(texts),
            prompt=prefix,
            batch_size=BATCH_TEXTS,
            show_progress_bar=False,
            convert_to_numpy=True,
            normalize_embeddings=True,
        )
        return np.asarray(rows, dtype=np.float32)

    def states(self, texts: Sequence[str], prefix: str) -> list[Vectors]:
        rows = self._model.encode(
            list(texts),
            prompt=prefix,
            batch_size=BATCH_TEXTS,
            show_progress_bar=False,
            output_value="token_embeddings",
        )
        return [np.asarray(row, dtype=np.float32) for row in rows]

    def token_ends(self, texts: Sequence[str], prefix: str) -> list[list[int]]:
        tokenizer: Any = self._model.tokenizer
        prefixed = [prefix + text for text in texts]
        if hasattr(tokenizer, "encode_batch"):
            return [[end for _, end in encoding.offsets] for encoding in tokenizer.encode_batch(prefixed)]
        offsets = tokenizer(prefixed, truncation=False, verbose=False, return_offsets_mapping=True)
        return [[end for _, end in row] for row in offsets["offset_mapping"]]


class _DirectEngine:
    """The bundled model's files without sentence-transformers."""

    def __init__(self, runner: OnnxRunner) -> None:
        self._runner = runner

    def count_tokens(self, texts: Sequence[str], prefix: str) -> list[int]:
        return [len(ids) for ids in self._runner.token_ids([prefix + text for text in texts])]

    def vectors(self, texts: Sequence[str], prefix: str) -> Vectors:
        return self._runner.vectors([prefix + text for text in texts])

    def states(self, texts: Sequence[str], prefix: str) -> list[Vectors]:
        return self._runner.hidden_states(self._runner.token_ids([prefix + text for text in texts]))

    def token_ends(self, texts: Sequence[str], prefix: str) -> list[list[int]]:
        encodings = self._runner.tokenizer.encode_batch([prefix + text for text in texts])
        return [[end for _, end in encoding.offsets] for encoding in encodings]
