"""What a question wants done with the values of several reports: rank, pick, filter, add, divide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from qa.lexicon import pattern, piece, regex, words
from qa.text import Quantity, fold, quantities, whole_number

Bound = Literal["above", "at_least", "below", "at_most", "equal"]


@dataclass(frozen=True, slots=True)
class Condition:
    """A bound that values are held against: ``value`` in base units of ``family``.

    ``said`` is the word that a value quoted from a report has with it there: “5.5%以内”.
    """

    bound: Bound
    value: Decimal
    family: str
    start: int
    end: int
    said: str = ""

    def holds(self, value: Decimal) -> bool:
        """Whether a value in base units of the same family meets it."""
        if self.bound == "equal":
            return value == self.value
        if self.bound in ("above", "at_most"):
            return (value > self.value) is (self.bound == "above")
        return (value < self.value) is (self.bound == "below")


@dataclass(frozen=True, slots=True)
class Operation:
    """``least`` turns every order round; ``n`` is a place in the order, or how many from its beginning.

    A difference is between the places ``first`` and ``n``, if ``n`` is not 0.
    """

    name: Literal[
        "list", "rank", "nth", "top", "difference", "extremes", "both", "ratio", "total", "average", "filter"
    ]
    least: bool = False
    n: int = 0
    first: int = 1
    condition: Condition | None = None


_NTH = re.compile(
    r"(?P<before>排名?|居|位列|位居|名列|(?<=[速幅率量]))?(?P<last>倒数)?第(?P<n>[一二三四五六七八九十\d]+)"
    r"(?P<after>名|位|[高大多快低小少慢好差])?(?!次?产业?|季度)"
)
_TOP = re.compile(
    rf"(?:排名?)?(?P<side>[前后])(?P<n>[二两三四五六七八九十\d]+)(?:名|位)?(?!{piece('compare', 'no_top')})"
)
_MOST_OF = re.compile(
    rf"最(?P<how>[高大多快好低小少慢差])的?(?P<n>[两二三四五六七八九])(?:个|座|家)?{piece('compare', 'kind_of_place')}"
)
"""增速最快的三个市 are the first three."""

_BESIDE_MOST = re.compile(
    r"最[高大多快好低小少慢差][的是]?[和与跟、及]?(?:倒数)?第|第[\d一二三四五六七八九][^，。？?]{0,3}[和与跟、及]最"
)
"""最多和第二多: the first is asked for beside another place."""

_ORDERED = re.compile("|".join(piece("compare", key) for key in ("descending", "ascending", "in_order")))
"""The whole order is asked for, whatever else is."""

_SUMMED = re.compile(
    r"总数(?:一共|共|合计)?(?:是|为|有|达)?(?:多少|几)|(?<![公总一合共])共(?:计|有|是)?(?:多少|几)"
)
"""An amount over all places, unless it is asked for each."""

_EACH = re.compile(r"各自|各[是有为占自]|分别|(?<!平均)(?<![五四三两几])[各每]个?[市地县省]")

_ROUND = re.compile(
    r"(?<=[过超破到于足满])(?:[十百千]万?亿|万亿|[十百千]万)(?![分之元年]?[\d一二两三四五六七八九]|元?[了吗没呢])"
)
"""A round number without its one: 突破千亿元, 超百万人次."""

_GAP = re.compile(r"(?<![最提升增降减])[高低快慢多少重大小猛](?:了|出|过)?(?:几|多少)")
_KIND_OF_PLACE = piece("compare", "kind_of_place_said")
_SIGN = re.compile(rf"(?:(?P<fall>负增长|为负)|正增长|为正)(?=$|[，。？?]|的?(?:{_KIND_OF_PLACE}|有|是))")
_AFTER_CONDITION = re.compile(
    rf"\s*(?:$|[，。？?！,；\s]|[了吗呢]|的?(?:{_KIND_OF_PLACE}|有[哪几多谁]|[是共]?[哪几谁])"
    r"|的[是有在][^，。；？?]{2,60}?[中里内][面头]?的?有?[哪几谁])"  # 超过5%的是甲、乙、丙中的哪几个
)


def operation_of(question: str) -> Operation:
    """The first thing that a question as asked wants done; ``list`` when it only wants the values beside each other."""
    return operations_of(question)[0]


def operation_said(said: str) -> str:
    """The words of a folded question that say what is wanted of the places: 谁高, 差多少, 哪个市最快."""
    words_said = [match[0] for match in pattern("compare", "ask").finditer(said)]
    last = regex("compare", "asked_at_end").search(said)
    return "".join(dict.fromkeys(words_said)) or (last[0] if last else "")


_NAMES_ENDS = frozenset({"difference", "extremes", "both", "ratio"})
"""Operations whose sentence says already which place is above."""


def operations_of(question: str) -> tuple[Operation, ...]:
    """All that a question wants done (从多到少排一下，最多和最少差多少: two things), what is computed first."""
    said = fold(question)
    if (condition := condition_in(said)) is not None:
        picked = Operation("filter", least=condition.bound in ("below", "at_most"), condition=condition)
        return (picked, *_combining(said[: condition.start] + said[condition.end :]))
    ordered = _ORDERED.search(said)
    ends = _most(said) and bool(pattern("compare", "least").search(said))
    least = _least(said)
    if ordered and (ends or ordered["most"] or ordered["least"]):
        least = bool(ordered["least"])
    asked = _places_asked(said, least=least)
    made: list[Operation] = []
    if pattern("compare", "difference").search(said) or _GAP.search(said):
        apart = ends or pattern("compare", "ends").search(said)
        between = None if apart else _between(asked, least=least)
        made.append(Operation("extremes") if apart else between or Operation("difference", least=least))
        asked = () if between else asked
    elif ends:
        made.append(Operation("both"))
    if pattern("compare", "ratio").search(said):
        made.append(Operation("ratio"))
    made += _combining(said)
    if asked:
        made += [Operation("rank", least=least)] if _BESIDE_MOST.search(said) else []
        made += asked
    elif (ordered and made) or ((_most(said) or least) and not _NAMES_ENDS & {one.name for one in made}):
        made.append(Operation("rank", least=least))
    return tuple(made) or (Operation("rank" if _compares(said) else "list"),)


def _combining(said: str) -> list[Operation]:
    """The sum and the mean, if the values of the places are to be added."""
    mean = pattern("compare", "average").search(said) and "人均" not in said
    return [*([Operation("total")] if _asks_sum(said) else []), *([Operation("average")] if mean else [])]


def _compares(said: str) -> bool:
    return bool(pattern("compare", "ask").search(said) or regex("compare", "places").search(said))


def _most(said: str) -> bool:
    return bool(pattern("compare", "most").search(said))


def _least(said: str) -> bool:
    named = pattern("compare", "least").search(said) or pattern("compare", "fallen").search(said)
    return bool(named or regex("compare", "least_at_end").search(said))


def _places_asked(said: str, *, least: bool) -> tuple[Operation, ...]:
    """The second and the last but one, or the first three; () if no place in an order is named."""
    single = [
        Operation("nth", least=_from_below(match), n=whole_number(match["n"]))
        for match in filter(_is_place, _NTH.finditer(said))
    ]
    if single:
        return tuple(dict.fromkeys(single))
    if match := _TOP.search(said):
        return (Operation("top", least=least or match["side"] == "后", n=whole_number(match["n"])),)
    if match := _MOST_OF.search(said):
        return (Operation("top", least=match["how"] in "低小少慢差", n=whole_number(match["n"])),)
    return ()


def _between(asked: tuple[Operation, ...], *, least: bool) -> Operation | None:
    """The difference of two places in an order, or of the first and the one named; 降得最狠 turns the order round."""
    if not asked or len(asked) > 2 or any(one.name != "nth" for one in asked):
        return None
    if len({one.least for one in asked}) > 1:  # 第一和倒数第一
        return Operation("extremes") if {one.n for one in asked} == {1} else None
    first, last = (1, asked[0].n) if len(asked) == 1 else sorted(one.n for one in asked)
    return Operation("difference", least=least or asked[0].least, n=last, first=first)


def _from_below(match: re.Match[str]) -> bool:
    return bool(match["last"]) or (match["after"] or "高") in "低小少慢差"


def _asks_sum(said: str) -> bool:
    """Whether the values of the places are to be added; A和B合计谁最多 adds within each of them."""
    if _SUMMED.search(said) and not _EACH.search(said):
        return True
    word = pattern("compare", "total").search(said)
    if word is None:
        return False
    most = re.search(r"谁|哪|最", said[word.end() :])
    amount = re.search(r"多少|几|[?？。]|$", said[word.end() :])
    return most is None or (amount is not None and amount.start() < most.start())


def _is_place(match: re.Match[str]) -> bool:
    """Whether 第二 is a place in an order (排第二, 倒数第二, 第二高, 增速第二) and not 第二届 or 第二产业."""
    return match["before"] is not None or bool(match["last"] or match["after"])


def condition_in(said: str) -> Condition | None:
    """The bound that a folded question sets for places: 高于6%的市, 6%以上的有哪些; None if it sets none.

    投资10亿元以上的项目 is no such bound: it says which projects are counted.
    """
    if equal := _equal_in(said):
        return equal
    if sign := _SIGN.search(said):
        return Condition("below" if sign["fall"] else "above", Decimal(0), "percent", *sign.span())
    if round_number := _ROUND.search(said):  # 过千亿 is 过1千亿
        at = round_number.start()
        meant = condition_in(f"{said[:at]}1{said[at:]}")
        return replace(meant, end=meant.end - 1) if meant else None
    for number in quantities(said):
        word_start, end, word = _bound_word(said, number)
        if not word or not _AFTER_CONDITION.match(said, end):
            continue
        for bound in _BOUNDS:
            if word in words("condition", bound):
                negated = re.search(r"(?:没有?|未)$", said[:word_start])
                chosen = _OPPOSITE[bound] if negated else bound
                start = negated.start() if negated else word_start
                family = "money" if number.family == "number" and _of_money(said, number) else number.family
                return Condition(chosen, number.base, family, start, end)
    return None


def _equal_in(said: str) -> Condition | None:
    """The value that places are looked for by: 哪几个市持平, 写的是“5.5%以内”的是哪个市, 哪些市是100%."""
    if not (which := _WHICH_PLACE.search(said)):
        return None
    if level := _LEVEL.search(said):
        return Condition("equal", Decimal(0), "percent", *level.span(), "持平")
    for number in quantities(said):
        start, end = number.start, number.end
        told = _TOLD.search(said[:start])
        quoted = said[start - 1 : start] in _OPENS and said[end : end + 1] in _CLOSES
        before = which.end() <= start and not re.search(r"[，。；？]", said[which.end() : start])
        alone = re.match(r"的?[了吗呢]?(?:$|[，。？?])" if before else r"的", said[end + quoted :])
        exact = number.comparator in _ABOUT or not _bound_word(said, number)[2]
        if alone and (quoted or (exact and (told or _WHOSE.match(said, end)))):
            start = told.start() if told else start - quoted
            return Condition("equal", number.base, number.family, start, end + quoted, number.comparator)
    return None


_ABOUT = ("左右", "上下", "约")
_WHOSE = re.compile(r"的(?:是|有)?(?:谁|哪)|的(?:城?市|县|省|地方)[是有]?哪")
_WHICH_PLACE = re.compile(r"(?:哪|有)[一二两三四五几些]?个?(?:城?市|地[方区市]|县|省)|谁|[市县省]有(?:哪|几)")
_LEVEL = re.compile(
    r"(?:只|仅)?(?:打算|求|是|要)?(?:(?:[跟与和同]?(?:上一?年度?|去年|前年)(?:同期)?)?(?:基本)?(?:保持)?持平"
    r"|[跟与和同](?:上一?年度?|去年|前年)(?:同期)?(?:基本)?(?:保持)?(?:一样|不变))"
)
_OPENS, _CLOSES = frozenset("“‘「"), frozenset("”’」")
_TOLD = re.compile(
    r"(?:(?:[写说定]的?(?:都|就)?[是为在到着成]?|(?<![不没未达超提降])都?[是为到]|等于)了?)[“‘「]?$"
)
"""What stands before a value that is looked for: 写的是, 定在, 说是, 到100%了."""


_MONEY = regex("condition", "money")


def _of_money(said: str, number: Quantity) -> bool:
    """Whether a bound in 亿 without a unit is of an amount of money: 投资总额过千亿."""
    return number.unit.endswith("亿") and bool(_MONEY.search(said))


_BOUNDS: tuple[Bound, ...] = ("above", "at_least", "below", "at_most")
_OPPOSITE: dict[Bound, Bound] = {
    "above": "at_most",
    "at_most": "above",
    "below": "at_least",
    "at_least": "below",
}


def _bound_word(said: str, number: Quantity) -> tuple[int, int, str]:
    """Where a bound begins and ends, and its word, before the number or behind it."""
    if number.comparator:
        return number.start, number.end, number.comparator
    if after := re.match(r"(?:[或及]|含)?(?P<word>以上|以下|以内)", said[number.end :]):
        return number.start, number.end + after.end(), after["word"]
    if short := re.match(r"[都也还]?(?P<word>不到|没到|未到|不足)", said[number.end :]):
        start = number.start - said[: number.start].endswith("连")
        return start, number.end + short.end(), short["word"]
    known = (word for bound in _BOUNDS for word in words("condition", bound))
    before = said[: number.start].removesuffix("了")
    found = max((word for word in known if before.endswith(word)), key=len, default="")
    return len(before) - len(found), number.end, found


def without_operation(text: str) -> str:
    """A folded question without the words that only say what to do with the values."""
    condition = condition_in(text)
    if condition is not None:
        text = text[: condition.start] + " " + text[condition.end :]
    text = pattern("compare", "ratio").sub(" ", text)
    text = _NTH.sub(lambda match: " " if _is_place(match) else match[0], text)
    return _TOP.sub(" ", text)


def named_couples(said: str, places: Sequence[str]) -> list[tuple[str, str]]:
    """Places that a folded question holds against each other in twos: 甲比乙多几家，乙又比丙多几家.

    A clause that names only another (跟丙呢, 比丙多多少) is of the place that the clause before began with.
    """
    short = {place: re.sub(r"[市县区州盟省]$", "", place) for place in places}
    found: list[tuple[str, str]] = []
    for clause in re.split(r"[，。；？?！]", said):
        at = sorted((clause.find(name), place) for place, name in short.items() if name and name in clause)
        named = [place for _, place in at]
        if len(named) == 2 and re.search(r"比|较|是|[和与跟同].*[差距]", clause):
            found.append((named[0], named[1]))
        elif len(named) > 2 and _AGAINST.search(clause[at[0][0] : at[1][0]]):
            found += [(named[0], other) for other in named[1:]]
        elif len(named) == 1 and found and _AGAINST.search(clause[: at[0][0]]):
            found += [(found[-1][0], named[0])] if named[0] not in found[-1] else []
    return found


_AGAINST = re.compile(r"(?:比|较|是|[和与跟同])\s*$")
"""What stands right before the place that another is held against."""
