"""Scope + hits + rows -> draft: the answerer that needs no language model.

It quotes and assembles. Figure questions go to rows, list questions to enumerations, the rest to the
sentences that hold what was asked; when none does, the draft says so and offers what is nearest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from qa.about_report import report_facts
from qa.answered import is_beside, is_named_so, reports_told, rows_of, rows_told, speaks_of_part
from qa.areas import area_names, by_areas
from qa.dependent_parts import (
    WITH_OPERATION,
    asks_in_words,
    beside,
    is_again,
    is_specific,
    leans,
    sentence_of,
    without_table_again,
)
from qa.distinct_asks import distinct
from qa.divided import by_division
from qa.fields import by_field
from qa.figure_sentences import by_text_with_number, holds_topic, leans_on_topic
from qa.glossary import by_glossary, unexplained
from qa.group_answer import by_groups
from qa.indicator_names import indicators_meant
from qa.joining import without_repeats
from qa.lexicon import indicators, pattern, regex
from qa.list_answer import by_deeds, by_list, by_text_below, by_text_or_below
from qa.list_asks import counts_items
from qa.list_items import by_item
from qa.match import pairs_of
from qa.moved_rows import by_move
from qa.operation import operation_of
from qa.overview import by_overview
from qa.pair_answer import by_pair
from qa.place_pairs import by_places
from qa.place_years import by_place_years
from qa.question_places import Catalogue, covered, is_county
from qa.question_times import AGAINST_PLAN, relative_years
from qa.reckoning import with_tally
from qa.refusal import (
    no_report,
    not_stated,
    not_understood,
    nothing_chosen,
    off_topic,
    other_year,
    year_not_covered,
)
from qa.review_and_plan import by_both_times, of_one_time
from qa.row_lists import by_measure
from qa.scattered_lists import by_things, by_ways
from qa.sequences import by_sequence
from qa.set_topics import by_topic, by_years_named
from qa.sources import Sources, asked_for, led
from qa.strategies import by_figures, by_mention, by_text, is_about, with_year_anchor
from qa.text import fold, years
from qa.types import Ask, Claim, Draft, Hit, Scope
from qa.unsaid import asks_procedure, left_unsaid
from qa.wanted import Wanted, is_share_of, wanted, wanted_of
from qa.wording import EVERY, asks_mention, asks_title, content_of, is_bare_measure

Attempt = Callable[["Scope", Sequence[Hit], "Sources", Sequence[Wanted]], "Draft | None"]
"""A way of answering; None when it finds nothing."""


def draft(scope: Scope, hits: Sequence[Hit], sources: Sources) -> Draft:
    """Answer a question from its hits and rows, or decline with a reason and what there is instead."""
    made = _draft(scope, hits, sources)
    if scope.tally is None or not scope.tally.asks:
        made = with_tally(made, scope, sources)
    notes = tuple(Claim(f"（按“{word}”回答）", echo=word) for word in scope.mended)
    return replace(made, claims=(*notes, *made.claims))


def _draft(scope: Scope, hits: Sequence[Hit], sources: Sources) -> Draft:
    """The answer before notes and tallies: declined, of the report itself, of two values, of each ask, or of one."""
    if not scope.missing_places and (whole := by_overview(scope, sources)):
        return whole
    if scope.intent == "off_topic":
        return Draft((Claim(off_topic(sources.reports, fold(scope.question))),), reason="off_topic")
    if pointed := by_item(scope, sources, lambda own: _draft(own, hits, sources)):
        return pointed
    if scope.missing_places:
        return no_report(scope, sources)
    if not scope.report_ids and sources.reports:
        return nothing_chosen(scope, sources)
    several = {*scope.years, *(year for ask in scope.asks for year in ask.years)}
    scope = scope if len(several) > 1 else with_year_anchor(scope, sources)
    asked = asked_for(wanted(scope), sources)
    of_one_time_all = all({*ask.years} == {*scope.years} for ask in scope.asks)
    if year_not_covered(scope, sources) and (len(scope.asks) < 2 or of_one_time_all):
        # 2011年到2016年占比降低多少: a report may tell of a year long before it.
        held = by_pair(scope, sources)
        reckoned = held if held and any(claim.derived for claim in held.claims) else None
        return reckoned or _left_behind(scope, hits, sources, asked) or other_year(scope, sources)
    if about := report_facts(scope, sources.library, sources.chosen(scope)):
        return Draft(about)
    if names := area_names(scope, sources):
        return names
    if not any(want.readings for want in asked) and scope.intent != "list":
        return _without_content(scope, hits, sources, asked) or not_understood(scope, sources)
    for against in (by_areas, by_groups, by_place_years, by_places, by_pair):
        if held := against(scope, sources):
            return held  # two values, or sums, against each other
    return _as_asked(scope, hits, sources, asked)


def _without_content(
    scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]
) -> Draft | None:
    """A question without a word to look for: of a place in a list, a set topic, a year or a kind of things."""
    made = by_sequence(scope, sources) or by_topic(scope, sources) or by_years_named(scope, sources)
    return made or by_things(scope, hits, sources, asked)


def _as_asked(scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]) -> Draft:
    """The answer to each of several asks, or to the one, in the ways that its kind may be answered."""
    if scope.intent in ("text", "list") and (made := by_both_times(scope, sources)):
        return made
    things = scope.intent == "compare" and not asks_title(fold(scope.question))
    if things and (made := by_things(scope, hits, sources, asked)):
        return made
    asks = distinct(scope)
    if len(asks) > 1:
        return _each(replace(scope, asks=asks), hits, sources)
    scope = replace(scope, asks=())
    made = _whole_or_parts(scope, hits, sources, asked) or _by_one_place(scope, hits, sources)
    if made is None and len(scope.years) > 1 and not _AMOUNT.search(fold(scope.question)):
        made = by_years_named(scope, sources, pairs_of(_COME_TO.sub(" ", " ".join(scope.terms))))
    made = made or by_field(scope, sources)
    if made and asks_procedure(fold(scope.question)):
        made = left_unsaid(scope, made, sources) or made
    return made or not_stated(scope, hits, sources, asked)


_AMOUNT, _COME_TO = regex("asked", "amount"), regex("question", "come_to")


def _left_behind(
    scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]
) -> Draft | None:
    """A value of a year that no report is of, where one says what was left behind: 高铁里程由560公里增加到1320公里."""
    own = replace(scope, kind="actual", intent="figure")
    made = by_figures(own, hits, sources, asked) if scope.intent in ("figure", "compare") else None
    rows = [row for claim in made.claims for row in claim.figures] if made else []
    of_year = {row.period for row in rows} <= {str(year) for year in scope.years}
    return made if rows and of_year else None


def _by_one_place(scope: Scope, hits: Sequence[Hit], sources: Sources) -> Draft | None:
    """A question that names no place, answered by one place alone: 今年 is then its own report's, and it is named."""
    question = fold(scope.question)
    if scope.places or scope.intent == "list" or EVERY.search(question) or asks_mention(question):
        return None
    shifts = () if years(question) else relative_years(question)
    told: list[Draft] = []
    places = dict.fromkeys(info.place for info in (sources.reports if shifts else sources.chosen(scope)))
    for place in places if len(places) > 1 else ():
        infos = tuple(info for info in sources.reports if info.place == place)
        newest = Catalogue(infos).newest(())
        when = tuple(newest + shift for shift in shifts) or scope.years
        telling = [info.report_id for info in infos if not when or set(when) & set(covered(info))]
        own = replace(
            scope, places=(place,), years=when, report_ids=tuple(telling), asks=(), pair=None,
            intent="figure" if scope.intent == "compare" else scope.intent,
        )  # fmt: skip
        near = [hit for hit in hits if hit.chunk.report_id in telling]
        asked = asked_for(wanted(own), sources)
        made = _whole_or_parts(own, near, sources, asked) if telling else None
        sure = made and (rows_told(made) or is_about(own, near, sources, asked[0]))
        told += [made] if made and sure else []
    return told[0] if len(told) == 1 else None


