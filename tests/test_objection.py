"""Why a claim may not be shown: every number in it stands in the text it cites, or follows from figures that do."""

from decimal import Decimal

import pytest
from cited_texts import (
    GDP,
    HAITANG,
    OTHER,
    TRADE,
    YUNLING,
    Shelf,
    figure_of,
    span_of,
)

from qa.types import Claim, Derived, Evidence
from qa.verify import objection


@pytest.mark.parametrize(
    ("said", "span"),
    [
        ("增长5.2%。", GDP),
        ("增长５．２％。", GDP),
        ("完成512.4亿元。", GDP),
        ("完成5124000万元。", GDP),
        ("完成12000亿元。", TRADE),
        ("新增岗位12000个。", TRADE),
        ("新增岗位12,000个。", TRADE),
        ("增长12.5%。", TRADE),
        ("增長5.2%。", GDP),
    ],
)
def test_objection_none_for_the_same_number(said, span):
    assert objection(Claim(said, (span_of(span),)), Shelf()) is None


@pytest.mark.parametrize(
    ("said", "span", "number"),
    [
        ("增长52%。", GDP, "52%"),
        ("增长5.3%。", GDP, "5.3%"),
        ("增长5.2个百分点。", GDP, "5.2个百分点"),
        ("增长5.2‰。", GDP, "5.2‰"),
        ("完成512.4万亿元。", GDP, "512.4万亿元"),
        ("完成512.4万元。", GDP, "512.4万元"),
        ("完成512.4亿美元。", GDP, "512.4亿美元"),
        ("完成1.2亿元。", TRADE, "1.2亿元"),
        ("新增岗位1.2个。", TRADE, "1.2个"),
        ("新增岗位1.2万家。", TRADE, "1.2万家"),
        ("增长4.8%。", GDP, "4.8%"),
        ("翻一番。", GDP, "一番"),
        # elsewhere in the paragraph; cut in two by the end of the span
        ("增长5.2%。", "地区生产总值完成512.4亿元", "5.2%"),
        ("增长5.2%。", "地区生产总值完成512.4亿元，增长5", "5.2%"),
    ],
)
def test_objection_number_not_in_the_span(said, span, number):
    assert objection(Claim(said, (span_of(span),)), Shelf()) == f"number {number} is not in the cited span"


def test_objection_number_without_evidence():
    assert objection(Claim("增长5.2%。"), Shelf()) == "number 5.2% is not in the cited span"


@pytest.mark.parametrize("said", ["共有两份报告提到。", "资料中未提及2035年的目标。", "2030年情况如下："])
def test_objection_none_without_numbers_but_years(said):
    assert objection(Claim(said), Shelf()) is None


def test_objection_numbers_from_several_spans():
    claim = Claim("云岭增长5.2%，海棠增长4.8%。", (span_of(GDP), span_of(OTHER)))
    assert objection(claim, Shelf()) is None


def test_objection_derived_value_may_be_said():
    derived = Derived(
        "增速差",
        "差距",
        Decimal("0.4"),
        "个百分点",
        (figure_of("5.2%", "增速", "5.2", "%"), figure_of("4.8%", "增速", "4.8", "%")),
    )
    claim = Claim("两市相差0.4个百分点。", (span_of("5.2%"), span_of("4.8%")), derived=(derived,))
    assert objection(claim, Shelf()) is None


def test_objection_derived_value_in_another_unit():
    operands = (figure_of("512.4亿元", "地区生产总值", "512.4", "亿元"),)
    derived = Derived("差", "差距", Decimal("0.4"), "个百分点", operands)
    claim = Claim("相差0.4%。", (span_of(GDP),), derived=(derived,))
    assert objection(claim, Shelf()) == "number 0.4% is not in the cited span"


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (0, 999), (5, 5), (8, 3), (900, 999)])
def test_objection_span_outside_the_report(start, end):
    span = Evidence(YUNLING, 1, start, end)
    assert objection(Claim("全市经济增长。", (span,)), Shelf()) == f"span {span} is outside its report"


def test_objection_span_may_end_with_the_report():
    span = Evidence(HAITANG, 1, 0, len(OTHER))
    assert objection(Claim("下降2%。", (span,)), Shelf()) is None
