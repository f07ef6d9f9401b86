"""Scores must not fall: run every set of ``expected.json`` and compare: ``python -m eval.guard``.

Each set is indexed in a folder of its own below build/guard (unchanged reports cost nothing) with the bundled
encoder, whatever the settings, and evaluated in this process. Only totals are printed or written: some sets
are sealed, and nobody may read their questions here, also when something fails.
"""

from __future__ import annotations

import argparse
import logging
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.cells import table
from eval.provenance import corpus_hash, questions_hash
from eval.questions import Question, read_questions
from eval.run import evaluate, paragraphs_of, texts_of
from eval.tally import headline
from qa.config import Settings
from qa.errors import EvalDataError, QAError, StoreError

ROOT = Path(__file__).resolve().parent.parent
EXPECTED = Path(__file__).parent / "expected.json"
INDEXES = ROOT / "build" / "guard"

EPILOG = """例：
  python -m eval.guard
  python -m eval.guard --set test --update      改动使分数变了，并且说得出原因"""

# Check of eval.tally.headline or a count below -> name; those where less is better.
METRICS = {
    "recall@1": "检索 recall@1",
    "recall@5": "检索 recall@5",
    "rr": "检索 MRR",
    "ndcg@10": "检索 nDCG@10",
    "right": "答对",
    "completeness": "要点齐全度",
    "correct": "总体正确",
    "rejected": "拒答率",
    "falsely_refused": "误拒率",
    "reason_right": "拒答理由正确",
    "citation_recall": "引用召回",
    "citation_precision": "引用精确",
    "citation_focus": "引用切题",
    "valid": "引用有效",
    "unsupported": "无依据的数字（个）",
    "errors": "程序出错（题）",
}
LESS_IS_BETTER = frozenset({"falsely_refused", "unsupported", "errors"})
NOISE = 1e-4
"""Half a unit of the last decimal kept, twice: what is smaller is no change."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TypeScore(_Strict):
    """``correct`` of ``n`` questions of one type."""

    n: int
    correct: int


class Scores(_Strict):
    """What a run of a set came to. Means have four decimals; None where a metric does not apply."""

    count: int
    questions_sha256: str
    corpus_sha256: str
    means: dict[str, float | None]
    by_type: dict[str, TypeScore]


class ExpectedSet(_Strict):
    """One set: how to run it by hand, what it is made of, and its scores (None: not run yet).

    ``questions`` are globs and ``reports`` a folder, from the project's root.
    """

    command: str
    questions: tuple[str, ...]
    split: str | None = None
    reports: str
    sealed: bool = True
    scores: Scores | None = None


class Expected(_Strict):
    """The file. ``tolerances``: the drop that a metric may show, 0 if not named; ``type_tolerance``: the
    questions that a type may lose."""

    date: str
    tolerances: dict[str, float]
    type_tolerance: int
    sets: dict[str, ExpectedSet]


def read_expected(path: Path) -> Expected:
    """Raises: EvalDataError, one line, if the file is missing or malformed."""
    try:
        return Expected.model_validate_json(path.read_text("utf-8"))
    except OSError as exc:
        raise EvalDataError(f"{path}：读不出来（{exc.strerror}）") from exc
    except ValidationError as exc:
        first = exc.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "整个文件"
        raise EvalDataError(f"{path}：{where}：{first['msg']}") from exc


# ------------------------------------------------------------------ running


def run_set(name: str, item: ExpectedSet, *, indexes: Path) -> Scores:
    """Index the set's reports, ask all its questions and give the totals.

    Raises: StoreError; EvalDataError, which names no question, answer or text of a sealed set.
    """
    try:
        return _measured(name, item, indexes)
    except StoreError:
        raise  # speaks of the index folder only
    except Exception as exc:
        if not item.sealed:
            raise
        kind = type(exc).__name__
    # Outside the handler: nothing of the exception is chained to this one.
    raise EvalDataError(
        f"题集 {name} 运行不了（{kind}；封存，不显示细节）：请运行 python -m eval.check_questions"
    )


def _measured(name: str, item: ExpectedSet, indexes: Path) -> Scores:
    from tqdm import tqdm

    from qa.chain import Assistant

    files = [path for pattern in item.questions for path in sorted(ROOT.glob(pattern))]
    questions = read_questions(files, item.split)
    reports = ROOT / item.reports
    folder = indexes / "-".join(reports.relative_to(ROOT).parts)
    build_index(reports, folder)
    assistant = Assistant.open(Settings(index=folder))
    with _silent():
        judged = evaluate(
            assistant, questions, texts_of(assistant.index), paragraphs=paragraphs_of(assistant.index)
        )
        # disable=None: no bar where nobody watches, as in CI.
        bar = tqdm(judged, total=len(questions), desc=name, unit="题", file=sys.stderr, disable=None)
        records = list(bar)
    return totals(records, questions, corpus_hash(assistant.index.reports))


@contextmanager
def _silent() -> Iterator[None]:
    """No log: a failure of the product is counted, and its traceback might quote a question."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def build_index(reports: Path, folder: Path) -> None:
    """Bring the index in ``folder`` to what ``reports`` holds; one of older code is built anew."""
    from qa.ingest import EncoderSource, ingest
    from qa.ingest_plan import Request

    source = EncoderSource.from_settings(Settings(index=folder))
    try:
        outcome = ingest(folder, Request((reports,)), encoder=source)
    except StoreError:
        shutil.rmtree(folder, ignore_errors=True)
        outcome = ingest(folder, Request((reports,)), encoder=source)
    if outcome.plan.errors:
        raise EvalDataError(f"{outcome.plan.errors[0]}（评测语料应能全部收入）")


