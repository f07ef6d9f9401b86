"""Claims against the text they cite: numbers, markers, citations, figures, and what is struck."""

import logging
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal

import pytest

from qa.types import Claim, Derived, Draft, Evidence, Figure, Paragraph, ReportInfo
from qa.verify import MARKER, Verified, objection, verify

GDP = "地区生产总值完成512.4亿元，增长5.2%。"
TRADE = "外贸总额完成1.2万亿元，新增岗位1.2万个，增长１２．５％。"
OTHER = "地区生产总值增长4.8%，财政收入下降2%。"
YUNLING, HAITANG = "2031-云岭市", "2031-海棠市"
TEXTS = {YUNLING: f"{GDP}\n{TRADE}", HAITANG: OTHER}
EMPTY = "资料中未提及：没有找到能用原文证明的内容。"


def _paragraphs(text: str) -> tuple[Paragraph, ...]:
    made, start = [], 0
    for number, line in enumerate(text.split("\n"), 1):
        made.append(Paragraph(number, start, start + len(line), line, ("一、2030年工作回顾",), "review"))
        start += len(line) + 1
    return tuple(made)


@dataclass(frozen=True)
class Shelf:
    """Two short reports in memory, as the answerers read an index."""

    def text(self, report_id: str) -> str:
        return TEXTS[report_id]

    def paragraphs(self, report_id: str) -> tuple[Paragraph, ...]:
        return _paragraphs(TEXTS[report_id])

    def figures(self, report_id: str) -> tuple[Figure, ...]:
        return ()


def _info(report_id: str) -> ReportInfo:
    year, place = report_id.split("-")
    return ReportInfo(
        report_id,
        place,
        int(year),
        f"{place}政府工作报告",
        "政府工作报告",
        None,
        None,
        "r.txt",
        "0",
        2,
        2,
        50,
    )


REPORTS = {name: _info(name) for name in TEXTS}


def _span(words: str) -> Evidence:
    """The span of words that stand once in the two reports."""
    ((name, start),) = [(n, text.index(words)) for n, text in TEXTS.items() if words in text]
    number = TEXTS[name].count("\n", 0, start) + 1
    return Evidence(name, number, start, start + len(words))


def _figure(words: str, indicator: str, value: str, unit: str, **changes: str) -> Figure:
    span = _span(words)
    fields = {"measure": "增速", "comparator": "", "subject": "", **changes}
    return Figure(
        report_id=span.report_id,
        paragraph=span.paragraph,
        indicator=indicator,
        canonical=None,
        measure=fields["measure"],
        value=Decimal(value),
        unit=unit,
        comparator=fields["comparator"],
        subject=fields["subject"],
        period="2030",
        kind="actual",
        start=span.start,
        end=span.end,
        clause_start=span.start,
        clause_end=span.end,
    )


def _verify(*claims: Claim, **parts) -> Verified:
    return verify(Draft(claims, **parts), Shelf(), REPORTS)


# ------------------------------------------------------------------ numbers


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
    assert objection(Claim(said, (_span(span),)), Shelf()) is None


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
    assert objection(Claim(said, (_span(span),)), Shelf()) == f"number {number} is not in the cited span"


def test_objection_number_without_evidence():
    assert objection(Claim("增长5.2%。"), Shelf()) == "number 5.2% is not in the cited span"


@pytest.mark.parametrize("said", ["共有两份报告提到。", "资料中未提及2035年的目标。", "2030年情况如下："])
def test_objection_none_without_numbers_but_years(said):
    assert objection(Claim(said), Shelf()) is None


def test_objection_numbers_from_several_spans():
    claim = Claim("云岭增长5.2%，海棠增长4.8%。", (_span(GDP), _span(OTHER)))
    assert objection(claim, Shelf()) is None


def test_objection_derived_value_may_be_said():
    derived = Derived(
        "增速差",
        "差距",
        Decimal("0.4"),
        "个百分点",
        (_figure("5.2%", "增速", "5.2", "%"), _figure("4.8%", "增速", "4.8", "%")),
    )
    claim = Claim("两市相差0.4个百分点。", (_span("5.2%"), _span("4.8%")), derived=(derived,))
    assert objection(claim, Shelf()) is None


def test_objection_derived_value_in_another_unit():
    operands = (_figure("512.4亿元", "地区生产总值", "512.4", "亿元"),)
    derived = Derived("差", "差距", Decimal("0.4"), "个百分点", operands)
    claim = Claim("相差0.4%。", (_span(GDP),), derived=(derived,))
    assert objection(claim, Shelf()) == "number 0.4% is not in the cited span"


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (0, 999), (5, 5), (8, 3), (900, 999)])
def test_objection_span_outside_the_report(start, end):
    span = Evidence(YUNLING, 1, start, end)
    assert objection(Claim("全市经济增长。", (span,)), Shelf()) == f"span {span} is outside its report"


