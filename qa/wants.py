"""What a question asks of a row or a sentence: its words in each reading, the measure, the unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.lexicon import as_reports_write, asked_as, canonicalise, indicators_in, pattern, words
from qa.operation import operation_of, without_operation
from qa.text import bigrams, fold, is_unit, unit_family
from qa.types import Ask, Scope
from qa.wording import VERBS_ONLY


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question asks of a figure: its words (in each reading) and the kind of number.

    ``readings`` are sets of character pairs with the worth of that reading; ``anchors`` are words that
    the row's sentence or headings must hold as they are; ``topic`` pairs that its paragraph must hold half of.
    ``head`` is the noun the question is about, if it is no indicator (产量), which the answer must name.
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

    @property
    def named(self) -> frozenset[str]:
        """The pairs of the indicators' own names."""
        return frozenset(pair for name in self.indicators for pair in bigrams(name))


def wanted(scope: Scope) -> tuple[Wanted, ...]:
    """What a question asks for: one Wanted for each indicator it names, or one for its words.

    Content words are read as written and, first, with users' words as standard names.
    """
    own = " ".join(scope.terms)
    written = as_reports_write(own)
    standard = asked_as(own)
    readings = tuple(dict.fromkeys(r for r in (standard and as_reports_write(standard), written) if r))
    names = indicators_in(readings[0]) if readings else ()
    question = fold(scope.question)
    operation = operation_of(question) if len({*scope.report_ids}) > 1 else None
    bare = without_operation(question) if operation else question
    measure = _measure(_without(names, bare))
    if operation and operation.name != "list" and measure == "rank" and not re.search(r"全[国区省]", bare):
        measure = ""  # the places asked about are ranked, not their own ranks looked up
    families = _families(bare.replace("个亿", "亿元"))
    if operation and operation.condition:
        families = (operation.condition.family,)
    added_up = operation is not None and operation.name == "total"
    whole = not added_up and bool(re.search(r"总数|总共|一共|累计|总量|保有量|现有|目前有", question))
    increment = bool(re.search(r"新增|增加了?(?:多少|几)|净增|新培育|新登记|再增|新上规", question + own))
    if len(names) < 2 or measure == "share":
        return (
            Wanted(
                _cores(readings),
                names,
                measure,
                families,
                scope.anchors,
                increment=increment,
                whole=whole,
                head=_head(written, names),
            ),
        )
    made = []
    for name in names:
        alone = readings[0]
        for other in names:
            if other != name and other not in name:
                alone = alone.replace(other, " ")
        made.append(
            Wanted(
                _cores((alone,)), (name,), measure, families, scope.anchors, increment=increment, whole=whole
            )
        )
    return tuple(made)


def _without(names: Sequence[str], question: str) -> str:
    """The question without its indicators' names: the 总额 of 社会消费品零售总额 asks for no amount."""
    rest = canonicalise(question)
    for name in names:
        rest = rest.replace(name, " ")
    return rest


WITHOUT_TOPIC = 0.9
"""Worth of reading a later part of a question without the topic that opened it."""


def wanted_of(ask: Ask, scope: Scope) -> tuple[Wanted, ...]:
    """One of several things asked: with the topic that opened the question, or by its own words alone."""
    own = replace(scope, question=ask.text, terms=ask.terms or ask.topic)
    alone = wanted(own)
    if not ask.terms or ask.terms == ask.topic:
        return alone
    joined = wanted(replace(own, terms=(*ask.topic, *ask.terms)))
    if len(alone) != 1 or (len(joined) != 1 and not alone[0].indicators):
        return alone
    with_topic = _cores((as_reports_write(" ".join((*ask.topic, *ask.terms))),))
    deed = re.fullmatch(r"(?:建成|完成|实施)+", "".join(ask.terms)) or VERBS_ONLY.fullmatch(
        "".join(ask.terms)
    )
    by_itself = () if deed else tuple((pairs, WITHOUT_TOPIC) for pairs, _ in alone[0].readings)
    topic = frozenset(bigrams(as_reports_write(" ".join(ask.topic))))
    return (replace(alone[0], readings=(*with_topic, *by_itself), topic=topic),)


def _cores(readings: Sequence[str]) -> tuple[tuple[frozenset[str], float], ...]:
    cores = [frozenset(bigrams(_without_measure(text))) for text in readings]
    return tuple((core, 1.0) for core in dict.fromkeys(cores) if core)


def _head(written: str, names: tuple[str, ...]) -> str:
    """The noun that a question's last words end in (产量, 总投资): what answers must be of it too."""
    if names or not written:
        return ""
    last = written.split()[-1]
    return next((word for word in words("subject", "asked_heads") if last.endswith(word)), "")


def _without_measure(text: str) -> str:
    for name in ("growth", "amount", "rank", "share"):
        reduced = pattern(name, "ask").sub(" ", text)
        text = reduced if reduced.strip() else text
    return text


_GAP = re.compile(
    r"(?:比|超过|高于|高出|低于|快于|慢于)(?P<than>全[国区省市])(?:平均)?(?:水平)?(?:高|低|快|慢|多|少|\D{0,4}(?:多少|几))"
)


def _measure(question: str) -> str:
    """ "amount", "growth", "rank", "share" or "" when the question leaves it open."""
    gap = _GAP.search(question)
    if gap:
        return "gap" + gap["than"]
    if pattern("rank", "ask").search(question) and re.search(r"第几|排|位次|名次|rank", question):
        return "rank"
    if re.search(r"占比|比重|占.{0,12}(?:多少|多大|几成|几分之|百分之)|比例是|份额", question):
        return "share"
    amount = pattern("amount", "ask").search(question)
    if amount and not (amount[0] == "how much" and pattern("growth", "ask").search(question)):
        return "amount"
    return "growth" if pattern("growth", "ask").search(question) else ""


_UNIT_ASKED = re.compile(r"(?:多少|(?<!哪)几)(?:多)?(?P<unit>(?:万亿|亿|万|千)?[\u4e00-\u9fff%]{0,4})")


def _families(question: str) -> tuple[str, ...]:
    """Unit families named after 多少 and 几: 多少家 -> 家, 多少亿元 -> money."""
    if re.search(r"几个(?:百分)?点|多少(?:个)?百分点|百分之几|百分之多少", question):
        return ("percent", "point")
    found = []
    for match in _UNIT_ASKED.finditer(question):
        for length in range(len(match["unit"]), 0, -1):
            unit = match["unit"][:length]
            if is_unit(unit):
                found.append(unit_family(unit))
                break
        if match["unit"].startswith(("钱", "资金", "亿", "万亿")) and "money" not in found:
            found.append("money")
    return tuple(dict.fromkeys(found))