def _one(scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]) -> Draft | None:
    told = by_glossary(scope, sources) or by_sequence(scope, sources) or by_topic(scope, sources)
    if told := told or unexplained(scope, sources):
        return told
    if pattern("cause", "ask").search(fold(scope.question)):
        return by_text(scope, hits, sources, asked)
    for attempt in _attempts(scope):
        made = attempt(scope, hits, sources, asked)
        if made is not None:
            named = attempt in _IN_WORDS and scope.intent in ("list", "text")
            return (left_unsaid(scope, made, sources) if named else None) or made
    return None


_IN_WORDS: tuple[Attempt, ...] = (by_things, by_text, by_text_below, by_text_or_below, by_figures)
"""Ways that quote what holds the words of a question, and may so quote the bare name of what it asks about."""


def _each(scope: Scope, hits: Sequence[Hit], sources: Sources) -> Draft:
    """Answer each thing that a question asks; what is not stated is said so beside what is."""
    drafts: list[tuple[Ask, Draft | None]] = []
    for ask in scope.asks:
        own, before = _scope_of(ask, scope), drafts[-1][1] if drafts else None
        made = _near(ask, own, [before], sources) if before and leans(ask, own, sources) else None
        made = made or _asked(ask, scope, hits, sources)
        if made and before and scope.intent == "compare" and is_again(made, before):
            made = None  # 水质呢 after 空气优良率: the same table is no answer
        drafts.append((ask, made or _at_other_time(ask, scope, hits, sources)))
    told = [made for _, made in drafts if made is not None]
    if not told:
        whole = by_both_times(scope, sources) or by_field(scope, sources)
        return whole or not_stated(scope, hits, sources, wanted(scope))
    drafts = [(ask, made or _near(ask, _scope_of(ask, scope), told, sources)) for ask, made in drafts]
    drafts = [(ask, made or of_one_time(ask, scope, sources)) for ask, made in drafts]
    first = scope.tally.asks if scope.tally else 0
    if not first:
        return _joined(drafts)
    own = replace(scope, asks=scope.asks[:first])
    begin, rest = with_tally(_joined(drafts[:first]), own, sources), _joined(drafts[first:])
    return Draft((*begin.claims, *rest.claims))


