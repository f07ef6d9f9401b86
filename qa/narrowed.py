"""Whether a row is of a part that the question does not name: of one county, one trade, of what passed another bound.

Where the report gives the whole as well, the words of the question choose it; where it does not, its part is not the
answer. It is offered as what the report has instead (qa/figure_answer.py).
"""

from __future__ import annotations

import re

from qa.bearers import counties_named
from qa.calibre import of_thing
from qa.indicator_names import as_reports_write
from qa.lexicon import indicators, regex, words
from qa.match import own_words, pairs_of
from qa.nation import NATION
from qa.places import places_in, short_name
from qa.text import bigrams, fold
from qa.types import Figure
from qa.wanted import Wanted

LEAST = 2
"""Unasked pairs (three characters) right before a name that make of it another thing: 黄金珠宝产业|规上工业企业."""


def is_narrowed(row: Figure, place: str, question: str, asked: Wanted, *, quoted: bool = False) -> bool:
    """Whether a row of the report of ``place`` tells less than the folded question asks for, or else.

    ``quoted``: it stands in a sentence that is to be quoted, and was not held to the name of a statistic yet.
    """
    own = fold(row.subject + row.indicator)
    said = pairs_of(question).union(asked.topic, *(pairs for pairs, _ in asked.readings))
    return (
        _is_of_county(own, place, question)
        or _has_own_name(own, said)
        or _passed_another(own, question)
        or _leaves_out(own, question)
        or _is_averted(own, question)
        or _is_of_some(own, said, question)
        or _is_of_kind(row, said, asked, statistics=quoted)
    )


def _is_of_county(own: str, place: str, question: str) -> bool:
    """Whether a name holds that of a county, and the question neither that nor any: 云岭县4A级景区8家 of a city."""
    counties = [name for name in counties_named(own) if name != fold(place)]
    if not counties or regex("narrowed", "of_counties").search(question):
        return False
    return not any(name in question or fold(short_name(name)) in question for name in counties)


def asks_which_area(question: str, place: str) -> bool:
    """Whether a folded question asks which area within a place: 哪些市 of a province, 哪个县 of any."""
    kind = kind_of_area(question)
    above = place.endswith(("省", "自治区")) or place == NATION
    return bool(kind) and (above or "县" in kind or "区" in kind)


def kind_of_area(question: str) -> str:
    """The kind of area that a folded question asks for (县), "" for none."""
    said = regex("narrowed", "which_area").search(question)
    if said is None or re.search("[在于到][^，。？]{0,6}$", question[: said.start()]):
        return ""  # 落在石湾哪个县 asks where something is
    kind = regex("narrowed", "kind_of_area").search(said[0])
    return kind[0] if kind else ""


def names_area(text: str) -> bool:
    """Whether a text names a city or a county: 泸州经济总量."""
    folded = fold(text)
    return bool(counties_named(folded)) or any(p.level != "province" for _, _, p in places_in(folded))


_NAMED = re.compile(r"“([^“”]{2,})”")


def _has_own_name(own: str, said: frozenset[str]) -> bool:
    """Whether something in quotation marks that the question has no word of is in a name: 老旧小区“瓶改管”改造."""
    return any(not said & frozenset(bigrams(name)) for name in _NAMED.findall(own))


_BOUND = re.compile(
    r"(?P<n>\d[\d.]*[十百千万]?亿?|[十百千]?[万亿]|[百千])元?(?:及?以上|级(?=[产园项企]))|上(?P<over>[百千万]?亿|[百千]?万)"
)


def _bounds(text: str) -> frozenset[str]:
    """The bounds that a text names: 2000万 of 2000万元以上, 亿 of 亿元以上 and of 上亿的."""
    return frozenset(match["n"] or match["over"] for match in _BOUND.finditer(text))


def _passed_another(own: str, question: str) -> bool:
    """Whether a name has a bound that the question has not: 2000万元以上项目 for 亿元以上项目.

    That of 5亿元以上重大项目 only says which are 重大, where the question has none.
    """
    asked, told = _bounds(question), _bounds(own)
    if asked or not told:
        return bool(told) and not asked & told
    return re.search(rf"{_BOUND.pattern}(?:重[大点]|的)", own) is None


def _leaves_out(own: str, question: str) -> bool:
    """Whether something is left out of a value, and the question asks for none such: 规上工业增加值（排除水电行业影响）."""
    asked = regex("narrowed", "left_out_asked").search(question)
    return bool(regex("narrowed", "left_out").search(own)) and not asked


def _is_averted(own: str, question: str) -> bool:
    """Whether a name tells that something was ended or kept away, and the question does not: 解除返贫风险 for 返贫."""
    averted = regex("narrowed", "averted")
    told = averted.search(own)
    return told is not None and told["what"] in question and not averted.search(question)


def _is_of_some(own: str, said: frozenset[str], question: str) -> bool:
    """Whether a question counts all 企业 or 项目, and a name says of which kind: 智慧交通软件|企业."""
    asked = regex("narrowed", "any_kind").search(question)
    if asked is None or asked["noun"] not in own:
        return False
    before = re.split("[、和及]", own[: own.index(asked["noun"])])[-1]
    left = [pair for pair in bigrams(of_thing(before, words("subject", "verbs"))) if len(pair) > 1]
    return not before.endswith("等") and len(left) >= LEAST and said.isdisjoint(left[-LEAST:])


def _is_of_kind(row: Figure, said: frozenset[str], asked: Wanted, *, statistics: bool) -> bool:
    """Whether a name of what is counted says before it of which kind: 黄金珠宝产业|规上工业企业 for 规上工业企业.

    Of a statistic too with ``statistics``: 工业|税收 for 税收.
    """
    own = as_reports_write(own_words(row))
    held = [name for name in asked.indicators if statistics or not indicators()[name].statistical]
    names = (said for name in held for said in (name, *indicators()[name].same))
    name = next((name for name in names if name in own), "")
    if row.canonical or not name or asked.measure == "share" or "占" in own:
        return False
    before = regex("narrowed", "of_all").sub("", re.split("[、和及]", own[: own.index(name)])[-1])
    left = [pair for pair in bigrams(of_thing(before, words("subject", "verbs"))) if len(pair) > 1]
    least = 1 if statistics else LEAST
    return len(left) >= least and said.isdisjoint(left[-least:])
