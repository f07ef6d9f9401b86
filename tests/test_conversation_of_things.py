"""Follow-ups about several things of one place, and about what was done to a thing, over an invented city."""

from __future__ import annotations

from functools import cache

import pytest
from shelf_reports import HEAD, Shelf, shelf_of_texts

CHENGSHUI = (
    HEAD.format(place="澄水市")
    + """一、2030年工作回顾

2030年，地区生产总值完成512.6亿元，增长5.4%。规模以上工业增加值增长6.2%。城镇居民人均可支配收入39120元，增长4.5%；农村居民人均可支配收入19840元，增长6.6%。

（一）工业提质。开工建设水利项目31个，竣工投产18个。竣工重大项目74个。全市工业园区完成总产值320亿元，其中澄水经开区完成产值210.4亿元、增长8.1%；高新区完成产值64.3亿元、增长12.7%。茶油、竹笋、药材产业产值分别增长3.2%、9.8%、7.4%。投放“澄惠贷”52.6亿元，惠及经营主体3400户，降低企业融资成本0.9亿元。新登记经营主体8600户。新签约亿元以上项目47个、占比63%，合同投资额212亿元。

（二）民生改善。新增停车位900个、充电桩260台。常住人口城镇化率为58.4%，提高0.7个百分点。新建高标准农田3.2万亩，累计建成61.5万亩。新增规模以上工业企业26家、总数达到217家，其中产值超亿元企业19家。工业前20强企业实现产值96亿元，占规上工业产值比重48.3%。高新技术企业产值占规上工业总产值比重达17%。竹笋产量6.2万吨，药材产量4.8万吨，菌菇产量2.1万吨。首届澄水茶油展吸引2.6万人次观展，实现销售额4300万元。青山港货物吞吐量1.4亿吨，集装箱吞吐量62万标箱。云谷水库总投资18亿元，主体工程于9月开工。东河、西溪两大灌区工程取得进展，西溪灌区可研报告获批。

二、2031年工作安排

今年经济社会发展的主要预期目标是：地区生产总值增长6%左右，规模以上工业增加值增长7%。北岭经开区、南渡经开区、西坪经开区工业投资分别增长18%、15%、11%。新建高标准农田4.5万亩。开工建设东河灌区工程。
"""
)


@cache
def talks() -> Shelf:
    return shelf_of_texts({"2031_澄水市": CHENGSHUI})


def last(*questions: str) -> str:
    """The last answer of a conversation, without the numbers of its citations."""
    answer = talks().talk(*questions)[-1].done.answer
    return "".join(part.split("】")[-1] for part in answer.split("【"))


PROJECTS = "澄水去年开工了多少个水利项目"
LOANS = "澄水去年投放了多少澄惠贷"
PARKS = ("澄水经开区去年产值多少", "高新区呢")
INCOMES = ("澄水去年城镇居民收入多少", "农村的呢")


@pytest.mark.parametrize("follow", ["那竣工投产的有几个", "竣工投产了多少"])
def test_another_deed_is_of_the_thing_before_without_its_deed(follow):
    assert last(PROJECTS, follow) == "2030年，澄水市竣工投产水利项目18个。"  # not the 74 重大项目


def test_what_was_begun_is_not_what_was_finished():
    assert last("澄水去年新开工水利项目几个") == "2030年，澄水市开工建设水利项目31个。"
    assert last("澄水去年竣工水利项目几个") == "2030年，澄水市竣工投产水利项目18个。"


def test_what_a_thing_did_is_said_without_it():
    assert (
        last(LOANS, "惠及多少经营主体") == "2030年，澄水市惠及经营主体3400户。"
    )  # not the 8600 that registered
    assert "降低企业融资成本0.9亿元" in last(LOANS, "降低融资成本多少")


