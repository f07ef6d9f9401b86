"""What a question says by itself: places, years, actual or target, the words to look for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.among import among_all
from qa.horizons import horizon_said, without_horizons
from qa.indicator_names import unpacked
from qa.lexicon import regex
from qa.operation import without_operation
from qa.question_places import (
    Catalogue,
    anchors_of,
    cities_within,
    county_begun,
    find_places,
    with_full_names,
)
from qa.question_times import (
    REPORT_YEAR,
    asked_times,
    kind_of,
    relative_years,
    with_full_years,
    with_year_before,
    with_year_grown,
    with_years_called,
)
from qa.text import fold, squeeze, years
from qa.types import Item, Kind
from qa.wording import EVERY, blank, content_of, without_introduction
from qa.year_parts import YEAR_PART, parts_in


@dataclass(frozen=True, slots=True)
class Own:
    """What the question itself says."""

    text: str
    shown: str
    bare: str
    anchors: tuple[str, ...]
    places: tuple[str, ...]
    missing: tuple[str, ...]
    every: bool
    years: tuple[int, ...]
    relative: tuple[int, ...]
    report_year: int | None
    kind: Kind | None
    content: str
    horizon: str = ""
    item: Item | None = None

    @property
    def timeless(self) -> bool:
        """Whether it says neither of which time it asks nor whether of results or aims."""
        said = self.years or self.relative or self.horizon
        return not said and self.kind is None and self.report_year is None


def read(question: str, catalogue: Catalogue) -> Own:
    """What a question says, without the conversation."""
    question = with_full_years(with_full_names(question, catalogue), [r.year for r in catalogue.reports])
    if re.search(r"20\d\d年", question):
        told = catalogue.this_year(find_places(fold(question), catalogue)[0])
        question = with_years_called(question, told)
    question = regex("follow", "corrected").sub("那", question, count=1)
    question = with_year_before(question)
    question = regex("question", "not_meant").sub("", question)
    text = unpacked(_without_aside(squeeze(fold(question)), catalogue))
    places, missing, spans = find_places(text, catalogue)
    if "明年" in text and (year := catalogue.next_year(places)):
        return read(question.replace("明年", f"{year}年"), catalogue)
    if (grown := with_year_grown(text, catalogue.newest(places))) != text:
        text = grown
        places, missing, spans = find_places(text, catalogue)
    bare = without_introduction(blank(text, spans))
    if among_all(text, catalogue.places, places):
        places = ()  # 甲市占五市合计的几成, 比甲市高的市: of all of them
        bare = regex("group", "yardstick").sub(lambda said: " " * len(said[0]), bare)
    timeless = without_operation(without_horizons(bare))
    inside = cities_within(places, bare)
    anchors = tuple(dict.fromkeys((*county_begun(bare, catalogue), *inside, *anchors_of(timeless))))
    bare = _without_part(bare, catalogue)
    report_year = REPORT_YEAR.search(text)
    timed = asked_times(text)
    named = tuple(years(timed))
    if report_year:
        named = tuple(y for y in named if str(y) not in (report_year[1], report_year[2]))
    relative = relative_years(timed)
    return Own(
        text=text,
        shown=squeeze(question),
        bare=bare,
        anchors=anchors,
        places=places,
        missing=missing,
        every=bool(EVERY.search(text)),
        years=named,
        relative=relative,
        report_year=int(report_year[1] or report_year[2]) if report_year else None,
        kind=kind_of(timed, relative),
        content=content_of(bare),
        horizon=horizon_said(bare),
    )


def _without_part(bare: str, catalogue: Catalogue) -> str:
    """A question without its part of the year, where releases tell of such: they need not say it beside each figure."""
    told = any(parts_in(report.doc_kind) for report in catalogue.reports)
    return re.sub(YEAR_PART, "", bare) if told else bare


def _without_aside(text: str, catalogue: Catalogue) -> str:
    """A question without what it says that it does not ask, but with the place and year said there."""
    kept = regex("question", "aside").sub("", text)
    if kept == text or not kept.strip("，。；？！ "):
        return text
    known, missing, _ = (
        ((), (), ()) if any(find_places(kept, catalogue)[:2]) else find_places(text, catalogue)
    )
    places = known or missing
    time = None if relative_years(kept) or years(kept) else re.search(r"去年|今年|(?:19|20)\d\d年", text)
    return "、".join(fold(place) for place in places) + (time[0] if time else "") + kept
