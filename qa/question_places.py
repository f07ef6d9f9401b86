"""Which places a question is about: those of reports, places that no report is of, and counties within one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from qa.indicator_names import indicators_in
from qa.lexicon import indicators, words
from qa.nation import NATION, country_asked, country_in
from qa.place_asked import SUBJECT_AFTER, is_other_of_two, is_subject, only_told_of
from qa.places import (
    Place,
    county_shorts,
    gazetteer,
    pinyin_name,
    places_in,
    province_of,
    short_name,
    zone_names,
)
from qa.text import fold, sounds
from qa.types import ReportInfo, looks_back_on
from qa.wording import EVERY, content_of, does_together
from qa.year_parts import YEAR_PART, parts_in, tells_own_year


def covered(report: ReportInfo) -> tuple[int, ...]:
    """The years that a report tells of: a bulletin its own, any other the year before and its own."""
    past = looks_back_on(report.year, report.given_on)
    return (report.year,) if tells_own_year(report.doc_kind) else (past, past + 1)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What scope needs to know of the index: its reports, and whether a text names something."""

    reports: tuple[ReportInfo, ...]
    texts: Mapping[str, str] = field(default_factory=dict)
    """Folded texts by report_id (of a very large index only the first ones): where names are looked up."""

    def mentions(self, word: str) -> bool:
        """Whether any report names a word (folded)."""
        return any(word in text for text in self.texts.values())

    def holds(self, report_id: str, word: str) -> bool:
        """Whether one report names a word (folded)."""
        return word in self.texts.get(report_id, "")

    def speaks_of(self, report_id: str, parts: Sequence[str]) -> bool:
        """Whether one report has the beginning and the end of each part (folded) that names a thing: 药茶年产值 of 药茶产值.

        A statistic is told by any of its names.
        """
        text = self.texts.get(report_id, "")

        def told(part: str) -> bool:
            if re.search(r"\d", part):
                return part in text
            names = (name for one in indicators_in(part) for name in indicators()[one].same)
            return (part[:2] in text and part[-2:] in text) or any(name in text for name in names)

        long = [part for part in parts if len(part) >= 3]
        return bool(long) and all(map(told, long))

    def tells(self, places: Sequence[str], thing: str, measure: str) -> bool:
        """Whether a report of some places speaks of a measure of a thing in one breath (both folded)."""
        near = re.compile(rf"{re.escape(thing)}[^。；\n]{{0,24}}{re.escape(measure)}")
        own = [r.report_id for r in self.reports if not places or r.place in places]
        return any(near.search(self.texts[i]) for i in own if i in self.texts)

    @property
    def places(self) -> tuple[str, ...]:
        """The places of the reports, each once, in their order."""
        return tuple(dict.fromkeys(info.place for info in self.reports))

    def names(self, short: str) -> bool:
        """Whether a report names a place by its short name alone: 那坡、靖西, but not 石门 in 石门岭."""
        alone = re.compile(rf"{re.escape(short)}(?=[县市区、和与及等，。；的（）至到—]|$)")
        return any(alone.search(text) for text in self.texts.values())

    def next_year(self, places: tuple[str, ...]) -> int | None:
        """The year that the newest report of some places itself calls 明年, if it was given late in the year before."""
        told = [r for r in self.reports if r.place in places]
        newest = max(told, key=lambda r: r.year, default=None)
        if newest is None or not newest.given_on or int(newest.given_on[:4]) > newest.year:
            return None
        given = int(newest.given_on[:4])
        return given + 1 if looks_back_on(newest.year, newest.given_on) == given else None

    def this_year(self, places: tuple[str, ...]) -> int:
        """The year that every report of some places (of all, if none is named) calls 今年; 0 if they differ."""
        called = {called_this_year(r) for r in self.reports if not places or r.place in places}
        return called.pop() if len(called) == 1 else 0

    def newest(self, places: tuple[str, ...]) -> int:
        """The year that the newest report of some places (of all, if none is named) calls 今年; 0 without one."""
        return max(
            (called_this_year(r) for r in self.reports if not places or r.place in places),
            default=0,
        )