def test_how_many_projects_of_a_size():
    assert last("澄水去年签了多少个亿元以上项目") == "2030年，澄水市新签约亿元以上项目47个。"


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        ((*PARKS, "两个区加起来多少"), "合计274.7亿元（计算得出）"),  # 210.4 + 64.3
        ((*PARKS, "差多少"), "多146.1亿元（计算得出）"),  # 210.4 - 64.3
        ((*PARKS, "哪个增速快"), "增长最快的是高新区完成产值（增长12.7%）"),
        ((*PARKS, "两个区加起来多少", "哪个增速快"), "增长最快的是高新区完成产值（增长12.7%）"),
        ((*INCOMES, "两个差多少"), "高19280元（计算得出）"),  # 39120 - 19840
        ((*INCOMES, "哪个增速快"), "增长最快的是农村居民人均可支配收入（增长6.6%）"),
        (
            ("澄水2030年茶油产值增长多少", "竹笋呢", "药材呢", "哪个最快"),
            "增长最快的是竹笋产业产值（增长9.8%）",
        ),
        (
            ("澄水去年竹笋产量多少", "药材呢", "菌菇呢", "三种加起来多少"),
            "合计13.1万吨（计算得出）",
        ),  # 6.2 + 4.8 + 2.1
        (("澄水去年新增停车位多少", "充电桩呢", "两样一共多少"), "口径或单位不同，不能直接计算。"),
    ],
)
def test_things_asked_in_turn_are_held_against_each_other(turns, said):
    assert said in last(*turns)


@pytest.mark.parametrize(("follow", "rate"), [("南渡的呢", "15%"), ("那西坪经开区", "11%")])
def test_the_same_statistic_of_another_bearer(follow, rate):
    asked = "澄水北岭经开区今年工业投资要增长多少"
    assert last(asked, follow).endswith(f"经开区工业投资增长{rate}。")


def test_an_aim_against_what_was_reached():
    grown = (
        "澄水市规模以上工业增加值增速：2031年目标（增长7%）比2030年（增长6.2%）高0.8个百分点（计算得出）。"
    )
    assert last("澄水去年规上工业增加值增长多少", "今年的目标比这高几个点") == grown
    assert last("澄水去年规上工业增加值增长多少", "今年定的比它高多少") == grown


def test_one_of_the_set_asked_about():
    assert "开工建设东河灌区工程" in last("澄水两大灌区进展如何", "哪个今年开工")
    assert "西溪灌区可研报告获批" in last("澄水两大灌区进展如何", "另一个进展怎么样")


def test_a_part_and_its_whole_are_not_added():
    assert "不能相加" in last("澄水工业园区去年总产值多少，经开区产值多少，一共多少")
    assert "合计274.7亿元" in last("澄水经开区去年产值多少，高新区产值多少，一共多少")  # two parts of it


def test_another_thing_of_its_own_takes_no_subject():
    assert last(PROJECTS, "去年地区生产总值增长多少") == "2030年，澄水市地区生产总值增长5.4%。"


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (("澄水去年城镇化率多少", "提高了几个点"), "2030年，澄水市常住人口城镇化率提高0.7个百分点。"),
        (("澄水去年新增规上工业企业多少家", "总数呢"), "2030年，澄水市规模以上工业企业总数为217家。"),
        (("澄水去年新建高标准农田多少亩", "累计建成多少"), "2030年，澄水市累计建成高标准农田为61.5万亩。"),
        (
            ("澄水去年新建高标准农田多少亩", "累计建成多少", "今年的任务呢"),
            "澄水市2031年的目标是：新建高标准农田4.5万亩。",
        ),
        (
            ("澄水茶油展销售额多少", "那个展来了多少人"),
            "2030年，澄水市首届澄水茶油展吸引2.6万人次观展。",
        ),
        (("澄水规上工业企业有多少家", "其中上亿的有几家"), "产值超亿元企业19家"),
        (("澄水去年城乡居民收入分别多少", "城镇的增速呢"), "2030年，澄水市城镇居民人均可支配收入增长4.5%。"),
        (("澄水去年新签约项目多少个", "合同投资额呢"), "2030年，澄水市合同投资额212亿元。"),
        (("澄水工业前20强企业去年产值多少", "占规上工业产值的比重呢"), "48.3%"),  # not the 17% of others
        (("澄水去年签约了多少个亿元以上项目", "占比呢"), "2030年，澄水市新签约亿元以上项目占比63%。"),
        (("云谷水库总投资多少", "主体工程什么时候开工的"), "主体工程于9月开工"),
        (("澄水去年新签约项目多少个", "其中上亿的有几个"), "2030年，澄水市新签约亿元以上项目47个。"),
        (
            ("澄水去年新签约项目多少个", "其中上亿的有几个", "占比呢"),
            "2030年，澄水市新签约亿元以上项目占比63%。",
        ),
    ],
)
def test_what_a_follow_up_leaves_to_the_thing_before(turns, said):
    assert said in last(*turns)


def test_a_harbour_has_no_amount_of_another_cargo():
    assert "62万标箱" in last("2030年青山港集装箱吞吐量多少")  # not the 1.4亿吨 of 货物 alone
