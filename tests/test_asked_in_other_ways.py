"""Ways in which people ask that no earlier test holds: modal verbs, A-not-A, reasons, progress, counters, and what is near and not meant."""

import pytest
from shelf_reports import HEAD, shelf_of_texts

TEXTS = {
    "2031_石湾市": HEAD.format(place="石湾市")
    + """一、2030年工作回顾

地区生产总值512.4亿元，增长5.4%，总量在全省13个市中排第7位、比上年前移1位。城镇新增就业累计178.6万人。

引进智慧交通软件企业15家。监测对象有5376人解除返贫致贫风险。货物进出口总额262.3亿元，对东盟进出口额45.3亿元。

接待游客430.7万人次，实现旅游收入45.5亿元。实施医疗卫生项目28个，新增床位1314张。既有多层住宅加装电梯2860台。

生猪出栏120万头。牲畜存栏286.4万头只，其中肉牛19.2万头、羊158.7万只。新增高速铁路运营里程410公里。

受投资政策影响，计划新建的两条高速公路无法开工建设，固定资产投资减少13.5亿元。石湾机场场址获得批复。

四大主导产业中，新材料产业产值61.4亿元，增长12.4%；竹木加工业产值43.9亿元，增长5.1%；电子信息业产值22.2亿元，增长9.8%；农产品加工业产值38.2亿元，增长4.6%。

将制造业等行业现行16%的税率降至13%。工业投资增长4.1%，比年初目标低2.9个百分点。推行“一线工作法”，情况在一线掌握、问题在一线解决、作风在一线转变。

加快推进城镇老旧小区、市政路网改造，精细化管理背街小巷。

二、2031年工作安排

地区生产总值增长5%左右，力争总量突破600亿元。生猪出栏125万头以上，粮食产量稳定在149万吨。

做好石湾机场预可研，争取早日开工。筹建石湾海洋大学，确保2033年秋季招生。轨道交通里程达到120公里。

推进市中医院整体搬迁，6月底前完成主体封顶，2032年投入使用。

开工建设轨道交通12号线、东站枢纽。新开放文物建筑26处。继续办好三件民生实事：

①新增托位5000个；②新建长者食堂120家；③新建口袋公园100座。
""",
}


@pytest.fixture(scope="module")
def ask():
    shelf = shelf_of_texts(TEXTS)
    return lambda question, *before: shelf.ask(question, *before).done


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("石湾今年生猪要出栏多少头", "125万头以上"),  # a modal verb before a rare one
        ("石湾今年粮食总共要产多少吨", "149万吨"),
        ("石湾的医院去年一共多了多少张床位", "1314张"),
        ("去年来石湾旅游的有多少人", "430.7万人次"),
        ("石湾给老楼加装了多少部电梯", "2860台"),  # 部 and 台 count lifts
        ("石湾去年新开通了多少公里高铁", "410公里"),
        ("石湾肉牛存栏多少头", "19.2万头"),  # behind its whole
        ("石湾今年GDP想冲到多少亿", "突破600亿元"),  # 总量 of what was told before
        ("石湾GDP总量在全省排第几", "第7位"),  # though it moved
        ("石湾去年对东盟的进出口总额多少", "45.3亿元"),
        ("石湾去年投资掉得那么厉害，是什么原因", "无法开工"),
        ("石湾海洋大学哪年开始招生", "2033年"),  # no list of universities
        ("石湾机场还建不建", "机场"),
        ("报告里跟机场有关的有哪些事", "场址获得批复"),
        ("石湾的老旧小区改造进展怎么样", "老旧小区"),  # told in words
        ("石湾说的“一线工作法”是什么意思", "问题在一线解决"),
        ("石湾的三件民生实事是哪些", "新建口袋公园100座"),  # set inside the paragraph below
    ],
)
def test_asked_otherwise(ask, question, told):
    answer = ask(question)
    assert answer.reason is None
    assert told in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "石湾去年引进了多少家企业",  # of one kind only
        "石湾去年有多少人返贫",  # who no longer may
        "石湾对越南的进出口总额多少",  # another partner
    ],
)
def test_something_near_is_offered_in_the_refusal(ask, question):
    assert ask(question).reason == "not_stated"


def test_how_far_a_thing_has_come_is_what_was_done_and_what_is_planned(ask):
    said = ask("石湾机场进展到哪一步了，今年做什么").answer
    assert "场址获得批复" in said
    assert "预可研" in said


def test_both_values_of_a_rate_that_is_lowered(ask):
    said = ask("石湾制造业的税率从多少降到多少").answer
    assert "16%" in said
    assert "13%" in said


def test_a_series_is_quoted_to_its_end_where_each_is_asked_for(ask):
    said = ask("石湾四大主导产业产值分别多少").answer
    assert all(value in said for value in ("61.4亿元", "43.9亿元", "22.2亿元", "38.2亿元"))


def test_a_part_that_only_says_what_is_done_is_not_told_of_another_thing(ask):
    said = ask("石湾今年地铁里程达到多少，新开工哪条线").answer
    assert "120公里" in said
    assert "文物" not in said


def test_how_far_a_value_is_from_its_aim_as_the_report_says_it(ask):
    said = ask("石湾去年工业投资完成年初目标没有").answer
    assert "增长4.1%" in said
    assert "低于年初目标2.9个百分点" in said


def test_when_two_clauses_behind_the_thing(ask):
    assert "2032年投入使用" in ask("石湾的中医院搬迁哪年能用上").answer
