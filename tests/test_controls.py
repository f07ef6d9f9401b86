"""Negative controls: answerers that are wrong in one way each, and the metric that must show it.

The same nine questions over the three invented reports of shelf_reports.py go to the honest answerer (the
product's own steps) and to each control, which spoils an honest answer. What a control does *not* lower is
asserted too: it says why the metric that catches it is needed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from shelf_reports import shelf

from eval.metrics import citation_focus, mean
from eval.questions import Question, locate
from eval.run import judge
from qa.types import Answer, Citation

YUNLING, HAITANG, QINGPING = "2031-云岭市", "2031-海棠市", "2031-青屏市"

# question, report, what must be said, gold text. Six that can be answered …
ANSWERABLE = (
    ("云岭市2030年地区生产总值增长多少？", YUNLING, "6.3%", "地区生产总值完成512.4亿元、增长6.3%"),
    ("云岭市2030年一般公共预算收入是多少？", YUNLING, "58.4亿元", "一般公共预算收入58.4亿元，增长4.1%"),
    ("云岭市2031年地区生产总值增长目标是多少？", YUNLING, "6.5%以上", "地区生产总值增长6.5%以上"),
    ("海棠市2031年地区生产总值增长目标是多少？", HAITANG, "5.5%左右", "地区生产总值增长5.5%左右"),
    ("青屏市2030年地区生产总值增长多少？", QINGPING, "6.3%", "地区生产总值完成286.9亿元、增长6.3%"),
    ("青屏市2030年规模以上工业增加值增长多少？", QINGPING, "7.2%", "规模以上工业增加值增长7.2%"),
)
# … and three that the reports do not answer.
TO_REFUSE = (
    ("青屏市2030年粮食总产量是多少？", "not_stated"),
    ("杭州市2030年地区生产总值增长多少？", "no_such_report"),
    ("给我写一首诗", "off_topic"),
)

Answerer = Callable[[Question], Answer]


@cache
def questions() -> tuple[Question, ...]:
    made: list[dict[str, Any]] = [
        {
            "id": f"a{i}",
            "split": "dev",
            "type": "figure_target" if "目标" in text else "figure_actual",
            "question": text,
            "reports": [report],
            "abstain": False,
            "must": [[said]],
            "gold": [{"report": report, "text": proof}],
        }
        for i, (text, report, said, proof) in enumerate(ANSWERABLE)
    ]
    made += [
        {"id": f"r{i}", "split": "dev", "type": reason, "question": text, "reports": [], "abstain": True,
         "reason": reason}
        for i, (text, reason) in enumerate(TO_REFUSE)
    ]  # fmt: skip
    return tuple(Question.model_validate(row) for row in made)


def ask(text: str) -> Answer:
    """The honest answer to any question."""
    found = shelf().ask(text)
    done = found.done
    return Answer(
        "", text, done.answer, done.reason is not None, done.reason, "extract",
        done.citations, done.figures, found.scope,
    )  # fmt: skip


def honest(question: Question) -> Answer:
    return ask(question.question)


def scores(answerer: Answerer) -> dict[str, float | None]:
    """Means over the questions a metric applies to; ``unsupported`` is a count, ``valid`` a share of all."""
    texts = {name: report.text for name, report in shelf().reports.items()}
    checks = []
    for question in questions():
        answer, gold = answerer(question), locate(question, texts)
        found = judge(question, gold, answer, shelf().hits(answer.scope), texts)
        checks.append(found | {"citation_focus": citation_focus(gold, answer), "valid": not found["faults"]})
    names = (
        "right", "correct", "wrong", "completeness", "rejected", "falsely_refused", "reason_right",
        "citation_recall", "citation_precision", "citation_focus", "valid",
    )  # fmt: skip
    means = {name: mean([check[name] for check in checks]) for name in names}
    return means | {"unsupported": sum(len(check["unsupported"]) for check in checks)}


@cache
def perfect() -> dict[str, float | None]:
    return scores(honest)


def spoiled(answerer: Answerer) -> dict[str, Any]:
    """What a control changes against the honest answerer; the rest is as good as honest."""
    return {name: value for name, value in scores(answerer).items() if value != perfect()[name]}


def told_wrong(n: int) -> dict[str, Any]:
    """The scores where ``n`` of the six answers are wrong and the three refusals are right: of 6, and of 9."""
    right, correct = pytest.approx((6 - n) / 6), pytest.approx((9 - n) / 9)
    return {"right": right, "completeness": right, "correct": correct, "wrong": pytest.approx(n / 9)}


UNCITED = {"citation_recall": 0.0, "citation_precision": 0.0, "citation_focus": 0.0}


def cite(report_id: str, start: int, end: int) -> Citation:
    """A valid citation of any span: the report exists and the quote is its text."""
    report = shelf().reports[report_id]
    paragraph = next(p for p in report.paragraphs if p.start <= start < p.end)
    return Citation(
        1, report_id, report.place, report.year, report.title, paragraph.section, paragraph.number,
        start, end, report.text[start:end], paragraph.text,
    )  # fmt: skip


# ------------------------------------------------------------------ the honest answerer


def test_honest_is_perfect() -> None:
    assert perfect() == {
        "right": 1.0,
        "correct": 1.0,
        "wrong": 0.0,
        "completeness": 1.0,
        "rejected": 1.0,
        "falsely_refused": 0.0,
        "reason_right": 1.0,
        "citation_recall": 1.0,
        "citation_precision": 1.0,
        "citation_focus": 1.0,
        "valid": 1.0,
        "unsupported": 0,
    }


# ------------------------------------------------------------------ another place, another year

NEIGHBOUR = {"云岭": "海棠", "海棠": "青屏", "青屏": "云岭"}


def neighbour(question: Question) -> Answer:
    """The neighbouring city's sentence under the name of the city asked for, with its own citation."""
    mine = question.question[:2]
    other = NEIGHBOUR.get(mine)
    if other is None:
        return honest(question)
    found = ask(question.question.replace(mine, other))
    return replace(found, question=question.question, answer=found.answer.replace(other, mine))


