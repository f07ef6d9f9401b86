"""Which places have a title, whose name may begin with 全国; and what a place does together with another one."""

import pytest
from shelf_reports import shelf_of_texts

HEAD = (
    "政府工作报告\n——2031年1月20日在{}第六届人民代表大会第四次会议上\n\n各位代表：\n\n一、2030年工作回顾\n\n"
)
QINGHE = (
    HEAD.format("青禾市")
    + "地区生产总值增长5.1%。获评全国民族团结进步示范市，35个集体荣获全省民族团结进步模范集体。深化与厦门钨业合作，共建硬质合金产业园。\n\n"
    + "二、2031年工作安排\n\n地区生产总值增长5%。争创全国“双拥模范城”。\n"
)
YUNLING = (
    HEAD.format("云岭市")
    + "地区生产总值增长6.4%。获命名为全省食品安全示范城市。甲山村、乙水村荣获“全国乡村治理示范村”。\n\n"
    + "二、2031年工作安排\n\n地区生产总值增长6%。争创全国民族团结进步示范市、国家食品安全示范城市。\n"
)
SHELF = shelf_of_texts({"青禾市2031年政府工作报告": QINGHE, "云岭市2031年政府工作报告": YUNLING})


@pytest.mark.parametrize(
    ("question", "having"),
    [
        ("全国民族团结进步示范市是哪些市？", "青禾市、云岭市"),
        ("哪些市评上了全国民族团结进步示范市", "青禾市"),  # 云岭 only plans to
        ("哪个市想创全国民族团结进步示范市", "云岭市"),
        ("全国乡村治理示范村哪几个市有", "云岭市"),
        ("国家食品安全示范城市哪个市要争创", "云岭市"),
        ("全国双拥模范城这块牌子，哪个市打算争创", "青禾市"),
    ],
)
def test_title_is_told_by_name_and_by_whether_it_was_won(question, having):
    done = SHELF.ask(question).done
    assert done.answer.startswith(f"报告里写到的有{having}【")


@pytest.mark.parametrize(
    "question", ["全国粮食产量去年多少", "国家财政赤字率今年多少", "全国先进制造业增加值目标"]
)
def test_country_is_a_place_before_a_statistic(question):
    assert SHELF.ask(question).done.reason == "no_such_report"


@pytest.mark.parametrize("question", ["青禾市跟厦门的哪家企业合作", "青禾市和厦门共建什么产业园"])
def test_place_that_something_is_done_with_is_content(question):
    assert "厦门钨业" in SHELF.ask(question).done.answer


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("青禾市和厦门GDP谁高", "no_such_report"),
        ("青禾市和厦门的合作区各有几个", "no_such_report"),
        ("青禾市和泉州合作了什么", "no_such_report"),  # of whom no report speaks
        ("青禾市和厦门签了什么旅游协议", "not_stated"),
    ],
)
def test_place_compared_or_never_named_has_no_report(question, reason):
    assert SHELF.ask(question).done.reason == reason