def test_objection_span_may_end_with_the_report():
    span = Evidence(HAITANG, 1, 0, len(OTHER))
    assert objection(Claim("下降2%。", (span,)), Shelf()) is None


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
    assert _verify(Claim(said, (_span(GDP),))).answer == expected


def test_verify_claim_without_evidence_has_no_marker():
    answer = _verify(Claim("各市情况如下："), Claim("- 增长5.2%", (_span(GDP),))).answer
    assert answer == "各市情况如下：\n\n- 增长5.2%【1】"


def test_verify_markers_in_order_of_use():
    found = _verify(Claim("海棠增长4.8%。", (_span(OTHER),)), Claim("云岭增长5.2%。", (_span(GDP),)))
    assert found.answer == "海棠增长4.8%【1】。云岭增长5.2%【2】。"
    assert [(c.n, c.place) for c in found.citations] == [(1, "海棠市"), (2, "云岭市")]


def test_verify_equal_spans_share_a_number():
    found = _verify(Claim("增长5.2%。", (_span(GDP),)), Claim("完成512.4亿元。", (_span(GDP),)))
    assert found.answer == "增长5.2%【1】。完成512.4亿元【1】。"
    assert len(found.citations) == 1


def test_verify_same_span_twice_in_a_claim_is_marked_once():
    assert _verify(Claim("增长5.2%。", (_span(GDP), _span(GDP)))).answer == "增长5.2%【1】。"


def test_verify_several_spans_of_a_claim():
    claim = Claim("分别增长5.2%和4.8%。", (_span("增长5.2%"), _span("增长4.8%")))
    assert _verify(claim).answer == "分别增长5.2%和4.8%【1】【2】。"


def test_verify_struck_claim_takes_no_number():
    found = _verify(
        Claim("增长9.9%。", (_span(TRADE),)),
        Claim("增长5.2%。", (_span(GDP),)),
        Claim("增长4.8%。", (_span(OTHER),)),
    )
    assert found.answer == "增长5.2%【1】。增长4.8%【2】。"
    assert found.struck == ("增长9.9%。",)


def _quoting(spans: list[Evidence]) -> list[Claim]:
    return [Claim(TEXTS[s.report_id][s.start : s.end] + "。", (s,)) for s in spans]


def test_verify_markers_are_one_to_n_each_used():
    words = ("512.4亿元", "增长5.2%", "1.2万亿元", "增长4.8%", "下降2%", "512.4亿元")
    found = _verify(*_quoting([_span(word) for word in words]))
    assert MARKER.findall(found.answer) == ["1", "2", "3", "4", "5", "1"]
    assert [c.n for c in found.citations] == [1, 2, 3, 4, 5]


def test_verify_table_rows_stand_together():
    answer = _verify(
        Claim("各市如下："),
        Claim("| 地区 | 增速 |"),
        Claim("| --- | --- |"),
        Claim("| 云岭市 | 5.2% |", (_span(GDP),)),
        Claim("| 海棠市 | 4.8% |", (_span(OTHER),)),
        Claim("以上为2030年数据。"),
    ).answer
    assert answer == (
        "各市如下：\n\n| 地区 | 增速 |\n| --- | --- |\n| 云岭市 | 5.2%【1】 |\n| 海棠市 | 4.8%【2】 |\n\n"
        "以上为2030年数据。"
    )


# ------------------------------------------------------------------ citations


def test_verify_citation_quotes_the_span():
    (citation,) = _verify(Claim("完成1.2万亿元。", (_span("外贸总额完成1.2万亿元"),))).citations
    assert citation.quote == "外贸总额完成1.2万亿元"
    assert TEXTS[YUNLING][citation.start : citation.end] == "外贸总额完成1.2万亿元"
    assert citation.paragraph_text == TRADE
    assert (citation.n, citation.paragraph, citation.section) == (1, 2, ("一、2030年工作回顾",))


def test_verify_citation_names_the_report():
    (citation,) = _verify(Claim("增长4.8%。", (_span(OTHER),))).citations
    assert (citation.report_id, citation.place, citation.year, citation.title) == (
        "2031-海棠市",
        "海棠市",
        2031,
        "海棠市政府工作报告",
    )


def test_verify_quote_keeps_full_width_as_written():
    (citation,) = _verify(Claim("增长12.5%。", (_span("增长１２．５％"),))).citations
    assert citation.quote == "增长１２．５％"


# ------------------------------------------------------------------ abstention


