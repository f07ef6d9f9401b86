"""What a question asks of a row or a sentence: its words in each reading, the measure, the unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from qa.asked_measure import families_asked, measure_asked
from qa.indicator_names import (
    as_reports_write,
    as_standard,
    asked_as,
    canonicalise,
    indicators_in,
    indicators_meant,
)
from qa.lexicon import choice, indicators, pattern, piece, regex, words
from qa.operation import operation_of, operations_of, without_operation
from qa.opposed import Side, sides
from qa.readings import with_alias, with_other_words
from qa.text import bigrams, fold, unit_family
from qa.types import Ask, Scope
from qa.wording import HUNDRED_MILLIONS, PAST_BOUND, VERBS_ONLY, content_of, is_bare_measure


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question asks of a figure: its words (in each reading) and the kind of number.

    ``readings`` are sets of character pairs with the worth of that reading; ``anchors`` are words that
    the row's sentence or headings must hold as they are; ``topic`` pairs that its paragraph must hold half of,
    ``core`` pairs of which its own clause must hold some, ``thing`` (医院 of 医院建设) pairs of which a quoted
    sentence or what stands above it must.
    ``head`` is the noun the question is about, if it is no indicator (产量), which the answer must name.
    ``partner`` is whom a trade is with (对英国出口), whom the answer must name too.
    ``said`` is what users' words name, where a report may write just that (工业增加值).
    ``sides`` are those of opposed words that it names (农村), whose other sides no answer may be of.
    ``bare`` is whether its own words are but a measure (投资多少), which is then of what its topic names near by.
    ``counted`` is what it counts of those that were named something (多少个镇获评): nothing else answers it.
    ``per`` is what a mean is of (日均), which a row must say too.
    ``increment`` is whether what was added is asked for (新增), ``whole`` whether all there is (总数).
    """

    readings: tuple[tuple[frozenset[str], float], ...]
    indicators: tuple[str, ...]
    measure: str
    families: tuple[str, ...]
    anchors: tuple[str, ...] = ()
    topic: frozenset[str] = frozenset()
    increment: bool = False
    whole: bool = False
    head: str = ""
    core: frozenset[str] = frozenset()
    thing: frozenset[str] = frozenset()
    partner: str = ""
    sides: frozenset[Side] = frozenset()
    said: str = ""
    bare: bool = False
    counted: str = ""
    per: str = ""

    @property
    def named(self) -> frozenset[str]:
        """The pairs of the indicators' names, of reports too: 保险业 tells of no part of 保费收入."""
        return frozenset().union(*map(_name_pairs, self.indicators))


@cache
def _name_pairs(name: str) -> frozenset[str]:
    return frozenset(pair for said in (name, *indicators()[name].same) for pair in bigrams(said))


