"""Score the extracted figures and commitments against hand-made labels: ``python -m eval.extraction``.

Labels: eval/figures_gold.jsonl, made as eval/figures_gold.md says, from the text alone. A labelled paragraph
is labelled whole, so that what the extractor finds besides counts as an error and what it misses as a miss.

Precision is over the extractor's rows in labelled paragraphs, recall over the labelled rows; rows marked
optional and what is found at their place count in neither. A row is exact when value, unit, comparator,
measure, indicator, subject, period and kind are all right.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from eval.cells import show, table
from eval.labels import CommitmentLabel, FigureLabel, Labelled, read_labels
from eval.pairing import FIELDS, Pair, Promise, pair_commitments, pair_figures
from qa.commitments import extract_commitments
from qa.errors import EvalDataError, QAError
from qa.figures import extract_figures
from qa.load import discover, load_report
from qa.text import fold
from qa.types import Commitment, Figure, Paragraph, Report

HERE = Path(__file__).parent
GOLD = HERE / "figures_gold.jsonl"
REPORTS = HERE.parent / "data" / "reports"

EPILOG = """标注的写法：eval/figures_gold.md

例：
  python -m eval.extraction --split dev --failures
  python -m eval.extraction --gold eval/fresh/gold.jsonl --reports eval/fresh/reports"""

# ------------------------------------------------------------------ reports


def score(gold: Sequence[Labelled], reports: Path) -> tuple[list[Pair], list[Promise]]:
    """Extract from every labelled report and pair.

    Raises: EvalDataError if a labelled report or paragraph is not in the folder; SourceError if a report
    cannot be loaded.
    """
    loaded = _load(reports)
    pairs: list[Pair] = []
    promises: list[Promise] = []
    rows: dict[str, tuple[list[Figure], list[Commitment]]] = {}
    for item in gold:
        if (report := loaded.get(item.report)) is None:
            raise EvalDataError(f"{item.id}：{reports} 里没有 {item.report}，有 {'、'.join(loaded)}")
        if item.report not in rows:
            figures = extract_figures(report)
            rows[item.report] = figures, extract_commitments(report, figures)
        at, paragraph = _find(report, item)
        figures, commitments = rows[item.report]
        pairs += pair_figures(item, list(_within(figures, paragraph, at, len(item.text))))
        if item.commitments is not None:
            promises += pair_commitments(item, list(_within(commitments, paragraph, at, len(item.text))))
    return pairs, promises


def _load(folder: Path) -> dict[str, Report]:
    files, problems = discover([folder])
    if not files:
        raise problems[0] if problems else EvalDataError(f"{folder} 里没有报告")
    return {report.report_id: report for report in map(load_report, files)}


def _find(report: Report, item: Labelled) -> tuple[int, Paragraph]:
    """Where a labelled text stands; of several paragraphs that hold it, the one with the least besides."""
    places = [(fold(paragraph.text).find(item.text), paragraph) for paragraph in report.paragraphs]
    held = [place for place in places if place[0] >= 0]
    if not held:
        raise EvalDataError(f"{item.id}：{item.report} 里没有这一段原文，请核对标注的 text")
    return min(held, key=lambda place: len(place[1].text))


R = TypeVar("R", Figure, Commitment)


def _within(rows: Iterable[R], paragraph: Paragraph, at: int, size: int) -> Iterator[tuple[int, int, R]]:
    """The rows that touch the labelled part of a paragraph, with their places in it."""
    for row in rows:
        start, end = row.start - paragraph.start - at, row.end - paragraph.start - at
        if row.paragraph == paragraph.number and end > 0 and start < size:
            yield start, end, row


# ------------------------------------------------------------------ tables


def figure_table(pairs: Sequence[Pair]) -> str:
    """Exact rows and value with unit, in all and per construction; extra rows are in the first line only."""
    groups: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        if pair.gold:
            groups[pair.gold.construction[0]].append(pair)
    rows = [_line(name, members) for name, members in sorted(groups.items(), key=lambda g: -len(g[1]))]
    heads = ("构式", "标注", "抽取", "整行准确率", "整行召回", "整行 F1", "数值单位召回")
    return table(heads, [_line("全部", pairs), *rows])


def _line(name: str, pairs: Sequence[Pair]) -> list[str]:
    labelled = sum(pair.gold is not None for pair in pairs)
    extracted = sum(pair.found is not None for pair in pairs)
    exact = sum(not pair.faults for pair in pairs)
    told = sum(
        pair.gold is not None and pair.found is not None and not {"value", "unit"} & set(pair.faults)
        for pair in pairs
    )
    precision = exact / extracted if extracted else None
    recall = exact / labelled if labelled else None
    f1 = 2 * exact / (labelled + extracted) if labelled + extracted else None
    told_share = told / labelled if labelled else None
    return [name, str(labelled), str(extracted), *map(show, (precision, recall, f1, told_share))]


def field_table(pairs: Sequence[Pair]) -> str:
    """Share of right fields over the rows that both have."""
    both = [pair for pair in pairs if pair.gold and pair.found]
    wrong = Counter(name for pair in both for name in pair.faults)
    cells = [show(1 - wrong[name] / len(both)) if both else show(None) for name in FIELDS]
    return table(("字段", *FIELDS), [("正确率", *cells)])


def commitment_table(promises: Sequence[Promise]) -> str:
    """Clauses found (half of the joint characters), spans exact, kinds right, names found."""
    labelled = sum(item.gold is not None for item in promises)
    extracted = sum(item.found is not None for item in promises)
    both = [item for item in promises if item.gold and item.found]
    named = [sum(item.named[i] for item in promises) for i in (0, 1)]
    cells = (
        len(both) / extracted if extracted else None,
        len(both) / labelled if labelled else None,
        2 * len(both) / (labelled + extracted) if labelled + extracted else None,
        sum(item.exact for item in both) / len(both) if both else None,
        sum(item.kind for item in both) / len(both) if both else None,
        named[0] / named[1] if named[1] else None,
    )
    heads = ("承诺：标注", "抽取", "准确率", "召回", "F1", "边界相同", "类别正确", "名称召回")
    return table(heads, [(str(labelled), str(extracted), *map(show, cells))])


def failures(pairs: Sequence[Pair], promises: Sequence[Promise]) -> list[str]:
    """One line a wrong, missed or extra row, only of paragraphs of the split dev: no other may be read."""
    lines = [
        f"{pair.paragraph.id} {'、'.join(pair.faults)}｜标注 {_wanted(pair.gold)}｜抽取 {_found(pair.found)}"
        for pair in pairs
        if pair.faults and pair.paragraph.split == "dev"
    ]
    return lines + [
        f"{item.paragraph.id} 承诺 {wrong}｜标注 {_promised(item.gold)}｜抽取 {_promise(item.found)}"
        for item in promises
        if (wrong := _wrong(item)) and item.paragraph.split == "dev"
    ]


def _wrong(item: Promise) -> str:
    if item.gold is None or item.found is None:
        return "漏" if item.gold else "多"
    checks = (("边界", item.exact), ("类别", item.kind), ("名称", item.named[0] == item.named[1]))
    return "、".join(name for name, right in checks if not right)


def _wanted(label: FigureLabel | None) -> str:
    if label is None:
        return "（无）"
    high = "" if label.high is None else f"—{label.high}"
    named = ("/".join(field) for field in (label.subject, label.indicator, label.core, label.measure))
    told = ("/".join(field) for field in (label.comparator, label.period, label.kind, label.reference))
    return f"{label.said}|{'|'.join(named)}|{label.value}{high}{'/'.join(label.unit)}|{'|'.join(told)}"


def _found(figure: Figure | None) -> str:
    if figure is None:
        return "（无）"
    return (
        f"{figure.subject}|{figure.indicator}|{figure.canonical or ''}|{figure.measure}|{figure.value}{figure.unit}"
        f"|{figure.comparator}|{figure.period}|{figure.kind}"
    )


def _promised(label: CommitmentLabel | None) -> str:
    return f"{'/'.join(label.kind)} {label.text}（{'、'.join(label.names)}）" if label else "（无）"


def _promise(found: Commitment | None) -> str:
    if found is None:
        return "（无）"
    return f"{found.kind} {found.verb} {found.start}-{found.end}（{'、'.join(found.names)}）"


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 0 done, 1 failed, 2 wrong usage. Low scores are a result, not a failure."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.extraction",
        description="用手工标注检查抽取的数据和承诺。",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--gold", type=Path, default=GOLD, metavar="FILE", help="标注文件")
    parser.add_argument("--reports", type=Path, default=REPORTS, metavar="DIR", help="报告所在目录")
    parser.add_argument("--split", choices=("dev", "sealed"), help="只用这一半")
    parser.add_argument("--failures", action="store_true", help="列出不对的行（只列 split 为 dev 的段落）")
    args = parser.parse_args(argv)
    try:
        pairs, promises = score(read_labels(args.gold, args.split), args.reports)
    except QAError as exc:
        sys.stderr.write(f"{exc}\n")
        return 1
    parts = [figure_table(pairs), field_table(pairs), commitment_table(promises)]
    sys.stdout.write("\n".join(parts))
    if args.failures:
        sys.stdout.write("\n" + "".join(f"{line}\n" for line in failures(pairs, promises)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
