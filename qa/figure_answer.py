"""Rows -> claims: which rows answer a question, and each in one sentence.

A row answers only if it is of the kind, period and measure asked for and its words cover the question's;
what is there instead (growth but no amount, another year) is offered in a refusal, never as the answer.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from qa.horizons import asks_mean
from qa.indicator_fit import PART, names_fit
from qa.lexicon import pattern, piece, regex
from qa.list_asks import expected_count
from qa.match import FigureTable, Library, Match, own_words
from qa.measure_fit import fits_measure, fits_time, is_level_at_end
from qa.narrowed import asks_which_area, is_narrowed, names_area
from qa.phrasing import bare, names_itself, sentence, timed, unit_elsewhere, without_time
from qa.row_choice import is_of_town, pick
from qa.text import fold, quantities
from qa.types import Claim, Evidence, Figure, Scope
from qa.wanted import Wanted

MIN_COVERAGE = 0.72
"""Least share of a question's weight that a row (with its sentence and headings) must hold."""
EXACT_COVERAGE = 0.5
"""The same when the row is of the standard indicator that the question names."""
PART_COVERAGE = 0.55
"""The same when it is of a part of the indicator: its subject holds the narrower words, its surroundings the rest."""
MAX_LEFT = 0.25
"""Most that such a row may leave of words that reports use: they would ask for something narrower."""
MIN_SCORE = 0.5
MAX_VERBATIM = 90
"""Longest clause that is quoted whole for several rows."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one report has for one question: rows that answer it, and the nearest that do not."""

    report_id: str
    place: str
    rows: tuple[Figure, ...] = ()
    instead: tuple[Figure, ...] = ()


def find(table: FigureTable, report: tuple[str, str], scope: Scope, asked: Wanted) -> Found:
    """Look a question up in the rows of one report, given as (report_id, place)."""
    report_id, place = report
    named = [m for m in table.matches(report_id, asked) if names_fit(m, asked)]
    question = fold(scope.question)
    if asks_which_area(question, place):  # the whole is none of its areas
        named = [m for m in named if names_area(m.figure.subject + m.figure.indicator)]
    matches = [m for m in named if not is_narrowed(m.figure, place, question, asked)]
    good = [m for m in matches if _good(m, asked)]
    timely = [
        m
        for m in good
        if (fits_time(m.figure, scope) and _is_mean(m.figure, scope)) or _closes(m.figure, matches, scope)
    ]
    timely = timely or [m for m in good if is_level_at_end(m.figure, scope)]
    fitting = [m for m in timely if fits_measure(m.figure, asked)]
    fitting = fitting or [m for m in timely if _risen_from(m.figure, matches, scope)]
    if not fitting and asked.measure == "share" and regex("asked", "how_much_of_it").search(question):
        fitting = [m for m in timely if fits_measure(m.figure, replace(asked, measure="amount", families=()))]
    if fitting:
        beside = [
            m
            for m in matches
            if m.coverage >= 0.5 and fits_time(m.figure, scope) and fits_measure(m.figure, asked)
        ]
        ends = _ends(timely, matches, scope)
        rows = pick((ends or fitting, beside), scope, asked, table.weights)
        left = _risen_from(rows[0], matches, scope) or _reviewed(rows[0], good, asked, scope)
        if ends and asks_mean(fold(scope.question)):
            return Found(report_id, place, rows=(*left, *rows[:1], *_means(rows[0], fitting)))
        rows = _members(rows[0], matches, scope) or _series(rows[0], table, scope) or rows
        return Found(report_id, place, rows=(*left, *_held_against(rows[0], matches), *rows))
    beside = [m for m in named if m not in matches and _good(m, asked) and fits_time(m.figure, scope)]
    return Found(report_id, place, instead=_instead(timely, good or beside))


