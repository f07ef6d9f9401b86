"""Figures of a whole report: kind and period by part, spans and clauses, order, long paragraphs."""

from copy import deepcopy
from decimal import Decimal

import pytest
from figure_rows import in_review, report_of

from qa.figures import extract_figures
from qa.text import fold

# ------------------------------------------------------------------ kind and period


@pytest.mark.parametrize(
    ("part", "text", "kind", "period"),
    [
        ("review", "地区生产总值增长6.3%。", "actual", "2030"),
        ("review", "2029年，粮食产量达到30万吨。", "actual", "2029"),
        ("review", "五年来，累计新增就业12万人。", "actual", "2026—2030"),
        ("review", "力争进出口总额增长8%。", "target", "2031"),  # whatever its part was taken for
        ("plan", "地区生产总值增长6.3%。", "target", "2031"),
        ("plan", "2031年地区生产总值增长6.5%。", "target", "2031"),
        ("plan", "今年，新建社区食堂30个。", "target", "2031"),
        ("plan", "到2035年，粮食产能达到50万吨。", "target", "2035"),
        ("plan", "今后五年，新增就业12万人。", "target", "2031—2035"),
        ("plan", "去年，新增企业42家。", "actual", "2030"),
        ("plan", "2030年完成投资300亿元。", "actual", "2030"),
    ],
)
def test_extract_kind_and_period(part, text, kind, period):
    (row,) = extract_figures(report_of((part, text)))
    assert (row.kind, row.period) == (kind, period)


def test_extract_same_sentence_in_both_parts():
    sentence = "地区生产总值增长6%。"
    rows = extract_figures(report_of(("review", sentence), ("plan", sentence)))
    assert [(f.paragraph, f.kind, f.period) for f in rows] == [(1, "actual", "2030"), (2, "target", "2031")]


def test_extract_bulletin_states_its_own_year():
    (row,) = extract_figures(report_of(("review", "地区生产总值增长6.3%。"), kind="统计公报"))
    assert (row.kind, row.period) == ("actual", "2031")


# ------------------------------------------------------------------ the whole report


def test_extract_head_is_not_read():
    assert extract_figures(report_of(("head", "出席代表300人。"), ("review", "全市团结奋斗。"))) == []


def test_extract_report_without_paragraphs():
    assert extract_figures(report_of()) == []


def test_extract_spans_are_of_the_report_text():
    report = report_of(
        ("head", "各位代表："),
        ("review", "全市團結。地區生產總值增長６．３％，總量居全省第三位。"),
        ("plan", "新建學校不少於1,200所。"),
    )
    rows = extract_figures(report)
    assert [report.text[f.start : f.end] for f in rows] == ["６．３％", "第三位", "不少於1,200所"]
    assert [f.paragraph for f in rows] == [2, 2, 3]


def test_extract_clause_runs_from_the_subject_to_its_end():
    report = report_of(("review", "粮食丰收。地区生产总值完成512.4亿元，增长6.3%，势头良好。"))
    rows = extract_figures(report)
    assert [report.text[f.clause_start : f.clause_end] for f in rows] == [
        "地区生产总值完成512.4亿元",
        "地区生产总值完成512.4亿元，增长6.3%",
    ]


def test_extract_order_is_that_of_the_text():
    report = report_of(
        ("review", "新建学校28所，新增学位1.2万个，地区生产总值增长6.3%。"), ("plan", "新建公园3个。")
    )
    starts = [f.start for f in extract_figures(report)]
    assert starts == sorted(starts)
    assert len(starts) == 4


def test_extract_long_paragraph_finds_every_sentence():
    rows = in_review("新建学校28所。" * 1500)
    assert len(rows) == 1500
    assert {(f.indicator, str(f.value)) for f in rows} == {("新建学校", "28")}


def test_extract_leaves_the_report_unchanged():
    report = report_of(("review", "地区生产总值增长6.3%。"))
    before = deepcopy(report)
    assert extract_figures(report) == extract_figures(report)
    assert report == before


def test_extract_from_a_paragraph_of_ten_thousand_characters():
    names = [f"甲{chr(0x6000 + i)}项目" for i in range(1, 700)]
    text = "，".join(f"{name}完成投资{i}.5亿元" for i, name in enumerate(names, 1)) + "。"
    assert len(text) > 10_000
    found = in_review(text)
    assert [f.value for f in found] == [Decimal(f"{i}.5") for i in range(1, 700)]
    assert all(fold(name) in f.indicator for name, f in zip(names, found, strict=True))


def test_extract_from_brackets_within_brackets():
    found = in_review(
        "建成学校12所（其中小学8所（含农村小学3所）、中学4所），新增学位1.2万个（公办9000个、民办3000个）。"
    )
    assert [(str(f.value), f.unit) for f in found] == [
        ("12", "所"), ("8", "所"), ("3", "所"), ("4", "所"), ("1.2", "万个"), ("9000", "个"), ("3000", "个"),
    ]  # fmt: skip
    assert [
        word in f.indicator for word, f in zip(["学校", "小学", "农村小学", "中学"], found, strict=False)
    ] == [True] * 4


def test_zone_is_no_longer_spoken_of_when_another_place_is() -> None:
    text = "云溪综合保税区封关运行，滁州物流中心获批设立，新开通航线15条，港口货物吞吐量增长5.7%。"
    assert [(f.indicator, f.subject) for f in in_review(text)] == [
        ("新开通航线", ""),
        ("港口货物吞吐量", ""),
    ]
    kept = "云溪综合保税区封关运行，新开通航线15条。"
    assert [(f.indicator, f.subject) for f in in_review(kept)] == [("新开通航线", "云溪综合保税区")]


def test_zone_that_is_counted_bears_nothing() -> None:
    made = in_review("新创建国家现代农业产业园3个、优势特色产业集群1个。")
    assert [(f.indicator, f.subject) for f in made] == [
        ("新创建国家现代农业产业园", ""),
        ("新创建优势特色产业集群", ""),
    ]
