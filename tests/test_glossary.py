"""What a name means, told from the notes of a report that says so itself."""

from __future__ import annotations

import pytest
from test_chain import assistant_of

REPORT = """青阳市2036年政府工作报告
——2036年1月20日在青阳市第九届人民代表大会第五次会议上
市长　王某某

一、2035年工作回顾

深化“三通一码”改革，“三通一码”服务平台高效运行，一万项政务服务事项实现“掌上办”。新增“长者食堂”30个。

二、2036年工作安排

打造“两大高地”，实施“一老一小”服务提升行动。

名词解释

1.“三通一码”：青服通、青政通、青企通、青通码。
2.长者食堂：由社区设置，为老年人提供助餐服务的场所。
3.“两大高地”“四大战略”：科创高地、开放高地，强工战略、强农战略、强旅战略、强文战略。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    assistant = assistant_of(tmp_path_factory.mktemp("glossary"), {"青阳市2036年政府工作报告": REPORT})
    return lambda question: assistant.ask(question)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("青阳市“三通一码”是什么意思？", "青服通、青政通、青企通、青通码"),
        ("青阳“三通一码”服务平台具体指哪几项", "青服通、青政通、青企通、青通码"),
        ("什么是长者食堂？", "为老年人提供助餐服务的场所"),
        ("青阳市报告里说的长者食堂指的是什么", "为老年人提供助餐服务的场所"),
    ],
)
def test_the_note_that_explains_a_name_answers(ask, question: str, told: str) -> None:
    answer = ask(question)
    assert told in answer.answer and not answer.abstained
    assert [item.quote for item in answer.citations] == [answer.citations[0].quote]


def test_how_many_there_are_is_not_told_by_what_the_name_means(ask) -> None:
    assert "30个" in ask("青阳市去年新增了多少个长者食堂").answer


def test_a_name_that_no_note_explains_is_not_explained(ask) -> None:
    assert "青服通" not in ask("青阳市的“一老一小”是什么意思").answer


def test_a_note_of_two_names_explains_neither_alone(ask) -> None:
    assert "强工战略" not in ask("青阳的“两大高地”是什么意思").answer


@pytest.mark.parametrize("question", ["什么是GDP", "GDP是什么意思", "青阳的GDP是什么意思"])
def test_a_statistic_that_is_only_given_is_not_explained(ask, question: str) -> None:
    answer = ask(question)
    assert answer.reason == "not_stated"
    assert (
        answer.answer == "资料中未提及：青阳市的报告没有解释“GDP”是什么，只有它的数；可以问“去年GDP是多少”。"
    )
