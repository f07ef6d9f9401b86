"""What a question says by itself, and what it leaves to the conversation before it.

A follow-up takes what it does not say (thing, places, time) from the questions before it. Of the answers it
takes only the place that one of them chose ("哪个市最高" … "它的财政收入呢"), never a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.horizons import horizon_said, without_horizons
from qa.indicator_names import asked_as, canonicalise, from_dialect, indicators_in, sibling, unpacked
from qa.lexicon import pattern, regex, words
from qa.operation import operation_of, without_operation
from qa.places import short_name
from qa.question_places import Catalogue, anchors_of, county_begun, find_places, with_full_names
from qa.question_times import (
    REPORT_YEAR,
    asked_times,
    kind_of,
    relative_years,
    with_full_years,
    with_year_grown,
)
from qa.text import fold, squeeze, whole_number, years
from qa.types import Kind, Turn
from qa.wording import EVERY, VERBS_ONLY, asks_comparison, blank, content_of, without_introduction


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

    @property
    def timeless(self) -> bool:
        """Whether it says neither of which time it asks nor whether of results or aims."""
        said = self.years or self.relative or self.horizon
        return not said and self.kind is None and self.report_year is None


@dataclass(frozen=True, slots=True)
class _Seen:
    """The conversation so far: the last question, complete in itself; the places and the years that one
    thing was asked of, the last ones last; the place that the last answer chose."""

    previous: Own | None = None
    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    chosen: str = ""


def read(question: str, catalogue: Catalogue) -> Own:
    """What a question says, without the conversation."""
    question = with_full_years(with_full_names(question, catalogue), [r.year for r in catalogue.reports])
    folded = fold(question)
    question = question if from_dialect(folded) == folded else from_dialect(folded)
    text = unpacked(_without_aside(squeeze(fold(question)), catalogue))
    places, missing, spans = find_places(text, catalogue)
    if "明年" in text and (year := catalogue.next_year(places)):
        return read(question.replace("明年", f"{year}年"), catalogue)
    if (grown := with_year_grown(text, catalogue.newest(places))) != text:
        text = grown
        places, missing, spans = find_places(text, catalogue)
    bare = without_introduction(blank(text, spans))
    timeless = without_operation(without_horizons(bare))
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
        anchors=tuple(dict.fromkeys((*county_begun(bare, catalogue), *anchors_of(timeless)))),
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


def _without_aside(text: str, catalogue: Catalogue) -> str:
    """A question without what it says that it does not ask, but with the place and year said there."""
    kept = regex("question", "aside").sub("", text)
    if kept == text or not kept.strip("，。；？！ "):
        return text
    places = () if any(find_places(kept, catalogue)[:2]) else find_places(text, catalogue)[0]
    time = None if relative_years(kept) or years(kept) else re.search(r"去年|今年|(?:19|20)\d\d年", text)
    return "、".join(fold(place) for place in places) + (time[0] if time else "") + kept


def completed(
    own: Own, history: Sequence[Turn], catalogue: Catalogue
) -> tuple[Own, tuple[str, ...], Own | None]:
    """A question with what it leaves to the conversation (oldest turn first); what was taken; the question before."""
    seen = _Seen()
    for turn in history:
        if turn.role == "assistant":
            seen = replace(seen, chosen=_chosen(turn.content, seen.previous, catalogue))
        elif turn.content.strip():
            said, taken = _in_view(read(turn.content, catalogue), seen, catalogue)
            seen = _after(seen, said, taken, catalogue)
    return *_in_view(own, seen, catalogue), seen.previous


def _in_view(own: Own, seen: _Seen, catalogue: Catalogue) -> tuple[Own, tuple[str, ...]]:
    if seen.previous is None:
        return own, ()
    meant = _place_meant(own, seen, catalogue)
    follows = meant is not own or bool(regex("follow", "begins").search(own.text)) or not own.content
    return _complete(_year_meant(_places_meant(meant, seen), seen), seen.previous, follows=follows)


def _after(seen: _Seen, said: Own, taken: Sequence[str], catalogue: Catalogue) -> _Seen:
    """The conversation with one more question in it."""
    now = _years_of(said, catalogue)
    if seen.previous is None or ("content" not in taken and said.content != seen.previous.content):
        return _Seen(said, said.places, now)
    return _Seen(
        said,
        tuple(place for place in seen.places if place not in said.places) + said.places,
        tuple(year for year in seen.years if year not in now) + now,
    )


def _years_of(own: Own, catalogue: Catalogue) -> tuple[int, ...]:
    """The years a question names, 去年 as the number that the newest report of its places gives it."""
    if own.years or not own.relative:
        return own.years
    newest = own.report_year or catalogue.newest(own.places)
    return tuple(newest + shift for shift in own.relative) if newest else ()


def _chosen(answer: str, asked: Own | None, catalogue: Catalogue) -> str:
    """The place that an answer names first, if the question asked which one it is; else ""."""
    if asked is None or len(asked.places) == 1 or not asks_comparison(asked.text):
        return ""
    if operation_of(asked.text).name not in ("list", "rank", "nth", "top"):
        return ""
    first = squeeze(fold(re.split(r"[。\n（]", answer, maxsplit=1)[0]))
    places = find_places(first, catalogue)[0]
    return places[0] if places else ""


def _place_meant(own: Own, seen: _Seen, catalogue: Catalogue) -> Own:
    """ "那个市的社零呢" after a question which one: the place that was the answer."""
    match = regex("follow", "chosen").search(own.text)
    if not match or not seen.chosen or own.places or own.missing:
        return own
    return read(seen.chosen + own.text[match.end() :], catalogue)


def _places_meant(own: Own, seen: _Seen) -> Own:
    """ "两个差几个百分点", "三个市平均多少", "比海棠多多少": the places last asked about."""
    if not asks_comparison(own.text):
        return own
    if len(own.places) == 1 and regex("follow", "beside").search(own.text) and seen.previous:
        others = [place for place in seen.previous.places if place not in own.places]
        return replace(own, places=(*others, *own.places)) if len(others) == 1 else own
    several = regex("follow", "several").search(own.text)
    if own.places or not (several or regex("follow", "together").fullmatch(own.text)):
        return own
    count = len(seen.places)
    if several and several["n"]:
        count = whole_number(several["n"])
    elif operation_of(own.text).name in ("difference", "ratio"):
        count = 2
    if not 2 <= count <= len(seen.places):
        return own
    left = content_of(regex("follow", "several").sub(" ", own.bare))
    return replace(own, places=seen.places[-count:], every=False, content=left)


def _year_meant(own: Own, seen: _Seen) -> Own:
    """ "再往前一年呢": the year before the one asked about; "增加了多少" after two years: both."""
    shift = regex("follow", "year_shift").fullmatch(own.text)
    if shift and len(seen.years) > 0 and not own.years:
        step = 1 if shift["later"] else -1
        return replace(own, years=(seen.years[-1] + step,), relative=(), kind=None, content="")
    two_years = len(seen.years) > 1 and len(seen.places) < 2 and not own.years and not own.relative
    if two_years and regex("follow", "change").fullmatch(own.text):
        return replace(own, years=tuple(sorted(seen.years[-2:])), content="")
    return own


def _complete(own: Own, previous: Own, *, follows: bool) -> tuple[Own, tuple[str, ...]]:
    """Take from the question before what this one leaves out; names what was taken."""
    said = own.content
    follows = follows or not said
    own = replace(own, content=_content_meant(own, previous, follows=follows))
    taken: list[str] = []
    done = own
    if not own.content or VERBS_ONLY.fullmatch(own.content):
        done = replace(done, content=_other_verb(own.content, previous.content))
        taken.append("content")
    if not own.places and not own.missing and not own.every:
        done = replace(done, places=previous.places, missing=previous.missing, every=previous.every)
        if done.places or done.missing:
            taken.append("place")
    thing = own.content != said and regex("follow", "pronoun").search(own.text)
    if own.timeless and not thing and (follows or "content" in taken):
        done = replace(
            done,
            years=previous.years,
            relative=previous.relative,
            kind=previous.kind,
            report_year=previous.report_year,
            horizon=previous.horizon,
        )
        if done.years or done.relative or done.kind or done.horizon:
            taken.append("time")
    if not taken:
        return own, ()
    shown = _rewrite(done, own, previous, anew="content" in taken or own.content != said)
    bare = fold(shown)
    for name in (*done.places, *done.missing):
        bare = bare.replace(fold(name), " ")
    anchors = own.anchors or previous.anchors
    return replace(done, text=fold(shown), shown=shown, bare=bare, anchors=anchors), tuple(taken)


def _content_meant(own: Own, previous: Own, *, follows: bool) -> str:
    """The content words, with the subject that a pronoun, a bare measure or a bare predicate leaves out."""
    content = own.content
    if not content:
        return ""
    if follows and (other := _counterpart(content, previous.content)):
        return other
    known = bool(indicators_in(asked_as(content) or canonicalise(content)))
    statistic = bool(indicators_in(asked_as(previous.content) or canonicalise(previous.content)))
    pronoun = regex("follow", "pronoun").search(own.text) and not (statistic or known)
    headless = regex("follow", "no_subject").search(own.text) and not indicators_in(content)
    if not own.places and (pronoun or headless):
        content = f"{_entity(previous.content)} {content}".strip()
    if not follows:
        return content
    if len(content) > 1 and content in previous.content.split():
        return previous.content
    if len(content) > 1 and content in previous.content:
        subject = _entity(previous.content, content)
        return f"{subject} {content}" if regex("follow", "measure").fullmatch(content) else previous.content
    return _swap(content, previous.content) or (content if known else _of_the_same(content, previous.content))


def _counterpart(content: str, previous: str) -> str:
    """ "进口呢" after 美国出口: the other side of the same partner's account; "" for anything else."""
    sides = words("follow", "counterparts")
    side = next(iter(indicators_in(asked_as(content) or canonicalise(content))), "")
    before = asked_as(previous) or canonicalise(previous)
    other = next((name for name in indicators_in(before) if name in sides and name != side), "")
    partner = before.replace(other, " ").strip() if other else ""
    alone = side in sides and not content.replace(side, "").strip("进出口 ")
    return f"{partner} {side}".strip() if alone and other else ""


