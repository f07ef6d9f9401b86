"""Ways of answering a question: from rows, from sentences, from enumerations. Each gives None when it finds nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.compare import comparison
from qa.figure_answer import Found, claims, is_of_before
from qa.horizons import MEAN, asks_mean, covers, is_spread
from qa.kinds import fits_measure
from qa.lexicon import indicators, pattern, regex
from qa.match import Weights, covered, pairs_of
from qa.names import as_reports_write, indicators_in
from qa.notes import notes_on
from qa.operation import operation_of
from qa.opposed import shuts_out, sides
from qa.sources import Sources, instead_of, look_up, quoted, with_older
from qa.text import fold, quantities, split_sentences, unit_family
from qa.text_answer import MAX_LIST, MAX_QUOTE, Quote, choose, quotes
from qa.types import Claim, Draft, Evidence, Figure, Hit, Kind, Paragraph, ReportInfo, Scope
from qa.wants import MOVES, ORDINAL, Wanted
from qa.where import BULLETIN
from qa.wording import asks_mention


def without_repeats(made: Sequence[Claim]) -> list[Claim]:
    """Leave out a sentence that another one says whole: "…26.1亿元" before "…26.1亿元，排全区第一"."""
    kept: list[Claim] = []
    for i, claim in enumerate(made):
        if claim.text.startswith("|"):  # a line of a table may stand in another one too
            kept.append(claim)
            continue
        said = claim.text.rstrip("。")
        others = [*kept, *made[i + 1 :]]
        if not any(
            (o.text == claim.text and o in kept) or (o.text != claim.text and o.text.startswith(said))
            for o in others
        ):
            kept.append(claim)
    return kept


def with_year_anchor(scope: Scope, sources: Sources) -> Scope:
    """A year that no report in scope reviews or plans must be named by whatever answers."""
    near = {y for r in sources.chosen(scope) for y in (r.year - 1, r.year)}
    outside = tuple(f"{year}年" for year in scope.years if year not in near)
    return replace(scope, anchors=(*scope.anchors, *outside), kind=None) if outside else scope


def by_figures(scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]) -> Draft | None:
    """From rows: a sentence for one place, a table over several, a year at a time over several years."""
    if len(scope.years) > 1 and not scope.asks:
        return _by_years(scope, hits, sources, asked)
    found = look_up(scope, sources, asked)
    if scope.kind is None and not scope.years and len({r.place for r in sources.chosen(scope)}) > 1:
        actual = look_up(replace(scope, kind="actual"), sources, asked)
        if any(item.rows for each in actual for item in each):
            found = actual  # no time said: results, and targets only where no report has a result
    if not scope.years:
        found = [with_older(each, scope, sources, want) for each, want in zip(found, asked, strict=True)]
    if not any(item.rows for each in found for item in each):
        return None
    if len({r.place for r in sources.chosen(scope)}) > 1:
        made = [claim for each in found for claim in comparison(_one_a_place(each), sources.library, scope)]
        return Draft(tuple(made)) if made else None
    made = []
    for each, want in zip(found, asked, strict=True):
        best = max(each, key=most_fitting)
        made += claims(best, sources.library) if best.rows else _silent(best, want, sources)
        made += notes_on(best.rows, sources.library)
    return Draft(tuple(without_repeats(made)))


MENTIONED = 0.75
"""Share of a question's weight that one sentence must hold for its report to mention what is asked about."""


ABOUT_IT = 0.6
"""Share of a question's weight that a sentence of the only place that can answer must hold."""


def is_about(scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Wanted) -> bool:
    """Whether a sentence holds most of what a question asks, which asks it of no place."""
    found = quotes(hits, sources.library, scope, asked, sources.table)
    return any(quote.own >= ABOUT_IT for quote in found)


def by_mention(scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]) -> Draft | None:
    """Which reports speak of something: those that hold its words, or a sentence that says as much.

    The whole text of each report is searched for the words, so that 未提及 is more than not being found.
    """
    question = fold(scope.question)
    named = asks_mention(question)
    if operation_of(question).name not in ("rank", "list") or (_AMOUNT_ASKED.search(question) and not named):
        return None
    chosen = {info.report_id: info for info in sources.chosen(scope)}
    said = quotes(hits, sources.library, scope, asked[0], sources.table)
    spans = {quote.report_id: quote.evidence for quote in reversed(said) if quote.own >= MENTIONED}
    for name in chosen:
        if (span := _first_saying("".join(scope.terms), name, sources)) is not None:
            spans[name] = span
    having = [name for name in chosen if name in spans]
    silent = "、".join(info.place for name, info in chosen.items() if name not in spans)
    if not having:
        return None
    names = "、".join(chosen[name].place for name in having)
    first = Claim(f"报告里写到的有{names}。", tuple(spans[name] for name in having))
    made = [_saying(chosen[name], spans[name], "".join(scope.terms), sources) for name in having]
    last = [Claim(f"{silent}的报告未提及。")] if silent else []
    denied = re.search(rf"(?:没有?|未)(?:{pattern('mention', 'ask').pattern})", fold(scope.question))
    return Draft((*last, first, *made) if denied else (first, *made, *last))


