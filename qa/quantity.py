"""Numbers with units in folded text: digits, tenths and fractions in Chinese numerals, ranges, ordinals.

Pure functions. ``qa.text`` gives all of this on, for those who read text as well.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib import resources

from qa.lexicon import piece, regex


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit in folded text; ``value`` is in ``unit`` ("1.2万个" is 1.2 in 万个).

    ``high`` is the upper end of a range, else None. ``comparator`` is "" for an exact value.
    ``start``/``end`` span the whole phrase with its comparator. ``number_start`` is where the digits begin.
    """

    start: int
    end: int
    number_start: int
    value: Decimal
    high: Decimal | None
    unit: str
    comparator: str

    @property
    def family(self) -> str:
        """The unit family of units.toml; a counted thing is its own family ("家")."""
        return unit_family(self.unit)

    @property
    def base(self) -> Decimal:
        """The value in the base unit of its family (元, 米, 1): what may be compared."""
        return self.value * unit_factor(self.unit)


@cache
def _units() -> dict[str, tuple[str, Decimal]]:
    raw = tomllib.loads(
        resources.files("qa").joinpath("data/units.toml").read_text("utf-8"), parse_float=Decimal
    )
    table: dict[str, tuple[str, Decimal]] = {}
    for family, entries in raw.items():
        for unit, factor in entries.items():
            if unit != "units":
                table[unit.lower()] = (family, Decimal(factor))
        for unit in entries.get("units", ()):
            table[unit.lower()] = (unit, Decimal(1))
    return table


MAGNITUDES = {
    "万亿": Decimal(10) ** 12,
    "千亿": Decimal(10) ** 11,
    "百亿": Decimal(10) ** 10,
    "亿": Decimal(10) ** 8,
    "千万": Decimal(10) ** 7,
    "百万": Decimal(10) ** 6,
    "十万": Decimal(10) ** 5,
    "万": Decimal(10) ** 4,
    "千": Decimal(10) ** 3,
    "百": Decimal(10) ** 2,
}
_MAGNITUDE = "|".join(MAGNITUDES)

ONE_TO_TEN = "一二三四五六七八九十"
"""The numerals that headings, lists and sets are numbered with, in order; also for a class of characters."""


def _split_magnitude(unit: str) -> tuple[str, str]:
    if unit in _units():
        return "", unit
    for word in MAGNITUDES:
        if unit.startswith(word):
            return word, unit[len(word) :]
    return "", unit


def unit_family(unit: str) -> str:
    """Family of a unit with or without magnitude: "万亿元" → "money"; unknown units are their own."""
    _, bare = _split_magnitude(unit.lower())
    return _units().get(bare, (bare or "number", Decimal(1)))[0]


def is_unit(word: str) -> bool:
    """Whether a word is a unit of units.toml, with or without a magnitude (万户)."""
    return _split_magnitude(word.lower())[1] in _units()


def unit_factor(unit: str) -> Decimal:
    """What one ``unit`` is in base units: 亿元 → 100000000, 公里 → 1000."""
    word, bare = _split_magnitude(unit.lower())
    return MAGNITUDES.get(word, Decimal(1)) * _units().get(bare, ("", Decimal(1)))[1]


_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_HAN_DIGITS = "零〇一二两三四五六七八九十百千"
BEFORE = piece("number", "before")
AFTER = piece("number", "after")


_TO = r"(?:\s*[—–~至到]+\s*|-|\s+-\s+)"
"""What joins the ends of a range; the hyphen of " -5.2" is a sign."""


@cache
def _quantity_pattern() -> re.Pattern[str]:
    units = "|".join(sorted((re.escape(unit) for unit in _units()), key=len, reverse=True))
    unit = rf"(?:{units})(?!化)"
    full = rf"(?:{_MAGNITUDE})?{unit}"
    # 2000吨级, 110千伏: a grade names a thing and counts nothing; an unknown unit leaves a bare number.
    return re.compile(
        rf"(?P<before>{BEFORE})?"
        rf"(?P<sign>(?<![\d%—~至])-)?(?P<num>{_DIGITS})"
        rf"(?P<more>{piece('number', 'more')})?"
        rf"(?:(?P<low>{full}|{_MAGNITUDE}){_TO}(?P<top>{_DIGITS})(?=(?P=low)))?"
        rf"(?:{_TO}(?P<high>{_DIGITS}))?"
        rf"(?:(?P<unit>{full})|(?P<mag>{_MAGNITUDE})(?P<odd>[多余])(?P<bare>{full}|[万亿])"
        rf"|(?P<alone>{_MAGNITUDE})(?<![千百]))?"
        rf"(?P<after>{AFTER})?(?P<to>[:：]1(?![\d:：.]))?"
    )


