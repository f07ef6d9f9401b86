"""Names of places: short forms, the gazetteer of provinces, cities and counties, pinyin for English."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from qa.lexicon import any_of, words
from qa.text import fold, sounds


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer; ``code`` is of GB/T 2260, its first two digits the province's."""

    name: str
    short: str
    level: str
    code: str


@cache
def short_name(name: str) -> str:
    """合肥市 -> 合肥, 富川瑶族自治县 -> 富川, 广西壮族自治区 -> 广西; a name of two characters stays."""
    bare = fold(name)
    bare = _without_end(bare, words("place", "suffixes"))
    peoples = words("place", "peoples")
    while (shorter := _without_end(bare, peoples)) != bare:
        bare = shorter
    return bare


@cache
def zone_names(name: str) -> frozenset[str]:
    """All names of a development zone: 白水经开区 and 白水开发区 for 白水经济技术开发区; none of any other place."""
    for family in ("hightech", "economic", "bonded", "industrial", "resort", "free_trade"):
        kinds = words("zone", family)
        bare = _without_end(fold(name), kinds)
        if bare != fold(name) and len(bare) <= _ZONE_OF:
            return frozenset(bare + kind for kind in kinds)
    return frozenset()


_ZONE_OF = 6
"""Characters of the place that a zone is named by."""


def _without_end(name: str, ends: tuple[str, ...]) -> str:
    """A name without the first of these ends that leaves two characters or more."""
    if not name.endswith(ends):  # nearly all: one look instead of one for each end
        return name
    return next((name[: -len(end)] for end in ends if name.endswith(end) and len(name) - len(end) >= 2), name)


@cache
def gazetteer() -> tuple[Place, ...]:
    """All provinces, cities and counties of China, provinces first."""
    with resources.files("qa").joinpath("data/places.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    order = {"province": 0, "city": 1, "county": 2}
    made = [Place(row["name"], short_name(row["name"]), row["level"], row["code"]) for row in rows]
    return tuple(sorted(made, key=lambda place: (order[place.level], place.code)))


@cache
def _gazetteer_pattern() -> tuple[re.Pattern[str], dict[str, Place]]:
    """Full names of every level, short names of provinces and cities (a county's is too often a word)."""
    table: dict[str, Place] = {}
    for place in gazetteer():
        if len(place.name) > 2 or not place.name.endswith("区"):  # 城区 is a name only beside its city's
            table.setdefault(place.name, place)
        if place.level != "county":
            table.setdefault(place.short, place)
        elif place.name.endswith(("自治县", "自治旗")):
            table.setdefault(place.short + place.name[-1], place)  # 环江县 of 环江毛南族自治县
    return any_of(table), table


def places_in(folded: str) -> list[tuple[int, int, Place]]:
    """(start, end, place) of gazetteer names in a text, the longest at each position."""
    regex, table = _gazetteer_pattern()
    found = [(match.start(), match.end(), table[match[0]]) for match in regex.finditer(folded)]
    return [
        one for one in found if one[1] - one[0] > 2 or one[2].level != "county" or begins_word(folded, one[0])
    ]


_HAN = re.compile("[\u4e00-\u9fff]")

_BEFORE = frozenset("市省州区县在和与及跟同比对问查看请的年是")
"""Characters that a place's name follows."""


def begins_word(folded: str, at: int) -> bool:
    """Whether a county's name of two characters begins a word: 示范县 holds no 范县."""
    return at == 0 or not _HAN.match(folded[at - 1]) or folded[at - 1] in _BEFORE


@cache
def province_names() -> tuple[str, ...]:
    """Short names of the provinces: 安徽, 广西 …"""
    return tuple(place.short for place in gazetteer() if place.level == "province")


@cache
def _city_shorts() -> frozenset[str]:
    return frozenset(place.short for place in gazetteer() if place.level == "city")


def is_city(word: str) -> bool:
    """Whether a folded word is the short name of a city: 庆阳."""
    return word in _city_shorts()


@cache
def county_shorts() -> dict[str, Place]:
    """Short names of counties, for a question that starts with one ("阳朔GDP多少")."""
    return {place.short: place for place in gazetteer() if place.level == "county" and len(place.short) >= 2}


@cache
def pinyin_name(name: str) -> str:
    """Latin form of the short name: 合肥市 -> hefei."""
    return "".join(sounds(short_name(name)))


def province_of(name: str) -> str | None:
    """The two-digit province code of a place of the gazetteer, or None."""
    for place in gazetteer():
        if place.name == name or place.short == short_name(name):
            return place.code[:2]
    return None
