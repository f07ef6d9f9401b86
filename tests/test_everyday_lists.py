"""How something is done, who has something and who has more of it: everyday questions on invented reports."""

import pytest
from shelf_reports import HEAD, shelf_of_texts

TEXTS = {
    "2031_石湾市": HEAD.format(place="石湾市")
    + """一、2030年工作回顾

2030年，地区生产总值1263亿元、增长6.2%，增速高于全国1.1个百分点。接待游客1830万人次、增长12%。实有经营主体33.2万户。石湾机场旅客吞吐量稳步恢复。

二、2031年工作安排

发展文旅产业。推进湖滨度假区建设。新建旅游营地6个。办好茶文化节。

畅通内部循环。开工湖滨大道、东环公路等项目。
""",
    "2031_竹陵市": HEAD.format(place="竹陵市")
    + """一、2030年工作回顾

2030年，地区生产总值增长5.4%，接待游客增长30%。新登记经营主体4.6万户，惠及经营主体9万户。

二、2031年工作安排

加快推进竹陵机场建设。百东新区新增人口2万人。吸引社会资本参与园区建设，吸引游客30万人次。安排人才专项经费2亿元，建设人才公寓500套。

为加快建成云溪运河经济带核心城市而努力奋斗！云溪运河前期工作有序推进。
""",
    "2031_松川市": HEAD.format(place="松川市")
    + """一、2030年工作回顾

2030年，地区生产总值增长4.8%。实有经营主体12.7万户。
""",
}


@pytest.fixture(scope="module")
def ask():
    shelf = shelf_of_texts(TEXTS)
    return lambda question: shelf.ask(question).done


def test_how_is_answered_by_what_its_sentence_heads(ask):
    said = ask("石湾今年怎么发展文旅").answer
    assert "- 推进湖滨度假区建设" in said
    assert "- 新建旅游营地6个" in said
    assert "- 办好茶文化节" in said


def test_which_roads_will_be_built_is_no_question_for_the_outline(ask):
    assert "东环公路" in ask("石湾今年要修哪些路").answer


def test_who_has_an_airport_is_who_writes_of_one(ask):
    said = ask("哪些城市有机场").answer
    assert said.startswith("报告里写到的有石湾市、竹陵市")
    assert "松川市的报告未提及" in said


def test_whether_it_is_built_is_answered_by_a_plan_too(ask):
    assert "加快推进竹陵机场建设" in ask("竹陵机场建了吗").answer


def test_who_has_more_is_no_question_for_growths(ask):
    """石湾 states 1830 万人次, 竹陵 only a growth of 30 %, which is more than 12 %."""
    said = ask("石湾和竹陵的游客谁多").answer
    assert said.startswith("只有石湾市的报告写了数额，不能比较多少")
    assert "1830万人次" in said


def test_one_amount_alone_is_not_called_the_largest(ask):
    said = ask("哪个市GDP最大").answer
    assert said.startswith("只有石湾市的报告写了数额，不能比较多少")
    assert "最大的是" not in said


def test_all_there_are_is_not_what_was_registered_or_reached(ask):
    """33.2 and 12.7 万户 are all there are; 4.6 were registered in the year, 9 were reached."""
    said = ask("各市有多少市场主体").answer
    assert "最多的是石湾市（33.2万户）" in said
    assert "松川市（12.7万户）" in said
    assert "9万户" not in said


def test_people_of_a_part_are_not_those_of_the_place(ask):
    made = ask("竹陵人口多少")
    assert made.reason == "not_stated"
    assert not made.answer.startswith("2030年，竹陵市百东新区")


def test_how_is_answered_where_the_thing_is_named_not_the_deed(ask):
    """吸引 stands with capital and visitors, 人才 in another sentence."""
    said = ask("竹陵怎么吸引人才").answer
    assert "人才公寓500套" in said and "社会资本" not in said


def test_when_is_not_told_by_what_is_hastened(ask):
    """加快建成…经济带 is of a region named after the canal, and gives no time."""
    assert ask("云溪运河什么时候建成").reason == "not_stated"


def test_who_is_above_the_nation_is_who_says_so(ask):
    """No report states the nation's growth; 石湾市 alone says that it was 1.1 points above it."""
    said = ask("哪些市GDP增速高于全国").answer
    assert said.startswith("报告写明2030年地区生产总值增速高于全国的有石湾市（高于全国1.1个百分点）【1】。")
    assert "竹陵市、松川市的报告没有写明2030年地区生产总值增速高于全国。" in said
    assert "报告写明" not in ask("哪些市GDP增速低于全国").answer
