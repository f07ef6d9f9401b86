"""The last words of a question that only want something computed, told from a question for a value of its own."""

import pytest

from qa.tally import in_two, is_together, moves, tally_of, tally_within


@pytest.mark.parametrize(
    ("question", "rest", "how", "count"),
    [
        ("去年新建茶园和果园各多少亩？两样加起来呢", "去年新建茶园和果园各多少亩？", "total", 2),
        ("今年建甲类站、乙类站各几个，三类合计多少个站", "今年建甲类站、乙类站各几个", "total", 3),
        ("粮食去年多少万吨，今年要到多少，还差多少万吨？", "粮食去年多少万吨，今年要到多少", "difference", 0),
        ("实有林地多少，红线是多少，多出来多少万亩", "实有林地多少，红线是多少", "difference", 0),
        ("一产和二产增速各多少，两者相差几个百分点", "一产和二产增速各多少", "difference", 2),
        ("出口多少、进口多少，差额是多少", "出口多少、进口多少", "difference", 0),
        ("老城区几所，新城区几所，前者是后者的几倍", "老城区几所，新城区几所", "ratio", 0),
        ("两项合计多少", "", "total", 2),
        (
            "甲桥去年完成投资多少、今年要完成多少，多出几亿？",
            "甲桥去年完成投资多少、今年要完成多少",
            "difference",
            0,
        ),
    ],
)
def test_tally_is_read_off_the_end(question, rest, how, count):
    told, tally = tally_of(question)
    assert told == rest
    assert (tally.how, tally.count) == (how, count)


@pytest.mark.parametrize(
    "question",
    [
        "去年建了几个公园，一共投资多少",
        "改造了几个小区，总共惠及多少户居民",
        "去年造林多少万亩，总投资多少",
        "粮食产量多少，比去年多多少",
        "去年一共签约多少个项目",
        "差距有多大",
    ],
)
def test_tally_is_none_with_content_of_its_own(question):
    assert tally_of(question) == (question, None)


def test_moves_is_of_one_thing_at_two_times():
    assert moves(tally_of("去年几所，今年几所，增加了多少")[1])
    assert not moves(tally_of("甲几所，乙几所，差多少")[1])


def test_a_follow_up_in_two_clauses():
    assert in_two("海棠的是多少？两家差几亿") == ("海棠的是多少？", "两家差几亿")
    assert in_two("两家差几亿") == ("", "")


@pytest.mark.parametrize(
    ("clause", "together"),
    [("两家差几亿", True), ("比海棠少多少", True), ("三个市里谁最多", True), ("今年又打算建多少", False)],
)
def test_a_clause_about_the_places_before_it(clause, together):
    assert is_together(clause) is together


def test_tally_within_a_question_leaves_what_follows():
    before, behind, tally = tally_within("茶园去年新建多少亩，今年新建多少亩，少了多少亩？今年开工几个项目？")
    assert (before, behind) == ("茶园去年新建多少亩，今年新建多少亩", "今年开工几个项目？")
    assert (tally.how, tally.said) == ("difference", "少了多少亩")


def test_tally_within_is_none_where_the_clause_has_content_of_its_own():
    assert tally_within("茶园去年新建多少亩，一共投资多少？今年开工几个项目？")[2] is None
