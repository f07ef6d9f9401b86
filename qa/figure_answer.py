"""Rows -> claims: which rows answer a question, and each in one sentence.

A row answers only if it is of the kind, period and measure asked for and its words cover the question's;
what is there instead (growth but no amount, another year) is offered in a refusal, never as the answer.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from qa.bearers import names_county
from qa.calibre import aside, deeds_of, is_of_deed
from qa.horizons import asks_mean, is_spread
from qa.indicator_fit import PART, names_fit
from qa.lexicon import pattern, piece, regex
from qa.list_asks import expected_count
from qa.match import FigureTable, Library, Match, Weights, own_words, subject_pairs
from qa.measure_fit import fits_measure, fits_time, is_level_at_end
from qa.narrowed import is_narrowed
from qa.opposed import sides
from qa.phrasing import bare, names_itself, sentence, timed, unit_elsewhere, without_time
from qa.text import fold, quantities, unit_family
from qa.types import Claim, Evidence, Figure, Scope
from qa.wanted import Wanted
from qa.year_parts import tells_own_year

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
        return Found(report_id, place, rows=(*left, *rows))
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
    """All values of a set that a question counts, where the clauses of a paragraph give one each: …产业产值61亿元；…业产值44亿元."""
    question = fold(scope.question)
    count = expected_count(question) if _EACH_ASKED.search(question) else None
    alike = (lead.measure, lead.kind, lead.unit, lead.indicator[-2:])
    rows = {
        row.indicator: row
        for row in (table.of_paragraph(lead) if count else ())
        if (row.measure, row.kind, row.unit, row.indicator[-2:]) == alike
    }
    return tuple(sorted(rows.values(), key=lambda row: row.start)) if len(rows) == count else ()


_EACH_ASKED = re.compile(r"各|分别|都(?:是|有)?多少")


def _is_mean(figure: Figure, scope: Scope) -> bool:
    """Whether a row is a mean of years where one is asked for: no year's own growth is the 年均增速."""
    return "—" in figure.period or not asks_mean(fold(scope.question))


ADDS = 0.12
"""A further row of the same sentence is given if it alone carries this share of what was asked."""


def _also(lead: Figure, fitting: list[Match], asked: Wanted, weights: Weights) -> list[Figure]:
    """Rows beside the best one that hold what it leaves out: 精品村12个、示范村121个、提升村386个."""
    if not asked.readings:
        return []
    pairs = min((pairs for pairs, _ in asked.readings), key=len)
    total = weights.sum(pairs) or 1.0
    missing = pairs - subject_pairs(lead)
    made = []
    for match in sorted(fitting, key=lambda m: m.figure.start):
        figure = match.figure
        beside = figure.paragraph == lead.paragraph and abs(figure.start - lead.start) < 120
        held = missing & subject_pairs(figure)
        if figure != lead and beside and figure.kind == lead.kind and weights.sum(held) / total >= ADDS:
            made.append(figure)
            missing -= held
    return made


def _good(match: Match, asked: Wanted) -> bool:
    """Whether a row holds enough of the question; less will do when it is the very indicator asked for."""
    exact = match.figure.canonical in asked.indicators or own_words(match.figure) == asked.said
    own = not match.figure.subject or _of_town(match.figure)
    exact = exact and own and match.left <= MAX_LEFT
    if match.part >= PART and match.coverage >= PART_COVERAGE:
        return True
    return match.coverage >= (EXACT_COVERAGE if exact else MIN_COVERAGE) and match.score >= (
        0.4 if exact else MIN_SCORE
    )


PASSED = ("突破", "超过", "超", "迈上", "近", "逾")
"""Comparators of a result that is often stated exactly beside."""


def _rank_key(match: Match, asked: Wanted) -> float:
    named = match.figure.canonical is not None and match.figure.canonical in asked.indicators
    exact = (0.05 if match.narrower else 0.2) if named else 0.0
    exact = 0.3 if asked.said and own_words(match.figure) == asked.said else exact
    wider = -0.25 if match.figure.subject or names_county(match.figure.indicator) else 0.0
    passed = -0.05 if match.figure.kind == "actual" and match.figure.comparator in PASSED else 0.0
    moved = {"增速": -0.06, "降幅": -0.06, "变化": -0.08}
    grown = moved.get(match.figure.measure, 0.0) if not asked.measure else 0.0
    whole = match.figure.indicator.endswith(("总数", "总量", "累计", "保有量"))
    added = not whole and (
        match.figure.measure == "增量" or match.figure.indicator.startswith(("新增", "净增", "新"))
    )
    fitting = 0.0
    if asked.increment:
        fitting = 0.3 if added else 0.0
    elif not added:
        fitting = 0.12
    sided = 0.05 * len(asked.sides & sides(own_words(match.figure))) if asked.sides else 0.0
    all_of = asked.whole and (whole or (match.figure.measure == "总量" and not added))
    fitting += 0.1 if unit_family(match.figure.unit) in asked.families else 0.0
    return match.score + exact + wider + passed + grown + fitting + sided + (0.2 if all_of else 0.0)


OTHER_DEED = 0.15
"""What a row loses, beside those of other reports, that is of another deed than the question names."""


TOLD_WITH = 0.03
"""What an amount gains that is told with its growth: a look back on five years gives it once more, alone."""


def _place_of(figure: Figure) -> tuple[int, int, str, str]:
    return figure.paragraph, figure.clause_start, figure.indicator, figure.period


AS_FAR = 0.15
"""What a row gains that is of all there is, or of what was finished, where the question asks for that."""


