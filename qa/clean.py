"""Lines of a file to the paragraphs of a report: noise out, broken lines joined. Rules are general.

What is dropped is reported with a reason; when unsure a line is kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qa.cells import join_cells
from qa.columns import split_cells, unfolded
from qa.formats import Layout, Line
from qa.lexicon import regex
from qa.spaced import spaced_rows
from qa.types import Dropped
from qa.typeset import paragraphs_in, plain_line, plain_paragraphs, unspread

EDGE_LINES = 20
"""How many lines at the head and at the foot are searched for what a web page or a seller adds."""

_STRIP = " \t\u3000\xa0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u205f"
# A sentence ends, or the line of a report's head that names date and meeting.
_FINAL = re.compile(r"(?:[。！？；：!?;:…][”’）」』》\"')]*|[会會][议議]上[）)]?)$")
_NEW_PARAGRAPH = re.compile(
    r"\s*(?:第[一二三四五六七八九十百]+(?:部分|章|篇|，|、)|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）]"
    r"|\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[)）]|[①-⑳]|——|[一二三四五六七八九十]{1,2}是|各位代表)"
)
_REPORT_WORDS = re.compile(
    r"[报報]告|公[报報]|代表|[会會][议議]|[市省县縣区區州]长|[一二三四五六七八九十]、|^[（(]"
)
_CONTENTS = re.compile(r"\S(?:.{1,60}?(?:\.{3,}|…+|·{3,})|[^\t]{1,60}\t)\s*\d{1,3}|目\s*[录錄]")
_URL = re.compile(r"(?:https?://|www\.)[\w\-./?%&=#:~+@]+|[\w.+-]+@[\w-]+\.[\w.]+", re.IGNORECASE | re.ASCII)
_ADVERT = regex("page", "advert")
_PAGE_NUMBER = re.compile(r"[—–\-－─·\s]*\d{1,4}[—–\-－─·\s]*")
_PAGE_WORDS = re.compile(
    r"第\s*\d{1,4}\s*页(?:\s*[/，,、]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}|page\s*\d+(?:\s*of\s*\d+)?",
    re.IGNORECASE,
)
_RULE = re.compile(r"[\s\-—–_=*~·.…#+|<>]{3,}|[\s*·.|]+")
_ABOUT_PAGE = regex("page", "about_page")
_BUTTON = regex("page", "button")
_SURE_BUTTON = regex("page", "sure_button")
_CRUMBS = re.compile(
    r"[^>»。]{1,20}(?:\s*[>»＞]+\s*[^>»＞。]{1,30}){2,}|[^/。]{0,8}首[页頁](?:\s*/\s*[^/。]{1,20}){2,}"
)
_STAMP = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?")
_PRINTED = re.compile(r"\d{4}/\d{1,2}/\d{1,2}[ ,]+\d{1,2}:\d{2}\s+\S.{0,98}")
"""What a browser prints above each page: the minute, the page's title."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of the cleaned text; ``level`` is the file's own heading level 1-6, or 0."""

    text: str
    level: int = 0


def clean(lines: Sequence[Line], layout: Layout) -> tuple[list[Block], list[Dropped]]:
    """Paragraph texts in order, none empty, without outer white space; and the lines left out.

    Inner characters stay as written but for what qa/typeset.py undoes; in wrapped text (pdf, or a text file that as a
    whole looks hard-wrapped) lines are joined and the spaces between Chinese removed.
    A table with a cell a line becomes one with a row a line; the indent of such a row stays.
    """
    seen = [replace(line, text=part) for line in lines for part in paragraphs_in(plain_line(line.text))]
    if layout == "lines":
        seen = _without_breaks_inside(seen)
    visible = unfolded(join_cells(split_cells(spaced_rows(seen) if layout in ("pages", "lines") else seen)))
    kept, dropped = _drop_noise(visible, wrapped=layout == "pages")
    if layout == "pages":
        # Blank lines of an extracted page stand at its end, not between paragraphs.
        kept = [replace(line, text=unspread(line.text)) for line in kept if line.text.strip(_STRIP)]
    texts = [line.text for line in kept]
    if layout == "pages" or (layout == "lines" and (looks_wrapped(texts) or looks_ragged(texts))):
        blocks = _rewrap(kept)
    else:
        blocks = [Block(_trimmed(line), line.level) for line in kept]
    texts = plain_paragraphs([block.text for block in blocks])
    return [replace(block, text=text) for block, text in zip(blocks, texts, strict=True) if text], dropped


def _without_breaks_inside(lines: Sequence[Line]) -> list[Line]:
    """Lines without the breaks that a web page leaves around a subscript or bold words: PM|2.5|年平均浓度, 今年的|主要预期目标|是：….

    Told by what stands on both sides: prose that ends in Latin letters before a number, or what can begin no sentence behind.
    """
    made: list[Line] = []
    for line in lines:
        made.append(line)
        texts = [one.text.strip(_STRIP) for one in made[-3:]]
        if (
            len(texts) == 3
            and _is_prose(texts[0])
            and _INSIDE.fullmatch("\n".join((texts[0][-1:], *texts[1:])))
        ):
            made[-3:] = [replace(made[-3], text="".join(texts))]
    return made


_INSIDE = re.compile(
    r"[A-Za-z]\n\d{1,2}(?:\.\d)?\n[\u4e00-\u9fff，、。].*|[\u4e00-\u9fff]\n[\u4e00-\u9fff“”]{2,14}\n[，。：；、是为的等和与及].*"
)


def _trimmed(line: Line) -> str:
    return line.text.rstrip(_STRIP) if line.is_row else line.text.strip(_STRIP)


# ------------------------------------------------------------------ noise


def _drop_noise(lines: list[Line], *, wrapped: bool) -> tuple[list[Line], list[Dropped]]:
    texts = [line.text.strip(_STRIP) for line in lines]
    filled = [i for i, text in enumerate(texts) if text]
    edge = set(filled[:EDGE_LINES]) | set(filled[-EDGE_LINES:])
    outer = set(filled[:3]) | set(filled[-3:])
    repeated = _repeated(texts, filled)
    running = _running_lines(lines) if wrapped else set()
    counted = _counted_pages([(i, texts[i]) for i in filled])
    if not wrapped:
        running = _beside_page_numbers(texts, filled, counted) | _printed(texts, filled)
    tests: list[tuple[str, Callable[[int], bool]]] = [
        ("页眉页脚", lambda i: i in running),
        ("页码", lambda i: _is_page_number(texts[i], bare=wrapped or i in counted)),
        ("目录", lambda i: bool(_CONTENTS.fullmatch(texts[i]))),
        ("广告", lambda i: _is_advertisement(texts[i])),
        ("重复的短行", lambda i: i in edge and texts[i] in repeated),
        ("零散字符", lambda i: i in outer and bool(re.fullmatch(r"[A-Za-z]{1,2}", texts[i]))),
        ("分隔线", lambda i: bool(_RULE.fullmatch(texts[i]))),
        ("网页元素", lambda i: _is_chrome(texts[i], at_edge=i in edge)),
    ]
    kept: list[Line] = []
    dropped: list[Dropped] = []
    turned = False
    for i, line in enumerate(lines):
        told = texts[i] and not line.is_row
        reason = next((name for name, test in tests if test(i)), None) if told else None
        if reason:
            dropped.append(Dropped(line.number, texts[i][:200], reason))
            turned = turned or reason in ("页码", "页眉页脚")
            continue
        if turned and texts[i]:
            kept = _without_gap(kept)
            turned = False
        kept.append(line)
    return kept, dropped


def _without_gap(lines: list[Line]) -> list[Line]:
    """Lines without the blank ones at the end, if a page ends there inside a sentence: they part no paragraphs."""
    end = len(lines)
    while end and not lines[end - 1].text.strip(_STRIP):
        end -= 1
    return lines[:end] if end and not _FINAL.search(lines[end - 1].text.rstrip(_STRIP)) else lines


def _repeated(texts: list[str], filled: list[int]) -> set[str]:
    """Short lines that stand at least twice in the head or foot and are not a report's language."""
    found: set[str] = set()
    for part in (filled[:EDGE_LINES], filled[-EDGE_LINES:]):
        counts = Counter(texts[i] for i in part)
        found |= {t for t, n in counts.items() if n >= 2 and len(t) <= 60 and not _REPORT_WORDS.search(t)}
    return {text for text in found if not re.search(r"[。；]", text)}