def totals(records: Sequence[Mapping[str, Any]], questions: Sequence[Question], corpus: str) -> Scores:
    """Records of ``eval.run.evaluate`` as scores: means of the headline, counts, right ones by type."""
    found = headline(records)
    means = {key: found[key]["mean"] for key in METRICS if key in found}
    means["unsupported"] = float(sum(len(record["checks"]["unsupported"]) for record in records))
    means["errors"] = float(sum(record["error"] is not None for record in records))
    asked = Counter(record["question"]["type"] for record in records)
    right = Counter(record["question"]["type"] for record in records if record["checks"]["correct"])
    return Scores(
        count=len(records),
        questions_sha256=questions_hash(questions),
        corpus_sha256=corpus,
        means={key: None if value is None else round(value, 4) for key, value in means.items()},
        by_type={kind: TypeScore(n=n, correct=right[kind]) for kind, n in sorted(asked.items())},
    )


# ------------------------------------------------------------------ comparing


@dataclass(frozen=True, slots=True)
class Change:
    """One score that moved. ``fell``: worse by more than is allowed."""

    name: str
    before: str
    now: str
    allowed: str
    fell: bool
    better: bool


def stale(before: Scores, now: Scores) -> str:
    """Why two runs cannot be compared, or ""."""
    if before.questions_sha256 != now.questions_sha256:
        moved = (
            f"{before.count} 题，现在 {now.count} 题" if before.count != now.count else "题数相同，内容不同"
        )
        return f"题目变了（{moved}）"
    if before.corpus_sha256 != now.corpus_sha256:
        return "报告变了"
    return ""


def changes(before: Scores, now: Scores, expected: Expected) -> list[Change]:
    """Every metric and type that moved, in table order; a metric that only one side has is left out."""
    found = []
    for key, name in METRICS.items():
        old, new = before.means.get(key), now.means.get(key)
        if old is None or new is None or abs(new - old) <= NOISE:
            continue
        gain = old - new if key in LESS_IS_BETTER else new - old
        allowed = expected.tolerances.get(key, 0.0)
        found.append(
            Change(name, _show(key, old), _show(key, new), f"{allowed:g}", gain < -allowed - NOISE, gain > 0)
        )
    for kind, new_type in now.by_type.items():
        old_type = before.by_type.get(kind)
        if old_type is not None and old_type.correct != new_type.correct:
            lost = old_type.correct - new_type.correct
            was, is_now = (f"{item.correct}/{item.n}" for item in (old_type, new_type))
            allowed_type = expected.type_tolerance
            found.append(
                Change(f"题型 {kind}", was, is_now, f"{allowed_type} 题", lost > allowed_type, lost < 0)
            )
    return found