_HAN_QUANTITY = re.compile(
    rf"(?P<before>{BEFORE})?(?:(?P<whole>[{_HAN_DIGITS}]+)分之)?(?P<num>[{_HAN_DIGITS}]+)(?:点(?P<point>[{_HAN_DIGITS}]+))?"
    rf"(?P<unit>(?<![零百千])成(?![本绩效果功为立员长就熟都人型品交套片群行])|倍|番|个百分点|位数|(?(whole)|(?!)))(?P<after>{AFTER}|半)?"
)
_NOT_A_FIGURE_AFTER = regex("number", "no_figure")
_ABBREVIATION = re.compile(r"(?<![a-z])(?!pm)[a-z]{2,}$")
_NOT_A_FIGURE_BEFORE = re.compile(r"(?:[a-z]|第|每|第\d+、|\d[:：]|[〔\[=]|国道|省道|no\.?|[“‘（]\d*)$")


_JOINTS = ("、", "和", "及", "，", "与")


def quantities(text: str) -> list[Quantity]:
    """Numbers that count or measure, in order, of folded text.

    Years, dates, ordinals, project names and grades (2023年, 5月, 第3届, G80, 2000吨级) are left out.
    2.58:1 is a number without a unit. A number without a unit takes that of the next one when only 、 or 和 stands between
    ("0.9、2个百分点", "1.2万、3万人"), else its unit is "".
    """
    found = [item for match in _quantity_pattern().finditer(text) for item in _digits_quantities(text, match)]
    found += [item for match in _HAN_QUANTITY.finditer(text) if (item := _han_quantity(text, match))]
    found = _compounded(sorted(found, key=lambda item: item.start))
    for i in range(len(found) - 2, -1, -1):
        this, following = found[i], found[i + 1]
        bare = not this.unit or (this.unit in MAGNITUDES and following.unit[len(this.unit) :])
        if bare and following.unit.startswith(this.unit) and text[this.end : following.start] in _JOINTS:
            found[i] = replace(this, unit=following.unit)
        elif (
            this.unit == "个"
            and following.unit == "个百分点"
            and text[this.end : following.start] in ("、", "和")
        ):
            found[i] = replace(this, unit=following.unit)  # 5.2个、6.1个百分点
    return found


def _compounded(found: list[Quantity]) -> list[Quantity]:
    """The numbers, those said in two steps as one: 7万2900公顷 is 72900公顷, 24亿7000万元 is 24.7亿元, 1亿3千多万 is 1.3亿."""
    made: list[Quantity] = []
    for item in found:
        high = made[-1] if made else None
        word, bare = _split_magnitude(item.unit)
        step = MAGNITUDES.get(high.unit, Decimal(0)) if high else Decimal(0)
        low = MAGNITUDES.get(word, Decimal(1))
        if (
            high
            and high.end == item.start == item.number_start
            and item.value * low < step > low
            and (bare or low > 1)
            and len(high.comparator) == high.number_start - high.start  # 超过1万5千, not 1万多5千
        ):
            said, unit = (step, high.unit + bare) if low > 1 else (Decimal(1), item.unit)
            value = (high.value * step + item.value * low) / said
            whole = replace(item, start=high.start, number_start=high.number_start, value=value, unit=unit)
            made[-1] = replace(whole, comparator=high.comparator or item.comparator)
        else:
            made.append(item)
    return made


_FROM = re.compile(r"[由从自][^，、。；：]{0,14}$")


