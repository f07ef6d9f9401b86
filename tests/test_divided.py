"""A whole by its parts, the things of a kind that rose or fell, and shares of the whole economy."""

from __future__ import annotations

import pytest
from test_chain import assistant_of

from qa.types import Turn

BULLETIN = """石湾市2030年国民经济和社会发展统计公报
石湾市统计局
2031年3月20日

一、综合

全年地区生产总值512.4亿元，增长5.4%。民营经济增加值302.3亿元，占地区生产总值的59.0%；东湖开发区地区生产总值占全市的21.4%。

居民消费价格比上年上涨0.3%。分类别看，食品烟酒价格下降0.4%，衣着上涨1.2%，居住持平，交通通信下降1.9%，医疗保健上涨1.0%。

二、农业

粮食总产量21.47万吨，增长1.1%。按品种分，稻谷14.26万吨，小麦2.85万吨，玉米4.36万吨。全年牛出栏1.94万头，增长2.1%；羊出栏5.27万只，下降0.6%。

三、工业和贸易

规模以上工业增加值增长8.2%。分三大门类看，采矿业下降3.4%，制造业增长9.1%，电力、热力、燃气及水生产和供应业增长5.7%。\
分经济类型看，国有控股企业增长4.6%，私营企业增长9.7%。

社会消费品零售总额121.84亿元，增长5.9%。按经营地分，城镇消费品零售额84.19亿元，增长5.6%；乡村消费品零售额37.65亿元，增长6.6%。

四、科技和人口

全社会研究与试验发展（R&D）经费支出11.32亿元，增长12.4%，投入强度由2.06%提高到2.21%。

年末常住人口61.37万人，其中男性人口31.86万人，女性人口29.51万人。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    assistant = assistant_of(tmp_path_factory.mktemp("divided"), {"石湾市": BULLETIN})

    def answer(*questions: str) -> str:
        history: list[Turn] = []
        for question in questions:
            said = assistant.ask(question, history).answer
            history += [Turn("user", question), Turn("assistant", said)]
        return said

    return answer


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("石湾2030年粮食分品种的产量各是多少", "按品种分，稻谷14.26万吨，小麦2.85万吨，玉米4.36万吨"),
        ("石湾规上工业三个门类2030年分别增长多少", "分三大门类看，采矿业下降3.4%，制造业增长9.1%，电力、热力、燃气及水生产和供应业增长5.7%"),
        ("石湾2030年规上工业按经济类型分各增长多少", "分经济类型看，国有控股企业增长4.6%，私营企业增长9.7%"),
        # behind a ； too
        ("石湾2030年社零按经营地分各是多少", "按经营地分，城镇消费品零售额84.19亿元，增长5.6%；乡村消费品零售额37.65亿元，增长6.6%"),
    ],
)  # fmt: skip
def test_each_part_of_a_whole_as_the_report_divides_it(ask, question: str, told: str) -> None:
    assert ask(question).startswith(f"石湾市2030年报告：{told}【1】")


def test_no_whole_is_divided_as_none_asks(ask) -> None:
    assert "分品种" not in ask("石湾2030年粮食产量多少") and "按品种" not in ask("石湾2030年粮食产量多少")


def test_things_that_rose_and_things_that_fell(ask) -> None:
    rose = ask("石湾2030年居民消费价格里，哪几类是上涨的，各涨多少")
    assert rose.startswith("石湾市2030年报告里上涨的有：")
    assert "衣着增长1.2%" in rose and "医疗保健增长1.0%" in rose
    assert "食品烟酒" not in rose and "居住" not in rose  # 下降, 持平
    fell = ask("石湾2030年物价里哪些东西便宜了")
    assert "食品烟酒价格下降0.4%" in fell and "交通通信下降1.9%" in fell and "衣着" not in fell


def test_a_share_of_the_economy_is_of_what_was_asked_of(ask) -> None:
    both = ask("石湾民营经济增加值有多少，占全市GDP几成")
    assert "302.3亿元" in both and "59.0%" in both
    assert "21.4%" not in both  # the zone's share
    assert "59.0%" in ask("石湾民营经济增加值占GDP的百分之几")


def test_the_intensity_of_research_behind_its_spending(ask) -> None:
    told = ask("石湾2030年研发投入花了多少钱，相当于GDP的百分之几")
    assert "11.32亿元" in told and "2.21%" in told
    assert "5.4%" not in told and "59.0%" not in told  # the growth of the economy, another share


def test_one_character_names_a_thing(ask) -> None:
    assert "地区生产总值" not in ask(
        "石湾2030年羊的数量有没有增长"
    )  # the growth of nothing is that of the economy
    assert "羊出栏5.27万只" in ask("石湾2030年牛出栏多少", "羊呢")


def test_the_other_side_in_a_follow_up(ask) -> None:
    told = ask("石湾2030年男性人口有多少", "女的有多少")
    assert "29.51万人" in told and "31.86万人" not in told


TASKS = """石湾市2031年政府工作报告
——2031年1月12日在石湾市第六届人民代表大会第一次会议上
市长　李某某

一、2030年工作回顾

市区PM2.5平均浓度24微克/立方米。全社会研发投入占地区生产总值比重达2.2%。

二、2031年工作安排

（八）聚焦民生改善，着力办好3件民生实事。（1）新建公办幼儿园8所。（2）改造老旧小区42个。（3）加装电梯65部。

（九）用心办好4项便民举措。新增公交线路5条。新建口袋公园6个。开放学校球场7处。增设充电桩800个。
"""
HEXI = """河西市2031年政府工作报告
——2031年1月12日在河西市第六届人民代表大会第一次会议上
市长　王某某

一、2030年工作回顾

PM2.5平均浓度41微克/立方米。2029年全社会研发投入占地区生产总值的1.9%。

二、2031年工作安排

全力推进各项工作。
"""


@pytest.fixture(scope="module")
def ask_two(tmp_path_factory):
    reports = {"石湾市": TASKS, "河西市": HEXI}
    assistant = assistant_of(tmp_path_factory.mktemp("tasks"), reports)
    return lambda question: assistant.ask(question).answer


def test_a_list_in_a_paragraph_that_has_a_number_itself(ask_two) -> None:
    said = ask_two("石湾2031年的3件民生实事有哪些")
    assert said.startswith("石湾市2031年报告的“3件民生实事”依次列出")
    assert [line[:5] for line in said.split("\n") if line.startswith("- ")] == [
        "- （1）",
        "- （2）",
        "- （3）",
    ]


def test_what_is_listed_one_by_one_is_not_called_unsaid(ask_two) -> None:
    said = ask_two("石湾2031年的4项便民举措有哪些")
    assert "没有写明" not in said and "充电桩800个" in said


def test_air_measured_in_the_town_stands_for_the_place(ask_two) -> None:
    assert "高17微克/立方米" in ask_two("2030年石湾和河西哪个PM2.5高，高多少")  # 41 - 24


def test_an_intensity_with_its_meaning_in_brackets(ask_two) -> None:
    said = ask_two("2030年石湾和河西的研发投入强度（占GDP比重）哪个高？")  # 河西 has that of 2029 alone
    assert not said.startswith("资料中未提及") and "石湾市 | 2.2%" in said
