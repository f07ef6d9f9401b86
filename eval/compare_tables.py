"""What ``eval.compare`` measured, as Markdown tables."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eval import metrics
from eval.cells import show, show_ms, table

RETRIEVAL = ("recall@1", "recall@5", "recall@10", "rr", "ndcg@10")
ANSWERS = (
    "right",
    "rejected",
    "falsely_refused",
    "citation_recall",
    "citation_precision",
    "citation_focus",
)


@dataclass(slots=True)
class Measured:
    """One system's records. ``chunks`` are its units of search, ``ingest_s`` None where it was not measured.

    ``retrieve_ms`` and ``scores`` have an entry a question with gold texts that is to be answered, ``checks``
    and ``answer_ms`` one a question, or none where the system has no answerer.
    """

    name: str
    chunks: int
    ingest_s: float | None
    scores: list[Mapping[str, float | None]] = field(default_factory=list)
    retrieve_ms: list[float] = field(default_factory=list)
    checks: list[Mapping[str, Any]] = field(default_factory=list)
    answer_ms: list[float] = field(default_factory=list)


def comparison(systems: Sequence[Measured], product: Measured) -> str:
    """Retrieval: a row a system; recall@5 with its 95 % interval."""
    rows = []
    for item in systems:
        column = {key: [score.get(key) for score in item.scores] for key in RETRIEVAL}
        low, high = metrics.interval(column["recall@5"]) or (0.0, 0.0)
        means = {key: show(metrics.mean(values)) for key, values in column.items()}
        rows.append(
            (
                item.name,
                str(item.chunks),
                means["recall@1"],
                f"{means['recall@5']} ({low:.2f}–{high:.2f})",
                *(means[key] for key in ("recall@10", "rr", "ndcg@10")),
                show_ms(item.ingest_s),
                *_times(item.retrieve_ms),
                ratio(item.retrieve_ms, product.retrieve_ms),
            )
        )
    heads = (
        "检索", "片段数", "recall@1", "recall@5 (95%)", "recall@10", "MRR", "nDCG@10",
        "导入 s", "p50 ms", "p95 ms", "×",
    )  # fmt: skip
    return table(heads, rows)


def answers(systems: Sequence[Measured], product: Measured) -> str:
    """Answers: a row a system; – where it has no answerer."""
    rows = []
    for item in systems:
        means = [show(metrics.mean([check[key] for check in item.checks])) for key in ANSWERS]
        loose = sum(len(check["unsupported"]) for check in item.checks)
        rows.append(
            (
                item.name,
                *means,
                str(loose) if item.checks else "–",
                *_times(item.answer_ms),
                ratio(item.answer_ms, product.answer_ms),
            )
        )
    heads = (
        "回答",
        "答对",
        "拒答率",
        "误拒率",
        "引用召回",
        "引用精确",
        "引用切题",
        "无依据数字",
        "p50 ms",
        "p95 ms",
        "×",
    )
    return table(heads, rows)


def tokens_table(systems: Sequence[tuple[Measured, Measured]]) -> str:
    """A row a tokenizer: BM25 alone, and the product with its tokens."""
    rows = []
    for alone, whole in systems:
        cells = [
            show(metrics.mean([s[key] for s in item.scores]))
            for item in (alone, whole)
            for key in ("recall@1", "recall@5", "rr")
        ]
        rows.append((alone.name, *cells, f"{alone.ingest_s or 0:.2f}", _times(alone.retrieve_ms)[0]))
    heads = (
        "分词",
        "BM25 recall@1",
        "recall@5",
        "MRR",
        "产品 recall@1",
        "recall@5",
        "MRR",
        "建索引 s",
        "BM25 p50 ms",
    )
    return table(heads, rows)


def _times(values: Sequence[float]) -> tuple[str, str]:
    return show_ms(metrics.percentile(values, 50)), show_ms(metrics.percentile(values, 95))


def ratio(times: Sequence[float], product: Sequence[float]) -> str:
    """Median of the ratios question by question, two decimals; – where either was not measured."""
    if not times or len(times) != len(product):
        return "–"
    return f"{statistics.median(mine / theirs for mine, theirs in zip(times, product, strict=True)):.2f}"