_AMOUNT_ASKED = regex("asked", "amount")
"""A question for an amount is not answered by who writes of it."""


def _first_saying(word: str, report_id: str, sources: Sources) -> Evidence | None:
    """The first sentence of a report that holds a word of two characters or more as it stands."""
    for paragraph in sources.library.paragraphs(report_id) if len(word) > 1 else ():
        if word not in _plain(paragraph.text):
            continue
        for start, end in split_sentences(paragraph.text, paragraph.start):
            if word in _plain(paragraph.text[start - paragraph.start : end - paragraph.start]):
                return Evidence(report_id, paragraph.number, start, end)
    return None


def _plain(text: str) -> str:
    return re.sub(r"[“”‘’《》\s]", "", fold(text))


def _saying(info: ReportInfo, span: Evidence, word: str, sources: Sources) -> Claim:
    """The sentence, or what stands around the word in a long one."""
    said = sources.library.text(span.report_id)[span.start : span.end].strip()
    begin = max(0, min(said.find(word[:4]) - MAX_QUOTE // 2, len(said) - MAX_QUOTE))
    short = "…" * (begin > 0) + said[begin : begin + MAX_QUOTE] + "…" * (begin + MAX_QUOTE < len(said))
    return Claim(f"- {info.place}{info.year}年报告：{short}", (span,))


def most_fitting(found: Found) -> tuple[bool, bool, bool, str]:
    """Of several reports of one place: what came out before what was planned, the one that reviews the year
    before one that looks back on it, the newest before the older."""
    actual = any(row.kind == "actual" for row in found.rows)
    own = any(not is_of_before(row) for row in found.rows)
    return bool(found.rows), actual, own, found.report_id


def _one_a_place(found: Sequence[Found]) -> list[Found]:
    """Of several reports of a place, the one that fits best; places in their order."""
    best: dict[str, Found] = {}
    for item in found:
        if item.place not in best or most_fitting(item) > most_fitting(best[item.place]):
            best[item.place] = item
    return list(best.values())


def _by_years(scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]) -> Draft | None:
    """ "2023年和2024年各是多少": a year at a time."""
    base = max((r.year + (r.doc_kind == BULLETIN) for r in sources.chosen(scope)), default=0)
    made: list[Claim] = []
    for year in sorted(scope.years):
        kind: Kind | None = scope.kind or ("actual" if year < base else "target")
        own = with_year_anchor(replace(scope, years=(year,), kind=kind), sources)
        one = by_figures(own, hits, sources, [replace(want, anchors=own.anchors) for want in asked])
        made += [claim for claim in one.claims if claim not in made] if one else []
    return Draft(tuple(made)) if made else None


def _silent(item: Found, asked: Wanted, sources: Sources) -> list[Claim]:
    name = "、".join(asked.indicators) or "这一项"
    known = any(row.canonical in asked.indicators for row in sources.library.figures(item.report_id))
    how = "没有找到与所问完全相符的数" if known else "资料中未提及"
    return [Claim(f"{item.place}的{name}，{how}。"), *instead_of(item, sources)]


def by_text(scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]) -> Draft | None:
    """From the sentences that hold what was asked, in the report's own words."""
    want = asked[0]
    if scope.intent == "text" and _is_statistic(want, sources.weights) and not _HOW.search(scope.question):
        return None
    limit = MAX_LIST if scope.intent == "list" else MAX_QUOTE
    found = quotes(hits, sources.library, scope, want, sources.table)
    several = len({info.place for info in sources.chosen(scope)}) > 1
    if several and not scope.places and scope.intent != "figure":  # a sentence must hold nearly all of it
        found = [quote for quote in found if quote.own >= MENTIONED]
    made: list[Claim] = []
    if several:
        for info in sources.chosen(scope):
            own = [q for q in found if q.report_id == info.report_id]
            made += quoted(choose(own, limit=1), want, sources, limit=limit)
        best = max((q.coverage for q in found), default=0.0)
        made = made if best else []
    else:
        made = quoted(choose(_of_years(found, scope, sources), limit=3), want, sources, limit=limit)
    return Draft(tuple(made)) if made else None


def _of_years(found: Sequence[Quote], scope: Scope, sources: Sources) -> list[Quote]:
    """Of several reports of a place, the quotes from the parts that speak of the years asked about, if there are."""
    if not scope.years or len(scope.report_ids) < 2:
        return list(found)
    infos = {info.report_id: info for info in sources.reports}
    return [q for q in found if _speaks_of(infos[q.report_id], q.paragraph, scope.years)] or list(found)


