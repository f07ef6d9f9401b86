"""Conversations of several turns with the answers that the program gave, over two invented cities and three reports."""

from __future__ import annotations

from functools import cache

import pytest
from shelf_reports import HEAD, Shelf, shelf_of_texts

SHISHAN_2031 = (
    HEAD.format(place="石杉市")
    + """一、2030年工作回顾

2030年，地区生产总值完成820.5亿元，增长5.2%。规模以上工业增加值增长7.4%。社会消费品零售总额310.6亿元，增长4.1%。一般公共预算收入46.8亿元，增长3.9%。城镇居民人均可支配收入41230元，增长4.6%；农村居民人均可支配收入20480元，增长6.8%。城镇新增就业3.2万人。粮食产量52.6万吨，受冰雹灾害影响比上年减少1.1万吨。

（一）大事要事接连办成。这一年，我们办成了影响深远的三件大事：

一是杉河航电枢纽获批。项目总投资86亿元，计划2034年建成投产。

二是石杉至青溪高速公路贯通。全长64公里，石杉进入一小时经济圈。

三是职教新城启用。入驻学校6所、学生2.4万人。

（二）主导产业加快成长。竹材、纸品、家电三大主导产业产值分别达到92亿元、61亿元、33亿元。向1260户家庭发放住房补贴380万元。对东盟、欧盟出口分别增长12.5%、7.3%。

（三）城乡面貌持续改善。改造老旧小区58个，新建公园6个。北环大桥开工建设。

二、2031年工作安排

今年经济社会发展的主要预期目标是：地区生产总值增长5.5%左右，规模以上工业增加值增长8%，社会消费品零售总额增长5%，固定资产投资增长6%，一般公共预算收入增长4%，城镇新增就业3万人以上，居民消费价格涨幅3%左右。

（一）办好民生实事。今年办好四件民生实事：1.新建学校7所；2.改造老旧小区40个；3.新增停车位1800个；4.新建充电桩500个。
"""
)
SHISHAN_2030 = (
    HEAD.format(place="石杉市").replace("2031年", "2030年").replace("第六次", "第五次")
    + """一、2029年工作回顾

2029年，地区生产总值完成775.2亿元，增长4.8%。一般公共预算收入45.0亿元，增长2.7%。城镇新增就业3.4万人。

二、2030年工作安排

今年经济社会发展的主要预期目标是：地区生产总值增长5%左右，城镇新增就业3万人以上。

（一）办好民生实事。今年办好四件民生实事：1.新建医院2所；2.改造老旧小区50个；3.新增停车位1500个；4.新建公园6个。
"""
)
QINGXI = (
    HEAD.format(place="青溪市")
    + """一、2030年工作回顾

2030年，地区生产总值完成640.3亿元，增长6.1%。一般公共预算收入38.2亿元，增长5.5%。城镇居民人均可支配收入38800元，增长5.0%。

二、2031年工作安排

今年经济社会发展的主要预期目标是：地区生产总值增长6%，规模以上工业增加值增长9%，一般公共预算收入与上年持平。
"""
)


@cache
def talks() -> Shelf:
    return shelf_of_texts({"2031_石杉市": SHISHAN_2031, "2030_石杉市": SHISHAN_2030, "2031_青溪市": QINGXI})


def last(*questions: str) -> str:
    """The last answer of a conversation, without the numbers of its citations."""
    answer = talks().talk(*questions)[-1].done.answer
    return "".join(part.split("】")[-1] for part in answer.split("【"))


def reason(*questions: str) -> str | None:
    return talks().talk(*questions)[-1].done.reason


