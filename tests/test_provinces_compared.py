"""Provinces held against each other, and asked on about in turns: ways of asking met over real reports."""

from __future__ import annotations

import pytest
from test_chain import assistant_of

from qa.types import Turn

# 辽宁 is made of two abbreviations, 辽 and 宁 (宁夏); the numbers are invented.
FIRST = """辽宁省2036年政府工作报告
——2036年1月26日在辽宁省第十四届人民代表大会第四次会议上
省长　王某某

一、“十六五”时期工作回顾

五年来，提请省人大常委会审议地方性法规104件，完成营造林3000万亩，城镇新增就业452万人，经营主体净增231万户。三次产业结构由8.7∶41.2∶50.1调整为7.4∶39.6∶53。

2035年，固定资产投资增长6.1%，社会消费品零售总额增长5.6%，生产安全事故死亡人数下降7.1%。新能源汽车产量突破110万辆，新能源装机9000万千瓦，新增新能源装机600万千瓦。城乡居民人均可支配收入分别增长5.3%、7%，农村居民人均可支配收入20793元。PM2.5平均浓度低于每立方米19微克。新增营造林648万亩。为5.01万名农民工追回欠薪6.83亿元。300个省列重大项目完成投资2929亿元、超年度计划28%。

二、2036年工作安排

社会消费品零售总额增长7%左右，完成营造林600万亩，城镇新增就业45万人以上。今年建成云海高铁，2037年、2038年分别建成松石、潭阳高铁。力争数字经济核心产业增加值占GDP比重达9.5%。

办好三件民生实事：

一、提高低保水平。

低保标准提高到每月900元。

二、办好普通高中。

新增普通高中学位2万个。

三、建设农村公路。

改造农村公路4000公里。
"""
SECOND = """江西省2036年政府工作报告
——2036年1月27日在江西省第十四届人民代表大会第四次会议上
省长　李某某

一、“十六五”时期工作回顾

五年来，提请省人大常委会审议法规议案31件，城镇新增就业265.15万人，累计净增各类经营主体155万户。

2035年，固定资产投资下降3.3%，社会消费品零售总额增长4.4%，生产安全事故死亡人数下降13.3%。新能源汽车产量增长27.7%。游客旅游总花费增长12.6%。PM2.5平均浓度27.4微克/立方米，扣除自然因素影响后空气优良天数比率96.7%。

二、2036年工作安排

社会消费品零售总额增长4%左右，城镇新增就业41万人。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    texts = {"辽宁省2036年政府工作报告": FIRST, "江西省2036年政府工作报告": SECOND}
    return assistant_of(tmp_path_factory.mktemp("provinces"), texts)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("江西、辽宁两省去年社会消费品零售总额各增长多少", ["5.6%", "4.4%"]),
        ("两个省今年城镇新增就业目标加一块是多少", ["合计86万人"]),  # 45 + 41
        ("固定资产投资增速，去年辽宁领先江西多少个百分点", ["高9.4个百分点"]),  # 6.1 - -3.3
        ("去年社零增速超过5%的是江西、辽宁中的哪几个省", ["符合条件的有1个：辽宁省"]),
        ("去年生产安全事故死亡人数降幅，江西和辽宁差多少", ["江西省（下降13.3%）比辽宁省（下降7.1%）降幅大6.2个百分点"]),
        ("按去年社零的增速，对辽宁、江西作一个排名", ["最高的是辽宁省", "4.4%"]),
        ("“十六五”五年累计城镇新增就业，辽宁比江西多多少", ["多186.85万人"]),  # 452 - 265.15
        ("“十六五”期间经营主体净增户数，辽宁比江西多多少万户", ["多76万户"]),  # 231 - 155
        ("辽宁三产比二产占比高多少", ["高13.4个百分点"]),  # 53 - 39.6
        ("辽宁和江西哪个省PM2.5更低", ["最低的是辽宁省（低于每立方米19微克）", "低8.4微克/立方米"]),  # 27.4 - 19
        ("江西去年旅游收入增长多少", ["12.6%"]),
        ("辽宁和江西今年消费目标谁定得高，各是多少", ["最高的是辽宁省（增长7%左右）", "增长4%左右"]),
        ("过去五年提请人大常委会审议的法规件数，辽宁和江西谁更多，多几件", ["多73件"]),  # 104 - 31
        ("辽宁今年计划造林的面积比去年多还是少，差多少", ["少48万亩"]),  # 648 - 600
        ("辽宁去年帮农民工讨回来多少欠的工钱", ["6.83亿元"]),
        ("辽宁去年省列重大项目完成投资额是多少", ["2929亿元"]),
        ("江西去年空气质量优良天数比率是多少", ["96.7%"]),
    ],
)  # fmt: skip
def test_places_held_against_each_other(assistant, question: str, told: list[str]) -> None:
    answer = assistant.ask(question)
    assert not answer.abstained and "宁夏" not in answer.answer
    for said in told:
        assert said in answer.answer


def test_the_sum_of_several_years_is_not_held_against_one_year(assistant) -> None:
    answer = assistant.ask("辽宁2036年的营造林任务与“十六五”期间年均完成量相比是高还是低，差多少").answer
    assert "600万亩" in answer and "3000万亩" in answer and "2400" not in answer
    assert "一个是几年的合计，一个是一年的数，不能直接相比" in answer


def test_a_share_of_something_else_is_no_figure_of_what_is_asked(assistant) -> None:
    answer = assistant.ask("辽宁工业增加值占GDP的比重是多少")
    assert not any(one.canonical or "数字经济" in one.indicator for one in answer.figures)


@pytest.mark.parametrize("question", ["辽宁去年淘汰落后产能多少万吨", "辽宁行业领先企业多少家"])
def test_what_is_ahead_or_behind_in_a_name_is_held_against_nothing(assistant, question: str) -> None:
    assert "比" not in assistant.ask(question).answer


@pytest.mark.parametrize(
    ("turns", "question", "told"),
    [
        (["辽宁去年社会消费品零售总额增速是多少"], "这个数比江西高吗", "比江西省（增长4.4%）高1.2个百分点"),
        (["去年城镇新增就业目标是多少", "新能源装机是多少"], "搞错了，我要江西的", "江西省"),
        (["辽宁去年城乡居民人均可支配收入各增长多少"], "后者的具体金额是多少", "20793元"),
        (["辽宁去年新能源汽车产量是多少"], "江西2035年的产量增速是多少", "江西省新能源汽车产量增长27.7%"),
        (["辽宁新能源装机多少"], "里头去年新增的有多少", "600万千瓦"),
        (["辽宁今年建成哪几条高铁"], "后面两年呢", "2037年、2038年分别建成松石、潭阳高铁"),
        (["辽宁今年办好哪三件民生实事"], "展开说说第三件", "改造农村公路4000公里"),
        (["辽宁新能源装机多少", "增得不少啊"], "去年新增的有多少", "600万千瓦"),
        (["辽宁社零去年增速多少", "“十六五”五年累计城镇新增就业多少"], "江西呢", "265.15万人"),
    ],
)
def test_asked_on_in_turns(assistant, turns: list[str], question: str, told: str) -> None:
    history: list[Turn] = []
    for turn in turns:
        history += [Turn("user", turn), Turn("assistant", assistant.ask(turn, history).answer)]
    assert told in assistant.ask(question, history).answer