def _speaks_of(info: ReportInfo, paragraph: Paragraph, years: Sequence[int]) -> bool:
    """Whether the years are reviewed or planned in a paragraph: a review of the year before, a plan of its own."""
    past = paragraph.part == "review" and info.doc_kind != BULLETIN
    return info.year - past in years


_HOW = pattern("asked", "how")


def _is_statistic(asked: Wanted, weights: Weights) -> bool:
    """Whether a question is nothing but the name of a statistic: its rows answer it, or nothing does."""
    if not any(indicators()[name].statistical for name in asked.indicators):
        return False
    return all(
        weights.sum(pairs - asked.named) <= 0.2 * weights.sum(pairs) for pairs, _ in asked.readings[:1]
    )


def by_text_with_number(
    scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]
) -> Draft | None:
    """A figure question without a row: only a sentence that holds a number of the unit asked for will do."""
    made = None if scope.intent == "compare" else by_text(scope, hits, sources, asked)
    if made is None:
        return None
    statistic = any(indicators()[name].statistical for name in asked[0].indicators)
    ahead = len(scope.years) > 1 and min(scope.years) > max(info.year for info in sources.chosen(scope))
    mean = statistic and asks_mean(fold(scope.question))
    kept = []
    for claim in made.claims:
        if not _is_of_time(claim, scope, sources):
            continue
        if not _states_measure(asked[0], claim, sources):
            continue
        if statistic and not (
            _is_of_years(claim, scope, sources)
            and _states_statistic(asked[0], _of_one_kind(claim.text, scope), sources.weights)
        ):
            continue
        if mean and "年均" not in claim.text:
            continue
        if ahead and not _tells_years(claim.text.partition("：")[2], scope):
            continue
        numbers = quantities(fold(claim.text))
        families = asked[0].families or _families_of(asked[0])
        if _names_another(asked[0], claim.text):
            continue
        if asked[0].head and not _stated_of(asked[0].head, claim.text):
            continue
        if asked[0].measure == "ordinal":
            if _ordinal(scope, claim.text):
                kept.append(claim)
            continue
        rate = {n.family for n in numbers} & {"percent", "tenth", "fraction"}
        if asked[0].measure == "share" and not rate and not _OF_WHOLE.search(scope.question):
            continue
        digits = re.search(r"\d", re.sub(r"\d{4}年|PM\d+(?:\.\d)?", "", claim.text))
        if (not families and digits) or any(n.family in families for n in numbers):
            kept.append(claim)
    return Draft(tuple(kept)) if kept else None


ABOUT, AS_MUCH = 0.5, 0.3
"""Share of a question that the clause of a row must hold to decide what a sentence states, and how much less another may."""


def _states_measure(asked: Wanted, claim: Claim, sources: Sources) -> bool:
    """Whether the rows of a quoted sentence that are most about a question may be its answer.

    One must hold a growth or a rank, if that is asked for, and be of no other side of opposed words. A sentence
    without rows may state anything.
    """
    span = claim.evidence[0]
    rows = [row for row in sources.library.figures(span.report_id) if span.start <= row.start < span.end]
    if not rows or (asked.measure not in ("growth", "rank") and not asked.sides):
        return True
    text = sources.library.text(span.report_id)
    said = {row: row.indicator + text[row.clause_start : row.clause_end] for row in rows}
    held = {row: covered(pairs_of(words), asked, sources.weights) for row, words in said.items()}
    least = max(held.values()) - AS_MUCH if max(held.values()) >= ABOUT else 0.0
    return any(
        _is_of_measure(row, asked) and not shuts_out(asked.sides, sides(fold(said[row])))
        for row in rows
        if held[row] >= least
    )


_OF_WHOLE = re.compile(r"占了?(?:多少|几)(?!成|分)")
"""工业的占多少 asks how many of the whole are; 占比 for a rate."""


def _families_of(asked: Wanted) -> tuple[str, ...]:
    """The kinds of unit that an indicator, or its growth, is told in; () if it has none of its own."""
    units = {indicators()[name].unit for name in asked.indicators}
    growth = ("percent", "point", "times", "double") if asked.measure != "amount" else ()
    return (*map(unit_family, units), *growth) if units and "" not in units else ()


def _names_another(asked: Wanted, text: str) -> bool:
    """Whether a text names, instead of the indicator asked for, only one of a longer name: 新能源汽车产量 for 汽车产量."""
    named = indicators_in(as_reports_write(fold(text)))
    longer = {one for one in named for name in asked.indicators if name in one and name != one}
    return bool(longer) and not set(asked.indicators) & set(named)


