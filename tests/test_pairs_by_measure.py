"""Two things of a place held against each other by amount and by growth, and several of them put in order."""

from __future__ import annotations

import pytest
from test_chain import assistant_of

SHIWAN = """石湾市2031年政府工作报告
——2031年1月12日在石湾市第六届人民代表大会第一次会议上
市长　李某某

一、2030年工作回顾

2030年地区生产总值512.4亿元，增长5.4%；第一产业增加值71.6亿元、增长4.3%，第二产业增加值228.5亿元、增长7.2%，第三产业增加值212.3亿元、增长6.0%。
社会消费品零售总额121.8亿元，增长5.9%，城镇消费品零售额84.2亿元、增长5.6%，乡村消费品零售额37.6亿元、增长6.6%。

一般公共预算收入32.6亿元，增长8.6%；一般公共预算支出121.9亿元，增长5.2%。出口78.1亿元，下降2.3%；进口18.2亿元，下降13.4%。

碳酸钙、电力、珠宝三个产业产值分别增长2.5%、10.1%、16.2%。税收“亿元楼”达到38幢，贡献税收298.6亿元。农村低保标准提高到每人每年6840元。

新增国家级专精特新“小巨人”企业5家，累计达到23家。民生支出95.4亿元。

二、2031年工作安排

今年主要预期目标是：地区生产总值增长5.5%以上、力争6%；社会消费品零售总额增长6.5%；居民消费价格涨幅2%左右。
"""
HEXI = """河西市2031年政府工作报告
——2031年1月12日在河西市第六届人民代表大会第一次会议上
市长　王某某

一、2030年工作回顾

2030年地区生产总值612.0亿元，增长5.0%。农村低保标准提高到每人每月585元。民生支出63.1亿元。

二、2031年工作安排

今年主要预期目标是：地区生产总值增长5.5%。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    reports = {"石湾市": SHIWAN, "河西市": HEXI}
    assistant = assistant_of(tmp_path_factory.mktemp("pairs"), reports)
    return lambda question: assistant.ask(question).answer


@pytest.mark.parametrize(
    ("question", "told"),
    [
        # 32.6 - 121.9 = -89.3; 8.6 - 5.2 = 3.4
        ("石湾2030年财政一般公共预算收入和支出差多大，哪个增得快些", ("多89.3亿元", "高3.4个百分点")),
        # -2.3 above -13.4 by 11.1; 78.1 - 18.2 = 59.9
        ("石湾市2030年出口和进口谁降得多？出口比进口多多少亿元？", ("降幅小11.1个百分点", "多59.9亿元")),
        # 84.2 - 37.6 = 46.6; 6.6 - 5.6 = 1: who is asked for comes first
        ("石湾2030年城镇消费品零售额比乡村的多多少亿，谁涨得快", ("多46.6亿元", "高1个百分点")),
        # 5.5 - 5.4 = 0.1; 6.5 - 5.9 = 0.6
        ("石湾2031年GDP和社零的增长目标，比上一年实际高多少个百分点", ("高0.1个百分点", "高0.6个百分点")),
        # 95.4 - 63.1 = 32.3
        ("2030年民生支出石湾比河西多花多少亿", ("石湾市（95.4亿元）比河西市（63.1亿元）多32.3亿元",)),
    ],
)
def test_both_measures_of_two_things(ask, question: str, told: tuple[str, ...]) -> None:
    said = ask(question)
    assert all(one in said for one in told), said


def test_the_first_of_several_and_how_far_it_is_from_the_last(ask) -> None:
    said = ask("石湾2030年一二三产业哪个增速最快？比最慢的高几个百分点")
    assert said.startswith("石湾市2030年增长最快的是第二产业增加值（增长7.2%）")
    assert "比第一产业增加值（增长4.3%）高2.9个百分点" in said  # 7.2 - 4.3
    named = ask("石湾的碳酸钙、电力、珠宝三个产业，产值增速最高的是哪个，比最低的高多少个百分点？")
    assert "珠宝产业产值（增长16.2%）" in named and "高13.7个百分点" in named  # 16.2 - 2.5
    assert "第二产业增加值（增长7.2%）" in ask("石湾2030年三次产业哪个增长最快")


def test_what_is_paid_by_the_month_is_not_taken_from_what_is_paid_by_the_year(ask) -> None:
    said = ask("2030年石湾和河西农村低保标准哪个高，高多少")
    assert "每年6840元" in said and "每月585元" in said
    assert "6255" not in said  # 6840 - 585 is nothing


def test_an_aim_with_what_is_striven_for_beyond_it(ask) -> None:
    assert "增长5.5%以上、力争6%" in ask("石湾2031年GDP增长目标是多少")


def test_what_is_not_meant_may_stand_in_brackets(ask) -> None:
    said = ask("石湾2030年新增了几家国家级小巨人企业？（不是累计）")
    assert "5家" in said and "23家" not in said


def test_things_counted_by_the_tax_they_pay(ask) -> None:
    assert "38幢" in ask("石湾2030年税收亿元楼有多少幢")


def test_the_questions_of_a_message_are_of_its_one_year(ask) -> None:
    # the aim of 2031 is no answer for 2030
    assert "2%左右" not in ask("石湾2030年物价涨了多少，CPI是百分之几？").split("报告中有的是")[0]


def test_paper_to_be_written_is_no_part_of_the_question(ask) -> None:
    said = ask("准备写篇石湾财政的小稿子，2030年一般公共预算收入多少、支出多少？")
    assert "32.6亿元" in said and "121.9亿元" in said and "资料中未提及" not in said
