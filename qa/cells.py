"""Tables copied with one cell a line -> one line a table row, its cells set apart by tabs.

Rows are told by their beat: so many cells of text, so many numbers, again and again. What stands before them
must be exactly a header of as many cells, under a title, a unit line, or begun by 指标; else the lines stay as
they are, and no number of theirs is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.columns import GOES_ON, NOTHING, UNFINISHED, VALUE, headed_rows
from qa.formats import Line
from qa.lexicon import regex
from qa.text import fold

_NUMBER = re.compile(rf"{VALUE}|{NOTHING}")
_NO_CELL = re.compile(r"[。；！？]|，(?![^（]*）)")
_TITLE = re.compile(r"(?:续|附)?表\s*[\d一二三四五六七八九十]|（?(?:计量)?单位\s*：")
_STUB = regex("grid", "stub")
LONGEST_CELL = 30


@dataclass(frozen=True, slots=True)
class _Beat:
    """A table among the cells: where its header begins, its first row and the cell after its last row.

    ``texts`` and ``numbers`` are how many cells of each kind every row has.
    """

    header: int
    first: int
    end: int
    texts: int
    numbers: int


def join_cells(lines: Sequence[Line]) -> list[Line]:
    """The lines, those of tables with a cell a line joined to rows; the indent of a row's name is kept."""
    joined: list[Line] = []
    run: list[Line] = []
    for line in [*lines, Line(0, "。")]:
        if not line.text.strip() or _is_cell(line):
            run.append(line)
            continue
        joined += _joined(run)
        run = []
        joined.append(line)
    return joined[:-1]


def _is_cell(line: Line) -> bool:
    text = fold(line.text.strip())
    return (
        len(text) <= LONGEST_CELL and not line.level and "\t" not in text and not _NO_CELL.search(text)
    ) or bool(len(text) <= 60 and _TITLE.match(text))


def _joined(run: list[Line]) -> list[Line]:
    """The cells of a run between two paragraphs, with its tables joined; blank lines stay outside tables."""
    cells = [line for line in run if line.text.strip()]
    texts = [fold(line.text.strip()) for line in cells]
    tables: list[list[tuple[int, int]]] = []
    merged: set[int] = set()
    at = 0
    while at < len(texts):
        rows = [(at + first, at + last) for first, last in headed_rows(texts[at:])]
        end = rows[0][0] if rows else len(texts)
        while beat := _next_beat(texts[:end], at):
            tables.append([(beat.header, beat.first), *_rows(texts, beat)])
            at = beat.end
        if rows:
            tables.append(rows)
            merged.add(end)
        at = rows[-1][1] if rows else len(texts)
    if not tables:
        return run
    made: list[Line] = []
    at = 0
    for table in tables:
        made += cells[at : table[0][0]]
        made += [_row(cells[first:last], header=first in merged) for first, last in table]
        at = table[-1][1]
    return made + cells[at:]


def _rows(texts: list[str], beat: _Beat) -> list[tuple[int, int]]:
    rows, at = [], beat.first
    while at < beat.end:
        end = at + beat.texts
        while end < beat.end and _NUMBER.fullmatch(texts[end]):
            end += 1
        rows.append((at, end))
        at = end
    return rows


def _row(cells: list[Line], *, header: bool = False) -> Line:
    """The row of some cells; in a ``header`` 年均增长（%）|〔累计〕 are one."""
    text = cells[0].text.rstrip()
    for cell in cells[1:]:
        said = cell.text.strip()
        text += said if header and GOES_ON.fullmatch(fold(said)) else f"\t{said}"
    return replace(cells[0], text=text, is_row=True)


def _next_beat(texts: list[str], start: int) -> _Beat | None:
    """The first table from ``start`` on: at least two full rows under a header that fits them."""
    numeric = [bool(_NUMBER.fullmatch(text)) for text in texts]
    first = next((i for i in range(start + 2, len(texts)) if numeric[i] and not numeric[i - 1]), None)
    while first is not None:
        numbers = _length(numeric, first, number=True)
        texts_after = _length(numeric, first + numbers, number=False)
        for words in (1, 2):
            beat = (
                _beat(texts, numeric, (start, first - words), words, numbers)
                if texts_after >= words
                else None
            )
            if beat:
                return beat
        after = first + numbers
        first = next((i for i in range(after, len(texts)) if numeric[i] and not numeric[i - 1]), None)
    return None


def _length(numeric: list[bool], at: int, *, number: bool) -> int:
    end = at
    while end < len(numeric) and numeric[end] == number:
        end += 1
    return end - at


def _beat(
    texts: list[str], numeric: list[bool], bounds: tuple[int, int], words: int, numbers: int
) -> _Beat | None:
    """The table whose first row begins at ``bounds[1]``, if its rows have ``words`` cells of text each."""
    start, first = bounds
    end, full = first, 0
    while True:
        told = _length(numeric, end, number=False)
        of_row = _length(numeric, end + words, number=True) if told >= words else 0
        last = told > words  # 四、标题 after the last row, or a name over two lines
        if told < words or last or not 0 < of_row <= numbers:
            break
        end += words + of_row
        full += of_row == numbers
    header = _header(texts, start, first, words + numbers)
    return _Beat(header, first, end, words, numbers) if full >= 2 and header is not None else None


def _header(texts: list[str], start: int, first: int, count: int) -> int | None:
    """Where a header of ``count`` cells begins that ends before ``first``; None if there is none for sure."""
    at, left = first, count
    while at > start and left:
        at -= 1
        goes_on = at > start and (GOES_ON.fullmatch(texts[at]) or UNFINISHED.fullmatch(texts[at - 1]))
        left -= not goes_on
        if _TITLE.match(texts[at]) or _NUMBER.fullmatch(texts[at]):
            return None
    under_title = at > start and bool(_TITLE.match(texts[at - 1]))
    stub = bool(_STUB.fullmatch(re.sub(r"\s", "", texts[at])))
    return at if not left and (under_title or stub) else None
