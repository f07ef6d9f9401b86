"""Whether something is past a bound, and other questions whose words hide what number they are after."""

import pytest
from shelf_reports import HEAD, shelf_of_texts

TEXTS = {
    "2031_石湾市": HEAD.format(place="石湾市")
    + """一、2030年工作回顾

2030年，地区生产总值1420.6亿元，增长6.2%。城镇居民人均可支配收入增长4.4%，农村居民人均可支配收入19870元，增长7.3%。一般公共预算收入61.3亿元。城市环境空气质量优良率95.2%。

汽车制造业拉动规模以上工业增加值增长3.8个百分点。暴雨影响固定资产投资增速6.4个百分点。社会消费品零售总额增长5.1%，其中新能源汽车拉动2.2个百分点。

改造农贸市场7个，编制村庄规划214个，整治背街小巷52条。蝉联全省“双拥模范城”九连冠，在职业院校技能大赛中实现“六连冠”。

职工基本医疗保险参保人数41.6万人，城乡居民基本养老保险参保人数96.7万人。

二、2031年工作安排

今年，地区生产总值增长6%左右，固定资产投资增长5%。完成村庄规划编制88个，改造农贸市场4个，实施背街小巷改造31条。石湾机场争取开工，加快石湾机场二期扩建前期工作。
""",
    "2031_竹陵市": HEAD.format(place="竹陵市")
    + """一、2030年工作回顾

2030年，地区生产总值增长5.7%。中心城区环境空气质量优良天数比率97.8%。
""",
}


@pytest.fixture(scope="module")
def ask():
    shelf = shelf_of_texts(TEXTS)
    return lambda question: shelf.ask(question).done


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("石湾GDP到一千亿了吗", "1420.6亿元"),
        ("石湾地区生产总值破两千亿没", "1420.6亿元"),
        ("石湾农村居民收入过两万了吗", "19870元"),
        ("石湾一般公共预算收入上六十亿了吗", "61.3亿元"),
        ("石湾GDP增速超过6%了吗", "6.2%"),
        ("石湾职工医保有几多人参保", "41.6万人"),
        ("石湾居民养老保险有多少人参加了", "96.7万人"),
        ("石湾汽车制造业拉动规上工业增加值增长几个百分点", "3.8个百分点"),
        ("石湾去年社零增长多少", "5.1%"),
        ("石湾机场今年有啥动作", "石湾机场"),
    ],
)
def test_number_meant_is_told(ask, question, told):
    answered = ask(question)
    assert answered.reason is None
    assert told in answered.answer


@pytest.mark.parametrize(
    "question",
    [
        "竹陵GDP突破两千亿了吗",
        "竹陵地区生产总值过一千亿没有",
        "石湾城镇居民收入过四万了吗",
        "石湾2030年规上工业增加值增长多少",
        "石湾去年固定资产投资增速",
        "石湾失业保险有多少人参保",
    ],
)
def test_growth_is_no_amount_and_influence_no_growth(ask, question):
    assert ask(question).reason == "not_stated"


@pytest.mark.parametrize(
    ("question", "told", "other"),
    [
        ("石湾村庄规划编了几个", "214个", "88个"),
        ("石湾农贸市场改了几个", "7个", "4个"),
        ("石湾背街小巷整治了多少条", "52条", "31条"),
        ("石湾今年村庄规划编制几个", "88个", "214个"),
        ("石湾农贸市场今年要改几个", "4个", "7个"),
    ],
)
def test_deed_that_is_over_is_no_aim(ask, question, told, other):
    said = ask(question).answer
    assert told in said
    assert other not in said


@pytest.mark.parametrize(
    ("question", "told"), [("石湾双拥模范城几连冠", "九连冠"), ("石湾技能大赛拿了几连冠", "六连冠")]
)
def test_how_many_in_a_row_is_told_as_written(ask, question, told):
    answered = ask(question)
    assert answered.reason is None
    assert told in answered.answer


def test_how_many_in_a_row_of_something_else_is_not_stated(ask):
    assert ask("石湾文明城市几连冠").reason == "not_stated"


def test_air_of_the_built_up_part_compares_by_either_name(ask):
    """97.8 - 95.2 = 2.6."""
    assert "高2.6个百分点（计算得出）" in ask("竹陵和石湾的空气质量优良天数比率谁高，高多少").answer
