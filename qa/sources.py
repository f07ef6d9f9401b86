"""What the answerers read, and the claims that answers and refusals share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.figure_answer import Found, evidence, find
from qa.indicator_names import indicators_in
from qa.lexicon import indicators, regex
from qa.match import FigureTable, Library, Weights
from qa.paraphrased_rows import agreed
from qa.phrasing import phrase
from qa.text import bigrams, fold, split_sentences
from qa.text_answer import MAX_LEAD, MAX_QUOTE, Quote, trim
from qa.types import Claim, Evidence, Figure, ReportInfo, Scope
from qa.wanted import Wanted

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
        """How rare the words of these reports are."""
        return self.table.weights

    def chosen(self, scope: Scope) -> list[ReportInfo]:
        """The reports in scope, in the order of the scope."""
        by_id = {info.report_id: info for info in self.reports}
        return [by_id[i] for i in scope.report_ids if i in by_id][:MAX_REPORTS]

    def info(self, report_id: str) -> ReportInfo:
        """The report of an id that is among these."""
        return next(info for info in self.reports if info.report_id == report_id)


def asked_for(asked: Sequence[Wanted], sources: Sources) -> tuple[Wanted, ...]:
    """What is asked, without the pairs that only stand between two words of its own."""
    return tuple(
        replace(want, readings=tuple((sources.weights.words(pairs), worth) for pairs, worth in want.readings))
        for want in asked
    )


def look_up(scope: Scope, sources: Sources, asked: Sequence[Wanted]) -> list[list[Found]]:
    """For each thing asked, what each report has; of several, also what says the same in other words."""
    reports = sources.chosen(scope)
    made = []
    for want in as_told(asked, scope, sources):
        found = [find(sources.table, (r.report_id, r.place), scope, want) for r in reports]
        made.append(agreed(sources.table, found, scope, want))
    return made


def as_told(asked: Sequence[Wanted], scope: Scope, sources: Sources) -> tuple[Wanted, ...]:
    """What is asked, each by the indicator that the reports in scope have where users' words may mean several."""
    return tuple(
        want if _is_told(want, scope, sources) else _meant_else(want, scope, sources) for want in asked
    )


def _is_told(want: Wanted, scope: Scope, sources: Sources) -> bool:
    """Whether a report in scope has a row of the indicator asked for, or no other may be meant."""
    others = {other for name in want.indicators for other in indicators()[name].others}
    precise = set(want.indicators) & set(indicators_in(fold(scope.question)))
    rows = (row for info in sources.chosen(scope) for row in sources.library.figures(info.report_id))
    return not others or bool(precise) or any(row.canonical in want.indicators for row in rows)


def _meant_else(want: Wanted, scope: Scope, sources: Sources) -> Wanted:
    """What users' words may mean besides (失业率: 城镇登记失业率), of which a report in scope has a row."""
    told = {row.canonical for r in sources.chosen(scope) for row in sources.library.figures(r.report_id)}
    for name in want.indicators:
        for other in indicators()[name].others:
            if other in told:
                readings = tuple((_renamed(pairs, name, other), worth) for pairs, worth in want.readings)
                return replace(want, indicators=(other,), readings=readings)
    return want


def _renamed(pairs: frozenset[str], name: str, other: str) -> frozenset[str]:
    return pairs - frozenset(bigrams(name)) | frozenset(bigrams(other))


def with_older(found: Sequence[Found], scope: Scope, sources: Sources, asked: Wanted) -> list[Found]:
    """Where no year is asked about, a place that says nothing in its newest report may have said it before."""
    having = {item.place for item in found if item.rows}
    told = [item.rows[0] for item in found if item.rows]
    if len({item.place for item in found}) > 1 and not told:
        return list(found)
    return [item if item.place in having else _before(item, scope, sources, asked) for item in found]