def wanted(scope: Scope) -> tuple[Wanted, ...]:
    """What a question asks for: one Wanted for each indicator it names, or one for its words.

    Content words are read as written and, first, with users' words as standard names.
    """
    own = _joined(scope.terms)
    written, question = as_reports_write(own), fold(scope.question)
    standard = asked_as(own)
    readings = tuple(dict.fromkeys(r for r in (standard and as_reports_write(standard), written) if r))
    names = _without_deducted(indicators_in(readings[0]) if readings else (), question)
    if names == words("asked", "the_whole") and readings[0] == names[0]:
        readings = readings[:1]  # 经济 of 经济总量 stands in much that is not the whole economy
    for name in _wholes(names, question) if len(names) > 1 else ():
        names = tuple(other for other in names if other != name)
        readings = tuple(reading.replace(name, " ").lstrip("里中的 ") for reading in readings)
    readings = with_other_words(readings)
    readings = readings if names else with_alias(readings, scope)
    measure, families, summed = _number_asked(scope, names)
    names = () if _counts_things(families, names, question) else names
    measure = measure or _sum_named(question, names)
    if measure == "growth" and not families and _AS_RATE.search(question) and "新增" in "".join(names):
        families = _RATE_UNITS  # 城镇新增就业 is itself what was added
    words_asked = scope.intent == "text"
    if scope.intent == "list":
        readings = tuple(dict.fromkeys(_SORTS.sub("", text) for text in readings))
    thing = _ASPECT.split(readings[0])[0] if words_asked and readings else ""
    whole = Wanted(
        _cores([_ASPECT.sub(" ", text) for text in readings] if words_asked else readings),
        names,
        measure,
        families,
        scope.anchors,
        increment=bool(regex("asked", "increment").search(question + own)),
        whole=not summed and bool(regex("asked", "whole").search(question)),
        thing=frozenset(bigrams(thing)) if thing not in readings else frozenset(),
        said=_MEASURED_AT_END.sub("", written) if standard and len(names) == 1 else "",
        counted=named["counted"] if (named := _COUNTED_NAMED.search(question)) else "",
        per=mean[0] if (mean := re.search("[日月户亩]均", written)) else "",
    )
    if len(names) < 2 or measure == "share":
        head = _head(written, names) or _whole_of(measure, question)
        partner = _partner(question, scope, names)
        short = [f"{partner}{name.removesuffix('总额')}" for name in names if partner]  # 美国进口
        told = tuple(dict.fromkeys((*whole.readings, *_cores(short))))
        of = sides(fold(own) + written)
        return (replace(whole, readings=told, head=head, partner=partner, sides=of),)
    made = []
    for name in names:
        each = _readings_of(name, names, readings[0], scope)
        made.append(replace(whole, readings=_cores(each), indicators=(name,), sides=sides(each[0])))
    return tuple(made)


def _counts_things(families: Sequence[str], names: Sequence[str], question: str) -> bool:
    """Whether things are counted that a sum of money only tells of: 税收亿元楼有几幢, 有进出口实绩的企业多少家."""
    sums = bool(names) and all(indicators()[name].unit in ("money", "usd") for name in names)
    once = len(re.findall("多少|几(?!乎)", question)) == 1
    return sums and once and bool(families) and all(family in _THINGS for family in families)


_THINGS = frozenset(map(unit_family, ("家", "个", "户", "幢", "栋", "座", "项", "件", "条", "所", "块")))


_COUNTED_NAMED = re.compile(
    rf"(?:多少|几)[个家所处座名位项条支批只户件]?+(?P<counted>(?!地方)[\u4e00-\u9fff]{{1,6}}?)(?:{piece('row', 'title')}|拿|获)"
)


def _joined(terms: Sequence[str]) -> str:
    """Content words as a text; as one word where only that is an indicator: 垃圾分类，甲市和乙市|覆盖率哪个高."""
    apart, whole = " ".join(terms), "".join(terms)
    named = len(terms) == 2 and not indicators_in(as_reports_write(apart))
    return whole if named and indicators_in(as_reports_write(whole)) else apart


def _number_asked(scope: Scope, names: Sequence[str]) -> tuple[str, tuple[str, ...], bool]:
    """The measure and the families of units asked for, and whether values of places are to be added up."""
    question = fold(scope.question)
    operation = operation_of(question) if len({*scope.report_ids}) > 1 else None
    if operation is None:
        families = families_asked(HUNDRED_MILLIONS.sub("亿元", question))
        passed = "amount" if PAST_BOUND.search(question) and not families else ""  # 收入过两万了吗
        return measure_asked(_without(names, question)) or passed, families, False
    bare = without_operation(question)
    measure = measure_asked(_without(names, bare))
    if operation.name != "list" and measure == "rank" and not re.search(r"全[国区省]", bare):
        # the places asked about are ranked, not their own ranks looked up
        measure = measure_asked(pattern("rank", "ask").sub(" ", _without(names, bare)))
    if measure.startswith("gap") and not re.search("多少|(?<!哪)几", bare):
        measure = "growth"  # 哪些市比全国高: their own values, see bounds.against_at_large
    families = families_asked(HUNDRED_MILLIONS.sub("亿元", bare))
    if operation.condition:
        bare_number = operation.condition.family == "number"
        families = () if bare_number else (operation.condition.family,)
        measure = measure or ("amount" if bare_number else "")
    summed = any(one.name in ("total", "average") for one in operations_of(question))
    return measure, families, summed


