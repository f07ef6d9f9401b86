"""Questions in several parts, conversations, lists and mentions, over two short reports of invented cities."""

import pytest
from shelf_reports import shelf_of_texts

LINHE = """政府工作报告
——2031年1月12日在临河市第四届人民代表大会第七次会议上
临河市市长 何清源

各位代表：

现在，我代表市人民政府向大会报告工作，请予审议。

一、2030年工作回顾

2030年，交通投资完成86亿元，水利投资完成24亿元。小龙虾产量增长16.7%，食用菌产量增长36.3%。办理人大代表建议134件、政协提案93件。铁路口岸于2030年8月31日开通运营。排名全省第三位的是地表水水质。

二、2031年工作安排

今年，交通投资确保完成95亿元以上，水利投资完成30亿元。新增高标准农田9.5万亩、改造提升3.9万亩。力争成功创建国家园林城市。

（一）坚定不移抓产业。打造一流设施、一流技术、一流管理的现代港口。

（二）坚定不移扩开放。推进口岸建设。

（三）坚定不移惠民生。新增停车位1500个。

各位代表，让我们携手前进！
"""

SHANPING = """政府工作报告
——2031年1月18日在山坪市第二届人民代表大会第三次会议上
山坪市市长 贺长风

各位代表：

现在，我代表市人民政府向大会报告工作，请予审议。

一、2030年工作回顾

2030年，交通投资完成52亿元，增长4.2%。脱贫人口人均纯收入17856元。办理人大代表建议72件、政协提案220件。

我们也清醒地认识到，工作中还存在以下问题：一是经济总量偏小。二是产业结构不优。三是债务集中到期。

二、2031年工作安排

今年，交通投资完成60亿元。新增停车位800个。

各位代表，让我们真抓实干！
"""

SHELF = shelf_of_texts({"2031_临河市": LINHE, "2031_山坪市": SHANPING})


def ask(question: str, *before: str):
    return SHELF.ask(question, *before).done


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("临河市今年交通投资和水利投资分别要完成多少？", ["95亿元以上", "30亿元"]),
        ("临河市小龙虾、食用菌的产量去年各涨了多少？", ["16.7%", "36.3%"]),
        ("临河市 交通投资 水利投资 2031 目标", ["95亿元以上", "30亿元"]),
        ("临河市今年新增高标准农田和改造提升各多少万亩？", ["9.5万亩", "3.9万亩"]),
        ("临河市交通投资去年完成多少今年要完成多少？", ["86亿元", "95亿元以上"]),
    ],
)
def test_parts_are_all_answered(question, said):
    done = ask(question)
    assert done.reason is None
    assert [value for value in said if value not in done.answer] == []


def test_part_that_is_not_stated_is_said_so_beside_the_others():
    done = ask("临河市交通投资、水利投资、航空投资去年各完成多少？")
    assert "86亿元" in done.answer and "24亿元" in done.answer
    assert "航空投资" in done.answer.split("资料中未提及")[0].rsplit("“", 1)[1]


def test_difference_of_the_two_places_asked_about_before():
    done = ask("两个差多少", "临河市去年交通投资完成多少？", "山坪市呢？")
    (derived,) = [figure for figure in done.figures if figure.derived]
    assert (derived.value, derived.unit) == ("34", "亿元")  # 86 - 52


def test_follow_up_with_another_verb_keeps_the_thing():
    assert "3.9万亩" in ask("改造提升的又是多少", "临河市今年新增高标准农田多少？").answer


def test_which_reports_mention_something():
    done = ask("哪几个市要创建国家园林城市？")
    assert done.answer.startswith("报告里写到的有临河市【1】。")
    assert done.answer.endswith("山坪市的报告未提及。")


def test_list_of_headings_that_share_a_quoted_word():
    done = ask("临河市今年的三个“坚定不移”是哪三个？")
    items = [line for line in done.answer.splitlines() if line.startswith("- ")]
    assert [item.split("【")[0] for item in items] == [
        "- （一）坚定不移抓产业",
        "- （二）坚定不移扩开放",
        "- （三）坚定不移惠民生",
    ]


def test_list_spelt_out_side_by_side():
    done = ask("临河市港口要做到哪“三个一流”？")
    items = [line for line in done.answer.splitlines() if line.startswith("- ")]
    assert [item.split("【")[0] for item in items] == [
        "- 打造一流设施",
        "- 一流技术",
        "- 一流管理的现代港口",
    ]


def test_problems_are_quoted_to_the_last_ordinal():
    assert "债务集中到期" in ask("山坪市存在哪些问题？").answer


def test_time_asked_for_is_the_sentence_that_gives_one():
    assert "8月31日" in ask("临河市铁路口岸是哪一天开通的？").answer


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("临河市和山坪市去年办理政协提案哪边多？多了几件？", "127"),  # 220 - 93
        ("两个市去年办理人大代表建议一共多少件？", "206"),  # 134 + 72
    ],
)
def test_two_places_are_compared_by_arithmetic(question, value):
    assert value in [figure.value for figure in ask(question).figures if figure.derived]


def test_numbers_of_the_question_survive_in_a_refusal():
    done = ask("临河市投资超过15亿元的项目有几个？")
    assert done.reason == "not_stated"
    assert done.answer.startswith("资料中未提及：临河市的报告没有直接说明“")


def test_which_reports_do_not_mention_something_names_them_first():
    done = ask("哪些市没有提到港口？")
    assert done.answer.startswith("山坪市的报告未提及。报告里写到的有临河市【1】。")


def test_sum_over_the_places_asked_about_before():
    done = ask("合计多少", "临河市去年交通投资完成多少？", "山坪市呢？")
    assert [figure.value for figure in done.figures if figure.derived and figure.unit == "亿元"] == [
        "138"
    ]  # 86 + 52


def test_main_work_done_is_asked_of_the_past():
    assert SHELF.ask("临河市2030年主要做了什么").scope.kind == "actual"


def test_a_statistic_that_only_holds_the_word_asked_is_no_row_for_it():
    assert ask("山坪市人口是多少万人？").figures == ()
    assert [figure.value for figure in ask("山坪市脱贫人口人均纯收入是多少？").figures] == ["17856"]