def _closes(figure: Figure, matches: Sequence[Match], scope: Scope) -> bool:
    """Whether a value is that of the last year of the span asked about, told beside that of the year before it."""
    if not scope.span or figure.period != scope.span[-4:] or figure.kind != "actual":
        return False
    before = str(int(scope.span[:4]) - 1)
    return any(row.period == before for row in _of_same_clause(figure, matches))


def _ends(timely: list[Match], matches: Sequence[Match], scope: Scope) -> list[Match]:
    """The values that a thing came to over the years asked about, for 五年来从多少增加到多少; no mean of them is that."""
    if not _FROM_WHAT.search(fold(scope.question)):
        return []
    levels = [m for m in timely if m.figure.measure in ("总量", "比率", "占比")]
    return [m for m in levels if _closes(m.figure, matches, scope)]


def _means(lead: Figure, fitting: Sequence[Match]) -> tuple[Figure, ...]:
    """The mean growth of the years that ``lead`` came of, told of the same thing."""
    told = (m.figure for m in fitting if m.figure.is_growth and "—" in m.figure.period)
    return tuple(row for row in told if row.indicator == lead.indicator)[:1]


_GAP_TO = re.compile(r"[高低快慢优多少好]于")


def _held_against(lead: Figure, matches: Sequence[Match]) -> tuple[Figure, ...]:
    """The value itself beside how far it is from another's: 增长4.7%、低于全国0.3个百分点."""
    if not _GAP_TO.match(lead.measure):
        return ()
    beside = _of_same_clause(lead, matches)
    return tuple(row for row in beside if row.end <= lead.start and not _GAP_TO.match(row.measure))[-1:]


def _of_same_clause(figure: Figure, matches: Sequence[Match]) -> list[Figure]:
    """The values of the same thing in the same clause: those that a value is told beside."""
    place = (figure.paragraph, figure.clause_start, figure.indicator)
    rows = [m.figure for m in matches]
    return [row for row in rows if (row.paragraph, row.clause_start, row.indicator) == place]


def _members(lead: Figure, matches: Sequence[Match], scope: Scope) -> tuple[Figure, ...]:
    """All values of a set that a question counts (三大产业产值各多少), where a clause deals them out over as many."""
    question = fold(scope.question)
    count = expected_count(question) if _EACH_ASKED.search(question) else None
    where = (lead.paragraph, lead.clause_start, lead.measure, lead.kind, lead.unit)
    same = [
        m.figure
        for m in matches
        if (m.figure.paragraph, m.figure.clause_start, m.figure.measure, m.figure.kind, m.figure.unit)
        == where
    ]
    names = {row.indicator for row in same}
    return tuple(sorted(same, key=lambda row: row.start)) if count == len(same) == len(names) else ()


def _series(lead: Figure, table: FigureTable, scope: Scope) -> tuple[Figure, ...]:
    """All values of a set that a question counts, or of several (支出那几项各多少), where the clauses of a paragraph give one each."""
    question = fold(scope.question)
    each = _EACH_ASKED.search(question)
    count = expected_count(question) if each else None
    several = bool(each and not count and _SEVERAL.search(question))
    alike = (lead.measure, lead.kind, lead.unit, lead.indicator[-2:])
    rows = {
        row.indicator: row
        for row in (table.of_paragraph(lead) if count or several else ())
        if (row.measure, row.kind, row.unit, row.indicator[-2:]) == alike
    }
    if several:
        rows = {name: row for name, row in rows.items() if name != lead.indicator}
    enough = len(rows) >= LEAST_SEVERAL if several else len(rows) == count
    return tuple(sorted(rows.values(), key=lambda row: row.start)) if enough else ()


LEAST_SEVERAL = 3
_SEVERAL = regex("asked", "several")
_EACH_ASKED = re.compile(r"各|分别|都(?:是|有)?多少")


def _is_mean(figure: Figure, scope: Scope) -> bool:
    """Whether a row is a mean of years where one is asked for: no year's own growth is the 年均增速."""
    return "—" in figure.period or not asks_mean(fold(scope.question))


