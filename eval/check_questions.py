"""Proves that the hand-built question set is well formed and answerable from the reports.

    python -m eval.check_questions [--questions DIR] [--reports DIR]

Prints one line ``file:line: id: problem`` a problem and exits 1, or a table of counts and exits 0. The
format of a line and how answers are scored against it are described in ``eval/questions/README.md``.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, combinations, permutations, product
from pathlib import Path
from typing import Any

FILES = (
    *("dev", "dev2", "dev3", "dev4", "dev5", "dev6", "dev7", "dev8", "dev9", "dev10", "dev11"),
    "test",
    "test2",
    "test3",
    "test4",
)
"""Question files; a file's split is its name without a number: dev2.jsonl is of the dev split."""
FOCUSED = ("dev4", "dev5", "dev6", "dev7", "dev8", "dev9", "dev10", "dev11", "test3", "test4")
"""Files about a few types only, on purpose: their shares of types are not checked."""
REFUSALS = ("not_stated", "no_such_report", "off_topic")
# Share of each type in each split, smallest and largest. A set that drifts out of these bounds is no longer
# comparable with the scores published for it.
BOUNDS: dict[str, tuple[float, float]] = {
    "figure_actual": (0.20, 0.30),
    "figure_target": (0.12, 0.18),
    "commitment": (0.08, 0.14),
    "list": (0.06, 0.10),
    "multi_paragraph": (0.03, 0.06),
    "compare": (0.08, 0.13),
    "follow_up": (0.05, 0.09),
    "trap": (0.06, 0.10),
    "not_stated": (0.09, 0.14),
    "no_such_report": (0.02, 0.05),
    "off_topic": (0.02, 0.05),
}
MIN_REPORT_SHARE = 0.12
REQUIRED: dict[str, type | tuple[type, ...]] = {
    "id": str,
    "split": str,
    "type": str,
    "question": str,
    "reports": list,
    "abstain": bool,
    "reason": (str, type(None)),
    "must": list,
    "must_not": list,
    "gold": list,
}
OPTIONAL: dict[str, type] = {"history": list, "direct": list, "ordered": bool, "derived": list, "note": str}
NUMBER = re.compile(r"\d+(?:\.\d+)?")
Row = Mapping[str, Any]
Reports = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a question file. ``line`` is 1-based; ``row`` is the parsed object."""

    path: Path
    line: int
    row: Row

    def problem(self, text: str) -> str:
        """One line that says where the problem is."""
        return f"{self.path}:{self.line}: {self.row.get('id', '?')}: {text}"


def fold(text: str) -> str:
    """Full width to half width, lower case, no white space, no separators inside numbers."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"(?<=\d),(?=\d)", "", re.sub(r"\s+", "", folded))


def contains(text: str, phrase: str) -> bool:
    """Whether folded ``phrase`` occurs in folded ``text``; a number never matches inside a longer number."""
    phrase = fold(phrase)
    head = r"(?<![\d.])" if phrase[:1].isdigit() else ""
    tail = r"(?!\.?\d)" if phrase[-1:].isdigit() else ""
    return re.search(head + re.escape(phrase) + tail, fold(text)) is not None


def read_questions(path: Path) -> Iterator[Question | str]:
    """Every line of ``path``: a ``Question``, or the problem of a line that is not a JSON object."""
    for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(text)
        except json.JSONDecodeError as error:
            yield f"{path}:{line}: ?: no JSON: {error.msg}"
            continue
        yield Question(path, line, row) if isinstance(row, dict) else f"{path}:{line}: ?: no JSON object"


def read_reports(folder: Path) -> dict[str, str]:
    """Raw text of each ``<year>_<place>.txt`` in ``folder`` by report id ``<year>-<place>``."""
    files = sorted(folder.glob("*_*.txt"))
    return {file.stem.replace("_", "-", 1): file.read_text(encoding="utf-8-sig") for file in files}


