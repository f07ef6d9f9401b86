"""Follow-up questions that the index can answer: made from its rows, never from thin air."""

from __future__ import annotations

from qa.sources import Sources
from qa.types import Figure, Scope
from qa.verify import Verified

MAX_SUGGESTIONS = 3


def suggestions(scope: Scope, done: Verified, sources: Sources) -> tuple[str, ...]:
    """Up to three: the same indicator elsewhere, its target or result, another indicator of the place."""
    made: list[str] = []
    first = done.figures[0] if done.figures else None
    reports = sources.chosen(scope) or list(sources.reports)
    if first is not None and not first.derived:
        made += _other_kind(first.indicator, first.kind, reports[0].place, sources, reports[0].report_id)
        made += _elsewhere(first.indicator, first.kind, reports[0].place, sources)
    made += (
        _headline(reports[0].place, reports[0].report_id, first.indicator if first else "", sources)
        if reports
        else []
    )
    asked = scope.question.rstrip("？?")
    return tuple(s for s in dict.fromkeys(made) if s.rstrip("？") != asked)[:MAX_SUGGESTIONS]


def _known(report_id: str, sources: Sources) -> list[Figure]:
    return [row for row in sources.library.figures(report_id) if row.canonical and not row.subject]


def _question(place: str, row: Figure) -> str:
    if row.kind == "target":
        return f"{place}{row.when}{row.canonical}的目标是多少？"
    grown = "增长多少" if row.is_growth else "是多少"
    return f"{place}{row.when}{row.canonical}{grown}？"


def _other_kind(indicator: str, kind: str, place: str, sources: Sources, report_id: str) -> list[str]:
    rows = [r for r in _known(report_id, sources) if r.canonical == indicator and r.kind != kind]
    return [_question(place, rows[0])] if rows else []


def _elsewhere(indicator: str, kind: str, place: str, sources: Sources) -> list[str]:
    for info in sources.reports[:50]:
        if info.place != place:
            rows = [r for r in _known(info.report_id, sources) if r.canonical == indicator and r.kind == kind]
            if rows:
                return [_question(info.place, rows[0])]
    return []


def _headline(place: str, report_id: str, but: str, sources: Sources) -> list[str]:
    seen: dict[str, Figure] = {}
    for row in _known(report_id, sources):
        if row.canonical and row.canonical != but and row.measure in ("总量", "增速", "降幅", "比率"):
            seen.setdefault(row.canonical, row)
    return [_question(place, row) for row in list(seen.values())[:3]]
