"""Operations and conditions in the words of a question: most, difference, above a bound."""

from decimal import Decimal

import pytest

from qa.operation import condition_in, operation_of, operations_of, without_operation
from qa.text import fold


@pytest.mark.parametrize(
    ("question", "name", "least", "n"),
    [
        ("哪个市去年GDP增速最高？", "rank", False, 0),
        ("哪个市去年GDP增速最低？", "rank", True, 0),
        ("去年GDP增速最高和最低的市相差几个百分点？", "extremes", False, 0),
        ("海棠市和云岭市GDP增速相差多少？", "difference", False, 0),
        ("五个市城镇新增就业合计多少？", "total", False, 0),
        ("三个市平均增速是多少？", "average", False, 0),
        ("三个市城镇居民人均可支配收入排名，不问平均", "rank", False, 0),
        ("甲市的产量是乙市的几倍？", "ratio", False, 0),
        ("城镇新增就业排第二的是哪个市？", "nth", False, 2),
        ("GDP增速第三高的市", "nth", False, 3),
        ("GDP增速倒数第二的市", "nth", True, 2),
        ("GDP增速第二低的市", "nth", True, 2),
        ("GDP增速前三名的市", "top", False, 3),
        ("GDP增速后两位的市", "top", True, 2),
        ("前三季度GDP增长多少？", "list", False, 0),
        ("第三产业增加值增长多少？", "list", False, 0),
        ("各市的粮食产量", "rank", False, 0),
        ("GDP增速最高和最低的市", "both", False, 0),
        ("哪个市二产增速第二", "nth", False, 2),
        ("海棠市和云岭市农民收入哪个涨得慢", "rank", True, 0),
        ("今年GDP目标谁定得低一些？", "rank", True, 0),
        ("海棠市和云岭市谁的空气差", "rank", True, 0),
        ("哪个市农民收入涨得快", "rank", False, 0),
        ("去年城镇登记失业率哪个市降低", "rank", False, 0),
        ("哪个市新增学位多少", "rank", False, 0),
    ],
)
def test_operation_is_read_from_the_words(question, name, least, n):
    found = operation_of(question)
    assert (found.name, found.least, found.n) == (name, least, n)


@pytest.mark.parametrize(
    ("question", "bound", "value", "family"),
    [
        ("哪些市去年GDP增速高于6%？", "above", "6", "percent"),
        ("GDP增速低于6％的市有哪些", "below", "6", "percent"),
        ("哪几个市GDP目标在6%以上", "at_least", "6", "percent"),
        ("有没有哪个市GDP增速超过7%？", "above", "7", "percent"),
        ("没有超过3%的市有哪些", "at_most", "3", "percent"),
        ("不低于5%的市", "at_least", "5", "percent"),
        # 1000亿元 = 1000 x 10^8 元
        ("哪个市地区生产总值突破了1000亿元？", "above", "100000000000", "money"),
        ("增速不到2%的城市有几个", "below", "2", "percent"),
    ],
)
def test_condition_is_read_with_its_bound(question, bound, value, family):
    found = condition_in(fold(question))
    assert (found.bound, found.value, found.family) == (bound, Decimal(value), family)


@pytest.mark.parametrize(
    "question",
    ["哪个市投资10亿元以上的项目最多？", "投资超过1亿元的企业有多少家", "GDP增长多少？", "2023年的报告"],
)
def test_condition_of_what_is_counted_is_none_for_places(question):
    assert condition_in(fold(question)) is None


@pytest.mark.parametrize(
    ("bound", "below", "equal", "above"),
    [
        ("above", False, False, True),
        ("at_least", False, True, True),
        ("below", True, False, False),
        ("at_most", True, True, False),
    ],
)
def test_condition_holds_at_its_border(bound, below, equal, above):
    words = {
        "above": "高于6%的市",
        "at_least": "不低于6%的市",
        "below": "低于6%的市",
        "at_most": "不超过6%的市",
    }
    condition = condition_in(words[bound])
    held = [condition.holds(Decimal(value)) for value in ("5.9", "6.0", "6.1")]
    assert held == [below, equal, above]


def test_without_operation_leaves_what_is_asked_about():
    assert without_operation("去年gdp增速低于6%的市有哪些").split() == ["去年gdp增速", "的市有哪些"]
    assert without_operation("gdp增速排第二的市").split() == ["gdp增速", "的市"]


@pytest.mark.parametrize(
    "question", ["投资总额过千亿的是哪几个市", "投资总额突破千亿元的有哪些市", "哪些市的投资总额超过1000亿"]
)
def test_condition_in_round_numbers_is_of_money(question):
    condition = condition_in(question)
    assert (condition.bound, condition.value, condition.family) == (
        "above",
        Decimal(100_000_000_000),
        "money",
    )


def test_condition_in_round_number_is_none_for_whether_it_was_passed():
    assert condition_in("外贸总额过万亿了没") is None


def test_operations_of_a_bound_and_a_sum():
    names = [one.name for one in operations_of("三市的救助资金，哪几个市超过10亿元？三市加起来多少亿")]
    assert names == ["filter", "total"]


@pytest.mark.parametrize(
    ("question", "value", "family", "said"),
    [
        ("哪几个市财政收入目标只求持平", "0", "percent", "持平"),
        ("规上工业增加值去年跟上年持平的是哪个市", "0", "percent", "持平"),
        ("哪个市的失业率目标写的是“5.5%以内”", "5.5", "percent", "以内"),
        ("水质达标率，哪些市说是100%", "100", "percent", ""),
        ("绿化率是41%的是哪个市", "41", "percent", ""),
    ],
)
def test_condition_is_the_value_that_places_are_looked_for_by(question, value, family, said):
    found = condition_in(fold(question))
    assert (found.bound, found.value, found.family, found.said) == ("equal", Decimal(value), family, said)


@pytest.mark.parametrize(
    "question",
    [
        "海棠市财政收入目标是不是持平",
        "全国是5.2%，哪几个市更快",
        "海棠市的目标是5%吗",
        "哪些项目投资是10亿元",
    ],
)
def test_condition_is_no_value_that_is_only_told(question):
    assert condition_in(fold(question)) is None
