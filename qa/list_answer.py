"""List questions -> drafts: one line and one citation an item, complete and in the report's order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.counted_sets import counted_sets, lists_too_little, of_another_count
from qa.inline_lists import parts_of_span
from qa.lexicon import pattern, regex
from qa.list_asks import ListAsk, expected_count, is_item, list_ask, topic_of, without_example
from qa.lists import (
    ENOUGH,
    Enumeration,
    candidates,
    enumeration,
    heading_span,
    is_generic,
    outline,
    set_as,
)
from qa.match import covered, pairs_of
from qa.number_sets import members, sets_in_one_name, sets_named
from qa.question_times import kind_of, relative_years
from qa.set_topics import asks_problems, by_topic
from qa.sources import MAX_REPORTS, Sources, led
from qa.strategies import by_text
from qa.text import fold, split_sentences, years
from qa.types import Claim, Draft, Evidence, Hit, Kind, Paragraph, ReportInfo, Scope
from qa.wanted import Wanted, wanted

EXAMPLE = "今年民生实事的第三件是什么"


def by_list(scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]) -> Draft | None:
    """From a complete enumeration, item by item; or the one item asked for by its place."""
    ask = list_ask(scope)
    if ask.item and (told := _of_topic(scope, ask, sources)):
        return told
    if ask.item and scope.terms and all(is_item(term) for term in scope.terms):
        unclear = f"没有看懂“{ask.nth}”是哪份清单的：请写明，例如“{EXAMPLE}”。"
        return Draft((Claim(unclear, echo=ask.nth),), reason="not_stated")
    made: list[Claim] = []
    for info, own in _each_report(scope, sources):
        found = _list_of(info, own, sources, asked[0], ask)
        claims = _shown(found, ask, info, sources)
        if claims and ask.item and not any(claim.evidence for claim in claims):
            return Draft(tuple(claims), reason="not_stated")
        made += claims
        if made and _one_place(scope, sources):
            break
    return Draft(tuple(made)) if made else None


def list_items(scope: Scope, sources: Sources) -> tuple[Evidence, ...]:
    """The spans of the list that a question asks for: the search alone rarely finds all their paragraphs."""
    made = by_list(scope, (), sources, wanted(scope)) if scope.intent == "list" else None
    return tuple(span for claim in made.claims for span in claim.evidence) if made else ()


def by_deeds(scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]) -> Draft | None:
    """What is done about a thing (有哪些举措): all that stands below the heading or first sentence that names it."""
    ask = list_ask(scope)
    if not ask.deeds or not ask.terms:
        return None
    about = _wanted(scope, asked[0], ask, sources)
    leads = _best_leads(scope, sources, about)
    if not leads and (topic := topic_of(ask.terms)) != ask.terms and topic:
        own = replace(ask, terms=topic)
        leads = _best_leads(
            scope, sources, replace(_wanted(scope, about, own, sources), anchors=about.anchors)
        )
    return _below_leads(leads, ask, sources)


def by_text_below(
    scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]
) -> Draft | None:
    """The sentences that hold what was asked; for one that only heads its paragraph, what it heads.

    Of the first report of a place that has any; None if they list too little.
    """
    made = None
    for own in (
        [scope] if not _one_place(scope, sources) else [own for _, own in _each_report(scope, sources)]
    ):
        within = [hit for hit in hits if hit.chunk.report_id in own.report_ids]
        made = made or by_text(own, within, sources, asked)
    question = fold(scope.question)
    only_named = regex("list", "ends_in_set").search(question) and not pattern("list", "ask").search(question)
    if made and not only_named and lists_too_little(question, " ".join(claim.text for claim in made.claims)):
        return None
    if made is None or not all(_is_lead(claim.evidence[0], sources) for claim in made.claims):
        return made
    return _below_leads([claim.evidence[0] for claim in made.claims], list_ask(scope), sources) or made


def by_text_or_below(
    scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]
) -> Draft | None:
    """The sentences that hold what was asked; where they only head their paragraphs (发展文旅产业。), what they head.

    How something is done to a thing is told where the thing is named, whatever the deed is called there.
    """
    made = _by_topic_of_deed(scope, hits, sources) or by_text(scope, hits, sources, asked)
    if made is None:
        return None
    told = tuple(claim for claim in made.claims if not _is_lead(claim.evidence[0], sources))
    if told:
        return replace(made, claims=tuple(led(told, made.claims)))
    return _below_leads([claim.evidence[0] for claim in made.claims], list_ask(scope), sources) or made


MOST_QUOTES = 3


def _by_topic_of_deed(scope: Scope, hits: Sequence[Hit], sources: Sources) -> Draft | None:
    """Of how something is done to a thing (怎么吸引人才): the sentences with deed and thing, then those with the thing."""
    topic = topic_of(scope.terms)
    if not topic or topic == scope.terms or not regex("list", "how_done").search(fold(scope.question)):
        return None
    told: list[Claim] = []
    for own in (scope, replace(scope, terms=topic)):
        made = by_text(own, hits, sources, wanted(own))
        told += [
            claim
            for claim in (made.claims if made else ())
            if all(word in fold(claim.text) for word in topic)
        ]
    spans = dict.fromkeys(claim.evidence for claim in told)
    kept = [next(claim for claim in told if claim.evidence == span) for span in list(spans)[:MOST_QUOTES]]
    return Draft(tuple(led(kept, told))) if kept else None


# ------------------------------------------------------------------ which report, which part of it


def _each_report(scope: Scope, sources: Sources) -> list[tuple[ReportInfo, Scope]]:
    """The reports to look in, with the scope for each: of a year asked about, a report plans it or reviews it.

    Of one place the report of that year comes first, unless the question asks for results.
    """
    reports = sources.chosen(scope)[:MAX_REPORTS]
    said = fold(scope.question)
    if not _one_place(scope, sources):
        return [(info, scope) for info in reports]
    if len(scope.years) != 1 or (len(reports) == 1 and scope.kind):
        older = _older(reports[:1], scope, sources)
        return [(r, scope) for r in reports[:1]] + [
            (r, replace(scope, report_ids=(r.report_id,))) for r in older
        ]
    kind = kind_of(said, relative_years(said))
    done = _DONE.search(said) or kind_of(re.sub("去年|上一?年|过去一年", "", said), ()) == "actual"
    made: list[tuple[ReportInfo, Scope]] = []
    for info in sorted(reports, key=lambda info: info.year not in scope.years):
        own: Kind = "target" if info.year in scope.years else "actual"
        if kind in (None, own) or not done:
            made.append((info, replace(scope, kind=own, report_ids=(info.report_id,))))
    return sorted(made, key=lambda one: kind not in (None, one[1].kind))


_DONE = re.compile(r"了|过|完成|办结|落实")
"""A list of what was done in a year stands in its review; 去年的民生实事 may stand in the plan for it alone."""


def _older(newest: Sequence[ReportInfo], scope: Scope, sources: Sources) -> list[ReportInfo]:
    """The reports of the place before its newest, where the question says no time: its list may stand there."""
    if scope.years or scope.kind:
        return []
    return sorted(
        (r for r in sources.reports for n in newest if r.place == n.place and r.year < n.year),
        key=lambda info: -info.year,
    )


def _one_place(scope: Scope, sources: Sources) -> bool:
    return len({info.place for info in sources.chosen(scope)}) == 1


def _in_part(info: ReportInfo, scope: Scope, sources: Sources) -> list[Paragraph]:
    part = scope.part
    return [p for p in sources.library.paragraphs(info.report_id) if part is None or p.part == part]


# ------------------------------------------------------------------ which list

SURE = 0.9
"""Least share of the question in the announcement of a list of another number than it names."""


def _wanted(scope: Scope, asked: Wanted, ask: ListAsk, sources: Sources) -> Wanted:
    """What the list must be about: the question's words, and those without the words for lists in general."""
    bare = without_example(scope, ask)
    own = wanted(bare)[0]
    if is_generic(replace(bare, anchors=())):
        return replace(asked, anchors=bare.anchors)
    readings = tuple((sources.weights.words(pairs), worth) for pairs, worth in own.readings)
    return replace(own, readings=tuple(dict.fromkeys((*asked.readings, *readings))))


