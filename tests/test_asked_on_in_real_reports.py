"""Asking on, asking two things, holding an aim against a result: ways of asking met over real reports."""

from __future__ import annotations

import pytest
from test_chain import assistant_of

from qa.types import Turn

NORTH = """青阳省2036年政府工作报告
——2036年1月26日在青阳省第十四届人民代表大会第四次会议上
省长　王某某

一、“十六五”时期工作回顾

五年来，生产安全事故起数、死亡人数较“十五五”同期分别下降62.97%、53.06%。新增上市公司48家、总量达122家，累计出台326项两岸共通标准。新建改造管网900公里。

2035年，新增上市公司6家，新增两岸共通标准41项。邮轮母港接待邮轮91艘次、旅客30余万人次。建设47.8万亩高标准农田，粮食产量515.6亿斤、创历史新高。开展黑土地保护工程1036万亩。人均预期寿命达79岁。

二、2036年工作安排

力争全社会研发投入强度达2.09%左右，基础研究支出占全社会研发投入比重达7%。建成高标准农田32.8万亩，分类实施黑土地保护工程900万亩。
"""
SOUTH = NORTH.replace("青阳省", "云岭省").replace("79岁", "82.5岁").replace("省长　王某某\n", "")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    texts = {"青阳省2036年政府工作报告": NORTH, "云岭省2036年政府工作报告": SOUTH}
    return assistant_of(tmp_path_factory.mktemp("north"), texts)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("去年到青阳省的邮轮有多少艘次啊，旅客呢", ["91艘次", "30余万人次"]),
        ("青阳省去年粮食产量多少，算不算破纪录", ["515.6亿斤"]),
        ("青阳省今年研发投入想搞到占比多少", ["2.09%左右"]),
        ("青阳省2036年高标准农田计划比2035年减少多少万亩", ["少15万亩"]),  # 47.8 - 32.8
        ("青阳省2036年黑土地保护工程比2035年是增加还是减少，相差多少万亩", ["少136万亩"]),  # 1036 - 900
        ("青阳省人和云岭省人哪边活得更久？差几岁", ["3.5岁"]),  # 82.5 - 79
    ],
)
def test_asked_at_once(assistant, question: str, told: list[str]) -> None:
    said = assistant.ask(question).answer
    assert all(value in said for value in told)


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [
        ("青阳省去年新增了几家上市公司？", "目前总量是多少？", "总量为122家"),
        ("青阳省去年新增了几家上市公司？", "那现在一共有多少家", "总量为122家"),
        ("青阳省去年新增了几家上市公司？", "五年合计新增多少家", "新增上市公司48家"),
        ("青阳省去年新增了几家上市公司？", "五年合计新增多少家？目前总量是多少？", "总量达122家"),
        ("青阳省去年新增了多少项两岸共通标准？", "那加起来一共多少项了", "326项"),
    ],
)
def test_how_many_there_are_after_what_was_added(assistant, first: str, then: str, told: str) -> None:
    turns = (Turn("user", first), Turn("assistant", assistant.ask(first).answer))
    answer = assistant.ask(then, turns)
    assert told in answer.answer and not answer.abstained


def test_what_all_are_held_against_is_no_part_of_the_last_name(assistant) -> None:
    rows = assistant.figures(place="青阳省", indicator="生产安全事故死亡人数")
    assert [(str(row.value), row.measure) for row in rows] == [("-53.06", "降幅")]


@pytest.mark.parametrize(
    ("question", "put"),
    [
        ("青阳省今年怎么对付骗子电话", "“怎么对付骗子电话”"),
        ("没钱买房要租房的人，青阳省今年有房给吗？", "“没钱买房要租房的人，有房给吗”"),
        ("云岭省长叫什么名字", "“省长叫什么名字”"),
    ],
)
def test_a_refusal_says_what_was_asked_as_it_was_put(assistant, question: str, put: str) -> None:
    answer = assistant.ask(question)
    assert answer.abstained and put in answer.answer.partition("。")[0]
