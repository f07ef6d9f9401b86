"""Numbers of a clause that are no value of what it tells: among how many, an age, the bound of what is counted."""

from __future__ import annotations

import re

from qa.clauses import Group
from qa.counts import standings
from qa.lexicon import pattern, piece
from qa.row import THRESHOLD
from qa.subjects import Subject, strip_subject

_OF_PLACES = re.compile(rf"[^，]{{0,8}}?{piece('row', 'of_places')}")


def is_among(lead: str, group: Group) -> bool:
    """在全国168个重点城市排第16位, 居全省9个市州第3位: the number says among how many."""
    among = re.search(r"(?:^|中|[居列排])(?:全[国区省市州县盟]|国内)?$|在[^，、]*$", lead)
    of_places = _OF_PLACES.match(group.noun)
    return bool(among and of_places and any(next(standings(said), None) for said in (group.tail, group.noun)))


def is_age(group: Group) -> bool:
    return group.values[0].family == "岁" and bool(group.noun)


_HOLIDAY = re.compile(r"(?:期间|假期|长假|黄金周|节)$")


def is_length_of_days(lead: str, group: Group) -> bool:
    """How long a holiday was, before what was counted in it: 泼水节期间|5天|接待游客118.6万人次."""
    of_days = group.values[0].unit in ("天", "日") and bool(group.noun)
    return of_days and bool(_HOLIDAY.search(lead))


_MONEY_NOUN = re.compile(rf"[\u4e00-\u9fff“”]{{0,14}}?{pattern('row', 'money').pattern}")


def bounded(group: Group) -> bool:
    comparator = group.values[0].comparator
    return "以上" in comparator or comparator in ("以下", "以内", "超", "超过")


def threshold(lead: str, group: Group, inherited: Subject) -> str | None:
    """The name of a bound that tells which things are counted, None for a figure of its own.

    投资5000万元以上项目200个: the 200 is the figure. 创建2家以上绿色工厂 and 完成5亿元以上投资 are figures.
    """
    first = group.values[0]
    if not bounded(group) or not (group.noun or group.counted_later):
        return None
    of_things = first.family in ("money", "number") and not _MONEY_NOUN.match(group.noun)
    if first.comparator.startswith("超"):
        of_things = False
    if not (of_things or group.counted_later) or pattern("predicate", "reach").match(group.tail):
        return None
    noun = re.split(r"超|达|共|\d", group.noun)[0]
    own = strip_subject(lead, first.family) + noun
    return (own or inherited.text) + THRESHOLD
