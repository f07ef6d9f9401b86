"""What the words before a number say of it: which measure it is, whether it fell, what it is held against."""

from __future__ import annotations

import re

from qa.clauses import RATES
from qa.lexicon import piece, words
from qa.text import Quantity

LEAD = re.compile(rf"^{piece('head', 'lead')}+")

ADDED = re.compile(
    rf"净增|(?<![北南东西中华国高创翻更最重全革焕刷从])新{piece('head', 'new')}"
    r"|(?:^|、|和)(?:增加|增设|增配|增开|增种)(?=[\u4e00-\u9fff])"
)

SUM_BESIDE = re.compile(
    rf"(?:同比|[比较](?:上年|去年|上一年|年初|预算)(?:同期|末|底)?)(?:(?P<less>减[收支少]|少[收支]?|短收)|[增超]收|增支|多[收支]?|多{piece('head', 'done_more')})$"
)
"""同比增收, 比上年多 and 同比多开工 before an amount say how it moved; 户均增收 is what is told of."""


AGAINST = re.compile(
    rf"(?:分别)?(?:(?P<word>{piece('head', 'held_against')})(?P<ref>[^，]*)"
    r"|[比较](?![重例率])(?P<than>[^，]{2,20}?)(?:分别)?(?<![提升降减增新加放])(?P<short>高|低|快|慢|多|少))$"
)


def falls(lead: str) -> bool:
    """Whether the words before a number say that something fell."""
    beside = SUM_BESIDE.search(lead)
    return bool(beside and beside["less"]) or lead.removesuffix("分别").endswith(
        words("predicate", "growth_down")
    )


_RATE_WORD = re.compile(
    rf"({piece('head', 'rate')}){piece('head', 'rate_to_be')}*{piece('head', 'rate_is')}*(?:在|为)?$"
)


def measure_of(lead: str, value: Quantity) -> str:
    """The measure of a number by its unit and the words before it: 总量, 增速, 占比 and so on."""
    family = value.family
    tail = lead.removesuffix("分别").rstrip("了约近超过到至达")
    rate = family in (*RATES, "fraction")
    if family in ("percent", "tenth", "times") and (rate_word := _RATE_WORD.search(lead)):
        return "降幅" if rate_word[1] in ("降幅", "跌幅", "下降幅度") else "增速"
    down = tail.endswith(words("predicate", "growth_down"))
    up = tail.endswith(words("predicate", "growth_up" if rate else "added"))
    arrived = lead.endswith(("到", "至"))
    if family in ("percent", "tenth", "times", "double", "fraction"):
        if re.search(r"占比|比重|占[^，]{0,20}$", lead) and (arrived or not (up or down)):
            return "占比"
        if family == "double" or ((up or down) and not arrived):
            return "降幅" if down and not up else "增速"
        return "倍数" if family == "times" else "比率"
    if family == "point":
        return "变化"
    if re.search(r"累计", lead):
        return "累计"
    if value.unit in ("位", "名") and tail.endswith(words("predicate", "moved_place")):
        return "变化"
    if ADDED.search(LEAD.sub("", lead)) or ((up or down) and not arrived) or SUM_BESIDE.search(lead):
        return "增量"
    return "总量"
