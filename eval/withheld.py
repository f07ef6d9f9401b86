"""The same questions without what answers them: `python -m eval.withheld --split dev`.

Of each question that is answered rightly the words that prove the answer are taken out of the reports, and it is asked
again; or it is asked of a place that no report is of, or of a year that none speaks of. Then a refusal is right, or an
answer that stands elsewhere in the report; a reader that gives the nearest number instead shows here. No gold has to be
written for it.
"""

from __future__ import annotations

import argparse
import logging
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.cells import table
from eval.command import (
    add_question_arguments,
    add_reports_argument,
    add_totals_argument,
    ask_again,
    questions_of,
)
from eval.editions import answer_of, right
from eval.guard import build_index
from eval.questions import Question
from eval.records import write_lost
from qa.config import Settings
from qa.errors import EvalDataError
from qa.types import Answer, ReportInfo

log = logging.getLogger(__name__)

EPILOG = """例：
  python -m eval.withheld --split dev --out build/withheld
  python -m eval.withheld --split test --totals
  python -m eval.withheld --reports eval/wild/reports --questions eval/wild/questions.jsonl --by 整句"""

BY: Mapping[str, str] = {"整句": "。；！？", "一处": "，。；！？"}
"""How much is taken out: from one of these marks to the next, the whole sentence or only the clause."""

ELSEWHERE, AT_ANOTHER_TIME = "别的地方", "别的年份"
"""Nothing is taken out: the place, or the time, of the question is one that the reports do not speak of."""

GROUPS = 10
"""Parts into which the questions are dealt, so that each set of reports lacks but a tenth of their proofs."""

OUTCOMES = ("拒答", "仍答对", "另给了数", "另引了原文")
"""Declined; right all the same; a number told, or words of a report quoted, that prove nothing of what was asked."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question without its proof, what was answered, and which of OUTCOMES that is."""

    question: Question
    answer: Answer
    outcome: str


def without(text: str, words: str, marks: str) -> str:
    """A text without each stretch between two of ``marks`` (or line ends) that some words of it stand in.

    A clause that closed its sentence leaves its mark to the one before. Returns: the text itself where the words
    stand nowhere in it.
    """
    while words and (at := text.find(words)) >= 0:
        start = max(text.rfind(mark, 0, at) + 1 for mark in f"{marks}\n")
        end = re.compile(f"[{marks}\n]").search(text, at + len(words) - 1)
        stop = len(text) if end is None else end.start() if end[0] == "\n" else end.end()
        if start and text[start - 1] == "，" and text[stop - 1] != "，":
            start, stop = start - 1, stop - (end is not None and end[0] != "\n")
        text = text[:start] + text[stop:]
    return text


def files_of(infos: Sequence[ReportInfo]) -> dict[str, str]:
    """The name of each report's file, by its id."""
    return {info.report_id: Path(info.source).name for info in infos}


def withhold(
    questions: Sequence[Question], files: Mapping[str, str], reports: Path, folder: Path, marks: str
) -> list[Question]:
    """Copy ``reports`` into ``folder`` without the proofs of some questions.

    Returns: the questions all of whose proofs are gone; what stands in no text file, or as no run of characters of it,
    cannot be taken out.
    """
    texts: dict[str, str] = {}
    done = []
    for item in questions:
        proofs = [
            (files.get(gold.report, ""), said) for gold in item.gold for said in (gold.text, *gold.also)
        ]
        if not proofs or any(not name.endswith(".txt") for name, _ in proofs):
            continue
        whole = {name: (reports / name).read_text("utf-8-sig") for name, _ in proofs}
        if all(said in whole[name] for name, said in proofs):
            for name, said in proofs:
                texts[name] = without(texts.get(name, whole[name]), said, marks)
            done.append(item)
    folder.mkdir(parents=True)
    for path in reports.iterdir():
        if path.name in texts:
            (folder / path.name).write_text(texts[path.name], "utf-8")
        elif path.is_file():
            shutil.copy(path, folder / path.name)
    return done


def outcome(question: Question, answer: Answer, *, gone: bool = True) -> str:
    """Which of OUTCOMES an answer is; what was right can only still be where its proof is ``gone``, not another place's."""
    if answer.abstained:
        return "拒答"
    if gone and right(question, answer):
        return "仍答对"
    return "另给了数" if any(figure.verdict == "supported" for figure in answer.figures) else "另引了原文"


def asked(questions: Sequence[Question], reports: Path, work: Path, by: str) -> Iterator[Asked]:
    """Every question of a sound answer, asked of the reports without what proves it; ``sound`` has built the index."""
    from tqdm import tqdm

    from qa.chain import Assistant

    files = files_of(Assistant.open(Settings(index=work / "whole")).index.reports)
    for number in tqdm(range(GROUPS), desc=f"删去{by}", unit="组", file=sys.stderr):
        source = work / f"{by}{number}"
        part = withhold(questions[number::GROUPS], files, reports, source, BY[by])
        if not part:
            continue
        build_index(source, work / f"{by}{number}-index")
        assistant = Assistant.open(Settings(index=work / f"{by}{number}-index"))
        for item in part:
            answer = answer_of(assistant, item)
            yield Asked(item, answer, outcome(item, answer))


