"""Ask the product every question and judge the answers: ``python -m eval.run``."""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from eval import metrics
from eval.questions import Gold, Question, dump, locate_all, read_questions, spans_of
from eval.report import summary
from qa.config import Settings
from qa.errors import QAError
from qa.types import Answer, Hit, ReportInfo, Scope, Turn

log = logging.getLogger(__name__)

QUESTIONS = Path(__file__).parent / "questions"
K = 10
"""Chunks asked for per report that holds gold texts; the largest k of recall@k."""

EPILOG = """例：
  python -m eval.run --split test --out build/eval-test
  python -m eval.run --questions eval/unseen/questions.jsonl --index build/unseen-index"""


class Answerer(Protocol):
    """What is judged: ``qa.chain.Assistant``, or a fake."""

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer: ...

    def retrieve(
        self, question: str, history: Sequence[Turn] = (), *, k: int = K
    ) -> tuple[Scope, Sequence[Hit]]: ...


def evaluate(
    assistant: Answerer, questions: Sequence[Question], texts: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    """One record a question, in order, as they are asked: question, answer, hits, checks, timings.

    ``texts``: cleaned text of every report in the index, by id. An exception of the product is recorded
    (``error``) and counts as a wrong answer. Raises: EvalDataError if a gold text is not in the index.
    """
    for question, gold in zip(questions, locate_all(questions, texts), strict=True):
        yield _record(assistant, question, gold, texts)


def _record(
    assistant: Answerer, question: Question, gold: Sequence[Gold], texts: Mapping[str, str]
) -> dict[str, Any]:
    error = None
    hits: Sequence[Hit] = ()
    began = time.perf_counter()
    try:
        answer = assistant.ask(question.question, question.turns)
    except Exception as exc:  # judged, not hidden: it is counted and shown in the summary
        log.exception("%s: the product failed", question.id)
        error = f"{type(exc).__name__}: {exc}"
        answer = Answer(question.id, question.question, "", False, None, "extract")
    answered = time.perf_counter()
    depth = K * max(1, len({item.report for item in gold}))
    try:
        _, hits = assistant.retrieve(question.question, question.turns, k=depth)
    except Exception as exc:
        log.exception("%s: retrieval failed", question.id)
        error = error or f"{type(exc).__name__}: {exc}"
    retrieved = time.perf_counter()
    return {
        "id": question.id,
        "question": dump(question),
        "answer": answer.to_dict(),
        "error": error,
        "checks": judge(question, gold, answer, hits, texts),
        "hits": [{"rank": hit.rank, "score": hit.score, **asdict(hit.chunk)} for hit in hits],
        "wall_ms": (answered - began) * 1000,
        "retrieve_ms": (retrieved - answered) * 1000,
    }


def judge(
    question: Question, gold: Sequence[Gold], answer: Answer, hits: Sequence[Hit], texts: Mapping[str, str]
) -> dict[str, Any]:
    """All checks of one question by name; None where one does not apply.

    The gold texts of a question that is to be refused are what a helpful refusal may offer, not evidence
    for an answer: retrieval and citation metrics do not apply to it.
    """
    evidence = () if question.abstain else gold
    return {
        "right": metrics.answer_right(question, answer),
        "correct": metrics.correct(question, answer),
        "wrong": metrics.wrongly_answered(question, answer),
        "missing": metrics.missing_groups(question, answer.answer) if not question.abstain else [],
        "forbidden": metrics.forbidden_said(question, answer.answer),
        "completeness": metrics.completeness(question, answer),
        "rejected": metrics.rejected(question, answer),
        "falsely_refused": metrics.falsely_refused(question, answer),
        "reason_right": metrics.reason_right(question, answer),
        "helpful": metrics.helpfully_refused(question, answer),
        "unsupported": metrics.unsupported_numbers(answer, years_of(texts)),
        "citation_recall": metrics.citation_recall(evidence, answer),
        "citation_precision": metrics.citation_precision(evidence, answer),
        "faults": metrics.citation_faults(answer, texts),
        **metrics.retrieval_scores(evidence, spans_of(hits)),
    }


def years_of(report_ids: Iterable[str]) -> set[int]:
    """Years that the reports are about: that of the id (when it was given) and the one before."""
    given = {int(name[:4]) for name in report_ids if name[:4].isdigit()}
    return given | {year - 1 for year in given}


def corpus_hash(reports: Iterable[ReportInfo]) -> str:
    """SHA-256 over the ids and file hashes of the indexed reports, in order of id."""
    lines = sorted(f"{item.report_id} {item.sha256}\n" for item in reports)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def texts_of(index: Any) -> dict[str, str]:
    """Cleaned text of every report in an index (``qa.store.Index``), by report id."""
    return {item.report_id: index.text(item.report_id) for item in index.reports}


def default_questions() -> list[Path]:
    """The question files that come with the project."""
    return sorted(QUESTIONS.glob("*.jsonl"))


def write(out: Path, records: Sequence[Mapping[str, Any]], run: Mapping[str, Any], text: str) -> None:
    """records.jsonl, run.json and summary.md into ``out``, which is made; what was there is replaced."""
    out.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(record, ensure_ascii=False, default=str) for record in records]
    (out / "records.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    (out / "run.json").write_text(json.dumps(run, ensure_ascii=False, indent=1, default=str) + "\n", "utf-8")
    (out / "summary.md").write_text(text, "utf-8")


def add_common_arguments(parser: argparse.ArgumentParser) -> None:
    """The flags that every program of the evaluation has."""
    parser.add_argument("--questions", type=Path, nargs="+", metavar="FILE", help="问题文件（JSONL）")
    parser.add_argument("--split", choices=("dev", "test", "unseen", "seen"), help="只用这一部分问题")
    parser.add_argument("--index", type=Path, metavar="DIR", help="索引目录，默认同 QA_INDEX")
    parser.add_argument("--out", type=Path, metavar="DIR", help="记录写到这个目录")
    parser.add_argument("--limit", type=int, metavar="N", help="只用前 N 个问题")


def _main(args: argparse.Namespace) -> None:
    settings = Settings.from_env(os.environ, index=args.index)
    files = args.questions or default_questions()
    questions = read_questions(files, args.split)[: args.limit]

    # Heavy: after the files have been found good.
    from tqdm import tqdm

    from qa.chain import Assistant

    assistant = Assistant.open(settings)
    texts = texts_of(assistant.index)
    assistant.ask(questions[0].question)  # the first question pays for loading; latency is measured warm
    judged = evaluate(assistant, questions, texts)
    records = list(tqdm(judged, total=len(questions), desc="提问", unit="题", file=sys.stderr))
    run = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": " ".join(["python -m eval.run", *sys.argv[1:]]),
        "questions": {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files},
        "split": args.split,
        "count": len(records),
        "reports": sorted(texts),
        "corpus_sha256": corpus_hash(assistant.index.reports),
        "settings": asdict(settings),
    }
    text = summary(records, run)
    if args.out:
        write(args.out, records, run, text)
    sys.stdout.write(text)


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 0 done, 1 failed, 2 wrong usage. Low scores are a result, not a failure."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.run",
        description="逐题提问并评分：检索、答案、引用、拒答、耗时。",
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
