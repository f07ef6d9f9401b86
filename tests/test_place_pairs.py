"""Two places by their own words or times, and several operations in one question, on invented reports."""

import pytest
from shelf_reports import HEAD, answers_from

TEXTS = {
    "2031_石湾市": HEAD.format(place="石湾市")
    + """一、2030年工作回顾

2030年，农村自来水普及率达94.5%。建成棚户区改造安置房5200套。新建新能源汽车公共充电桩860个。打通断头路12条。

生产安全事故起数下降20%，死亡人数下降31.5%。新增绿色工厂9家。

二、2031年工作安排

今年农村自来水普及率达到96%。新增公共停车位1200个。
""",
    "2031_竹陵市": HEAD.format(place="竹陵市")
    + """一、2030年工作回顾

2030年，农村自来水普及率达88%。基本建成棚户区改造住房3100套。新建新能源汽车充电桩540台。

打通断头路7条。生产安全事故起数下降12%，死亡人数下降18.2%。新增绿色工厂4家。

二、2031年工作安排

今年农村自来水普及率提高到92.3%。新增公共停车位800个。
""",
    "2031_松川市": HEAD.format(place="松川市")
    + """一、2030年工作回顾

2030年，改造棚户区1450套。生产安全事故起数下降6%。新增绿色工厂11家。累计改造老旧小区300个。

二、2031年工作安排

今年新增公共停车位600个。
""",
}


@pytest.fixture(scope="module")
def answer():
    return answers_from(TEXTS)


def test_place_pair_result_of_one_and_aim_of_the_other(answer):
    """94.5 - 92.3 = 2.2."""
    said = answer("石湾去年的农村自来水普及率，是不是已经比竹陵今年的目标还高？高几个点")
    assert "高2.2个百分点（计算得出）" in said
    assert "94.5%" in said and "92.3%" in said


def test_place_pair_each_place_by_its_own_deed_and_a_third_beside(answer):
    """5200 - 3100 = 2100."""
    said = answer("棚改：石湾去年建成的安置房比竹陵基本建成的多多少套？松川又改造了多少套")
    assert "多2100套（计算得出）" in said
    assert "1450套" in said


def test_place_pair_nothing_is_computed_without_the_other_value(answer):
    said = answer("石湾去年的农村自来水普及率比松川今年的目标高几个点？")
    assert "计算得出" not in said


def test_place_pair_one_question_for_both_places_stays_a_table(answer):
    """94.5 - 88 = 6.5."""
    said = answer("石湾去年农村自来水普及率比竹陵高几个百分点？")
    assert "高6.5个百分点（计算得出）" in said and "| 竹陵市 |" in said


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        # 9 + 4 + 11 = 24; 24 / 3 = 8
        ("去年新增绿色工厂，各市一共新增多少家？平均每市几家", ["合计24家", "简单平均8家"]),
        # 11 - 4 = 7
        ("去年新增绿色工厂从多到少排一下，最多的和最少的差多少", ["多7家", "最多的是松川市"]),
        # 9 - 4 = 5; 11 - 9 = 2
        ("去年新增绿色工厂，石湾比竹陵多几家？松川又比石湾多几家？", ["多5家", "多2家"]),
        # 11 + 9 = 20
        ("去年新增绿色工厂前两名是哪几个市？两者合计多少家", ["排在前面的2个地方", "合计20家"]),
        # 860 - 540 = 320: 台 and 个 count the same thing
        ("石湾跟竹陵比，去年新建的充电桩多出多少个？", ["多320个"]),
        # 31.5 - 18.2 = 13.3
        ("去年生产安全事故死亡人数哪个市降得更多？差多少个点", ["石湾市（下降31.5%）", "降幅大13.3个百分点"]),
        # 1200 + 800 + 600 = 2600
        ("今年新增停车位目标，写了数的几个市加总一下，共多少个？最大和最小的是谁", ["合计2600个", "最大的是石湾市", "最小的是松川市"]),
        # 20 - 12 = 8
        ("去年哪个市生产安全事故起数降得最狠？跟第二名差几个百分点", ["石湾市（下降20%）", "降幅大8个百分点"]),
    ],
)  # fmt: skip
def test_place_pair_all_operations_of_a_question_are_done(answer, question, parts):
    said = answer(question)
    assert [part for part in parts if part not in said] == []


def test_place_pair_estates_and_homes_are_not_held_against_each_other(answer):
    """1450套 of 棚户区 and 300个 of 老旧小区: 套 is none of the plain counters."""
    assert "计算得出" not in answer("去年改造的小区，松川比石湾多多少个？")


def test_place_pair_nothing_fell_where_all_grew(answer):
    """Of aims of 96 and 92.3 none is a fall, whatever the question supposes."""
    assert "降幅" not in answer("今年农村自来水普及率目标哪个市降得最狠？")