def test_control_neighbouring_city_is_caught_by_right_and_by_citations() -> None:
    assert spoiled(neighbour) == {
        # 6.3→4.8%, 58.4→102.7亿元, 6.5%以上→5.5%左右, 5.5%左右→6%, 7.2→9.7%; 青屏's 6.3% is 云岭's too: 1 of 6
        "right": pytest.approx(1 / 6),
        "completeness": pytest.approx(1 / 6),
        # 青屏 states no 粮食总产量, 云岭 does: answered; 2 of 3 are still refused
        "rejected": pytest.approx(2 / 3),
        # that one right answer and the two refusals: 3 of 9; the other 6 are told wrong
        "correct": pytest.approx(3 / 9),
        "wrong": pytest.approx(6 / 9),
        # no citation is of the report asked about: also where the figure is the same
        **UNCITED,
    }
    # Every number stands in the paragraph cited, so support of numbers cannot show it.


OTHER_YEAR = (
    "云岭市2031年地区生产总值增长目标是多少？",
    "云岭市2031年一般公共预算收入增长目标是多少？",
    "云岭市2030年地区生产总值增长多少？",
    "海棠市2030年地区生产总值增长多少？",
    "青屏市2031年地区生产总值增长目标是多少？",
    "青屏市2031年规模以上工业增加值增长目标是多少？",
)


def other_year(question: Question) -> Answer:
    """The target for the result and the result for the target, under the year asked for."""
    if question.abstain:
        return honest(question)
    found = ask(OTHER_YEAR[int(question.id[1:])])
    swapped = re.sub("2030|2031", lambda year: "2031" if year[0] == "2030" else "2030", found.answer)
    return replace(found, question=question.question, answer=swapped)


def test_control_other_year_is_caught_by_right_and_by_citations() -> None:
    # 6.5%以上, 5%左右, 6.3%, 4.8%, 6%, 7.5%: none of the six
    assert spoiled(other_year) == told_wrong(6) | UNCITED


# ------------------------------------------------------------------ spoiled figures


def with_figure(change: Callable[[str], str]) -> Answerer:
    """The honest answer, its figure changed; the citation stays."""

    def answer(question: Question) -> Answer:
        found = honest(question)
        if question.abstain:
            return found
        said = question.must[0][0]
        assert found.answer.count(said) == 1
        return replace(found, answer=found.answer.replace(said, change(said)))

    return answer


