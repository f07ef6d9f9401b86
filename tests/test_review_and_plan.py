"""Questions on several things or times at once: each part is answered, none stands for another."""

import pytest
from shelf_reports import HEAD, answers_from
from words_reports import answer


def test_two_things_in_review_and_plan():
    said = answer("岚山的东湖航空物流园和南江货运码头，去年各走到哪一步，今年怎么安排？")
    assert "东湖航空物流园完成主体工程，南江货运码头获批立项" in said
    assert "加快东湖航空物流园招商，推进南江货运码头开工" in said


def test_thing_of_one_time_only_is_not_given_for_both():
    assert "首届" not in answer("岚山的红叶镇去年做到哪一步，今年怎么安排？")


def test_two_lists_in_one_question_are_both_given():
    said = answer("岚山去年哪个镇入选全国特色小镇，哪个镇评上省级“一镇一品”示范镇？")
    assert "青石镇入选全国特色小镇" in said
    assert "红叶镇获评省级“一镇一品”示范镇" in said


def test_part_without_a_time_is_answered_at_the_other_time():
    said = answer("岚山的惠农贷款去年发放多少？今年发放多少？社区食堂开了几个？")
    assert "12亿元" in said
    assert "15亿元" in said
    assert "36个" in said


TEXTS = {
    "2031_石湾市": HEAD.format(place="石湾市")
    + """一、2030年工作回顾

云门国际性口岸正式开通。蝉联全省“双拥模范城”八连冠。石湾民用机场选址获批。环湖铁路开工。

推进区域协调发展。统筹推进石松同城化发展。石松快速路全线贯通，石松公交专线开通。

二、2031年工作安排

推动云门口岸申建进境粮食场地。争创全国“双拥模范城”。做好石湾民用机场可行性研究。

加快石松同城化发展。建设石松轻轨，启动石松医院项目。
""",
}


@pytest.fixture(scope="module")
def ask():
    return answers_from(TEXTS)


@pytest.mark.parametrize(
    ("question", "done", "planned"),
    [
        ("石湾云门口岸去年有啥进展，今年打算干什么", "云门国际性口岸正式开通", "申建进境粮食场地"),
        ("石湾那个云门口岸现在到哪一步，今年做什么", "云门国际性口岸正式开通", "申建进境粮食场地"),
        ("石湾机场目前什么进度，今年怎么安排", "选址获批", "可行性研究"),
        ("石湾双拥模范城：去年是几连冠，今年想争什么", "八连冠", "争创全国“双拥模范城”"),
    ],
)
def test_a_name_with_words_within_it_in_review_and_plan(ask, question, done, planned):
    said = ask(question)
    assert done in said
    assert planned in said
    assert "环湖铁路" not in said


def test_a_sentence_that_only_heads_comes_with_what_it_heads(ask):
    said = ask("石湾石松同城化去年有什么进展，今年怎么推进")
    assert "石松快速路全线贯通" in said
    assert "建设石松轻轨" in said


def test_two_things_of_which_each_time_tells_of_one(ask):
    said = ask("石湾机场和环湖铁路，去年到哪一步，今年怎么安排")
    assert "环湖铁路开工" in said
    assert "可行性研究" in said
    assert "“环湖铁路”2031年的情况：资料中未提及" in said