def told_till(info: ReportInfo) -> int:
    """The last year that a report tells of as done."""
    return info.year if tells_own_year(info.doc_kind) else looks_back_on(info.year, info.given_on)


def called_this_year(info: ReportInfo) -> int:
    """The year that a report calls 今年: a release of part of a year its own."""
    running = tells_own_year(info.doc_kind) and bool(parts_in(info.doc_kind))
    return told_till(info) + (not running)


def with_full_names(question: str, catalogue: Catalogue) -> str:
    """A question with 沪皖两地 as 上海市、安徽省, where such places have reports; a name made of them (川渝合作) stays."""
    question = _by_custom(question, catalogue)
    table = _abbreviations(catalogue.places)
    if not table:
        return question

    def full(match: re.Match[str]) -> str:
        after = question[match.end() :]
        meant = [table[char] for char in match[0] if char in table]
        counted = re.match(r"[两二三四五六][地省市家]", after)
        if _has_whole_name(match[0]) or (not counted and _is_name(match[0], after, catalogue)):
            return match[0]
        held = [place for place in meant if place in catalogue.places]
        if len(set(meant)) < len(meant) or len(held) < (1 if counted else len(meant)):
            return match[0]
        return "、".join(meant)

    return _abbreviated("".join(table)).sub(full, question)


def _by_custom(question: str, catalogue: Catalogue) -> str:
    """A question with 锡盟 as 锡林郭勒盟, if that has a report or no report knows another 锡盟."""
    for entry in words("place", "customary"):
        short, _, name = entry.partition("=")
        meant = name in catalogue.places or not catalogue.mentions(short)
        if short in question and meant and name not in question:
            question = re.sub(rf"(?<!双){short}(?![区县])", name, question)
    return question


def _is_name(short: str, after: str, catalogue: Catalogue) -> bool:
    """Whether abbreviations begin a longer name (沪苏湖高铁), by what reports write or what such names go on with."""
    known = short in county_shorts() or bool(_NAME_OF_THEM.match(after))
    return known or catalogue.mentions(fold(short + after[:2]))


def _has_whole_name(short: str) -> bool:
    """Whether two of some abbreviations are the name of one province or city: 辽宁|三省."""
    return any(short[at : at + 2] in _wider_places() for at in range(len(short) - 1))


@cache
def _wider_places() -> frozenset[str]:
    return frozenset(place.short for place in gazetteer() if place.level != "county")


@cache
def _abbreviated(chars: str) -> re.Pattern[str]:
    """Two abbreviations or more in a row, or one that is no word of its own before a time, an equal or GDP."""
    alone = "".join(char for char in words("place", "abbreviations_alone") if char in chars)
    begin = r"(?:(?<![\u4e00-\u9fff])|(?<=[年的比和与跟同、问]))"
    behind = r"(?=(?:[去今前]年|20\d\d年|[的比和与跟、呢]|gdp|GDP|谁))"
    return re.compile(rf"{begin}(?:[{chars}](?:[、和与跟]?[{chars}])+|[{alone}]{behind})")


@cache
def _abbreviations(places: tuple[str, ...]) -> dict[str, str]:
    """The place that each abbreviation stands for: the one of ``places``, else the first; {} if none is of them."""
    reports = {short_name(place): place for place in places}
    names = {place.short: place.name for place in reversed(gazetteer()) if place.level != "county"}
    entries = [entry.partition("=") for entry in words("place", "abbreviations")]
    shorts = {char: said.split("、") for char, _, said in entries}
    if not any(short in reports for said in shorts.values() for short in said):
        return {}
    return {
        char: next((reports[one] for one in said if one in reports), names.get(said[0], said[0]))
        for char, said in shorts.items()
    }


_NAME_OF_THEM = re.compile("|".join(map(re.escape, words("place", "abbreviations_name"))))


