"""Does a text say this number? The judge's own reading of numbers, apart from qa/text.py.

The product reads numbers with ``qa.text.quantities``. A judge that shared that code would share its
mistakes, so only the same-length ``fold`` is taken from there.

A text is cut into literals and numbers: "增长超过1.2万个" is "增长", (> 12000), "个". Numbers are
compared by exact decimal value, so 5% is not in 6.5%, 15% not in 115%, and 1.2万 equals 12000.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from qa.text import fold

_POWERS = {
    "万亿": 12,
    "千亿": 11,
    "百亿": 10,
    "亿": 8,
    "千万": 7,
    "百万": 6,
    "十万": 5,
    "万": 4,
    "千": 3,
    "百": 2,
}
# 千 and 百 open units of their own (千瓦, 千米, 百分点); they are magnitudes only before none of these.
_MAGNITUDE = re.compile(r"万亿|千亿|百亿|亿|千万|百万|十万|万(?!元户)|千(?![瓦米克伏卡赫])|百(?!分)")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d.]*\d)|\d+(?:\.\d+)?")
_HAN_NUMERAL = "零〇一二两三四五六七八九十百千"

# One class a row: words that say the same bound. 超过 excludes the value, 以上 does not.
_BEFORE = {
    "ge": ("不少于", "不低于", "不小于", "至少", "最低"),
    "gt": ("超过", "突破", "高于", "大于", "多于", "超", "逾", "破"),
    "near": ("接近", "将近", "近"),
    "about": ("大约", "约"),
    "le": ("不超过", "不高于", "不多于", "不大于", "至多", "最多"),
    "lt": ("低于", "少于", "小于", "不足", "不到"),
}
_AFTER = {"ge": ("及以上", "以上"), "about": ("左右", "上下"), "le": ("及以下", "以下", "以内", "之内")}


def _class_of(table: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {word: name for name, words in table.items() for word in words}


_BEFORE_CLASS, _AFTER_CLASS = _class_of(_BEFORE), _class_of(_AFTER)
_BEFORE_AT_END = re.compile("(?:" + "|".join(sorted(_BEFORE_CLASS, key=len, reverse=True)) + ")$")
_AFTER_ANYWHERE = re.compile("|".join(sorted(_AFTER_CLASS, key=len, reverse=True)))


_BOUND_OF_CELL = re.compile(rf"^(?:{'|'.join(_BEFORE_CLASS)})|(?:{_AFTER_ANYWHERE.pattern})$")


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a normal text: ``raw`` as its digits say, ``value`` with 万 and 亿 applied.

    ``start``/``end`` span digits and magnitude in the normal text; ``tail`` is what follows, up to the
    next number.
    """

    start: int
    end: int
    raw: Decimal
    value: Decimal
    tail: str


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """The form that is compared: folded, without markers 【n】, bullets, emphasis and white space.

    One space stays between two digits or two letters ("1 2", "a b").
    Full-width １，１６３ loses its separator; 百分之5 is 5%; 5百分点 is 5个百分点; any dash between numbers
    is "-".
    """
    text = re.sub(r"(?m)^\s*[-*+>]\s+", "", text)
    text = re.sub(r"【\d+】|\*\*|__|`", "", text)
    text = re.sub(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))", "", text)
    text = fold(text)
    text = re.sub(r"\s+", _kept_space, text)
    text = re.sub(r"百分之(\d+(?:\.\d+)?)", r"\1%", text)
    text = re.sub(r"(?<=\d)百分点", "个百分点", text)
    return re.sub(r"(?<=[\d%])[—–~～－-]+(?=\d)", "-", text)


def _kept_space(match: re.Match[str]) -> str:
    """One space between two digits or two letters, where it parts words; else none."""
    around = match.string[match.start() - 1 : match.start()] + match.string[match.end() : match.end() + 1]
    return " " if re.fullmatch(r"\d\d|[a-z][a-z]", around) else ""


