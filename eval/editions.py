"""The same reports in other editions, judged by the same gold: `python -m eval.editions --split dev`.

A report comes with spaces around its numbers, in 繁體, as a web page, broken into lines and pages. An edition changes
how a report is written and nothing that it says, so what was right must stay right: no gold has to be written for
it, and a reader that only knows how its own files are typeset shows here.
"""

from __future__ import annotations

import argparse
import html
import json
import logging
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval import metrics
from eval.cells import table
from eval.command import (
    add_question_arguments,
    add_reports_argument,
    add_totals_argument,
    ask_again,
    questions_of,
)
from eval.guard import build_index
from eval.questions import Question
from eval.records import write_lost
from qa.config import Settings
from qa.errors import EvalDataError
from qa.folding import RADICALS
from qa.types import Answer

if TYPE_CHECKING:
    from qa.chain import Assistant

log = logging.getLogger(__name__)

EPILOG = """例：
  python -m eval.editions --split dev --out build/editions
  python -m eval.editions --split test --totals
  python -m eval.editions --reports eval/wild/reports --questions eval/wild/questions.jsonl --editions 繁体 网页"""

_HAN = "[\u3400-\u9fff]"
_FOUR_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)")
_YEARS = range(1980, 2060)
YEARS_EARLIER = 3
_LINE, _PAGE = 38, 28
"""Characters of a line and lines of a page, where an edition is broken into them."""


def _spaced(text: str) -> str:
    return re.sub(rf"(?<={_HAN}|[，、。])(?=\d)|(?<=[\d%])(?={_HAN})", " ", text)


def _latin_spaced(text: str) -> str:
    return re.sub(rf"(?<={_HAN})(?=[A-Za-z\d])|(?<=[A-Za-z\d%])(?={_HAN})", " ", text)


def _strewn(text: str) -> str:
    chance = random.Random(1)  # the same spaces in every run
    between = re.compile(rf"(?<={_HAN})(?={_HAN})")
    return between.sub(lambda match: " " if chance.random() < 0.03 else "", text)


def _half_marks(text: str) -> str:
    return text.translate(str.maketrans("，；：（）", ",;:()"))


def _latin_stops(text: str) -> str:
    return re.sub(rf"(?<={_HAN}|[%）”])。", ".", text)


def _straight_quotes(text: str) -> str:
    return text.translate(str.maketrans("“”", '""'))


def _corner_quotes(text: str) -> str:
    return text.translate(str.maketrans("“”‘’", "「」『』"))


def _traditional(text: str) -> str:
    import opencc

    return str(opencc.OpenCC("s2hk").convert(text))


def _full_width(text: str) -> str:
    wide = str.maketrans({code: code + 0xFEE0 for code in range(ord("0"), ord("9") + 1)} | {ord("%"): "％"})
    return re.sub(r"[\d.%]+", lambda match: match[0].translate(wide).replace(".", "．"), text)


def _thousands(text: str) -> str:
    numbers = re.compile(r"(?<![\d.])(\d{1,3})(\d{3})(?!\d)")
    return numbers.sub(lambda match: match[0] if int(match[0]) in _YEARS else f"{match[1]},{match[2]}", text)


def _lines(text: str) -> list[str]:
    made: list[str] = []
    for paragraph in text.split("\n"):
        rest = f"　　{paragraph.strip()}" if paragraph.strip() else ""
        while rest:
            made.append(rest[:_LINE])
            rest = rest[_LINE:]
    return made


def _broken(text: str) -> str:
    return "\n".join(_lines(text))


def _paged(text: str) -> str:
    """Pages with the title above and their number below, the first without title."""
    lines = _lines(text)
    title = lines[0].strip() if lines else ""
    pages = [lines[i : i + _PAGE] for i in range(0, len(lines), _PAGE)]
    return "\n".join(
        "\n".join([*([title] if number > 1 else []), *page, f"— {number} —"])
        for number, page in enumerate(pages, 1)
    )


_NUMBERED = re.compile("(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)[^。；]*")


