"""A whole as its report divides it: 三个门类各增长多少 is told by 分门类看，采矿业下降2.7%，制造业增长7.4%，….

The sentence that says by what it is divided is quoted to its end: the parts are then all there, and no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.lexicon import regex
from qa.match import covered, pairs_of
from qa.sources import Sources
from qa.text import ONE_TO_TEN, fold
from qa.types import Claim, Draft, Evidence, Hit, Paragraph, Scope
from qa.wanted import Wanted

ENOUGH = 0.6
"""Least share of a question's weight in what stands from the whole to its parts."""

_EACH, _BY = regex("divided", "each"), regex("divided", "by")
_COUNT = re.compile(f"^[{ONE_TO_TEN}两\\d]+(?:大|个)*")


def by_division(scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]) -> Draft | None:
    """What a report says of each part of a whole that it divides as the question does; None for any other question."""
    question, reports = fold(scope.question), sources.chosen(scope)
    if not _EACH.search(question) or len(reports) != 1 or len(asked) != 1 or scope.kind == "target":
        return None
    info = reports[0]
    held = [
        (covered(pairs_of(around), asked[0], sources.weights), -span.start, span)
        for paragraph in sources.library.paragraphs(info.report_id)
        for span, by, around in _divisions(info.report_id, paragraph)
        if by in question
    ]
    best = max(held, default=None, key=lambda one: one[:2])
    if best is None or best[0] < ENOUGH:
        return None
    said = sources.library.text(info.report_id)[best[2].start : best[2].end].strip("，；。 \n")
    return Draft((Claim(f"{info.called}：{said}。", (best[2],)),))


def _divisions(report_id: str, paragraph: Paragraph) -> Iterator[tuple[Evidence, str, str]]:
    """(its span, by what, the words around) of each place in a paragraph that tells of the parts of a whole."""
    folded = fold(paragraph.text)
    for match in _BY.finditer(folded):
        by = _COUNT.sub("", match["by"])
        begin = match.start("said")
        further = _BY.search(folded, match.end())
        ends = (folded.find("。", begin), further.start("said") if further else -1, len(folded))
        end = min(at for at in ends if at > 0)
        if len(by) > 1 and re.search(r"\d", folded[match.end() : end]):
            span = Evidence(report_id, paragraph.number, paragraph.start + begin, paragraph.start + end)
            yield span, by, " ".join((*paragraph.section, folded[:end]))