def _digits_quantities(text: str, match: re.Match[str]) -> Iterator[Quantity]:
    """A number, or a range; 由2万吨到4万吨 are two numbers."""
    found = _digits_quantity(text, match)
    if found is None:
        return
    top = "top" if match["top"] else "high"
    said = text[match.start(top) - 1 : match.start(top)] if found.high is not None else ""
    if said in ("到", "至") and _FROM.search(text[: found.start]):
        cut = match.start(top) - 1
        yield replace(found, end=cut, high=None, comparator="")
        yield Quantity(
            cut + 1, found.end, cut + 1, found.high or Decimal(0), None, found.unit, found.comparator
        )
    else:
        yield found


_CODE = ("-", "/", ":", ".", "+")


def _is_name(text: str, match: re.Match[str]) -> bool:
    """“15分钟健身圈”: a number that begins a quoted name, which goes on after it."""
    before = text[match.start() - 1 : match.start()]
    quoted = re.match(r"([^“”‘’，。；]{1,20})[”’]", text[match.end() :])
    alone = (
        not (match["unit"] or match["mag"] or match["alone"]) and text[match.end() : match.end() + 1] == "”"
    )
    return before in ("“", "‘") and (bool(quoted) or alone)


_YEAR_OF_TWO = re.compile(r"20\d\d[-—–/]\d\d(?!\d|[万亿%]|[\u4e00-\u9fff]{0,1}元)")
"""A financial year: 2026-27年度."""


def _digits_quantity(text: str, match: re.Match[str]) -> Quantity | None:
    unit = match["unit"] or (match["mag"] or "") + (match["bare"] or "") or match["alone"] or ""
    if (
        _stands_in_name(text, match, unit)
        or (match["to"] and (unit or match["after"]))
        or (_is_grade(text, match, unit) if unit else _is_no_figure(text, match))
    ):
        return None
    after = re.sub("^(?:及|（含）)", "", match["after"] or "")
    comparator = (match["before"] or "") or after or match["more"] or match["odd"] or ""
    if match["before"] and after:
        comparator = match["before"] + after
    top = match["top"] or match["high"]
    high = Decimal(top.replace(",", "")) if top else None
    value = Decimal((match["sign"] or "") + match["num"].replace(",", ""))
    start = match.start()
    if (per := _PER_BEFORE.search(text[:start])) and is_unit(f"{unit}/{per['per']}"):
        start, unit = per.start(), f"{unit}/{per['per']}"
        comparator = (per["before"] or "") + comparator
    return Quantity(start, match.end(), match.start("num"), value, high, unit, comparator)


_PER_BEFORE = re.compile(rf"(?P<before>{BEFORE})?每(?P<per>立方米|升)$")
"""低于每立方米19微克 is 低于19微克/立方米."""


def _stands_in_name(text: str, match: re.Match[str], unit: str) -> bool:
    """Whether a number is part of a name: G80, 第3, “15分钟健身圈”; the one of 人均GDP8.5万元 measures it."""
    number = match.start("num")
    measured = unit_family(unit) in ("percent", "point", "money", "usd")
    before = _NOT_A_FIGURE_BEFORE.search(text[max(0, number - 5) : number])
    if _YEAR_OF_TWO.match(text, number):
        return True
    named = before and text[number - 1] not in "“‘（"
    return bool(named and not (measured and _ABBREVIATION.search(text[:number]))) or _is_name(text, match)


def _is_grade(text: str, match: re.Match[str], unit: str) -> bool:
    """Whether a number with a unit says which and not how much: 2023年, 3号, 2000吨级."""
    ordinal = unit in ("年", "级", "届", "节", "号") and not match["after"] and _is_year_or_rank(text, match)
    return ordinal or text[match.end() : match.end() + 1] == "级"


_NUMBERED = re.compile(rf"(?:、\d+)*、\d+{piece('number', 'numbered')}")


