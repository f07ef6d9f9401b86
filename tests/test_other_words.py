"""A fact stands in the report, and the question says it in other words: over the report of an invented city."""

import pytest
from shelf_reports import shelf_of_texts

from qa.indicator_names import as_named, indicators_in
from qa.question_parts import asks_of
from qa.question_times import kind_of
from qa.wording import content_of

YUNXI = """政府工作报告
——2031年1月12日在云汐市第四届人民代表大会第七次会议上
云汐市市长 何清源

各位代表：

现在，我代表市人民政府向大会报告工作，请予审议。

一、2030年工作回顾

2030年，地区生产总值增长6.1%，2026—2030年年均增长5.4%。一般公共预算收入增长4.2%、突破800亿元。城镇和农村居民人均可支配收入分别增长4.4%和6.3%。村级集体经济收入增长18.5%。入境游客数量增长31.5%。

全社会研发经费支出相当于全市生产总值的比例达到2.6%。生产氧化铝43.7万吨、增长12.4%。快递业务量3.2亿件，快递业务收入27亿元。招商引资到位资金610亿元、增长9%。

公益性岗位安置2.3万人。向7120户家庭发放住房租赁补贴1500万元。PM_2.5平均浓度24.6微克/立方米。城乡低保平均标准分别从2025年的702元/月、5160元/年提高到2030年的866元/月、7404元/年。轨道交通运营线路总长达到212公里。

二、2031年工作安排

今年经济社会发展主要预期目标是：经济增长5.5%左右，城镇调查失业率5%以内，居民消费价格涨幅2%左右。全社会研发经费支出相当于全市生产总值的比例达到2.8%。新入库规模以上工业企业90家以上、规模以上服务业企业40家以上。完成营造林26万亩。实现250千伏安以下接电零成本。
"""


@pytest.fixture(scope="module")
def ask():
    shelf = shelf_of_texts({"2031_云汐市": YUNXI})
    return lambda question: shelf.ask(question).done


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("云汐城里人和农村人的收入去年各涨了多少", ["4.4%", "6.3%"]),
        ("云汐去年村集体的收入增得猛不猛，增速多少", ["18.5%"]),
        ("云汐去年研发投入强度是多少", ["2.6%"]),
        ("云汐研发经费占GDP的比重今年要到多少", ["2.8%"]),
        ("云汐去年氧化铝产量多少 同比增了多少", ["43.7万吨", "12.4%"]),
        ("云汐去年氧化铝生产了多少吨", ["43.7万吨"]),
        ("云汐去年快递一共送了多少件", ["3.2亿件"]),
        ("云汐去年招商引资到位资金多少亿 增幅呢", ["610亿元", "9%"]),
        ("云汐去年财政收入破八百亿了没，增速呢", ["800亿元", "4.2%"]),
        ("云汐公益岗去年安置了多少人", ["2.3万人"]),
        ("云汐去年领租房补贴的有多少户", ["7120户"]),
        ("云汐去年PM2.5是多少微克", ["24.6微克/立方米"]),
        ("云汐城市低保现在每个月多少", ["866元/月"]),
        ("云汐地铁总里程多少公里了", ["212公里"]),
        ("云汐今年经济增长、失业率、CPI的预期目标各是多少", ["5.5%左右", "5%以内", "2%左右"]),
        ("云汐今年物价涨幅要控制在多少", ["2%左右"]),
        ("云汐今年规上工业和规上服务业企业各要新入库多少家", ["90家以上", "40家以上"]),
        ("云汐今年植树造林目标多少", ["26万亩"]),
        ("云汐接电不用钱了，多少千伏安以下的？", ["250千伏安"]),
        ("云汐过去五年GDP年均增速", ["5.4%"]),
        ("云汐去年入境游客人数涨了多少", ["31.5%"]),
    ],
)
def test_fact_asked_in_other_words(ask, question, held):
    done = ask(question)
    assert done.reason is None
    assert [said for said in held if said not in done.answer] == []


