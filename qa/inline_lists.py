"""Lists inside a paragraph: 一是…二是…, （1）…（2）…, 1.…2.…, also where the next paragraphs carry them on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.text import fold, whole_number
from qa.types import Evidence, Paragraph

_INLINE = re.compile(
    r"(?:^|[。；：，])(?P<mark>[一二三四五六七八九十]{1,2}[是要]|[（(][一二三四五六七八九十\d]{1,2}[）)]|[①-⑳]|第[一二三四五六七八九十]，|\d{1,2}[.．、](?!\d))"
)


def inline_lists(report_id: str, paragraphs: Sequence[Paragraph]) -> list[list[Evidence]]:
    """The items of every list inside a paragraph, with those that the next paragraphs carry on."""
    return [
        [*spans_of(report_id, paragraph, starts), *_run_on(report_id, paragraphs[i:], starts[-1])]
        for i, paragraph in enumerate(paragraphs)
        for starts in marks(paragraph.text)
    ]


def _run_on(report_id: str, paragraphs: Sequence[Paragraph], last: int) -> list[Evidence]:
    """The items of an inline list that the next paragraphs carry on: …；4.…； | 5.…；6.…。"""
    items: list[Evidence] = []
    mark = _INLINE.search(paragraphs[0].text, max(last - 1, 0))
    for paragraph in paragraphs[1:]:
        following = _INLINE.match(paragraph.text)
        if not mark or not following or not _follows(mark["mark"], following["mark"]):
            break
        style = style_of(mark["mark"])
        found = [m for m in _INLINE.finditer(paragraph.text) if style_of(m["mark"]) == style]
        starts = [m.start("mark") for m in found]
        items += spans_of(report_id, paragraph, starts)
        mark = found[-1]
    return items


def _follows(mark: str, following: str) -> bool:
    """Whether a mark has the number after another one's, in the same style."""
    one, other = (_NUMBER.search(fold(m)) for m in (mark, following))
    if not one or not other or style_of(mark) != style_of(following):
        return False
    return whole_number(other[0]) == whole_number(one[0]) + 1


_NUMBER = re.compile(r"[一二三四五六七八九十]+|\d+")


def marks(text: str) -> list[list[int]]:
    """Where the marks of each style begin in a paragraph: two or more make a list."""
    styles: dict[str, list[re.Match[str]]] = {}
    for mark in _INLINE.finditer(text):
        own = styles.setdefault(style_of(mark["mark"]), [])
        if len(own) == 1 and _is_first(mark["mark"]):
            own.clear()  # the number of the paragraph itself: （八）…：（一）…；（二）…
        own.append(mark)
    return [[mark.start("mark") for mark in found] for found in styles.values() if len(found) >= 2]


def _is_first(mark: str) -> bool:
    number = _NUMBER.search(fold(mark))
    return number is not None and whole_number(number[0]) == 1


def style_of(mark: str) -> str:
    """A mark without its number: 一是 and 二是 are of one style, （一） of another, （1） of a third."""
    return re.sub(r"\d+", "1", re.sub(r"[一二三四五六七八九十]+", "n", re.sub("[①-⑳]", "①", mark)))


def spans_of(report_id: str, paragraph: Paragraph, starts: Sequence[int]) -> list[Evidence]:
    """The items of an inline list that begin at these places of their paragraph."""
    ends = [*starts[1:], _end_of_last(paragraph.text, starts)]
    at = paragraph.start
    return [Evidence(report_id, paragraph.number, at + s, at + e) for s, e in zip(starts, ends, strict=True)]


def parts_of_span(span: Evidence, text: str) -> list[Evidence]:
    """The items that a told list consists of: by its marks, else by ；, after its announcement."""
    said = text[span.start : span.end]
    starts = next((starts for starts in marks(said)), None)
    if starts is None:
        first = said.find("：") + 1
        starts = [first, *(match.end() for match in re.finditer("；", said[:-1]) if match.end() > first)]
    ends = [*starts[1:], len(said)]
    return [
        Evidence(span.report_id, span.paragraph, span.start + s, span.start + e)
        for s, e in zip(starts, ends, strict=True)
    ]


def _end_of_last(text: str, starts: Sequence[int]) -> int:
    """Where the last item of an inline list ends: at a ； only if the others are parted by it."""
    ends = "[。；！]" if len(starts) > 1 and "；" in text[starts[1] - 2 : starts[1]] else "[。！]"
    found = re.search(ends, text[starts[-1] :])
    return starts[-1] + found.end() if found else len(text)
