"""Opposed words, and what no answer may be: told of the other side, of another measure, or of another year."""

import pytest
from shelf_reports import HEAD, shelf_of_texts

from qa.opposed import said_of, shuts_out, sides


@pytest.mark.parametrize(
    ("asked", "told", "out"),
    [
        ("农村老旧小区", "城镇老旧小区", True),
        ("农村老旧小区", "城镇、农村老旧小区", False),
        ("乡村公路", "农村公路", False),  # one side in two words
        ("农民工技能培训", "城镇职工技能培训", False),  # 农民工 are not the countryside
        ("机电产品进口", "机电产品出口", True),
        ("机电产品进口", "机电产品进出口", False),  # both ways: no side
        ("国家级绿色工厂", "自治区级绿色工厂", True),
        ("省级绿色工厂", "自治区级绿色工厂", False),
        ("境外游客", "国内生产总值", False),
        ("住户存款", "存贷款", False),
        ("住户存款", "住户贷款", True),
        ("铁路货运量", "公路货运量", True),
        ("铁路货运量", "货运量", False),
        ("城里人工资性收入", "农村居民工资性收入", True),
    ],
)
def test_other_side_is_shut_out(asked, told, out):
    assert shuts_out(sides(asked), sides(told)) is out


TEXT = """一、2030年工作回顾

全年实施农村公路安全防护工程860公里，养老机构增至47家。机电产品出口增长13.6%，商贸物流园意向成交金额71.4亿元、增长8.3%。改造提升城镇燃气管网125公里。软件园从业人员2.6万人。城镇调查失业率5.1%。

二、2031年工作安排

建成智慧水库18座。进一步抓好培训，实施乡村工匠培育项目33项。
"""


@pytest.fixture(scope="module")
def reports():
    return shelf_of_texts({"2031_海棠市": HEAD.format(place="海棠市") + TEXT})


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("海棠市去年实施农村公路安全防护工程多少公里？", "860公里"),
        ("海棠市去年养老机构有多少家？", "47家"),
        ("海棠市去年机电产品出口增长多少？", "13.6%"),
        ("海棠市去年商贸物流园意向成交金额增长多少？", "8.3%"),  # the 金额 is what grew
        ("海棠市去年商贸物流园意向成交金额是多少？", "71.4亿元"),
        ("海棠市去年改造提升城镇燃气管网多少？", "125公里"),
        ("海棠市今年建成智慧水库目标是多少？", "18座"),
    ],
)
def test_what_is_stated_is_answered(reports, question, value):
    done = reports.ask(question).done
    assert done.reason is None
    assert value in done.answer


@pytest.mark.parametrize(
    "question",
    [
        "海棠市去年实施城镇公路安全防护工程多少公里？",
        "海棠市去年托育机构有多少家？",
        "海棠市去年机电产品进口增长多少？",
        "海棠市去年改造提升农村燃气管网多少？",
        "海棠市去年软件园从业人员增长多少？",
        "海棠市去年软件园从业人员排第几？",
        "海棠市去年城镇调查失业率增长多少？",
        "海棠市今年智慧水库增长多少？",
    ],
)
def test_other_side_or_measure_is_not_answered(reports, question):
    assert reports.ask(question).done.reason == "not_stated"


def test_plan_of_a_later_year_is_not_what_was_done(reports):
    done = reports.ask("海棠市2030年实施乡村工匠培育项目多少？").done
    assert done.reason == "not_stated"


@pytest.mark.parametrize(
    ("text", "but", "word"),
    [
        ("农村居民人均可支配收入", frozenset({"purse"}), "农村"),
        ("城镇、农村居民收入", frozenset({"purse"}), ""),  # both sides
        ("地区生产总值", frozenset(), ""),
    ],
)
def test_the_word_for_the_one_side_that_is_named(text, but, word):
    assert said_of(text, but) == word
