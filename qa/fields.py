"""What a report says of a field of work (养老, 上学, 营商环境), asked for as a whole: 养老方面去年做了什么，今年有什么安排.

Reports seldom name the field: they tell of 长者食堂, 适老化改造, 长期护理保险. Which words belong to a field stands in
qa/data/questions.toml; the sentences that hold most of them are quoted, results from the review, aims from the plan.
"""

from __future__ import annotations

import re
from functools import cache

from qa.lexicon import any_of, regex, sections, words
from qa.match import pairs_of
from qa.places import short_name
from qa.sources import Sources, quoted
from qa.text import fold, split_sentences
from qa.text_answer import Quote
from qa.types import Claim, Draft, Kind, ReportInfo, Scope
from qa.wanted import Wanted

MAX_SAID = 3
"""Sentences quoted of a field in one part of a report."""
LONG = 200
_PART = {"actual": "review", "target": "plan"}


def by_field(scope: Scope, sources: Sources) -> Draft | None:
    """The sentences on a field that a question asks about as a whole; None if it asks of something else, or none tells of it."""
    question, reports = fold(scope.question), sources.chosen(scope)
    if len(reports) != 1 or not regex("field_asked", "ask").search(question):
        return None
    info = reports[0]
    if not (named := words_of(_topic(question, info))):
        return None
    kinds: tuple[Kind, ...] = (scope.kind,) if scope.kind else ("actual", "target")
    found = [quote for kind in kinds for quote in sentences_on(named, kind, info, sources)]
    asked = Wanted(((pairs_of(" ".join(named)), 1.0),), (), "", ())
    made: list[Claim] = quoted(found, asked, sources, limit=LONG)
    return Draft(tuple(made)) if made else None


def words_of(topic: str) -> tuple[str, ...]:
    """The words of the fields that a folded topic is made of (看病医保); () if it names anything else too."""
    rest, named = topic, list[str]()
    for said, own in _fields():
        if said in rest:
            rest, named = rest.replace(said, " "), [*named, *own]
    return tuple(dict.fromkeys(named)) if named and not re.sub(r"[\s、和与及，]", "", rest) else ()


def sentences_on(named: tuple[str, ...], kind: Kind, info: ReportInfo, sources: Sources) -> list[Quote]:
    """The sentences of one part of a report that hold most of the words of a field, in the order of the text."""
    said_of = any_of(named)
    found: list[tuple[int, Quote]] = []
    for paragraph in sources.library.paragraphs(info.report_id):
        if paragraph.is_heading or paragraph.part != _PART[kind]:
            continue
        for start, end in split_sentences(paragraph.text):
            held = len({match[0] for match in said_of.finditer(fold(paragraph.text[start:end]))})
            span = (paragraph.start + start, paragraph.start + end)
            if held:
                found.append((held, Quote(info.report_id, paragraph, *span, held, held, held)))
    best = sorted(found, key=lambda one: -one[0])[:MAX_SAID]
    return sorted((quote for _, quote in best), key=lambda quote: quote.start)


def _topic(question: str, info: ReportInfo) -> str:
    """The words of a question but for its place, its times and how it asks."""
    for name in (info.place, short_name(info.place)):
        question = question.replace(fold(name), " ")
    for part in ("ask", "time", "filler"):
        question = regex("field_asked", part).sub(" ", question)
    return re.sub("[？。！，：]", " ", question).strip()


@cache
def _fields() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(what users call a field, its words) of all fields, the longest names first."""
    pairs = ((fold(said), words("fields", key)) for key in sections("fields") for said in key.split("|"))
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))