EVENTS = "石杉三件大事是哪些"
DEEDS = "石杉今年的四件民生实事有哪些"
GROWTH = "石杉去年GDP增长多少"


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        ((EVENTS, "第二件呢"), "石杉市2031年报告列出的第二件：石杉至青溪高速公路贯通。"),
        ((EVENTS, "第二件具体怎么说的"), "全长64公里，石杉进入一小时经济圈。"),
        ((EVENTS, "第一件总投资多少"), "项目总投资86亿元，计划2034年建成投产。"),
        ((EVENTS, "第一件呢", "它什么时候投产"), "计划2034年建成投产。"),
        ((EVENTS, "最后一件入驻了几所学校"), "入驻学校6所、学生2.4万人。"),
        ((DEEDS, "倒数第二件"), "石杉市2031年报告列出的倒数第二件：新增停车位1800个。"),
        ((DEEDS, "第二件", "去年改了几个"), "2030年，石杉市改造老旧小区58个。"),
        ((DEEDS, GROWTH, "第三件呢"), "列出的第三件：新增停车位1800个。"),
        ((DEEDS, "去年的那四件里第三件是啥"), "石杉市2030年报告列出的第三件：新增停车位1500个。"),
    ],
)
def test_item_of_the_list_that_was_shown(turns, said):
    assert said in last(*turns)


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        ((DEEDS, "第七件呢"), "石杉市2031年报告的这份清单没有第七件。"),
        ((GROWTH, "第三件呢"), "没有看懂“第三件”是哪份清单的"),
        ((EVENTS, "第三件总投资多少"), "报告没有说明它的“总投资”。"),
    ],
)
def test_item_that_is_not_there(turns, said):
    assert said in last(*turns)
    assert reason(*turns) == "not_stated"


def test_an_ordinal_of_something_else_is_no_item():
    assert "第三件" not in last(EVENTS, "第三产业呢")


@pytest.mark.parametrize("courtesy", ["谢谢", "好的，知道了", "嗯嗯", "ok", "辛苦啦", "再见", "你真厉害"])
def test_courtesy_is_no_question_and_leaves_the_conversation(courtesy):
    assert reason(GROWTH, courtesy) == "off_topic"
    assert talks().talk(GROWTH, courtesy)[-1].done.citations == ()
    assert last(GROWTH, courtesy, "青溪呢") == "2030年，青溪市地区生产总值增长6.1%。"


def test_courtesy_before_a_question():
    assert last(GROWTH, "好的，那青溪呢") == "2030年，青溪市地区生产总值增长6.1%。"


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        ((GROWTH, "青溪呢", "哪个高"), "2030年地区生产总值增速最高的是青溪市（增长6.1%），比石杉市"),
        ((GROWTH, "青溪呢", "谁快"), "增速最高的是青溪市（增长6.1%），比石杉市"),
        (("石杉2030年GDP涨了几个点", "青溪呢", "差多少"), "高0.9个百分点"),  # 6.1 - 5.2
        (("石杉去年财政收入多少亿", "青溪呢", "比石杉少多少"), "8.6亿元"),  # 46.8 - 38.2
        ((GROWTH, "比青溪高吗"), "最高的是青溪市（增长6.1%），比石杉市（增长5.2%）高0.9个百分点"),
        (("石杉2030年城镇新增就业目标", "实际呢", "超了多少"), "多0.2万人"),  # 3.2 - 3.0
        (("石杉2030年城镇新增就业", "完成目标了吗"), "多0.2万人"),
    ],
)
def test_values_held_against_each_other(turns, said):
    assert said in last(*turns)


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (("石杉今年GDP目标", "工业呢"), "规模以上工业增加值增长8%"),
        (("石杉今年GDP目标", "投资呢"), "固定资产投资增长6%"),
        (("石杉今年GDP目标", "消费呢"), "社会消费品零售总额增长5%"),
        (("石杉2030年经济总量", "比上年增长多少"), "地区生产总值增长5.2%"),
        ((GROWTH, "没说总量吗"), "地区生产总值完成820.5亿元"),
        (("石杉去年财政收入增速", "今年想收多少"), "一般公共预算收入增长4%"),
        (("石杉今年财政收入目标", "青溪也是4%吗"), "青溪市2031年的目标是：一般公共预算收入与上年持平"),
        (("石杉去年对东盟出口增长多少", "欧盟呢"), "欧盟出口增长7.3%"),
        (
            ("石杉三大主导产业是哪些", "产值各多少"),
            "竹材、纸品、家电三大主导产业产值分别达到92亿元、61亿元、33亿元",
        ),
    ],
)
def test_content_that_is_left_out(turns, said):
    assert said in last(*turns)


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (("石杉2029年GDP多少", "财政收入多少"), "2029年，石杉市一般公共预算收入45.0亿元"),
        (("石杉2029年GDP多少", "城镇新增就业"), "2029年，石杉市城镇新增就业3.4万人。"),
        (("石杉2029年GDP多少", "今年目标呢"), "石杉市2031年的目标是：地区生产总值增长5.5%左右。"),
    ],
)
def test_year_said_is_kept_until_another_is_said(turns, said):
    assert said in last(*turns)