def _at_other_time(ask: Ask, scope: Scope, hits: Sequence[Hit], sources: Sources) -> Draft | None:
    """An ask that says no time, after one that did, at the time that another ask of the question says."""
    times = dict.fromkeys((one.kind, one.years, one.span) for one in scope.asks if one.kind)
    if scope.intent != "figure" or len(times) < 2 or relative_years(fold(ask.text)) or years(ask.text):
        return None
    others = (
        replace(ask, kind=kind, years=when, span=span, topic=())
        for kind, when, span in times
        if kind != ask.kind
    )
    found = (_asked(one, scope, hits, sources) for one in others if is_specific(one, sources))
    return next((made for made in found if made is not None), None)


def _near(ask: Ask, own: Scope, told: Sequence[Draft], sources: Sources) -> Draft | None:
    """An answer in a sentence that answered another part, the last one first."""
    for attempt in (beside, sentence_of):
        for other in reversed(told):
            made = attempt(ask, own, other, sources)
            if made is not None:
                return made
    return None


def _scope_of(ask: Ask, scope: Scope) -> Scope:
    """The scope of one of several asks."""
    intent = "text" if scope.intent == "figure" and asks_in_words(ask) else scope.intent
    return replace(
        scope, question=ask.text, terms=ask.terms or ask.topic, kind=ask.kind, years=ask.years, span=ask.span,
        asks=(), parts=ask.parts, intent=intent, anchors=_anchors_in(ask, scope),
    )  # fmt: skip


