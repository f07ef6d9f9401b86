"""Rows of figures and commitments: filters, messages for nothing, dicts, terminal table and CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from decimal import Decimal
from typing import Any

import pytest

from qa.commitments import extract_commitments
from qa.errors import QAError
from qa.figures import extract_figures
from qa.table_text import columns, csv_text, cut, safe_cell, table
from qa.tables import (
    COMMITMENT_FIELDS,
    FIGURE_FIELDS,
    Filters,
    _covers,
    check,
    commitment_dict,
    commitment_rows,
    figure_dict,
    figure_rows,
    find_commitments,
    find_figures,
    place_named,
    said,
    select,
    why_empty,
)
from qa.types import Commitment, Figure, Paragraph, Report, ReportInfo

ROWS = (
    ("review", ("一、2030年工作回顾",), "地区生产总值增长6.3%，工业对GDP增长的贡献率达到30%。"),
    ("plan", ("二、2031年工作安排",), "今年的主要预期目标是：地区生产总值增长6.5%以上。"),
    ("plan", ("二、2031年工作安排", "（一）办好民生实事"), "改造老旧小区87个，新建公办幼儿园14所。"),
    ("plan", ("二、2031年工作安排", "（二）今后五年的任务"), "今后五年，新建高速公路300公里。"),
)


def report(place: str = "云岭市") -> Report:
    paragraphs, start = [], 0
    for number, (part, section, text) in enumerate(ROWS, 1):
        paragraphs.append(Paragraph(number, start, start + len(text), text, section, part))  # type: ignore[arg-type]
        start += len(text) + 1
    whole = "\n".join(text for _, _, text in ROWS)
    return Report(f"2031-{place}", place, 2031, "政府工作报告", whole, tuple(paragraphs), "a.txt", "0")


class Shelf:
    """The part of an index that listings read, over the reports given."""

    def __init__(self, *reports: Report) -> None:
        self._reports = {one.report_id: one for one in reports}
        self.reports = tuple(
            ReportInfo(r.report_id, r.place, r.year, r.title, r.doc_kind, None, None, r.source, "0", 4, 4, 99)
            for r in reports
        )

    def report(self, report_id: str) -> Report:
        return self._reports[report_id]

    def figures(self, report_id: str) -> tuple[Figure, ...]:
        return tuple(extract_figures(self._reports[report_id]))

    def commitments(self, report_id: str) -> tuple[Commitment, ...]:
        return tuple(extract_commitments(self._reports[report_id], self.figures(report_id)))


SHELF = Shelf(report("云岭市"), report("海棠县"))


def values(**filters: Any) -> list[tuple[str, str]]:
    rows, _ = find_figures(SHELF, Filters(**filters))
    return [(row.place, str(row.fact.value)) for row in rows]


def texts(**filters: Any) -> list[str]:
    return [row.clause for row in find_commitments(SHELF, Filters(place="云岭市", **filters))[0]]


# ------------------------------------------------------------------ filters


def test_no_filter_gives_all_in_order() -> None:
    assert values(place="云岭市") == [("云岭市", v) for v in ("6.3", "30", "6.5", "87", "14", "300")]
    assert texts() == [
        "地区生产总值增长6.5%以上",
        "改造老旧小区87个",
        "新建公办幼儿园14所",
        "新建高速公路300公里",
    ]


@pytest.mark.parametrize("name", ["地区生产总值", "GDP", "gdp", "ＧＤＰ", "生产总值", "地區生產總值"])
def test_indicator_by_any_of_its_names_and_nothing_else(name: str) -> None:
    assert values(indicator=name, place="云岭") == [("云岭市", "6.3"), ("云岭市", "6.5")]


def test_indicator_by_a_part_of_the_written_name() -> None:
    assert values(indicator="贡献率", place="云岭") == [("云岭市", "30")]
    assert values(indicator="老旧小区", place="云岭") == [("云岭市", "87")]


def test_kind_year_and_place() -> None:
    assert values(kind="actual", indicator="GDP") == [("云岭市", "6.3"), ("海棠县", "6.3")]
    assert values(year=2031, kind="target", indicator="GDP", place="海棠") == [("海棠县", "6.5")]
    assert values(year=2030) == []


def test_period_of_a_span_holds_its_years() -> None:
    assert values(period="2030", place="云岭") == [("云岭市", "6.3"), ("云岭市", "30")]
    assert texts(period="2033") == texts(text="高速公路")
    assert texts(period="2031—2035") == texts(text="高速公路")
    assert texts(period="2036") == []


def test_sector_is_a_part_of_the_heading() -> None:
    assert texts(sector="民生") == ["改造老旧小区87个", "新建公办幼儿园14所"]
    assert values(sector="民生", place="云岭") == [("云岭市", "87"), ("云岭市", "14")]


def test_text_needs_all_words() -> None:
    assert texts(text="小区 改造") == ["改造老旧小区87个"]
    assert texts(text="小區") == ["改造老旧小区87个"]
    assert texts(text="小区 新建") == []


def test_commitment_kind_and_indicator() -> None:
    assert texts(kind="改造") == ["改造老旧小区87个"]
    assert texts(indicator="GDP") == ["地区生产总值增长6.5%以上"]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("云岭市", "云岭市"),
        ("云岭", "云岭市"),
        ("雲嶺市", "云岭市"),
        (" 海棠 ", "海棠县"),
        ("云", "云岭市"),
        ("", None),
        ("柳州", None),
    ],
)
def test_place_named(name: str, place: str | None) -> None:
    assert place_named(["云岭市", "海棠县"], name) == place


def test_place_named_is_unambiguous() -> None:
    assert place_named(["南山区", "南山市", "南平市"], "南") is None
    assert place_named(["南山区", "南山市"], "南山") is None
    assert place_named(["南山区", "南山市"], "南山区") == "南山区"


# ------------------------------------------------------------------ nothing found


def empty(**filters: Any) -> str:
    rows, reason = find_figures(SHELF, Filters(**filters))
    assert rows == []
    return reason


def test_why_empty_names_the_nearest_indicator() -> None:
    assert empty(indicator="公办幼儿园数量") == (
        "没有符合条件的结果（指标 公办幼儿园数量）：没有指标为“公办幼儿园数量”的；最接近的指标：新建公办幼儿园"
    )


def test_why_empty_names_the_years_and_sectors_there_are() -> None:
    assert empty(year=2019) == "没有符合条件的结果（年份 2019）：没有年份为“2019”的；有 2031"
    assert empty(sector="民生工程").endswith("没有领域为“民生工程”的；最接近的领域：办好民生实事")
    assert empty(period="2019").endswith("没有时间为“2019”的；有 2030、2031、2031—2035")


def test_why_empty_when_only_together_nothing_matches() -> None:
    reason = empty(indicator="GDP", sector="民生")
    assert reason == (
        "没有符合条件的结果（指标 GDP，领域 民生）：各条件单独都有结果，合起来没有，请去掉一个再试"
    )


def test_why_empty_without_any_rows() -> None:
    assert find_figures(Shelf(), Filters()) == ([], "索引里没有可列的内容：请先运行 govqa ingest 报告文件")


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        (Filters(place="柳州"), "没有一个地区对应“柳州”：有 云岭市、海棠县"),
        (Filters(kind="计划"), "没有“计划”这个类别：有 actual、target"),
        (Filters(period="去年"), "时间应是四位年份，如 2024 或 2021—2025，现在是“去年”"),
    ],
)
def test_check_refuses(filters: Filters, message: str) -> None:
    with pytest.raises(QAError) as caught:
        check(filters, ["海棠县", "云岭市"], ("actual", "target"))
    assert str(caught.value) == message


def test_select_leaves_its_rows_alone() -> None:
    rows = figure_rows(report(), extract_figures(report()))
    before = [asdict(row) for row in rows]
    assert select(rows, Filters(kind="actual")) == rows[:2]
    assert why_empty(rows, Filters(kind="x")).endswith("有 actual、target")
    assert [asdict(row) for row in rows] == before


# ------------------------------------------------------------------ dicts


def test_figure_dict_has_the_fields_in_order() -> None:
    row = figure_dict(find_figures(SHELF, Filters(place="云岭", indicator="GDP", kind="target"))[0][0])
    assert tuple(row) == FIGURE_FIELDS
    assert (row["value"], row["unit"], row["comparator"], row["period"]) == ("6.5", "%", "以上", "2031")
    assert (row["clause"], row["sector"]) == ("地区生产总值增长6.5%以上", "2031年工作安排")
    text = report().text
    assert text[row["start"] : row["end"]].startswith("6.5%")


def test_commitment_dict_has_the_fields_in_order() -> None:
    row = commitment_dict(find_commitments(SHELF, Filters(place="云岭", kind="改造"))[0][0])
    assert tuple(row) == COMMITMENT_FIELDS
    assert (row["kind"], row["verb"], row["text"], row["sector"]) == (
        "改造", "改造", "改造老旧小区87个", "办好民生实事",
    )  # fmt: skip
    assert [(one["value"], one["unit"]) for one in row["figures"]] == [("87", "个")]
    assert row["names"] == []
    assert report().text[row["start"] : row["end"]] == row["text"]


@pytest.mark.parametrize(
    ("comparator", "words"),
    [
        ("", "甲 3.5%"),
        ("以上", "甲 3.5%以上"),
        ("超过", "甲 超过3.5%"),
        ("不低于", "甲 不低于3.5%"),
        ("与上年持平", "甲 与上年持平"),
        ("—5", "甲 3.5—5%"),
    ],
)
def test_said(comparator: str, words: str) -> None:
    assert said({"indicator": "甲", "value": "3.5", "unit": "%", "comparator": comparator}) == words


# ------------------------------------------------------------------ table and CSV


def test_table_aligns_chinese_columns() -> None:
    rows = [{"a": "甲市", "b": "x", "c": "原文"}, {"a": "b", "b": "二字", "c": ""}]
    assert table({"a": "地区", "b": "名", "c": "句"}, rows, width=None) == (
        "地区  名    句\n"
        "甲市  x     原文\n"
        "b     二字\n"
    )  # fmt: skip


def test_table_cuts_to_the_terminal() -> None:
    lines = table({"a": "名", "b": "句"}, [{"a": "长" * 40, "b": "字" * 90}], width=60).splitlines()
    # 长 × 13 and … are 27 columns; with a gap of 2 the last cell has 31 left: 字 × 15 and ….
    assert [columns(line) for line in lines] == [27 + 2 + 2, 60]
    assert lines[1].endswith("字…")


def test_table_is_one_line_a_row() -> None:
    assert table({"a": "名", "b": "句"}, [{"a": "x", "b": "一\n二"}], width=None).count("\n") == 2


@pytest.mark.parametrize(
    ("text", "width", "kept"),
    [("一二三", 6, "一二三"), ("一二三", 5, "一二…"), ("abc", 2, "a…"), ("", 4, "")],
)
def test_cut(text: str, width: int, kept: str) -> None:
    assert cut(text, width) == kept


def test_columns_counts_wide_characters_twice() -> None:
    assert columns("6.5%以上") == 8
    assert columns("（％") == 4
    assert columns("e\u0301") == 1


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+86", "'+86"),
        ("-增长", "'-增长"),
        ("@甲", "'@甲"),
        ("＝cmd", "'＝cmd"),
        (" =1", "' =1"),
        ("\t=1", "'\t=1"),
        ("-3.2", "-3.2"),
        ("-5", "-5"),
        ("6.5", "6.5"),
        ("——抓工业", "——抓工业"),
        (2024, 2024),
        (Decimal("-1"), Decimal("-1")),
    ],
)
def test_safe_cell(value: Any, cell: Any) -> None:
    assert safe_cell(value) == cell


def test_csv_reads_back_and_starts_with_a_byte_order_mark() -> None:
    rows = [{"text": '新建"甲",乙', "value": "-3.2", "names": ["一", "二"], "sector": "=SUM(A1)"}]
    text = csv_text(("text", "value", "names", "sector"), rows)
    assert text.startswith("\ufefftext,value,names,sector\n")
    assert list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))[1] == [
        '新建"甲",乙', "-3.2", "一、二", "'=SUM(A1)",
    ]  # fmt: skip


def test_csv_of_figures_in_a_cell() -> None:
    row = commitment_dict(find_commitments(SHELF, Filters(place="云岭", kind="改造"))[0][0])
    (cells,) = list(csv.DictReader(io.StringIO(csv_text(COMMITMENT_FIELDS, [row]).removeprefix("\ufeff"))))
    assert cells["figures"].endswith("老旧小区 87个")


def test_csv_without_rows_has_the_heads() -> None:
    assert csv_text(("a", "b"), []) == "\ufeffa,b\n"


def test_commitment_rows_keep_the_sector() -> None:
    made = report()
    rows = commitment_rows(made, extract_commitments(made, []))
    assert [row.sector for row in rows][:2] == ["2031年工作安排", "办好民生实事"]


@pytest.mark.parametrize(
    ("period", "wanted", "covered"),
    [
        ("2030年上半年", "2030年上半年", True),
        ("2030年上半年", "2030", True),
        ("2030", "2030年上半年", False),
        ("2030年前三季度", "2030年上半年", False),
        ("2029年上半年", "2030年上半年", False),
    ],
)
def test_part_of_a_year_is_asked_for_by_its_name(period: str, wanted: str, covered: bool) -> None:
    assert _covers(period, wanted) is covered