def _entity(content: str, said: str = "") -> str:
    """What a question was about: its words without the count before, the measure and the deed behind."""
    ends = "|".join((regex("follow", "measure").pattern, *words("subject", "verbs")))
    parts = [
        part.removesuffix(said)
        if said and part.endswith(said)
        else re.sub(rf"^[二两三四五六七八九十几\d]+[个条家座项]|(?:{ends})+$", "", part)
        for part in content.split()
    ]
    return " ".join(part for part in parts if part)


def _of_the_same(content: str, previous: str) -> str:
    """ "合同投资额呢" after 招商到位资金: a bare measure is one of the thing before."""
    if not regex("follow", "measure").fullmatch(content):
        return _measured_too(content, previous)
    subject = _entity(previous, content)
    if not subject or indicators_in(subject):
        return content
    joined = canonicalise(subject + content)
    return joined if indicators_in(joined) else f"{subject} {content}"


def _measured_too(content: str, previous: str) -> str:
    """ "冶金那块呢" after 碳酸钙产业产值: another thing by the same measure."""
    heads = words("subject", "asked_heads")
    last = previous.split()[-1]
    head = next((head for head in heads if last.endswith(head)), "")
    alone = len(content) > 6 or " " in content or content.endswith(heads)
    return content if not head or alone else f"{content} {head}"


