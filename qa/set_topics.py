"""What every report speaks of in set words: problems, main targets; and what it says of a year."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.horizons import span_of
from qa.lexicon import Topic, topics
from qa.list_asks import MAX_ITEMS
from qa.lists import NUMBERED
from qa.match import whole_sentences
from qa.question_places import covered
from qa.sources import Sources
from qa.text import fold, split_sentences
from qa.types import Claim, Draft, Evidence, Paragraph, ReportInfo, Scope


def by_topic(scope: Scope, sources: Sources) -> Draft | None:
    """What every report speaks of in set words (problems, main targets): the sentences after those words."""
    asked = "".join(scope.terms)
    near = {year for report in sources.chosen(scope) for year in covered(report)}
    if not set(scope.years) <= near:
        return None
    said = fold(scope.question)
    topic = next(
        (
            t
            for t in topics()
            if (t.ask.search(asked) or (not asked and scope.intent == "list")) and t.need.search(asked + said)
        ),
        None,
    )
    if topic is None and not scope.terms and "目标" in scope.question and scope.kind != "actual":
        topic = next(t for t in topics() if t.name == "targets")
    if topic is None:
        return None
    made = [
        claim for info in sources.chosen(scope)[:6] for claim in _topic_of(topic, info, scope.span, sources)
    ]
    return Draft(tuple(made)) if made else None


def asks_problems(question: str) -> bool:
    """Whether a folded question has a word for what a report admits: 问题, 差距."""
    return any(topic.need.search(question) for topic in topics() if topic.name == "problems")


def by_years_named(scope: Scope, sources: Sources, about: frozenset[str] = frozenset()) -> Draft | None:
    """Years that no report is of (到2030年、2035年要实现什么): the sentences, of several years the parts, that name them.

    ``about`` are the pairs of what else is asked, which a sentence must hold; a year that none names is said.
    """
    reports = sources.chosen(scope)[:6]
    near = {year for info in reports for year in (info.year - 1, info.year)}
    named = sorted(set(scope.years) - near)
    if not named or len(named) < len(set(scope.years)):
        return None
    told = {year: _saying_of_year(year, named, reports, sources, about) for year in named}
    made = [claim for claims in told.values() for claim in claims]
    silent = [Claim(f"{year}年：资料中未提及。", echo=f"{year}年") for year in named if not told[year]]
    return Draft((*dict.fromkeys(made), *silent)) if made else None


MAX_OF_YEAR, MOST = 3, 0.6
"""Sentences quoted of a year, and the share of what is asked that each must hold."""


_NAMED = r"(?<![\d—－~～-])(?<!\d[至到])(?<!年[至到]){}年(?![）)》])"
"""A year by itself, and not the end of a span in the name of a plan: 规划（2023-2035年）."""


_TOGETHER = re.compile(r"(?:[12]\d{3}年[、和与及])*[12]\d{3}年")
"""Years that share what is said of them: 2027年、2028年|分别建成两条高铁."""


def _saying_of_year(
    year: int, named: Sequence[int], reports: Sequence[ReportInfo], sources: Sources, about: frozenset[str]
) -> list[Claim]:
    """The sentences that name a year; where others are asked for too, each from that year up to the next one."""
    made: list[Claim] = []
    least = MOST * sources.weights.sum(about)
    for info in reports:
        for paragraph in sources.library.paragraphs(info.report_id):
            for start, end in split_sentences(paragraph.text):
                said = fold(paragraph.text[start:end])
                named_at = re.search(_NAMED.format(year), said)
                at = named_at.start() if named_at else -1
                if at < 0 or sources.weights.sum(about & sources.table.pairs_of(said)) < least:
                    continue
                if len(named) > 1:
                    together = next(one for one in _TOGETHER.finditer(said) if one.end() >= at + 5)
                    at, behind = together.span()
                    begun = at - said[:at].endswith(("到", "至"))
                    following = re.search(r"[，；。、][^，；。、]{0,4}[12]\d{3}年", said[behind:])
                    end = start + behind + following.start() if following else end
                    start += begun
                span = Evidence(
                    info.report_id, paragraph.number, paragraph.start + start, paragraph.start + end
                )
                text = paragraph.text[start:end].strip().rstrip("，；、。")
                made.append(Claim(f"{info.called}：{text}。", (span,)))
    return made[:MAX_OF_YEAR]


_ORDINAL = re.compile(r"[二三四五六七八九十]{1,2}是")


def _end_of_ordinals(text: str, spans: Sequence[tuple[int, int]]) -> int:
    """Where the sentences 二是…。三是…。 that come first end; 0 if none does."""
    told = itertools.takewhile(lambda span: _ORDINAL.match(text[span[0] :]), spans)
    return max((end for _, end in told), default=0)


def _topic_of(topic: Topic, info: ReportInfo, years: str, sources: Sources) -> list[Claim]:
    """The sentences of a report on a topic; what stands in paragraphs of its own, item by item.

    ``years`` is the span of years asked about, if any: the aims of “十五五” are not those of the year.
    """
    own = [p for p in sources.library.paragraphs(info.report_id) if p.part == topic.part]
    found = [one for p in own if not p.is_heading and (one := _sentence_of(topic, p))]
    timely = [one for one in found if bool(years) == _is_of_span(one, info.year)]
    if years and not timely:
        return _below_heading(topic, info, own)
    if not found:
        return []
    timely = timely or found
    best = max(timely, key=lambda one: (one.worth, one.paragraph.number if topic.sure else 0))
    paragraph = best.paragraph
    said = paragraph.text[best.start : best.end].strip()
    span = Evidence(
        info.report_id, paragraph.number, paragraph.start + best.start, paragraph.start + best.end
    )
    made = [Claim(f"{info.called}：{said}", (span,))]
    if best.end < len(paragraph.text.rstrip()):
        return made
    for below in _goes_on(topic, said, own[own.index(paragraph) + 1 :]):
        item = Evidence(info.report_id, below.number, below.start, below.end)
        made.append(Claim(f"- {below.text.strip(_EDGES)}", (item,)))
    return made


MAX_BELOW = 8
"""Paragraphs under a heading that are given for the aims of several years."""


def _below_heading(topic: Topic, info: ReportInfo, own: Sequence[Paragraph]) -> list[Claim]:
    """What stands under a heading that names several years and the topic: 今后五年的总体要求和奋斗目标."""
    told = [
        paragraph
        for paragraph in own
        if not paragraph.is_heading
        and any(span_of(fold(part), info.year) and topic.need.search(part) for part in paragraph.section)
    ]
    return [
        Claim(
            f"{'- ' if i else f'{info.called}：'}{paragraph.text.strip(_EDGES)}",
            (Evidence(info.report_id, paragraph.number, paragraph.start, paragraph.end),),
        )
        for i, paragraph in enumerate(told[:MAX_BELOW])
    ]


@dataclass(frozen=True, slots=True)
class _Found:
    """Where a paragraph speaks of a topic; ``worth`` counts what tells that this is the place."""

    paragraph: Paragraph
    start: int
    end: int
    worth: int


def _is_of_span(one: _Found, year: int) -> bool:
    """Whether what is found tells of several years: “十五五”时期经济社会发展的主要目标是…."""
    opened = fold(one.paragraph.text[one.start : one.end])[:_OPENING]
    return span_of(opened, year) is not None


_OPENING = 40
"""How far into a sentence its time is told."""


def _sentence_of(topic: Topic, paragraph: Paragraph) -> _Found | None:
    """The first sentence of a paragraph on a topic, with all that it opens."""
    text = paragraph.text
    spans = whole_sentences(split_sentences(text), text)
    for i, (start, end) in enumerate(spans):
        said = fold(text[start:end])
        if not topic.found.search(said):
            continue
        worth = bool(topic.sure and topic.sure.search(said)) + bool(topic.need.search(said))
        return _Found(paragraph, start, _end_of(topic, text, spans[i:]), worth)
    return None


def _end_of(topic: Topic, text: str, spans: Sequence[tuple[int, int]]) -> int:
    """Where that ends which the first of these sentences opens."""
    (start, end), following = spans[0], spans[1:]
    if topic.ends:
        closed = topic.ends
        told = itertools.takewhile(lambda span: not closed.match(fold(text[span[0] : span[1]])), following)
        return max((last for _, last in told), default=end)
    last = spans[min(1, len(spans) - 1)][1] if end - start < 60 else end
    return max(last, _end_of_ordinals(text, following))


_EDGES = "；。，—●▪■•· \n"


def _goes_on(topic: Topic, said: str, following: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs that carry on what one announces: all after a colon, else those that are numbered on."""
    closed, open_end = topic.ends, said.endswith(("：", ":"))
    if closed is None:
        return []
    told = itertools.takewhile(
        lambda p: (
            not p.is_heading and not closed.match(fold(p.text)) and bool(open_end or NUMBERED.match(p.text))
        ),
        following,
    )
    return list(itertools.islice(told, MAX_ITEMS))
