"""One thing or two in review and in plan (去年走到哪一步，今年怎么安排): what each part of the report says of each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.match import pairs_of
from qa.places import short_name
from qa.question_places import covered
from qa.sources import Sources, quoted
from qa.text import fold, split_sentences
from qa.text_answer import Quote
from qa.types import Claim, Draft, Kind, Paragraph, ReportInfo, Scope
from qa.wanted import Wanted
from qa.wording import content_of
from qa.year_parts import tells_own_year

NAMED = 0.7
"""Share of a thing's name that a sentence must hold to speak of it."""

MAX_SAID = 2
"""Sentences quoted of one thing in one part."""

LONG = 200
"""Characters up to which a sentence is quoted whole."""

_TIME = r"去年|今年|20\d\d年"
_BOTH = re.compile(rf"(?P<thing>[^？。]{{3,60}}?)[，：\s]*(?:{_TIME})(?P<first>[^。]{{0,24}}?)(?:{_TIME})")
_PARTS: tuple[Kind, Kind] = ("actual", "target")


def by_both_times(scope: Scope, sources: Sources) -> Draft | None:
    """What a report says of the things named before the times: of each what was done, then what is planned.

    None unless both parts speak of one of them; where one part is silent on a thing, that is said.
    """
    reports = sources.chosen(scope)
    said = _BOTH.search(fold(scope.question))
    if said is None or len(reports) != 1 or tells_own_year(reports[0].doc_kind):
        return None
    info = reports[0]
    past, ahead = covered(info)
    if tuple(sorted(scope.years)) != (past, ahead):
        return None
    things = _things(said["thing"], info, sources)
    told = {(name, kind): _saying(name, kind, info, sources) for name in things for kind in _PARTS}
    if not any(all(told[name, kind] for kind in _PARTS) for name in things):
        return None
    made: list[Claim] = []
    seen: set[tuple[int, int]] = set()
    for kind in _PARTS:
        for name in things:
            fresh = [quote for quote in told[name, kind] if (quote.start, quote.end) not in seen]
            seen |= {(quote.start, quote.end) for quote in fresh}
            made += _claims(name, fresh, sources)
            if not told[name, kind]:
                when = f"{past if kind == 'actual' else ahead}年"
                made.append(Claim(f"“{name}”{when}的情况：资料中未提及。", echo=name))
    return Draft(tuple(made))


def _things(before: str, info: ReportInfo, sources: Sources) -> list[str]:
    """The things named: two where 和 or 、 parts them and the report speaks of both, else one."""
    bare = re.sub(rf"^(?:请问)?(?:{short_name(info.place)}[市县区省州]?)?的?", "", before).strip("，：的 ")
    if not content_of(bare):
        return []
    parts = [part for part in re.split(r"[、，和与及]+", bare) if len(part) >= 3]
    several = len(parts) > 1 and all(any(_saying(p, k, info, sources) for k in _PARTS) for p in parts)
    return parts if several else [bare]


def _saying(name: str, kind: Kind, info: ReportInfo, sources: Sources) -> list[Quote]:
    """The sentences of one part that name a thing, the fullest ones, in the order of the text."""
    wanted = sources.weights.words(pairs_of(re.sub(r"（.*?）", "", name)))
    total = sources.weights.sum(wanted)
    found: list[tuple[float, Paragraph, int, int]] = []
    for paragraph in sources.library.paragraphs(info.report_id) if total else ():
        if paragraph.is_heading or paragraph.part != {"actual": "review", "target": "plan"}[kind]:
            continue
        for start, end in split_sentences(paragraph.text):
            held = sources.weights.sum(wanted & sources.table.pairs_of(paragraph.text[start:end])) / total
            if held >= NAMED:
                found.append((held, paragraph, paragraph.start + start, paragraph.start + end))
    best = max((held for held, *_ in found), default=0.0)
    full = [one for one in found if one[0] >= best - 0.02][:MAX_SAID]
    return [Quote(info.report_id, paragraph, s, e, held, held, held) for held, paragraph, s, e in full]


def _claims(name: str, told: Sequence[Quote], sources: Sources) -> list[Claim]:
    asked = Wanted(((pairs_of(name), 1.0),), (), "", ())
    return quoted(told, asked, sources, limit=LONG)
