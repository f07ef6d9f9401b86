"""Questions that give each place a year of its own: 甲市2024年和乙省2026年的目标差多少, 2022年全国比2021年丙县高几个点.

Each value is found in a report of its own place that tells of its own year; then they are compared as one table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.compare import comparison
from qa.figure_answer import Found, find
from qa.lexicon import choice, piece, regex
from qa.match import pairs_of
from qa.nation import NATION
from qa.operation import without_operation
from qa.places import short_name
from qa.question_places import Catalogue, covered
from qa.question_times import kind_of
from qa.sources import Sources, asked_for
from qa.strategies import most_fitting, with_year_anchor
from qa.text import fold
from qa.types import Draft, Kind, Scope
from qa.wanted import Wanted, wanted
from qa.wording import content_of

_YEAR = r"(?P<year>20\d\d)年(?:全年|[末底])?|(?P<last>去年|上年)|(?P<now>今年)"
_TIGHT = re.compile(r"[的在，：\s]{0,2}|[市县区省州盟]的?")


@dataclass(frozen=True, slots=True)
class Dated:
    """A place with the year it is asked about, and where both stand in the question."""

    place: str
    year: int
    start: int
    end: int


def by_place_years(scope: Scope, sources: Sources) -> Draft | None:
    """The value of each place in its own year, compared; None if the question is none of these, or unanswered."""
    question = fold(scope.question)
    dated = dated_places(question, scope.places, Catalogue(sources.reports))
    if not _of_several_years(dated):
        return None
    rest = _without(question, dated)
    own = _one_thing(replace(scope, question=rest, asks=(), parts=(), pair=None), rest)
    if own is None:
        return None
    asked = asked_for(wanted(own), sources)
    if len(asked) != 1 or not asked[0].readings:
        return None
    found = [_found(one, own, asked[0], sources) for one in dated]
    if sum(bool(item.rows) for item in found) < 2:
        return None
    made = comparison(found, sources.library, replace(scope, question=rest, years=(), kind=None))
    return Draft(tuple(made)) if made else None


def dated_places(question: str, places: Sequence[str], catalogue: Catalogue) -> tuple[Dated, ...]:
    """Every place that a folded question names, with the year beside it; () if one of them has none, or two."""
    forms = {form: place for place in places for form in {fold(place), short_name(place)}}
    if not forms:
        return ()
    names = choice(forms)
    nation = piece("place", "nation") if NATION in places else r"(?!)"
    said = re.compile(rf"{_YEAR}|(?P<place>{names})|(?P<nation>{nation})")
    tokens = list(said.finditer(question))
    if len(tokens) % 2:
        return ()
    made = []
    for one, other in zip(tokens[::2], tokens[1::2], strict=True):
        place, when = (one, other) if one["place"] or one["nation"] else (other, one)
        tight = _TIGHT.fullmatch(question[one.end() : other.start()])
        if not tight or when["place"] or when["nation"] or not (place["place"] or place["nation"]):
            return ()
        name = NATION if place["nation"] else forms[place["place"]]
        newest = catalogue.newest((name,))
        year = int(when["year"]) if when["year"] else newest - bool(when["last"])
        made.append(Dated(name, year, one.start(), other.end()))
    return tuple(made)


def _of_several_years(dated: Sequence[Dated]) -> bool:
    couples = {(one.place, one.year) for one in dated}
    return len(couples) == len(dated) > 1 and len({one.year for one in dated}) > 1


def _without(question: str, dated: Sequence[Dated]) -> str:
    """The question without its places and years: what is asked of all of them."""
    for one in reversed(dated):
        question = f"{question[: one.start]} {question[one.end :]}"
    question = re.sub(r"平均水平|平均(?!多少|是|为)", " ", question)  # a value of each, no mean of them
    return re.sub(r"(?<= )[市县区省州盟](?=[\s的])", " ", question)


_AT_LARGE = regex("asked", "level")


def _one_thing(scope: Scope, rest: str) -> Scope | None:
    """The scope of the one thing that is asked of all; None if the places are asked of different things."""
    target, actual = (re.search(said, rest) for said in ("目标|计划|预期|任务", "实际|实绩|完成"))
    if target and actual:
        return None
    parts = [
        content_of(re.sub(r"^的", "", part)).replace(" ", "")
        for part in re.split(r"比|还是|[和与跟、，：；？]", without_operation(rest))
    ]
    bare = [_AT_LARGE.sub("", part) for part in parts if _AT_LARGE.sub("", part)]
    if not bare:
        return None
    whole = max(bare, key=len)
    if any(not set(part) <= set(whole) and not pairs_of(part) <= pairs_of(whole) for part in bare):
        return None
    return replace(scope, terms=tuple(content_of(rest).split()), kind=kind_of(rest, ()))


def _found(dated: Dated, scope: Scope, asked: Wanted, sources: Sources) -> Found:
    """What the reports of a place say of its year: the one that fits best."""
    infos = [info for info in sources.reports if info.place == dated.place]
    telling = [info for info in infos if dated.year in covered(info)]
    kinds: tuple[Kind | None, ...] = (scope.kind,) if scope.kind else ("actual", None)
    for kind in kinds:
        own = replace(scope, years=(dated.year,), kind=kind)
        own = with_year_anchor(replace(own, report_ids=tuple(i.report_id for i in telling)), sources)
        found = [
            find(sources.table, (info.report_id, info.place), own, replace(asked, anchors=own.anchors))
            for info in telling
        ]
        own_year = [
            replace(item, rows=tuple(r for r in item.rows if r.period == str(dated.year))) for item in found
        ]
        best = max(own_year, key=most_fitting, default=None)
        if best is not None and best.rows:
            return best
    return Found(infos[-1].report_id if infos else "", dated.place)
