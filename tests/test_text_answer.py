"""Answers that are a sentence of a report: the best quotes, causes, anchors, and what is not good enough."""

from dataclasses import replace

import pytest
from shelf_reports import shelf

from qa.match import Weights
from qa.scope import resolve
from qa.text_answer import Quote, choose, quotes, trim
from qa.types import Paragraph
from qa.wanted import Wanted, wanted

SHELF = shelf()
YUNLING = "2031-云岭市"
PARAGRAPH = Paragraph(1, 0, 10, "一二三四五六七八九十")


def found(question: str) -> list[Quote]:
    scope = resolve(question, SHELF.catalogue)
    sources = SHELF.sources
    return quotes(SHELF.hits(scope), SHELF, scope, wanted(scope)[0], sources.table)


def said(quote: Quote) -> str:
    return SHELF.text(quote.report_id)[quote.start : quote.end]


def quote(start: int, *, coverage: float = 0.8, own: float = 0.8, report_id: str = YUNLING) -> Quote:
    return Quote(report_id, PARAGRAPH, start, start + 2, coverage=coverage, own=own, score=coverage)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("云岭市开工建设哪条高速公路？", "实施重大项目210个，开工建设环城高速公路。"),
        ("云岭市早稻播种面积减少的原因是什么？", "受持续干旱影响，早稻播种面积有所减少。"),
        ("海棠市怎么整治入海排污口？", "整治入海排污口。"),
    ],
)
def test_quotes_best_sentence(question, expected):
    best = found(question)[0]
    assert said(best) == expected
    assert 0 < best.own <= best.coverage
    assert best.evidence.start == best.start


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("云岭市开工建设哪条高速公路？", "云岭市2031年报告：实施重大项目210个，开工建设环城高速公路【1】。"),
        ("云岭市早稻播种面积为什么减少？", "云岭市2031年报告：受持续干旱影响，早稻播种面积有所减少【1】。"),
    ],
)
def test_text_question_is_answered_by_the_sentence(question, expected):
    done = SHELF.ask(question).done
    assert (done.reason, done.answer) == (None, expected)


def test_quotes_cause_asked_only_where_one_is_given():
    assert [said(q) for q in found("云岭市早稻播种面积为什么减少？")] == [
        "受持续干旱影响，早稻播种面积有所减少。"
    ]


def test_quotes_of_the_wrong_part_are_left_out():
    assert {q.paragraph.part for q in found("云岭市去年怎么建设项目？")} == {"review"}
    assert {q.paragraph.part for q in found("云岭市今年怎么建设项目？")} == {"plan"}


def test_quotes_anchor_must_be_named():
    assert [said(q) for q in found("云岭市阳朔县怎么发展？")] == ["阳朔县新建茶园1.2万亩。"]


def test_quotes_of_no_hits():
    scope = resolve("云岭市怎么发展？", SHELF.catalogue)
    assert quotes([], SHELF, scope, wanted(scope)[0], SHELF.sources.table) == []


def test_quotes_are_best_first():
    scores = [q.score for q in found("云岭市怎么培育茶叶产业？")]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) > 2


def test_choose_nothing_good_enough():
    assert choose([quote(0, coverage=0.3), quote(4, coverage=0.9, own=0.1)], limit=3) == []


def test_choose_none():
    assert choose([], limit=3) == []


def test_choose_equals_in_order_of_the_text():
    assert choose([quote(6), quote(0), quote(3)], limit=3) == [quote(0), quote(3), quote(6)]


def test_choose_limit():
    assert choose([quote(6), quote(0), quote(3)], limit=2) == [quote(0), quote(6)]


def test_choose_weaker_sentence_is_left_out():
    assert choose([quote(6), quote(0, coverage=0.6, own=0.6)], limit=3) == [quote(6)]


def test_choose_one_report():
    assert choose([quote(6), quote(0, report_id="2031-海棠市")], limit=3) == [quote(6)]


TEXT = "全市经济总体平稳，" * 6 + "开工建设环城高速公路，" + "人民生活不断改善，" * 6 + "社会和谐。"
ASKED = Wanted(((frozenset(["环城", "高速"]), 1.0),), (), "", ())
LONG = replace(quote(0), end=len(TEXT))


def test_trim_short_sentence_stays_whole():
    assert trim(LONG, TEXT, ASKED, Weights({}), limit=len(TEXT)) == (0, len(TEXT))


def test_trim_long_sentence_keeps_what_was_asked():
    start, end = trim(LONG, TEXT, ASKED, Weights({}), limit=60)
    assert "开工建设环城高速公路" in TEXT[start:end]
    assert end - start <= 60