def check_shape(row: Row, stem: str) -> Iterator[str]:
    """Keys and their types; the other checks run only on rows that pass this one."""
    for key, kind in REQUIRED.items():
        if key not in row:
            yield f"{key} is missing"
        elif not isinstance(row[key], kind):
            yield f"{key} has the wrong type"
    for key in row.keys() - REQUIRED.keys():
        if key not in OPTIONAL:
            yield f"{key} is not a known key"
        elif not isinstance(row[key], OPTIONAL[key]):
            yield f"{key} has the wrong type"
    for key in ("must", "direct"):
        if any(not isinstance(group, list) or not group or not all(group) for group in row.get(key) or []):
            yield f"{key} must hold non-empty lists of non-empty alternatives"
    if any(not isinstance(turn, dict) for turn in row.get("history") or []):
        yield "history must hold objects with role and content"
    if any(not isinstance(v, str) or not NUMBER.fullmatch(v) for v in row.get("derived") or []):
        yield "derived must hold numbers as text"
    for gold in row.get("gold") or []:
        if not isinstance(gold, dict) or gold.keys() - {"also"} != {"report", "text"} or not gold["text"]:
            yield "gold must hold objects with report and text"
        elif not all(isinstance(text, str) and text for text in gold.get("also", [])):
            yield "gold.also must hold non-empty texts"
    if row.get("split") != stem.rstrip("0123456789") or not str(row.get("id", "")).startswith(f"{stem}-"):
        yield f"split and id must be those of the file ({stem})"
    if row.get("type") not in BOUNDS:
        yield f"type {row.get('type')!r} is not known"
    if not str(row.get("question", "")).strip():
        yield "question is empty"


def check_gold(row: Row, reports: Reports) -> Iterator[str]:
    """Each gold text, and each ``also``, stands once in its report, and the golds cover the named reports."""
    for report in row["reports"]:
        if report not in reports:
            yield f"report {report} does not exist"
    for gold in row["gold"]:
        if gold["report"] not in row["reports"]:
            yield f"gold report {gold['report']} is not in reports"
            continue
        for text in (gold["text"], *gold.get("also", [])):
            count = reports.get(gold["report"], "").count(text)
            if count != 1:
                yield f"gold text stands {count} times in {gold['report']}: {text}"
    # In a comparison a report may be silent; everywhere else a named report must carry evidence.
    silent = set(row["reports"]) - {gold["report"] for gold in row["gold"]}
    if silent and not row["abstain"] and row["type"] != "compare":
        yield f"no gold for {', '.join(sorted(silent))}"


def check_reason(row: Row) -> Iterator[str]:
    """Abstention, reason and type agree."""
    expected = row["type"] if row["type"] in REFUSALS else None
    if row["reason"] != expected or row["abstain"] != (expected is not None):
        yield f"abstain/reason must be {expected is not None}/{expected} for type {row['type']}"
    if row["abstain"] and row["must_not"]:
        yield "a refusal may mention near figures: must_not must be empty"
    if row["type"] in ("no_such_report", "off_topic") and (row["must"] or row["reports"] or row["gold"]):
        yield "must, reports and gold must be empty"
    if not row["abstain"] and not (row["must"] and row["gold"] and row["reports"]):
        yield "an answerable question needs must, reports and gold"