@pytest.mark.parametrize(
    ("question", "never"),
    [
        ("云汐去年电解铝产量多少", "43.7"),
        ("云汐去年氧化铝产值多少", "43.7"),
        ("云汐去年快递收了多少斤", "3.2"),
        ("云汐去年外贸年均增速多少", "5.4"),
        ("云汐一般公共预算收入过去五年年均增速多少", "4.2"),
        ("云汐去年PM10是多少微克", "24.6"),
        ("云汐去年领购房补贴的有多少户", "7120"),
        ("云汐去年公益林面积多少", "2.3"),
        ("云汐高速公路总里程多少公里", "212"),
        ("云汐教育经费占GDP的比重去年多少", "2.6"),
    ],
)
def test_near_miss_in_other_words_is_refused(ask, question, never):
    done = ask(question)
    assert done.reason == "not_stated" or never not in done.answer


def test_as_named_joins_a_name_that_is_parted_and_no_other():
    assert as_named("村集体的收入") == "村集体收入"
    assert as_named("企业的数量") == "企业的数量"


def test_share_of_gdp_in_any_form_is_one_name():
    forms = (
        "研发经费支出相当于生产总值的比例",
        "研发经费支出占全省地区生产总值比重",
        "研发经费支出与gdp之比",
    )
    assert {indicators_in(form) for form in forms} == {("研发经费投入强度",)}


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("过去五年出口年均增速", "出口 增速"),
        ("学校又新建了多少所", "学校 新建"),
        ("救助起点从多少提到多少", "救助起点"),
    ],
)
def test_words_of_talk_are_no_content(text, content):
    assert content_of(text) == content


def test_past_years_are_looked_back_on():
    assert kind_of("过去五年新建多少", ()) == "actual"
    assert kind_of("附近五年制学校", ()) is None


def test_measure_behind_a_space_is_asked_beside_the_amount():
    made = asks_of("招商引资到位资金多少亿，增幅呢", 2031)
    assert [ask.terms for ask in made] == [("招商引资到位资金",), ("招商引资到位资金",)]


QINGHE = """政府工作报告
——2031年1月12日在青禾市第四届人民代表大会第七次会议上

现在，我代表市人民政府，向大会报告工作，请予审议。

一、2030年工作回顾

2030年，经营主体稳中培优。总量达61.4万户，新登记7万户。新增“四上”企业143家。货物进出口总额595亿元、增长6%。

争取债券等资金71.6亿元，比上年增加25.5亿元。农村电网改造项目建成投产316个。城乡低保标准提高到每月815元和615元。

二、2031年工作安排

“十六五”时期经济社会发展的主要目标是：人均水平进入全省前列。

今年经济社会发展的主要预期目标是：地区生产总值增长5%左右，城镇新增就业3万人以上。

发放高标准农田建设劳务报酬20亿元以上。
"""


@pytest.fixture(scope="module")
def qinghe():
    shelf = shelf_of_texts({"2031_青禾市": QINGHE})
    return lambda question: shelf.ask(question).done


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("青禾经营主体总共多少户", ["61.4万户"]),  # named by the short sentence before
        ("青禾去年新增“四上”企业多少家；农村电网改造投产多少个", ["143家", "316个"]),
        ("青禾去年争取债券等资金多少亿，比上一年多了多少", ["71.6亿元", "25.5亿元"]),
        ("青禾城市低保每月多少", ["815元"]),
        ("青禾今年的主要预期目标全给我列一下", ["5%左右", "3万人以上"]),
        ("青禾“十六五”主要目标有哪些", ["全省前列"]),
    ],
)
def test_part_has_its_own_words_and_time(qinghe, question, held) -> None:
    answer = qinghe(question)
    assert answer.reason is None
    assert [value for value in held if value not in answer.answer] == []


def test_neighbour_is_no_answer(qinghe) -> None:
    assert qinghe("青禾去年出口总额多少亿元").reason == "not_stated"  # only 进出口总额 is told


def test_cost_of_a_thing_is_no_amount_of_it(qinghe) -> None:
    assert (
        qinghe("青禾今年要建多少高标准农田").figures == ()
    )  # 劳务报酬20亿元 may be quoted, not stated as it