def _printed(text: str) -> str:
    """Copied from what a browser printed: the minute, title and address on every page, radicals for characters.

    Headings are spread out, and told twice as a PDF does that draws them twice to make them bold.
    """
    radicals = {ord(character): chr(radical) for radical, character in RADICALS.items()}
    rows: list[str] = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        wrapped = [line[i : i + _LINE] for i in range(0, len(line), _LINE)]
        rows += [" ".join(row) * 2 if _NUMBERED.fullmatch(line) else row for row in wrapped]
    shown = "\n".join(rows).translate(radicals).split("\n")
    pages = [shown[i : i + _PAGE] for i in range(0, len(shown), _PAGE)]
    head, foot = "2033/3/23 21:07 政府⼯作报告_政府⽹", "https://www.example.cn/gb/1.html"
    return "\n".join(
        "\n".join([head, *page, f"{foot} {number}/{len(pages)}"]) for number, page in enumerate(pages, 1)
    )


def _in_one_line(text: str) -> str:
    return "".join(line.strip() for line in text.split("\n"))


def _earlier(text: str, by: int = YEARS_EARLIER) -> str:
    def moved(match: re.Match[str]) -> str:
        year = int(match[0])  # ２０２３ too
        return str(year - by) if year in _YEARS else match[0]

    return _FOUR_DIGITS.sub(moved, text)


TEXTS: Mapping[str, Callable[[str], str]] = {
    "数字两边空格": _spaced,
    "中西文之间空格": _latin_spaced,
    "词里有空格": _strewn,
    "半角标点": _half_marks,
    "西文句号": _latin_stops,
    "直引号": _straight_quotes,
    "角引号": _corner_quotes,
    "繁体": _traditional,
    "全角数字": _full_width,
    "千分位": _thousands,
    "硬换行": _broken,
    "分页、页眉、页码": _paged,
    "浏览器打印": _printed,
    "不分行": _in_one_line,
    "三年前的报告": _earlier,
}
"""An edition as another text of the file."""


def _paragraphs(text: str) -> Iterator[str]:
    return (line.strip() for line in text.split("\n") if line.strip())


def _page(text: str) -> str:
    nav = "<div><a href='/'>首页</a> &gt; <a href='/zw'>政务公开</a> &gt; 政府工作报告</div>"
    body = "".join(f"<p>&nbsp;&nbsp;&nbsp;&nbsp;{html.escape(line)}</p>\n" for line in _paragraphs(text))
    return f"<!doctype html><html><head><meta charset='utf-8'></head><body>{nav}{body}</body></html>"


def _write_page(text: str, path: Path) -> None:
    path.with_suffix(".html").write_text(_page(text), "utf-8")


def _write_word(text: str, path: Path) -> None:
    import docx

    document = docx.Document()
    for line in _paragraphs(text):
        document.add_paragraph(f"　　{line}")
    document.save(str(path.with_suffix(".docx")))