@pytest.mark.parametrize(
    "again", ["来源", "出处在哪", "哪一段说的", "真的假的", "你确定吗", "这个数是哪来的", "依据是什么"]
)
def test_where_it_stands_repeats_the_answer(again):
    assert last(GROWTH, again) == last(GROWTH)


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (("石杉去年GDP增长多少", "打错了，是青溪"), "2030年，青溪市地区生产总值增长6.1%。"),
        (("石杉去年GDP增长多少", "不是石杉，是青溪"), "2030年，青溪市地区生产总值增长6.1%。"),
        (
            ("石杉去年GDP增长多少", "不对，我问的是今年目标"),
            "石杉市2031年的目标是：地区生产总值增长5.5%左右。",
        ),
    ],
)
def test_corrections(turns, said):
    assert last(*turns) == said


@pytest.mark.parametrize(
    "turns",
    [
        ("石杉北环大桥进展", "总投资多少"),  # 86亿元 is of another project
        ("石杉北环大桥进展", "什么时候通车"),
        ("石杉粮食产量", "新增床位呢"),
    ],
)
def test_no_value_of_another_thing(turns):
    assert "86亿元" not in last(*turns)
    assert reason(*turns) == "not_stated"


def test_a_name_asked_about_before_does_not_narrow_another_thing():
    assert "52.6万吨" in last("石杉“杉河航电枢纽”什么情况", "粮食产量")


def test_cause_of_what_was_told():
    assert "受冰雹灾害影响" in last("石杉去年粮食产量", "为啥比上年少")


def test_to_how_many_how_much_is_said_whole():
    assert last("石杉住房补贴发了多少") == "2030年，石杉市向1260户家庭发放住房补贴380万元。"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("去年GDP增速低于6%的市有哪些？", "符合条件的有1个：石杉市（增长5.2%）"),
        ("去年财政收入增速超过5%的地市有哪几个", "符合条件的有1个：青溪市（增长5.5%）"),
        ("去年GDP增速最快的城市是哪个？", "最快的是青溪市（增长6.1%）"),
    ],
)
def test_which_towns_is_not_asked_of_the_town_before(question, said):
    """… that 的市有哪些 asks of all, as 哪些市 does; the town of the question before does not narrow it."""
    assert said in last("石杉去年城镇新增就业多少？", question)


def test_thing_that_stands_before_town_is_of_the_town_before():
    assert talks().talk(GROWTH, "通航的城市有哪些")[-1].scope.places == ("石杉市",)


@pytest.mark.parametrize("follow", ["最低的呢", "第二呢", "谁第二", "那最低的是谁"])
def test_another_place_of_the_order_is_not_the_one_chosen_before(follow):
    """2030: 青溪市 6.1 %, 石杉市 5.2 %, which is the lower and the second of the two."""
    said = last("2030年哪个市地区生产总值增速最高", follow)
    first = said.partition("。")[0].partition("，比")[0]
    assert "石杉市（增长5.2%）" in first and "青溪市" not in first


def test_a_thing_after_a_question_for_a_whole_year():
    said = last("石杉去年干得怎么样", "老旧小区方面呢")
    assert "老旧小区58个" in said
