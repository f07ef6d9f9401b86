"""A message of several questions, and a question of several things: what each part asks."""

import pytest

from qa.question_parts import asks_of, parts_of
from qa.types import Ask
from qa.wording import content_of


def terms_of(text: str) -> list[tuple[str, ...]]:
    return [ask.terms for ask in asks_of(text, 2031)]


def parts(text: str) -> list[tuple[str, tuple[str, ...]]]:
    (ask,) = asks_of(text, 2031)
    return [("".join(part.terms), part.topic) for part in ask.parts]


def test_asks_of_two_questions_share_their_topic():
    first, second = asks_of("小微企业去年新增多少家，今年计划多少家", 2031)
    assert (first.terms, first.kind, first.years) == (("小微企业", "新增"), "actual", (2030,))
    assert (second.terms, second.kind, second.years) == (("小微企业", "新增"), "target", (2031,))


def test_asks_of_a_deed_alone_at_another_time_are_of_the_thing_before():
    """培育 is done to the parks asked about; 开工 and 竣工 of one year are two deeds."""
    assert terms_of("今年新增茶园几个，去年培育了几个") == [("新增茶园",), ("新增茶园", "培育")]
    assert terms_of("去年茶园项目开工几个，竣工几个")[1] == ("竣工",)


def test_asks_of_one_question_is_one():
    assert terms_of("茶叶产量是多少？") == [("茶叶产量",)]


def test_asks_of_key_words_is_none():
    assert asks_of("茶叶产量", 2031) == ()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        # the noun that only the last one says
        ("小龙虾、食用菌、蛋的产量去年各涨了多少", ["小龙虾产量", "食用菌产量", "蛋产量"]),
        ("交通投资和水利投资今年分别要完成多少", ["交通投资", "水利投资"]),
        ("茶叶面积、水果面积的目标是多少", ["茶叶面积", "水果面积"]),
        ("燃气管网、污水管网各新建多少公里", ["燃气管网", "污水管网"]),
    ],
)
def test_parts_are_the_things_asked_of(question, expected):
    assert [name for name, _ in parts(question)] == expected


def test_parts_keep_what_opened_the_question_as_topic():
    assert parts("林业今年：油茶、八角各种多少万亩") == [("油茶", ("林业",)), ("八角", ("林业",))]


def test_parts_take_the_words_before_the_first_as_topic_of_the_others():
    (ask,) = asks_of("高标准农田今年新增建设、改造提升各多少万亩", 2031)
    second = ask.parts[1]
    assert (second.terms, second.topic) == (("改造提升",), ("高标准农田",))


@pytest.mark.parametrize("question", ["粮食产量是多少？", "和谐社区建成多少个？", "2030年是多少"])
def test_parts_of_one_thing_are_none(question):
    assert parts(question) == []


def test_parts_of_key_words_carry_kind_and_years():
    whole = Ask("茶叶面积、水果面积、目标", ("茶叶面积", "水果面积"), kind="target", years=(2031,))
    found = parts_of(whole.text, whole)
    assert [(part.terms, part.kind, part.years) for part in found] == [
        (("茶叶面积",), "target", (2031,)),
        (("水果面积",), "target", (2031,)),
    ]


@pytest.mark.parametrize("lead", ["写材料要用，", "写稿子用：", "我在做课件用的数据，"])
def test_purpose_said_first_is_no_content(lead):
    assert content_of(lead + "茶叶产量是多少") == "茶叶产量"


@pytest.mark.parametrize(
    ("question", "counted"),
    [("农户信息采了多少户？采集率呢", False), ("茶叶产了多少吨？油茶呢", True)],
)
def test_asks_of_a_rate_after_an_amount_is_another_measure(question, counted):
    second = asks_of(question, 2031)[1]
    assert ("多少" in second.text) is counted
