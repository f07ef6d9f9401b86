"""Question (+ conversation) -> Scope: places, years, actual or target, indicators, kind of question.

Only what the words say; nothing is searched here. A follow-up takes what it does not say itself from the
question before it, never a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from qa.among import among_all
from qa.courtesy import is_off_topic
from qa.followup import completed, together, with_named
from qa.horizons import Horizon, horizons_in, in_two_years, is_over_years
from qa.indicator_names import as_standard, canonicalise, correct, indicators_in
from qa.lexicon import indicators, pattern, piece, regex, sections, words
from qa.list_asks import knows_list
from qa.pair_chain import pairs_of_clauses
from qa.pairing import marked
from qa.periods import PLAN
from qa.plain import as_asked, turns_as_asked
from qa.question_parts import NOW, asks_of, in_clauses, parts_of, time_of, without_restated
from qa.question_places import Catalogue, called_this_year, covered, find_places, told_till
from qa.question_times import relative_years, without_year_before
from qa.reading import Own, read
from qa.reports_meant import facts_asked, newest_of, reports_for, this_year
from qa.restating import measured
from qa.tally import in_two, is_together, moves, ranking_of, tally_of, tally_within, with_both_years
from qa.text import fold, years
from qa.two_years import pair_of_years
from qa.types import Ask, Kind, Pair, ReportInfo, Scope, Tally, Turn
from qa.typos import mended
from qa.wording import VERBS_ONLY, asks_comparison

_LISTED = regex("list", "listed")
_EACH_LISTS = regex("list", "each_lists")
_MEMBERS = regex("list", "members")
_ENDS_IN_MEASURE = regex("asked", "ends_in_measure")
_NUMBER = regex("asked", "number")
_VALUES = re.compile(r"[，；、](?:各自?|分别|都)(?:是|为|定的?是?)(?:多少|几)[^，。；？]{0,3}[？?。]*$")
"""The values beside what is asked of them: 消费目标谁定得高，各是多少."""
_TIME_LAST = re.compile(r"[\s，、]*(?:[12]\d{3}年|[去今上本]年)?[？?]?$")
"""A time behind key words: 工业总产值 2030年."""


def resolve(question: str, catalogue: Catalogue, *, history: Sequence[Turn] = ()) -> Scope:
    """Read a question. ``history`` is the conversation before it, oldest first.

    Returns: a Scope whose ``question`` is complete in itself; ``terms`` are its content words.
    """
    question, history = as_asked(question, catalogue), turns_as_asked(history, catalogue)
    if history:
        question = with_named(question, history, catalogue)
    if history and (turned := _in_turns(question, catalogue, history)):
        return turned
    if both := together(question, history, catalogue):
        joined = resolve(both, catalogue)
        if joined.pair is not None or joined.tally is not None or len(joined.parts) > 1:
            return replace(joined, inherited=("content", "place", "time"))
    question = without_restated(in_clauses(question))
    rest, tally = tally_of(question)
    if tally is None and not history and (scope := _with_tally_within(question, catalogue)):
        return scope
    if tally is None:
        rest, tally = ranking_of(question)
        folded = fold(question)
        if tally is not None and (
            among_all(folded, catalogue.places, find_places(folded, catalogue)[0]) or pair_of_years(folded)
        ):
            rest, tally = question, None
    if tally is None or not (rest or history):
        return _resolve(question, catalogue, history)
    if not rest:
        whole = _resolve(question, catalogue, history)
        if len(whole.places) > 1:
            return whole
        if len(whole.years) == 2 and _holds(whole, tally, catalogue):
            return replace(whole, tally=tally)
    scope = _resolve(with_both_years(rest, tally) if history else rest, catalogue, history)
    if not _holds(scope, tally, catalogue):
        return _resolve(question, catalogue, history)
    years_meant = time_of(tally.said, catalogue.newest(scope.places))[0]
    return replace(scope, tally=replace(tally, years=years_meant))


def _with_tally_within(question: str, catalogue: Catalogue) -> Scope | None:
    """A question with something to be computed in its middle: of what is asked before that alone; else None."""
    before, behind, tally = tally_within(question)
    if tally is None:
        return None
    first, scope = (_resolve(text, catalogue, ()) for text in (before, f"{before}，{behind}"))
    if not _holds(first, tally, catalogue) or not 0 < len(first.asks) < len(scope.asks):
        return None
    years_meant = time_of(tally.said, catalogue.newest(scope.places))[0]
    return replace(scope, pair=None, tally=replace(tally, years=years_meant, asks=len(first.asks)))


def _in_turns(question: str, catalogue: Catalogue, history: Sequence[Turn]) -> Scope | None:
    """A follow-up that asks twice, read as two turns: 海棠的是多少？两家差几亿; 海棠呢，今年又打算建多少.

    Of places the second turn compares those of both; of another time both are asked. None if it is no such one.
    """
    begin, end = in_two(question)
    if not begin or is_off_topic(fold(question)):
        return None
    if is_together(end):
        scope = _resolve(end, catalogue, (*history, Turn("user", begin)))
        return scope if len(scope.places) > 1 and scope.intent == "compare" else None
    first, second = read(begin, catalogue), read(end, catalogue)
    if first.content or not first.places or second.places or not (second.relative or second.years):
        return None
    if second.content and not VERBS_ONLY.fullmatch(second.content):
        return None
    moved = _resolve(begin, catalogue, history)
    if "content" not in moved.inherited or not set(moved.years).isdisjoint(
        _scope(second, catalogue, ())[0].years
    ):
        return None
    joined = _resolve(f"{moved.question.rstrip('？?。')}，{end}", catalogue, ())
    return replace(joined, inherited=moved.inherited) if len(joined.asks) > 1 else None


def _holds(scope: Scope, tally: Tally, catalogue: Catalogue) -> bool:
    """Whether a question without its last words asks for the several values of one place that they need."""
    if (
        len(_places(scope, catalogue)) != 1
        or scope.pair is not None
        or scope.intent not in ("figure", "list", "text")
    ):
        return False
    things = {ask.terms for ask in scope.asks}
    if moves(tally):
        return len(things) < 2 and not scope.parts and len(scope.years) == 2
    return tally.count > 1 or max(len(scope.asks), len(scope.parts), len(scope.years)) > 1


def _resolve(question: str, catalogue: Catalogue, history: Sequence[Turn]) -> Scope:
    said, mended_words = _mended(_by_years(read(question, catalogue), catalogue), catalogue)
    own, previous = said, None
    inherited: tuple[str, ...] = ()
    if not is_off_topic(own.text):
        own, inherited, previous = completed(own, history, catalogue)
        own, meant = _with_figure(own, catalogue)
        mended_words = mended_words or meant
    scope, base = _scope(own, catalogue, inherited)
    scope = replace(scope, mended=mended_words, item=own.item)
    if own.item is not None:
        return scope

    def pair(own: Own, before: Ask) -> Pair | None:
        several = len(_places(scope, catalogue)) != 1
        return pairs_of_clauses(marked(own.text, own.bare), base, several=several, before=before)

    if not inherited or previous is None:
        return _paired(scope, pair(own, _time_of(scope)), catalogue)
    before, _ = _scope(previous, catalogue, ())
    if two := pair(said, replace(_time_of(before), text=before.question, terms=before.terms)):
        return _joined(replace(scope, pair=two), before, said, catalogue)
    anew = pair(own, _time_of(scope)) if len(own.places) < 2 else None
    of_itself = said.content or measured(said.text) or (_NUMBER.search(said.text) and said.kind)
    kept = None if of_itself else pair(previous, _time_of(before))
    return replace(scope, pair=anew or kept)


def _with_figure(own: Own, catalogue: Catalogue) -> tuple[Own, tuple[str, ...]]:
    """A question for a growth of nothing (哪个市增速最高) as one for that of the economy, one that holds places against
    each other in a field (哪个市工业最好) as one by its main figure; and the name of the figure that was meant."""
    if own.missing or own.anchors:
        return own, ()
    grown = regex("asked", "bare_growth").search(own.shown)
    if grown and regex("asked", "growth_alone").fullmatch(own.content):
        (name,) = words("asked", "the_whole")
        return read(f"{own.shown[: grown.start()]}{name}{own.shown[grown.start() :]}", catalogue), (name,)
    if len(own.places) == 1 or not asks_comparison(own.text) or _NUMBER.search(_VALUES.sub("", own.text)):
        return own, ()
    for name in sections("field"):
        field = re.compile(f"{piece('field', name)}{piece('asked', 'of_a_field')}*")
        if field.fullmatch(own.content) if own.content else field.search(own.shown):
            growth = indicators()[name].unit == "money" and not regex("asked", "by_size").search(own.text)
            meant = f"{name}增速" if growth else name
            return read(field.sub(meant, own.shown, count=1), catalogue), (meant,)
    return own, ()


def _paired(scope: Scope, pair: Pair | None, catalogue: Catalogue) -> Scope:
    """A scope with its pair, and with the reports that alone tell of a year of the pair (比2030年多多少)."""
    own = [r for r in catalogue.reports if r.report_id in scope.report_ids]
    told = {year for r in own for year in covered(r)}
    pairs = (pair, *pair.then) if pair else ()
    lacking = {year for one in pairs for side in one.sides for year in side.years} - told
    places = {r.place for r in own}
    more = [r for r in catalogue.reports if r.place in places and lacking & set(covered(r))]
    return replace(scope, pair=pair, report_ids=(*scope.report_ids, *(r.report_id for r in more)))


def _by_years(own: Own, catalogue: Catalogue) -> Own:
    """A question for 这两年 of one place whose reports look back on each of them, with the years by name."""
    if len(own.places) != 1 or own.years or own.relative:
        return own
    first = catalogue.newest(own.places) - 2
    reviewed = {min(covered(r)) for r in catalogue.reports if r.place in own.places}
    if not {first, first + 1} <= reviewed:
        return own
    shown = in_two_years(own.shown, first)
    return own if shown == own.shown else read(shown, catalogue)


def _joined(scope: Scope, before: Scope, said: Own, catalogue: Catalogue) -> Scope:
    """A follow-up whose first value is in the question before: both questions, and the reports of both times."""
    places = _places(scope, catalogue)
    theirs = (
        r.report_id for r in catalogue.reports if r.report_id in before.report_ids and r.place in places
    )
    return replace(
        scope,
        question=f"{before.question.rstrip('？?。')}，{said.shown}",
        report_ids=tuple(dict.fromkeys((*scope.report_ids, *theirs))),
    )


def _time_of(scope: Scope) -> Ask:
    """The time alone of a question; of several years none."""
    return Ask("", (), kind=scope.kind, years=scope.years if len(scope.years) == 1 else ())


def _places(scope: Scope, catalogue: Catalogue) -> set[str]:
    """The places whose reports are in scope."""
    return {r.place for r in catalogue.reports if r.report_id in scope.report_ids}


def _mended(own: Own, catalogue: Catalogue) -> tuple[Own, tuple[str, ...]]:
    """A question without its one wrong character (粮石产量, 桂慧贷), and the words that were meant."""
    if own.missing or is_off_topic(own.text):
        return own, ()
    known = correct(own.text)
    if known != own.text:
        return read(known, catalogue), indicators_in(known)
    pairs = mended(own.content.split(), catalogue.texts)
    shown = own.shown
    for wrong, right in pairs:
        shown = shown.replace(wrong, right)
    if shown == own.shown:
        return own, ()
    own = read(shown, catalogue)
    return own, tuple(
        term
        for term in own.content.split()
        if any(right[:2] in term or right[-2:] in term for _, right in pairs)
    )


def _scope(own: Own, catalogue: Catalogue, inherited: tuple[str, ...]) -> tuple[Scope, int]:
    """The scope without its pair, and the year of which 今年 is said."""
    chosen = [r for r in catalogue.reports if not own.places or r.place in own.places]
    newest = this_year(chosen, own, catalogue)
    told = max((told_till(r) for r in chosen if called_this_year(r) == newest), default=0)
    facts, kind = facts_asked(own, newest, told)
    if kind == "target" and _of_a_plan(own, chosen, newest):
        facts = ()
    ahead = horizons_in(own.horizon, newest)
    span = _span(own, ahead)
    if span:
        facts, kind = (), _kind_over(span, own)
    chosen = reports_for(chosen, own, facts, catalogue, span.span if span else "")
    if own.missing and not own.places:
        chosen = []
    base = newest_of(chosen) if own.years and not own.report_year else 0
    ended = max((told_till(r) for r in chosen), default=0)  # what a release tells of its own year is no plan
    running = (base or newest) <= ended and not own.relative
    now = ended + 1 if running else base or newest
    asks = _of_other_year(asks_of(own.bare, now), own, now)
    terms = tuple(own.content.split())
    if span and len(terms) > 1:
        terms = tuple(term for term in terms if term != "累计")  # 五年累计城镇新增就业
    one = Ask(own.bare, terms, kind=kind, years=facts, span=span.span if span else "")
    if len(asks) < 2 and len(ahead) > 1 and any(time.span for time in ahead):
        asks = _over(ahead, one)
    expanded = as_standard(own.content)
    scope = Scope(
        question=own.shown,
        intent=_intent(own),
        places=own.places,
        missing_places=own.missing,
        years=facts,
        span=one.span,
        kind=kind,
        indicators=indicators_in(expanded),
        terms=terms,
        anchors=own.anchors,
        asks=asks if len(asks) > 1 else (),
        parts=asks[0].parts if len(asks) == 1 else () if asks else parts_of(own.bare, one),
        report_ids=tuple(r.report_id for r in chosen),
        inherited=inherited,
    )
    return scope, newest


def _of_other_year(asks: tuple[Ask, ...], own: Own, now: int) -> tuple[Ask, ...]:
    """The parts of a message that names one year, neither that reviewed nor that planned, all of that year: a part that
    says no time of its own (2019年开工几个，建成几个) is of no other."""
    if len(own.years) != 1 or own.relative or own.years[0] in (now - 1, now):
        return asks
    told = [
        bool(
            years(said)
            or relative_years(said)
            or NOW.search(said)
            or ask.span
            or {*ask.years} - {now, now - 1}
        )
        for ask in asks
        for said in (fold(ask.text),)
    ]
    return tuple(
        ask if timed else replace(ask, years=own.years, kind=None)
        for ask, timed in zip(asks, told, strict=True)
    )


def _of_a_plan(own: Own, chosen: Sequence[ReportInfo], newest: int) -> bool:
    """Whether aims without a year are those of a plan of several years, which has none for a single one."""
    said = own.years or own.relative or own.report_year
    told = [r for r in chosen if r.year == newest]
    return not said and bool(told) and all(r.doc_kind == PLAN for r in told)


def _span(own: Own, said: Sequence[Horizon]) -> Horizon | None:
    """The span of years that a question is about, unless it names single years and no average or sum over them."""
    span = next((time for time in said if time.span), None)
    single = own.years or own.relative or any(time.year for time in said)
    return span if not single or is_over_years(own.text) else None


def _kind_over(span: Horizon, own: Own) -> Kind | None:
    """What was aimed at for a time that is past is asked for by 目标; nothing is done yet of one to come."""
    return "target" if "target" in (span.kind, own.kind) else span.kind


def _over(said: Sequence[Horizon], one: Ask) -> tuple[Ask, ...]:
    """One thing asked of several horizons: an ask for each."""
    return tuple(
        replace(one, kind=time.kind, span=time.span, years=(time.year,) if time.year else ()) for time in said
    )


def _intent(own: Own) -> Literal["figure", "compare", "list", "text", "off_topic"]:
    text = own.text
    if is_off_topic(text):
        return "off_topic"
    several = len(own.places) != 1
    each_lists = _EACH_LISTS.search(text) and not indicators_in(canonicalise(own.content))
    if (
        several
        and asks_comparison(without_year_before(text))
        and not each_lists
        and not re.search(r"全[国区省市](?:排名|第)", text)
    ):
        return "compare"
    if pattern("when", "ask").search(text) and not _NUMBER.search(text):
        return "text"
    listed = _LISTED.search(text)
    if _MEMBERS.search(text) or (knows_list(text) and not _NUMBER.search(text)):
        return "list"
    if listed and not (listed[0].startswith("列") and indicators_in(canonicalise(own.content))):
        return "list"
    if _NUMBER.search(text):
        return "figure"
    if pattern("list", "ask").search(text):
        return "list"
    if len(set(own.years)) > 1 or _ENDS_IN_MEASURE.search(_TIME_LAST.sub("", text)):
        return "figure"
    if indicators_in(canonicalise(own.content)):
        return "figure"
    return "list" if regex("list", "ends_in_set").search(text) else "text"
