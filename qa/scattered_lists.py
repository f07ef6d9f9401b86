"""Lists of one kind of thing wherever a report names one: 展会, 比赛, 荣誉; or all that holds a quoted phrase.

The whole text of a part is read clause by clause, so that what stands scattered over paragraphs comes complete.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.lexicon import Thing, pattern, regex, things
from qa.list_asks import MAX_ITEMS
from qa.match import pairs_of
from qa.number_sets import ways_of
from qa.sources import Sources
from qa.text import fold, split_sentences
from qa.types import Claim, Draft, Evidence, Hit, Paragraph, ReportInfo, Scope
from qa.wanted import Wanted
from qa.year_parts import tells_own_year

LEAST = 0.5
"""Share of the question's other words that a clause must hold."""

NEAR = 2
"""Clauses before one that holds the question's words in which its thing may stand."""

_ASKED = r"(?:哪|什么|啥|何|列)"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What clauses must have: a word of the kind, all the anchors, enough of the other words."""

    found: re.Pattern[str]
    anchors: tuple[str, ...]
    rest: frozenset[str]
    short: tuple[re.Pattern[str], ...]


_LEVELS = (
    (regex("list", "national"), regex("list", "national_said")),
    (regex("list", "provincial"), regex("list", "provincial_said")),
)
_HELD = (regex("list", "held"), regex("list", "held_said"))


def by_things(scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]) -> Draft | None:
    """Every clause of the part asked about that names a thing of the kind; of several reports, by report."""
    question = fold(scope.question)
    listed = pattern("when", "ask").sub(" ", question)  # 大学|哪年招生 asks for no list
    kinds = [thing for thing in things() if _asks_for(thing, listed)]
    quoted = tuple(word for word in scope.anchors if re.search(rf"[“「《‘]{re.escape(word)}", question))
    if not kinds and not (quoted and scope.intent == "list" and re.search("哪些|列", question)):
        return None
    want = _wanted(scope, kinds, sources)
    several = len({info.place for info in sources.chosen(scope)}) > 1
    if several and not (want.rest or want.short or want.anchors):
        return None
    told: list[tuple[ReportInfo, list[Evidence]]] = []
    for info in sources.chosen(scope):
        spans = list(_clauses(info, scope, want, sources))[:MAX_ITEMS]
        told.append((info, spans))
    if kinds and scope.intent == "list" and not any(_speaks(info, scope, want, sources) for info, _ in told):
        return _none_of(kinds, question, scope, told)
    if not any(spans for _, spans in told) or (not kinds and max(len(spans) for _, spans in told) < 2):
        return None
    made = [claim for info, spans in told for claim in _listed(info, spans, sources)]
    silent = "、".join(info.place for info, spans in told if not spans)
    if silent and several and scope.intent == "compare":
        made.append(Claim(f"{silent}的报告未提及。"))
    return Draft(tuple(made))


def _speaks(info: ReportInfo, scope: Scope, want: _Asked, sources: Sources) -> bool:
    """Whether the parts asked about hold any word of the kind at all."""
    part = scope.part
    paragraphs = sources.library.paragraphs(info.report_id)
    return any(want.found.search(fold(p.text)) for p in paragraphs if part in (None, p.part))


def _none_of(
    kinds: Sequence[Thing], question: str, scope: Scope, told: Sequence[tuple[ReportInfo, list[Evidence]]]
) -> Draft:
    """A kind that a report has no word of is not answered by what only sounds like it."""
    named = "、".join(dict.fromkeys(m[0] for kind in kinds for m in kind.ask.finditer(question)))
    places = "、".join(dict.fromkeys(info.place for info, _ in told))
    when = "、".join(f"{year}年" for year in scope.years)
    asked = f"{when}的“{named}”" if when else f"“{named}”"
    return Draft((Claim(f"资料中未提及：{places}的报告没有说到{asked}。", echo=asked),), reason="not_stated")


def _asks_for(thing: Thing, question: str) -> bool:
    """Whether a question asks for things of a kind: 哪些展会和赛事, 比赛有哪些."""
    noun = thing.ask.pattern
    after = rf"{_ASKED}[^，。？“]{{0,14}}?(?:{noun})(?=[和与及、，。？都吗呢放在]|$)"
    return bool(
        re.search(
            rf"{after}|(?:{noun})(?:都|又|分别|主要|一共|具体)?(?:有|是|叫|包括|拿了|得了)?{_ASKED}", question
        )
    )


def _wanted(scope: Scope, kinds: Sequence[Thing], sources: Sources) -> _Asked:
    question, light = fold(scope.question), pattern("list", "light")
    said = [m[0] for thing in kinds for m in thing.ask.finditer(question)]
    rest, short = "", [_HELD[1]] if kinds and kinds[0].held and _HELD[0].search(question) else []
    for term in scope.terms:
        if term in scope.anchors or any(term in word for word in scope.anchors):
            continue
        for thing in kinds:
            term = thing.ask.sub(" ", term)
        for part in re.split(r"[或和与及\s]+", light.sub(" ", term)):
            if level := next((told for asked, told in _LEVELS if asked.match(part)), None):
                short.append(level)
            elif (spelt := _spelt(part, scope, sources)) is not None:
                short.append(spelt)
            elif len(part) > 1 and not any(part in noun for noun in said):
                rest += f" {part}"
    found = re.compile("|".join(thing.found.pattern for thing in kinds) or "")
    return _Asked(found, scope.anchors, _known(rest, sources), tuple(short))


def _known(text: str, sources: Sources) -> frozenset[str]:
    return frozenset(pair for pair in pairs_of(text) if pair in sources.weights.known)


def _spelt(word: str, scope: Scope, sources: Sources) -> re.Pattern[str] | None:
    """A short name that stands for a long one (学青会: 学生（青年）运动会), if a report has only the long."""
    named = re.search(rf"{re.escape(word)}(?P<end>[会节赛展])?", fold(scope.question))
    core = re.sub(r"^(?:首届|第[一二三四五六七八九十]+届)", "", word) + (
        (named["end"] or "") if named else ""
    )
    if not re.fullmatch(r"[\u4e00-\u9fff]{2}[会节赛展]", core):
        return None
    spelt = re.compile(r"[^，。；]{0,5}?".join(core))
    texts = (fold(sources.library.text(info.report_id)) for info in sources.chosen(scope))
    return spelt if any(spelt.search(text) for text in texts) else None


def _clauses(info: ReportInfo, scope: Scope, want: _Asked, sources: Sources) -> Iterator[Evidence]:
    part = scope.part
    past = info.year - (not tells_own_year(info.doc_kind))
    for paragraph in sources.library.paragraphs(info.report_id):
        if scope.years and (past if paragraph.part == "review" else info.year) not in scope.years:
            continue
        if paragraph.is_heading or paragraph.part == "head" or part not in (None, paragraph.part):
            continue
        text = fold(paragraph.text)
        if all(word in text for word in want.anchors):
            for start, end in split_sentences(paragraph.text):
                yield from _within(info, paragraph, (start, end), want, sources)


def _within(
    info: ReportInfo, paragraph: Paragraph, sentence: tuple[int, int], want: _Asked, sources: Sources
) -> Iterator[Evidence]:
    """The clauses of one sentence; with the one before that has the thing, if only that has it."""
    begin, stop = sentence
    cuts = [begin, *(begin + m.end() for m in re.finditer("，", paragraph.text[begin:stop])), stop]
    clauses = list(itertools.pairwise(cuts))
    told = -1
    for i, (start, end) in enumerate(clauses):
        if not _holds(fold(paragraph.text[start:end]), want, sources):
            continue
        first = next(
            (
                clauses[k][0]
                for k in range(i, max(-1, i - NEAR - 1), -1)
                if want.found.search(fold(paragraph.text[slice(*clauses[k])]))
            ),
            None,
        )
        if first is not None and first > told and (first == start or want.rest):
            told = first
            yield Evidence(info.report_id, paragraph.number, paragraph.start + first, paragraph.start + end)


def _holds(said: str, want: _Asked, sources: Sources) -> bool:
    """Whether a clause has the anchors, the long form of short names, and enough of the other words."""
    if not all(word in said for word in want.anchors) or not all(one.search(said) for one in want.short):
        return False
    weights = sources.weights
    return not want.rest or weights.sum(want.rest & pairs_of(said)) >= LEAST * weights.sum(want.rest)


def _listed(info: ReportInfo, spans: Sequence[Evidence], sources: Sources) -> list[Claim]:
    """One clause in a sentence, several in lines."""
    text = sources.library.text(info.report_id)
    said = [text[span.start : span.end].strip("，。；、— \n") for span in spans]
    if len(spans) == 1:
        return [Claim(f"{info.called}：{said[0]}。", tuple(spans))]
    lead = [Claim(f"{info.called}提到：")] if spans else []
    return [*lead, *(Claim(f"- {one}", (span,)) for one, span in zip(said, spans, strict=True))]


def by_ways(scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]) -> Draft | None:
    """The ways of doing a thing (哪几种招商办法): the names side by side that all end in the thing."""
    named = re.search(
        rf"([\u4e00-\u9fff]{{2}})(?:的?)(?:{pattern('list', 'ways').pattern})", fold(scope.question)
    )
    for info in sources.chosen(scope) if named else ():
        part = scope.part
        own = [p for p in sources.library.paragraphs(info.report_id) if part in (None, p.part)]
        found = ways_of(named[1] if named else "", info.report_id, own)
        if found:
            return Draft(tuple(_listed(info, found.items, sources)))
    return None