def _list_of(
    info: ReportInfo, scope: Scope, sources: Sources, asked: Wanted, ask: ListAsk
) -> list[Enumeration]:
    """The list that a question is about, or the members of each set it names."""
    name, paragraphs = info.report_id, _in_part(info, scope, sources)
    whole = sources.library.paragraphs(name)
    question = fold(scope.question)
    text = sources.library.text(name)
    counted = [e for e in counted_sets(question, name, whole) if _has_amounts(e, text, question)]
    timed = relative_years(question) or years(question)
    if counted and (not timed or all(_within(e, paragraphs) for e in counted)):
        return counted
    named = [members(one, name, span, whole) for one, span in sets_named(question, name, whole)]
    sets = {found.items: found for found in reversed(named) if found}
    if len(sets) < sets_in_one_name(question):
        return []  # a sentence that says what “一核两湾三带” is tells of all three
    if sets:
        return [*reversed(sets.values())]
    bare = without_example(scope, ask)
    about = _wanted(scope, asked, ask, sources)
    if ask.form:
        found = set_as(ask.form, name, paragraphs, about, sources.weights, expected=ask.expected)
        return [found] if found else []
    if ask.example and (found := _holding(ask, name, paragraphs, about, sources, bare)):
        return [found]
    if is_generic(bare) and asks_problems(question):
        return []  # 差距有哪几条: no heading is one
    if is_generic(bare):
        found = outline(name, sources.library, bare, expected=ask.expected)
    else:
        found = enumeration(name, paragraphs, about, sources.weights, expected=ask.expected)
    found = found or _of_another_count(name, paragraphs, about, sources, ask)
    found = found or (of_another_count(question, name, whole) if ask.expected else None)
    return [found] if found else []


