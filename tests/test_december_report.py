"""Questions about a report given in December: its own year is done, the next is planned, and both years name it."""

import pytest
from shelf_reports import shelf_of_texts

DISTRICT = """政府工作报告
——2032年12月26日在云岭市砚溪区第六届人民代表大会第二次会议上

各位代表：

一、2032年工作回顾

2032年预计实现地区生产总值318亿元，增长5.7%；固定资产投资同口径增长8.4%，技术合同成交额46亿元，下降1.9%。城镇新增就业0.82万人。

二、2033年工作安排

地区生产总值增长6%以上，城镇新增就业0.9万人，新建公园7个。
"""

SHELF = shelf_of_texts({"砚溪区政府工作报告": DISTRICT})


def values(question: str) -> list[str]:
    told = [f"{figure.value}{figure.unit}" for figure in SHELF.ask(question).done.figures]
    return list(dict.fromkeys(told))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("砚溪区2032年地区生产总值多少，城镇新增就业多少", ["318亿元", "5.7%", "0.82万人"]),
        ("砚溪区2032年新增就业多少，2033年目标多少", ["0.82万人", "0.9万人"]),
        ("砚溪区2032年GDP和增速", ["318亿元", "5.7%"]),
        ("砚溪区2032年地区生产总值与涨幅", ["318亿元", "5.7%"]),
        ("砚溪区2032年技术合同成交额及降幅", ["46亿元", "1.9%"]),
        ("砚溪区去年固投增长多少", ["8.4%"]),
        ("2033年砚溪区政府工作报告提出的GDP增长目标", ["6%"]),
        ("砚溪区2032年政府工作报告里去年新增就业多少", ["0.82万人"]),
    ],
)
def test_december_report_answers_of_both_its_years(question, expected):
    assert values(question) == expected


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("砚溪区2035年政府工作报告里GDP是多少", "没有砚溪区2035年的报告：现有报告讲的是2032年、2033年"),
        ("砚溪区2027年GDP是多少", "未提及砚溪区2027年的情况：现有报告讲的是2032年、2033年"),
    ],
)
def test_december_report_says_what_years_it_tells_of(question, told):
    done = SHELF.ask(question).done
    assert done.reason == "not_stated"
    assert told in done.answer