def _is_of_measure(row: Figure, asked: Wanted) -> bool:
    """Whether a row holds a growth or a rank, if one is asked for: 降低融资成本9亿元 and 比上半年提升 too."""
    if asked.families or asked.measure not in ("growth", "rank") or fits_measure(row, asked):
        return True
    moved = row.measure.endswith(("变化", "增速")) or MOVES.search(row.indicator)
    return asked.measure == "growth" and bool(moved)


def _ordinal(scope: Scope, text: str) -> bool:
    """Whether a text says the ordinal asked for: 第十届 for 第几届."""
    asked = ORDINAL.search(fold(scope.question))
    return bool(
        asked and re.search(rf"第[一二三四五六七八九十百\d]+{asked['of']}|首{asked['of']}", fold(text))
    )


_AVERAGED = re.compile(rf"[^，；。]*(?:{MEAN})(?=增|新|下|降|递|分别)[^，；。]*")


_SHARE = re.compile(r"[^，；。]*占[^，；。]*(?:比重|比例)[^，；。]*")


def _of_one_kind(text: str, scope: Scope) -> str:
    """A text without averages over years where a year is asked for, and without shares unless one is.

    县城常住人口占县域比重 tells no 常住人口.
    """
    question = fold(scope.question)
    text = text if scope.span or not scope.years or asks_mean(question) else _AVERAGED.sub("", text)
    return text if re.search("占|比重|比例", question) else _SHARE.sub("", text)


ALL_BUT = 0.8
"""Share of a question's weight that a sentence must hold to stand for a missing row of a statistic."""


def _states_statistic(asked: Wanted, text: str, weights: Weights) -> bool:
    """Whether a clause names the statistic with a number of the kind asked for, and the text all else asked."""
    held = pairs_of(text)
    if not any(weights.sum(pairs & held) >= ALL_BUT * weights.sum(pairs) for pairs, _ in asked.readings):
        return False
    for clause in re.split(r"[，；。：]", as_reports_write(fold(text))):
        families = {number.family for number in quantities(clause)}
        for name in asked.indicators:
            named = name in indicators_in(clause)  # 出口总额 is not named by 进出口总额
            if named and _fits_kind(asked, families, unit_family(indicators()[name].unit)):
                return True
    return False


def _is_of_years(claim: Claim, scope: Scope, sources: Sources) -> bool:
    """Whether a sentence stands in the part of its report that speaks of a year asked about, or names one."""
    said = claim.text.partition("报告：")[2] or claim.text
    if not scope.years or any(f"{year}年" in said for year in scope.years):
        return True
    span = claim.evidence[0]
    info = next(r for r in sources.reports if r.report_id == span.report_id)
    return _speaks_of(info, sources.library.paragraphs(span.report_id)[span.paragraph - 1], scope.years)


def _is_of_time(claim: Claim, scope: Scope, sources: Sources) -> bool:
    """Whether a sentence has a number of the span asked about, or for a year one that is not of years together."""
    span = claim.evidence[0]
    rows = [f for f in sources.library.figures(span.report_id) if span.start <= f.start < span.end]
    if not scope.span:
        if rows and len(scope.years) == 1 and all(_is_plan_of_other(row, scope) for row in rows):
            return False
        over = len(scope.years) == 1 and scope.kind == "actual" and not is_spread(fold(scope.question))
        return not (over and rows) or any("—" not in row.period for row in rows)
    said = claim.text.partition("：")[2]
    return any(covers(row.period, scope.span) for row in rows) or (
        scope.kind == "target" and bool(_AHEAD.search(fold(said)))
    )


_AHEAD = re.compile(r"今后|未来|[一二两三四五]年(?![来前])")
"""Words of a sentence for years to come."""


def _is_plan_of_other(row: Figure, scope: Scope) -> bool:
    """Whether a row is a target of another year than the one asked about: what is to be done was not done then."""
    return row.kind == "target" and row.period.isdigit() and int(row.period) > scope.years[0]


def _tells_years(text: str, scope: Scope) -> bool:
    """Whether a sentence speaks of years after the report's own: 到2035年, 今后五年, 用三年时间."""
    said = fold(text)
    return any(f"{year}年" in said for year in scope.years) or bool(_AHEAD.search(said))


def _fits_kind(asked: Wanted, families: set[str], own: str) -> bool:
    if asked.measure == "amount":
        return own in families or bool(families - {"percent", "point"} and own == "")
    if asked.measure == "growth":
        return bool(families & {"percent", "times", "double", "point"})
    return bool(families) and asked.measure in ("", "share")


def _stated_of(head: str, text: str) -> bool:
    """Whether a clause of the text names the noun asked for and holds a number of its own (not 6号线)."""
    clauses = re.split(r"[，；。：]", fold(text))
    return any(head in as_reports_write(clause) and quantities(clause) for clause in clauses)
