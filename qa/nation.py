"""Whether a question is about the country: by how it begins, beside another place, or as who does something."""

from __future__ import annotations

import re

from qa.lexicon import piece, regex

NATION = "全国"
"""The place of a report of the State Council."""

_COUNTRY = re.compile(f"{piece('nation', 'opening')}|{piece('nation', 'english')}")
"""A question about the country by its beginning, whether or not a report of it is at hand."""
_CALLED = re.compile(f"{piece('nation', 'called')}$")
_ACTING = regex("nation", "acting")
"""The country as who does something, anywhere in a question: 看病这块，国家今年有什么安排."""
_CENTRAL = re.compile(rf"中央(?={piece('nation', 'central')})")
"""The central government as part of a name: 中央财政赤字 is not the deficit of the country."""
_BESIDE = re.compile(r"国务院|全国(?=的|gdp|地区|目标|和|与|比)")
"""The country named beside another place: 全国和甲省比."""
_AFTER_TIME = re.compile(f"{piece('nation', 'after_time')}的?$")
"""What the country is named after where it stands beside another place: 比2022年全国低多少, 甲县、全国."""


def country_asked(text: str, *, at_hand: bool) -> tuple[int, int] | None:
    """Where a folded question that names no other place names the country; ``at_hand``: there is a report of it."""
    country = _COUNTRY.search(text) or (_ACTING.search(text) if at_hand else None)
    if country is None:
        return None
    end = country.end() - (2 if _CENTRAL.match(text, country.end() - 2) else 0)
    called = _CALLED.search(country[0])  # the year before it is no part of it: 2015年|中国
    return country.start() + (called.start() if called else 0), end


def country_in(text: str, *, beside: bool) -> list[tuple[int, int, str]]:
    """Where a text means the country that a report is of; ``beside`` another place only by a time or as its equal."""
    said = [match.span() for match in regex("place", "nation").finditer(text)]
    if beside:
        equal = {match.start() for match in _BESIDE.finditer(text)}
        said = [(s, e) for s, e in said if s in equal or s == 0 or _AFTER_TIME.search(text[:s])]
    return [(start, end, NATION) for start, end in said]