def _readings_of(name: str, names: Sequence[str], alone: str, scope: Scope) -> tuple[str, ...]:
    """The words of a question for one of the several indicators that it names."""
    for other in names:
        if other != name and other not in name:
            alone = re.sub(rf"[、和与及跟]*{re.escape(other)}[、和与及跟]*", " ", alone)
    return (alone, *(as_reports_write(term) for term in scope.terms if indicators_meant(term) == (name,)))


_SUM_NAMED = re.compile("总额|投资额")


def _sum_named(question: str, names: Sequence[str]) -> str:
    """ "amount" where users' words make a sum of a statistic that reports name without: 固定资产投资总额."""
    said = _SUM_NAMED.search(question)
    return "amount" if said and names and all(said[0] not in name for name in names) else ""


_AS_RATE = re.compile("同比|增长|增速|增幅|涨幅")
_RATE_UNITS = ("percent", "point", "tenth", "times")

_MEASURED_AT_END = re.compile(r"(?:\s|增速|增幅|增长率?|同比|总量|数额|金额)+$")


_PARTNER = re.compile(
    r"(?:[对从自向与同]|[和跟](?=[\u4e00-\u9fff“”]{2,14}?(?:国家|地区)的?(?:货物|商品)?(?:进|出|贸易)))(?!外|去年|今年|上年|全)(?P<who>[\u4e00-\u9fff“”]{2,14}?)(?:地区|市场)?的?(?:货物|商品)?(?:进出口|出口|进口|贸易)"
)


def _partner(question: str, scope: Scope, names: tuple[str, ...]) -> str:
    """Whom a question asks the trade with: 英国 of 对英国出口多少, of the question before too; "" if none."""
    said = _PARTNER.search(question)
    if not said and scope.inherited and len(names) == 1 and scope.terms[-1].endswith(names[0]):
        return "".join(scope.terms).removesuffix(names[0])
    return re.sub("[“”]", "", said["who"]) if said else ""


_DEDUCTED = re.compile(
    r"(?:扣除|剔除|扣掉|除去)(?P<thing>[^，。？]{2,16}?)(?:的?(?:因素|影响))?(?:之?后|外|，)"
)


def _without_deducted(names: tuple[str, ...], question: str) -> tuple[str, ...]:
    """The indicators asked about: in 扣除留抵退税后财政收入 the tax refund only tells how the revenue is counted."""
    said = _DEDUCTED.search(question)
    deducted = indicators_in(canonicalise(said["thing"])) if said else ()
    return tuple(name for name in names if name not in deducted)


def _wholes(names: tuple[str, ...], question: str) -> tuple[str, ...]:
    """The indicators that only tell what another is part of: the revenue in 财政收入里税收有多少."""
    said = as_standard(question)
    parts = "|".join(map(re.escape, names))
    return tuple(
        name for name in names if re.search(rf"{re.escape(name)}(?:里面?|当中|之?中)的?，?(?:{parts})", said)
    )


def _without(names: Sequence[str], question: str) -> str:
    """The question without its indicators' names: the 总额 of 社会消费品零售总额 asks for no amount."""
    rest = canonicalise(_NATURAL.sub(" ", question))
    for name in names:
        rest = rest.replace(name, " ")
    return rest


_NATURAL = re.compile("自然增长率")
"""A rate of the population by its name, no growth of anything."""

WITHOUT_TOPIC = 0.9
"""Worth of reading a later part of a question without the topic that opened it."""


_MEASURE_BEHIND = re.compile(
    rf"(?<=[\u4e00-\u9fff]{{4}})(?:运营|营业|建设)?(?:{choice(words('subject', 'asked_heads'))})$"
)
"""The measure at the end of a topic, which a later part is not of: 轨道交通|运营里程，今年开工哪条线."""


