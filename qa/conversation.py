"""The conversation so far: what was asked, of which places and years, and what the answers chose or listed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from qa.errors import QuestionError
from qa.lexicon import pattern, regex
from qa.list_asks import expected_count, item_in
from qa.operation import operation_of
from qa.question_places import Catalogue, find_places
from qa.reading import Own
from qa.text import fold, squeeze
from qa.types import Kind, Turn
from qa.wording import asks_comparison


@dataclass(frozen=True, slots=True)
class Seen:
    """The conversation so far: the last question, complete in itself; the places and the years that one
    thing was asked of, the last ones last; the things asked of one place and time; the place that the last answer
    chose; the question that a list answered, and the one for an item of it that was asked last."""

    previous: Own | None = None
    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    kinds: tuple[Kind | None, ...] = ()
    chosen: str = ""
    listed: Own | None = None
    item: Own | None = None
    things: tuple[Own, ...] = ()


def after(seen: Seen, said: Own, taken: Sequence[str], catalogue: Catalogue) -> Seen:
    """The conversation with one more question in it."""
    if said.item is not None:
        return replace(seen, item=said)
    now = years_of(said, catalogue)
    things = _things(seen, said, now)
    if seen.previous is None or ("content" not in taken and not _of_one_thing(said, seen.previous)):
        return Seen(said, said.places, now, (said.kind,), listed=seen.listed, things=things)
    return Seen(
        said,
        tuple(place for place in seen.places if place not in said.places) + said.places,
        tuple(year for year in seen.years if year not in now) + now,
        (*seen.kinds, said.kind),
        listed=seen.listed,
        things=things,
    )


def _of_one_thing(said: Own, previous: Own) -> bool:
    """Whether two questions are of one thing, one of them in fewer words: 高铁里程 after 高铁运营总里程 of another place."""
    short, long = sorted((squeeze(said.content), squeeze(previous.content)), key=len)
    if short == long:
        return True
    rest = iter(long)
    moved = said.places != previous.places and len(short) >= LEAST_NAME
    return moved and all(char in rest for char in short)


LEAST_NAME = 4
"""Characters of a name that may be part of a longer one for the same thing."""


def _things(seen: Seen, said: Own, now: tuple[int, ...]) -> tuple[Own, ...]:
    """The things asked in turn of one place and one time, the last one last."""
    alike = len(said.places) == 1 and seen.previous is not None and said.places == seen.previous.places
    if not said.content or not alike or now != seen.years[-1:]:
        return (said,)
    return (*(thing for thing in seen.things if thing.content != said.content), said)


_LIST_ASKED = re.compile(
    f"{regex('list', 'listed').pattern}|{pattern('list', 'ask').pattern}|{regex('list', 'members').pattern}"
)


def _list_asked(own: Own | None) -> Own | None:
    """A question for a list, for how many items it has or for one of them, as one for the whole list; else None."""
    if own is None:
        return None
    if named := item_in(own.shown):
        return replace(own, shown=f"{named[0].rstrip('的里中，')}有哪些")
    if _LIST_ASKED.search(own.text):
        return own
    return replace(own, shown=f"{own.shown}有哪些") if expected_count(own.text) else None


def answered(seen: Seen, answer: str, catalogue: Catalogue) -> Seen:
    """The conversation with the answer to its last question: what it chose, whether it is a list or a table."""
    listed = seen.listed if seen.item or "\n| " not in answer else None
    # an answer of other making (a model's, a person's) need not be set as a list to answer a question for one
    asked = _list_asked(seen.previous) if "\n| " not in answer else None
    if seen.item is None and (asked or answer.count("\n- ") > 1):
        listed = asked or seen.previous
    return replace(seen, chosen=_chosen(answer, seen.previous, catalogue), listed=listed)


def years_of(own: Own, catalogue: Catalogue) -> tuple[int, ...]:
    """The years a question names, 去年 as the number that the newest report of its places gives it; 目标 is of its own."""
    if own.years or (not own.relative and own.kind is None):
        return own.years
    newest = own.report_year or catalogue.newest(own.places)
    shifts = own.relative or ((0,) if own.kind == "target" else (-1,))
    return tuple(newest + shift for shift in shifts) if newest else ()


def _chosen(answer: str, asked: Own | None, catalogue: Catalogue) -> str:
    """The place that an answer names first, if the question asked which one it is; else ""."""
    if asked is None or len(asked.places) == 1 or not asks_comparison(asked.text):
        return ""
    if operation_of(asked.text).name not in ("list", "rank", "nth", "top"):
        return ""
    first = squeeze(fold(re.split(r"[。\n（]", answer, maxsplit=1)[0]))
    places = find_places(first, catalogue)[0]
    return places[0] if places else ""


def turns_of(history: object) -> Iterator[Turn]:
    """Read [{"role", "content"}] as turns.

    Raises: QuestionError if an entry is not of that form.
    """
    if not isinstance(history, (list, tuple)):
        raise QuestionError('history 应是列表，每项形如 {"role": "user", "content": "…"}')
    for item in history:
        if isinstance(item, Turn):
            yield item
        elif (
            isinstance(item, Mapping)
            and item.get("role") in ("user", "assistant")
            and isinstance(item.get("content"), str)
        ):
            yield Turn(item["role"], item["content"])
        else:
            raise QuestionError('history 的每一项应形如 {"role": "user" 或 "assistant", "content": "文字"}')
