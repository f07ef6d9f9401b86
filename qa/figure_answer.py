"""Rows -> claims: one figure in one sentence, or a short table over reports.

A row answers only if it is of the kind, period and measure asked for and its words cover the question's;
what is there instead (growth but no amount, another year) is offered in a refusal, never as the answer.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from qa.clauses import verb_of
from qa.figures import UNDEALT
from qa.lexicon import as_reports_write, indicators, indicators_in, pattern, self_words
from qa.match import FigureTable, Library, Match, Weights, fits_measure, fits_time, signed, subject_pairs
from qa.places import short_name
from qa.text import bigrams, fold, quantities, unit_factor, unit_family
from qa.types import Claim, Evidence, Figure, Scope
from qa.wants import Wanted

MIN_COVERAGE = 0.72
"""Least share of a question's weight that a row (with its sentence and headings) must hold."""
EXACT_COVERAGE = 0.5
"""The same when the row is of the standard indicator that the question names."""
PART, PART_COVERAGE = 0.9, 0.55
"""A row of a part of the indicator (粮食产量里秋粮): its subject holds the narrower words, its surroundings the rest."""
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
    matches = [m for m in table.matches(report_id, asked) if _names_fit(m, asked)]
    good = [m for m in matches if _good(m, asked)]
    timely = [m for m in good if fits_time(m.figure, scope)]
    fitting = [m for m in timely if fits_measure(m.figure, asked)]
    if fitting:
        beside = [
            m
            for m in matches
            if m.coverage >= 0.5 and fits_time(m.figure, scope) and fits_measure(m.figure, asked)
        ]
        return Found(report_id, place, rows=_pick((fitting, beside), scope, asked, table.weights))
    return Found(report_id, place, instead=_instead(timely, good))


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
    exact = match.figure.canonical in asked.indicators and not match.figure.subject and match.left <= MAX_LEFT
    if match.part >= PART and match.coverage >= PART_COVERAGE:
        return True
    return match.coverage >= (EXACT_COVERAGE if exact else MIN_COVERAGE) and match.score >= (
        0.4 if exact else MIN_SCORE
    )


_FILLER = re.compile(
    r"完成|实现|全年|年内|年末|全市|全县|全区|全省|力争|推动|预计|保持|稳定|达到|首次|累计|总量|总额|全社会|全部|我市|地方|同比|其中"
    r"|规模|人数|总数|实际|全体|水平|拟|按|安排|平均|年均|今年|去年|政府|[“”]|\d+年?|（[^）]*）"
)


def _is_half_said(own: str, asked: Wanted) -> bool:
    """Whether a question names enough of another statistic to mean it: 人口 is not 脱贫人口人均纯收入."""
    pairs = frozenset(bigrams(own))
    return any(3 * len(pairs & reading) >= len(pairs) for reading, _ in asked.readings)


_ADDED = re.compile(r"[新增加引扩]|登记|培育|认定|建成|开工|完成|签约|纳统|入库|上规")
"""Words of what came about in a year: without one an amount is of all there is."""

_STOCK = re.compile(r"存量|总量|总数|实有|累计|保有")


def _names_fit(match: Match, asked: Wanted) -> bool:
    """Whether a row is of what the question names, and of nothing narrower.

    Another indicator is never the answer (税收 for 一般公共预算收入), nor a part of it that was not asked
    (综合交通固定资产投资 for 固定资产投资), nor the whole for a part (全市 for 县域).
    """
    figure = match.figure
    own = as_reports_write(fold(figure.subject + figure.indicator))
    if asked.head and asked.head not in own:
        return False
    stock = bool(_STOCK.search(figure.indicator)) or not _ADDED.search(figure.indicator)
    if asked.increment and figure.measure in ("总量", "累计") and stock:
        return False
    if asked.whole and (figure.measure == "增量" or re.match(r"新|净增|认定|培育|引进", figure.indicator)):
        return False
    if not asked.indicators:
        return figure.canonical is None or _is_half_said(own, asked)
    if figure.canonical:
        return figure.canonical in asked.indicators and (not match.lacking or asked.measure == "share")
    name = next((name for name in asked.indicators if name in own), None)
    if name is None:
        return match.part >= PART
    if asked.measure == "share" or not (indicators()[name].statistical or asked.whole):
        return True
    member = next(part for part in re.split(r"[、和]", own) if name in part) if name in own else own
    rest = pattern("subject", "verbs").sub(" ", _FILLER.sub("", member.replace(name, " ")))
    left = frozenset(pair for pair in bigrams(rest) if len(pair) > 1)
    said = frozenset().union(*(pairs for pairs, _ in asked.readings))
    return not match.lacking and (not left or len(left & said) >= len(left) / 2)