def _write_pdf(text: str, path: Path) -> None:
    """Pages of A4 with the title above and the number below."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path.with_suffix(".pdf")), invariant=True)
    lines = _lines(text)
    for number, start in enumerate(range(0, len(lines), _PAGE), 1):
        canvas.setFont("STSong-Light", 12)
        canvas.drawString(220, 810, lines[0].strip())
        for row, line in enumerate(lines[start : start + _PAGE]):
            canvas.drawString(60, 780 - 26 * row, line)
        canvas.drawString(290, 30, f"— {number} —")
        canvas.showPage()
    canvas.save()


FILES: Mapping[str, Callable[[str, Path], None]] = {
    "网页": _write_page,
    "Word": _write_word,
    "PDF": _write_pdf,
}
"""An edition as another kind of file."""

BESIDE = "连同前一年的报告"
"""The reports as they are, and the same reports of the year before in one index: no answer may come of those."""

EDITIONS = (*TEXTS, *FILES, BESIDE)


def write_edition(name: str, reports: Path, folder: Path) -> None:
    """The text files of ``reports`` in an edition, into ``folder``; files of other kinds are copied.

    Raises: EvalDataError without a text file to edit.
    """
    folder.mkdir(parents=True)
    sources = sorted(path for path in reports.iterdir() if path.is_file() and path.name != "manifest.csv")
    texts = [path for path in sources if path.suffix == ".txt"]
    if not texts:
        raise EvalDataError(f"{reports}：没有 .txt 的报告可以换版式")
    for path in sources:
        target = folder / (_earlier(path.name) if TEXTS.get(name) is _earlier else path.name)
        if path not in texts:
            shutil.copy(path, target)
        elif name == BESIDE:
            shutil.copy(path, target)
            (folder / _earlier(path.name, 1)).write_text(_earlier(path.read_text("utf-8-sig"), 1), "utf-8")
        elif name in FILES:
            FILES[name](path.read_text("utf-8-sig"), target)
        else:
            target.write_text(TEXTS[name](path.read_text("utf-8-sig")), "utf-8")


def in_edition(name: str, question: Question) -> Question | None:
    """The question as it is asked of that edition: of earlier reports, about earlier years.

    None where it does not apply: what the reports do not say, those of the year before may.
    """
    if name == BESIDE and question.abstain:
        return None
    if TEXTS.get(name) is not _earlier:
        return question
    told = {"question", "history", "must", "must_not", "direct"}
    kept = question.model_dump(mode="json", include=told)
    moved = json.loads(_earlier(json.dumps(kept, ensure_ascii=False)))
    return Question.model_validate(question.model_dump(mode="json", exclude=told) | moved)


def right(question: Question, answer: Answer) -> bool:
    """Whether an answer is right, in either script: quotes of an edition in 繁體 are in 繁體."""
    from qa.text import fold

    folded = replace(answer, answer=fold(answer.answer))
    return bool(metrics.correct(question, answer) or metrics.correct(question, folded))


def asked(
    name: str | None, reports: Path, questions: Sequence[Question], work: Path
) -> list[tuple[Question, Answer, bool]]:
    """Every question, its answer from an edition (None: the reports as they are), and whether that is right."""
    from tqdm import tqdm

    from qa.chain import Assistant

    source = reports
    if name:
        source = work / "reports"
        write_edition(name, reports, source)
    build_index(source, work / "index")
    assistant = Assistant.open(Settings(index=work / "index"))
    made = []
    for item in tqdm(questions, desc=name or "原来的报告", unit="题", file=sys.stderr):
        put = in_edition(name, item) if name else item
        if put is None:
            continue
        answer = answer_of(assistant, put)
        made.append((put, answer, right(put, answer)))
    return made


def answer_of(assistant: Assistant, question: Question) -> Answer:
    """The answer to a question; an empty one, which is wrong, where the product fails."""
    try:
        return assistant.ask(question.question, question.turns)
    except Exception:  # judged, not hidden
        log.exception("%s: the product failed", question.id)
        return Answer(question.id, question.question, "", False, None, "extract")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval.editions",
        description="同样的报告换个版式再收入、再问：原来答对的，应当还对。",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_question_arguments(parser)
    add_reports_argument(parser)
    parser.add_argument(
        "--editions", nargs="+", choices=EDITIONS, metavar="版式", help=f"只用这些：{'、'.join(EDITIONS)}"
    )
    add_totals_argument(parser)
    return parser


def _main(args: argparse.Namespace) -> None:
    questions = questions_of(args)
    rows, lost = [], []
    with tempfile.TemporaryDirectory() as folder:
        first = asked(None, args.reports, questions, Path(folder) / "0")
        sound = [item for item, (_, _, ok) in zip(questions, first, strict=True) if ok]
        for number, name in enumerate(args.editions or EDITIONS, 1):
            found = asked(name, args.reports, sound, Path(folder) / str(number))
            fallen = [(put, answer) for put, answer, ok in found if not ok]
            lost += [_record(name, put, answer) for put, answer in fallen]
            kept = f"{1 - len(fallen) / len(found):.3f}" if found else "–"
            rows.append((name, str(len(found)), str(len(fallen)), kept))
    said = f"原来答对的 {len(sound)} / {len(questions)} 题，报告换个版式以后：\n\n"
    sys.stdout.write(said + table(("版式", "题数", "答错了", "仍然对"), rows) + "\n")
    if args.out:
        write_lost(args.out, lost)


def _record(name: str, question: Question, answer: Answer) -> dict[str, Any]:
    return {"edition": name, "id": question.id, "question": question.question, "answer": answer.to_dict()}


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 0 done, 1 failed, 2 wrong usage. What is lost in another edition is a result, not a failure."""
    return ask_again(_parser(), argv, _main)


if __name__ == "__main__":
    sys.exit(main())
