"""What got better, what got worse, and is it noise: ``python -m eval.diff RUN_A RUN_B``."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.cells import code, short, show, table
from eval.records import Record, Run, differences, read_run, write_whole
from eval.stats import Difference, paired_difference
from eval.tally import HEADLINE, SMALLER_IS_BETTER, expected_of, values
from qa.errors import EvalDataError, QAError

EPILOG = """例：
  python -m eval.diff build/before build/after
  python -m eval.diff build/before build/after --out build/diff.html"""


@dataclass(frozen=True, slots=True)
class Pair:
    """One question in both runs."""

    before: Record
    after: Record

    @property
    def change(self) -> str:
        """better or worse by whether it is correct; else other if the outcome changed, or same."""
        was, now = bool(self.before["checks"]["correct"]), bool(self.after["checks"]["correct"])
        if was != now:
            return "better" if now else "worse"
        return "same" if outcome(self.before) == outcome(self.after) else "other"


@dataclass(frozen=True, slots=True)
class Line:
    """One metric in both runs; ``found`` is None where no question has it in both."""

    name: str
    smaller_is_better: bool
    found: Difference | None

    @property
    def better(self) -> int:
        """Questions with a better score in B."""
        return 0 if not self.found else self.found.lower if self.smaller_is_better else self.found.higher

    @property
    def worse(self) -> int:
        """Questions with a worse score in B."""
        return 0 if not self.found else self.found.higher if self.smaller_is_better else self.found.lower

    @property
    def verdict(self) -> str:
        """In words, by the interval."""
        if self.found is None:
            return "–"
        if not self.better and not self.worse:
            return "没有变化"
        if self.found.is_noise:
            return "可能只是波动"
        return "变差" if (self.found.mean > 0) == self.smaller_is_better else "变好"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs over the same questions. ``left_out``: questions that only one of them has."""

    first: Run
    second: Run
    pairs: tuple[Pair, ...]
    left_out: int
    differences: tuple[str, ...]
    lines: tuple[Line, ...]

    def changed(self, change: str) -> list[Pair]:
        """The pairs of one kind of change, in the order of run A."""
        return [pair for pair in self.pairs if pair.change == change]

    def transitions(self) -> list[tuple[str, str, int]]:
        """How many questions went from which outcome to which, where they differ; most frequent first."""
        counted = Counter((outcome(p.before), outcome(p.after)) for p in self.pairs)
        return [(a, b, n) for (a, b), n in counted.most_common() if a != b]


def outcome(record: Record) -> str:
    """答对, 答错, 误拒, 应拒且拒 or 应拒却答. A refusal that was due but says what it must not is 应拒却答."""
    if record["question"]["abstain"]:
        return "应拒且拒" if record["checks"]["correct"] else "应拒却答"
    if record["answer"]["abstained"]:
        return "误拒"
    return "答对" if record["checks"]["right"] else "答错"


def compare(first: Run, second: Run, *, common: bool = False) -> Comparison:
    """Pair the runs by question; with ``common`` only those that both have in the same words and judgement.

    Raises: EvalDataError if the sets differ and ``common`` is not given, or nothing is left.
    """
    asked_a = {record["id"]: record for record in first.records}
    asked_b = {record["id"]: record for record in second.records}
    shared = [
        name
        for name, record in asked_a.items()
        if name in asked_b and record["question"] == asked_b[name]["question"]
    ]
    left_out = len(asked_a.keys() | asked_b.keys()) - len(shared)
    if not shared:
        raise EvalDataError(f"{first.path} 和 {second.path} 没有相同的题，不能比较")
    if left_out and not common:
        raise EvalDataError(
            f"{first.path}（{len(asked_a)} 题）和 {second.path}（{len(asked_b)} 题）的题目不同，"
            f"相同的只有 {len(shared)} 题：请用同一批题重新评测，或加 --common 只比相同的题"
        )
    pairs = tuple(Pair(asked_a[name], asked_b[name]) for name in shared)
    return Comparison(
        first,
        second,
        pairs,
        left_out,
        tuple(differences(first.facts, second.facts)),
        tuple(_line(pairs, name, check) for name, _, check in HEADLINE),
    )


def _line(pairs: Sequence[Pair], name: str, check: str) -> Line:
    before = values([pair.before for pair in pairs], check)
    after = values([pair.after for pair in pairs], check)
    return Line(name, check in SMALLER_IS_BETTER, paired_difference(before, after))


# ------------------------------------------------------------------ pages


