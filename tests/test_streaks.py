"""For how long something went on (连续几年): told with what went on, of an indicator too, and never by its value."""

import pytest
from shelf_reports import shelf_of_texts

QINGHE = """政府工作报告
——2031年1月12日在青禾市第四届人民代表大会第七次会议上
青禾市市长 何清源

各位代表：

现在，我代表市人民政府向大会报告工作，请予审议。

一、2030年工作回顾

外贸进出口总额42亿元，增长12.5%，连续5年保持两位数增长。工业投资总量连续三年排名全省第一。规上工业总产值从3月份开始连续7个月负增长后转正，全年增长1.4%。成为全省唯一连续四年空气质量达标的设区市。完成城区12处易涝积水点整治。

二、2031年工作安排

今年，外贸进出口总额增长6%。

各位代表，让我们携手前进！
"""

SHELF = shelf_of_texts({"2031_青禾市": QINGHE})


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("青禾市外贸进出口连续几年两位数增长", "外贸进出口总额连续5年保持两位数增长【1】"),
        ("青禾市外贸连着几年两位数增长了", "外贸进出口总额连续5年保持两位数增长【1】"),
        ("青禾市工业投资总量连续几年排全省第一", "工业投资总量连续三年排名全省第一【1】"),
        ("青禾市规上工业总产值去年连跌了几个月", "规上工业总产值从3月份开始连续7个月负增长后转正【1】"),
        ("青禾市规上工业总产值负增长了多久", "规上工业总产值从3月份开始连续7个月负增长后转正【1】"),
    ],
)
def test_streak_is_told_with_what_went_on(question, said):
    assert SHELF.ask(question).done.answer == f"2030年，青禾市{said}。"


@pytest.mark.parametrize("question", ["青禾市固定资产投资连续几年增长", "青禾市一般公共预算收入连涨了几年"])
def test_streak_of_another_indicator_is_not_stated(question):
    assert SHELF.ask(question).done.reason == "not_stated"


def test_value_of_an_indicator_is_no_streak_and_no_streak_its_value():
    assert "42亿元" in SHELF.ask("青禾市外贸进出口总额去年多少").done.answer
    assert "连续" not in SHELF.ask("青禾市外贸进出口总额去年增长多少").done.answer


def test_users_word_for_standing_water_is_that_of_reports():
    assert "12处易涝积水点" in SHELF.ask("青禾市城区容易淹水的地方整治了几处").done.answer
