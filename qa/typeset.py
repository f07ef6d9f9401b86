"""Typography undone: glyphs, straight quotes, half width marks and spaces of a typesetter or a PDF, a text without line breaks.

What a report says stays as written; how it was set does not, so that all that reads it meets one form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from qa.folding import RADICALS, chinese_marks
from qa.lexicon import piece

# Zero width and direction marks, soft hyphen, byte order mark, control characters except tab.
_INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb\x00-\x08\x0b-\x1f\x7f-\x9f]"
)
_SUBSCRIPT = re.compile(r"(?<=[A-Za-z])_(?:\{\s*)?(\d+(?:\.\d+)?)(?![\w-])(?:\s*\})?")
"""A subscript as text that was marked up writes it: PM_2.5, CO_{2}."""
_GLYPHS = {**RADICALS, ord("⸺"): "——"}
"""What fonts of a PDF write for a character or two."""


_GAP = "[ \\t\\xa0\\u2002-\\u200a\\u202f\\u3000]"
_APART = re.compile(rf"\S(?:{_GAP}+\S)+")
_TWICE = re.compile(r"(?P<once>\S(?=(?:.*?[\u3400-\u9fff]){3}).{2,80}\S)(?P=once)")
"""A line that a PDF draws twice to make it bold; between the cells of a row would be a space."""
_LATIN_STOP = re.compile(r"(?<=[\u3400-\u9fff%％）)”])\.(?=[\u3400-\u9fff“《（(\dA-Z]|$)")
_ITEM = re.compile(r"(?:^|[。！？；：\s])[一二三四五六七八九十]{1,3}$")


def plain_line(text: str) -> str:
    """A line without invisible characters and the marks of a subscript, with characters for radicals (⼈) and 。 for Latin full stops.

    A line that is told twice without a gap is told once, and closed up if every character stands apart.
    """
    bare = _SUBSCRIPT.sub(r"\1", _INVISIBLE.sub("", text.translate(_GLYPHS))).rstrip()
    if twice := _TWICE.fullmatch(bare):
        bare = twice["once"] if not _APART.fullmatch(twice["once"]) else re.sub(_GAP, "", twice["once"])
    return _LATIN_STOP.sub(lambda stop: "." if _ITEM.search(bare[: stop.start()]) else "。", bare)


def plain_paragraphs(texts: Sequence[str]) -> list[str]:
    """Paragraphs with Chinese marks, and without spaces inside words and numbers; as many, some perhaps empty."""
    closed = [close_up(chinese(text)) for text in texts]
    if not _strewn(closed):
        return closed
    return [_HAN_BREAK.sub("", text) if _is_sentence(text) else text for text in closed]


# ------------------------------------------------------------------ a text without line breaks


MAX_LINE = 3000
"""Characters of a line from which it is no paragraph, but a report that was pasted without its line breaks."""
_WHOLE_REPORT = re.compile(r".*各位代表：.*。\s*二、")
"""A line that is one although it is shorter: salutation and parts."""
_HEADED = "[一二三四五六七八九十]{1,3}"
_RUN_IN = re.compile(
    rf"(?<=[。！？])\s*(?={_HEADED}、(?!{_HEADED}、)|[（(]{_HEADED}[）)]|第{_HEADED}(?:部分|章|篇)|各位代表[！，：])"
    r"|(?=各位代表：)|(?<=[议議]。)(?!$)|(?=——(?:19|20)\d\d年\d{1,2}月)"
    # the end of a heading that runs into its text: 一、2023年工作回顾|2023年是…
    rf"|(?<=[。！？])\s*{_HEADED}、[^。，；、：]{{2,24}}?{piece('part', 'heading_end')}(?=[\u4e00-\u9fff“\d])"
)


def paragraphs_in(text: str) -> list[str]:
    """A line, or the paragraphs that can still be told in one without line breaks: by the salutation, numbered headings and their ends."""
    if len(text) <= MAX_LINE and not _WHOLE_REPORT.match(text):
        return [text]
    cuts = {cut for match in _RUN_IN.finditer(text) for cut in (match.start(), match.end())}
    edges = [0, *sorted(cuts - {0, len(text)}), len(text)]
    return [text[start:end] for start, end in pairwise(edges)]


# ------------------------------------------------------------------ marks


_STRAIGHT = re.compile(r'["＂]([^"＂“”]*)["＂]')
_MANY_HAN = re.compile(r"(?:[\u3400-\u9fff][^\u3400-\u9fff]*){12}")


def chinese(text: str) -> str:
    """A Chinese paragraph with Chinese commas and brackets for half width ones, and “” for straight quotation marks."""
    if "://" in text or not _MANY_HAN.search(text):
        return text
    pairs = len(_STRAIGHT.findall(text))
    if pairs and pairs * 2 == len(re.findall('["＂]', text)):
        text = _STRAIGHT.sub(r"“\1”", text)
    return chinese_marks(text)


# ------------------------------------------------------------------ spaces


_HAN = "[\u3400-\u9fff]"
_MARKS = "，。、；：！？（）“”《》"
_SPACED = (
    # 地 区 生 产 总 值
    re.compile(rf"{_HAN}(?:{_GAP}{_HAN}){{3,}}|(?<!{_HAN}){_HAN}(?:{_GAP}{_HAN})+(?!{_HAN})"),
    # 2 0 2 5 年, 1 8 6 . 7: no cells of a table, which no word follows
    re.compile(
        rf"(?<![\d.,])\d(?:{_GAP}\d)+(?:{_GAP}?[.．,]{_GAP}?\d(?:{_GAP}?\d)*|[.．,]\d+)?(?={_GAP}?[\u3400-\u9fff%％‰])"
    ),
    # 62 103元
    re.compile(rf"(?<![\d.,])\d{{1,3}}(?:{_GAP}\d{{3}})+(?:\.\d+)?(?={_GAP}?[\u3400-\u9fff％%])"),
    # 稳定在 1 65万吨; but not 表 1 12月
    re.compile(
        rf"(?<=(?![表图件第]){_HAN}){_GAP}?\d{{1,3}}(?:{_GAP}\d{{1,3}})+(?:\.\d+)?(?={_GAP}?[\u3400-\u9fff％%])"
    ),
    # 41. 3亿元, 6 .4%; but not 2. 30座 of a list
    re.compile(
        rf"(?<=[\u3400-\u9fff、，（]){_GAP}?\d+(?:{_GAP}[.．]{_GAP}?|[.．]{_GAP})\d+(?:{_GAP}\d(?!\d))*(?!\d)"
    ),
    # 38 , 216元
    re.compile(rf"(?<![\d.,])\d{{1,3}}(?:{_GAP},{_GAP}?|,{_GAP})\d{{3}}(?={_GAP}?{_HAN})"),
    # 7 %以上
    re.compile(rf"(?<=\d){_GAP}(?=[%％‰])"),
    # 12.5亿 元
    re.compile(rf"(?<=\d){_GAP}?[百千万亿]+{_GAP}(?={_HAN})"),
    # 增长 6.1% 左右, 在 2024 年, GDP 增长: a typographer's space between Chinese and what is not
    re.compile(
        rf"(?<=[\u3400-\u9fff{_MARKS}]){_GAP}(?=[A-Za-z\d])|(?<=[A-Za-z\d%％‰]){_GAP}(?=[\u3400-\u9fff{_MARKS}])"
    ),
)


_SPREAD_YEAR = re.compile(rf"(?<![\d{_GAP[1:-1]}])[12]{_GAP}[09]{_GAP}\d{_GAP}\d{_GAP}?年")
"""一、2 0 2 4 年工作回顾"""
_SPREAD = re.compile(r"(?:\S [\u3400-\u9fff，。；：、（）] ){3}")
_BETWEEN = re.compile(r"(?<![A-Za-z\d.]) (?=\S)|(?<=\S) (?![A-Za-z\d.\s])")


def unspread(text: str) -> str:
    """A line that was spread out to the width of its column (年 末 全 盟), without these spaces."""
    return _BETWEEN.sub("", text) if _SPREAD.search(text) and re.search("[，。；、]", text) else text


def close_up(text: str) -> str:
    """A sentence without the spaces that a typesetter or a PDF put inside its words and numbers; of all else, inside a year."""
    text = _SPREAD_YEAR.sub(lambda match: re.sub(_GAP, "", match[0]), text)
    if not _is_sentence(text):
        return text  # perhaps the cells of a table
    for spaced in _SPACED:
        text = spaced.sub(lambda match: re.sub(_GAP, "", match[0]), text)
    return text


_HAN_BREAK = re.compile(rf"(?<={_HAN}){_GAP}(?={_HAN})")


def _is_sentence(text: str) -> bool:
    """Whether a text has a mark of a sentence; between the cells of a row (白酒（折65度，商品量）) a comma is none."""
    return bool(re.search("[。；]" if "\t" in text.strip() else "[，。；]", text))


_AFTER_HEADING = 30
"""Characters of a paragraph in which a space may set its heading apart."""


def _strewn(texts: Sequence[str]) -> bool:
    """Whether spaces stand anywhere inside the words of a document, one in 400 characters or more."""
    sentences = "\n".join(text[_AFTER_HEADING:] for text in texts if _is_sentence(text))
    gaps = len(_HAN_BREAK.findall(sentences))
    return gaps >= 4 and gaps * 400 > len(sentences)