def _good(match: Match, asked: Wanted) -> bool:
    """Whether a row holds enough of the question; less will do when it is the very indicator asked for."""
    exact = match.figure.canonical in asked.indicators or own_words(match.figure) == asked.said
    own = not match.figure.subject or is_of_town(match.figure)
    exact = exact and own and match.left <= MAX_LEFT
    if match.part >= PART and match.coverage >= PART_COVERAGE:
        return True
    return match.coverage >= (EXACT_COVERAGE if exact else MIN_COVERAGE) and match.score >= (
        0.4 if exact else MIN_SCORE
    )


_FROM_WHAT = re.compile(
    r"[从由](?:多少|几)[^，。；？]*?[到至为成](?:了)?(?:多少|几)|(?:原来|原先|起初|[一两三四五]年前)(?:是|为)?(?:多少|几)"
    rf"|{piece('asked', 'moved_by')}了(?:多少|几)|[三五十]年[^，。；？]{{0,12}}变化"
)


def _risen_from(lead: Figure, matches: Sequence[Match], scope: Scope) -> tuple[Figure, ...]:
    """The value left behind, beside the one reached, for 从多少升到多少 and 提高了多少."""
    if not _FROM_WHAT.search(fold(scope.question)):
        return ()
    same = _of_same_clause(lead, matches)
    return tuple(row for row in same if row.end <= lead.start and row.measure == lead.measure)


def _reviewed(lead: Figure, good: Sequence[Match], asked: Wanted, scope: Scope) -> tuple[Figure, ...]:
    """The result of the year reviewed, beside the aim, for an aim of 从多少做到多少."""
    if lead.kind != "target" or not _FROM_WHAT.search(fold(scope.question)):
        return ()
    verbs = pattern("subject", "verbs")
    thing = verbs.sub("", lead.indicator)
    told = [
        m.figure
        for m in good
        if m.figure.kind == "actual" and m.figure.measure == lead.measure and fits_measure(m.figure, asked)
    ]
    same = (row for row in told if row.unit == lead.unit and verbs.sub("", row.indicator) == thing)
    return tuple(same)[:1]


def _instead(timely: list[Match], good: list[Match]) -> tuple[Figure, ...]:
    source = timely or good
    return tuple(m.figure for m in source[:1])


def claims(found: Found, library: Library) -> list[Claim]:
    """A sentence for each row, cited by its clause; rows of one clause share a sentence."""
    made: list[Claim] = []
    rows = _distinct(found.rows)
    for _, group in itertools.groupby(rows, key=lambda row: (row.paragraph, row.clause_start, row.report_id)):
        together = sorted(group, key=lambda row: row.start)
        text = library.text(together[0].report_id)
        span = text[together[0].clause_start : together[-1].end]
        dealt = "分别" in span and len(quantities(fold(span))) != len(together)
        whole = len(span) <= MAX_VERBATIM and not dealt and "。" not in span
        whole = whole and names_itself(together[0], span)
        if len(together) > 1 and whole and not any(unit_elsewhere(row, text) for row in together):
            latest = max(together, key=lambda row: row.period[-4:])  # not the year of the value left behind
            said = timed(latest, found.place, bare(without_time(latest, span), found.place))
            made.append(Claim(said + "。", (evidence(together[-1]),), tuple(together)))
        else:
            made += [
                Claim(
                    sentence(row, found.place, library) + "。",
                    (evidence(row),),
                    (row,),
                )
                for row in together
            ]
    return made


def _distinct(rows: Sequence[Figure]) -> list[Figure]:
    """Rows that say something new: a report may state one figure in its summary and again below."""
    kept: dict[tuple[str, Decimal, str, str], Figure] = {}
    for row in rows:
        kept.setdefault((row.canonical or row.indicator, row.value, row.unit, row.period), row)
    return list(kept.values())


def evidence(figure: Figure) -> Evidence:
    """The clause that a row stands in, from its subject on."""
    return Evidence(figure.report_id, figure.paragraph, figure.clause_start, figure.clause_end)
