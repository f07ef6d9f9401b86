"""What the tabs 指标对比 and 承诺清单 show: rows of qa/tables.py as plain JSON values, and as CSV."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from qa.commitment_clauses import KINDS
from qa.match import signed
from qa.phrasing import value_of
from qa.table_text import csv_text
from qa.tables import (
    COMMITMENT_FIELDS,
    FIGURE_FIELDS,
    Filters,
    Row,
    commitment_dict,
    figure_dict,
    find_commitments,
    find_figures,
)
from qa.text import unit_family
from qa.types import Commitment, Figure, ReportInfo
from qa.web.desk import Library

MAX_BESIDE = 8
"""Further values of a report that a row of the comparison can unfold."""
PAGE_ROWS = 100
MAX_SECTORS = 60
_NAMED = ("总量", "增速")


def indicators(index: Library) -> list[dict[str, Any]]:
    """The standard indicators that the reports state of their whole places, the most common first."""
    reports: Counter[str] = Counter()
    values: Counter[str] = Counter()
    for info in index.reports:
        names = [row.canonical for row in index.figures(info.report_id) if row.canonical and not row.subject]
        reports.update(set(names))
        values.update(names)
    order = sorted(reports, key=lambda name: (-reports[name], -values[name], name))
    return [{"name": name, "reports": reports[name], "values": values[name]} for name in order]


def comparison(index: Library, indicator: str, measure: str = "") -> dict[str, Any]:
    """One row a report: the result and the target of an indicator, with what else the report says of it.

    ``indicator`` may be an alias. Without ``measure`` the one that most reports state is taken. Rows of the
    values: see ``_cell``. ``family`` is the kind of unit that the chart can compare, "" if there is none.
    """
    rows, reason = find_figures(index, Filters(indicator=indicator))
    name, rows = _one_indicator(rows, indicator)
    measures = _measures(rows)
    chosen = measure if measure in measures else next(iter(measures), "")
    own = [row for row in rows if row.fact.measure == chosen]
    shown = [_report_row(info, own, index) for info in index.reports]
    families = Counter(
        cell["family"] for line in shown for cell in (line["actual"], line["target"]) if cell is not None
    )
    return {
        "indicator": name,
        "measure": chosen,
        "measures": [{"name": key, "reports": count} for key, count in measures.items()],
        "family": families.most_common(1)[0][0] if families else "",
        "rows": shown,
        "reason": reason,
    }


def _one_indicator(rows: Sequence[Row[Figure]], asked: str) -> tuple[str, list[Row[Figure]]]:
    """The rows of the standard name that most of them have, if any has one."""
    names = Counter(row.fact.canonical for row in rows if row.fact.canonical)
    if not names:
        return asked, list(rows)
    name = names.most_common(1)[0][0]
    return name, [row for row in rows if row.fact.canonical == name]


def _measures(rows: Iterable[Row[Figure]]) -> dict[str, int]:
    """Measures with the number of reports that state them, the most common first."""
    reports: dict[str, set[str]] = {}
    for row in rows:
        reports.setdefault(row.fact.measure, set()).add(row.fact.report_id)
    order = sorted(reports, key=lambda name: (-len(reports[name]), name not in _NAMED, name))
    return {name: len(reports[name]) for name in order}


def _report_row(info: ReportInfo, rows: Sequence[Row[Figure]], index: Library) -> dict[str, Any]:
    own = [row for row in rows if row.fact.report_id == info.report_id]
    text = index.text(info.report_id)
    first = {kind: _first(own, kind, info.year) for kind in ("actual", "target")}
    beside = [row for row in own if row not in first.values()]
    return {
        "report_id": info.report_id,
        "place": info.place,
        "year": info.year,
        **{kind: _cell(row, text) if row else None for kind, row in first.items()},
        "beside": [_cell(row, text) for row in beside[:MAX_BESIDE]],
        "more": max(0, len(beside) - MAX_BESIDE),
    }


def _first(rows: Sequence[Row[Figure]], kind: str, year: int) -> Row[Figure] | None:
    """The value of the whole place and of one year, the nearest to the report's; then in the order of the text."""
    own = [row for row in rows if row.fact.kind == kind]

    def order(row: Row[Figure]) -> tuple[bool, bool, int, int]:
        period = row.fact.period
        far = abs(int(period) - year) if period.isdigit() else 0
        return bool(row.fact.subject), not period.isdigit(), far, row.fact.start

    return min(own, key=order, default=None)


def _cell(row: Row[Figure], text: str) -> dict[str, Any]:
    """A value as it is written, and as ``base``, a number in base units; the span is that of its clause."""
    fact = row.fact
    return {
        "shown": value_of(fact, text),
        "value": str(fact.value),
        "unit": fact.unit,
        "base": float(signed(fact)),
        "family": unit_family(fact.unit),
        "comparator": fact.comparator,
        "indicator": fact.indicator,
        "subject": fact.subject,
        "period": fact.period,
        "kind": fact.kind,
        "clause": row.clause,
        "report_id": fact.report_id,
        "paragraph": fact.paragraph,
        "start": fact.clause_start,
        "end": fact.clause_end,
    }


def comparison_csv(index: Library, indicator: str, measure: str = "") -> str:
    """All rows behind a comparison, each with its place in the report."""
    rows, _ = find_figures(index, Filters(indicator=indicator))
    _, rows = _one_indicator(rows, indicator)
    chosen = [row for row in rows if measure in ("", row.fact.measure)]
    return csv_text(FIGURE_FIELDS, [figure_dict(row) for row in chosen])


def commitments(index: Library, filters: Filters, offset: int = 0) -> dict[str, Any]:
    """A page of the commitments that satisfy the filters, and what there is to filter by."""
    rows, reason = find_commitments(index, filters)
    return {
        "total": len(rows),
        "reason": reason,
        "rows": [_promise(row) for row in rows[offset : offset + PAGE_ROWS]],
        "sectors": _sectors(rows),
        "kinds": [kind for kind in KINDS if any(row.fact.kind == kind for row in rows)],
    }


def _promise(row: Row[Commitment]) -> dict[str, Any]:
    fact = row.fact
    return {
        "report_id": fact.report_id,
        "place": row.place,
        "year": row.year,
        "kind": fact.kind,
        "sector": row.sector,
        "period": fact.period,
        "text": row.clause,
        "paragraph": fact.paragraph,
        "start": fact.start,
        "end": fact.end,
    }


def _sectors(rows: Iterable[Row[Commitment]]) -> list[str]:
    counted = Counter(row.sector for row in rows if row.sector)
    return [name for name, _ in counted.most_common(MAX_SECTORS)]


def commitments_csv(index: Library, filters: Filters) -> str:
    """All commitments that satisfy the filters."""
    rows, _ = find_commitments(index, filters)
    return csv_text(COMMITMENT_FIELDS, [commitment_dict(row) for row in rows])