def _anchors_in(ask: Ask, scope: Scope) -> tuple[str, ...]:
    """Of several lists, or several things asked for at once, each has only the quoted names that its own words have."""
    others = "".join(fold(one.text) for one in (scope.asks if scope.intent == "list" else scope.parts))
    return tuple(
        word
        for word in scope.anchors
        if word in fold(ask.text) or word not in others or _is_year_of(word, ask)
    )


def _is_year_of(word: str, ask: Ask) -> bool:
    """Whether an anchor is a year, and the part of a question says no other."""
    named = bool(_YEAR.fullmatch(word)) and not ask.span
    return named and (not ask.years or int(word[:4]) in ask.years)


def _of_topic(ask: Ask, own: Scope, made: Draft | None, sources: Sources) -> Draft | None:
    """What is quoted for a part that only says what is done (新开工哪条线), as far as it tells of what that is done to."""
    asked = wanted_of(ask, own)[0]
    if made is None or own.intent == "compare" or rows_told(made) or ask.terms == ask.topic:
        return made
    if not asked.topic or not leans_on_topic(own, asked):
        return made
    kept = [claim for claim in made.claims if holds_topic(asked, claim.text, sources.weights)]
    return replace(made, claims=tuple(led(kept, made.claims))) if kept else None


def _asked(ask: Ask, scope: Scope, hits: Sequence[Hit], sources: Sources) -> Draft | None:
    """The answer to one of several asks: within the topic they share, or by its own words if they tell enough."""
    another = bool(indicators_meant(" ".join(ask.terms)) and indicators_meant(" ".join(ask.topic)))
    if another and scope.intent == "compare":
        ask = replace(ask, topic=())  # 新增学位 after 城镇新增就业
    elif scope.intent == "compare" and ask.topic not in ((), ask.terms) and not is_specific(ask, sources):
        whole = tuple(dict.fromkeys((*ask.topic, *ask.terms)))  # 新签约项目：投资总额
        ask = replace(ask, text=f"{''.join(ask.topic)}{ask.text}", terms=whole, topic=())
    own = _scope_of(ask, scope)
    own = with_year_anchor(own, sources) if len(own.years) == 1 else own
    made = _whole_or_parts(own, hits, sources, asked_for(wanted_of(ask, own), sources))
    made = _of_topic(ask, own, made, sources)
    partly = made is not None and scope.intent == "compare" and len(reports_told(made)) < len(scope.places)
    # “四上” that another part names is none of its; a county is its place, a year its time.
    said = tuple(
        word for word in own.anchors if word in fold(ask.text) or is_county(word) or _is_year_of(word, ask)
    )
    beside_it = made is not None and is_beside(ask, made)
    quoted = made is not None and (said != own.anchors or beside_it) and not rows_told(made)
    tells = is_specific(ask, sources)
    named = len("".join(ask.terms)) >= NAMED and (beside_it or made is None)
    alone_too = ask.topic and (tells or named) and not is_share_of(ask)
    if (made is not None and not partly and not quoted) or not alone_too:
        return made
    own = replace(own, anchors=said)
    alone = asked_for(wanted_of(replace(ask, topic=()), own), sources)
    other = _whole_or_parts(own, hits, sources, alone)
    if made is None and other is not None and not tells and not is_named_so(ask, other):
        return None
    if made is None or other is None:
        return made or other
    if quoted:
        return other if rows_told(other) else made
    return (
        other
        if len(reports_told(other)) > len(reports_told(made)) and rows_told(made) <= rows_of(other)
        else made
    )


_YEAR = re.compile(r"\d{4}年")
NAMED = 4
"""Characters of a part's own words that name a thing, where the quote found for it is of another part alone."""


