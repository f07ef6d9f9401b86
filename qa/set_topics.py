"""What every report speaks of in set words: problems, main targets; and what it says of a year."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from qa.lexicon import Topic, topics
from qa.match import whole_sentences
from qa.sources import Sources
from qa.text import fold, split_sentences
from qa.types import Claim, Draft, Evidence, ReportInfo, Scope


def by_topic(scope: Scope, sources: Sources) -> Draft | None:
    """What every report speaks of in set words (problems, main targets): the sentences after those words."""
    asked = "".join(scope.terms)
    near = {y for r in sources.chosen(scope) for y in (r.year - 1, r.year)}
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
    if topic is None and not scope.terms and "目标" in scope.question and scope.intent in ("list", "text"):
        topic = next(t for t in topics() if t.name == "targets")
    if topic is None:
        return None
    made = [claim for info in sources.chosen(scope)[:6] for claim in _topic_of(topic, info, sources)]
    return Draft(tuple(made)) if made else None


def by_year_named(scope: Scope, sources: Sources) -> Draft | None:
    """Nothing asked for but a year (到2030年要实现什么): the sentences that name it."""
    made: list[Claim] = []
    named = [word for word in scope.anchors if re.fullmatch(r"\d{4}年", word)]
    for info in sources.chosen(scope)[:6] if named else ():
        for paragraph in sources.library.paragraphs(info.report_id):
            for start, end in split_sentences(paragraph.text, paragraph.start):
                said = paragraph.text[start - paragraph.start : end - paragraph.start]
                if any(word in fold(said) for word in named) and len(made) < 3:
                    span = Evidence(info.report_id, paragraph.number, start, end)
                    made.append(Claim(f"{info.place}{info.year}年报告：{said.strip()}", (span,)))
    return Draft(tuple(made)) if made else None


_ORDINAL = re.compile(r"[二三四五六七八九十]{1,2}是")


def _end_of_ordinals(text: str, spans: Sequence[tuple[int, int]]) -> int:
    """Where the sentences 二是…。三是…。 that come first end; 0 if none does."""
    told = itertools.takewhile(lambda span: _ORDINAL.match(text[span[0] :]), spans)
    return max((end for _, end in told), default=0)


def _topic_of(topic: Topic, info: ReportInfo, sources: Sources) -> list[Claim]:
    for paragraph in sources.library.paragraphs(info.report_id):
        if paragraph.is_heading or paragraph.part != topic.part:
            continue
        spans = whole_sentences(split_sentences(paragraph.text), paragraph.text)
        for i, (start, end) in enumerate(spans):
            if topic.found.search(fold(paragraph.text[start:end])):
                last = spans[min(i + 1, len(spans) - 1)][1] if end - start < 60 else end
                last = max(last, _end_of_ordinals(paragraph.text, spans[i + 1 :]))
                said = paragraph.text[start:last].strip()
                span = Evidence(
                    info.report_id, paragraph.number, paragraph.start + start, paragraph.start + last
                )
                return [Claim(f"{info.place}{info.year}年报告：{said}", (span,))]
    return []
