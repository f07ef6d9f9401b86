"""Whether a row is of what a question names: of the very indicator, of its noun, of all there is or what was added.

A part is never the whole, nor another statistic of the same thing; qa/match.py weighs the other words.
"""

from __future__ import annotations

import re

from qa.clauses import TITLED
from qa.lexicon import indicators, pattern, regex, sections, words
from qa.match import Match, own_words
from qa.text import bigrams, fold, unit_family
from qa.types import Figure
from qa.wanted import Wanted, head_of

PART = 0.9
"""Least share of a question's narrower words in the subject of a row of a part of the indicator (粮食产量里秋粮)."""

_FILLER = regex("figure", "filler")
_STOCK = pattern("figure", "stock")
_CAME_ABOUT = regex("figure", "came_about")
_SUM_ADDED = re.compile("累计(?=净增|新增)|累计$")
"""The sum over years of what was added: 城镇新增就业累计."""
_ADDED = regex("figure", "added")
"""Words of what came about in a year: without one an amount is of all there is."""

_HEAD_UNIT = {
    **{"面积": unit_family("亩"), "里程": unit_family("公里"), "全长": unit_family("公里")},
    **dict.fromkeys(("装机", "装机容量", "装机规模"), unit_family("千瓦")),
}
"""Heads that the unit of a row says by itself: 修复废弃矿山8715亩."""

_COMMON = frozenset({"money", "percent", "point", "people", "number"})
"""Unit families that many statistics of one thing share."""


def _is_half_said(own: str, figure: Figure, asked: Wanted) -> bool:
    """Whether a question names enough of another statistic to mean it: 人口 is not 脱贫人口人均纯收入.

    Its unit may say the rest: 快递 in 件 is 快递业务量.
    """
    pairs = frozenset(bigrams(own))
    held = any(reading and reading <= pairs for reading, _ in asked.readings)
    if held and unit_family(figure.unit) in asked.families and unit_family(figure.unit) not in _COMMON:
        return True
    thing = pairs - frozenset(bigrams(asked.head))  # 花椒产量 and 粮食产量 share a measure alone
    return any(3 * len(thing & reading) >= len(thing) for reading, _ in asked.readings)


def _is_output(own: str, figure: Figure, asked: Wanted) -> bool:
    """Whether a row names only a product, in what products are weighed and counted by: 锂电负极材料1.38万吨."""
    named = frozenset(pair for pair in bigrams(own) if len(pair) > 1)
    weighed = asked.head == "产量" and figure.measure == "总量" and unit_family(figure.unit) in _OUTPUTS
    return weighed and any(named and named <= reading for reading, _ in asked.readings)


_OUTPUTS = frozenset(map(unit_family, ("吨", "立方米", "千瓦时", "辆", "台", "米", "平方米", "重量箱")))


def fits_extent(figure: Figure, asked: Wanted) -> bool:
    """Whether a row is of the noun asked for, and of what was added or of all there is as the question says."""
    own = own_words(figure)
    if (
        asked.head
        and asked.head not in own + fold(figure.indicator)
        and _HEAD_UNIT.get(asked.head) != unit_family(figure.unit)
        and not _is_output(own, figure, asked)
    ):
        return False
    if asked.per and asked.per not in own:
        return False  # 日均新登记多少户 is not told by how many there were in the year
    name = _SUM_ADDED.sub("", figure.indicator)
    stock = bool(_STOCK.search(name)) or not _ADDED.search(name)
    if asked.increment and figure.measure in ("总量", "累计") and stock:
        return False
    rate = unit_family(figure.unit) in ("percent", "point") and figure.canonical not in asked.indicators
    if asked.increment and not asked.measure and (figure.is_growth or rate):
        return False  # 新增多少规上企业 is not told by what share of them does research
    added = figure.measure == "增量" or bool(_CAME_ABOUT.match(figure.indicator))
    gained = figure.canonical and figure.measure == "增量" and unit_family(figure.unit) == "money"
    if gained and not asked.increment and asked.measure == "amount" and not _ADDED.search(figure.indicator):
        return False  # 总量比五年前增加7400亿元 is not how much it is
    return not (asked.whole and added)


