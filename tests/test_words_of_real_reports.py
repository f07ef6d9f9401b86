"""Ways of asking and telling met in real reports: sides of an economy, classes of water, what an area yields."""

from __future__ import annotations

import pytest
from test_chain import assistant_of

from qa.asked_measure import families_asked
from qa.indicator_names import from_dialect
from qa.types import Turn

XINJIANG = """新疆维吾尔自治区2036年政府工作报告
——2036年1月26日在新疆维吾尔自治区第十四届人民代表大会第四次会议上
自治区主席　王某某

一、“十六五”时期工作回顾

五年来，城乡融合发展取得新进步，全疆常住人口城镇化率61.61%、提高5.1个百分点。地区生产总值从2030年的1.38万亿元增长到2035年的2.14万亿元。城镇新增就业240万人。

2035年，机场增至28座，铁路运营里程达9234公里。粮食总产486.5亿斤，单产1105.6斤、居全国第一。19个省市落实对口援疆资金197亿元。179个重大项目开工。新能源装机80万千瓦。乌鲁木齐、喀什航站楼单日最高客流量分别达14万、3万人次。

二、2036年工作安排

今年，社会消费品零售总额增长6%左右，规模以上工业增加值增长7.5%左右，全年投资增长8%左右，外贸进出口总额增长10%左右。新建低空起降设施120个。

前瞻布局未来产业。深入实施培育发展未来产业三年行动，健全投入增长和风险分担机制，支持原创性、颠覆性技术项目，培育发展量子科技、生物制造、氢能、脑机接口等前沿性未来产业，争创国家未来产业先导区。确保赛里木湖水质稳定保持在Ⅱ类。新能源装机增长12%。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return assistant_of(tmp_path_factory.mktemp("real"), {"新疆维吾尔自治区2036年政府工作报告": XINJIANG})


@pytest.fixture(scope="module")
def ask(assistant):
    return lambda question: assistant.ask(question).answer


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("新疆2035年常住人口城镇化率是多少", "61.61%"),  # a rate that stands at the end of the five years
        ("新疆现在有几个机场", "机场增至28座"),
        ("新疆铁路有多长", "铁路运营里程达9234公里"),
        ("新疆去年一亩粮食平均打多少斤", "粮食单产为1105.6斤"),
        ("去年各省市给新疆的对口支援资金一共多少", "197亿元"),
        ("赛里木湖的水今年要保到几类", "Ⅱ类"),
    ],
)
def test_asked_in_everyday_words(ask, question: str, told: str) -> None:
    assert told in ask(question)


@pytest.mark.parametrize(
    "question",
    ["新疆今年消费、工业、投资、外贸这几样各定了多少的增长目标？", "今年消费、工业、投资和外贸各增长多少"],
)
def test_sides_of_an_economy_are_its_statistics(ask, question: str) -> None:
    said = ask(question)
    assert all(value in said for value in ("6%左右", "7.5%左右", "8%左右", "10%左右"))


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("今年消费、工业和投资各增长多少", "今年社会消费品零售总额、规模以上工业增加值和投资各增长多少"),
        ("今年民间投资和消费各增长多少", "今年民间投资和消费各增长多少"),
        ("消费和工业对经济增长的贡献", "消费和工业对经济增长的贡献"),
    ],
)
def test_only_sides_of_the_economy_whose_growth_is_asked_are_named(said: str, read: str) -> None:
    assert from_dialect(said) == read


def test_a_rate_that_stands_after_five_years_is_of_the_last_one(assistant) -> None:
    rows = assistant.figures(indicator="常住人口城镇化率")
    assert [(str(row.value), row.period) for row in rows if row.measure == "比率"] == [("61.61", "2035")]


def test_how_long_a_line_is_asks_for_a_length() -> None:
    assert families_asked("新疆铁路有多长") == ("length",)
    assert "length" not in families_asked("新疆铁路还有多长时间修好")


@pytest.mark.parametrize("question", ["新疆现在新能源装机有多少", "新疆新能源装机现在有多少"])
def test_a_kind_of_plant_is_no_addition(ask, question: str) -> None:
    said = ask(question)
    assert "80万千瓦" in said and "12%" not in said  # nor is what it shall grow by how much there is


def test_a_list_is_told_by_the_sentence_that_has_it(ask) -> None:
    said = ask("新疆今年要布局哪些未来产业？")
    assert "量子科技、生物制造、氢能" in said and "Ⅱ类" not in said


def test_what_is_there_is_not_told_by_what_will_be_built(ask) -> None:
    assert ask("新疆低空起降设施现在有多少个").startswith("资料中未提及")


def test_places_in_a_list_share_what_stands_behind_the_last(ask) -> None:
    assert "乌鲁木齐航站楼单日最高客流量为14万人次" in ask("新疆的乌鲁木齐航站楼单日最高客流量多少")


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [
        ("新疆去年GDP总量多少？", "2030年的时候是多少", "1.38万亿元"),
        ("新疆去年GDP总量多少？", "2030年那会儿呢", "1.38万亿元"),
        ("新疆去年粮食总产多少", "一亩平均打多少斤，全国排第几？", "居全国第一"),
        ("全国过去五年城镇新增就业多少人？", "新疆同期呢？", "240万人"),
    ],
)
def test_follow_ups(assistant, first: str, then: str, told: str) -> None:
    turns = (Turn("user", first), Turn("assistant", assistant.ask(first).answer))
    assert told in assistant.ask(then, turns).answer