AS_ASKED = 0.02
"""What a row gains whose own words the question uses: 网上零售额 before what is sold 通过公共网络."""

OF_ALL_YEARS = 0.25
"""What the whole cost of things loses where that of the year is asked for: 总投资362亿元，年度计划投资85亿元."""


def _is_of_all_years(row: Figure, question: str) -> bool:
    of_year = re.search(r"(?:今年|年度|当年|年内|本年)[^，。；？]{0,10}投资|计划(?:完成)?投资", question)
    return bool(of_year) and "总投资" not in question and row.indicator.endswith("总投资")


def _of_extent(row: Figure, question: str) -> float:
    """耕地有多少亩 asks for 实有耕地 before 流入耕地, 完成了几个 for what was finished before what was set out."""
    stock = regex("asked", "there_is").search(question) and pattern("figure", "stock").search(row.indicator)
    done = regex("finish", "counted").search(question) and "建成" in deeds_of(row)
    return AS_FAR if stock or done else 0.0


def _on_topic(row: Figure, asked: Wanted, weights: Weights) -> float:
    """What a row gains by naming the topic that opened the question: 重大项目完成投资 after 重大项目竣工."""
    held = weights.sum(subject_pairs(row) & asked.topic)
    return 0.1 * held / (weights.sum(asked.topic) or 1.0)


def _as_meant(row: Figure, scope: Scope) -> float:
    """What a row gains or loses by the time, deed, stage and extent that the question means."""
    question, several = fold(scope.question), len(scope.report_ids) > 1
    gain = _of_extent(row, question)
    gain += AS_ASKED if len(row.indicator) > 2 and fold(row.indicator) in question else 0.0
    loss = _spread_over(row, scope) + _left_behind(row, scope) + aside(row, question)
    loss += OTHER_DEED if several and not is_of_deed(row, question) else 0.0
    loss += OF_ALL_YEARS if _is_of_all_years(row, question) else 0.0
    return gain - loss


def pick(
    found: tuple[list[Match], list[Match]], scope: Scope, asked: Wanted, weights: Weights
) -> tuple[Figure, ...]:
    """The rows that answer, best first, of the matches that fit (at least one) and those that stand beside them.

    Where neither kind nor year is asked about, the best result and the best target; of each also what is said
    with it. Of equal rows the first in the report.
    """
    fitting, beside = found
    grown = {_place_of(m.figure) for m in fitting if m.figure.is_growth}
    worth = {
        m.figure: _rank_key(m, asked)
        + _on_topic(m.figure, asked, weights)
        + (TOLD_WITH if _place_of(m.figure) in grown and m.figure.measure == "总量" else 0.0)
        + _as_meant(m.figure, scope)
        for m in fitting
    }
    ranked = sorted(fitting, key=lambda m: (-worth[m.figure], m.figure.start))
    best = ranked[0]
    top = worth[best.figure]
    if scope.kind is None and len(scope.years) != 1:
        actual = next((m for m in ranked if m.figure.kind == "actual"), None)
        target = next((m for m in ranked if m.figure.kind == "target"), None)
        both = [
            m
            for m in (actual, target)
            if m and worth[m.figure] >= top - (TOWN if _of_town(m.figure) else 0.08)
        ]
        leads = [m.figure for m in both] or [best.figure]
    else:
        leads = [best.figure]
    rows: list[Figure] = []
    for lead in leads:
        rows.append(lead)
        rows += _also(lead, beside, asked, weights)
        if not asked.measure and not asked.families:
            rows += _companions(lead, ranked)
    return tuple(dict.fromkeys(rows))


TOWN = 0.35
"""What a result of the town itself may be worth less than the aim of the whole place beside which it is told."""


def _of_town(figure: Figure) -> bool:
    """Whether a result is of the town for which such a value is measured: 市区空气质量优良率."""
    return (
        figure.kind == "actual"
        and figure.canonical is not None
        and bool(_TOWN.match(figure.subject + figure.indicator))
    )


_TOWN = re.compile(r"市区|城区|中心城区|县城")


def _spread_over(figure: Figure, scope: Scope) -> float:
    """What a row over several years (年均, 五年累计) loses where one year is asked about, and one of a year for a span."""
    if scope.span and figure.period.isdigit():
        return 0.15
    span = "—" in figure.period and len(scope.years) == 1
    return 0.15 if span and not is_spread(fold(scope.question)) else 0.0


def _left_behind(figure: Figure, scope: Scope) -> float:
    """What a row of a year before the one reviewed loses where no year is asked about."""
    return 0.15 if is_of_before(figure) and not scope.years else 0.0


def is_of_before(figure: Figure) -> bool:
    """Whether a row is of a year before the one that its report reviews: the 1.90% of 由1.90%提高到2.08%."""
    own_year = tells_own_year(figure.report_id.partition("-")[2].partition("-")[2])  # 2030-甲市-统计公报
    return figure.period.isdigit() and int(figure.period) < int(figure.report_id[:4]) - (not own_year)


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


def _companions(lead: Figure, ranked: list[Match]) -> list[Figure]:
    """Beside the amount of a thing its growth, or how many it was for, from the same clause."""
    same = [
        m.figure
        for m in ranked
        if m.figure != lead
        and m.figure.indicator == lead.indicator
        and m.figure.paragraph == lead.paragraph
        and (m.figure.clause_start, m.figure.period) == (lead.clause_start, lead.period)
        and m.figure.measure in ("总量", "增速", "降幅")
        and (m.figure.measure, unit_family(m.figure.unit)) != (lead.measure, unit_family(lead.unit))
    ]
    return same[:1]


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
