"""Which of some kind of things fell: the rows below zero of that kind, and of that part of the report alone."""

import pytest
from shelf_reports import HEAD, shelf_of_texts

TEXT = (
    HEAD.format(place="石湾市")
    + """一、2030年工作回顾

（一）工业提质。规模以上工业增加值增长6.9%。分行业看，纺织业下降2.1%，医药制造业增长12.4%，非金属矿物制品业下降4.6%。原煤产量412万吨，下降5.3%；钢材产量88万吨，增长3%。

（二）农业稳产。粮食产量31.6万吨，增长1.2%。猪肉产量2.4万吨，下降1.8%。

（三）财政金融。税收收入38.5亿元，下降1.4%。房地产开发投资26.8亿元，下降11.7%。

二、2031年工作安排

地区生产总值增长5%。
"""
)


@pytest.fixture(scope="module")
def ask():
    shelf = shelf_of_texts({"2031_石湾市": TEXT})
    return lambda question: shelf.ask(question).done


@pytest.mark.parametrize(
    ("question", "fell", "not_told"),
    [
        (
            "石湾去年规上工业里哪些行业下滑了",
            [f"规模以上工业增加值中{one}" for one in ("纺织业下降2.1%", "非金属矿物制品业下降4.6%")],
            "医药",
        ),
        ("石湾去年哪些工业产品产量减少了", ["原煤产量下降5.3%"], "猪肉"),
        ("石湾去年哪些农产品的产量比上年少了", ["猪肉产量下降1.8%"], "原煤"),
        ("石湾去年哪些投资是下降的", ["房地产开发投资下降11.7%"], "税收"),
    ],
)
def test_the_things_of_the_kind_that_fell(ask, question, fell, not_told):
    answer = ask(question)
    lines = [line.split("【")[0] for line in answer.answer.splitlines() if line.startswith("- ")]
    assert lines == [f"- {one}" for one in fell]
    assert not_told not in answer.answer


def test_statistics_that_fell_are_those_of_any_kind(ask):
    told = ask("石湾去年哪些指标下降了").answer
    assert "税收收入下降1.4%" in told
    assert "粮食" not in told