def _before(silent: Found, scope: Scope, sources: Sources, asked: Wanted) -> Found:
    """What an older report of the place has, the newest of them first; else what there was."""
    older = [r for r in sources.reports if r.place == silent.place and r.report_id not in scope.report_ids]
    for info in sorted(older, key=lambda r: -r.year):
        found = find(sources.table, (info.report_id, info.place), scope, asked)
        if found.rows:
            return found
    return silent


def instead_of(item: Found, sources: Sources) -> list[Claim]:
    """What a report says instead of what was asked: a claim for each such row, () if there is none."""
    made = []
    for row in item.instead:
        said = phrase(row, item.place, sources.library.text(row.report_id))
        when = row.when
        what = "目标" if row.kind == "target" else ""
        made.append(Claim(f"报告中有的是：{item.place}{when}{what}{said}。", (evidence(row),), (row,)))
    return made


def quoted(
    chosen: Sequence[Quote], asked: Wanted, sources: Sources, *, limit: int = MAX_QUOTE
) -> list[Claim]:
    """Each quote in its report's own words; the report is named where it begins to speak."""
    infos = {info.report_id: info for info in sources.reports}
    made: list[Claim] = []
    before = ""
    for quote in chosen:
        info, text = infos[quote.report_id], sources.library.text(quote.report_id)
        if rows := _cells_of(quote, asked, sources):
            lead = "" if quote.report_id == before else f"{info.called}："
            before = quote.report_id
            said = "，".join(phrase(row, info.place, text) for row in rows)
            made.append(Claim(f"{lead}{said}。", tuple(dict.fromkeys(map(evidence, rows))), rows))
            continue
        start, end = trim(quote, text, asked, sources.weights, limit=limit)
        said = text[start:end].strip("，；、：— \n")
        lead = "" if quote.report_id == before else f"{info.called}："
        before = quote.report_id
        ended = said if said.endswith(("。", "！", "？")) else said + "。"
        own = Evidence(quote.report_id, quote.paragraph.number, start, end)
        named = _named_before(quote, said, [claim.evidence for claim in made])
        spans: tuple[Evidence, ...] = (named, own) if named else (own,)
        before_it = text[named.start : named.end].strip() if named else ""
        made.append(Claim(lead + before_it + ended, spans))
    return made


FEW_CELLS = 3
"""Figures of a line of a table that are all told."""


def _cells_of(quote: Quote, asked: Wanted, sources: Sources) -> tuple[Figure, ...]:
    """The figures of a quoted line of a table, which tells nothing without its header: of the measure asked for, or all."""
    if "\t" not in quote.paragraph.text:
        return ()
    number = quote.paragraph.number
    rows = tuple(row for row in sources.library.figures(quote.report_id) if row.paragraph == number)
    growth = asked.measure == "growth"
    few = len(rows) <= FEW_CELLS or asked.measure not in ("growth", "amount")
    return tuple(row for row in rows if few or row.is_growth == growth) or rows


def _named_before(quote: Quote, said: str, given: Sequence[tuple[Evidence, ...]]) -> Evidence | None:
    """The first sentence of its paragraph, for a quote that speaks of what that names as 该项目, unless it is given."""
    spans = split_sentences(quote.paragraph.text, quote.paragraph.start)
    if not regex("sequence", "points_back").match(said) or quote.start <= spans[0][0]:
        return None
    first = Evidence(quote.report_id, quote.paragraph.number, *spans[0])
    short = first.end - first.start <= MAX_LEAD
    return first if short and not any(first in each for each in given) else None


def led(kept: Sequence[Claim], whole: Sequence[Claim]) -> list[Claim]:
    """The claims that are kept, the first of each report with the name of the report that a dropped one began with."""
    leads: dict[str, str] = {}
    for claim in whole:
        begun = _LEAD.match(claim.text)
        leads.setdefault(claim.evidence[0].report_id, begun[0] if begun else "")
    told: list[Claim] = []
    for claim in kept:
        lead = leads.pop(claim.evidence[0].report_id, "")
        told.append(claim if claim.text.startswith(lead) else replace(claim, text=lead + claim.text))
    return told


_LEAD = re.compile(r"[^，。：]{1,20}\d{4}年报告：")
