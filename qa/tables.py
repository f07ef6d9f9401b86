"""Figures and commitments as rows: filtering, and rows as plain dicts in a fixed order. Pure, no I/O.

Command line, LangChain tools and ``Assistant`` share these rules, so that the same filters give the same rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, Generic, Protocol, TypedDict, TypeVar

from qa.commitment_clauses import KINDS
from qa.commitments import sector_of
from qa.errors import QAError
from qa.indicator_names import asked_as, canonicalise, correct, indicators_in
from qa.places import short_name
from qa.quantity import BEFORE
from qa.row import PARTS, WORDED
from qa.text import bigrams, fold
from qa.types import Commitment, Figure, Report, ReportInfo
from qa.year_parts import part_of, parts_in

FIGURE_FIELDS = (
    "report_id", "place", "year", "indicator", "canonical", "measure", "value", "unit", "comparator",
    "subject", "period", "kind", "paragraph", "clause", "sector", "start", "end",
)  # fmt: skip
COMMITMENT_FIELDS = (
    "report_id", "place", "year", "kind", "verb", "text", "sector", "period", "names", "figures",
    "paragraph", "start", "end",
)  # fmt: skip
FIGURE_KINDS = ("actual", "target")
NEAREST = 3
"""Names that a message offers instead of one that does not match."""

LABELS = {
    "place": "地区", "year": "年份", "kind": "类别", "indicator": "指标",
    "sector": "领域", "text": "文字", "period": "时间",
}  # fmt: skip

F = TypeVar("F", Figure, Commitment)


@dataclass(frozen=True, slots=True)
class Filters:
    """What rows must satisfy; None lets all pass. ``kind`` is actual/target, or a kind of commitment.

    ``year`` is that of the report, ``period`` the year a row is about, or a part of it (2031年上半年). ``indicator`` may be an alias or a
    part of the written name, ``sector`` a part of the heading; all words of ``text`` must stand in the clause.
    """

    place: str | None = None
    year: int | None = None
    kind: str | None = None
    indicator: str | None = None
    sector: str | None = None
    text: str | None = None
    period: str | None = None

    def given(self) -> dict[str, str | int]:
        """The filters that are set, by name."""
        pairs = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: value for name, value in pairs if value not in (None, "")}


class Wish(TypedDict, total=False):
    """The filters as keyword arguments."""

    place: str | None
    year: int | None
    kind: str | None
    indicator: str | None
    sector: str | None
    text: str | None
    period: str | None


@dataclass(frozen=True, slots=True)
class Row(Generic[F]):
    """A figure or commitment with what its report adds: ``clause`` is the text it stands in."""

    fact: F
    place: str
    year: int
    clause: str
    sector: str


def figure_rows(report: Report, figures: Iterable[Figure]) -> list[Row[Figure]]:
    """The figures of one report as rows, in their order."""
    return [
        Row(
            figure,
            report.place,
            report.year,
            report.text[figure.clause_start : figure.clause_end].strip(),
            sector_of(report.paragraphs[figure.paragraph - 1]),
        )
        for figure in figures
    ]


def commitment_rows(report: Report, commitments: Iterable[Commitment]) -> list[Row[Commitment]]:
    """The commitments of one report as rows, in their order."""
    return [
        Row(promise, report.place, report.year, report.text[promise.start : promise.end], promise.sector)
        for promise in commitments
    ]


# ------------------------------------------------------------------ filtering


def place_named(known: Iterable[str], name: str) -> str | None:
    """The one of the known places that ``name`` means: itself, its short form, or the only one it begins."""
    wanted, places = fold(name.strip()), sorted(set(known))
    exact = [place for place in places if fold(place) == wanted]
    short = [place for place in places if short_name(place) == short_name(wanted)]
    begun = [place for place in places if wanted and fold(place).startswith(wanted)]
    found = exact or short or begun
    return found[0] if len(found) == 1 else None


def select(rows: Sequence[Row[F]], filters: Filters) -> list[Row[F]]:
    """The rows that satisfy all filters, in their order."""
    tests = [_test(name, value, rows) for name, value in filters.given().items()]
    return [row for row in rows if all(passes(row) for passes in tests)]


def _test(name: str, value: str | int, rows: Sequence[Row[F]]) -> Callable[[Row[F]], bool]:
    said = fold(str(value).strip())
    if name == "place":
        place = place_named((row.place for row in rows), said)
        return lambda row: row.place == place
    if name == "year":
        return lambda row: row.year == value
    if name == "kind":
        return lambda row: str(row.fact.kind) == said
    if name == "period":
        return lambda row: _covers(row.fact.period, said)
    if name == "sector":
        return lambda row: said in fold(row.sector)
    if name == "text":
        return lambda row: all(word in fold(row.clause) for word in said.split())
    about = _about(said)
    return lambda row: any(about(figure) for figure in _figures_of(row.fact))


def _figures_of(fact: Figure | Commitment) -> tuple[Figure, ...]:
    return (fact,) if isinstance(fact, Figure) else fact.figures


def _covers(period: str, wanted: str) -> bool:
    """Whether a period is the one wanted, or a span of years that holds the year wanted; a year holds its parts."""
    if (parts := parts_in(wanted)) and part_of(period) != parts[0]:
        return False
    ends = [int(year) for year in re.findall(r"\d{4}", period)]
    asked = [int(year) for year in re.findall(r"\d{4}", wanted)]
    if len(ends) == 2 and len(asked) == 1:
        return ends[0] <= asked[0] <= ends[1]
    return bool(asked) and ends == asked


def _about(wanted: str) -> Callable[[Figure], bool]:
    """Whether a figure is of the indicator wanted: by standard name if it is one, else by a part of the name."""
    asked = correct(wanted)
    standard = _standard(asked)

    def is_about(figure: Figure) -> bool:
        if standard:
            # 工业对GDP增长的贡献率 is another indicator, 某园区GDP is not.
            unnamed = figure.canonical is None
            return figure.canonical == standard or (
                unnamed and canonicalise(fold(figure.indicator)).endswith(standard)
            )
        return asked in fold(figure.indicator) or asked in fold(figure.canonical or "")

    return is_about


def _standard(folded: str) -> str | None:
    """The standard name that the whole of a text means: GDP -> 地区生产总值; None for a part of a name."""
    for read in (canonicalise(folded), asked_as(folded)):
        if read is not None and indicators_in(read) == (read,):
            return read
    return None


# ------------------------------------------------------------------ nothing found


def check(filters: Filters, places: Iterable[str], kinds: Sequence[str]) -> None:
    """Refuse filters that cannot match whatever the rows are.

    Raises: QAError naming the values there are.
    """
    known = sorted(set(places))
    if filters.place is not None and place_named(known, filters.place) is None:
        raise QAError(f"没有一个地区对应“{filters.place}”：有 {'、'.join(known) or '（空）'}")
    if filters.kind is not None and filters.kind not in kinds:
        raise QAError(f"没有“{filters.kind}”这个类别：有 {'、'.join(kinds)}")
    if filters.period is not None and not re.search(r"\d{4}", fold(filters.period)):
        raise QAError(f"时间应是四位年份，如 2024 或 2021—2025，现在是“{filters.period}”")


def why_empty(rows: Sequence[Row[F]], filters: Filters) -> str:
    """One line for a listing without rows: which filter let nothing pass, and what there is instead."""
    given = filters.given()
    said = "，".join(f"{LABELS[name]} {value}" for name, value in given.items())
    if not rows:
        return "索引里没有可列的内容：请先运行 govqa ingest 报告文件"
    for name, value in given.items():
        if not any(map(_test(name, value, rows), rows)):
            there = _alternatives(name, str(value), rows)
            hint = f"；{there}" if there else ""
            return f"没有符合条件的结果（{said}）：没有{LABELS[name]}为“{value}”的{hint}"
    return f"没有符合条件的结果（{said}）：各条件单独都有结果，合起来没有，请去掉一个再试"


def _alternatives(name: str, value: str, rows: Sequence[Row[F]]) -> str:
    if name == "indicator":
        names = {figure.canonical or figure.indicator for row in rows for figure in _figures_of(row.fact)} - {
            ""
        }
        return _nearest("最接近的指标", value, names)
    if name == "sector":
        return _nearest("最接近的领域", value, {row.sector for row in rows} - {""})
    have = {"place": "place", "year": "year"}.get(name)
    if have:
        return "有 " + "、".join(map(str, sorted({getattr(row, have) for row in rows})))
    if name in ("kind", "period"):
        there = sorted({str(getattr(row.fact, name)) for row in rows} - {""})
        return "有 " + "、".join(there[:10])
    return "text 的每个词都要出现在同一句里，可以少写几个词"


def _nearest(label: str, value: str, names: Iterable[str]) -> str:
    wanted = set(bigrams(fold(value)))

    def likeness(name: str) -> float:
        own = set(bigrams(fold(name)))
        return len(wanted & own) / max(1, len(wanted | own))

    best = sorted(((likeness(name), name) for name in names), key=lambda pair: (-pair[0], pair[1]))
    close = [name for score, name in best[:NEAREST] if score > 0]
    return f"{label}：{'、'.join(close)}" if close else ""


# ------------------------------------------------------------------ a whole index


class Facts(Protocol):
    """The part of qa.store.Index that listings read."""

    @property
    def reports(self) -> tuple[ReportInfo, ...]: ...
    def report(self, report_id: str) -> Report: ...
    def figures(self, report_id: str) -> tuple[Figure, ...]: ...
    def commitments(self, report_id: str) -> tuple[Commitment, ...]: ...


def find_figures(index: Facts, filters: Filters) -> tuple[list[Row[Figure]], str]:
    """Matching figures of all reports, and "" or one line that says why there are none.

    Raises: QAError for an unknown place or kind, or a period that is no year.
    """

    def rows_of(report_id: str) -> list[Row[Figure]]:
        return figure_rows(index.report(report_id), index.figures(report_id))

    return _find(index, filters, FIGURE_KINDS, rows_of)


def find_commitments(index: Facts, filters: Filters) -> tuple[list[Row[Commitment]], str]:
    """Matching commitments of all reports, and "" or one line that says why there are none.

    Raises: as ``find_figures``.
    """

    def rows_of(report_id: str) -> list[Row[Commitment]]:
        return commitment_rows(index.report(report_id), index.commitments(report_id))

    return _find(index, filters, KINDS, rows_of)


def _find(
    index: Facts, filters: Filters, kinds: Sequence[str], rows_of: Callable[[str], list[Row[F]]]
) -> tuple[list[Row[F]], str]:
    check(filters, (info.place for info in index.reports), kinds)
    place = place_named((info.place for info in index.reports), filters.place) if filters.place else None
    rows = [
        row
        for info in index.reports
        if place in (None, info.place) and filters.year in (None, info.year)
        for row in rows_of(info.report_id)
    ]
    if found := select(rows, filters):
        return found, ""
    return [], why_empty([row for info in index.reports for row in rows_of(info.report_id)], filters)


# ------------------------------------------------------------------ rows as dicts


def figure_dict(row: Row[Figure]) -> dict[str, Any]:
    """A figure in the order of FIGURE_FIELDS; the value as text, exactly as decimal."""
    values = {field.name: getattr(row.fact, field.name) for field in fields(Figure)}
    values |= {"place": row.place, "year": row.year, "clause": row.clause, "sector": row.sector}
    return {name: values[name] for name in FIGURE_FIELDS} | {"value": str(row.fact.value)}


def commitment_dict(row: Row[Commitment]) -> dict[str, Any]:
    """A commitment in the order of COMMITMENT_FIELDS; names and figures are lists."""
    values = {field.name: getattr(row.fact, field.name) for field in fields(Commitment)}
    values |= {"place": row.place, "year": row.year, "text": row.clause, "names": list(row.fact.names)}
    values["figures"] = [
        {
            "indicator": figure.canonical or figure.indicator,
            "measure": figure.measure,
            "value": str(figure.value),
            "unit": figure.unit,
            "comparator": figure.comparator,
        }
        for figure in row.fact.figures
    ]
    return {name: values[name] for name in COMMITMENT_FIELDS}


def said(figure: dict[str, Any]) -> str:
    """A figure in a few words: 城镇新增就业 2.8万人以上."""
    name, value, unit, comparator = (figure[key] for key in ("indicator", "value", "unit", "comparator"))
    if comparator == PARTS:
        return f"{name}"
    if comparator.endswith(("持平", "同步")) or comparator in WORDED:
        return f"{name} {comparator}"
    if comparator.startswith("—"):
        return f"{name} {value}{comparator}{unit}"
    return (
        f"{name} {comparator}{value}{unit}"
        if re.fullmatch(BEFORE, comparator)
        else f"{name} {value}{unit}{comparator}"
    )