def _running_lines(lines: list[Line]) -> set[int]:
    """Indexes of headers and footers: among the two outermost lines of a page, on three pages and on half."""
    outermost: dict[int, list[int]] = {}
    for i, line in enumerate(lines):
        if line.text.strip(_STRIP):
            outermost.setdefault(line.page, []).append(i)
    keys: dict[str, set[int]] = {}
    for page, rows in outermost.items():
        for i in {*rows[:2], *rows[-2:]}:
            keys.setdefault(_mask(lines[i].text), set()).add(page)
    often = {
        key for key, pages in keys.items() if len(pages) >= max(3, len(outermost) / 2) and len(key) <= 60
    }
    running = {
        i for rows in outermost.values() for i in {*rows[:2], *rows[-2:]} if _mask(lines[i].text) in often
    }
    # The running header may be the only title that the document has: then its first one is kept.
    start = next(iter(outermost.values()), [])[:6]
    titles = [i for i in start if re.search(r"[报報]告|公[报報]", lines[i].text) and len(lines[i].text) <= 60]
    if titles and all(i in running for i in titles):
        running.discard(titles[0])
    return running


def _beside_page_numbers(texts: list[str], filled: list[int], counted: set[int]) -> set[int]:
    """Indexes of headers and footers where pages are told by their numbers only: — 3 — with one title beside it, again and again."""
    pages = [at for at, i in enumerate(filled) if _is_page_number(texts[i], bare=i in counted)]
    beside = [filled[at + by] for at in pages for by in (-1, 1) if 3 < at + by < len(filled)]
    counts = Counter(_mask(texts[i]) for i in set(beside))
    short = (i for i in beside if len(texts[i]) <= 40 and not re.search("[，。；、]", texts[i]))
    return {i for i in short if counts[_mask(texts[i])] >= 2 or _OWN_TITLE.search(texts[i])}


