"""What the answerers read, and the claims that answers and refusals share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.figure_answer import Found, evidence, find
from qa.match import FigureTable, Library, Weights
from qa.phrasing import phrase
from qa.text_answer import MAX_QUOTE, Quote, trim
from qa.types import Claim, Evidence, ReportInfo, Scope
from qa.wants import Wanted

MAX_REPORTS = 30
"""Reports that one table shows at most."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What the answerer reads: the index, its catalogue and the rows ready to be matched."""

    library: Library
    reports: tuple[ReportInfo, ...]
    table: FigureTable

    @property
    def weights(self) -> Weights:
        return self.table.weights

    def chosen(self, scope: Scope) -> list[ReportInfo]:
        """The reports in scope, in the order of the scope."""
        by_id = {info.report_id: info for info in self.reports}
        return [by_id[i] for i in scope.report_ids if i in by_id][:MAX_REPORTS]


def look_up(scope: Scope, sources: Sources, asked: Sequence[Wanted]) -> list[list[Found]]:
    """For each thing asked, what each report has."""
    reports = sources.chosen(scope)
    return [[find(sources.table, (r.report_id, r.place), scope, want) for r in reports] for want in asked]


def instead_of(item: Found, sources: Sources) -> list[Claim]:
    made = []
    for row in item.instead:
        said = phrase(row, item.place, sources.library.text(row.report_id))
        when = f"{row.period}年" if row.period else ""
        what = "目标" if row.kind == "target" else ""
        made.append(Claim(f"报告中有的是：{item.place}{when}{what}{said}。", (evidence(row),), (row,)))
    return made


def quoted(
    chosen: Sequence[Quote], info: ReportInfo, asked: Wanted, sources: Sources, *, limit: int = MAX_QUOTE
) -> list[Claim]:
    text = sources.library.text(info.report_id)
    made = []
    for i, quote in enumerate(chosen):
        start, end = trim(quote, text, asked, sources.weights, limit=limit)
        said = text[start:end].strip("，；、：— \n")
        lead = f"{info.place}{info.year}年报告：" if i == 0 else ""
        ended = said if said.endswith(("。", "！", "？")) else said + "。"
        made.append(Claim(lead + ended, (Evidence(quote.report_id, quote.paragraph.number, start, end),)))
    return made