def _within(found: Enumeration, paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a list stands in some paragraphs of its report: in the part that tells of the time asked about."""
    return found.items[0].paragraph in {p.number for p in paragraphs}


_AMOUNTS_ASKED = re.compile(r"多少|几(?!个|大|项|件|条)")


def _has_amounts(found: Enumeration, text: str, question: str) -> bool:
    """Whether the items have numbers, if a question asks for those too (各多少)."""
    said = (fold(text[item.start : item.end]) for item in found.items)
    return not _AMOUNTS_ASKED.search(question) or any(re.search(r"\d", one) for one in said)


def _of_another_count(
    name: str, paragraphs: Sequence[Paragraph], about: Wanted, sources: Sources, ask: ListAsk
) -> Enumeration | None:
    """The list that the report announces by the question's words, but by another number: 八件大事 for 九件大事."""
    if not ask.expected:
        return None
    text = sources.library.text(name)
    found = [
        e
        for e in candidates(name, paragraphs, about, sources.weights, expected=None)
        if e.coverage >= SURE and expected_count(_announcement(e, text)) == len(e.items)
    ]
    return max(found, key=lambda e: e.coverage, default=None)


def _announcement(found: Enumeration, text: str) -> str:
    """The sentence that announces a list, or what stands right before its first item."""
    if found.intro:
        return text[found.intro.start : found.intro.end]
    before = text[max(0, found.items[0].start - 40) : found.items[0].start]
    return re.split("[。\n]", before.rstrip("。：\n"))[-1]


def _holding(
    ask: ListAsk, name: str, paragraphs: Sequence[Paragraph], about: Wanted, sources: Sources, scope: Scope
) -> Enumeration | None:
    """The list that has the item which the question gives as an example."""
    found = candidates(name, paragraphs, about, sources.weights, expected=ask.expected)
    found += [e for e in [outline(name, sources.library, scope)] if e]
    text = fold(sources.library.text(name))
    having = [e for e in found if any(ask.example in text[item.start : item.end] for item in e.items)]
    having = [e for e in having if len(e.items) == (ask.expected or len(e.items))]
    return max(having, key=lambda e: e.coverage, default=None)


def _of_topic(scope: Scope, ask: ListAsk, sources: Sources) -> Draft | None:
    """One of the things that every report speaks of in set words, by its place: the second problem."""
    whole = by_topic(replace(scope, terms=ask.terms), sources)
    made: list[Claim] = []
    for claim in whole.claims if whole else ():
        info = sources.info(claim.evidence[0].report_id)
        items = parts_of_span(claim.evidence[0], sources.library.text(info.report_id))
        if len(items) >= 2:
            made.append(_one_item(Enumeration(None, tuple(items), 1.0), ask, info, sources))
    return Draft(tuple(made)) if made and all(claim.evidence for claim in made) else None


def _shown(found: Sequence[Enumeration], ask: ListAsk, info: ReportInfo, sources: Sources) -> list[Claim]:
    if ask.item and len(found) == 1:
        return [_one_item(found[0], ask, info, sources)]
    if ask.expected and len(found) == 1 and len(found[0].items) != ask.expected:
        lead = f"{info.called}里没有找到恰好“{ask.counted}”的清单，最接近的依次是："
        return [Claim(lead, echo=ask.counted), *_listed(found[0], info, sources)[1:]]
    return [claim for one in found for claim in _listed(one, info, sources)]


def _one_item(found: Enumeration, ask: ListAsk, info: ReportInfo, sources: Sources) -> Claim:
    """The item at the place asked for; a list that is shorter has none."""
    if abs(ask.item) > len(found.items):
        return Claim(f"{info.called}的这份清单没有{ask.nth}。", echo=ask.nth)
    item = found.items[ask.item - 1 if ask.item > 0 else ask.item]
    said = without_number(_said(item, sources))
    return Claim(f"{info.called}列出的{ask.nth}：{said}。", (item,), echo=ask.nth)


def _listed(found: Enumeration, info: ReportInfo, sources: Sources) -> list[Claim]:
    named = f"的“{found.name}”" if found.name else ""
    lead = f"{info.called}{named}依次列出："
    made = [Claim(lead, (found.intro,) if found.intro else ())]
    return [*made, *(Claim(f"- {_said(item, sources)}", (item,)) for item in found.items)]


def without_number(said: str) -> str:
    """An item of a list without the number that it begins with: 三是, （三）, 3."""
    return re.sub(r"^(?:[一二三四五六七八九十]+是|[（(]?[一二三四五六七八九十\d]+[）)、.．])\s*", "", said)


def _said(item: Evidence, sources: Sources) -> str:
    said = sources.library.text(item.report_id)[item.start : item.end]
    return re.sub(r"^[——\s]+", "", said).strip("；。，、 \n")


# ------------------------------------------------------------------ what stands below a lead


def _best_leads(scope: Scope, sources: Sources, about: Wanted) -> list[Evidence]:
    """Of each report the heading or first sentence that holds the question; of equals the outermost, then the shortest."""
    made = []
    for info, own in _each_report(scope, sources):
        spans = [heading_span(info.report_id, p) for p in _in_part(info, own, sources) if p.text.strip()]
        text = sources.library.text(info.report_id)
        fitting = [
            (
                covered(pairs_of(text[span.start : span.end]), about, sources.weights),
                -_depth(span, sources),
                span.start - span.end,
                span,
            )
            for span in spans
            if _is_lead(span, sources)
        ]
        best = max(fitting, key=lambda one: one[:3], default=None)
        if best and best[0] >= ENOUGH:
            made.append(best[3])
        if made and _one_place(scope, sources):
            break
    return made


def _depth(span: Evidence, sources: Sources) -> int:
    return len(sources.library.paragraphs(span.report_id)[span.paragraph - 1].section)


def _below_leads(leads: Sequence[Evidence], ask: ListAsk, sources: Sources) -> Draft | None:
    """What some leads head: as many items as the question names, if it names a number."""
    made: list[Claim] = []
    for lead in leads:
        info = sources.info(lead.report_id)
        items = _items_below(lead, sources)
        if items and len(items) == (ask.expected or len(items)):
            made += _listed(Enumeration(lead, tuple(items), 1.0), info, sources)
    return Draft(tuple(made)) if made else None


def _items_below(lead: Evidence, sources: Sources) -> list[Evidence]:
    """The leads of the paragraphs under a lead; else the further sentences of its own; else of the next one."""
    paragraphs = sources.library.paragraphs(lead.report_id)
    own = paragraphs[lead.paragraph - 1]
    title = own.text if own.is_heading else own.section[-1]
    below = [p for p in paragraphs[lead.paragraph :] if title in p.section]
    leads = [p for p in below if p.section[-1] != title and p.text.startswith(p.section[-1])]
    if len(leads) >= 2:
        return [heading_span(lead.report_id, p) for p in leads]
    body = below[:1] if own.is_heading else [own]
    return [
        Evidence(lead.report_id, p.number, start, end)
        for p in body
        for start, end in split_sentences(p.text, p.start)
        if start >= lead.end
    ]


def _is_lead(span: Evidence, sources: Sources) -> bool:
    """Whether a span is a heading, or a first sentence that only names what its paragraph is about."""
    paragraph = sources.library.paragraphs(span.report_id)[span.paragraph - 1]
    said = sources.library.text(span.report_id)[span.start : span.end].strip()
    own = bool(paragraph.section) and said.startswith(paragraph.section[-1])
    return paragraph.text.startswith(said) and (own or paragraph.is_heading)
