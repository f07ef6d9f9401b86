"""Chinese numerals with units read as digits: 五亿元 is 5亿元, 百分之五点二 is 5.2%. For comparing, not for showing."""

from __future__ import annotations

import re
from decimal import Decimal

from qa.lexicon import piece
from qa.text import MAGNITUDES, han_number, is_unit

_DIGIT = "零〇一二两三四五六七八九"
_BELOW_MYRIAD = f"[{_DIGIT}十百千]+"
NUMERAL = rf"{_BELOW_MYRIAD}(?:点[{_DIGIT}]+)?(?:万亿|亿|万)?(?:(?<=[万亿]){_BELOW_MYRIAD}(?:万(?:{_BELOW_MYRIAD})?)?)?"
"""A pattern: a number in Chinese numerals, 五点二亿 or 一万三千."""

_NUMERAL = re.compile(
    rf"(?P<percent>百分之)?(?P<whole>(?!百分){_BELOW_MYRIAD})(?:点(?P<point>[{_DIGIT}]+))?"
    rf"(?P<power>万亿|亿|万)?(?P<rest>(?<=[万亿])(?!百分){_BELOW_MYRIAD}(?:万(?:{_BELOW_MYRIAD})?)?)?"
    r"(?P<more>[多余])?(?P<tail>个百分点|[\u4e00-\u9fff%‰]{0,4})"
)
_DIGIT_PERCENT = re.compile(r"百分之(?=\d)(?P<num>[\d.]+)")
_COUNTS_NOTHING = re.compile(rf"期|个?{piece('number', 'uncounted')}")
_BARE_POINT = re.compile(r"(?<=\d)百分点")


def arabic(folded: str) -> str:
    """Folded text with Chinese numerals that count something in digits; other numerals stay.

    Only a numeral before a unit, a magnitude or 百分之 is read, and not 三个方面, 一个 or 两者.
    """
    text = _DIGIT_PERCENT.sub(lambda match: match["num"] + "%", folded)
    return _BARE_POINT.sub("个百分点", _NUMERAL.sub(_digits, text))


def _digits(match: re.Match[str]) -> str:
    said = match[0]
    before = match.string[: match.start()]
    value = han_number(match["whole"])
    if value is None or before.endswith(("第", "十", "百", "千")) or re.search(r"[\d.]$", before):
        return said
    if match["point"]:
        value += Decimal("0." + "".join(str(han_number(digit)) for digit in match["point"]))
    number = f"{value:f}"
    tail = match["tail"]
    if match["percent"]:
        return f"{number}%{match['more'] or ''}{tail}"
    power = match["power"] or ""
    if match["rest"]:
        value, power = value * MAGNITUDES[power] + _small(match["rest"]), ""
        number = f"{value:f}"
        return f"{number}{match['more'] or ''}{tail}"
    if _COUNTS_NOTHING.match(tail) or (value == 1 and tail.startswith("个") and not power):
        return said
    if power or _unit_at(tail):
        return f"{number}{power}{match['more'] or ''}{tail}"
    return said


def _small(text: str) -> Decimal:
    """What follows 亿 or 万 in a numeral: 三千五百万 after 二亿, 二千 after 一万."""
    myriads, _, rest = text.rpartition("万")
    return (han_number(myriads) or Decimal(0)) * 10_000 + (han_number(rest) or Decimal(0))


def _unit_at(tail: str) -> bool:
    """Whether what follows begins with a unit: 个, 家, 公里 …; 十万 and 百万 were read as magnitudes before."""
    if tail.startswith("个百分点"):
        return True
    return any(
        is_unit(tail[:length]) and tail[:length] not in MAGNITUDES for length in range(1, len(tail) + 1)
    )
