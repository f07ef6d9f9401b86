"""Which reports a question is about, and which years: what 今年 is, and who can speak of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.horizons import horizons_in
from qa.indicator_names import indicators_meant
from qa.lexicon import pattern, regex, words
from qa.question_places import Catalogue, called_this_year, covered, told_till
from qa.question_times import kind_of, without_year_before
from qa.reading import Own
from qa.types import Kind, ReportInfo
from qa.wording import asks_comparison


def this_year(reports: list[ReportInfo], own: Own, catalogue: Catalogue) -> int:
    """The year that 今年 is: of the places named; of none named, of the reports that alone speak of the thing."""
    if own.report_year:
        return newest_of(_given_in(own.report_year, reports)) or own.report_year
    timed = own.relative or own.years or own.horizon
    if timed and not own.places and not own.every and len(reports) > 1:
        return replace(catalogue, reports=tuple(_holding(reports, own, catalogue))).newest(())
    return catalogue.newest(own.places)


def facts_asked(own: Own, newest: int, told: int) -> tuple[tuple[int, ...], Kind | None]:
    """Years the facts are about, and actual or target. Of a report of year Y, Y-1 is past and Y planned.

    ``told`` is the last year that a report tells of as done: it is no plan though it may still be running.
    """
    near = tuple(newest + shift for shift in own.relative)
    ends = tuple(time.year for time in horizons_in(own.horizon, newest) if time.year)
    facts = tuple(dict.fromkeys((*own.years, *near, *ends)))
    kind = own.kind if len(facts) < 2 or own.kind == "target" else None
    if kind is None and len(facts) == 1 and not pattern("kind", "both").search(own.text):
        if facts[0] == newest - 1:
            kind = "actual"
        elif facts[0] == newest > told:
            kind = "target"
    elif facts == (newest,) and newest <= told and "今年" in own.text:
        kind = kind_of(own.text.replace("今年", ""), ())
    if kind == "target" and not facts:
        facts = (newest,)
    elif kind == "actual" and not facts and not regex("horizon", "some_years").search(own.text):
        facts = (newest - 1,)
    return facts, kind


def reports_for(
    reports: list[ReportInfo], own: Own, facts: tuple[int, ...], catalogue: Catalogue, span: str = ""
) -> list[ReportInfo]:
    """The reports that can speak of those years; the newest of each place when no year is said."""
    if own.report_year:
        return _given_in(own.report_year, reports)
    if not own.places and not own.every and len(reports) > 1:
        reports = _of_years(_holding(reports, own, catalogue), reports, facts, own, catalogue)
    if span:
        first, last = map(int, span.split("—"))
        within = [r for r in reports if first <= r.year <= last + 1]
        within = _before(last, within) or within if own.kind == "target" else within
        closing = [r for r in within if r.year == last + 1]
        return closing or within or reports
    if facts:
        fitting = [r for r in reports if any(y in covered(r) for y in facts)]
        if own.kind == "target" and not _before(max(facts), fitting):
            older = _before(max(facts), reports)
            fitting = [*older, *fitting] if own.places else older or fitting
        return _newest_of_all(fitting, facts, own) or reports
    newest = {r.place: max(o.year for o in reports if o.place == r.place) for r in reports}
    return [r for r in reports if r.year >= newest[r.place] - (r.doc_kind != "政府工作报告")]


def _newest_of_all(reports: list[ReportInfo], facts: tuple[int, ...], own: Own) -> list[ReportInfo]:
    """Without the older reports of a place where a newer one tells of all the years asked about.

    去年走到哪一步，今年怎么安排: the report before only planned what was done. 去年的目标 stands there alone.
    """
    if len(facts) < 2 or own.kind == "target" or regex("kind", "aimed_before").search(own.text):
        return reports

    def told_since(report: ReportInfo) -> bool:
        newer = (
            r
            for r in reports
            if r.place == report.place and r.doc_kind == report.doc_kind and r.year > report.year
        )
        return any(set(facts) <= set(covered(r)) for r in newer)

    return [report for report in reports if not told_since(report)]


def _before(year: int, reports: Sequence[ReportInfo]) -> list[ReportInfo]:
    """The reports that still have a year before them: what was aimed at for 2020 is told till that year."""
    return [r for r in reports if called_this_year(r) <= year]


def _holding(reports: list[ReportInfo], own: Own, catalogue: Catalogue) -> list[ReportInfo]:
    """No place named: the reports that alone speak of a thing named ("东巴凤一体化"), if there are such."""
    if asks_comparison(without_year_before(own.text)):
        return reports  # a comparison is over all of them, whoever uses just these words
    names = [
        part
        for part in own.content.split()
        if len(part) >= 3
        and not indicators_meant(part)
        and not any(part.endswith(deed) for deed in words("finish", "finished"))  # 主体完工 names no thing
        and not part.startswith(words("head", "on_year"))  # 同比增长 is no thing
    ]
    for name in sorted(names, key=len, reverse=True):
        holders = [r for r in reports if catalogue.holds(r.report_id, name)]
        if holders and len(holders) < len(reports):
            return holders
    return reports


def _of_years(
    holding: list[ReportInfo],
    reports: list[ReportInfo],
    facts: tuple[int, ...],
    own: Own,
    catalogue: Catalogue,
) -> list[ReportInfo]:
    """Of all ``reports`` those ``holding`` a thing, or the ones that speak of it in other words where those tell of another year.

    智能手机产量 of 2023 stands in a table; 药茶产值 of 2019 is told by a report of 2023, not by any report of 2019. Who
    does not even name the year (保障房, of another year's report alone) leaves it to those of the year.
    """

    def of_year(some: list[ReportInfo]) -> list[ReportInfo]:
        return [r for r in some if set(facts) & set(covered(r))]

    spoken = [r for r in reports if catalogue.speaks_of(r.report_id, own.content.split())]
    told = holding if len(holding) < len(reports) else spoken
    if not facts or not told or of_year(told) or asks_comparison(without_year_before(own.text)):
        return holding
    named = [r for r in told if any(catalogue.holds(r.report_id, f"{year}年") for year in facts)]
    return of_year(spoken) or named or of_year(reports) or told


def newest_of(reports: Sequence[ReportInfo]) -> int:
    """The year that reports on the years asked about call 今年, not that of newer ones: 2019 of 2019年赤字多少，专项债多少."""
    return max((called_this_year(r) for r in reports), default=0)


def _given_in(year: int, reports: Sequence[ReportInfo]) -> list[ReportInfo]:
    """The reports called those of a year: given in it, or, late in the year before, of its plans."""
    own = {r.place for r in reports if r.year == year}
    return [r for r in reports if r.year == year or (r.place not in own and told_till(r) + 1 == year)]