def _whole_or_parts(
    scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]
) -> Draft | None:
    """One answer for "A、B各多少" if one speaks of both; else an answer to each, if two or more have one."""
    whole = _one(scope, hits, sources, asked)
    if not scope.parts or scope.intent not in ("figure", "compare"):
        return whole
    compared = scope.intent == "compare"
    if compared and operation_of(scope.question).name == "list":
        return whole
    of_all = whole is not None and all(speaks_of_part(part, whole, sources) for part in scope.parts)
    if whole is not None and of_all and (compared or len(rows_of(whole)) >= len(scope.parts)):
        return whole
    named = [part for part in scope.parts if not (compared and _names_nothing(part))]
    drafts = [(part, _asked(part, scope, hits, sources)) for part in named]
    told = [made for _, made in drafts if made is not None]
    if len(told) < (1 if compared and whole is None else 2):
        return whole
    rows = frozenset().union(*map(rows_of, told))
    return whole if of_all and len(rows) <= len(rows_of(whole or told[0])) else _joined(drafts)


def _names_nothing(part: Ask) -> bool:
    """Whether a part of a question is but a measure: the growth in 社零，增速最低的市 is of nothing without the other part."""
    return is_bare_measure(part.terms) or all(map(_GROWTH.fullmatch, part.terms))


_GROWTH = regex("asked", "growth_alone")


def _joined(drafts: Sequence[tuple[Ask, Draft | None]]) -> Draft:
    """Several answers one after the other; what is not stated is said so."""
    claims_made: list[Claim] = []
    for ask, made in drafts:
        if made is None:
            part = _in_words(ask)
            claims_made.append(Claim(f"“{part}”：资料中未提及。", echo=part))
        else:
            claims_made += without_table_again(made, claims_made)
    return Draft(tuple(without_repeats(claims_made)))


def _in_words(ask: Ask) -> str:
    """What is not stated: the ask as it was put, or what it stands for where it names no thing (今年呢)."""
    if content_of(fold(ask.text)) or not ask.terms or AGAINST_PLAN.search(fold(ask.text)):
        asked = ask.text.partition(WITH_OPERATION)[0]
        return re.sub(r"[“”]", "", asked).strip("，。？?、 ")
    when = "、".join(f"{year}年" for year in ask.years) or f"{ask.span}年" * bool(ask.span)
    return f"{when}{''.join(ask.terms)}{'目标' if ask.kind == 'target' else ''}"


def _asks_number(scope: Scope) -> bool:
    """Whether a question for a figure may be answered by nothing else: 老旧小区改造得怎么样 may be told in words."""
    if not scope.indicators and regex("asked", "what_aim").search(fold(scope.question)):
        return False
    statistical = any(indicators()[name].statistical for name in scope.indicators)
    return statistical or not scope.indicators or bool(_NUMBER_ASKED.search(fold(scope.question)))


_NUMBER_ASKED = regex("asked", "number")


def _attempts(scope: Scope) -> tuple[Attempt, ...]:
    if scope.intent == "list":
        return (
            by_move,
            by_division,
            by_measure,
            by_list,
            by_ways,
            by_deeds,
            by_things,
            by_text_below,
            by_figures,
        )
    if scope.intent == "compare" and asks_mention(fold(scope.question)):
        return (by_mention, by_text)
    if scope.intent == "compare":
        return (by_figures, by_mention)
    if scope.intent == "figure":
        counted = (by_list,) if counts_items(fold(scope.question)) else ()
        in_words = () if _asks_number(scope) else (by_text,)
        return (by_division, by_figures, by_text_with_number, *counted, *in_words)
    if pattern("when", "ask").search(fold(scope.question)):
        return (by_things, by_text)
    if regex("list", "how_done").search(fold(scope.question)):
        return (by_things, by_deeds, by_text_or_below, by_figures)
    return (by_things, by_text, by_figures)