def summary(found: Comparison) -> str:
    """The whole Markdown page."""
    parts = [
        "# 两次评测的比较\n",
        f"A：{code(str(found.first.path))}，{found.first.facts.get('date')}；B：{code(str(found.second.path))}，"
        f"{found.second.facts.get('date')}；{len(found.pairs)} 题"
        + (f"，另有 {found.left_out} 题只在一次里，没有比" if found.left_out else "")
        + "\n",
        "不同之处：" + ("；".join(map(_plain, found.differences)) or "没有（设置、语料、程序都相同）") + "\n",
        table(("指标", "A", "B", "B − A", "95% 区间", "变好", "变差", "p", "判断"), map(_cells, found.lines)),
        NOTE + "\n",
    ]
    for change, heading in (("better", "变好的题"), ("worse", "变差的题"), ("other", "换了一种错法的题")):
        pairs = found.changed(change)
        if pairs or change != "other":
            parts += [f"## {heading}（{len(pairs)}）\n", "\n".join(map(_bullet, pairs)) or "无。", ""]
    return "\n".join(parts) + "\n"


NOTE = (
    "区间：成对自助法（按题重抽 2000 次）；p：双侧符号检验，只看分数有变化的题。区间含 0 就可能只是波动；"
    "十几项指标里偶然有一项不含 0 也不稀奇。只在一次评测里适用的题（如另一次拒答了）不计入该项。"
)


def score_changes(pairs: Sequence[Pair]) -> list[tuple[Pair, list[str]]]:
    """The questions with another score in any metric of HEADLINE, and which in words; others left out."""
    found = []
    for pair in pairs:
        changed = []
        for name, _, check in HEADLINE:
            (was,), (now,) = values([pair.before], check), values([pair.after], check)
            if was != now:
                changed.append(f"{name} {show(was)} → {show(now)}")
        if changed:
            found.append((pair, changed))
    return found


def _cells(line: Line) -> tuple[str, ...]:
    found = line.found
    if found is None:
        return (line.name, *"–" * 8)
    span = f"{found.low:+.3f} … {found.high:+.3f}"
    numbers = (show(found.mean_a), show(found.mean_b), f"{found.mean:+.3f}", span)
    return (line.name, *numbers, str(line.better), str(line.worse), show_p(found.p), line.verdict)


def show_p(p: float) -> str:
    """Three decimals, or <0.001: no test shows that something cannot be."""
    return "<0.001" if p < 0.001 else f"{p:.3f}"


def _bullet(pair: Pair) -> str:
    question = pair.before["question"]
    return (
        f"- {code(pair.before['id'])} {short(question['question'], 80)} ｜应为：{short(expected_of(question), 100)}"
        f" ｜A（{outcome(pair.before)}）：{short(pair.before['answer']['answer'], 120)}"
        f" ｜B（{outcome(pair.after)}）：{short(pair.after['answer']['answer'], 120)}"
    )


def _plain(text: str) -> str:
    return short(text, 200)


def page(found: Comparison) -> str:
    """The same as one HTML file, with both answers and their paragraphs side by side."""
    from eval.html import render

    reach = max((max(abs(x.found.low), abs(x.found.high)) for x in found.lines if x.found), default=0.0)
    facts: Mapping[str, Any] = {
        "title": "两次评测的比较",
        "found": found,
        "rows": [(line, _cells(line)) for line in found.lines],
        "reach": max(reach, 0.01),
        "scores": score_changes(found.pairs),
        "note": NOTE,
        "outcome": outcome,
        "changes": (
            ("better", "变好的题", found.changed("better")),
            ("worse", "变差的题", found.changed("worse")),
            ("other", "换了一种错法的题", found.changed("other")),
        ),
    }
    return render("diff.html", **facts)


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 0 done, 1 failed, 2 wrong usage. A worse run is a result, not a failure."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.diff",
        description="比较两次评测：哪些题变好，哪些变差，差别是不是波动。",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("first", type=Path, metavar="RUN_A", help="python -m eval.run --out 的目录")
    parser.add_argument("second", type=Path, metavar="RUN_B", help="同上；差别按 B − A 计")
    parser.add_argument("--out", type=Path, metavar="FILE.html", help="写成一个网页")
    parser.add_argument("--common", action="store_true", help="题目不同时，只比两次都有的题")
    args = parser.parse_args(argv)
    try:
        found = compare(read_run(args.first), read_run(args.second), common=args.common)
        if args.out:
            args.out.parent.mkdir(parents=True, exist_ok=True)
            write_whole(args.out, page(found))
    except QAError as exc:
        sys.stderr.write(f"{exc}\n")
        return 1
    sys.stdout.write(summary(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
