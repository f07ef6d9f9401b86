"""Rules for Chinese report text: folding, sentences, numbers with units, years. Pure functions.

``fold`` keeps the length of a text, so offsets found in folded text hold in the original. All other
functions expect folded text unless they say otherwise.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources

SENTENCE_ENDS = "。！？；"
CLOSERS = "”’）」』】》\"')"

_HAN_RANGES = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))
_WIDE_KEPT = {"，", "。", "；", "：", "！", "？", "（", "）"}
_WIDE_THOUSANDS = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_HALF_PUNCTUATION = re.compile(r"[,;:?!()]")
_PUNCTUATION = [
    (re.compile(r"(?<!\d),|,(?!\d{3})"), "，"),
    (re.compile(r";"), "；"),
    (re.compile(r"(?<!\d):|:(?!\d)"), "："),
    (re.compile(r"\?"), "？"),
    (re.compile(r"!"), "！"),
    (re.compile(r"\("), "（"),
    (re.compile(r"\)"), "）"),
]


@cache
def _fold_table() -> dict[int, str]:
    """One character to one: full width to half, traditional to simplified (OpenCC t2s), A-Z to a-z."""
    import opencc

    convert = opencc.OpenCC("t2s").convert
    table: dict[int, str] = {}
    for low, high in _HAN_RANGES:
        for code in range(low, high):
            simple = convert(chr(code))
            if len(simple) == 1 and simple != chr(code):
                table[code] = simple
    for code in range(0xFF01, 0xFF5F):
        if chr(code) not in _WIDE_KEPT:
            table[code] = chr(code - 0xFEE0).lower()
    table.update({code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)})
    table.update({0x3000: " ", 0xA0: " ", ord("\t"): " ", ord("〇"): "〇", ord("﹪"): "%", ord("∶"): "："})
    return table


def fold(text: str) -> str:
    """Same-length form for matching: width, case and traditional characters folded.

    Commas, colons and brackets become the Chinese ones, except inside numbers (1,163 and 12:30).
    """
    folded = _WIDE_THOUSANDS.sub(",", text).translate(_fold_table())
    if not _HALF_PUNCTUATION.search(folded):
        return folded
    for pattern, wide in _PUNCTUATION:
        folded = pattern.sub(wide, folded)
    return folded


_SPACE = re.compile(r"\s+")
_HAN_GAP = re.compile(r"(?<=[\u3400-\u9fff，。；：！？、（）])\s+|\s+(?=[\u3400-\u9fff，。；：！？、（）%])")


def squeeze(text: str) -> str:
    """Join pasted line breaks and spaces: none next to Chinese, one between Latin words."""
    return _SPACE.sub(" ", _HAN_GAP.sub("", text)).strip()


_SENTENCE = re.compile(
    rf"[^{SENTENCE_ENDS}\n]*(?:[{SENTENCE_ENDS}\n][{re.escape(CLOSERS)}]*)|[^{SENTENCE_ENDS}\n]+$"
)


def split_sentences(text: str, start: int = 0) -> list[tuple[int, int]]:
    """Spans of the sentences of ``text``, shifted by ``start``; closing quotes stay with theirs.

    The spans follow each other without a gap; (start, start) never occurs; "" gives [].
    """
    return [(start + match.start(), start + match.end()) for match in _SENTENCE.finditer(text)]


# ------------------------------------------------------------------ numbers with units


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
BEFORE = "不少于|不低于|不超过|不高于|不小于|不大于|至少|至多|最多|最高|超过|突破|超出|高于|低于|多于|少于|大于|将近|接近|超|逾|近|约|破"
AFTER = "左右|以上|以内|以下|之内|上下|多|余|有余|之上"


@cache
def _quantity_pattern() -> re.Pattern[str]:
    units = "|".join(sorted((re.escape(unit) for unit in _units()), key=len, reverse=True))
    unit = rf"(?:{units})(?!化)"
    # 2000吨级, 110千伏: a grade names a thing and counts nothing; an unknown unit leaves a bare number.
    return re.compile(
        rf"(?P<before>{BEFORE})?"
        rf"(?P<sign>(?<![\d%—~至])-)?(?P<num>{_DIGITS})"
        rf"(?P<more>[多余])?"
        rf"(?:(?P<sep>%?\s*[-—–~至到]+\s*)(?P<high>{_DIGITS}))?"
        rf"(?:(?P<unit>(?:{_MAGNITUDE})?(?:{unit}))|(?P<mag>{_MAGNITUDE})(?P<odd>[多余])(?P<bare>{unit})|(?P<alone>{_MAGNITUDE})(?<![千百]))?"
        rf"(?P<after>{AFTER})?"
    )


_HAN_QUANTITY = re.compile(
    rf"(?P<before>{BEFORE})?(?:(?P<whole>[{_HAN_DIGITS}]+)分之)?(?P<num>[{_HAN_DIGITS}]+)"
    rf"(?P<unit>成|倍|番|个百分点|位数|(?<=分之.)|(?<=分之..))(?P<after>{AFTER}|半)?"
)
_NOT_A_FIGURE_AFTER = re.compile(r"[:：]\d|年(?!以上|左右|以内)|月|日|号|级|届|第|[千万]?伏|院|[a-z]")
_NOT_A_FIGURE_BEFORE = re.compile(r"(?:[a-z]|第|第\d+、|\d[:：]|[〔\[=]|国道|省道|no\.?|[“‘（]\d*)$")


def quantities(text: str) -> list[Quantity]:
    """Numbers that count or measure, in order, of folded text.

    Years, dates, ordinals, project names and grades (2023年, 5月, 第3届, G80, 2000吨级) are left out.
    A number without a unit takes that of the next one when only 、 or 和 stands between
    ("0.9、2个百分点"), else its unit is "".
    """
    found = [item for match in _quantity_pattern().finditer(text) if (item := _digits_quantity(text, match))]
    found += [item for match in _HAN_QUANTITY.finditer(text) if (item := _han_quantity(text, match))]
    found.sort(key=lambda item: item.start)
    for i in range(len(found) - 2, -1, -1):
        this, following = found[i], found[i + 1]
        if not this.unit and text[this.end : following.start] in ("、", "和", "及", "，", "与"):
            found[i] = Quantity(
                this.start,
                this.end,
                this.number_start,
                this.value,
                this.high,
                following.unit,
                this.comparator,
            )
    return found


def _digits_quantity(text: str, match: re.Match[str]) -> Quantity | None:
    unit = match["unit"] or (match["mag"] or "") + (match["bare"] or "") or match["alone"] or ""
    tail = text[match.end() : match.end() + 3]
    number = match.start("num")
    if _NOT_A_FIGURE_BEFORE.search(text[max(0, number - 5) : number]) and text[number - 1] not in "“‘（":
        return None
    if not unit and (_NOT_A_FIGURE_AFTER.match(tail) or text[number - 1 : number] in ("-", "/", ":", ".")):
        return None
    if unit in ("年", "级", "届", "节", "号") and not match["after"] and _is_year_or_rank(text, match):
        return None
    if tail[:1] == "级" and unit:
        return None
    if not unit and re.match(
        r"(?:、\d+)*、\d+(?:号|期|届|级|月|日|路)", text[match.end() : match.end() + 12]
    ):
        return None  # 8、9号机组
    if (
        not unit
        and not match["after"]
        and not match["more"]
        and re.match(r"(?![和及与至到比])[\u4e00-\u9fff“]", tail)
    ):
        return None  # 12345热线: a name
    if match["sep"] and "%" in match["sep"] and not unit.startswith("%"):
        return None
    comparator = (match["before"] or "") or (match["after"] or "") or match["more"] or match["odd"] or ""
    if match["before"] and match["after"]:
        comparator = match["before"] + match["after"]
    high = Decimal(match["high"].replace(",", "")) if match["high"] else None
    value = Decimal((match["sign"] or "") + match["num"].replace(",", ""))
    return Quantity(match.start(), match.end(), number, value, high, unit, comparator)


def _is_year_or_rank(text: str, match: re.Match[str]) -> bool:
    if match["unit"] != "年":
        return True
    return len(match["num"]) >= 4 or not re.search(
        r"连续|累计|近|超过|力争|用$", text[max(0, match.start("num") - 4) :]
    )


def _han_quantity(text: str, match: re.Match[str]) -> Quantity | None:
    value, unit = han_number(match["num"]), match["unit"]
    if value is None or unit == "位数" or (not unit and not match["whole"]):
        return None
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


# ------------------------------------------------------------------ ordinals and years

_RANK = re.compile(
    rf"第(?P<num>\d+|[{_HAN_DIGITS}]+)(?:位|名|(?=[，。；]|$|、(?!第|[一二三四五]|\d)))|(?:排|居|列|位居|位列)?(?:全[国省区市]|[\u4e00-\u9fff]{{2,4}})首位|榜首"
)


def ranks(text: str) -> Iterator[tuple[int, int, int]]:
    """(start, end, rank) of ordinals such as 第三位, 第2名, 第一, 首位 in folded text."""
    for match in _RANK.finditer(text):
        number = match["num"]
        value = 1 if number is None else (int(number) if number.isdigit() else int(han_number(number) or 0))
        if value:
            yield match.start(), match.end(), value


_YEAR = re.compile(
    r"(?<![\d.])((?:19|20)\d{2})(?=年|\s*[—\-~至到]+\s*(?:19|20)\d{2})|(?<=[—\-~至到])((?:19|20)\d{2})(?=年)"
    r"|(?<![\d.])(20[0-4]\d)(?![\d.%,]|\s*[万亿千百元个家户亩人公项套米多余吨名位座条次届])"
    r"|([〇零一二三四五六七八九]{4})年"
)


def years(text: str) -> list[int]:
    """Years named in folded text, in order, without repetition: 2023年, 二〇二三年."""
    found = [int(m[1] or m[2] or m[3] or han_number(m[4]) or 0) for m in _YEAR.finditer(text)]
    return list(dict.fromkeys(found))


def bigrams(text: str) -> list[str]:
    """Overlapping pairs of Chinese characters, and Latin words and numbers whole, of folded text."""
    units: list[str] = []
    for run in re.findall(r"[\u3400-\u9fff]+|[a-z]+|\d+(?:\.\d+)?%?", text):
        if "\u3400" <= run[0] <= "\u9fff":
            units += [run[i : i + 2] for i in range(len(run) - 1)] or [run]
        else:
            units.append(run)
    return units
