"""Reports of several years of one place: years held against each other, and asking in the words people use for them."""

from __future__ import annotations

import pytest
from test_chain import assistant_of

from qa.two_years import pair_of_years
from qa.types import Turn

EARLIER = """青石县2035年政府工作报告
2035年4月28日在青石县第十六届人民代表大会第四次会议上
县长　王某某

一、2034年工作回顾

全县地区生产总值完成106.2亿元，增长6%；公共财政预算收入4.84亿元，增长3.3%。淘汰落后织机2000台。完成植树造林12876亩，新改建农村公路21.1公里。向全县80岁以上老人发放老人津贴109万元，完成农村改厕503座。

我们也清醒地看到，城市建设管理还很滞后，城镇化率仅为35.2%。

二、2035年主要工作任务

主要预期目标是：全县地区生产总值增长6.5%—7%，规模以上工业增加值增长9%，公共财政预算收入增长8%，城镇新增就业900人以上。

完成15公里农村公路新改建和胜利大桥改扩建。抓紧新一轮农村电网改造升级，两年内实现机井通电全覆盖。

继续推进城中村改造，一期11个安置区完善管理；二期20个安置区5月开始交付；三期21个安置区12月开始验收。
"""
LATER = """青石县2039年政府工作报告
2039年1月28日在青石县第十七届人民代表大会第三次会议上
县长　王某某

一、2038年工作回顾

全县地区生产总值增长9%，登记失业率3.8%。三次产业增加值比重由2033年的9.2:69.5:21.3调整为9.2:63.7:27.1。2038年植树2万余亩。温泉路、邢南路、城冯路、庞石路4条乡道25公里翻新改造工程开工建设。投资7.2亿元的集中供热锅炉改造一期工程主体完工。2343个村开展新型农村社会养老保险试点，35.8万人参保；2147个社区实施城镇居民社会养老保险试点，13.3万人参保。解决了6398名农村人口的饮水安全问题，新登记注册企业增长21.6%，平均每天新增12户。

二、2039年主要工作任务

主要预期目标是：全县地区生产总值增长7.5%，规模以上工业增加值增长9%，城镇新增就业1000人以上，城镇登记失业率控制在4.5%以内，全部财政收入增长13.5%。
"""
NEIGHBOUR = """海棠市2036年政府工作报告
2036年2月2日在海棠市第十二届人民代表大会第二次会议上

一、2035年工作回顾

全市保障房建设有序推进，全市地区生产总值增长5.5%，进出口总额增长8.8%。

二、2036年工作安排

全市地区生产总值增长5%左右，进出口总额增长5%左右。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    texts = {
        "青石县2035年政府工作报告": EARLIER,
        "青石县2039年政府工作报告": LATER,
        "海棠市2036年政府工作报告": NEIGHBOUR,
    }
    return assistant_of(tmp_path_factory.mktemp("years"), texts)


@pytest.fixture(scope="module")
def ask(assistant):
    return lambda question: assistant.ask(question).answer


@pytest.mark.parametrize(
    ("question", "told"),
    [
        # who is asked for comes first; 9 - 6 = 3
        (
            "青石县2034年和2038年的地区生产总值增速，哪一年更快，相差几个百分点？",
            "2038年（增长9%）比2034年（增长6%）高3个百分点",
        ),
        ("青石县2034年和2038年GDP增速哪年低", "2034年（增长6%）比2038年（增长9%）低3个百分点"),
        ("青石2035年跟2039年定的规上工业增长目标一样不", "2035年目标（增长9%）和2039年目标（增长9%）一样"),
        # 1000 - 900 = 100
        (
            "青石2035年和2039年城镇新增就业目标各是多少，哪一年定得更高？",
            "2039年目标（1000人以上）比2035年目标（900人以上）多100人",
        ),
        # a range is above or below another value, by no single number
        ("青石县2035年和2039年GDP增长目标哪个高", "2039年目标（增长7.5%）高于2035年目标（增长6.5%—7%）"),
        ("青石县2039年GDP增长目标比2035年高多少", "2039年目标（增长7.5%）高于2035年目标（增长6.5%—7%）"),
        # 20000 - 12876 = 7124
        ("青石2034年和2038年哪年种树种得多，各多少亩", "2038年（2万余亩）比2034年（12876亩）多7124亩"),
        # 21.1 - 15 = 6.1: 和…改扩建 is no length, and a deed before its thing or behind it is one deed
        ("青石34年修的乡村公路跟35年计划修的比，哪个长？长多少", "多6.1公里"),
        # 63.7 - 69.5 = -5.8, in a report of the later year alone
        (
            "2033年到2038年，青石县第二产业增加值占比降低了多少个百分点？",
            "2038年（63.7%）比2033年（69.5%）低5.8个百分点",
        ),
        # 失业率 may mean that of those registered, if no other is told; 4.5 - 3.8 = 0.7
        (
            "青石2039年定的失业率红线，比2038年实际失业率松多少？",
            "2039年目标（4.5%以内）比2038年（3.8%）高0.7个百分点",
        ),
        # 8 - 3.3 = 4.7
        ("青石2034年财政预算收入实际才涨多少，2035年想涨多少，差几个点", "高4.7个百分点"),
    ],
)
def test_one_thing_in_two_years(ask, question: str, told: str) -> None:
    assert told in ask(question)


def test_an_amount_is_held_against_no_growth(ask) -> None:
    said = ask("青石县2038年的GDP比2034年多多少")
    assert "没有找到2038年" in said and "百分点" not in said


@pytest.mark.parametrize(
    "question",
    [
        "2035年和2039年",
        "2035年和2035年目标哪年高",
        "2035年、2037年和2039年目标哪年高",
        "2035年目标和2039年植树哪个多",
    ],
)
def test_no_two_years_of_one_thing(question: str) -> None:
    assert pair_of_years(question) is None


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("青石34年淘汰了多少台老织布机啊", "2000台"),
        ("青石2035年报告里自己说城镇化率才多少来着", "35.2%"),
        ("青石2034年村里改了多少个厕所", "503座"),
        ("2034年青石给80岁以上的老人一共发了多少补贴钱", "109万元"),
        ("青石2039年报告里说有多少个村搞了新农保试点", "2343个"),
        ("青石2038年农村喝水不安全的问题，给多少人解决了", "6398名"),
        ("39年青石财政总收入计划增百分之多少？", "全部财政收入增长13.5%"),
        ("青石2038年集中供热锅炉改造一期工程的投资额是多少？", "7.2亿元"),
        ("青石翻新改造的那4条乡道都叫啥", "温泉路"),
        ("青石2038年平均一天冒出来多少家新企业", "12户"),
        ("青石2035年的报告对新一轮农村电网改造升级提出了怎样的时限和目标？", "两年内实现机井通电全覆盖"),
    ],
)
def test_asked_in_everyday_words(ask, question: str, told: str) -> None:
    assert told in ask(question)


def test_a_phase_is_not_told_by_another(ask) -> None:
    assert ask("青石2035年城中村改造二期安置区几月开始交付").endswith("二期20个安置区5月开始交付【1】。")
    assert ask("青石2035年城中村改造三期安置区几月开始交付").startswith("资料中未提及")


def test_the_same_of_another_phase_is_not_lost(assistant, ask) -> None:
    assert "“三期”：资料中未提及" in ask("青石2035年城中村改造的安置区，二期几月开始交付？三期呢")
    first = "青石2035年城中村改造二期安置区有多少个"
    turns = (Turn("user", first), Turn("assistant", ask(first)))
    assert "三期21个安置区" in assistant.ask("三期呢", turns).answer


def test_a_thing_of_another_place_leaves_a_question_to_the_reports_of_its_year(ask) -> None:
    """保障房 is a word of 海棠 alone, whose report says nothing of 2038."""
    assert "海棠" not in ask("2038年保障房开工多少套")


def test_an_aim_that_goes_on_is_held_against_the_result(assistant) -> None:
    first = "海棠市2036年GDP目标是多少"
    turns = (Turn("user", first), Turn("assistant", assistant.ask(first).answer))
    said = assistant.ask("那进出口呢，比去年实际的高还是低", turns).answer
    assert "进出口总额增速：2036年目标（增长5%左右）比2035年（增长8.8%）低3.8个百分点" in said
