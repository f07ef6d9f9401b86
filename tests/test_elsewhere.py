"""Questions of places that no report is of and of years that none speaks of: declined, wherever they are said."""

import pytest
from shelf_reports import HEAD, shelf_of_texts

from qa.question_places import Catalogue, find_places
from qa.text import fold

TEXTS = {
    f"2031_{place}": HEAD.format(place=place)
    + f"""一、2030年工作回顾

地区生产总值增长{growth}%，空气质量优良率98.{growth}%。生猪出栏198万头，增速排全省第一。种植香芋{growth}万亩。

二、2031年工作安排

北山镇、小长镇获评全国“一村一品”示范镇。建成公交枢纽8个，新建停车位700个。到2039年建成轨道交通。争创全国双拥模范城，农村危房改造300户。
"""
    for place, growth in (("石湾市", 5), ("海棠市", 6))
}


@pytest.fixture(scope="module")
def ask():
    shelf = shelf_of_texts(TEXTS)
    return lambda question, *before: shelf.ask(question, *before).done


@pytest.mark.parametrize("question", [
    "“双拥模范城”里，昆明今年争创哪一个",  # behind a clause, before its time
    "我是写材料的，曲靖市政府去年种了多少香芋",  # before its government
    "我家在郴州种香芋，去年全市种了多少亩",  # where the one who asks is
    "去郴州种香芋，去年种了多少亩",
    "咱玉林去年生猪出栏多少头",
    "写作业要用：玉林的生猪出栏多少头",  # at the beginning of a clause
    "在全国重点城市里昆明空气质量优良率多少",  # before a statistic
    "郴州香芋不问，去年生猪出栏多少头",  # in what is not asked
    "去年生猪出栏多少头（玉林）",
    "2030年末玉林生猪出栏多少头",
    "关于玉林去年的生猪出栏",
    "How many tourists did 玉林 receive in 2030?",
])  # fmt: skip
def test_a_place_without_a_report_is_named_and_no_other_answers(ask, question):
    answer = ask(question)
    assert answer.reason == "no_such_report"
    assert answer.answer.startswith("资料中没有")


def test_a_place_that_the_report_tells_of_is_its_own_only_with_its_government(ask):
    said = "对口协作中，{}昆明{}投入多少"
    told = Catalogue((), {"a": "昆明投入协作资金3亿元"})
    assert find_places(said.format("援建的", "今年"), told)[1] == ()
    assert find_places(said.format("援建的", "市政府今年"), told)[1] == ("昆明市",)
    assert find_places(said.format("援建的", "今年"), Catalogue(()))[1] == ("昆明市",)


def test_of_two_places_the_one_without_a_report_is_named(ask):
    answer = ask("石湾2031年停车位目标和昆明2031年停车位目标哪个多")
    assert answer.reason == "no_such_report"
    assert answer.answer.startswith("资料中没有昆明市的政府工作报告")


@pytest.mark.parametrize("question", [
    "石湾去年从昆明引进企业多少家",  # another place is asked of
    "从昆明今年引进了什么项目",
    "支援昆明今年花了多少钱",
    "对昆明出口总额是多少",
])  # fmt: skip
def test_a_place_that_something_comes_from_or_goes_to_is_none_that_is_asked_of(question):
    assert find_places(fold(question), Catalogue(()))[1] == ()


@pytest.mark.parametrize(
    "question",
    [
        "石湾2025年生猪出栏多少头，增速全省第几",  # the second part says no year
        "石湾2025年建设情况：建成公交枢纽几个，新建停车位几个",  # the year stands before both
        "石湾2038年要新建多少停车位，农村危房要改造多少户",
        "哪些市2038年要争创全国双拥模范城",
        "石湾2025年建设：争取新建停车位多少个？农村危房要改造多少户？",
        "石湾2025年哪两个镇入选产业强镇，哪两个镇评上全国“一村一品”示范镇？",
        "石湾2039年要新建多少停车位，农村危房要改造多少户",  # a year that a report names elsewhere
        "哪些市2039年要争创全国双拥模范城",
    ],
)
def test_no_part_is_of_another_year_than_the_one_named(ask, question):
    answer = ask(question)
    assert answer.reason == "not_stated"
    assert not answer.figures


def test_a_part_of_now_keeps_its_time_beside_one_of_another_year(ask):
    said = ask("石湾现在生猪出栏多少头，2025年出栏多少").answer
    assert "2030年，石湾市生猪出栏198万头" in said
    assert "“2025年出栏多少”：资料中未提及" in said