def _is_no_figure(text: str, match: re.Match[str]) -> bool:
    """Whether a number without a unit is a date, a code, a year or a part of a name: 5月, 回首2023, 8、9号机组, 12345热线."""
    number, end = match.start("num"), match.end()
    tail = text[end : end + 3]
    if _NOT_A_FIGURE_AFTER.match(tail) or text[number - 1 : number] in _CODE or tail[:1] in ("+", "/"):
        return True
    if re.search(r"(?:表|图|附件|专栏)$", text[:number]) or _NUMBERED.match(text[end : end + 12]):
        return True
    if (re.fullmatch(r"(?:19|20)\d\d", match["num"]) and not match["high"]) or _is_version(text, match):
        return True
    plain = not (match["after"] or match["more"] or "." in match["num"] or match["to"])
    return plain and bool(re.match(r"(?![和及与至到比])[\u4e00-\u9fff“]", tail))


_REACHED = re.compile(r"[为到至达是在比于由从约近过]$")


def _is_version(text: str, match: re.Match[str]) -> bool:
    """数字政府2.0, “保7争6”: a bare number of a name, which nothing says is reached."""
    quoted = text[match.end() : match.end() + 1] in ("”", "’")
    version = re.fullmatch(r"\d\.0", match["num"]) and not match["after"]
    return bool(quoted or version) and not _REACHED.search(text[: match.start()])


_LASTING = re.compile(rf"{piece('number', 'lasting')}$")


def _is_year_or_rank(text: str, match: re.Match[str]) -> bool:
    """2023年 and 第3级, but not 连续10年, which counts years."""
    if match["unit"] != "年":
        return True
    return len(match["num"]) >= 4 or not _LASTING.search(text[: match.start("num")])


def _han_quantity(text: str, match: re.Match[str]) -> Quantity | None:
    value, unit = han_decimal(match["num"], match["point"] or ""), match["unit"]
    if value is None or unit == "位数":
        return None
    if unit == "番" and "翻" not in text[max(0, match.start("num") - 3) : match.start("num")]:
        return None  # 一番事业
    if match["whole"]:
        parts = han_number(match["whole"])
        if not parts:
            return None
        value, unit = (value, "%") if parts == 100 else (value / parts, "分之")
    comparator = (match["before"] or "") + (match["after"] or "")
    return Quantity(match.start(), match.end(), match.start(), value, None, unit, comparator)


_HAN_VALUE = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_POWER = {"十": 10, "百": 100, "千": 1000}


def han_number(text: str) -> Decimal | None:
    """Value of a Chinese numeral below ten thousand ("十一" 11, "两百" 200), or None.

    A row of plain digits is read as written: "二〇二四" is 2024.
    """
    if not text or any(c not in _HAN_VALUE and c not in _HAN_POWER for c in text):
        return None
    if len(text) > 1 and all(c in _HAN_VALUE for c in text):
        return Decimal("".join(str(_HAN_VALUE[c]) for c in text))
    total, digit = 0, 0
    for char in text:
        if char in _HAN_POWER:
            total += (digit or (1 if not total else 0)) * _HAN_POWER[char]
            digit = 0
        else:
            digit = _HAN_VALUE[char]
    return Decimal(total + digit)


def han_decimal(whole: str, point: str) -> Decimal | None:
    """Value of a Chinese numeral with what is said behind 点 ("六", "一": 6.1), or None."""
    value = han_number(whole)
    if value is None or not point:
        return value
    digits = "".join(str(_HAN_VALUE.get(char, "")) for char in point)
    return value + Decimal(f"0.{digits}") if len(digits) == len(point) else None


def whole_number(text: str) -> int:
    """Value of a number in digits or in Chinese numerals; 0 for what is none."""
    return int(text) if text.isdigit() else int(han_number(text) or 0)


# ------------------------------------------------------------------ ordinals

_RANK = re.compile(
    rf"第(?P<num>\d+|[{_HAN_DIGITS}]+)(?:位|名|(?=[，。；]|$|、(?:(?!第|[一二三四五]|\d)|第[\d{_HAN_DIGITS}]+(?:[位名，。；]|$))))|(?:排|居|列|位居|位列)?(?:全[国省区市]|[\u4e00-\u9fff]{{2,4}})首位|榜首"
)


def ranks(text: str) -> Iterator[tuple[int, int, int]]:
    """(start, end, rank) of ordinals such as 第三位, 第2名, 第一, 首位 in folded text."""
    for match in _RANK.finditer(text):
        number = match["num"]
        value = 1 if number is None else whole_number(number)
        if value:
            yield match.start(), match.end(), value