def names_fit(match: Match, asked: Wanted) -> bool:
    """Whether a row is of what the question names, and of nothing narrower.

    Another indicator is never the answer (税收 for 一般公共预算收入), nor a part of it that was not asked
    (综合交通固定资产投资 for 固定资产投资), nor the whole for a part (全市 for 县域).
    """
    figure = match.figure
    own = own_words(figure)
    if not fits_extent(figure, asked):
        return False
    if asked.said and own == asked.said:
        return True
    if _is_titled_alone(own, asked) or _counts_others(own, asked):
        return False
    if not asked.indicators:
        return figure.canonical is None or _is_half_said(own, figure, asked)
    if not _is_of_trade(own, asked):
        return False
    if figure.canonical:
        share = asked.measure == "share"  # 第三产业增加值，占比多少: 第三产业增加值占比
        named = figure.canonical.removesuffix("占比") if share else figure.canonical
        return not {figure.canonical, named}.isdisjoint(asked.indicators) and (share or not match.lacking)
    name = next((name for name in asked.indicators if name in own), None)
    if name is None and asked.partner and set(asked.indicators) <= TRADE and "口" in own[-3:]:
        return True  # 对共建“一带一路”国家进出口
    if name is None:
        units = {indicators()[one].unit for one in asked.indicators}
        other = "money" not in units and unit_family(figure.unit) == "money"
        other = other or (units == {"money"} and unit_family(figure.unit) not in (*_MONEY, "point"))
        other = other or _is_measured_otherwise(own, asked)
        return match.part >= PART and not other and not _is_otherwise(own, asked)  # 11万市民 is no 市民收入
    if _is_its_cost(figure, name, asked) or _is_only_reached(own, asked):
        return False
    if own.endswith(words("figure", "beside")):
        return True  # for how long it has grown, or been the first
    if asked.partner and set(asked.indicators) <= TRADE:
        return True  # 东盟|国家|进出口总额: whom it is with was looked at
    if asked.measure == "share" or not (indicators()[name].statistical or asked.whole):
        return True
    member = next(part for part in re.split(r"[、和]", own) if name in part) if name in own else own
    rest = pattern("subject", "verbs").sub(" ", _FILLER.sub("", member.replace(name, " ")))
    rest = re.sub(r"[对的]", " ", rest)
    left = frozenset(pair for pair in bigrams(rest) if len(pair) > 1)
    said = frozenset().union(*(pairs for pairs, _ in asked.readings))
    return not match.lacking and (not left or len(left & said) >= len(left) / 2)


def _is_measured_otherwise(own: str, asked: Wanted) -> bool:
    """Whether a name ends in a noun for another measure than each indicator asked for: 合同投资额 for 产值."""
    head = head_of(own)
    return (
        bool(head)
        and asked.measure != "share"
        and all(head_of(name) not in ("", head) for name in asked.indicators)
    )


def _is_otherwise(own: str, asked: Wanted) -> bool:
    """Whether a name of a part ends like the indicator, but of something else: 青山港|货物|吞吐量 for its 集装箱吞吐量."""
    heads = (head for head in words("subject", "asked_heads") if own.endswith(head))
    head = next((h for h in heads if any(name.endswith(h) for name in asked.indicators)), "")
    said = frozenset().union(*(pairs for pairs, _ in asked.readings))
    of_what = own.removesuffix(head)[-2:] if head else ""
    return len(of_what) > 1 and of_what not in said


def _is_titled_alone(own: str, asked: Wanted) -> bool:
    """Whether a row counts only those that were named something (口袋公园获评最美公园), which the question does not say."""
    title = TITLED.search(own)
    if title is None or not title.start():
        return False
    said = frozenset().union(*(pairs for pairs, _ in asked.readings))
    return not said & (frozenset(bigrams(own[title.start() :])) - frozenset(bigrams(own[: title.start()])))


def _counts_others(own: str, asked: Wanted) -> bool:
    """Whether a row counts other things than those asked for that were named so: 40个村获评示范 for 多少个镇获评."""
    title = TITLED.search(own)
    return title is not None and bool(asked.counted) and not set(own[: title.start()]) & set(asked.counted)


_MONEY = ("money", "usd", "元", "percent")


def _is_its_cost(figure: Figure, name: str, asked: Wanted) -> bool:
    """Whether a row tells what was spent on a thing whose own amount is asked for: 高标准农田建设劳务报酬."""
    spent = unit_family(figure.unit) == "money" and indicators()[name].unit not in _MONEY
    said = frozenset().union(*(pairs for pairs, _ in asked.readings))
    spent = (
        spent and fold(figure.indicator)[-2:] not in said
    )  # 规上工业企业|户均产值, where that is asked for
    return spent and "money" not in asked.families and asked.measure != "amount"


def _is_only_reached(own: str, asked: Wanted) -> bool:
    """Whether a row tells how many something reached (惠及经营主体1.4万户), where all there are are asked for."""
    said = frozenset().union(*(pairs for pairs, _ in asked.readings))
    return any(own.startswith(word) and word not in said for word in words("deed", "惠及"))


TRADE = {"外贸进出口总额", "出口总额", "进口总额"}


def _is_of_trade(own: str, asked: Wanted) -> bool:
    """Whether a row is of the trade asked for: with its partner, and both ways only if both are asked for."""
    if not set(asked.indicators) <= TRADE or asked.measure == "share":
        return True
    both = "外贸进出口总额" in asked.indicators
    if len(asked.indicators) == 1 and both != ("进出口" in own):
        return False
    return is_with_partner(own, asked)


def is_with_partner(folded: str, asked: Wanted) -> bool:
    """Whether a folded text names whom a question asks the trade with, if it does: 东盟 of 对东盟出口."""
    held = bigrams(re.sub("[“”]", "", folded))
    names = (asked.partner, *(words("also", asked.partner) if asked.partner in sections("also") else ()))
    return any(2 * sum(pair in held for pair in bigrams(name)) >= len(bigrams(name)) for name in names)
