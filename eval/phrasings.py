"""How often a statistic is recognised that people ask for without its name: ``python -m eval.phrasings``.

The questions and who wrote them: eval/everyday/README.md. Only the reading is judged (qa/everyday.py), no answer.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from eval.cells import show, table
from qa.errors import EvalDataError, QAError
from qa.everyday import statistics_meant
from qa.lexicon import indicators
from qa.text import fold

QUESTIONS = Path(__file__).parent / "everyday" / "questions.tsv"
SPLITS = {"dev": "开发", "sealed": "封存"}
_PLACE = re.compile("某[市县省区州]")
_CLAUSES = re.compile("[，。？！；]")

EPILOG = """例：
  python -m eval.phrasings
  python -m eval.phrasings --split dev --failures"""


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A question and the statistic that it asks for."""

    split: str
    name: str
    question: str


def read(path: Path) -> list[Phrasing]:
    """The questions of a file of lines ``split TAB statistic TAB question``.

    Raises: EvalDataError for a line of another form or a statistic that is not known.
    """
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 3 or cells[0] not in SPLITS or cells[1] not in indicators():
            raise EvalDataError(f"{path}:{number}：应为“dev 或 sealed、指标、问题”，以制表符分隔")
        found.append(Phrasing(*cells))
    return found


def names_read(question: str) -> list[str]:
    """The statistics that the clauses of a question are read as, each once."""
    clauses = _CLAUSES.split(_PLACE.sub("", fold(question)))
    return list(dict.fromkeys(name for clause in clauses for name in statistics_meant(clause)))


def outcome(phrasing: Phrasing) -> str:
    """ "right", "wrong" (as one other), "several" (not definite, so not read) or "none"."""
    names = names_read(phrasing.question)
    if not names:
        return "none"
    if len(names) > 1:
        return "several"
    return "right" if names == [phrasing.name] else "wrong"


def report(phrasings: Iterable[Phrasing]) -> str:
    """The counts of each split as a table; of those read at all, the part read right."""
    counts: dict[str, Counter[str]] = {}
    for phrasing in phrasings:
        counts.setdefault(phrasing.split, Counter())[outcome(phrasing)] += 1
    rows = []
    for split, count in counts.items():
        read_as_one = count["right"] + count["wrong"]
        rows.append(
            [
                SPLITS[split], str(count.total()), show(count["right"] / count.total()), str(count["wrong"]),
                str(count["several"]), show(count["right"] / read_as_one if read_as_one else None),
            ]
        )  # fmt: skip
    return table(["题", "题数", "认对的比例", "认错（题）", "两可、不认（题）", "认了的里对的比例"], rows)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m eval.phrasings",
        description="不说指标名字的日常问法，认得出是哪个指标的有多少。",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--questions", type=Path, default=QUESTIONS, metavar="FILE", help="问题文件")
    parser.add_argument("--split", choices=SPLITS, help="只用这一半")
    parser.add_argument("--failures", action="store_true", help="列出 dev 里认错、认不出的题（封存的不列）")
    args = parser.parse_args(argv)
    try:
        asked = [one for one in read(args.questions) if args.split in (None, one.split)]
    except (QAError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(report(asked))
    for one in asked if args.failures else ():
        if one.split == "dev" and outcome(one) != "right":
            print(f"{one.name}：{one.question} → {'、'.join(names_read(one.question)) or '没有认出'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