def find_places(
    text: str, catalogue: Catalogue
) -> tuple[tuple[str, ...], tuple[str, ...], list[tuple[int, int]]]:
    """Report places named in the text, other places it asks about, and where they stand in it."""
    found: list[tuple[int, int, str]] = []
    for form, place in _forms(text, catalogue):
        if form not in text:
            continue
        for match in re.finditer(re.escape(form) + (r"(?:city)?" if form.isascii() else ""), text):
            taken = [p for s, e, p in found if s <= match.start() < e]
            if not taken or (form == short_name(place) and all(short_name(p) == form for p in taken)):
                found.append((match.start(), match.end(), place))
    found = _drop_ambiguous(found, text) or _same_sound(text, catalogue)
    if NATION in catalogue.places:
        found += country_in(text, beside=bool(found))
    told_of = only_told_of(found, text)
    left_out = {
        place
        for start, _, place in found
        if re.search(r"除[了去开]?(?:[\u4e00-\u9fff]{2,5}[、和与及])*$", text[:start])
    }
    places = tuple(dict.fromkeys(place for _, _, place in sorted(found) if place not in told_of))
    if left_out and EVERY.search(text):  # 除了甲市，其他市: all but that one
        places = tuple(p for p in catalogue.places if p not in left_out and p != NATION)
    spans = [(s, e) for s, e, _ in found]
    country = country_asked(text, at_hand=NATION in catalogue.places) if not places else None
    if country:
        return (
            ((NATION,), (), [*spans, country])
            if NATION in catalogue.places
            else ((), (NATION,), [*spans, country])
        )
    missing = _missing_places(text, catalogue, spans, bool(places))
    if not places and not missing:
        places = _province_of_name(text, catalogue)
    return places, tuple(name for name, _, _ in missing), spans + [(s, e) for _, s, e in missing]


def _province_of_name(text: str, catalogue: Catalogue) -> tuple[str, ...]:
    """The province whose report alone speaks of something that is named by one of its cities: 宁波舟山港."""
    above = {province_of(name): name for name in catalogue.places if name.endswith(("省", "自治区"))}
    for start, end, place in places_in(text):
        name = above.get(place.code[:2])
        longer = text[start : end + 2]
        tell = {report.place for report in catalogue.reports if catalogue.holds(report.report_id, longer)}
        if place.level == "city" and name and tell == {name}:
            return (name,)
    return ()


def _forms(text: str, catalogue: Catalogue) -> list[tuple[str, str]]:
    """(form, place) of all report places, the longest form first: 吉林市 before the 吉林 of 吉林省."""
    latin = bool(re.search(r"[a-z]", text))
    forms = []
    for place in catalogue.places:
        if place != NATION:
            names = {fold(place), short_name(place), short_name(place) + fold(place)[-1], *zone_names(place)}
            forms += [(name, place) for name in names | ({pinyin_name(place)} if latin else set())]
    return sorted(forms, key=lambda item: -len(item[0]))


def _same_sound(text: str, catalogue: Catalogue) -> list[tuple[int, int, str]]:
    """A place written with a wrong character of the same sound, at the start: 合飞 for 合肥."""
    head = re.match(r"(?:请问)?(?:20\d\d年|去年|今年)?(?P<name>[\u4e00-\u9fff]{2,4})", text)
    if not head or places_in(text[: head.end()]):
        return []
    for place in catalogue.places:
        short = short_name(place)
        typed = head["name"][: len(short)]
        shared = sum(a == b for a, b in zip(typed, short, strict=False))
        if len(typed) == len(short) and shared >= 1 and sounds(typed) == sounds(short):
            end = head.start("name") + len(short)
            tail = place[len(short) :]
            return [(head.start("name"), end + (len(tail) if text[end:].startswith(tail) else 0), place)]
    return []


_TOWN = re.compile(r"[\u4e00-\u9fff]{2,3}(?<![城乡小强名重集村建制范色个业])(?:镇|乡|街道)")


_BEGINS = re.compile(
    r"^(?:请问|那么?|去年|今年|20\d\d年|\s|的)*(?P<name>[\u4e00-\u9fff]{2,4}?)(?:(?P<sure>(?=去年|今年|[\da-z]))|(?=有哪|拿|获|入选|的))"
)


