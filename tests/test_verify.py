"""Claims that stand and claims that are struck: markers, citations, figures and abstention."""

import logging
from copy import deepcopy
from decimal import Decimal

import pytest
from cited_texts import (
    EMPTY,
    GDP,
    OTHER,
    REPORTS,
    TEXTS,
    TRADE,
    YUNLING,
    Shelf,
    figure_of,
    span_of,
    verified,
)

from qa.types import Claim, Derived, Draft, Evidence
from qa.verify import MARKER, Verified, verify

# ------------------------------------------------------------------ markers


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("增长5.2%。", "增长5.2%【1】。"),
        ("增长5.2%；", "增长5.2%【1】；"),
        ("增长5.2%：", "增长5.2%【1】："),
        ("增长5.2%！？", "增长5.2%【1】！？"),
        ("增长5.2%", "增长5.2%【1】"),
        ("- 增长5.2%", "- 增长5.2%【1】"),
        ("| 云岭市 | 5.2% |", "| 云岭市 | 5.2%【1】 |"),
    ],
)
def test_verify_marker_place(said, expected):
    assert verified(Claim(said, (span_of(GDP),))).answer == expected


def test_verify_claim_without_evidence_has_no_marker():
    answer = verified(Claim("各市情况如下："), Claim("- 增长5.2%", (span_of(GDP),))).answer
    assert answer == "各市情况如下：\n\n- 增长5.2%【1】"


def test_verify_markers_in_order_of_use():
    found = verified(Claim("海棠增长4.8%。", (span_of(OTHER),)), Claim("云岭增长5.2%。", (span_of(GDP),)))
    assert found.answer == "海棠增长4.8%【1】。云岭增长5.2%【2】。"
    assert [(c.n, c.place) for c in found.citations] == [(1, "海棠市"), (2, "云岭市")]


def test_verify_equal_spans_share_a_number():
    found = verified(Claim("增长5.2%。", (span_of(GDP),)), Claim("完成512.4亿元。", (span_of(GDP),)))
    assert found.answer == "增长5.2%【1】。完成512.4亿元【1】。"
    assert len(found.citations) == 1


def test_verify_same_span_twice_in_a_claim_is_marked_once():
    assert verified(Claim("增长5.2%。", (span_of(GDP), span_of(GDP)))).answer == "增长5.2%【1】。"


def test_verify_several_spans_of_a_claim():
    claim = Claim("分别增长5.2%和4.8%。", (span_of("增长5.2%"), span_of("增长4.8%")))
    assert verified(claim).answer == "分别增长5.2%和4.8%【1】【2】。"


def test_verify_struck_claim_takes_no_number():
    found = verified(
        Claim("增长9.9%。", (span_of(TRADE),)),
        Claim("增长5.2%。", (span_of(GDP),)),
        Claim("增长4.8%。", (span_of(OTHER),)),
    )
    assert found.answer == "增长5.2%【1】。增长4.8%【2】。"
    assert found.struck == ("增长9.9%。",)


def _quoting(spans: list[Evidence]) -> list[Claim]:
    return [Claim(TEXTS[s.report_id][s.start : s.end] + "。", (s,)) for s in spans]


def test_verify_markers_are_one_to_n_each_used():
    words = ("512.4亿元", "增长5.2%", "1.2万亿元", "增长4.8%", "下降2%", "512.4亿元")
    found = verified(*_quoting([span_of(word) for word in words]))
    assert MARKER.findall(found.answer) == ["1", "2", "3", "4", "5", "1"]
    assert [c.n for c in found.citations] == [1, 2, 3, 4, 5]


def test_verify_table_rows_stand_together():
    answer = verified(
        Claim("各市如下："),
        Claim("| 地区 | 增速 |"),
        Claim("| --- | --- |"),
        Claim("| 云岭市 | 5.2% |", (span_of(GDP),)),
        Claim("| 海棠市 | 4.8% |", (span_of(OTHER),)),
        Claim("以上为2030年数据。"),
    ).answer
    assert answer == (
        "各市如下：\n\n| 地区 | 增速 |\n| --- | --- |\n| 云岭市 | 5.2%【1】 |\n| 海棠市 | 4.8%【2】 |\n\n"
        "以上为2030年数据。"
    )


# ------------------------------------------------------------------ citations


def test_verify_citation_quotes_the_span():
    (citation,) = verified(Claim("完成1.2万亿元。", (span_of("外贸总额完成1.2万亿元"),))).citations
    assert citation.quote == "外贸总额完成1.2万亿元"
    assert TEXTS[YUNLING][citation.start : citation.end] == "外贸总额完成1.2万亿元"
    assert citation.paragraph_text == TRADE
    assert (citation.n, citation.paragraph, citation.section) == (1, 2, ("一、2030年工作回顾",))


def test_verify_citation_names_the_report():
    (citation,) = verified(Claim("增长4.8%。", (span_of(OTHER),))).citations
    assert (citation.report_id, citation.place, citation.year, citation.title) == (
        "2031-海棠市",
        "海棠市",
        2031,
        "海棠市政府工作报告",
    )


def test_verify_quote_keeps_full_width_as_written():
    (citation,) = verified(Claim("增长12.5%。", (span_of("增长１２．５％"),))).citations
    assert citation.quote == "增长１２．５％"


# ------------------------------------------------------------------ abstention


