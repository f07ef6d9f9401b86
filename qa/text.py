"""Rules for Chinese report text: sentences, years, pairs of characters, sounds. Pure functions.

All expect folded text unless they say otherwise. ``fold`` (qa/folding.py) and the numbers (qa/quantity.py) are given on.
"""

from __future__ import annotations

import re
from functools import cache

from qa.folding import fold as fold
from qa.quantity import MAGNITUDES as MAGNITUDES
from qa.quantity import ONE_TO_TEN as ONE_TO_TEN
from qa.quantity import Quantity as Quantity
from qa.quantity import han_number as han_number
from qa.quantity import is_unit as is_unit
from qa.quantity import quantities as quantities
from qa.quantity import ranks as ranks
from qa.quantity import unit_factor as unit_factor
from qa.quantity import unit_family as unit_family
from qa.quantity import whole_number as whole_number

SENTENCE_ENDS = "。！？；"
CLOSERS = "”’）」』】》\"')"


_SPACE = re.compile(r"\s+")
_HAN_GAP = re.compile(r"(?<=[\u3400-\u9fff，。；：！？、（）])\s+|\s+(?=[\u3400-\u9fff，。；：！？、（）%])")


_KEY_WORDS = re.compile(r"[^\s，。；：！？,;!?]{2,14}(?:[ \u3000]+[^\s，。；：！？,;!?]{2,14}){1,6}[？?]?")


def has_half_character(text: str) -> bool:
    """Whether a text holds half of a UTF-16 pair, which JSON can name and a mistaken decoding leaves: it cannot be written."""
    return any("\ud800" <= char <= "\udfff" for char in text)


def whole_characters(text: str) -> str:
    """A text with the halves of a character put together, as streams in pieces bring them, and lone ones as �."""
    if not has_half_character(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def squeeze(text: str) -> str:
    """Join pasted line breaks and spaces: none next to Chinese, one between Latin words.

    Key words (茶叶面积 水果面积) stay apart, by 、.
    """
    if _KEY_WORDS.fullmatch(text.strip()):
        text = re.sub(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])", "、", text.strip())
    return _SPACE.sub(" ", _HAN_GAP.sub("", text)).strip()


_SENTENCE = re.compile(
    rf"[^{SENTENCE_ENDS}\n]*(?:[{SENTENCE_ENDS}\n][{re.escape(CLOSERS)}]*)|[^{SENTENCE_ENDS}\n]+$"
)


def split_sentences(text: str, start: int = 0) -> list[tuple[int, int]]:
    """Spans of the sentences of ``text``, shifted by ``start``; closing quotes stay with theirs.

    The spans follow each other without a gap; (start, start) never occurs; "" gives [].
    """
    return [(start + match.start(), start + match.end()) for match in _SENTENCE.finditer(text)]


# ------------------------------------------------------------------ years


ROC = 1911
"""What is added to a year of Taiwan's calendar: 112年 is 2023."""
ROC_YEAR = r"(?<![\d.第近续满逾约超过达共成有])1[01]\d(?=年(?![来前后间代多以历内余级期]|的历史))"
YEAR_SAID = rf"(?:[12]\d{{3}}|{ROC_YEAR})"


def year_said(digits: str) -> int:
    """The year of our calendar that digits say: 2023, or 112."""
    return int(digits) + (ROC if len(digits) < 4 else 0)


_YEAR = re.compile(
    r"(?<![\d.])((?:19|20)\d{2})(?=年|\s*[—\-~至到]+\s*(?:19|20)\d{2})|(?<=[—\-~至到])((?:19|20)\d{2})(?=年)"
    r"|(?<![\d.])(20[0-4]\d)(?![\d.%,]|\s*[万亿千百元个家户亩人公项套米多余吨名位座条次届])"
    rf"|([〇零一二三四五六七八九]{{4}})年|({ROC_YEAR})"
)


def years(text: str) -> list[int]:
    """Years named in folded text, in order, without repetition: 2023年, 二〇二三年."""
    found = [
        year_said(m[5]) if m[5] else int(m[1] or m[2] or m[3] or han_number(m[4]) or 0)
        for m in _YEAR.finditer(text)
    ]
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


@cache
def sounds(text: str) -> tuple[str, ...]:
    """Syllables of a text without tones (合肥 -> he fei); input methods confuse characters of one sound."""
    from pypinyin import Style, lazy_pinyin

    return tuple(lazy_pinyin(text, style=Style.NORMAL))


def same_sound(one: str, other: str) -> bool:
    """Whether two characters are Chinese and read alike, tones aside."""
    return "\u4e00" <= one <= "\u9fff" and sounds(one) == sounds(other)