@lru_cache(maxsize=4096)
def numbers(text: str) -> tuple[Number, ...]:
    """All numbers of ``normal(text)``, in order, years and ordinals included."""
    text = normal(text)
    cut: list[tuple[int, int, Decimal, Decimal]] = []
    for match in _NUMBER.finditer(text):
        raw = Decimal(match[0].replace(",", ""))
        if re.search(r"(?:^|[^\d%a-z)）\u4e00-\u9fff])-$|[为是长到]-$", text[: match.start()]):
            raw = -raw
        magnitude = _MAGNITUDE.match(text, match.end())
        end = magnitude.end() if magnitude else match.end()
        power = _POWERS[magnitude[0]] if magnitude else 0
        cut.append((match.start(), end, raw, raw * Decimal(10) ** power))
    ends = [item[0] for item in cut[1:]] + [len(text)] * bool(cut)
    return tuple(
        Number(start, end, raw, value, text[end:stop])
        for (start, end, raw, value), stop in zip(cut, ends, strict=True)
    )


def find(alternative: str, text: str, start: int = 0) -> tuple[int, int] | None:
    """First place in ``normal(text)``, from ``start`` on, that says ``alternative``, or None.

    Literals must stand as they are; numbers by value with their unit whole. A bound of the alternative
    (以上, 左右, 不少于, 近, 超过 …) must stand at that number too, in words of the same class; a bound of
    the text that the alternative lacks is allowed. An empty alternative is never found.
    """
    wanted, hay = normal(alternative), normal(text)
    if not wanted:
        return None
    mine = numbers(alternative)
    if not mine:
        return _find_literal(wanted, hay, start)
    theirs = numbers(text)
    lead = wanted[: mine[0].start]
    for i in range(len(theirs) - len(mine) + 1):
        span = _match_at(lead, mine, hay, theirs[i : i + len(mine)])
        if span is not None and span[0] >= start:
            return span
    return None


def says(alternative: str, text: str) -> bool:
    """Whether ``find`` finds it."""
    return find(alternative, text) is not None


def _find_literal(wanted: str, hay: str, start: int) -> tuple[int, int] | None:
    """Substring, but no Chinese numeral is cut in two: 八件 is not in 十八件."""
    at = hay.find(wanted, start)
    while at >= 0:
        end = at + len(wanted)
        cut_before = wanted[0] in _HAN_NUMERAL and at > 0 and hay[at - 1] in _HAN_NUMERAL
        cut_after = wanted[-1] in _HAN_NUMERAL and end < len(hay) and hay[end] in _HAN_NUMERAL
        if not cut_before and not cut_after:
            return at, end
        at = hay.find(wanted, at + 1)
    return None


def _match_at(
    lead: str, mine: Sequence[Number], hay: str, theirs: Sequence[Number]
) -> tuple[int, int] | None:
    """The alternative's numbers against as many in a row of the text's; the span, or None."""
    if any(want.value != got.value for want, got in zip(mine, theirs, strict=True)):
        return None
    if any(want.tail != got.tail for want, got in zip(mine[:-1], theirs[:-1], strict=True)):
        return None
    want_bound, want_lead = _bound_before(lead)
    got_bound, got_lead = _bound_before(hay[: theirs[0].start])
    reach = _lead_length(want_lead, got_lead)
    unit, want_after, want_rest = _split_tail(mine[-1].tail)
    tail = theirs[-1].tail
    if reach is None or not tail.startswith(unit) or not _unit_ends(unit, tail):
        return None
    after = _AFTER_ANYWHERE.match(tail, len(unit))
    got_after = _AFTER_CLASS[after[0]] if after else ""
    if not {want_bound, want_after} <= {got_bound, got_after, ""}:
        return None
    used = len(unit)
    if want_after:
        used = after.end() if after else used
        if not tail.startswith(want_rest, used):
            return None
        used += len(want_rest)
    return len(got_lead) - reach, theirs[-1].end + used


def _bound_before(text: str) -> tuple[str, str]:
    """The bound class that ends ``text`` ("" for none), and the text before that word."""
    match = _BEFORE_AT_END.search(text)
    return (_BEFORE_CLASS[match[0]], text[: match.start()]) if match else ("", text)