def wanted_of(ask: Ask, scope: Scope) -> tuple[Wanted, ...]:
    """One of several things asked: with the topic that opened the question, or by its own words alone."""
    own = replace(scope, question=ask.text, terms=ask.terms or ask.topic)
    if is_share_of(ask):
        return wanted(replace(own, terms=tuple(content_of("".join(ask.topic) + ask.text.strip()).split())))
    alone = wanted(own)
    if not ask.terms or ask.terms == ask.topic:
        return alone
    if alone[0].indicators and indicators_in(canonicalise(" ".join(ask.topic))):
        return alone  # 粮食产量 after 茶叶产量 is another thing, not a part of it
    joined = wanted(replace(own, terms=(*ask.topic, *ask.terms)))
    if len(alone) != 1 or (len(joined) != 1 and not alone[0].indicators):
        return alone
    with_topic = _cores((as_reports_write(" ".join((*ask.topic, *ask.terms))),))
    deed = re.fullmatch(r"(?:建成|完成|实施)+", "".join(ask.terms)) or VERBS_ONLY.fullmatch(
        "".join(ask.terms)
    )
    by_itself = () if deed else tuple((pairs, WITHOUT_TOPIC) for pairs, _ in alone[0].readings)
    topic = frozenset(bigrams(as_reports_write(" ".join(_MEASURE_BEHIND.sub("", one) for one in ask.topic))))
    told = re.sub(r"累计|总[数量]|一共|建成|完成|实施", "", "".join(ask.terms))
    core = (
        frozenset()
        if not told or VERBS_ONLY.fullmatch(told)
        else frozenset().union(*(pairs for pairs, _ in alone[0].readings))
    )
    bare = is_bare_measure(ask.terms)
    return (replace(alone[0], readings=(*with_topic, *by_itself), topic=topic, core=core, bare=bare),)


_SHARE_OF = regex("asked", "share_of")


def is_share_of(ask: Ask) -> bool:
    """Whether a later part asks what share of a whole that was which the topic names: 占GDP多少."""
    return bool(ask.topic and ask.terms != ask.topic and _SHARE_OF.match(fold(ask.text)))


_SORTS = re.compile(rf"(?<=[\u4e00-\u9fff]{{2}}){piece('asked', 'sorts')}(?=\s|$)")
_ASPECT = re.compile(rf"(?<=[\u4e00-\u9fff]{{2}})(?={piece('asked', 'aspects')}(?:\s|$))")
"""Between a thing and what is done with it, no pair of characters is a word: 医院|建设 is not 学院建设."""


def _cores(readings: Sequence[str]) -> tuple[tuple[frozenset[str], float], ...]:
    named = (text if text in indicators() else _without_measure(text) for text in readings)  # 减税降费
    cores = [frozenset(bigrams(text)) for text in named]
    return tuple((core, 1.0) for core in dict.fromkeys(cores) if core)


def _head(written: str, names: tuple[str, ...]) -> str:
    """The noun that a question's last words end in (产量, 总投资): what answers must be of it too."""
    if names or not written:
        return ""
    return head_of(written.split()[-1])


def head_of(name: str) -> str:
    """The noun for a measure that a name ends in (产量), or ""."""
    return next((word for word in words("subject", "asked_heads") if name.endswith(word)), "")


def _whole_of(measure: str, question: str) -> str:
    """The whole that a share is asked of: 全国 of 占全国几成."""
    whole = re.search(r"占(全[国区省市县州])(?!的?(?:地区|国内)?(?:生产总值|gdp))", question)
    return whole[1] if whole and measure == "share" else ""


def _without_measure(text: str) -> str:
    for name in ("growth", "amount", "rank", "share"):
        reduced = pattern(name, "ask").sub(" ", text)
        text = reduced if reduced.strip() else text
    kept = [term for term in text.split() if not MOVES.fullmatch(term)]
    return " ".join(kept) if kept else text


MOVES = re.compile("|".join((*words("predicate", "growth_up"), *words("predicate", "growth_down"))))
"""A term that says only which way something moved: 三公经费 压减."""