def _printed(texts: list[str], filled: list[int]) -> set[int]:
    """Indexes of a browser's page headers: the same minute and title twice or more."""
    counts = Counter(texts[i] for i in filled if _PRINTED.fullmatch(texts[i]))
    return {i for i in filled if counts[texts[i]] >= 2}


_OWN_TITLE = re.compile(r"(?:政府工作[报報]告|[统統][计計]公[报報])[（()）\d年]*$")
"""The end of a document's own title, which inside it is no heading."""


def _mask(text: str) -> str:
    return re.sub(r"\d+", "0", re.sub(r"\s", "", text))


def _counted_pages(rows: list[tuple[int, str]]) -> set[int]:
    """Indexes of lines that are nothing but 1, 2, 3 … in steps of one, at least three of them."""
    numbers = [(i, int(text)) for i, text in rows if re.fullmatch(r"\d{1,3}", text)]
    values = [value for _, value in numbers]
    if len(values) < 3 or any(b - a != 1 for a, b in pairwise(values)):
        return set()
    return {i for i, _ in numbers}


def _is_page_number(text: str, *, bare: bool) -> bool:
    if _PAGE_WORDS.fullmatch(text):
        return True
    return bool(_PAGE_NUMBER.fullmatch(text)) and (bare or bool(re.fullmatch(r"[^\d\s].*[^\d\s]", text)))


def _is_advertisement(text: str) -> bool:
    rest, found = _URL.subn("", text)
    if not found or len(re.sub(r"\W", "", rest)) > 30:
        return False
    return "://" in text or bool(_ADVERT.search(rest)) or not re.sub(r"\W", "", rest)


def _is_chrome(text: str, *, at_edge: bool) -> bool:
    if len(text) > 120 or "。" in text:
        return False
    if _SURE_BUTTON.search(text) and not _BUTTON.sub("", text):
        return True
    if not at_edge:
        return False
    return any((_ABOUT_PAGE.match(text.lstrip("【[（(")), _STAMP.fullmatch(text), _CRUMBS.fullmatch(text)))


# ------------------------------------------------------------------ wrapped lines


_SPACES = re.compile(r"[ \t\u3000\xa0\u2000-\u200a]+")
# A single space is what pypdf puts where a line begins further right than the one before.
_INDENT = re.compile(r" ?[\u3000\u2003\t]|[ \xa0]{2}")
# Not between two digits: in a table row that would make one number of two.
_HAN_GAP = re.compile(
    r"(?<=[\u3400-\u9fff，。；：！？、（）“”《》]) | (?=[\u3400-\u9fff，。；：！？、（）“”《》])"
)


_FIRST_INDENT = 2


def _width(text: str) -> float:
    """Columns in full-width characters; a Latin letter or digit is half of one."""
    return sum(0.5 if ord(c) < 0x2E80 and c not in "“”‘’—…" else 1.0 for c in text)


def _full_width(texts: Sequence[str]) -> float:
    """The width of a full line: nine in ten lines are not wider."""
    widths = sorted(_width(text.rstrip()) for text in texts)
    return widths[int(len(widths) * 0.9)] if widths else 0.0