_COUNTY_FIRST = re.compile(
    r"(?:[\s的]|去年|今年|20\d\d年)*(?P<name>(?![全各本我该两三贫])[\u4e00-\u9fff]{2,3}[县旗])(?![域级城乡区处市、和])"
)


def county_begun(bare: str, catalogue: Catalogue) -> tuple[str, ...]:
    """A county by its short name alone at the start (都安去年…), if a report names it in full.

    One of three characters may be a word (资源的, 资源县) but before a year or a code: 南丹4A景区. A county in full may have a
    name that is no longer in use, if a report speaks of it.
    """
    said = _COUNTY_FIRST.match(bare)
    if said and not places_in(said["name"]) and catalogue.mentions(said["name"]):
        return (said["name"],)
    begun = _BEGINS.match(bare)
    place = county_shorts().get(begun["name"]) if begun else None
    if begun is None or place is None or not catalogue.mentions(place.name):
        return ()
    return (place.short,) if begun["sure"] is not None or len(place.name) > 3 else ()


def cities_within(places: tuple[str, ...], bare: str) -> tuple[str, ...]:
    """The cities of a province asked about that a question names: what is told of all of it is no answer for them."""
    codes = {place.code[:2] for place in gazetteer() if place.level == "province" and place.name in places}
    return tuple(
        place.short for _, _, place in places_in(bare) if place.level == "city" and place.code[:2] in codes
    )


def is_county(anchor: str) -> bool:
    """Whether an anchor is a county's name, in full or short."""
    return anchor in county_shorts() or anchor.endswith(("县", "旗"))


_MARK = re.compile("(?:[一二三四五六七八九十]是)+")
"""How a list is set, in quotation marks: “一是”“二是”."""


def anchors_of(bare: str) -> tuple[str, ...]:
    """Counties, places that something is done with, quoted names, codes (3号线, 5A, AA+) and parts of a year: what answers must name them too."""
    together = does_together(bare)
    named = [place.short for _, _, place in places_in(bare) if together or place.level == "county"]
    return tuple(
        dict.fromkeys(
            named
            + [
                word
                for word in re.findall(r"[“‘《「]([^”’》」]{2,20})[”’》」]", bare)
                if re.search(r"\w", word) and not _MARK.fullmatch(word)
            ]
            + [part for part in content_of(bare).split() if _TOWN.fullmatch(part)]
            + re.findall(
                r"\d+号线?|(?<![a-z])[a-z]+(?!(?:19|20)\d\d年)\d+(?![\d.])|(?<![\da-z.])\d[a-z](?![a-z\d])"
                r"|(?<![a-z])a{2,3}[+-]?(?![a-z\d])",
                bare,
            )
            + [parts_in(part)[0] for part in re.findall(rf"(?<![比较和与、]){YEAR_PART}", bare)]
        )
    )


def _drop_ambiguous(found: list[tuple[int, int, str]], text: str) -> list[tuple[int, int, str]]:
    """Two reports' places may share a short name (吉林省, 吉林市); the one written in full is meant."""
    full = {(s, p) for s, e, p in found if text[s:e] == fold(p)}
    return [(s, e, p) for s, e, p in found if (s, p) in full or not any(o == s for o, _ in full)]


