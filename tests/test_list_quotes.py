"""A question for a list is answered by the clause that lists it, not by all that its sentence lists."""

import pytest
from shelf_reports import HEAD, answers_from

from qa.list_quotes import noun_asked

TEXTS = {
    "2031_石湾市": HEAD.format(place="石湾市")
    + """一、2030年工作回顾

推进城市更新改造，打通青山路、白云路等断头路，新建供水管网40公里，启动改造老旧小区17个。

一是云顶风电项目获批。总投资35亿元，装机规模42万千瓦。该项目将破解石湾工业电量不足的瓶颈。

二、2031年工作安排

重点培育智能装备、绿色食品、现代物流等特色产业，做大产业园区。

加快中心镇建设，着力培育红叶镇、青石镇等特色产业强镇。

拓展对外通道，加快石松铁路建设，谋划石湾至甲州、石湾至乙州等铁路，提升铁路运力；建成环城高速公路，开工石湾至丙州、石湾至丁州等高速公路；谋划东岭公路、西岭公路。

加强医疗基础设施建设，确保东城医院、西城医院新院区建成投用，力争建成妇产医院，推进分级诊疗。

支持举办县庆，推动甲县、以及乙乡、丙乡举办四十周年庆典，弘扬民族文化。

加快东山灌区、西山灌区建设，实施水库加固项目4个。

支持石湾师范学院更名大学和申报博士学位授权单位。

聚焦研究中心建设、实验室建设、人才培养三个重点方向，抓好科技创新。

建成通车石湾至戊州公路一期工程，加快建设南过境线、北过境线等项目，开工建设石湾至戊州公路二期工程。

围绕“石湾有礼”“石湾有味”，培育一批文创、美食品牌。
""",
}


@pytest.fixture(scope="module")
def ask():
    return answers_from(TEXTS)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("石湾去年打通了哪些断头路", "打通青山路、白云路等断头路【1】。"),
        ("石湾还在谋划的铁路是哪几条", "谋划石湾至甲州、石湾至乙州等铁路，提升铁路运力【1】。"),
        ("石湾今年开工哪些高速公路", "开工石湾至丙州、石湾至丁州等高速公路【1】。"),
        ("石湾重点培育哪几个特色产业强镇", "着力培育红叶镇、青石镇等特色产业强镇【1】。"),
        (
            "石湾今年要建成投用哪些医院",
            "确保东城医院、西城医院新院区建成投用，力争建成妇产医院【1】。",
        ),
    ],
)
def test_only_the_clause_that_lists_what_is_asked(ask, question, said):
    assert ask(question) == f"石湾市2031年报告：{said}"


def test_a_run_that_goes_on_in_the_next_clause_stays_whole(ask):
    assert "推动甲县、以及乙乡、丙乡举办四十周年庆典" in ask("石湾哪些乡今年办四十周年庆典")


def test_a_name_that_the_question_quotes_is_not_cut_off(ask):
    assert "“石湾有礼”“石湾有味”" in ask("石湾今年围绕哪两个“石湾”主题培育文创、美食品牌")


def test_a_noun_of_one_character_must_be_named(ask):
    assert ask("石湾今年要开工哪几座桥").startswith("资料中未提及")


def test_two_lists_of_one_thing_are_one_question(ask):
    said = ask("石湾今年哪些高速公路建成、哪些开工")
    assert "建成环城高速公路，开工石湾至丙州、石湾至丁州等高速公路" in said
    assert "医院" not in said


@pytest.mark.parametrize(
    "question", ["石湾今年在建哪几个灌区", "石湾今年哪些灌区在建", "石湾今年在建的灌区有哪些"]
)
def test_what_is_under_way_is_what_is_being_built(ask, question):
    assert ask(question) == "石湾市2031年报告：加快东山灌区、西山灌区建设【1】。"


@pytest.mark.parametrize("question", ["石湾到丙州的高速公路今年开工吗", "石湾到丙州那条路今年怎么安排"])
def test_a_road_by_its_two_ends(ask, question):
    assert "开工石湾至丙州" in ask(question)


def test_talk_of_renaming_and_of_degrees(ask):
    assert "石湾师范学院更名大学和申报博士学位" in ask("石湾哪些学校要改名，哪些在申博")


def test_a_set_that_lacks_what_is_asked_of_it_is_no_answer(ask):
    assert "人才培养" in ask("石湾聚焦哪三个重点方向")
    assert "人才培养" not in ask("石湾建材产业往哪三个方向转型")


def test_a_later_clause_that_tells_as_much_is_quoted_too(ask):
    said = ask("石湾到戊州那条路今年怎么安排")
    assert "一期工程" in said
    assert "二期工程" in said


def test_a_sentence_on_this_project_comes_with_its_name(ask):
    said = ask("石湾靠什么解决工业电不够的瓶颈")
    assert "云顶风电项目获批。该项目将破解石湾工业电量不足的瓶颈【1】【2】" in said


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("石湾要开工哪几座桥", "桥"),
        ("石湾哪些高速建成通车", "高速"),
        ("石湾哪些主要产品", "产品"),
        ("石湾有哪些新能源项目", "项目"),
        ("石湾培育的特色产业强镇有哪几个", "强镇"),
    ],
)
def test_the_noun_that_a_list_is_asked_of(question, noun):
    assert noun_asked(question) == noun
