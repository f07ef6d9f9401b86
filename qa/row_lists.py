"""Rows of one measure over several things as a list: 给哪些产业定了产值目标，分别多少."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.figure_answer import evidence
from qa.indicator_names import as_reports_write
from qa.lexicon import pattern, words
from qa.measure_fit import fits_measure, fits_time
from qa.phrasing import phrase
from qa.sources import Sources
from qa.text import fold
from qa.types import Claim, Draft, Figure, Hit, ReportInfo, Scope
from qa.wanted import Wanted

_OVER = re.compile(
    r"哪(?:些|几[个类种大]?)(?P<noun>[\u4e00-\u9fff]{2,4}?)(?=[定设的产有完实达收投出增]|[，。？、]|$)"
)
_AMOUNTS = re.compile(r"多少|几[个亿万]|数字|目标值|[各分]别?是?多")


def by_measure(scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]) -> Draft | None:
    """Each thing of the kind asked about with its value of one measure; None for fewer than two."""
    question = fold(scope.question)
    over, reports = _OVER.search(question), sources.chosen(scope)
    if over is None or not _AMOUNTS.search(question) or len(asked) != 1 or len(reports) != 1:
        return None
    name = _measure_of(scope, asked[0])
    rows = _rows(reports[0], name, over["noun"], scope, sources, asked[0]) if name else []
    if len(rows) < 2:
        return None
    info, text = reports[0], sources.library.text(reports[0].report_id)
    made = [Claim(f"{info.called}里：")]
    return Draft((*made, *(Claim(f"- {phrase(r, info.place, text)}", (evidence(r),), (r,)) for r in rows)))


def _measure_of(scope: Scope, asked: Wanted) -> str:
    """The name that all rows end in: the indicator asked for, or the noun of measure that a term ends in."""
    if asked.indicators:
        return asked.indicators[0]
    heads = (*words("subject", "asked_heads"), *words("subject", "heads"))
    terms = (pattern("growth", "ask").sub("", as_reports_write(term)) for term in scope.terms)
    return next((head for term in terms for head in heads if term.endswith(head)), "")


def _rows(
    info: ReportInfo, name: str, noun: str, scope: Scope, sources: Sources, asked: Wanted
) -> list[Figure]:
    """The rows of the measure that have a bearer of the kind before it, each bearer once, in the order of the text."""
    found: dict[str, Figure] = {}
    for row in sources.library.figures(info.report_id):
        said = as_reports_write(fold(row.indicator))
        own = said.removesuffix(name)
        if own == said or noun not in own or not fits_time(row, scope) or not fits_measure(row, asked):
            continue
        if row.measure != "总量" and asked.measure in ("", "amount"):
            continue
        found.setdefault(own, row)
    return sorted(found.values(), key=lambda row: row.start)