def last_digit(said: str) -> str:
    """6.3% becomes 6.4%, 58.4亿元 58.5亿元."""
    return re.sub(r"(\d)(?!.*\d)", lambda digit: str((int(digit[0]) + 1) % 10), said)


@pytest.mark.parametrize(
    ("change", "wrong", "unsupported"),
    [
        # one changed number an answer; 6.4%, 58.5亿元, 6.6%, 5.6%, 6.4%, 7.3% stand in no paragraph cited
        pytest.param(last_digit, 6, 6, id="changed digit"),
        # 7.3% is the growth of 农村居民 in 云岭's paragraph: supported by it, and still wrong. 云岭's and 青屏's
        # answers are changed; 青屏's paragraph has no 7.3%
        pytest.param(
            lambda said: "7.3%" if said == "6.3%" else said, 2, 1, id="figure of the same paragraph"
        ),
        # A bare number is supported by its digits, as in a table cell: 6.3, 58.4, 6.3, 7.2 are. 6.5以上 and
        # 5.5左右 have a character behind them that the report's 6.5% and 5.5% have not.
        pytest.param(lambda said: re.sub("%|亿元", "", said), 6, 2, id="dropped unit"),
        # 58.4亿元 becomes 58.4元, one answer of six
        pytest.param(lambda said: said.replace("亿元", "元"), 1, 1, id="lesser unit"),
        # 6.5%以上 becomes 6.5%, 5.5%左右 becomes 5.5%: the numbers are supported, only "right" shows it
        pytest.param(lambda said: re.sub("以上|左右", "", said), 2, 0, id="dropped bound"),
    ],
)
def test_control_spoiled_figure_is_caught_by_right_and_by_support(
    change: Callable[[str], str], wrong: int, unsupported: int
) -> None:
    changed = spoiled(with_figure(change))
    assert {"unsupported": 0} | changed == told_wrong(wrong) | {"unsupported": unsupported}


def test_last_digit_is_the_last_of_the_number() -> None:
    assert last_digit("58.4亿元") == "58.5亿元"


# ------------------------------------------------------------------ spoiled citations


def wrong_paragraph(question: Question) -> Answer:
    """The right words, cited from the opening of the same report (现在，我代表市人民政府 …, paragraph 5)."""
    found = honest(question)
    if question.abstain:
        return found
    opening = shelf().reports[question.reports[0]].paragraphs[4]
    assert opening.text.startswith("现在，我代表市人民政府")
    return replace(found, citations=(cite(question.reports[0], opening.start, opening.end),))


def test_control_wrong_paragraph_is_caught_by_citations_and_by_support() -> None:
    # one number in five answers, 58.4亿元 and 4.1% in the other
    assert spoiled(wrong_paragraph) == UNCITED | {"unsupported": 7}
    # Its spans are valid and its words are right: neither of these metrics can show it.


def shifted(question: Question) -> Answer:
    """The citation's span one character further on: the quote is no longer what stands there."""
    found = honest(question)
    moved = tuple(replace(item, start=item.start + 1, end=item.end + 1) for item in found.citations)
    return replace(found, citations=moved)


def test_control_shifted_span_is_caught_by_validity() -> None:
    # the six answers have a citation, the three refusals have none: 3 of 9 stay valid
    assert spoiled(shifted)["valid"] == pytest.approx(3 / 9)
    assert set(spoiled(shifted)) <= {"valid", "citation_focus"}


# ------------------------------------------------------------------ abstention


def always_abstains(question: Question) -> Answer:
    return Answer("", question.question, "资料中未提及。", True, "not_stated", "extract")


def test_control_always_abstaining_is_caught_by_false_refusal() -> None:
    assert spoiled(always_abstains) == {
        "falsely_refused": 1.0,
        "right": 0.0,
        "completeness": 0.0,
        "citation_recall": 0.0,
        # no answer, so nothing that precision could be of: not 0, and not 1
        "citation_precision": None,
        "citation_focus": None,
        # the three to refuse, of nine
        "correct": pytest.approx(3 / 9),
        # one of the three reasons is not_stated
        "reason_right": pytest.approx(1 / 3),
    }


