"""Questions on two values to be set beside each other: two times, two things, two places."""

import pytest

from qa.pairing import PLACE, pair_of
from qa.types import Ask

NOTHING = Ask("", ())
CITY = PLACE * 3


def pair(question: str, *, several: bool = False, before: Ask = NOTHING):
    """Read a question of which the newest report is of 2031."""
    return pair_of(question.replace("某市", CITY), 2031, several=several, before=before)


def times(found):
    return [(side.years, side.kind) for side in found.sides]


PLAN_AND_PAST = [((2031,), "target"), ((2030,), "actual")]


@pytest.mark.parametrize(
    "question",
    [
        "某市今年茶园面积目标比去年实际多多少亩",
        "某市今年的茶园面积，和去年比是多了还是少了？",
        "某市2031年茶园面积与2030年相比变化多少",
        "某市茶园面积今年目标高于去年实绩吗",
        "某市茶园面积目标比去年降了还是升了",
        "某市2031年和2030年茶园面积差多少亩",
    ],
)
def test_pair_two_times_of_one_thing(question):
    found = pair(question)
    assert found.how == "difference"
    assert times(found) == PLAN_AND_PAST
    assert found.sides[0].terms == found.sides[1].terms != ()


@pytest.mark.parametrize(
    ("question", "how", "first", "second"),
    [
        (
            "某市去年城镇居民收入比农村高多少",
            "difference",
            "城镇居民人均可支配收入",
            "农村居民人均可支配收入",
        ),
        ("某市城乡居民收入差多少", "difference", "城镇居民人均可支配收入", "农村居民人均可支配收入"),
        ("某市去年城乡收入比", "ratio", "城镇居民人均可支配收入", "农村居民人均可支配收入"),
        ("某市进口总额是出口总额的几倍", "ratio", "进口总额", "出口总额"),
        ("某市茶叶加中药材产量一共多少万吨", "total", "茶叶产量", "中药材产量"),
        ("某市新建和改造农村公路合计多少公里", "total", "新建农村公路", "改造农村公路"),
        ("某市茶叶和中药材产量哪个多", "difference", "茶叶产量", "中药材产量"),
    ],
)
def test_pair_two_things_by_their_full_names(question, how, first, second):
    found = pair(question)
    assert found.how == how
    assert ["".join(side.terms) for side in found.sides] == [first, second]


def test_pair_second_takes_the_time_of_the_first():
    assert times(pair("某市去年茶叶产量比中药材产量多多少")) == [((2030,), "actual"), ((2030,), "actual")]


@pytest.mark.parametrize(
    ("question", "bound"),
    [
        ("哪些市今年新增学位超过了去年实际新增的", "above"),
        ("今年新增学位比去年少的市有哪些", "below"),
        ("今年GDP增速目标低于去年实际的市有哪些", "below"),
        ("某市今年新增学位比去年多多少", ""),
    ],
)
def test_pair_picks_places_above_or_below(question, bound):
    assert pair(question, several=True).bound == bound


@pytest.mark.parametrize(
    "question",
    [
        "某市GDP增速比某市高多少",  # two places
        "某市今年GDP目标比某市去年实际高多少",
        "某市GDP增速高于全国多少个百分点",
        "某市2030年GDP比2029年增长多少",  # a growth that reports state
        "某市工业占比多少",
        "某市城镇和农村居民收入分别是多少",
        "GDP增速高于6%的市有哪些",  # a bound, not a second value
        "某市茶园面积为什么比去年少",
        "某市今年茶园面积比去年多多少，还要新建几所学校",  # asks something else too
    ],
)
def test_pair_none(question):
    assert pair(question) is None


def test_pair_of_two_things_needs_one_place():
    """进口和出口哪个高 of several places asks which place."""
    assert pair("某市和某市的进口总额、出口总额哪个高", several=True) is None


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("某市茶企比2025年多了多少家", 2025),
        ("某市茶企现在有多少家，比五年前多多少", 2025),
        ("某市森林覆盖率较2025年提高了几个百分点", 2025),
        ("某市茶企五年增加了多少家", 2025),
        ("过去三年某市茶企多了几家", 2027),
        ("某市人均预期寿命五年间提高了几岁", 2025),
    ],
)
def test_pair_how_far_one_thing_went(question, start):
    found = pair(question)
    assert (found.how, found.moved) == ("difference", True)
    assert times(found) == [((2030,), "actual"), ((start,), "actual")]


@pytest.mark.parametrize(
    "question",
    [
        "某市GDP五年增长了多少",  # a rate, which no difference is
        "某市GDP比2025年增长百分之几",
        "某市五年新增茶企多少家",
        "某市今后五年要增加多少家茶企",
        "某市茶企比去年多多少家",  # of the year before the report may say more than two values
    ],
)
def test_pair_no_way_over_several_years(question):
    found = pair(question)
    assert found is None or not found.moved


def test_pair_follow_up_takes_the_first_value_from_the_question_before():
    before = Ask("某市今年茶园面积目标多少", ("茶园面积",), kind="target", years=(2031,))
    found = pair("比去年实际少多少", before=before)
    assert times(found) == PLAN_AND_PAST
    assert found.sides[1].terms == ("茶园面积",)
