"""One thing or two in review and in plan (去年走到哪一步，今年怎么安排): what each part of the report says of each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.fields import sentences_on, words_of
from qa.lexicon import piece, regex
from qa.match import pairs_of
from qa.places import short_name
from qa.question_places import covered
from qa.sources import Sources, quoted
from qa.text import fold, split_sentences
from qa.text_answer import Quote
from qa.types import Ask, Claim, Draft, Kind, Paragraph, ReportInfo, Scope
from qa.wanted import Wanted
from qa.wording import content_of
from qa.year_parts import tells_own_year

NAMED = 0.7
"""Share of a thing's name that a sentence must hold to speak of it."""

MAX_SAID = 2
"""Sentences quoted of one thing in one part."""

LONG = 200
"""Characters up to which a sentence is quoted whole."""

_NOW = piece("question", "now")
_TIME = r"去年|今年|20\d\d年"
_BOTH = re.compile(
    rf"(?P<thing>[^？。]{{2,60}}?)[，：\s]*(?:(?P<now>{_NOW})|{_TIME})(?P<first>[^。]{{0,24}}?)(?:{_TIME})"
)
_PROGRESS = regex("list", "progress")
_PARTS: tuple[Kind, Kind] = ("actual", "target")


def by_both_times(scope: Scope, sources: Sources) -> Draft | None:
    """What a report says of the things named before the times: of each what was done, then what is planned.

    None unless each part speaks of one of them; where one part is silent on a thing, that is said.
    """
    reports = sources.chosen(scope)
    both, progress = _BOTH.search(fold(scope.question)), _PROGRESS.search(fold(scope.question))
    said = both or progress
    if said is None or len(reports) != 1 or tells_own_year(reports[0].doc_kind):
        return None
    info = reports[0]
    past, ahead = covered(info)
    of_now = progress or (both and both["now"])  # how far a thing has come, and what is to be done
    if tuple(sorted(scope.years)) != (past, ahead) and not (of_now and scope.years in ((), (ahead,))):
        return None
    things = _things(said["thing"], info, sources)
    told = {(name, kind): _saying(name, kind, info, sources) for name in things for kind in _PARTS}
    for name in things if not (of_now or all(told.values())) else ():
        for kind in _PARTS:
            told[name, kind] = told[name, kind] or sentences_on(words_of(fold(name)), kind, info, sources)
    if not things or not all(any(told[name, kind] for name in things) for kind in _PARTS):
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


def of_one_time(ask: Ask, scope: Scope, sources: Sources) -> Draft | None:
    """What the part of one ask's time says of the thing that its question began with: …：去年几连冠，今年争创什么."""
    reports = sources.chosen(scope)
    said = _BOTH.search(fold(scope.question))
    if said is None or ask.kind is None or len(reports) != 1 or _NUMBER.search(ask.text):
        return None
    things = _things(said["thing"], reports[0], sources)
    made = [
        claim
        for name in things
        for claim in _claims(name, _saying(name, ask.kind, reports[0], sources), sources)
    ]
    return Draft(tuple(made)) if made else None


_NUMBER = re.compile("多少|几")


def _things(before: str, info: ReportInfo, sources: Sources) -> list[str]:
    """The things named: two where 和 or 、 parts them and the report speaks of both, else one."""
    bare = re.sub(rf"^(?:请问)?(?:{short_name(info.place)}[市县区省州]?)?的?", "", before).strip("，：的 ")
    bare = regex("list", "pointed").sub(
        "", re.sub("^在(?=.{2,}(?:方面|领域|上)$)|(?:方面|领域|上)$", "", bare)
    )
    if not content_of(bare):
        return []
    parts = [part for part in re.split(r"[、，和与及]+", bare) if len(part) >= 2]
    several = len(parts) > 1 and all(any(_saying(p, k, info, sources) for k in _PARTS) for p in parts)
    return parts if several else [bare]


def _saying(name: str, kind: Kind, info: ReportInfo, sources: Sources) -> list[Quote]:
    """The sentences of one part that name a thing, the fullest ones, in the order of the text."""
    bare = re.sub(r"（.*?）", "", name)
    wanted, spelt = sources.weights.words(pairs_of(bare)), _spelt(bare)
    total = sources.weights.sum(wanted)
    found: list[tuple[float, Paragraph, int, int]] = []
    for paragraph in sources.library.paragraphs(info.report_id) if total else ():
        if paragraph.is_heading or paragraph.part != {"actual": "review", "target": "plan"}[kind]:
            continue
        sentences = split_sentences(paragraph.text)
        for i, (start, end) in enumerate(sentences):
            said = paragraph.text[start:end]
            held = sources.weights.sum(wanted & sources.table.pairs_of(said)) / total
            held = max(held, SPELT) if spelt and spelt.search(fold(said)) else held
            if i + 1 < len(sentences) and _only_heads(said, first=not start, part=kind):
                end = sentences[i + 1][1]
            if held >= NAMED:
                found.append((held, paragraph, paragraph.start + start, paragraph.start + end))
    best = max((held for held, *_ in found), default=0.0)
    full = [one for one in found if one[0] >= best - 0.02][:MAX_SAID]
    return [Quote(info.report_id, paragraph, s, e, held, held, held) for held, paragraph, s, e in full]


def _spelt(name: str) -> re.Pattern[str] | None:
    """A name with a few characters within it: 龙邦|国际性|口岸, 平果|公用型|保税仓; None for a name too short."""
    halves = (
        f"{re.escape(name[:i])}[^，。；、]{{1,6}}{re.escape(name[i:])}" for i in range(2, len(name) - 1)
    )
    return re.compile("|".join(halves)) if len(name) >= 4 else None


SPELT = 0.9
"""What a sentence holds of a name that it spells with characters within it."""

MAX_HEAD = 24


def _only_heads(said: str, *, first: bool, part: Kind) -> bool:
    """Whether a sentence is no more than the heading of what follows it: 统筹推进甲乙同城化发展。

    It opens its paragraph, or stands in a review and tells of no deed that is done.
    """
    short = len(said.strip()) <= MAX_HEAD and not re.search(r"[，；、\d]", said)
    return short and (first or (part == "actual" and bool(_RUN_IN.match(said))))


_RUN_IN = regex("list", "run_in")


def _claims(name: str, told: Sequence[Quote], sources: Sources) -> list[Claim]:
    asked = Wanted(((pairs_of(name), 1.0),), (), "", ())
    return quoted(told, asked, sources, limit=LONG)