def never_abstains(question: Question) -> Answer:
    """A refusal becomes the first figure at hand, with a valid citation that holds it."""
    found = honest(question)
    if not found.abstained:
        return found
    other = ask("云岭市2030年地区生产总值增长多少？")
    return replace(other, question=question.question)


def test_control_never_abstaining_is_caught_by_rejection() -> None:
    assert spoiled(never_abstains) == {
        "rejected": 0.0,
        # nothing was refused, so no reason was given
        "reason_right": None,
        "correct": pytest.approx(6 / 9),
        "wrong": pytest.approx(3 / 9),
    }


# ------------------------------------------------------------------ quoting too much


def whole_paragraphs(question: Question) -> Answer:
    """The paragraph that holds the answer, quoted and cited whole."""
    found = honest(question)
    if question.abstain:
        return found
    (used,) = found.citations
    paragraph = shelf().reports[used.report_id].paragraphs[used.paragraph - 1]
    made = cite(used.report_id, paragraph.start, paragraph.end)
    return replace(found, answer=f"{paragraph.text}【1】", citations=(made,))


def test_control_whole_paragraphs_are_caught_by_focus() -> None:
    # characters of the gold sentence in those of the paragraph
    shares = [
        58 / 124,  # 云岭 7: 2030年，地区生产总值完成… 4.4%。
        22 / 124,  # 云岭 7: 一般公共预算收入58.4亿元，增长4.1%。
        1.0,  # 云岭 13 is one sentence
        1.0,  # 海棠 11 is one sentence
        1.0,  # 青屏 7 is one sentence
        1.0,
    ]
    assert spoiled(whole_paragraphs) == {"citation_focus": pytest.approx(sum(shares) / 6)}


def everything(question: Question) -> Answer:
    """The whole report in one line, as one citation."""
    found = honest(question)
    if question.abstain:
        return found
    report = shelf().reports[question.reports[0]]
    said = " ".join(report.text.split()).replace("【1】", "")
    return replace(found, answer=f"{said}【1】", citations=(cite(report.report_id, 0, len(report.text)),))


def test_control_everything_is_caught_by_focus_only() -> None:
    """All is said, all is cited, all is supported, and nobody is helped: no other metric shows it."""
    # 云岭 has 778 characters, 海棠 478, 青屏 288; the gold sentences 58, 22 and 76, 57, and 63 twice
    share = (58 / 778 + 22 / 778 + 76 / 778 + 57 / 478 + 63 / 288 + 63 / 288) / 6
    assert spoiled(everything) == {"citation_focus": pytest.approx(share)}


def every_paragraph(question: Question) -> Answer:
    """Every paragraph of the report, each with a citation of its own."""
    found = honest(question)
    if question.abstain:
        return found
    report = shelf().reports[question.reports[0]]
    made = [replace(cite(report.report_id, p.start, p.end), n=n) for n, p in enumerate(report.paragraphs, 1)]
    said = [f"{p.text.replace('【1】', '')}【{n}】" for n, p in enumerate(report.paragraphs, 1)]
    return replace(found, answer="\n".join(said), citations=tuple(made))


def test_control_every_paragraph_is_caught_by_precision() -> None:
    changed = spoiled(every_paragraph)
    # one paragraph of 18 in 云岭, of 17 in 海棠, of 12 in 青屏
    assert changed["citation_precision"] == pytest.approx((3 / 18 + 1 / 17 + 2 / 12) / 6)
    assert set(changed) == {"citation_precision", "citation_focus"}


def test_control_everything_with_a_wrong_neighbour_named_first_is_not_right() -> None:
    """``must_not`` is looked for in the first sentence: a quotation that begins with another figure fails."""
    question = questions()[0].model_copy(update={"must_not": ("8.3%",)})
    texts = {name: report.text for name, report in shelf().reports.items()}
    gold = locate(question, texts)
    assert judge(question, gold, honest(question), [], texts)["right"] is True
    assert judge(question, gold, whole_paragraphs(question), [], texts)["right"] is False
