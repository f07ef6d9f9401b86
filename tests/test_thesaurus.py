"""Questions without an answer asked once more in the words of the reports, and what is left as it is."""

from __future__ import annotations

import re
from importlib import resources

import pytest
from test_chain import assistant_of

from qa.folding import fold
from qa.lexicon import thesaurus
from qa.question_places import Catalogue
from qa.thesaurus import in_other_words
from qa.types import Claim, Draft, Scope

PLAN = """政府工作报告
——2031年1月15日在石湾市第五届人民代表大会第六次会议上

现在，我代表市人民政府向大会报告政府工作，请予审议。

一、2030年工作回顾

地区生产总值512.4亿元，增长5.4%。清欠农民工工资1.2亿元。食品价格中，鲜菜下降3.4%。

二、2031年工作安排

收购存量商品房1.5万套。建立育儿补贴制度。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return assistant_of(tmp_path_factory.mktemp("thesaurus"), {"石湾市": PLAN})


def test_a_question_without_an_answer_is_asked_in_words_of_the_report(assistant) -> None:
    answer = assistant.ask("石湾今年收购多少卖不掉的房子")
    assert answer.answer.startswith("（“卖不掉的房子”按“存量商品房”回答）")
    assert "1.5万套" in answer.answer
    assert not answer.abstained


def test_two_words_that_stand_apart_in_the_report_are_one_other_word(assistant) -> None:
    answer = assistant.ask("石湾去年菜价跌了多少")  # 鲜菜 价格
    assert answer.answer.startswith("（“菜价”按“鲜菜价格”回答）")
    assert "3.4%" in answer.answer


def test_a_word_that_no_report_holds_is_no_other_word(assistant) -> None:
    answer = assistant.ask("石湾今年新建几所便宜的幼儿园")  # 普惠性幼儿园
    assert answer.abstained
    assert "回答）" not in answer.answer


def _draft(*texts: str, reason=None) -> Draft:
    return Draft(tuple(map(Claim, texts)), reason)


SCOPE = Scope(question="", report_ids=("2031-石湾市",))
TEXTS = {"2031-石湾市": fold(PLAN)}


def _asked(
    question: str, found: Draft, answers: dict[str, Draft], scope: Scope = SCOPE
) -> tuple[Draft, list[str]]:
    """The draft for a question, and the wordings that were tried."""
    tried: list[str] = []

    def answer_to(wording: str) -> Draft:
        tried.append(wording)
        return answers.get(wording, _draft("没有", reason="not_stated"))

    return in_other_words(question, scope, found, Catalogue((), TEXTS), answer_to), tried


def test_an_answer_is_left_as_it_is() -> None:
    found = _draft("地区生产总值512.4亿元。")
    assert _asked("卖不掉的房子怎么办", found, {}) == (found, [])


@pytest.mark.parametrize("reason", ["no_such_report", "off_topic"])
def test_a_refusal_for_another_cause_is_left_as_it_is(reason) -> None:
    found = _draft("资料中没有。", reason=reason)
    assert _asked("卖不掉的房子怎么办", found, {}) == (found, [])


def test_all_words_are_exchanged_first_and_then_each_alone() -> None:
    refused = _draft("资料中未提及。", reason="not_stated")
    made, tried = _asked("卖不掉的房子和拖欠工资怎么办", refused, {})
    assert made is refused
    assert tried == [
        "存量商品房和农民工工资怎么办",
        "存量商品房和拖欠工资怎么办",
        "卖不掉的房子和农民工工资怎么办",
    ]


def test_of_a_part_that_is_not_stated_an_answer_that_says_more_is_taken() -> None:
    partly = _draft("地区生产总值512.4亿元。", "“卖不掉的房子”：资料中未提及。")
    whole = _draft("地区生产总值512.4亿元。", "收购存量商品房1.5万套。")
    made, _ = _asked("经济总量多少，卖不掉的房子收多少", partly, {"经济总量多少，存量商品房收多少": whole})
    assert [claim.text for claim in made.claims] == [
        "（“卖不掉的房子”按“存量商品房”回答）",
        "地区生产总值512.4亿元。",
        "收购存量商品房1.5万套。",
    ]


def test_every_line_of_the_file_is_a_pair() -> None:
    lines = resources.files("qa").joinpath("data/thesaurus.tsv").read_text("utf-8").splitlines()
    pairs = [line for line in lines if not line.startswith("#")]
    wrong = [
        line for line in pairs if not re.fullmatch(r"[^\t|]{2,8}\t[^\t|]{1,10}(?:\|[^\t|]{1,10}){0,5}", line)
    ]
    assert wrong == []
    bare = [fold(line.partition("\t")[0]).replace("的", "") for line in pairs]
    assert len(bare) == len(set(bare)) == len(thesaurus())


def test_no_question_word_is_exchanged() -> None:
    assert [said for said in thesaurus() if re.search("多少|[几哪谁何吗]|什么|怎么", said)] == []
