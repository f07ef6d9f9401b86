"""One item of a list shown before -> draft: the item, and what its report says of it when more is asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from qa.lexicon import pattern, regex
from qa.list_answer import without_number
from qa.match import pairs_of
from qa.question_places import Catalogue
from qa.question_times import kind_of, relative_years
from qa.scope import resolve
from qa.sources import Sources
from qa.text import fold, split_sentences, years
from qa.text_answer import TIMED
from qa.types import Claim, Draft, Evidence, ReportInfo, Scope
from qa.wording import content_of

HELD = 0.6
"""Least share of the weight of what is asked of an item in a sentence that answers."""
MAX_NAME = 12
"""Characters of an item that may be the name alone of what the report tells elsewhere."""
MAX_TOLD = 4
"""Sentences below an item that are shown when more of it is asked for."""


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The item meant: the claim that tells it, what it is called, and whose report lists it."""

    lead: Claim
    name: str
    info: ReportInfo


def by_item(scope: Scope, sources: Sources, answer: Callable[[Scope], Draft]) -> Draft | None:
    """The item that a follow-up points to, told by the answer to the question for its list; None if that has none.

    ``answer`` answers a scope as if it were a question of its own.
    """
    item = scope.item
    if item is None:
        return None
    listed = answer(replace(scope, question=item.listed, item=None))
    shown = [claim for claim in listed.claims if claim.text.startswith("- ") and claim.evidence]
    if not shown:
        return None
    info = sources.info(shown[0].evidence[0].report_id)
    if abs(item.place) > len(shown):
        said = f"{info.called}的这份清单没有{item.said}。"
        return Draft((Claim(said, echo=item.said),), reason="not_stated")
    claim = shown[item.place - 1 if item.place > 0 else item.place]
    name = without_number(claim.text.removeprefix("- "))
    said = f"{info.called}列出的{item.said}：{name}。"
    chosen = _Chosen(Claim(said, claim.evidence, echo=item.said), name, info)
    rest = fold(item.rest)
    if _of_another_time(rest, claim.evidence[0], sources):
        made = _under_its_name(chosen, rest, sources, answer)
        return made if made and made.reason is None else _silent(chosen, rest)
    return _told(chosen, rest, sources, answer)


def _told(chosen: _Chosen, rest: str, sources: Sources, answer: Callable[[Scope], Draft]) -> Draft:
    """The item alone, or with what is asked of it: in its own paragraph, else anywhere under its name."""
    asked, timed = content_of(rest), pattern("when", "ask").search(rest)
    more = regex("list", "more_of_item").search(rest)
    below = _below(chosen.lead.evidence[0], sources)
    if not asked and not timed and (not more or (not below and len(chosen.name) > MAX_NAME)):
        return Draft((chosen.lead,))
    fitting = [span for span in below if _holds(span, asked, sources)] if asked else below
    if timed:
        fitting = [span for span in fitting if TIMED.search(fold(_text(span, sources)))][:1]
    elif asked and regex("asked", "number").search(rest):
        fitting = [span for span in fitting if re.search(r"\d", _text(span, sources))][:1]
    if fitting:
        told = (Claim(_text(span, sources), (span,)) for span in fitting[:MAX_TOLD])
        return Draft((chosen.lead, *told))
    made = _under_its_name(chosen, rest, sources, answer)
    return Draft((chosen.lead, *made.claims)) if made.reason is None else _silent(chosen, rest)


def _under_its_name(chosen: _Chosen, rest: str, sources: Sources, answer: Callable[[Scope], Draft]) -> Draft:
    """What its place reports under the name of an item."""
    first = re.split(r"[，；。：]", chosen.name)[0]
    thing = re.sub(r"[\d.]+(?:万|亿)?[%\u4e00-\u9fff]{1,2}?(?:以上|左右)?$", "", first)
    about = resolve(f"{chosen.info.place}{thing}{rest}", Catalogue(sources.reports))
    details = replace(about, intent="text", report_ids=(chosen.info.report_id,))
    return answer(about if content_of(rest) or kind_of(rest, relative_years(rest)) else details)


def _silent(chosen: _Chosen, rest: str) -> Draft:
    """The item, and that the report does not tell what was asked of it."""
    said = content_of(rest) or rest
    return Draft((chosen.lead, Claim(f"报告没有说明它的“{said}”。", echo=said)), reason="not_stated")


def _of_another_time(rest: str, item: Evidence, sources: Sources) -> bool:
    """Whether what is asked of an item is of another time: 去年改了几个, or 建了几个 of one that is planned."""
    shifts = relative_years(rest)
    kind = kind_of(rest, shifts)
    part = sources.library.paragraphs(item.report_id)[item.paragraph - 1].part
    other = kind is not None and part != "head" and (kind == "target") != (part == "plan")
    return bool(shifts or years(rest)) or other


def _below(item: Evidence, sources: Sources) -> list[Evidence]:
    """The sentences that follow an item in its paragraph; of one that heads a section, those of the section."""
    paragraphs = sources.library.paragraphs(item.report_id)
    own = paragraphs[item.paragraph - 1]
    text = own.text[item.end - own.start :]
    begins = own.text[: item.start - own.start].strip("（()）.、 ") == "" and text.strip("；。 \n")
    held = [own] if begins else []
    if own.is_heading or not held:
        title = own.text if own.is_heading else ""
        held = [p for p in paragraphs[item.paragraph :] if title and title in p.section and not p.is_heading]
    return [
        Evidence(item.report_id, p.number, start, end)
        for p in held
        for start, end in split_sentences(p.text, p.start)
        if start >= item.end
    ]


def _holds(span: Evidence, asked: str, sources: Sources) -> bool:
    wanted = pairs_of(asked)
    held = wanted & pairs_of(_text(span, sources))
    return sources.weights.sum(held) >= HELD * sources.weights.sum(wanted) > 0


def _text(span: Evidence, sources: Sources) -> str:
    return sources.library.text(span.report_id)[span.start : span.end].strip()
