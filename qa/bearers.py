"""Whom a figure is of, where it is not the report's own place: 全国, 市区, a county, a zone."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from qa.clauses import verb_of
from qa.indicator_names import canonical, indicators_in, self_words
from qa.lexicon import regex, words
from qa.places import begins_word, gazetteer, places_in, province_names, short_name
from qa.predicates import LEAD
from qa.text import fold


def _any(key: str) -> str:
    """The words of a list as alternatives."""
    return "|".join(words("bearer", key))


def bearer_of(name: str, place: str) -> tuple[str, str]:
    """(who, what): 全国粮食产量 -> (全国, 粮食产量); the report's own 全市 and 我市 give ""."""
    own = sorted({*self_words(place), place, short_name(place)}, key=len, reverse=True)
    while True:
        bare = re.sub(rf"^(?:{_any('begun')})+(?=[\u4e00-\u9fffA-Za-z]{{3}})", "", name)
        word = next((w for w in own if bare.startswith(w) and _is_owner(w, bare[len(w) :], place)), "")
        if bare == name and not word:
            break
        name = bare[len(word) :]
    if urban := regex("subject", "urban").match(name):
        return urban[0], name[urban.end() :]
    for word in (*words("subject", "narrower"), *words("subject", "wider"), *province_names()):
        if name.startswith(word) and len(name) > len(word) and _bears(word, name[len(word) :]):
            return word, name[len(word) :]
    return "", name


def _bears(word: str, rest: str) -> bool:
    """A province before a statistic bears it, before 长鸿生物 it is part of a name; 全区首条, 全国示范村 and 全省通办 name things."""
    if rest.startswith(words("bearer", "titles")):
        return False
    if re.search(rf"(?:{_any('titles_end')})[^，]{{0,6}}$", rest):
        return False
    return word not in province_names() or canonical(rest) is not None


def _is_owner(word: str, rest: str, place: str) -> bool:
    """Whether a name begins with its owner: 合肥地区生产总值, but not 合肥港货物吞吐量."""
    return bool(rest) and (word != short_name(place) or word == place or bool(canonical(rest)))


# ------------------------------------------------------------------ who is spoken of through a sentence

_DOES = f"(?:{_any('urged')})*(?:{_any('done')})?"
_ZONE = f"(?:{_any('zones')})"
_BEARER = re.compile(
    rf"^{_DOES}(?P<who>[\u4e00-\u9fff·—“”]{{0,12}}?{_ZONE}(?:[\u4e00-\u9fff]{{2,4}}片区)?)(?P<rest>.*)$"
)
_COUNTY = re.compile(
    r"(?P<who>(?![全各本我该两三贫脱重大强小每山边农示百试所])[\u4e00-\u9fff](?![全各本我该])[\u4e00-\u9fff]"
    r"(?:县|自治县))(?![域级城乡区处市、和])"
)
_ONLY = re.compile(
    r"(?:方面|建设|发展|(?:高质量|加快|创新|优化)?(?:发展|提升|建设|开放)(?:战略|行动|工程)?|提升战略|提升行动)?"
)
_NO_BEARER = re.compile(
    r"^[的等和、与及以至成为获入被列级内外\d]|^正式|^全国|^国家|^(?:已|共|总数|累计)*(?:达到?|有|增[至加]到?|扩大到)\d"
)
_ROSE = re.compile(f"(?:成功|正式|顺利|再次)*(?:{_any('raised')})")
"""枫江经开区获批省级高新区，亩均税收…: what is measured next is the zone's."""
_SEVERAL = re.compile(r"[、和及与在于对从被把的]|^[各全本两三多]|等|[国省市县]级")
_ANY = re.compile(rf"(?:{_any('kinds')})+{_ZONE}|(?:{_any('partial')})区?|新城|新区")
"""Zones of any name: 推进农业产业园区建设 speaks of no zone."""


def spoken_of(clause: str, place: str, *, counting: bool) -> tuple[str, int] | None:
    """The zone or county that a folded clause begins to speak of, and where its name begins in the clause.

    ("", 0) where it speaks of the report's own place again or of another, None where it says nothing of it. A clause
    that counts something (``counting``) must tell it of the zone; one that does not only names its theme.
    """
    bare = LEAD.sub("", clause.strip())
    offset = clause.find(bare)
    own = {*self_words(place), place}
    if bare.startswith(tuple(own)):
        return "", 0
    match = _BEARER.match(bare)
    zone = match["who"] if match else ""
    if match and not _SEVERAL.search(zone) and not _ANY.fullmatch(zone) and zone not in own:
        rest = match["rest"]
        themed = not counting and (_ONLY.fullmatch(rest) or (match.start("who") == 0 and _ROSE.match(rest)))
        counted = counting and match.start("who") == 0 and len(rest) > 3 and not _NO_BEARER.match(rest)
        if themed or counted:
            return zone, offset + match.start("who")
    county = _county_at(bare)
    rest = bare[len(county) :]
    stated = counting and (indicators_in(rest[:14]) or verb_of(rest))
    if county and county not in own and (stated or not rest):
        return county, offset
    elsewhere = any(start == 0 for start, _, _ in places_in(bare))  # 某区封关运行，某市获批，新开通航线15条
    return ("", 0) if elsewhere else None


def _county_at(bare: str) -> str:
    named = next((bare[:n] for n in range(11, 1, -1) if bare[:n] in _counties()), "")
    if named and not re.match(r"[、和及与等的]", bare[len(named) :]):
        return named
    match = _COUNTY.match(bare)
    return match["who"] if match and not named else ""


@lru_cache(maxsize=20_000)
def names_county(name: str) -> bool:
    """Whether a name holds that of a county: 甲县、乙县等县域园区产值 is not the place's own."""
    return bool(counties_named(name))


@lru_cache(maxsize=20_000)
def counties_named(name: str) -> tuple[str, ...]:
    """The counties whose names a name holds, folded; one that the gazetteer lacks at its beginning (石湾县4A级景区)."""
    text = fold(name)
    begun = _COUNTY.match(text)
    ends = [match.end() for match in re.finditer(r"[县市区旗](?![域级城乡])", text)]
    spans = [(end - n, end) for end in ends for n in range(2, min(12, end + 1))]
    whole = (text[s:e] for s, e in spans if e - s > 2 or begins_word(text, s))  # 示范县 holds no 范县
    known = tuple(span for span in whole if span in _counties())
    return known or ((begun["who"],) if begun else ())


@cache
def _counties() -> frozenset[str]:
    """Names of counties; 城区 and 郊区 are words too."""
    names = (fold(place.name) for place in gazetteer() if place.level == "county")
    return frozenset(name for name in names if len(name) > 2 or name.endswith("县"))
