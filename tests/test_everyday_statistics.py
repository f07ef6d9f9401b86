"""Statistics asked for without their names: the rules of qa/data/everyday.toml, what they leave alone, and answers by them."""

from __future__ import annotations

import pytest
from test_chain import assistant_of

from qa.everyday import by_names, rules, statistics_meant
from qa.lexicon import indicators
from qa.question_places import Catalogue

BULLETIN = """石湾市2030年国民经济和社会发展统计公报
石湾市统计局
2031年3月20日

一、综合

年末户籍人口452.6万人，常住人口386.4万人。全年出生人口2.4万人，死亡人口3.3万人。60岁及以上人口83.1万人。

二、人民生活

城镇居民人均可支配收入38915元，增长4.7%。农村居民人均可支配收入19842元，增长7.1%。年末住户存款余额2918.3亿元。\
县域内就诊率由88.6%提高到91.2%。全年接待游客2846万人次，实现旅游收入312.5亿元。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    assistant = assistant_of(tmp_path_factory.mktemp("everyday"), {"石湾市": BULLETIN})
    return lambda question: assistant.ask(question).answer


def test_every_rule_is_of_a_statistic_and_more_than_one_word() -> None:
    assert {rule.name for rule in rules()} <= set(indicators())
    assert {rule.name for rule in rules() if len(rule.groups) < 2 and rule.none is None} == ALONE


ALONE = {"社会融资规模", "对外直接投资"}
"""Statistics whose one group is definite by itself: 社融, 到国外投."""


@pytest.mark.parametrize(
    ("clause", "names"),
    [
        ("去年生了多少娃", ["出生人口"]),
        ("去年去世的有多少人", ["死亡人口"]),
        ("生产事故去世了多少人", []),  # another statistic
        ("农民一年到手多少钱", ["农村居民人均可支配收入"]),
        ("农民工一年到手多少钱", []),  # no farmers
        ("城里人挣的是乡下人的几倍", ["城乡居民收入比值"]),
        ("煤层气要产多少", []),
    ],
)
def test_what_a_clause_asks_for(clause, names) -> None:
    assert list(statistics_meant(clause)) == names


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("石湾户口在本地的有多少人", "户籍人口452.6万人"),  # not 386.4
        ("石湾去年生了多少娃又走了多少人", "死亡人口3.3万人"),
        ("石湾去年生了多少孩子，又走了多少人", "死亡人口3.3万人"),
        ("石湾六十岁往上的老人有多少", "83.1万人"),
        ("石湾城里人一年平均挣多少钱，比上年多挣了百分之几", "4.7%"),
        ("石湾家家户户存在银行的钱一共有多少", "2918.3亿元"),
        (
            "石湾去年来玩的人多不多 来了多少人 赚了多少钱",
            "旅游收入312.5亿元",
        ),  # of the thing of the first clause
        ("石湾老百姓在县里看病的比例从多少到多少了", "由88.6%提高到91.2%"),
    ],
)
def test_a_statistic_in_other_words_is_answered_by_its_name(ask, question, told) -> None:
    assert told in ask(question)


@pytest.mark.parametrize(
    "question",
    [
        "石湾哪个县的老人最多",
        "石湾去年出生人口多少",
        "我在石湾的网上卖花椒",
        "石湾六十岁往上的老人免费坐公交吗",
    ],
)
def test_clauses_that_are_left_as_they_are(question) -> None:
    assert by_names(question, Catalogue(()), anew=False) == ()


def test_no_growth_answers_how_much_it_is(tmp_path) -> None:
    told = BULLETIN.replace("2918.3亿元", "增长13.1%")
    assistant = assistant_of(tmp_path, {"石湾市": told})
    assert assistant.ask("石湾家家户户存在银行的钱一共有多少").abstained
    assert "13.1%" in assistant.ask("石湾家家户户存在银行的钱比上年多了多少").answer


def test_a_word_that_reports_write_makes_it_narrower() -> None:
    question = "脱贫的农民平均挣多少"
    assert by_names("养蜂的农民平均挣多少", Catalogue(()), anew=True) != ()
    assert by_names("养蜂的农民平均挣多少", Catalogue((), {"2031-石湾市": "养蜂户增收"}), anew=True) == ()
    assert by_names(question, Catalogue(()), anew=True)[0].name == "脱贫人口人均纯收入"


def test_a_clause_of_more_than_its_rule_tells_of_is_left() -> None:
    # 低保户、残疾 are no part of the rule: it may ask for something narrower
    assert by_names("农村残疾低保户平均挣多少", Catalogue(()), anew=True) == ()