def _rank_key(match: Match, asked: Wanted) -> float:
    named = match.figure.canonical is not None and match.figure.canonical in asked.indicators
    exact = (0.05 if match.narrower else 0.2) if named else 0.0
    wider = -0.25 if match.figure.subject else 0.0
    passed = (
        -0.05
        if match.figure.kind == "actual"
        and match.figure.comparator in ("突破", "超过", "超", "迈上", "近", "逾")
        else 0.0
    )
    whole = match.figure.indicator.endswith(("总数", "总量", "累计", "保有量"))
    added = not whole and (
        match.figure.measure == "增量" or match.figure.indicator.startswith(("新增", "净增", "新"))
    )
    fitting = 0.0
    if asked.increment:
        fitting = 0.3 if added else 0.0
    elif not added:
        fitting = 0.12
    all_of = asked.whole and (whole or (match.figure.measure == "总量" and not added))
    return match.score + exact + wider + passed + fitting + (0.2 if all_of else 0.0)


def _pick(
    found: tuple[list[Match], list[Match]], scope: Scope, asked: Wanted, weights: Weights
) -> tuple[Figure, ...]:
    fitting, beside = found
    ranked = sorted(fitting, key=lambda m: (-_rank_key(m, asked), m.figure.start))
    best = ranked[0]
    top = _rank_key(best, asked)
    if scope.kind is None and len(scope.years) != 1:
        actual = next((m for m in ranked if m.figure.kind == "actual"), None)
        target = next((m for m in ranked if m.figure.kind == "target"), None)
        both = [m for m in (actual, target) if m and _rank_key(m, asked) >= top - 0.08]
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


def _companions(lead: Figure, ranked: list[Match]) -> list[Figure]:
    """The growth beside the amount of the same thing in the same sentence."""
    same = [
        m.figure
        for m in ranked
        if m.figure != lead
        and m.figure.indicator == lead.indicator
        and m.figure.paragraph == lead.paragraph
        and m.figure.clause_start == lead.clause_start
        and m.figure.measure in ("总量", "增速", "降幅")
        and m.figure.measure != lead.measure
    ]
    return same[:1]


def _instead(timely: list[Match], good: list[Match]) -> tuple[Figure, ...]:
    source = timely or good
    return tuple(m.figure for m in source[:1])


# ------------------------------------------------------------------ one figure in words


def sentence(figure: Figure, place: str, library: Library) -> str:
    """ "2023年，合肥市地区生产总值增长6.1%": place, period, subject and the value as the report writes it."""
    return _timed(figure, place, phrase(figure, place, library.text(figure.report_id)))


def _timed(figure: Figure, place: str, said: str) -> str:
    when = f"{figure.period}年" if figure.period else ""
    if figure.kind == "target":
        return f"{place}{when}的目标是：{said}"
    return f"{when}，{place}{said}" if when else f"{place}{said}"


def phrase(figure: Figure, place: str, text: str) -> str:
    """Subject and value: the report's own clause where it stands alone, else put together from the row."""
    clause = text[figure.clause_start : figure.end]
    if figure.measure == "排名" and len(clause) <= 70 and "。" not in clause:
        return _bare(clause, place)
    before = text[figure.clause_start : figure.start]
    rest = _noun_after(text, figure)
    alone = (
        not re.search(r"[由从][^，]*$", before)
        and not quantities(fold(before))
        and ("分别" not in before or figure.comparator == UNDEALT)
        and "。" not in before
        and len(clause) <= 70
        and _names_itself(figure, clause + rest)
    )
    if alone and not _follows_list(text, figure):
        return _bare(clause + rest, place)
    name, value = f"{figure.subject}{figure.indicator}", value_of(figure, text)
    said = re.match(r"突破|超|近|约|不|逾|达", value) or verb_of(figure.indicator)
    verb = "" if said and _verb(figure) in ("为", "增加") else _verb(figure)
    return f"{name}{verb}{value}"


def _names_itself(figure: Figure, clause: str) -> bool:
    """Whether the clause says its whole subject, and does not leave its beginning to the one before."""
    if figure.comparator == UNDEALT:
        return True
    said = fold(clause)
    calibre = re.search(r"（(.+)）$", figure.indicator)
    if calibre and fold(calibre[1]) not in said:
        return False  # 排除水电行业影响 stands in a clause of its own, before
    return fold(figure.indicator)[:2] in said or bool(
        figure.canonical and figure.canonical in as_reports_write(said)
    )


def _follows_list(text: str, figure: Figure) -> bool:
    """Whether the value is one of several that stand together: 4.9%、8.3%、4.4%."""
    after = text[figure.end : figure.end + 1]
    return after in "、和" and bool(re.match(r"[、和]\s*[\d０-９]", text[figure.end : figure.end + 3]))


def _noun_after(text: str, figure: Figure) -> str:
    """What a number counts, when the noun stands behind it: 88个|项目开工."""
    tail = re.match(r"[^，。；：！？]{0,40}", text[figure.end : figure.clause_end])
    rest = tail[0] if tail else ""
    return rest if rest and not rest.startswith(("、", "和", "，")) and not quantities(fold(rest)) else ""