def of_elsewhere(item: Question, infos: Sequence[ReportInfo], texts: Sequence[str]) -> Question | None:
    """The question of a city that no report names, for the one place that it names once; None where it names no such."""
    from qa.places import gazetteer, short_name

    named = [short for short in {short_name(info.place) for info in infos} if short in item.question]
    if len(named) != 1 or item.question.count(named[0]) != 1 or item.history:
        return None
    unknown = (
        place.short for place in gazetteer() if place.level == "city" and len(place.short) == len(named[0])
    )
    other = next(name for name in unknown if not any(name in text for text in texts))
    return item.model_copy(update={"question": item.question.replace(named[0], other)})


_TIME = re.compile(r"(?<!\d)20\d\d年?(?!\d)|去年|今年")


def of_another_time(item: Question, infos: Sequence[ReportInfo], texts: Sequence[str]) -> Question | None:
    """The question of a year that no report names, for the one time that it says once; None where it says none, or two."""
    said = _TIME.findall(item.question)
    if len(said) != 1 or item.history:
        return None
    before = min(info.year for info in infos) - 1
    silent = (year for year in range(before - 3, 1949, -1) if not any(str(year) in text for text in texts))
    return item.model_copy(update={"question": _TIME.sub(f"{next(silent)}年", item.question)})


def changed(questions: Sequence[Question], work: Path, by: str) -> Iterator[Asked]:
    """Every question of a sound answer, asked of another place or year than the reports speak of."""
    from tqdm import tqdm

    from qa.chain import Assistant

    assistant = Assistant.open(Settings(index=work / "whole"))
    infos = assistant.index.reports
    texts = [assistant.index.text(info.report_id) for info in infos]
    change = of_elsewhere if by == ELSEWHERE else of_another_time
    for item in tqdm(questions, desc=by, unit="题", file=sys.stderr):
        if other := change(item, infos, texts):
            answer = answer_of(assistant, other)
            yield Asked(other, answer, outcome(other, answer, gone=False))


def sound(questions: Sequence[Question], reports: Path, work: Path) -> list[Question]:
    """The questions with gold that are answered rightly while nothing is missing."""
    from qa.chain import Assistant

    build_index(reports, work / "whole")
    assistant = Assistant.open(Settings(index=work / "whole"))
    answerable = [item for item in questions if item.gold and not item.abstain]
    return [item for item in answerable if right(item, answer_of(assistant, item))]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval.withheld",
        description="把能证明答案的原文从报告里删去，或改问别的地方、年份：应当拒答，或者从别处答对，不应拿相近的数来答。",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_question_arguments(parser)
    add_reports_argument(parser)
    parser.add_argument(
        "--by",
        nargs="+",
        choices=[*BY, ELSEWHERE, AT_ANOTHER_TIME],
        metavar="怎么问",
        help="删去整句，或只是那一处（一个分句）；不删，改问没有报告的地方、报告没有讲到的年份",
    )
    add_totals_argument(parser)
    return parser


def _main(args: argparse.Namespace) -> None:
    questions = questions_of(args)
    rows, told = [], []
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        held = sound(questions, args.reports, work)
        for by in args.by or (*BY, ELSEWHERE, AT_ANOTHER_TIME):
            found = list(asked(held, args.reports, work, by) if by in BY else changed(held, work, by))
            if not found:
                raise EvalDataError(
                    "没有一题可以这样问：要有答得对、并且标了原文（gold）的题，原文在 .txt 的报告里"
                )
            counts = Counter(item.outcome for item in found)
            share = 1 - (counts["另给了数"] + counts["另引了原文"]) / len(found)
            rows.append((by, str(len(found)), *(str(counts[name]) for name in OUTCOMES), f"{share:.3f}"))
            told += [(by, item) for item in found if item.outcome in OUTCOMES[2:]]
    said = (
        f"原来答对、标了原文的 {len(held)} 题，从报告里删去能证明答案的原文，或改问别的地方、年份以后：\n\n"
    )
    sys.stdout.write(said + table(("怎么问", "题数", *OUTCOMES, "没有乱答"), rows) + "\n")
    if args.out:
        write_lost(args.out, [_record(by, item) for by, item in told])


def _record(by: str, item: Asked) -> dict[str, object]:
    question = item.question
    return {"by": by, "id": question.id, "question": question.question, "answer": item.answer.to_dict()}


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 0 done, 1 failed, 2 wrong usage. An answer without its proof is a result, not a failure."""
    return ask_again(_parser(), argv, _main)


if __name__ == "__main__":
    sys.exit(main())
