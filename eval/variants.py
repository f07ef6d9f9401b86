"""The same questions in other forms, judged by the same gold: `python -m eval.variants --split dev`.

People greet, leave out commas, put the place last, write 23年 or 去年, paste with quotation marks. A form changes
how a question is put and nothing that it asks, so what was right must stay right: no gold has to be written for
it, and a reader that only knows the wording of its question set shows here.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from eval.cells import table
from eval.command import add_common_arguments, add_totals_argument, ask_again, questions_of
from eval.questions import Message, Question
from eval.records import write_lost
from eval.run import ask_all, paragraphs_of, settings_from, texts_of

EPILOG = """例：
  python -m eval.variants --split dev --out build/variants
  python -m eval.variants --split test --totals
  python -m eval.variants --split dev --forms 空格代标点 地名放后"""

_TIME = r"(?:去年|今年|20\d\d年)"
_STOPS = re.compile(r"[，。？！、：；,?!:;]")
_WIDE = str.maketrans({code: code + 0xFEE0 for code in range(ord("0"), ord("9") + 1)} | {ord("%"): "％"})


@dataclass(frozen=True, slots=True)
class Setting:
    """What forms need to know of the reports: short names of their places, and the year that all call 今年 (0: not one)."""

    places: tuple[str, ...]
    this_year: int


Form = Callable[[str, Setting], str]
"""A question in another form; the same, where the form does not apply."""


def _place_last(question: str, about: Setting) -> str:
    found = _begun(question, about, rf"(?:市|县|州|省)?(?P<time>{_TIME})?")
    if not found or sum(question.count(place) for place in about.places) != 1:
        return question
    return f"{found['time'] or ''}{question[found.end() :].rstrip('？?。')}？{found['place']}的"


def _place_apart(question: str, about: Setting) -> str:
    found = _begun(question, about, r"(?:市(?=[去今2]))?")
    return f"{found['place']}，{question[found.end() :]}" if found else question


def _time_first(question: str, about: Setting) -> str:
    found = _begun(question, about, rf"(?P<city>市)?(?P<time>{_TIME})")
    if not found:
        return question
    return f"{found['time']}{found['place']}{found['city'] or ''}{question[found.end() :]}"


def _begun(question: str, about: Setting, behind: str) -> re.Match[str] | None:
    return re.match(rf"(?P<place>{'|'.join(about.places) or '(?!)'}){behind}", question)


def _time_last(question: str, about: Setting) -> str:
    said = re.findall(_TIME, question)
    if len(said) != 1 or re.search(r"现在|目前|现状|到\d", question):
        return question
    return f"{re.sub(rf'{_TIME}的?', '', question).rstrip('？?。')}？{said[0]}的"


def _traditional(question: str, about: Setting) -> str:
    import opencc

    return str(opencc.OpenCC("s2hk").convert(question))


def _taiwanese(question: str, about: Setting) -> str:
    import opencc

    return str(opencc.OpenCC("s2twp").convert(question))


def _numbered(question: str, about: Setting) -> str:
    """去年 by its number, where all reports were given in one year."""
    year = about.this_year
    return question.replace("去年", f"{year - 1}年").replace("今年", f"{year}年") if year else question


def _relative(question: str, about: Setting) -> str:
    """Its number as 去年; not 今年, which asks for aims (2024年实际 is something else)."""
    plain = len(set(re.findall(r"20\d\d", question))) == 1 and "报告" not in question
    return question.replace(f"{about.this_year - 1}年", "去年") if about.this_year and plain else question


def _our_city(question: str, about: Setting) -> str:
    return f"咱们{question}" if _begun(question, about, "") else question


def _of_city(question: str, about: Setting) -> str:
    found = _begun(question, about, r"(?![市县省州区那这的])")
    return f"{found['place']}这座城市{question[found.end() :]}" if found else question


FORMS: dict[str, Form] = {
    "请问": lambda question, about: f"请问{question}",
    "问候、致谢": lambda question, about: f"你好，我想了解一下，{question.rstrip('？?')}，谢谢！",
    "根据报告": lambda question, about: f"根据政府工作报告，{question}",
    "要出处": lambda question, about: f"{question.rstrip('？?')}，告诉我具体数据和出处",
    "语气词": lambda question, about: f"{question.rstrip('？?。')}呀",
    "加引号": lambda question, about: f"“{question}”",
    "空格代标点": lambda question, about: _STOPS.sub(" ", question).strip(),
    "不写标点": lambda question, about: re.sub(r"[，。？！：；]", "", question) if "、" not in question else question,
    "繁体": _traditional,
    "台湾用词": _taiwanese,
    "全角数字": lambda question, about: question.translate(_WIDE),
    "去年、今年写成年份": _numbered,
    "年份写成去年": _relative,
    "年份写两位": lambda question, about: re.sub(r"20(\d\d)(?=年(?!\d))", r"\1", question),
    "地名放后": _place_last,
    "地名断开": _place_apart,
    "时间放前": _time_first,
    "时间放后": _time_last,
    "去年说成过去一年": lambda question, about: question.replace("去年", "过去一年"),
    "今年说成本年度": lambda question, about: question.replace("今年", "本年度"),
    "地名后说这座城市": _of_city,
    "地名前说咱们": _our_city,
    "和说成跟": lambda question, about: re.sub(r"(?<=[\u4e00-\u9fff])和(?=[\u4e00-\u9fff])", "跟", question),
}  # fmt: skip

JOINTS = {"两问并一问（？另外，）": "？另外，", "两问并一问（，）": "，", "接着问": ""}
"""What stands between two questions of one place that are put in one message; "" in two messages of a conversation."""

JOINED = ("figure_actual", "figure_target", "commitment", "trap")
"""Types of questions that are put together: each asks of one thing."""


def in_form(name: str, question: Question, about: Setting) -> Question | None:
    """A question in another form, its gold kept; None where the form changes nothing."""
    said = FORMS[name](question.question, about)
    return question.model_copy(update={"question": said}) if said != question.question else None


def in_pairs(name: str, questions: Sequence[Question], about: Setting) -> list[Question]:
    """Each question about a place with the next one about it, which leaves the place unsaid; the gold is of both."""
    made: list[Question] = []
    last: dict[str, Question] = {}
    for item in questions:
        found = _begun(item.question, about, "市?")
        alone = found and sum(item.question.count(place) for place in about.places) == 1 and not item.history
        if not found or not alone or item.abstain or item.type not in JOINED:
            continue
        before, rest = last.get(found["place"]), item.question[found.end() :].lstrip("，：: ")
        last[found["place"]] = item
        if before is not None:
            made.append(_together(before, item, rest, JOINTS[name]))
    return made


def _together(before: Question, item: Question, rest: str, joint: str) -> Question:
    if not joint:
        return item.model_copy(
            update={"question": rest, "history": (Message(role="user", content=before.question),)}
        )
    both = {
        "question": f"{before.question.rstrip('？?。')}{joint}{rest}",
        "must": (*before.must, *item.must), "must_not": (), "direct": (), "gold": (*before.gold, *item.gold),
        "derived": (*before.derived, *item.derived), "reports": tuple({*before.reports, *item.reports}),
    }  # fmt: skip
    return item.model_copy(update=both)


def setting_of(reports: Sequence[Any]) -> Setting:
    """Of ``qa.types.ReportInfo``."""
    from qa.places import short_name
    from qa.question_places import called_this_year

    years = {called_this_year(report) for report in reports}
    places = dict.fromkeys(short_name(report.place) for report in reports)
    return Setting(tuple(places), years.pop() if len(years) == 1 else 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval.variants",
        description="同样的问题换种写法再问：原来答对的，应当还对。",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_common_arguments(parser)
    parser.add_argument(
        "--forms", nargs="+", choices=[*FORMS, *JOINTS], metavar="写法", help=f"只用这些：{'、'.join(FORMS)}"
    )
    add_totals_argument(parser)
    return parser


def _main(args: argparse.Namespace) -> None:
    settings = settings_from(None, args.index)
    questions = questions_of(args)

    from qa.chain import Assistant

    assistant = Assistant.open(settings)
    texts, paragraphs = texts_of(assistant.index), paragraphs_of(assistant.index)
    about = setting_of(assistant.index.reports)
    first = ask_all(assistant, questions, texts, paragraphs=paragraphs)
    right = [item for item, record in zip(questions, first, strict=True) if record["checks"]["correct"]]
    rows, lost = [], []
    for name in args.forms or [*FORMS, *JOINTS]:
        if name in JOINTS:
            forms = in_pairs(name, right, about)
        else:
            forms = [form for item in right if (form := in_form(name, item, about))]
        records = ask_all(assistant, forms, texts, paragraphs=paragraphs)
        fallen = [record for record in records if not record["checks"]["correct"]]
        lost += [{"form": name, **record} for record in fallen]
        kept = f"{1 - len(fallen) / len(forms):.3f}" if forms else "–"
        rows.append((name, str(len(forms)), str(len(fallen)), kept))
    said = f"原来答对的 {len(right)} / {len(questions)} 题，换种写法以后：\n\n"
    sys.stdout.write(said + table(("写法", "题数", "答错了", "仍然对"), rows) + "\n")
    if args.out:
        write_lost(args.out, lost)


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 0 done, 1 failed, 2 wrong usage. What is lost in another form is a result, not a failure."""
    return ask_again(_parser(), argv, _main)


if __name__ == "__main__":
    sys.exit(main())
