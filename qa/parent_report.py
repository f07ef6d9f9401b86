"""A city or county without a report of its own, asked of the report of the province or city it lies in: 庆阳 of 甘肃省.

What is told of the whole is not told of its part: each sentence that answers must name the place.
"""

from __future__ import annotations

from collections.abc import Callable

from qa.places import Place, gazetteer
from qa.question_places import Catalogue
from qa.sources import Sources
from qa.text import fold
from qa.types import Claim, Draft, Evidence, Scope


def of_parent(
    question: str,
    scope: Scope,
    found: Draft,
    sources: Sources,
    catalogue: Catalogue,
    answer_to: Callable[[str], Draft],
) -> Draft:
    """``found``, or, where it declines for want of a report, the answer of the report of the place above."""
    if found.reason != "no_such_report" or len(scope.missing_places) != 1 or scope.places:
        return found
    name = scope.missing_places[0]
    place = next((item for item in gazetteer() if item.name == name), None)
    parent = _parent(place, catalogue) if place else ""
    if place is None or not parent or not catalogue.mentions(place.short):
        return found
    made = answer_to(parent + question)
    if made.reason or not _names_throughout(made, place, sources):
        return found
    return Draft((Claim(f"资料中没有{name}的报告，以下出自{parent}的报告。", echo=name), *made.claims))


def _parent(place: Place, catalogue: Catalogue) -> str:
    """The nearest place above that a report is of; "" if there is none. Codes are of GB/T 2260: 621000 lies in 620000."""
    above = {item.name: item.code for item in gazetteer() if item.level != "county"}
    for width in (4, 2):
        code = place.code[:width].ljust(6, "0")
        if code != place.code and (own := [p for p in catalogue.places if above.get(p) == code]):
            return own[0]
    return ""


def _names_throughout(made: Draft, place: Place, sources: Sources) -> bool:
    """Whether every statement that cites cites a sentence that names the place."""
    cited = [claim for claim in made.claims if claim.evidence]
    return bool(cited) and all(
        any(place.short in _sentence(span, sources) for span in claim.evidence) for claim in cited
    )


def _sentence(span: Evidence, sources: Sources) -> str:
    """The folded sentence that a span stands in."""
    text = sources.library.text(span.report_id)
    start = max(text.rfind(mark, 0, span.start) for mark in "。！？\n") + 1
    ends = (at for mark in "。！？\n" if (at := text.find(mark, span.end)) >= 0)
    return fold(text[start : min(ends, default=len(text))])
