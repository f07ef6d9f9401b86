"""Tables whose cells are set apart by spaces, as a PDF or a copied page has them -> the same lines with tabs.

原煤 万吨 412.7 -7.8 is a row where other lines of the same shape stand beside it. A header, and a name too long for its
column, may stand in several lines; 一、按产业分 between two rows parts no tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa.columns import DIVIDER, FIGURE, GOES_ON, STUB
from qa.formats import Line
from qa.text import fold, is_unit

MOST_HEAD_LINES = 4
_SENTENCE = re.compile("[，。；！？]")
_THOUSANDS = re.compile(r"(?<!\S)([+-]?\d{1,3})\s(?=\d{3}(?![\d,]))")


@dataclass(frozen=True, slots=True)
class _Row:
    """A line, or two, that may be a table's row. ``head`` are the cells before its numbers: its name, and a unit."""

    head: tuple[str, ...]
    numbers: tuple[str, ...]
    lines: int = 1

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.head), len(self.numbers)

    @property
    def text(self) -> str:
        return "\t".join((*self.head, *self.numbers))


_BETWEEN_PAGES = re.compile(r"[\s—–\-·]*(?:\d{1,4}[\s—–\-·]*)?")
MOST_BETWEEN = 5
"""Lines between the rows of two pages: the number of a page, blank ones."""
_NUMBERED = re.compile("[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）")

_Gap = int
"""How many lines stand between two rows that are none: a blank one, 按行业分."""


def spaced_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines, those of tables set with spaces, two or more rows of one shape and their header, with tabs instead."""
    made: list[Line] = []
    at = 0
    while at < len(lines):
        table = _table([line.text for line in lines[at : at + MOST_ROWS]]) if lines[at].text.strip() else []
        if not table:
            made.append(lines[at])
            at += 1
            continue
        first = next(entry for entry in table if isinstance(entry, _Row))
        count, head = _header([line.text for line in made[-MOST_HEAD_LINES:]], sum(first.shape))
        if count:
            made[-count:] = [replace(made[-count], text=head, is_row=True)]
        for entry in table:
            if isinstance(entry, _Row):
                made.append(replace(lines[at], text=entry.text, is_row=True))
                at += entry.lines
            else:
                made += lines[at : at + entry]
                at += entry
    return made


MOST_ROWS = 400
"""Lines in which the end of a table is sought."""


def _table(texts: Sequence[str]) -> list[_Row | _Gap]:
    """The rows of the table that begins with the first text, and the gaps between them; [] if there is none."""
    for first in _readings(texts[0]):
        found: list[_Row | _Gap] = [first]
        at, longest = 1, len(first.head[0])
        while entry := _next(texts[at:], first.shape, longest):
            found.append(entry)
            at += entry.lines if isinstance(entry, _Row) else entry
            longest = max(longest, len(entry.head[0])) if isinstance(entry, _Row) else longest
        if sum(isinstance(entry, _Row) for entry in found) > 1:
            return found
    return []


def _next(texts: Sequence[str], shape: tuple[int, int], longest: int) -> _Row | _Gap | None:
    """The next row of a table of rows of ``shape``, or how many lines stand before it that part no tables."""
    if row := _like(texts[:1], shape):
        return row
    turned = next((n for n, text in enumerate(texts[:MOST_BETWEEN]) if not _BETWEEN_PAGES.fullmatch(text)), 0)
    if turned and _next(texts[turned:], shape, longest):
        return turned
    if not _like(texts[1:2], shape):
        return None
    begun = texts[0].strip()
    if (
        len(begun) >= longest
        and not _NUMBERED.match(begun)
        and not _SENTENCE.search(fold(begun))
        and (whole := _like((begun + texts[1].strip(),), shape))
    ):
        return replace(whole, lines=2)  # 水利、环境和公共设施管 | 理业 16.3 10.5
    return 1 if DIVIDER.fullmatch(fold(begun)) else None


def _like(texts: Sequence[str], shape: tuple[int, int]) -> _Row | None:
    return next((row for text in texts for row in _readings(text) if row.shape == shape), None)


def _readings(text: str) -> Iterator[_Row]:
    """A line as a row; where thousands may be set apart by a space (莲子 吨 3 945 11.6), as that too."""
    closed = _THOUSANDS.sub(r"\1", text)
    for said in dict.fromkeys((text, closed)):
        if row := _row(said):
            yield row


def _row(text: str) -> _Row | None:
    written, cells = text.split(), fold(text).split()
    count = 0
    while count < len(cells) and FIGURE.fullmatch(cells[-1 - count]):
        count += 1
    names = cells[: len(cells) - count]
    unit = len(names) > 1 and (is_unit(names[-1]) or names[-1] == "%")
    named = names and re.search("[\u4e00-\u9fff]", names[0]) and len(names) - unit <= 2
    if (
        not named
        or not count
        or (count == 1 and not unit)
        or _SENTENCE.search(text)
        or len(written) != len(cells)
    ):
        return None
    split = len(names) - unit
    indent = text[: len(text) - len(text.lstrip())]
    return _Row(
        (indent + "".join(written[:split]), *written[split : split + unit]), tuple(written[split + unit :])
    )


def _header(above: Sequence[str], count: int) -> tuple[int, str]:
    """How many of the lines before a table of ``count`` columns are its header, and that as one; (0, "") for none.

    It begins with 指标 or the like; a line by itself is one if it has as many cells, but for the names' own.
    """
    for lines in range(1, len(above) + 1):
        said = above[len(above) - lines :]
        cells = _heads(said[0])
        if not cells or any(_SENTENCE.search(text) or not text.strip() or _row(text) for text in said):
            break
        for text in said[1:]:
            more = _heads(text)
            goes_on = len(cells) == count or (len(more) == 1 and GOES_ON.fullmatch(fold(more[0])))
            cells = [*cells[:-1], cells[-1] + "".join(more)] if goes_on else [*cells, *more]
        if len(cells) == count and (lines == 1 or STUB.fullmatch(fold(cells[0]))):
            return lines, "\t".join(cells)
        if lines == 1 and len(cells) == count - 1 and len(cells) > 1:
            return 1, "\t".join(cells)
    return 0, ""


def _heads(text: str) -> list[str]:
    """The cells of a header's line: 指 标 and 增长 （%） are one each."""
    made: list[str] = []
    for cell in text.split():
        if made and (cell[0] in "（(" or (len(cell) == 1 and len(made[-1]) == 1)):
            made[-1] += cell
        else:
            made.append(cell)
    return made