@pytest.mark.parametrize(
    ("claims", "struck"),
    [
        ((), ()),
        ((Claim("增长52%。", (_span(GDP),)),), ("增长52%。",)),
        # an introduction alone is no answer
        ((Claim("各市如下："), Claim("增长52%。", (_span(GDP),))), ("增长52%。",)),
    ],
)
def test_verify_abstains_without_a_claim_that_stands(claims, struck):
    assert _verify(*claims) == Verified(EMPTY, "not_stated", (), (), struck)


def test_verify_span_outside_strikes_its_claim_only():
    found = _verify(Claim("全市。", (Evidence(YUNLING, 1, 0, 999),)), Claim("增长5.2%。", (_span(GDP),)))
    assert (found.answer, found.struck) == ("增长5.2%【1】。", ("全市。",))


def test_verify_reason_of_the_draft_stays():
    found = _verify(Claim("资料中没有柳溪市的报告。"), reason="no_such_report")
    assert found == Verified("资料中没有柳溪市的报告。", "no_such_report", (), (), ())


def test_verify_refusal_that_helps_keeps_its_citation():
    found = _verify(Claim("未提及总量，增长5.2%。", (_span(GDP),)), reason="not_stated")
    assert (found.answer, found.reason, len(found.citations)) == (
        "未提及总量，增长5.2%【1】。",
        "not_stated",
        1,
    )


def test_verify_logs_what_it_strikes(caplog):
    with caplog.at_level(logging.WARNING, "qa.verify"):
        _verify(Claim("增长52%。", (_span(GDP),)))
    assert caplog.messages == ["claim left out: number 52% is not in the cited span"]


# ------------------------------------------------------------------ figures


def test_verify_stated_figure():
    row = _figure("增长5.2%", "地区生产总值", "5.2", "%", comparator="以上")
    (figure,) = _verify(Claim("增长5.2%。", (_span(GDP),), (row,))).figures
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
    row = _figure("增长5.2%", "地区生产总值", "5.2", "%", subject="中心城区")
    (figure,) = _verify(Claim("增长5.2%。", (_span(GDP),), (row,))).figures
    assert figure.place == "云岭市中心城区"


def test_verify_fall_is_shown_without_sign():
    row = _figure("下降2%", "财政收入", "-2", "%", measure="降幅")
    (figure,) = _verify(Claim("财政收入下降2%。", (_span(OTHER),), (row,))).figures
    assert (figure.measure, figure.value) == ("降幅", "2")


def test_verify_figure_takes_the_number_of_its_own_span():
    rows = (_figure("增长5.2%", "增速", "5.2", "%"), _figure("增长4.8%", "增速", "4.8", "%"))
    claim = Claim("海棠增长4.8%，云岭增长5.2%。", (_span(OTHER), _span(GDP)), rows)
    assert [(f.place, f.citation) for f in _verify(claim).figures] == [("云岭市", 2), ("海棠市", 1)]


def test_verify_derived_figure_shows_its_operands():
    rows = (_figure("5.2%", "增速", "5.2", "%"), _figure("4.8%", "增速", "4.8", "%"))
    derived = Derived("地区生产总值", "差距", Decimal("0.4"), "个百分点", rows)
    claim = Claim("相差0.4个百分点。", (_span("5.2%"), _span("4.8%")), rows, (derived,))
    made = _verify(claim).figures[-1]
    assert (made.value, made.unit, made.derived, made.operands) == ("0.4", "个百分点", True, (1, 2))
    assert (made.place, made.citation, made.verdict) == ("云岭市、海棠市", 1, "supported")


def test_verify_struck_claim_leaves_no_figure():
    row = _figure("增长5.2%", "地区生产总值", "5.2", "%")
    found = _verify(Claim("增长52%。", (_span(GDP),), (row,)), Claim("下降2%。", (_span(OTHER),)))
    assert found.figures == ()


# ------------------------------------------------------------------ inputs


def test_verify_leaves_its_inputs_unchanged():
    row = _figure("增长5.2%", "地区生产总值", "5.2", "%")
    draft = Draft((Claim("增长5.2%。", (_span(GDP),), (row,)), Claim("增长52%。", (_span(GDP),))))
    before, reports = deepcopy(draft), deepcopy(REPORTS)
    verify(draft, Shelf(), REPORTS)
    assert (draft, REPORTS) == (before, reports)


def test_verify_twice_gives_the_same():
    claims = (Claim("增长5.2%。", (_span(GDP),)), Claim("增长4.8%。", (_span(OTHER),)))
    assert _verify(*claims) == _verify(*claims)


@pytest.mark.parametrize(
    "text", ["国发〔2023〕12号", "国发[2023]12号", "【一】", "【1a】", "[1]", "【1234】"]
)
def test_marker_is_not_found_in(text):
    assert MARKER.search(text) is None