def check_history(row: Row) -> Iterator[str]:
    """Follow-ups, and only they, have a history of whole exchanges."""
    turns = row.get("history", [])
    if (row["type"] == "follow_up") != bool(turns):
        yield "history belongs to follow_up, and follow_up needs it"
    roles = [turn.get("role") for turn in turns]
    if roles != ["user", "assistant"] * (len(turns) // 2) or not all(turn.get("content") for turn in turns):
        yield "history must alternate user, assistant and have contents"


def derivable(value: Decimal, figures: Sequence[Sequence[Decimal]]) -> bool:
    """Whether ``value`` is the difference, sum or quotient of two figures, or the sum or mean of one of each text.

    ``figures`` holds the figures of each gold text. A quotient is rounded as ``value`` is, as a number of times or in
    percent.
    """
    if any(value in (abs(a - b), a + b) for a, b in combinations(chain.from_iterable(figures), 2)):
        return True
    apart = ((a, b) for a, b in permutations(chain.from_iterable(figures), 2) if b)
    if any(value == (a * scale / b).quantize(value) for a, b in apart for scale in (1, 100)):
        return True
    return len(figures) > 1 and any(sum(row) in (value, value * len(row)) for row in product(*figures))


def provable(alternative: str, row: Row) -> bool:
    """Whether the gold texts (or a stated derivation, or the name of a report) carry ``alternative``."""
    texts = [gold["text"] for gold in row["gold"]]
    if any(contains(text, alternative) for text in texts):
        return True
    if any(contains(report.partition("-")[2], alternative) for report in row["reports"]):
        return True
    numbers = NUMBER.findall(fold(alternative))
    known = row.get("derived", [])
    return bool(numbers) and all(n in known or any(contains(t, n) for t in texts) for n in numbers)


def check_answer(row: Row, reports: Reports) -> Iterator[str]:
    """What must be said is proved by the gold, and what must not be said is a real near-by figure."""
    texts = [gold["text"] for gold in row["gold"]]
    figures = [[Decimal(n) for n in NUMBER.findall(fold(text))] for text in texts]
    for value in row.get("derived", []):
        if not derivable(Decimal(value), figures):
            yield f"derived {value} is no difference, sum or quotient of gold figures"
    for group in [*row["must"], *row.get("direct", [])]:
        if not any(provable(alternative, row) for alternative in group):
            yield f"gold does not prove {'|'.join(group)}"
        for wrong in row["must_not"]:
            if any(contains(alternative, wrong) for alternative in group):
                yield f"must_not {wrong} forbids {'|'.join(group)}"
    for wrong in row["must_not"]:
        if not any(contains(text, wrong) for text in reports.values()):
            yield f"must_not {wrong} stands in no report: it traps nobody"
    if row.get("ordered"):
        yield from check_order(row)


def check_order(row: Row) -> Iterator[str]:
    """An ordered list names its items in the order of the gold texts."""
    if row["type"] != "list":
        yield "ordered is for lists"
    text = fold("".join(gold["text"] for gold in row["gold"]))
    places = [max(text.find(fold(alternative)) for alternative in group) for group in row["must"]]
    if places != sorted(places):
        yield "must is not in the order of the gold"


def check_set(questions: Sequence[Question], split: str, reports: Iterable[str]) -> Iterator[str]:
    """Types within their bounds and every report asked about often enough, in one split."""
    total = len(questions)
    types = Counter(question.row["type"] for question in questions)
    for kind, (low, high) in BOUNDS.items():
        if not low <= types[kind] / max(total, 1) <= high:
            yield f"{split}.jsonl: {kind}: {types[kind]} of {total} is outside {low:.0%}-{high:.0%}"
    single = [q.row["reports"][0] for q in questions if len(q.row["reports"]) == 1]
    for report in reports:
        if single.count(report) < MIN_REPORT_SHARE * len(single):
            yield f"{split}.jsonl: {report}: only {single.count(report)} of {len(single)} questions"


def check_unique(questions: Iterable[Question]) -> Iterator[str]:
    """No id and no question (after folding, with its history) twice over all files."""
    keys: tuple[tuple[str, Callable[[Row], str]], ...] = (
        ("id", lambda row: str(row["id"])),
        ("question", lambda row: fold(row["question"] + json.dumps(row.get("history", [])))),
    )
    seen: dict[tuple[str, str], Question] = {}
    for question in questions:
        for name, key in keys:
            # Punctuation does not make another question.
            value = re.sub(r"[^\w-]", "", key(question.row))
            first = seen.setdefault((name, value), question)
            if first is not question:
                yield question.problem(f"{name} repeats {first.path.name}:{first.line}")


def check(folder: Path, report_folder: Path) -> tuple[list[Question], list[str]]:
    """All well-formed questions of ``folder`` and all problems; a missing file is a problem."""
    reports = read_reports(report_folder)
    good: list[Question] = []
    problems = [] if reports else [f"{report_folder}: no report files"]
    for split in FILES:
        path = folder / f"{split}.jsonl"
        if not path.is_file():
            problems.append(f"{path}: file is missing")
            continue
        before = len(good)
        for item in read_questions(path):
            found = (
                [item] if isinstance(item, str) else [item.problem(p) for p in check_shape(item.row, split)]
            )
            problems += found
            if not isinstance(item, str) and not found:
                good.append(item)
        if split not in FOCUSED:
            problems += check_set(good[before:], split, reports)
    for question in good:
        row = question.row
        for check_row in (
            check_reason(row),
            check_history(row),
            check_gold(row, reports),
            check_answer(row, reports),
        ):
            problems += [question.problem(text) for text in check_row]
    return good, problems + list(check_unique(good))


def main(argv: Sequence[str] | None = None) -> int:
    """Command line; see the module docstring."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.check_questions", description="Check the question set."
    )
    root = Path(__file__).resolve().parent.parent
    parser.add_argument("--questions", type=Path, default=root / "eval" / "questions")
    parser.add_argument("--reports", type=Path, default=root / "data" / "reports")
    args = parser.parse_args(argv)
    questions, problems = check(args.questions, args.reports)
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        return 1
    counts = Counter((question.row["type"], question.path.stem) for question in questions)
    for kind in BOUNDS:
        print(f"{kind:16}" + "".join(f"{split} {counts[kind, split]:3}  " for split in FILES))
    print(f"{'all':16}" + "".join(f"{s} {sum(q.path.stem == s for q in questions):3}  " for s in FILES))
    return 0


if __name__ == "__main__":
    sys.exit(main())