def _show(key: str, value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if key in ("unsupported", "errors") else f"{value:.3f}"


def scores_table(expected: Expected, found: Mapping[str, Scores]) -> str:
    """Metrics and types down, sets across; a score that moved shows what it was."""
    rows = []
    for key, name in METRICS.items():
        if all(scores.means.get(key) is None for scores in found.values()):
            continue
        cells = [_cell(key, expected.sets[item].scores, scores) for item, scores in found.items()]
        rows.append((name, f"{expected.tolerances.get(key, 0.0):g}", *cells))
    for kind in sorted({kind for scores in found.values() for kind in scores.by_type}):
        cells = [_type_cell(kind, expected.sets[item].scores, scores) for item, scores in found.items()]
        rows.append((f"题型 {kind}", f"{expected.type_tolerance} 题", *cells))
    heads = ("指标", "容许", *(f"{name}（{scores.count} 题）" for name, scores in found.items()))
    return table(heads, rows)


def _cell(key: str, before: Scores | None, now: Scores) -> str:
    new = now.means.get(key)
    old = before.means.get(key) if before else None
    if new is None or old is None or abs(new - old) <= NOISE:
        return _show(key, new)
    better = (new < old) == (key in LESS_IS_BETTER)
    return f"{_show(key, new)}（{'好' if better else '差'}，原 {_show(key, old)}）"


def _type_cell(kind: str, before: Scores | None, now: Scores) -> str:
    new = now.by_type.get(kind)
    old = before.by_type.get(kind) if before else None
    if new is None:
        return "–"
    if old is None or old.correct == new.correct:
        return f"{new.correct}/{new.n}"
    return f"{new.correct}/{new.n}（{'好' if new.correct > old.correct else '差'}，原 {old.correct}/{old.n}）"


def verdict(expected: Expected, found: Mapping[str, Scores]) -> tuple[bool, list[str]]:
    """Whether nothing fell beyond tolerance, and the lines that say what did and what to do."""
    lines, good, rose = [], True, False
    for name, now in found.items():
        before = expected.sets[name].scores
        reason = "还没有期望值" if before is None else stale(before, now)
        if before is None or reason:
            good = False
            lines.append(
                f"无法比较 {name}：{reason}。确认无误后运行 python -m eval.guard --set {name} --update"
            )
            continue
        for change in changes(before, now, expected):
            rose = rose or change.better
            if change.fell:
                good = False
                lines.append(
                    f"退步 {name}：{change.name} {change.before} → {change.now}（容许 {change.allowed}）"
                )
    if not good:
        return False, lines
    if rose:
        lines.append("有分数上升：请运行 python -m eval.guard --update，并提交 eval/expected.json")
    return True, lines or ["与 eval/expected.json 一致"]


# ------------------------------------------------------------------ command line


def _run(args: argparse.Namespace) -> int:
    expected = read_expected(args.expected)
    unknown = set(args.set or ()) - set(expected.sets)
    if unknown:
        raise EvalDataError(f"没有题集 {'、'.join(sorted(unknown))}：有 {'、'.join(expected.sets)}")
    found: dict[str, Scores] = {}
    began = time.perf_counter()
    for name, item in expected.sets.items():
        if not args.set or name in args.set:
            found[name] = run_set(name, item, indexes=args.indexes)
    took = time.perf_counter() - began
    good, lines = verdict(expected, found)
    heading = f"# 评测守卫\n\n期望值日期 {expected.date}，用时 {took:.0f} 秒\n"
    sys.stdout.write("\n".join([heading, scores_table(expected, found), *lines]) + "\n")
    if args.update:
        write_expected(args.expected, expected, found)
        sys.stdout.write(f"已写入 {args.expected.name}\n")
        return 0
    return 0 if good else 1


def write_expected(path: Path, expected: Expected, found: Mapping[str, Scores]) -> None:
    """Put the scores found in place of the old; sets that were not run keep theirs."""
    sets = {
        name: item.model_copy(update={"scores": found.get(name, item.scores)})
        for name, item in expected.sets.items()
    }
    today = datetime.now(UTC).date().isoformat()
    made = expected.model_copy(update={"date": today, "sets": sets})
    path.write_text(made.model_dump_json(indent=1) + "\n", "utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 0 nothing fell, 1 something did or could not be run, 2 wrong usage."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.guard",
        description="运行 eval/expected.json 里的各题集，分数低于期望（超过容许）即失败；只显示总数。",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--set", action="append", metavar="NAME", help="只运行这个题集（可写多次）")
    parser.add_argument("--update", action="store_true", help="把现在的分数写成期望值")
    parser.add_argument("--expected", type=Path, default=EXPECTED, metavar="FILE", help="期望值文件")
    parser.add_argument("--indexes", type=Path, default=INDEXES, metavar="DIR", help="索引放在这里")
    args = parser.parse_args(argv)
    try:
        return _run(args)
    except QAError as exc:
        sys.stderr.write(f"{exc}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