@pytest.mark.parametrize(
    ("claims", "struck"),
    [
        ((), ()),
        ((Claim("增长52%。", (span_of(GDP),)),), ("增长52%。",)),
        # an introduction alone is no answer
        ((Claim("各市如下："), Claim("增长52%。", (span_of(GDP),))), ("增长52%。",)),
    ],
)
def test_verify_abstains_without_a_claim_that_stands(claims, struck):
    assert verified(*claims) == Verified(EMPTY, "not_stated", (), (), struck)


def test_verify_span_outside_strikes_its_claim_only():
    found = verified(Claim("全市。", (Evidence(YUNLING, 1, 0, 999),)), Claim("增长5.2%。", (span_of(GDP),)))
    assert (found.answer, found.struck) == ("增长5.2%【1】。", ("全市。",))


def test_verify_reason_of_the_draft_stays():
    found = verified(Claim("资料中没有柳溪市的报告。"), reason="no_such_report")
    assert found == Verified("资料中没有柳溪市的报告。", "no_such_report", (), (), ())


def test_verify_refusal_that_helps_keeps_its_citation():
    found = verified(Claim("未提及总量，增长5.2%。", (span_of(GDP),)), reason="not_stated")
    assert (found.answer, found.reason, len(found.citations)) == (
        "未提及总量，增长5.2%【1】。",
        "not_stated",
        1,
    )


def test_verify_logs_what_it_strikes(caplog):
    with caplog.at_level(logging.WARNING, "qa.verify"):
        verified(Claim("增长52%。", (span_of(GDP),)))
    assert caplog.messages == ["claim left out: number 52% is not in the cited span"]


# ------------------------------------------------------------------ figures


def test_verify_stated_figure():
    row = figure_of("增长5.2%", "地区生产总值", "5.2", "%", comparator="以上")
    (figure,) = verified(Claim("增长5.2%。", (span_of(GDP),), (row,))).figures
    assert (figure.indicator, figure.measure, figure.value, figure.unit) == (
        "地区生产总值",
        "增速",
        "5.2",
        "%",
    )
    assert (figure.comparator, figure.place, figure.period, figure.kind) == (
        "以上",
        "云岭市",
        "2030",
        "actual",
    )
    assert (figure.derived, figure.citation, figure.verdict, figure.operands) == (False, 1, "supported", ())


def test_verify_figure_of_a_narrower_subject_names_it():
    row = figure_of("增长5.2%", "地区生产总值", "5.2", "%", subject="中心城区")
    (figure,) = verified(Claim("增长5.2%。", (span_of(GDP),), (row,))).figures
    assert figure.place == "云岭市中心城区"


def test_verify_fall_is_shown_without_sign():
    row = figure_of("下降2%", "财政收入", "-2", "%", measure="降幅")
    (figure,) = verified(Claim("财政收入下降2%。", (span_of(OTHER),), (row,))).figures
    assert (figure.measure, figure.value) == ("降幅", "2")


def test_verify_figure_takes_the_number_of_its_own_span():
    rows = (figure_of("增长5.2%", "增速", "5.2", "%"), figure_of("增长4.8%", "增速", "4.8", "%"))
    claim = Claim("海棠增长4.8%，云岭增长5.2%。", (span_of(OTHER), span_of(GDP)), rows)
    assert [(f.place, f.citation) for f in verified(claim).figures] == [("云岭市", 2), ("海棠市", 1)]


def test_verify_derived_figure_shows_its_operands():
    rows = (figure_of("5.2%", "增速", "5.2", "%"), figure_of("4.8%", "增速", "4.8", "%"))
    derived = Derived("地区生产总值", "差距", Decimal("0.4"), "个百分点", rows)
    claim = Claim("相差0.4个百分点。", (span_of("5.2%"), span_of("4.8%")), rows, (derived,))
    made = verified(claim).figures[-1]
    assert (made.value, made.unit, made.derived, made.operands) == ("0.4", "个百分点", True, (1, 2))
    assert (made.place, made.citation, made.verdict) == ("云岭市、海棠市", 1, "supported")


def test_verify_struck_claim_leaves_no_figure():
    row = figure_of("增长5.2%", "地区生产总值", "5.2", "%")
    found = verified(Claim("增长52%。", (span_of(GDP),), (row,)), Claim("下降2%。", (span_of(OTHER),)))
    assert found.figures == ()


# ------------------------------------------------------------------ inputs


def test_verify_leaves_its_inputs_unchanged():
    row = figure_of("增长5.2%", "地区生产总值", "5.2", "%")
    draft = Draft((Claim("增长5.2%。", (span_of(GDP),), (row,)), Claim("增长52%。", (span_of(GDP),))))
    before, reports = deepcopy(draft), deepcopy(REPORTS)
    verify(draft, Shelf(), REPORTS)
    assert (draft, REPORTS) == (before, reports)


def test_verify_twice_gives_the_same():
    claims = (Claim("增长5.2%。", (span_of(GDP),)), Claim("增长4.8%。", (span_of(OTHER),)))
    assert verified(*claims) == verified(*claims)


@pytest.mark.parametrize(
    "text", ["国发〔2023〕12号", "国发[2023]12号", "【一】", "【1a】", "[1]", "【1234】"]
)
def test_marker_is_not_found_in(text):
    assert MARKER.search(text) is None
