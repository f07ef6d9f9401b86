"""Folding: one form of a text for matching, of the same length, so that offsets found in it hold in the original."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_HAN_RANGES = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))
_WIDE_KEPT = {"，", "。", "；", "：", "！", "？", "（", "）"}
_WIDE_THOUSANDS = re.compile(r"，(?<=[０-９]，)(?=[０-９]{3}(?![０-９]))")
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


_SIMPLE_RADICALS = (
    "⺀冫⺁厂⺄乙⺅亻⺆冂⺇几⺈刀⺉刂⺊卜⺋卩⺌小⺍小⺎兀⺏尢⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歹⺟母⺠民⺡氵⺢水⺣灬⺤爪⺥爪⺦丬"
    "⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糸⺰纟⺱网⺲罒⺳网⺴网⺵网⺶羊⺷羊⺸羊⺹老⺺聿⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车"
    "⻌辶⻍辶⻎辶⻏阝⻐钅⻑长⻒长⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟食⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫齐⻬齐⻭齿⻮齿⻯龙⻰龙⻱龟⻲龟⻳龟⼾户"
)
RADICALS = {
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
    **{ord(a): b for a, b in zip(_SIMPLE_RADICALS[::2], _SIMPLE_RADICALS[1::2], strict=True)},
}
"""The characters that look like radicals, by the code of the radical, which fonts of a PDF write for them: ⼈⺠ for 人民."""


_FORMS = dict(zip(map(ord, "敍枱粧糭衞衹痺睪簷「」『』"), "叙台妆粽卫只痹睾檐“”‘’", strict=True))
"""Forms of Hong Kong and Taiwan that OpenCC's t2s leaves as they are, and their quotation marks."""


@cache
def _folding() -> tuple[re.Pattern[str], dict[str, str]]:
    """One character to one, full width to half, traditional to simplified (OpenCC t2s), A-Z to a-z; and any of them.

    Most text has few such characters: finding them takes a fifth of the time of ``str.translate``.
    """
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
    table.update(
        {
            0x3000: " ",
            0xA0: " ",
            ord("\t"): " ",
            ord("〇"): "〇",
            ord("﹪"): "%",
            ord("∶"): "：",
            ord("︰"): "：",
            **_FORMS,
        }
    )
    characters = {chr(code): plain for code, plain in table.items()}
    return re.compile(f"[{''.join(map(re.escape, characters))}]"), characters


def fold(text: str) -> str:
    """Same-length form for matching: width, case and traditional characters folded.

    Commas, colons and brackets become the Chinese ones, except inside numbers (1,163 and 12:30); 「」 become “”.
    """
    foldable, table = _folding()
    return chinese_marks(foldable.sub(lambda match: table[match[0]], _WIDE_THOUSANDS.sub(",", text)))


def chinese_marks(text: str) -> str:
    """A text with the Chinese commas, colons and brackets for the half width ones, except inside numbers."""
    if not _HALF_PUNCTUATION.search(text):
        return text
    for pattern, wide in _PUNCTUATION:
        text = pattern.sub(wide, text)
    return text