def _split_tail(tail: str) -> tuple[str, str, str]:
    """Unit, bound class, and rest of an alternative's tail; without a bound all of it is the unit."""
    match = _AFTER_ANYWHERE.search(tail)
    return (tail[: match.start()], _AFTER_CLASS[match[0]], tail[match.end() :]) if match else (tail, "", "")


def _lead_length(want: str, got: str) -> int | None:
    """How much of the end of ``got`` says ``want``, or None; 增长5% is said by 增长了5%."""
    for filler in ("", "了"):
        if want and got.endswith(want + filler):
            length = len(want) + len(filler)
            cut = want[0] in _HAN_NUMERAL and got[: len(got) - length][-1:] in tuple(_HAN_NUMERAL)
            return None if cut else length
    return None if want else 0


def _unit_ends(unit: str, tail: str) -> bool:
    """Whether ``unit`` is the whole unit at the start of ``tail``: not 个 of 个百分点, not "" of %."""
    rest = tail[len(unit) :]
    if not unit:
        return not rest.startswith(("%", "‰", "个百分点"))
    if unit == "个":
        return not rest.startswith("百分点")
    return not rest.startswith("/") or rest[1:2] in ("", "|")


def stated_in(number: Number, sources: Sequence[str]) -> bool:
    """Whether one of ``sources`` has this number: same value and unit, or same digits where it stands bare.

    Units are compared by their first character (亿元 are in the value), with 个百分点 apart from 个. A
    bare number, as in a table cell, has no Chinese character, letter or percent sign behind it.
    """
    return any(_same(number, other) for source in sources for other in numbers(source))


def stated_in_table(number: Number, quotes: Sequence[str]) -> bool:
    """Whether a quote has the number as a cell, and one its unit: a cell 万吨, 单位：元, a header with （%）.

    A bound may stand in the cell with it: 106以上, ≥68.
    """
    head = re.escape(_unit_head(number.tail))
    cells = (_BOUND_OF_CELL.sub("", token) for quote in quotes for token in quote.split())
    cell = any(token.lstrip("-+≥≤><").replace(",", "") == str(number.raw) for token in cells)
    given = rf"(?:单位[:：]?[^。]*|[（(][^（）()]*){head}"
    beside = rf"(?:^|\s)[万亿千百]*{head}\S{{0,3}}(?=\s|$)"
    return cell and any(re.search(given, normal(quote)) or re.search(beside, quote) for quote in quotes)


def stated_in_ratio(number: Number, quotes: Sequence[str]) -> bool:
    """Whether a percentage is a part of a whole that a quote gives as a ratio: 46.0% of 19.8∶34.2∶46.0."""
    if not number.tail.startswith("%"):
        return False
    ratios = (re.split("[:：]", match[0]) for quote in quotes for match in _RATIO.finditer(fold(quote)))
    parts = ([Decimal(part) for part in ratio] for ratio in ratios)
    return any(number.raw in ratio and abs(sum(ratio, Decimal(-100))) <= 1 for ratio in parts)


_RATIO = re.compile(r"\d+(?:\.\d+)?(?:[:：]\d+(?:\.\d+)?){2,}")


def _same(number: Number, other: Number) -> bool:
    if not re.match(r"[%‰a-z\u3400-\u9fff]", number.tail):
        return number.raw == other.raw or number.value == other.value
    return number.value == other.value and _unit_head(number.tail) == _unit_head(other.tail)


def _unit_head(tail: str) -> str:
    return "个百分点" if tail.startswith("个百分点") else tail[:1]


def in_order(groups: Sequence[Sequence[str]], text: str) -> bool:
    """Whether one alternative of each group is said, each after the group before it. No group: True."""
    at = 0
    for group in groups:
        spans: Iterator[tuple[int, int] | None] = (find(alternative, text, at) for alternative in group)
        found = [span for span in spans if span is not None]
        if not found:
            return False
        at = min(found)[1]
    return True