def _missing_places(
    text: str, catalogue: Catalogue, spans: list[tuple[int, int]], has_place: bool
) -> list[tuple[str, int, int]]:
    """Places asked about that no report is of. Inside a question about a report's place they are content,
    unless they stand beside it as its equal ("合肥和芜湖")."""
    missing: list[tuple[str, int, int]] = []
    told = False
    for start, end, place in places_in(text):
        if any(s < end and start < e for s, e in spans):
            continue
        parent = place.level == "province" and EVERY.search(text) and _is_parent_of_all(place, catalogue)
        if parent and not catalogue.mentions(text[max(0, start - 2) : end + 2]):
            spans.append((start, end))
            continue
        if catalogue.mentions(text[start : end + 2]) and not re.match(
            r"[的和与、，？\s\d]|市|省", text[end : end + 1]
        ):
            continue  # part of a longer name that a report speaks of
        equal = _stands_beside(text, start, end, spans) or is_other_of_two(text, start, end)
        equal = equal and not _is_partner(text, place, catalogue)
        if place.level == "county":
            asked = not has_place and not catalogue.mentions(place.name) and not catalogue.names(place.short)
        else:
            asked = equal if has_place else is_subject(text, start, end, told=catalogue.mentions(place.short))
            if asked and (
                _is_bracketed(text, start, place, catalogue) or _is_told_of(text, place, catalogue)
            ):
                asked, told = False, True
        if asked:
            missing.append((place.name, start, end))
            spans.append((start, end))
    if not (missing or has_place or spans or told):
        missing = _missing_by_start(text, catalogue)
    return missing


def _is_bracketed(text: str, start: int, place: Place, catalogue: Catalogue) -> bool:
    """中欧班列西安, which a report writes 中欧班列（西安）: part of a name."""
    head = text[max(0, start - 2) : start]
    return len(head) == 2 and any(
        catalogue.mentions(f"{head}（{name}") for name in (place.short, fold(place.name))
    )


_DEED_ASKED = re.compile(r"什么(?!水平)|啥|哪(?!年)")


def _is_told_of(text: str, place: Place, catalogue: Catalogue) -> bool:
    """Whether a city's deeds may be asked of the report of its province (汉中要建什么基地); its figures are its own report's."""
    if place.level == "province" or not _DEED_ASKED.search(text) or "最" in text or indicators_in(text):
        return False
    above = {province_of(name) for name in catalogue.places if name.endswith(("省", "自治区"))}
    return place.code[:2] in above and catalogue.mentions(place.short)


def _is_partner(text: str, place: Place, catalogue: Catalogue) -> bool:
    """Whether a place is one that something is done with, as a report tells: 甲市和乙市共建什么园区."""
    return does_together(text) and catalogue.mentions(place.short)


def _is_parent_of_all(place: Place, catalogue: Catalogue) -> bool:
    return {province_of(name) for name in catalogue.places} == {place.code[:2]}


def _stands_beside(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    around = re.compile(r"^(?:市|的)?(?:和|与|跟|同|及|、|,|，|比|还是|or|and|\s)+$")
    return any(
        around.match(text[min(end, e) : max(start, s)] or "x") for s, e in spans if e <= start or end <= s
    )


_NAMED_PLACE = re.compile(
    r"[^\W\da-z新上各全我本哪个城县这该某两几多大小有没是否还些么请问今去少]{2,6}(?:自治[州县区旗]|[市县省州])"
)
"""A name of a place that no gazetteer has, at the start of a question: 云岭市去年…"""


def _missing_by_start(text: str, catalogue: Catalogue) -> list[tuple[str, int, int]]:
    head = re.sub(r"^(?:请问|那么?|那|20\d\d年?|去年|今年)+", "", text)
    at = len(text) - len(head)
    if any(
        start == 0 and (catalogue.mentions(place.name) or catalogue.names(place.short))
        for start, _, place in places_in(head)
    ):
        return []  # a county by its short name (环江县): content of the reports that name it
    for length in (4, 3, 2):
        place = county_shorts().get(head[:length])
        if place and SUBJECT_AFTER.match(head[length:]) and not catalogue.mentions(place.short):
            return [(place.name, at, at + length)]
    unknown = _NAMED_PLACE.match(head)
    if (
        unknown
        and not EVERY.match(unknown[0])
        and SUBJECT_AFTER.match(head[unknown.end() :])
        and not all(map(catalogue.mentions, re.split("[和与及跟同、]", unknown[0])))
    ):
        return [(unknown[0], at, at + unknown.end())]
    latin = {match[0]: match for match in reversed([*re.finditer("[a-z]+", text)])}
    for item in gazetteer() if any(len(word) > 3 for word in latin) else ():
        if item.level != "county" and (match := latin.get(pinyin_name(item.name))):
            return [(item.name, match.start(), match.end())]
    return []
