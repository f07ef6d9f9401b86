"""Ask the product every question and judge the answers: ``python -m eval.run``."""

from __future__ import annotations

import argparse
import inspect
import logging
import os
import sys
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict, fields
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from eval import metrics
from eval.command import add_common_arguments, default_questions
from eval.evidence import citation_marks, gold_evidence
from eval.judge import Judge, fingerprint
from eval.provenance import corpus_hash as corpus_hash
from eval.provenance import run_facts
from eval.questions import Gold, Paragraphs, Question, dump, locate_all, read_questions, spans_of
from eval.records import Journal, Record, journal
from qa.config import Settings
from qa.errors import ConfigError, QAError
from qa.types import Answer, Hit, Scope, Turn

log = logging.getLogger(__name__)

K = 10
"""Chunks asked for per report that holds gold texts; the largest k of recall@k."""
INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""

EPILOG = """例：
  python -m eval.run --split dev --out build/eval-dev
  python -m eval.run --questions 我的题.csv --out build/mine      # 格式见 eval/README.md；中断后用同一命令继续
  python -m eval.run --mode llm --judge --out build/llm           # 语言模型作答，再由它评忠实度（仅供参考）"""

Ask = Callable[[str, Sequence[Turn]], Answer]


class Answerer(Protocol):
    """What is judged: ``qa.chain.Assistant``, or a fake."""

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer: ...

    def retrieve(
        self, question: str, history: Sequence[Turn] = (), *, k: int = K
    ) -> tuple[Scope, Sequence[Hit]]: ...


def evaluate(
    assistant: Answerer,
    questions: Sequence[Question],
    texts: Mapping[str, str],
    *,
    paragraphs: Paragraphs | None = None,
    mode: str | None = None,
    opinion: Judge | None = None,
) -> Iterator[dict[str, Any]]:
    """One record a question, in order, as they are asked: question, answer, hits, evidence, checks, timings.

    ``texts``: cleaned text of every report in the index, by id; ``paragraphs`` the same cut up, for telling
    which gold texts stand in headings and showing where all stand. An exception of the product is recorded
    (``error``) and counts as a wrong answer. ``opinion`` adds a model's opinion on each answer
    (``judgement``), None without one or for a refusal.

    Raises: EvalDataError if a gold text is not in the index; ConfigError if ``mode`` cannot be had.
    """
    ask = asking(assistant, mode)
    for question, gold in zip(questions, locate_all(questions, texts, paragraphs), strict=True):
        answer, hits, facts = _asked(assistant, ask, question, len({item.report for item in gold}))
        judgement = opinion.judgement(answer) if opinion else None
        yield {
            "id": question.id,
            "question": dump(question),
            "answer": answer.to_dict(),
            "checks": judge(question, gold, answer, hits, texts)
            | {"judged_faithful": judgement.share if judgement else None},
            "judgement": judgement.to_dict() if judgement else None,
            "gold": gold_evidence(gold, spans_of(hits), answer, paragraphs or {}),
            "citation_marks": citation_marks(answer, paragraphs or {}),
            "hits": [{"rank": hit.rank, "score": hit.score, **asdict(hit.chunk)} for hit in hits],
            **facts,
        }


def asking(assistant: Answerer, mode: str | None) -> Ask:
    """How a question is asked in ``mode``; None leaves it to the settings.

    Raises: ConfigError if the assistant knows no modes and another than extract is wanted.
    """
    if mode is None:
        return assistant.ask
    accepted = inspect.signature(assistant.ask).parameters
    if "mode" in accepted or any(item.kind is item.VAR_KEYWORD for item in accepted.values()):
        return partial(assistant.ask, mode=mode)  # type: ignore[call-arg]  # seen by inspect above
    if mode == "extract":
        return assistant.ask
    raise ConfigError(f"这个版本的问答还不支持 --mode {mode}：请去掉它，用默认的 extract")


def _asked(
    assistant: Answerer, ask: Ask, question: Question, reports: int
) -> tuple[Answer, Sequence[Hit], dict[str, Any]]:
    """The answer, the hits (K for each report with gold texts), and how it went."""
    error = None
    hits: Sequence[Hit] = ()
    began = time.perf_counter()
    try:
        answer = ask(question.question, question.turns)
    except Exception as exc:  # judged, not hidden: it is counted and shown in the summary
        log.exception("%s: the product failed", question.id)
        error = f"{type(exc).__name__}: {exc}"
        answer = Answer(question.id, question.question, "", False, None, "extract")
    answered = time.perf_counter()
    try:
        _, hits = assistant.retrieve(question.question, question.turns, k=K * max(1, reports))
    except Exception as exc:
        log.exception("%s: retrieval failed", question.id)
        error = error or f"{type(exc).__name__}: {exc}"
    retrieved = time.perf_counter()
    facts = {
        "error": error,
        "wall_ms": (answered - began) * 1000,
        "retrieve_ms": (retrieved - answered) * 1000,
    }
    return answer, hits, facts


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
        "rightly_refused": metrics.rightly_refused(question, answer),
        "falsely_refused": metrics.falsely_refused(question, answer),
        "reason_right": metrics.reason_right(question, answer),
        "helpful": metrics.helpfully_refused(question, answer),
        "unsupported": metrics.unsupported_numbers(answer, years_of(texts)),
        "citation_recall": metrics.citation_recall(evidence, answer),
        "citation_precision": metrics.citation_precision(evidence, answer),
        "citation_focus": metrics.citation_focus(evidence, answer),
        "faults": metrics.citation_faults(answer, texts),
        **metrics.retrieval_scores(evidence, spans_of(hits)),
    }


