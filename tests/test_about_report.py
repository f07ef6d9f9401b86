"""Questions about a report itself: who gave it, when, where; cited from its head lines."""

from dataclasses import replace

import pytest
from shelf_reports import shelf

from qa.about_report import report_facts
from qa.types import Scope

SHELF = shelf()
INFOS = {info.place: info for info in SHELF.infos}
HEAD = ["——2031年1月15日在云岭市第五届人民代表大会第六次会议上", "云岭市市长 林知远"]


def facts(question: str, *infos):
    return report_facts(Scope(question), SHELF, infos)


@pytest.mark.parametrize(
    "question",
    [
        "云岭市的政府工作报告是谁作的？",
        "谁作的政府工作报告？",
        "云岭市市长是谁？",
        "雲嶺市市長是誰？",
        "云岭市政府工作报告是什么时候作的？",
        "报告是在哪次会议上作的？",
        "报告人叫什么？",
    ],
)
def test_report_facts_cite_the_head_lines(question):
    (claim,) = facts(question, INFOS["云岭市"])
    spans = [SHELF.text("2031-云岭市")[span.start : span.end] for span in claim.evidence]
    assert spans == HEAD
    assert "林知远" in claim.text
    assert "2031年1月15日" in claim.text


def test_report_facts_one_claim_a_report():
    claims = facts("市长是谁？", *SHELF.infos)
    assert [claim.evidence[0].report_id for claim in claims] == ["2031-云岭市", "2031-海棠市", "2031-青屏市"]
    assert ["周文海" in claim.text for claim in claims] == [False, True, False]


@pytest.mark.parametrize("question", ["云岭市去年GDP增长多少？", "云岭市怎么发展茶叶产业？", ""])
def test_report_facts_not_asked(question):
    assert facts(question, INFOS["云岭市"]) == ()


def test_report_facts_no_report():
    assert facts("市长是谁？") == ()


def test_report_facts_unknown_speaker_and_date():
    unknown = replace(INFOS["云岭市"], speaker=None, given_on=None)
    assert facts("市长是谁？", unknown) == ()


def test_report_facts_as_an_answer():
    done = SHELF.ask("云岭市的政府工作报告是谁作的？").done
    assert done.reason is None
    assert [(c.n, c.quote) for c in done.citations] == [(1, HEAD[0]), (2, HEAD[1])]
