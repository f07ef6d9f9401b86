"""What the words of a report leave unsaid: members that are only named or counted, places, makers, times."""

import pytest
from shelf_reports import HEAD, shelf_of_texts

TEXTS = {
    "2031_石湾市": HEAD.format(place="石湾市")
    + """一、2030年工作回顾

投资8亿元的长河纸业项目落户，一期投产；引进云岭县的松风食品项目，年产值2亿元。石湾至松川铁路开工建设。中建集团承建的滨河大桥竣工。

2个村获评全国文明村。金岭公司、银湖公司等3家企业入选民企百强，7家企业通过智能工厂认定。新增省级重点实验室4家。

二、2031年工作安排

落实“九个一”标准，抓好“1+6”专项安排。深化省级“两张网”建设，出台“数据网”方案，建成“服务网”平台。实现“两个全覆盖”，即社区食堂全覆盖、村级快递全覆盖。

抓好总投资5亿元的6所续建学校，实施水库项目12个。推进石湾机场建设。重点推进涉及的46个重大项目。

推进保障性住房建设。发放创业补贴500万元。实现公积金线上提取。

新增“四上”企业30家。规划建设江口湿地公园。

提高高标准农田比重，建设高标准道路和桥梁。编制茶叶“三标准”。
""",
}


@pytest.fixture(scope="module")
def ask():
    shelf = shelf_of_texts(TEXTS)
    return lambda question, *before: shelf.ask(question, *before).done


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("石湾“九个一”标准是哪九个一", "九个一"),
        ("石湾九个一标准具体内容是什么", "九个一"),
        ("石湾的“1+6”专项安排指的是什么", "1+6"),
        ("石湾1+6里的1和6分别是什么", "1+6"),
        ("石湾茶叶“三标准”是哪三个标准", "三标准"),
    ],
)
def test_a_set_that_is_only_named_is_refused_beside_its_sentence(ask, question, name):
    answer = ask(question)
    assert (bool(answer.reason), answer.reason) == (True, "not_stated")
    assert answer.answer.startswith(f"资料中未提及：石湾市的报告提到“{name}”，没有说明它具体指什么。")
    assert len(answer.citations) == 1
    assert name in answer.citations[0].quote.replace("＋", "+")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("石湾哪2个村获评全国文明村", "没有写明是哪些"),
        ("石湾今年续建的6所学校名单", "石湾市的报告只写了“6所学校”，没有写明是哪些"),
        ("石湾哪些村获评全国文明村", "石湾市的报告只写了数目，没有写明是哪些"),
        ("石湾通过智能工厂认定的7家企业是哪些", "没有写明是哪些"),
        ("石湾今年那46个重大项目是哪些", "没有写明是哪些"),
        ("石湾12个水库项目都叫什么", "没有写明是哪些"),
    ],
)
def test_things_that_are_only_counted_are_refused(ask, question, said):
    answer = ask(question)
    assert answer.reason
    assert said in answer.answer


def test_a_name_that_the_report_explains_is_answered(ask):
    answer = ask("石湾“两个全覆盖”是什么意思")
    assert not answer.reason
    assert [c.quote for c in answer.citations][1:] == ["社区食堂全覆盖", "村级快递全覆盖"]


def test_the_members_in_quotation_marks_beside_the_name(ask):
    answer = ask("石湾“两张网”是哪两张网")
    assert not answer.reason
    assert [c.quote for c in answer.citations][1:] == ["数据网", "服务网"]


def test_some_members_before_a_count_are_an_answer(ask):
    answer = ask("石湾入选民企百强的3家企业是哪些")
    assert not answer.reason
    assert "金岭公司、银湖公司等3家企业" in answer.answer


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("长河纸业项目落在石湾哪个县区", "没有写明地点"),
        ("石湾机场建在哪里", "没有写明地点"),
        ("石湾至松川铁路是哪家公司在修", "没有写明由谁来做"),
    ],
)
def test_a_place_or_maker_that_is_not_told_is_refused(ask, question, why):
    answer = ask(question)
    assert (bool(answer.reason), answer.reason) == (True, "not_stated")
    assert answer.answer.startswith(f"资料中未提及：石湾市的报告{why}。最接近的段落是——")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("石湾松风食品项目在哪个县", "云岭县"),
        ("石湾滨河大桥由谁承建", "中建集团"),
        ("石湾打算在哪儿建湿地公园", "江口湿地公园"),
    ],
)
def test_a_place_or_maker_that_is_told_is_answered(ask, question, said):
    answer = ask(question)
    assert not answer.reason
    assert said in answer.answer


def test_a_time_that_is_not_told_is_refused_beside_what_is_told_of_the_thing(ask):
    answer = ask("石湾机场什么时候建好")
    assert answer.reason
    assert [c.quote for c in answer.citations] == ["推进石湾机场建设。"]


def test_a_deputy_is_not_the_one_who_gave_the_report(ask):
    assert ask("石湾分管教育的副市长叫什么").reason


@pytest.mark.parametrize("question", ["叫什么名字", "是哪几个", "名单给我"])
def test_the_names_of_what_was_counted_before_are_refused_where_only_counted(ask, question):
    answer = ask(question, "石湾去年有几个村获评全国文明村")
    assert answer.reason == "not_stated"
    assert "2个村获评全国文明村" in answer.answer


def test_the_names_of_what_was_counted_before(ask):
    assert "金岭公司、银湖公司等3家企业" in ask("哪几家", "石湾去年有几家企业入选民企百强").answer


@pytest.mark.parametrize("question", ["石湾“四上”企业今年的目标是什么", "石湾四上企业新增目标是什么"])
def test_the_aim_for_what_a_set_names_is_no_question_for_its_members(ask, question):
    answer = ask(question)
    assert not answer.reason
    assert "30家" in answer.answer


@pytest.mark.parametrize(
    "question", ["石湾创业补贴怎么申请", "石湾的创业补贴去哪里领", "石湾申请保障性住房要什么条件"]
)
def test_how_one_applies_is_refused_where_it_is_not_told(ask, question):
    answer = ask(question)
    assert answer.reason == "not_stated"
    assert "石湾市的报告没有写明怎么办理，这要问当地的政务服务部门。" in answer.answer


def test_how_one_applies_is_answered_where_it_is_told(ask):
    assert ask("石湾公积金怎么提取").answer == "石湾市2031年报告：实现公积金线上提取【1】。"
