"""Enumerations in a report by headings, numbers or paragraphs, and which one a question means."""

import pytest
from shelf_reports import shelf

from qa.list_asks import expected_count, list_ask
from qa.lists import enumeration, is_generic, outline
from qa.scope import resolve
from qa.types import Scope
from qa.wanted import wanted

SHELF = shelf()
YUNLING, HAITANG = "2031-云岭市", "2031-海棠市"


def quotes(question: str) -> list[str]:
    return [citation.quote for citation in SHELF.ask(question).done.citations]


def listed(question: str, report_id: str = YUNLING):
    scope = resolve(question, SHELF.catalogue)
    return enumeration(
        report_id,
        SHELF.paragraphs(report_id),
        wanted(scope)[0],
        SHELF.sources.weights,
        expected=expected_count(question),
    )


def words(report_id: str, spans) -> list[str]:
    return [SHELF.text(report_id)[span.start : span.end] for span in spans]


def test_list_of_headings():
    assert quotes("云岭市今年重点抓哪几项工作？") == [
        "（一）抓好项目建设。",
        "（二）培育特色产业。",
        "（三）办好民生实事。",
    ]


def test_list_of_inline_numbers():
    assert quotes("云岭市今年办好哪四件民生实事？") == [
        "1.新建社区食堂30个；",
        "2.改造农村公路160公里；",
        "3.建设口袋公园12个；",
        "4.新增托位2000个。",
    ]


def test_list_of_first_second_third():
    assert quotes("云岭市今年培育哪些特色产业？") == [
        "一是做强茶叶产业；",
        "二是做优中药材产业；",
        "三是做大文旅产业。",
    ]


def test_list_of_plain_paragraphs_by_count():
    assert [quote.split("。")[0] for quote in quotes("海棠市今年实施哪三大工程？")] == [
        "港口扩能工程",
        "碧水蓝天工程",
        "安居暖心工程",
    ]


def test_list_answer_is_a_bullet_an_item_in_order():
    lines = SHELF.ask("云岭市今年办好哪四件民生实事？").done.answer.splitlines()
    assert [line for line in lines if line.startswith("- ")] == [
        "- 1.新建社区食堂30个【1】",
        "- 2.改造农村公路160公里【2】",
        "- 3.建设口袋公园12个【3】",
        "- 4.新增托位2000个【4】",
    ]


def test_enumeration_of_another_count_is_not_it():
    assert listed("云岭市今年办好哪五件民生实事？") is None


def test_enumeration_of_something_else_is_not_it():
    assert listed("云岭市今年建设哪些航天基地？") is None


def test_enumeration_without_paragraphs():
    asked = wanted(resolve("云岭市今年办好哪四件民生实事？", SHELF.catalogue))[0]
    assert enumeration(YUNLING, [], asked, SHELF.sources.weights, expected=4) is None


def test_enumeration_items_stand_in_their_paragraph():
    made = listed("云岭市今年办好哪四件民生实事？")
    assert len(made.items) == 4
    for item in made.items:
        paragraph = SHELF.paragraphs(YUNLING)[item.paragraph - 1]
        assert paragraph.start <= item.start < item.end <= paragraph.end


def test_outline_of_the_review():
    made = outline(YUNLING, SHELF, Scope("", kind="actual"))
    assert words(YUNLING, made.items) == [
        "（一）产业发展提质增效。",
        "（二）民生福祉持续改善。",
        "（三）系统测试持续开展。",
    ]


def test_outline_of_one_heading_is_none():
    assert outline(HAITANG, SHELF, Scope("", kind="target")) is None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("今年办好哪八件大事？", 8),
        ("今年办好哪８件大事？", 8),
        ("十大工程是什么？", 10),
        ("十二项重点工作是什么？", 12),
        ("有哪些重点工作？", None),
        ("一件大事是什么？", None),
        ("99个项目是什么？", None),
    ],
)
def test_expected_count(question, expected):
    assert expected_count(question) == expected


@pytest.mark.parametrize(
    ("terms", "generic"),
    [
        ((), True),
        (("重点工作",), True),
        (("重点", "任务"), True),
        (("特色产业",), False),
        (("民生实事",), False),
    ],
)
def test_is_generic(terms, generic):
    assert is_generic(Scope("", terms=terms)) is generic


def test_animal_of_one_character_is_what_a_list_is_asked_of() -> None:
    # 羊 is content, 抓 only what is done; without either the list would be the outline of the report
    assert list_ask(Scope("羊有啥动作", terms=("羊",))).terms == ("羊",)
    assert list_ask(Scope("重点抓哪几件事", terms=("重点", "抓"))).terms == ("重点",)


@pytest.mark.parametrize(("term", "bare"), [("养老方式", "养老"), ("融资渠道", "融资"), ("方式", "方式")])
def test_word_for_members_of_a_list_is_not_looked_for(term: str, bare: str) -> None:
    asked, plain = (wanted(Scope("有哪几种", intent="list", terms=(one,)))[0] for one in (term, bare))
    assert asked.readings == plain.readings
