"""Questions in several parts whose later parts lean on the first one, over one report of an invented city."""

import pytest
from shelf_reports import shelf_of_texts

from qa.question_parts import asks_of

QINGHE = """政府工作报告
——2031年1月12日在青禾市第四届人民代表大会第七次会议上
青禾市市长 何清源

各位代表：

现在，我代表市人民政府向大会报告工作，请予审议。

一、2030年工作回顾

2030年，实施产业项目420个，开工95个，竣工61个，完成投资233亿元；实施省级项目58个，完成投资77.5亿元。设施农业项目完成投资18.6亿元。

市区空气优良率96.1%，在全国168个城市排第31位、省会城市排第9位。云台体育馆赛事吸引外地观众12万人次，拉动消费3.4亿元。开展促销活动80场、带动消费40亿元。

新增停车位2200个。外贸进出口总额增长5.5%，对东盟进出口总额增长14.2%。城北大桥于2030年9月30日建成通车，全长2.6公里。

二、2031年工作安排

今年，新增停车泊位3100个以上。外贸进出口总额增长6%，对东盟进出口总额增长12%以上。到2035年，外贸进出口总额达到900亿元。

各位代表，让我们携手前进！
"""

SHELF = shelf_of_texts({"2031_青禾市": QINGHE})


def answer(question: str) -> str:
    return SHELF.ask(question).done.answer


@pytest.mark.parametrize(
    ("question", "said", "not_said"),
    [
        # the measure of the second part is of the first part's thing, not of the neighbour's
        ("青禾市产业项目去年竣工多少个、完成投资多少", ["61个", "233亿元"], ["18.6", "77.5"]),
        ("青禾市省级项目去年实施多少个、完成投资多少", ["58个", "77.5亿元"], ["233", "18.6"]),
        ("青禾市云台体育馆赛事吸引了多少外地观众，带动消费多少", ["12万人次", "3.4亿元"], ["40亿元"]),
        ("青禾市空气优良率去年多少、在省会城市排第几", ["96.1%", "第9位"], []),
        ("青禾市停车位去年增加了几个今年要新增几个", ["2200个", "3100个以上"], []),
        ("青禾市外贸去年涨了多少、今年目标多少？对东盟的呢，去年和今年分别", ["5.5%", "6%", "14.2%", "12%以上"], []),
        ("青禾市城北大桥全长多少，什么时候通车", ["2.6公里", "9月30日"], []),
    ],
)  # fmt: skip
def test_later_part_is_of_what_the_first_part_was_of(question, said, not_said):
    done = answer(question)
    assert [value for value in said if value not in done] == []
    assert [value for value in not_said if value in done] == []


def test_rank_is_the_one_among_the_peers_asked_about():
    assert "第31位" not in answer("青禾市空气优良率在省会城市排第几").partition("省会城市")[2]


def test_part_that_no_sentence_states_is_not_taken_from_the_neighbour():
    done = answer("青禾市停车位去年新增几个，总投资多少")
    assert "2200个" in done and "“总投资多少”：资料中未提及" in done


@pytest.mark.parametrize("question", ["青禾市今后三年外贸目标是多少", "青禾市两年后外贸要达到多少"])
def test_years_ahead_are_not_answered_by_the_plan_of_the_year(question):
    scope = SHELF.ask(question).scope
    assert (scope.span or str(min(scope.years))) > "2031" and scope.kind == "target"
    assert "6%" not in answer(question).partition("报告中有的是")[0]


def test_deed_takes_the_place_of_the_deed_before():
    first, second, third = asks_of("高标准农田：2030年建成多少，2031年新建多少、改造提升多少", 2031)
    assert (first.kind, second.terms, second.years) == ("actual", ("高标准农田", "新建"), (2031,))
    assert third.terms == ("高标准农田", "改造提升")


def test_ask_without_a_thing_takes_that_counted_in_its_unit():
    asks = asks_of("千万元以上的招商项目：去年签了几个、总投资多少，今年要签多少个", 2031)
    assert asks[2].terms == asks[0].terms != asks[1].terms
    assert (asks[2].kind, asks[2].years) == ("target", (2031,))


def test_every_thing_asked_about_is_asked_of_another_year():
    asks = asks_of("茶园面积去年多少、果园面积多少，今年目标各多少", 2031)
    assert [(ask.terms, ask.years) for ask in asks] == [
        (("茶园面积",), (2030,)),
        (("果园面积",), (2030,)),
        (("茶园面积",), (2031,)),
        (("果园面积",), (2031,)),
    ]


def test_elliptic_part_is_asked_a_year_at_a_time_by_the_measure_before():
    asks = asks_of("茶叶销量去年涨了多少，今年目标多少；松花粉的呢", 2031)
    assert [(ask.terms, ask.kind, ask.years) for ask in asks[2:]] == [
        (("松花粉",), "actual", (2030,)),
        (("松花粉",), "target", (2031,)),
    ]
    assert all("涨了多少" in ask.text for ask in asks[2:])


SHIQIAO = """政府工作报告
——2031年1月15日在石桥市第四届人民代表大会第七次会议上
石桥市市长 何清源

各位代表：

现在，我代表市人民政府向大会报告工作，请予审议。

一、2030年工作回顾

扎实推进项目建设。实施重大项目310个，完成投资421亿元。石桥客运枢纽主体完工。落户云雾生物项目，投资18亿元；蛋产量增长3.1%。推进湖东片区一体化建设。实施项目26个，完成投资9.4亿元。

二、2031年工作安排

扩大有效投资。工业方面，完成投资160亿元。能源方面，开工青岭抽水蓄能电站。加快在建项目建设，完成能源投资88亿元。

各位代表，让我们携手前进！
"""

SHELF_OF_PROJECTS = shelf_of_texts({"2031_石桥市": SHIQIAO})


@pytest.mark.parametrize(
    ("question", "said", "not_said"),
    [
        # 投资 and 产量 of a thing are told by the sentence that names it or the one behind it
        ("石桥市湖东片区一体化去年实施多少个项目、完成投资多少", ["26个", "9.4亿元"], ["421"]),
        ("石桥市云雾生物项目投资多少，年产量多少", ["18亿元"], ["3.1%"]),
        # and never by another thing of the same paragraph
        ("石桥市客运枢纽去年有几层、完成投资多少", [], ["421", "9.4"]),
        ("石桥市青岭抽水蓄能电站装机多少，投资多少", [], ["160亿元", "88亿元"]),
    ],
)  # fmt: skip
def test_bare_measure_is_of_the_thing_named_near_by(question, said, not_said):
    done = SHELF_OF_PROJECTS.ask(question).done.answer
    assert [value for value in said if value not in done] == []
    assert [value for value in not_said if value in done] == []
