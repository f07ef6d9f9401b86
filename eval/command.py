"""What the programs that ask questions share on the command line: their flags, which questions are meant, how they end."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from eval.questions import Question, read_questions
from qa.errors import QAError

QUESTIONS = Path(__file__).parent / "questions"


def default_questions() -> list[Path]:
    """The question files that come with the project."""
    return sorted(QUESTIONS.glob("*.jsonl"))


def add_common_arguments(parser: argparse.ArgumentParser) -> None:
    """The flags of a program that asks the questions of an index."""
    add_question_arguments(parser)
    parser.add_argument("--index", type=Path, metavar="DIR", help="索引目录，默认同 QA_INDEX")


def add_question_arguments(parser: argparse.ArgumentParser) -> None:
    """The flags of every program that asks questions: which ones, how many, and where to write."""
    parser.add_argument("--questions", type=Path, nargs="+", metavar="FILE", help="问题文件（JSONL 或 CSV）")
    parser.add_argument(
        "--split", choices=("dev", "test", "unseen", "seen", "own"), help="只用这一部分问题（自己的题是 own）"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="记录和报告写到这个目录")
    parser.add_argument("--limit", type=int, metavar="N", help="只用前 N 个问题")


def add_reports_argument(parser: argparse.ArgumentParser) -> None:
    """The flag of a program that ingests reports anew."""
    parser.add_argument(
        "--reports", type=Path, default=Path("data/reports"), metavar="DIR", help="报告文件夹"
    )


def add_totals_argument(parser: argparse.ArgumentParser) -> None:
    """The flag for sealed sets of a program that otherwise writes the questions that it lost."""
    parser.add_argument("--totals", action="store_true", help="只给总数，不写出题目（封存的题集用）")


def questions_of(args: argparse.Namespace) -> list[Question]:
    """The questions that the flags choose; those of this repository where no file is named."""
    return read_questions(args.questions or default_questions(), args.split)[: args.limit]


def ask_again(
    parser: argparse.ArgumentParser, argv: Sequence[str] | None, work: Callable[[argparse.Namespace], None]
) -> int:
    """Run a program that asks right questions again in another way; its exit code.

    0 done, 1 failed, 2 wrong usage. Questions that are lost are a result, not a failure.
    """
    args = parser.parse_args(argv)
    if args.out and args.totals:
        parser.error("--totals 不写出题目，不能和 --out 一起用")
    try:
        work(args)
    except QAError as exc:
        sys.stderr.write(f"{exc}\n")
        return 1
    return 0