def looks_wrapped(texts: Sequence[str]) -> bool:
    """Whether lines end for lack of room: many full ones end inside a sentence, and none is much longer."""
    filled = [text for text in texts if text.strip(_STRIP)]
    full = _full_width(filled)
    if len(filled) < 8 or not 12 <= full <= 100 or max(map(_width, filled)) > full * 1.35:
        return False
    broken = sum(_width(text) >= full * 0.85 and not _FINAL.search(text) for text in filled)
    return broken >= len(filled) * 0.35


def _is_prose(line: str) -> bool:
    return _width(line.strip(_STRIP)) >= 12 and bool(re.search("[，。,；]", line))


def looks_ragged(texts: Sequence[str]) -> bool:
    """Whether lines end anywhere inside a sentence, as where characters were lost or a page was copied oddly.

    Told by the lines of prose (12 columns or more with a comma or full stop in them): a report's own end in a
    final mark, but for few. Cells of tables and headings have no comma.
    """
    prose = [text for text in texts if _is_prose(text)]
    broken = sum(not _FINAL.search(text.rstrip()) for text in prose)
    return len(prose) >= 8 and broken >= len(prose) * 0.4


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a wrapped text shows its paragraphs: the width of a full line, indents, blank lines.

    In a ``ragged`` one the width of a line tells nothing.
    """

    full: float
    by_indent: bool
    by_blank: bool
    ragged: bool


def _rewrap(lines: Sequence[Line]) -> list[Block]:
    layout = _layout(lines)
    blocks: list[Block] = []
    last: Line | None = None
    blank = running = False
    for line in lines:
        if not line.text.strip(_STRIP):
            blank = True
            continue
        text = line.text if line.is_row else _HAN_GAP.sub("", _SPACES.sub(" ", line.text)).strip()
        if last is not None and not _breaks(last, line, layout, blank=blank, running=running):
            blocks[-1] = replace(blocks[-1], text=_joined(blocks[-1].text, text))
            running = "。" in blocks[-1].text or not _NEW_PARAGRAPH.match(blocks[-1].text)
        else:
            blocks.append(Block(text, line.level))
            running = False
        last, blank = line, False
    return blocks


def _layout(lines: Sequence[Line]) -> _Layout:
    filled = [line.text for line in lines if line.text.strip(_STRIP)]
    indented = sum(bool(_INDENT.match(text)) for text in filled)
    gaps = sum(not b.text.strip(_STRIP) for a, b in pairwise(lines) if a.text.strip(_STRIP))
    # A mark that no line or nearly every line bears says nothing.
    low, high = len(filled) * 0.05, len(filled) * 0.7
    ragged = not looks_wrapped(filled) and looks_ragged(filled)
    return _Layout(_full_width(filled), low <= indented <= high, low <= gaps <= high, ragged)


def _breaks(last: Line, line: Line, layout: _Layout, *, blank: bool, running: bool) -> bool:
    """Whether a new paragraph begins between two lines that have text; ``blank``: a blank line between.

    ``running``: ``last`` continued a line before it and no heading, so where it is short and ends inside a
    sentence, characters were lost (PDF text), not a paragraph ended.
    """
    if (
        last.level
        or line.level
        or last.is_row
        or line.is_row
        or (layout.by_indent and not layout.ragged and _INDENT.match(line.text))
    ):
        return True
    width = _width(last.text)
    short = width < layout.full * 0.85
    ended = bool(_FINAL.search(last.text))
    if short and not ended and not running and not blank and not _NEW_PARAGRAPH.match(last.text):
        short = width + _FIRST_INDENT < layout.full * 0.85  # the indent of a paragraph's first line was lost
    if layout.ragged:
        alone = not running and not _is_prose(last.text)  # a heading, a cell, a button of the page
        return ended or alone or bool(_NEW_PARAGRAPH.match(line.text))
    lost = running and not ended and not blank
    if (short and not lost) or (_NEW_PARAGRAPH.match(line.text) and (ended or blank)):
        return True
    if blank and (ended or (layout.by_blank and width < layout.full * 0.97)):
        return True
    return ended and not last.text.endswith("；") and not (layout.by_indent or layout.by_blank)


def _joined(left: str, right: str) -> str:
    in_capitals = _CAPITALS_END.search(left) and _CAPITALS.match(right)  # EO|D试点
    words = re.search(r"[A-Za-z,.]$", left) and re.match(r"[A-Za-z]", right)
    return f"{left} {right}" if words and not in_capitals else left + right


_CAPITALS_END = re.compile(r"[\u4e00-\u9fff“（、][A-Z]{1,5}$")
_CAPITALS = re.compile(r"[A-Z]{1,5}(?![A-Za-z ])")
