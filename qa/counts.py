"""Chinese numerals that count (四家医院, 突破千亿元, 连续三年) and places in an order (第一, 前三, 首位).

Beside qa/quantity.py, for extraction alone: most numerals of a report are idioms and names (一批, 三大,
两手抓, “三个一千亿”), so only those are read that count what cannot be meant otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from qa.lexicon import piece
from qa.numerals import NUMERAL, arabic
from qa.quantity import AFTER, BEFORE, Quantity, han_number, quantities, whole_number

_COUNTING = "一二两三四五六七八九十百千"
_LESS = piece("numeral", "reached")

_AMOUNT = re.compile(
    rf"(?P<before>{BEFORE}|{_LESS})?(?P<num>[{_COUNTING}]*)(?P<unit>(?:万亿|亿|万){piece('numeral', 'amount')}?)(?P<after>{AFTER})?"
)
_COUNT = re.compile(
    rf"(?P<before>{BEFORE})?(?P<num>[{_COUNTING}]+)(?P<unit>{piece('numeral', 'counted')})(?P<after>{AFTER})?"
)
_MEASURED = re.compile(
    rf"(?P<before>{BEFORE})?(?P<num>{NUMERAL}[多余]?(?:{piece('numeral', 'measured')}|(?P<many>{piece('numeral', 'counter')})))"
    rf"(?P<after>{AFTER})?"
)
_STREAK = re.compile(rf"连续(?P<num>[{_COUNTING}]+)(?P<unit>年|个月|个季度|次|届)")

_BARE = re.compile(
    rf"(?<![\d.a-z第])(?P<num>\d{{1,4}})(?P<unit>{piece('numeral', 'tallied')})(?=[、，。；：）（\d]|和|$)"
)

_NOT_BEFORE = re.compile(rf"(?:[第每几数上{_COUNTING}万亿\d.]|初|老|单|[/／])$")
_REACHED = re.compile(r"[，。；：！？、）和及与]|的?(?:大关|台阶|关口)|$")


def counts(text: str) -> list[Quantity]:
    """Chinese numerals that count or measure, in order, of folded text; none inside quotation marks."""
    found = [item for match in _MEASURED.finditer(text) if (item := _measured(text, match))]
    others = [
        *_amounts(text),
        *(item for match in _COUNT.finditer(text) if (item := _count(text, match))),
        *(_quantity(match, "") for match in _STREAK.finditer(text) if not _quoted(text, match.start())),
    ]
    others += [
        Quantity(match.start(), match.end(), match.start(), Decimal(match["num"]), None, match["unit"], "")
        for match in _BARE.finditer(text)
        if not _quoted(text, match.start())
    ]  # 3金2银5铜, 覆盖12县、56镇
    found += [
        item for item in others if not any(item.start < one.end and one.start < item.end for one in found)
    ]
    return sorted(found, key=lambda item: item.start)


def _quoted(text: str, at: int) -> bool:
    before = text[:at]
    return before.rfind("“") > before.rfind("”") or before.rfind("‘") > before.rfind("’")


def _amounts(text: str) -> Iterator[Quantity]:
    """突破千亿元, 十亿以上甚至百亿: a magnitude counts where something is said to reach it.

    百亿产业 and 千万工程 are names: an amount has a comparator, and nothing that it would qualify behind it.
    """
    last = -2
    for match in _AMOUNT.finditer(text):
        start = match.start("num")
        if _quoted(text, start) or _NOT_BEFORE.search(
            text[: match.start()] if match["before"] else text[:start]
        ):
            continue
        bare = match["unit"] in ("亿", "万")
        reached = bool(match["before"]) and _REACHED.match(text, match.end()) is not None
        joined = match["num"] and re.search(r"(?:甚至|乃至|、|和|至|到)$", text[:start]) and start - last <= 3
        bounded = match["after"] in ("以上", "以下", "左右", "以内") and bool(match["num"])
        if not (reached or bounded or joined) or (bare and not match["num"] and not match["before"]):
            continue
        last = match.end()
        yield _quantity(match, (match["before"] or "") + (match["after"] or ""))


_ROUND = re.compile("[一百千十]?[百千十万亿]+[多余]?")


MAX_IDIOM = 12
"""Up to how many things a Chinese numeral before a counter is read only where the counter leaves no doubt."""


def _measured(text: str, match: re.Match[str]) -> Quantity | None:
    """三千五百亿元, 一百二十七个, 五点二万吨: a numeral that is no round one (千亿元产业) before a unit that measures.

    Small ones before a counter are idioms and names as a rule: 三个方面, 八项规定.
    """
    at = match.start("num")
    read = quantities(arabic(match["num"]))
    unit = read[0].unit if len(read) == 1 else ""
    if not unit or _quoted(text, at) or _NOT_BEFORE.search(text[: match.start()]):
        return None
    if read[0].value == 1 or _ROUND.fullmatch(match["num"].removesuffix(unit.lstrip("万亿千百十"))):
        return None  # 最后一公里, 千亿元产业, 万元产值能耗
    if match["many"] and read[0].base <= MAX_IDIOM and "点" not in match["num"]:
        return None
    comparator = (match["before"] or "") + (match["after"] or "") or read[0].comparator
    made = _quantity(match, comparator, read[0].value)
    return replace(made, unit=unit)


def _count(text: str, match: re.Match[str]) -> Quantity | None:
    alone = match["num"] in ("一", "千", "百", "十") and not match["before"]
    if alone or _quoted(text, match.start()) or _NOT_BEFORE.search(text[: match.start()]):
        return None
    return _quantity(match, (match["before"] or "") + (match["after"] or ""))


def _quantity(match: re.Match[str], comparator: str, value: Decimal | None = None) -> Quantity:
    said = comparator and match["before"] not in ("达到", "达", "过")
    start = match.start() if said and match["before"] else match.start("num")
    value = value or han_number(match["num"]) or Decimal(1)
    unit = match.groupdict().get("unit") or ""
    return Quantity(start, match.end(), match.start("num"), value, None, unit, comparator if said else "")


# ------------------------------------------------------------------ places in an order


@dataclass(frozen=True, slots=True)
class Standing:
    """A place in an order: 第三位 is (3, ""), 前三 (3, "前"); ``start``/``end`` span the words."""

    start: int
    end: int
    place: int
    comparator: str = ""


_AMONG = piece("numeral", "among")
_CLOSE = r"(?=[，。；：！？、）”]|和|与|及|的(?!一)|$)"
_STANDING = re.compile(
    rf"第(?P<nth>\d+|[{_COUNTING}]+)(?:位|名)(?!额)"
    rf"|第(?P<bare>\d+|[{_COUNTING}]+){_CLOSE}"
    rf"|(?<=[国区省市州县球界内居列位排入持身占])前(?P<top>\d+|[{_COUNTING}]+)(?:位|名|强)?{_CLOSE}"
    rf"|(?<=[国区省市州县球界内居列位排占])(?P<first>首位){_CLOSE}|(?P<best>榜首)"
)
_NO_ORDER = re.compile(
    r"(?:把|将)[^，]*(?:摆在|放在|置于|作为)[^，]{0,6}$|(?:摆在|放在|置于|挺在)[^，]{0,4}$"
)


def standings(text: str) -> Iterator[Standing]:
    """Places such as 第三位, 全国第2名, 排全区第一, 保持全区前三, 居全省首位, in order, of folded text."""
    for match in _STANDING.finditer(text):
        before = text[: match.start()]
        if _NO_ORDER.search(before) or _quoted(text, match.start()):
            continue
        number = match["nth"] or match["bare"] or match["top"] or "1"
        place = whole_number(number)
        ordered = match["nth"] or match["best"] or re.search(rf"{_AMONG}[^，；]{{0,10}}$", before)
        listed = before.endswith(("、", "和")) and re.search(r"第[^，、]{1,3}[、和]$", before)
        if place and (ordered or listed):
            yield Standing(match.start(), match.end(), place, "前" if match["top"] else "")
