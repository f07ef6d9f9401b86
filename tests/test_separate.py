"""Several questions in one message, and a new question after one of a time: each answered by itself."""

import re

import pytest
from shelf_reports import shelf_of_texts
from test_chain import assistant_of

from qa.scope import resolve
from qa.separate import separate
from qa.types import Turn

SONGXI = """政府工作报告
——2031年1月15日在松溪市第五届人民代表大会第六次会议上
松溪市市长 林知远

现在，我代表市人民政府向大会报告政府工作，请予审议。

一、2030年工作回顾

一年来，全市城镇新增就业2.6万人。生猪出栏198万头。信用村占比达73.2%。首座“灯塔工厂”花落松溪水泥公司。

新建口袋公园7个，绿道20.8公里。接待游客412万人次，旅游收入86亿元。

二、2031年工作安排

今年，城镇新增就业2.8万人以上。推进青岭、白石11个抵边小镇建设。种植大豆3.2万亩。开工建设东湖水厂。

各位代表，让我们携手奋进！
"""
TEXTS = {"松溪市": SONGXI}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return assistant_of(tmp_path_factory.mktemp("separate"), TEXTS)


def said(assistant, question: str, *before: str) -> str:
    turns = [Turn("user", text) for text in before]
    return re.sub(r"【\d+】", "", assistant.ask(question, turns).answer)


@pytest.mark.parametrize("joint", ["，", "；", "？", "？另外，", "，还有", "？顺便问一下"])
def test_two_things_in_one_message_are_both_answered(assistant, joint):
    made = said(assistant, f"松溪今年推进几个抵边小镇，在哪些地方{joint}去年生猪出栏多少")
    assert "推进青岭、白石11个抵边小镇建设" in made
    assert "2030年，松溪市生猪出栏198万头" in made
    assert "未提及" not in made


def test_what_is_not_stated_is_said_beside_what_is(assistant):
    made = said(assistant, "松溪去年生猪出栏多少？另外，去年新建了多少公里地铁")
    assert made.startswith("2030年，松溪市生猪出栏198万头")
    assert "地铁" in made and "未提及" in made


def test_nothing_stated_is_one_refusal(assistant):
    answer = assistant.ask("松溪去年新建了多少公里地铁？另外，机场旅客吞吐量多少")
    assert (answer.abstained, answer.reason) == (True, "not_stated")


@pytest.mark.parametrize(("message", "questions"), [
    ("松溪去年接待游客多少，旅游收入多少", ["松溪去年接待游客多少", "旅游收入多少"]),
    ("松溪去年接待游客多少，增长多少", ["松溪去年接待游客多少，增长多少"]),  # a measure of the same
    ("松溪去年建成几个项目？今年计划开工多少、投资多少", ["松溪去年建成几个项目？今年计划开工多少、投资多少"]),
    ("松溪今年推进几个抵边小镇，在哪些地方", ["松溪今年推进几个抵边小镇，在哪些地方"]),
    ("松溪去年生猪出栏多少？另外，今年种多少大豆？", ["松溪去年生猪出栏多少？", "今年种多少大豆？"]),
])  # fmt: skip
def test_where_a_message_is_parted(message, questions):
    shelf = shelf_of_texts({"2031_松溪市": SONGXI})
    assert [*separate(resolve(message, shelf.catalogue), shelf.sources)] == questions


def test_full_question_after_an_aim_is_asked_anew(assistant):
    assert (
        said(assistant, "那信用村占比多少", "松溪今年城镇新增就业目标多少")
        == "2030年，松溪市信用村占比达73.2%。"
    )


def test_measure_alone_stays_with_the_time_before(assistant):
    """那生猪出栏呢 after an aim asks for the aim: that there is none is said, with what there is."""
    made = said(assistant, "那生猪出栏呢", "松溪今年城镇新增就业目标多少")
    assert "未提及" in made and "2030年" in made
