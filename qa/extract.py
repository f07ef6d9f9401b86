"""Scope + hits + rows -> draft: the answerer that needs no language model.

It quotes and assembles. Figure questions go to rows, list questions to enumerations, the rest to the
sentences that hold what was asked; when none does, the draft says so and offers what is nearest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from qa.about import report_facts
from qa.attempts import (
    by_figures,
    by_list,
    by_mention,
    by_text,
    by_text_with_number,
    with_year_anchor,
    without_repeats,
)
from qa.lexicon import pattern
from qa.match import pairs_of
from qa.refusal import no_report, not_stated, not_understood, off_topic, other_year, year_not_covered
from qa.set_topics import by_topic, by_year_named
from qa.sources import Sources
from qa.text import fold
from qa.types import Ask, Claim, Draft, Figure, Hit, Scope
from qa.wants import Wanted, wanted, wanted_of

Attempt = Callable[["Scope", Sequence[Hit], "Sources", Sequence[Wanted]], "Draft | None"]
"""A way of answering; None when it finds nothing."""


def draft(scope: Scope, hits: Sequence[Hit], sources: Sources) -> Draft:
    """Answer a question from its hits and rows, or decline with a reason and what there is instead."""
    if scope.intent == "off_topic":
        return Draft((Claim(off_topic(sources.reports)),), reason="off_topic")
    if scope.missing_places:
        return no_report(scope, sources)
    scope = scope if len(scope.years) > 1 else with_year_anchor(scope, sources)
    asked = _asked_for(wanted(scope), sources)
    if year_not_covered(scope, sources):
        return other_year(scope, sources, asked)
    about = report_facts(scope, sources.library, sources.chosen(scope))
    if about:
        return Draft(about)
    if not any(want.readings for want in asked) and scope.intent != "list":
        return by_topic(scope, sources) or by_year_named(scope, sources) or not_understood(scope, sources)
    asks = _distinct(scope)
    if len(asks) > 1:
        return _each(replace(scope, asks=asks), hits, sources)
    return _whole_or_parts(scope, hits, sources, asked) or not_stated(scope, hits, sources, asked)


def _distinct(scope: Scope) -> tuple[Ask, ...]:
    """The questions to be answered one by one: of a comparison only those after another thing or measure."""
    if scope.intent == "figure" or len(scope.asks) < 2:
        return scope.asks if scope.intent == "figure" else ()
    if scope.intent != "compare":
        return ()
    kept: list[Ask] = []
    seen: list[tuple[tuple[str, ...], str]] = []
    for ask in scope.asks:
        wants = wanted_of(ask, replace(scope, asks=()))
        names = tuple(name for want in wants for name in want.indicators)
        key = (names or ask.terms, wants[0].measure)
        same = next((i for i, one in enumerate(seen) if _is_same(key, one)), None)
        if same is None:
            seen.append(key)
            kept.append(ask)
        else:  # "各多少，差多少": one thing, asked about twice
            kept[same] = replace(kept[same], text=kept[same].text + ask.text)
            seen[same] = (seen[same][0], seen[same][1] or key[1])
    return tuple(kept)


def _is_same(one: tuple[tuple[str, ...], str], other: tuple[tuple[str, ...], str]) -> bool:
    return one[0] == other[0] and (not one[1] or not other[1] or one[1] == other[1])


def _one(scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]) -> Draft | None:
    topical = by_topic(scope, sources)
    if topical:
        return topical
    if pattern("cause", "ask").search(fold(scope.question)):
        return by_text(scope, hits, sources, asked)
    for attempt in _attempts(scope):
        made = attempt(scope, hits, sources, asked)
        if made is not None:
            return made
    return None


def _each(scope: Scope, hits: Sequence[Hit], sources: Sources) -> Draft:
    """Answer each thing that a question asks; what is not stated is said so beside what is."""
    drafts = [(ask, _asked(ask, scope, hits, sources)) for ask in scope.asks]
    if not any(made for _, made in drafts):
        return not_stated(scope, hits, sources, wanted(scope))
    return _joined(drafts)


SPECIFIC = 2.0
"""Weight of an ask's own words (about four rare characters) from which it needs no topic to be understood."""


def _asked(ask: Ask, scope: Scope, hits: Sequence[Hit], sources: Sources) -> Draft | None:
    """The answer to one of several asks: within the topic they share, or by its own words if they tell enough."""
    own = replace(
        scope, question=ask.text, terms=ask.terms or ask.topic, kind=ask.kind, years=ask.years,
        asks=(), parts=ask.parts,
    )  # fmt: skip
    made = _whole_or_parts(own, hits, sources, _asked_for(wanted_of(ask, own), sources))
    if made is not None or not ask.topic:
        return made
    alone = pairs_of(" ".join(ask.terms))
    if sources.weights.sum(pair for pair in alone if pair in sources.weights.known) < SPECIFIC:
        return None
    return _whole_or_parts(own, hits, sources, _asked_for(wanted_of(replace(ask, topic=()), own), sources))


def _asked_for(asked: Sequence[Wanted], sources: Sources) -> tuple[Wanted, ...]:
    """What is asked, without the pairs that only stand between two words of its own."""
    return tuple(
        replace(want, readings=tuple((sources.weights.words(pairs), worth) for pairs, worth in want.readings))
        for want in asked
    )


def _whole_or_parts(
    scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]
) -> Draft | None:
    """One answer for "A、B各多少" if one speaks of both; else an answer to each, if two or more have one."""
    whole = _one(scope, hits, sources, asked)
    if not scope.parts or scope.intent != "figure":
        return whole
    enough = whole is not None and len(_rows(whole)) >= len(scope.parts)
    if whole is not None and enough and all(_speaks_of(part, whole, sources) for part in scope.parts):
        return whole
    drafts = [(part, _asked(part, scope, hits, sources)) for part in scope.parts]
    told = [made for _, made in drafts if made is not None]
    if len(told) < 2:
        return whole
    rows = frozenset().union(*map(_rows, told))
    one_row = whole is not None and all(_speaks_of(part, whole, sources) for part in scope.parts)
    return whole if one_row and len(rows) <= len(_rows(whole or told[0])) else _joined(drafts)


def _rows(made: Draft) -> frozenset[Figure]:
    return frozenset(row for claim in made.claims for row in claim.figures)


HELD = 0.6
"""Share of a part's weight that an answer to the whole must hold to speak of it."""


def _speaks_of(part: Ask, made: Draft, sources: Sources) -> bool:
    wanted_pairs = pairs_of(" ".join(part.terms))
    held = frozenset().union(*(pairs_of(claim.text) for claim in made.claims))
    return sources.weights.sum(wanted_pairs & held) >= HELD * sources.weights.sum(wanted_pairs)


def _joined(drafts: Sequence[tuple[Ask, Draft | None]]) -> Draft:
    """Several answers one after the other; what is not stated is said so."""
    claims_made: list[Claim] = []
    for ask, made in drafts:
        if made is None:
            part = ask.text.strip("，。？?、 “”")
            claims_made.append(Claim(f"“{part}”：资料中未提及。", echo=part))
        else:
            claims_made += made.claims
    return Draft(tuple(without_repeats(claims_made)))


def _attempts(scope: Scope) -> tuple[Attempt, ...]:
    if scope.intent == "list":
        return (by_list, by_text, by_figures)
    if scope.intent == "compare" and pattern("mention", "ask").search(fold(scope.question)):
        return (by_mention, by_text)
    if scope.intent == "compare":
        return (by_figures, by_mention)
    if scope.intent == "figure":
        return (by_figures, by_text_with_number)
    return (by_text, by_figures)