def _bare(clause: str, place: str) -> str:
    done = re.sub(r"^(?:[—\-\s]|其中[，：]?|此外，?|同时，?)+", "", clause)
    for word in sorted({*self_words(place), place}, key=len, reverse=True):
        if done.startswith(word):
            return done[len(word) :]
    short = short_name(place)
    rest = done.removeprefix(short)
    standard = as_reports_write(fold(rest))
    named = standard.startswith(indicators_in(standard[:16]))
    return rest if named and done.startswith(short) else done  # 海棠港货物吞吐量 keeps its 海棠


def _verb(figure: Figure) -> str:
    if figure.measure in ("增速", "降幅"):
        if "持平" in figure.comparator or "同步" in figure.comparator:
            return ""
        return "下降" if figure.measure == "降幅" else "增长"
    if figure.measure.startswith(("高于", "低于", "快于", "慢于", "好于", "优于", "高出", "低出")):
        return figure.measure
    if figure.measure.startswith("比") and figure.measure != "比率":
        return re.sub(r"(?:变化|增速|降幅)$", "提升", figure.measure)
    if figure.measure == "增量":
        return "减少" if figure.value < 0 else "增加"
    return {"排名": "排名", "变化": "下降" if figure.value < 0 else "提高", "占比": "为"}.get(
        figure.measure, "为"
    )


def value_of(figure: Figure, text: str) -> str:
    """The value phrase as written, with the unit it shares with its neighbours: 0.9 -> 0.9个百分点."""
    written = text[figure.start : figure.end]
    if figure.unit and not quantities(fold(written) + "。")[:1]:
        return written
    found = quantities(fold(written))
    return written if not found or found[0].unit or not figure.unit else written + figure.unit


# ------------------------------------------------------------------ claims


def claims(found: Found, library: Library) -> list[Claim]:
    """A sentence for each row, cited by its clause; rows of one clause share a sentence."""
    made: list[Claim] = []
    rows = _distinct(found.rows)
    for _, group in itertools.groupby(rows, key=lambda row: (row.paragraph, row.clause_start, row.report_id)):
        together = sorted(group, key=lambda row: row.start)
        text = library.text(together[0].report_id)
        span = text[together[0].clause_start : together[-1].end]
        if len(together) > 1 and len(span) <= MAX_VERBATIM and "分别" not in span and "。" not in span:
            said = _timed(together[0], found.place, _bare(span, found.place))
            made.append(Claim(said + "。", (evidence(together[-1]),), tuple(together)))
        else:
            made += [
                Claim(sentence(row, found.place, library) + "。", (evidence(row),), (row,))
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
    return Evidence(figure.report_id, figure.paragraph, figure.clause_start, figure.clause_end)


@dataclass(frozen=True, slots=True)
class Cell:
    """One report's line of a table; ``figure`` None when the report is silent."""

    place: str
    report_id: str
    figure: Figure | None
    note: str = ""
    other: Figure | None = None


def cells(found: Sequence[Found], library: Library, *, amounts: bool = False) -> list[Cell]:
    """One line a report, all of one measure: the one that most reports state (amounts on a tie).

    With ``amounts``, amounts come first wherever two reports state one.
    """
    groups: dict[tuple[str, str], int] = {}
    for item in found:
        for key in {_group(row) for row in item.rows}:
            groups[key] = groups.get(key, 0) + 1
    if not groups:
        return []
    chosen = max(
        groups,
        key=lambda key: (amounts and key[0] == "amount" and groups[key] > 1, groups[key], key[0] != "growth"),
    )
    made = []
    for item in found:
        row = next((r for r in item.rows if _group(r) == chosen and r.comparator != UNDEALT), None)
        other = next((r for r in (*item.rows, *item.instead) if r is not row), None) if row is None else None
        note = (
            f"未提及（另有{_other_time(other, item)}：{phrase(other, item.place, library.text(other.report_id))}）"
            if other
            else "未提及"
        )
        made.append(Cell(item.place, item.report_id, row, "" if row else note, other))
    return made


def _other_time(other: Figure, item: Found) -> str:
    """When a row speaks of, where it is no answer for its time: 2024年目标."""
    if other in item.rows or not other.period:
        return ""
    return f"{other.period}年{'目标' if other.kind == 'target' else ''}"


def _group(figure: Figure) -> tuple[str, str]:
    growth = figure.measure in ("增速", "降幅")
    amount = figure.measure in ("总量", "累计", "增量")
    return ("growth" if growth else "amount" if amount else figure.measure, unit_family(figure.unit))


def order(rows: Sequence[Figure], *, most: bool = True) -> list[Figure]:
    """Rows by value in base units; ties in the order given."""
    return sorted(rows, key=signed, reverse=most)


def difference(first: Figure, second: Figure) -> tuple[Decimal, str]:
    """Exact difference first - second in the first's unit (percent: percentage points)."""
    factor = unit_factor(first.unit)
    unit = "个百分点" if unit_family(first.unit) == "percent" else first.unit
    return (signed(first) - signed(second)) / factor, unit
