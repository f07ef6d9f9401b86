"""The names in a clause of a report: projects, roads, parks, companies, campaigns, places. Rules over text.

Names in quotation marks; words that end in what names a thing (name_ends of commitments.toml) behind a proper part;
the members of "A、B等一批项目"; places of the gazetteer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import cache

from qa.lexicon import choice, pattern, piece, regex, words
from qa.places import gazetteer, places_in, short_name
from qa.text import fold

MAX_NAME_CHARS = 30

_QUOTED = re.compile(r"[“「\"]([^“”「」\"，。；：！？\n]{2,20})[”」\"]")
_BLOT = re.compile(rf"{_QUOTED.pattern}|《[^《》\n]{{1,60}}》")
_PIECE = re.compile(r"[^、，。；：！？]+")
_MEMBERS = regex("naming", "members")
_JOINT = re.compile(r"(?<=[\u4e00-\u9fff）”])(?:以及|[和及与暨])(?=[\u4e00-\u9fff“a-z\d])")
_COUNT = regex("naming", "count")
_TAIL = re.compile(
    r"(?:[一二三四五六七八九十]+期|（[^（）]{1,16}）|[东西南北中]段|[一二三]标段|\d{1,2}号[线机组]*)*(?:工程|项目)?"
)
_INNER = regex("naming", "inner")
_CUT = re.compile(rf"{_JOINT.pattern}|{_INNER.pattern}")
_WORD_BEGINS = re.compile(r"[、，和与及在到至从（对向由]")
_VAGUE = regex("naming", "vague")


def names_in(text: str, place: str = "") -> tuple[str, ...]:
    """Names in a clause, exact substrings of ``text``, each once, in order; ``place``, the report's own, is none."""
    folded = fold(text)
    own = {fold(place), short_name(place)} if place else set()
    spans = {*_quoted(folded), *_ended(folded), *_members(folded), *_places(folded, own)}
    kept: list[tuple[int, int]] = []
    reached = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if end > reached and 2 <= end - start <= MAX_NAME_CHARS:  # else it stands within a longer one
            kept.append((start, _closed(folded, start, end)))
            reached = end
    return tuple(dict.fromkeys(text[start:end] for start, end in kept))


def _places(folded: str, own: Set[str]) -> Iterator[tuple[int, int]]:
    """Gazetteer names where a word begins: 新增城区 holds no 增城区, and 示范县 no 范县."""
    lead = _without_lead(folded, 0, len(folded))
    begins = {lead, *(match.end() for match in _WORD_BEGINS.finditer(folded, lead))}
    # The whole gazetteer costs 0.25 ms a clause; most clauses name no place.
    if not any(folded[at : at + 2] in _place_heads() for at in begins):
        return
    for start, end, found in places_in(folded):
        if start in begins and found.name not in own and found.short not in own:
            yield start, end


@cache
def _place_heads() -> frozenset[str]:
    """The first two characters of all places of the gazetteer."""
    return frozenset(name[:2] for place in gazetteer() for name in (place.name, place.short))


def _closed(folded: str, start: int, end: int) -> int:
    """The end of a name, behind the bracket that it opens."""
    is_open = folded.count("（", start, end) > folded.count("）", start, end)
    return end + 1 if is_open and folded[end : end + 1] == "）" else end


def _quoted(folded: str) -> Iterator[tuple[int, int]]:
    """“千万工程”; with its noun if it has one: “两山”行动."""
    for match in _QUOTED.finditer(folded):
        noun = pattern("commitment", "name_ends").match(folded, match.end())
        if noun and len(noun[0]) > 1:
            yield match.start(), noun.end()
        else:
            yield match.span(1)


def _pieces(folded: str, cut: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Spans between punctuation, and within them between the matches of ``cut``."""
    for match in _PIECE.finditer(folded):
        begin = match.start()
        for joint in cut.finditer(match[0]):
            yield begin, match.start() + joint.start()
            begin = match.start() + joint.end()
        yield begin, match.end()


def _ended(folded: str) -> Iterator[tuple[int, int]]:
    blotted = _BLOT.sub(lambda match: "□" * len(match[0]), folded)
    for start, end in _pieces(blotted, _CUT):
        if "□" in blotted[start:end]:
            continue
        if "（" not in folded[start:end]:
            start = max(start, folded.rfind("）", start, end) + 1)
        end = folded.find("等", start, end) if "等" in folded[start:end] else end
        start = _without_lead(folded, start, end)
        found = list(_ends().finditer(folded, start, end))
        if not found:
            continue
        last = found[-1]
        tail = _TAIL.match(folded, last.end(), end)
        if _is_proper(folded[start : last.start()]) and not _VAGUE.search(folded, start, last.end()):
            yield start, tail.end() if tail else last.end()


def _members(folded: str) -> Iterator[tuple[int, int]]:
    for match in _MEMBERS.finditer(folded):
        low = max(folded.rfind(mark, 0, match.start()) for mark in "，。；：！？") + 1
        for start, end in _pieces(folded[low : match.start()], _JOINT):
            start, end = _without_lead(folded, low + start, low + end), low + end
            if end - start >= 3 and _is_proper(folded[start:end]) and not _VAGUE.search(folded, start, end):
                yield start, end


def _without_lead(folded: str, start: int, end: int) -> int:
    """Where a name begins behind verbs, adverbs, counts and plain words (加快推进一批重大…)."""
    while start < end:
        rest = folded[start:end]
        found = _leads().match(rest) or _COUNT.match(rest)
        if not found or not found[0]:
            return start
        start += found.end()
    return start


def _is_proper(bare: str) -> bool:
    """Whether what stands before a name's noun is a proper part and not 重大 or 基础设施."""
    left = _plain().sub("", bare)
    return len(re.findall(r"[\u4e00-\u9fffa-z\d]", left)) >= 2


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(choice(word for word in words("commitment", "name_ends") if len(word) > 1))


@cache
def _plain() -> re.Pattern[str]:
    return pattern("commitment", "name_plain")


@cache
def _leads() -> re.Pattern[str]:
    """What stands before a name: verbs with their adverbs, or a plain quantifier."""
    kinds = ("开工", "新建", "建成", "完成", "改造", "新增", "创建", "推进", "modal", "lead")
    verb = choice(word for key in kinds for word in words("commitment", key) if len(word) > 1)
    adverb = choice(words("commitment", "adverb"))
    return re.compile(
        rf"(?:{adverb}){{0,6}}(?:(?!{piece('commitment', 'no_verb')})(?:{verb})好?|一批|新一轮|一系列|的|[把将对])"
    )