def years_of(report_ids: Iterable[str]) -> set[int]:
    """Years that the reports are about: that of the id (when it was given) and the one before."""
    given = {int(name[:4]) for name in report_ids if name[:4].isdigit()}
    return given | {year - 1 for year in given}


def texts_of(index: Any) -> dict[str, str]:
    """Cleaned text of every report in an index (``qa.store.Index``), by report id."""
    return {item.report_id: index.text(item.report_id) for item in index.reports}


def paragraphs_of(index: Any) -> Paragraphs:
    """All paragraphs of every report in an index, by report id."""
    return {item.report_id: index.paragraphs(item.report_id) for item in index.reports}


def settings_from(config: Path | None, index: Path | None) -> Settings:
    """Settings of the environment, above it those of a TOML file (``encoder = "…"``), above it the flag.

    Raises: ConfigError naming the file and the key that is wrong.
    """
    environ = dict(os.environ)
    if config:
        try:
            given = tomllib.loads(config.read_text("utf-8-sig"))
        except (OSError, ValueError) as exc:
            raise ConfigError(f"{config}：读不出来（{exc}），应是 UTF-8 的 TOML 文件") from exc
        known = [item.name for item in fields(Settings)]
        strange = sorted(given.keys() - set(known))
        if strange:
            raise ConfigError(f"{config}：不认识的设置 {'、'.join(strange)}；可用的：{'、'.join(known)}")
        environ |= {f"QA_{name.upper()}": str(value) for name, value in given.items()}
    return Settings.from_env(environ, index=index)


def ask_all(
    assistant: Answerer,
    questions: Sequence[Question],
    texts: Mapping[str, str],
    *,
    paragraphs: Paragraphs | None = None,
    mode: str | None = None,
    opinion: Judge | None = None,
    into: Journal | None = None,
) -> list[Record]:
    """Records of all questions, in order, with a progress bar; those in the journal are not asked again."""
    from tqdm import tqdm

    records = dict(into.done) if into else {}
    left = [item for item in questions if item.id not in records]
    judged = evaluate(assistant, left, texts, paragraphs=paragraphs, mode=mode, opinion=opinion)
    began = len(questions) - len(left)
    for record in tqdm(judged, total=len(questions), initial=began, desc="提问", unit="题", file=sys.stderr):
        if into:
            into.append(record)
        records[record["id"]] = record
    return [records[item.id] for item in questions]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval.run",
        description="逐题提问并评分：检索、答案、引用、拒答、耗时。",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_common_arguments(parser)
    parser.add_argument("--mode", choices=("extract", "llm"), help="回答方式，默认按设置（extract）")
    parser.add_argument(
        "--judge", action="store_true", help="另请语言模型逐句评忠实度，仅供参考，不影响其他指标"
    )
    parser.add_argument(
        "--config", type=Path, metavar="FILE.toml", help="设置文件，高于环境变量，如 encoder = …"
    )
    parser.add_argument("--totals", action="store_true", help="只给总数，报告里不列出题目（封存的题集用）")
    again = parser.add_mutually_exclusive_group()
    again.add_argument("--resume", action="store_true", help="--out 里必须有可接着做的评测，否则报错")
    again.add_argument("--restart", action="store_true", help="丢弃 --out 里的旧记录，从头开始")
    return parser


def _main(args: argparse.Namespace) -> None:
    settings = settings_from(args.config, args.index)
    files = args.questions or default_questions()
    questions = read_questions(files, args.split)[: args.limit]

    # Heavy: after the files have been found good.
    from eval.report import summary, write_reports
    from qa.chain import WARM_UP, Assistant
    from qa.model import open_model

    if (args.mode or settings.mode) == "llm":
        open_model(settings)  # without one every question would be an error in its record
    opinion = Judge.open(settings) if args.judge else None
    assistant = Assistant.open(settings)
    asking(assistant, args.mode)
    texts = texts_of(assistant.index)
    facts = run_facts(
        settings, questions, assistant.index.reports, files=files, mode=args.mode, split=args.split
    )
    facts["judge"] = fingerprint() if opinion else None
    keep = journal(args.out, facts, restart=args.restart, resume=args.resume) if args.out else nullcontext()
    with keep as into:
        # The first question pays for loading; latency is measured warm, and no model is asked for that.
        assistant.ask(WARM_UP, mode="extract")
        records = ask_all(
            assistant,
            questions,
            texts,
            paragraphs=paragraphs_of(assistant.index),
            mode=args.mode,
            opinion=opinion,
            into=into,
        )
        facts["finished"] = True
        if args.out:
            write_reports(args.out, records, facts, totals=args.totals)
    sys.stdout.write(summary(records, facts, failures=not (args.totals or args.out)))
    if args.out:
        sys.stderr.write(f"记录和报告在 {args.out}：report.html、summary.md、records.jsonl、run.json\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 0 done, 1 failed, 2 wrong usage, 130 interrupted. Low scores are a result, not a failure."""
    parser = _parser()
    args = parser.parse_args(argv)
    if (args.resume or args.restart) and not args.out:
        parser.error("--resume 和 --restart 要和 --out 一起用")
    try:
        _main(args)
    except QAError as exc:
        sys.stderr.write(f"{exc}\n")
        return 1
    except KeyboardInterrupt:
        kept = f"已问的题记录在 {args.out}，用同一命令继续" if args.out else "没有 --out，什么也没有保存"
        sys.stderr.write(f"\n已中断：{kept}\n")
        return INTERRUPTED
    return 0


if __name__ == "__main__":
    sys.exit(main())