_DEED = pattern("asked", "deed")


def _other_verb(content: str, previous: str) -> str:
    """ "改造提升的又是多少" after 新增 高标准农田: what was done to the same thing."""
    said = _DEED.findall(content)
    if not said or not _DEED.search(previous):
        return previous
    rest = " ".join(part for part in previous.split() if not _DEED.fullmatch(part))
    return " ".join((*said, _DEED.sub("", rest) if _DEED.match(rest) else rest)).strip()


def _swap(content: str, previous: str) -> str | None:
    """ "农村的呢" after 城镇居民人均可支配收入: the indicator of the same family that begins so."""
    if not content or indicators_in(canonicalise(content)) or len(content) > 6:
        return None
    for name in indicators_in(asked_as(previous) or canonicalise(previous)):
        other = sibling(content, name)
        if other:
            return previous.replace(name, other) if name in previous else other
    return None


def _rewrite(done: Own, own: Own, previous: Own, *, anew: bool) -> str:
    """The follow-up as a question of its own, for the search and for the reader."""
    if not anew:
        place = "" if own.places or own.missing else "、".join(done.places or done.missing)
        return place + regex("follow", "lead").sub("", own.shown)
    if moved := _moved(done, own, previous):
        return moved
    time = "和".join(f"{y}年" for y in done.years) or "".join(
        {1: "明年", 0: "今年", -1: "去年", -2: "前年"}.get(r, "") for r in done.relative
    )
    word = "目标" if done.kind == "target" and "目标" not in done.content else ""
    ask = re.search(r"(?:是?多少|有哪些|是什么|怎么样|哪些|几[\u4e00-\u9fff]).*$", previous.shown)
    cause = pattern("cause", "ask").search(own.text)
    as_said = done.every or cause or asks_comparison(own.text) or _measured(own.text)
    tail = regex("follow", "lead").sub("", own.shown) if as_said else ask[0] if ask else "是多少？"
    if regex("follow", "change").fullmatch(own.text) and len(done.years) > 1:
        tail = "合计多少" if pattern("compare", "total").search(own.text) else "相差多少"
    for part in done.content.split():
        tail = tail.replace(part, "")
    return f"{'、'.join(done.places or done.missing)}{time}{done.content.replace(' ', '')}{word}{tail}"


def _measured(text: str) -> bool:
    """Whether a follow-up says what is to be measured: 在全区排第几, 增速呢."""
    return any(pattern(key, "ask").search(text) for key in ("rank", "share", "growth", "amount"))


def _moved(done: Own, own: Own, previous: Own) -> str | None:
    """The question before in its own words, asked of another place; None if more is changed."""
    named = [place for place in (*previous.places, *previous.missing)]
    if len(named) != 1 or own.years or own.relative or own.kind or own.content or _measured(own.text):
        return None
    if asks_comparison(own.text + previous.text):
        return None
    if done.content != previous.content or len(done.places) + len(done.missing) != 1 or done.every:
        return None
    to = (*done.places, *done.missing)[0]
    for name in (named[0], short_name(named[0])):
        if name in previous.shown and not pattern("cause", "ask").search(own.text):
            return previous.shown.replace(name, to, 1)
    return None
