"""Columns of tables: lines with | or commas between cells, tables told by their header, columns that hold no figure.

A plan's table has columns of text (属性, 建设内容) and cells that stand over several rows (类别), so that its rows,
one cell a line, have no beat of numbers that qa/cells.py could hear. Its header says how many cells a row has, and
every row must be made like the first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.formats import Line
from qa.lexicon import piece, regex
from qa.text import fold

NUMBER = r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?%?|[+-]?\d+(?:\.\d+)?%?"
"""A number in a cell, as a regular expression."""

LIMIT_BEFORE = piece("number", "cell_before")
LIMIT_AFTER = piece("number", "cell_after")
MOVED = "增长|下降|降低|提高|增加|减少"
VALUE = rf"(?:{MOVED})?{LIMIT_BEFORE}?(?:{NUMBER}){LIMIT_AFTER}?"
"""A number in a cell with what bounds it: 6左右, ≥98, 增长6%左右."""
SUMMED = rf"[〔\[]{VALUE}[〕\]]"
"""The sum of several years: 〔4.9〕."""
NOTHING = (
    r"[-—–…·./]{1,3}|[^\s\d]{0,12}(?:持平|同步)|(?:完成|达到|按|控制在?)[^\s\d]{2,14}(?:任务|目标|要求|以内)"
)

FIGURE = re.compile(rf"{VALUE}|{SUMMED}|{NOTHING}")
STUB, _BESIDE, _OVER, _INDEX = (regex("grid", key) for key in ("stub", "beside", "over", "index"))
GOES_ON = re.compile(r"[（〔\[][^（）]*[）〕\]]|[%％]")
UNFINISHED = re.compile(r"(?:比|较)?(?:上年|去年|上一年|年初|上年末|上年同期)|同比|计量|占.{0,6}的?")
DIVIDER = re.compile(
    r"\s*(?!.{0,3}表\s*\d)(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)?[^\s\d，。；！？：、]{2,16}\s*"
)
"""A line between the rows of a table that says how the next ones are parted: 按行业分, 一、按产业分."""
MOST_COLUMNS = 12


# ------------------------------------------------------------------ cells in one line


def split_cells(lines: Sequence[Line]) -> list[Line]:
    """The lines, those of tables with | or commas between their cells with tabs instead: 工业 | 12.3 | 5.6 |."""
    made = list(lines)
    for mark in "|,":
        at = 0
        while at < len(made):
            end = at
            while end < len(made) and _divided(made[end].text, mark):
                end += 1
            rows = [_cells_of(line.text, mark) for line in made[at:end]]
            if _is_table(rows, mark):
                made[at:end] = [
                    replace(line, text="\t".join(row), is_row=True)
                    for line, row in zip(made[at:end], rows, strict=True)
                    if any(cell.strip("-: ") for cell in row)
                ]
                end = at + 1
            at = max(end, at + 1)
    return made


def _divided(text: str, mark: str) -> bool:
    told = text.count(mark) > (mark == ",") and not re.search("[，。；！？]|^#", text)
    return told and not (mark == "," and re.search(r"\s", text.strip()))


def _cells_of(text: str, mark: str) -> list[str]:
    cells = [cell.strip() for cell in text.strip().removesuffix(mark).split(mark)]
    return (
        cells[1:]
        if mark == "|" and len(cells) > 2 and text.strip().startswith(mark) and cells[1] == ""
        else cells
    )


def _is_table(rows: list[list[str]], mark: str) -> bool:
    """Two rows or more end in a figure; those with commas have all as many cells."""
    told = sum(bool(row[-1:] and FIGURE.fullmatch(fold(row[-1]))) for row in rows)
    return told >= 2 and (mark == "|" or (len(rows) > 2 and len({len(row) for row in rows}) == 1))


def unfolded(lines: Sequence[Line]) -> list[Line]:
    """The lines, tables that were folded to stand side by side (行业 增长 行业 增长) one below the other."""
    made: list[Line] = []
    at = 0
    while at < len(lines):
        head = lines[at].text.split("\t")
        half = len(head) // 2
        names = [_bare(cell) for cell in head]
        end = at + 1
        if len(head) >= 4 and len(head) == 2 * half and names[:half] == names[half:]:
            while end < len(lines) and len(lines[end].text.split("\t")) in (half, 2 * half):
                end += 1
        if end - at < 3:
            made.append(lines[at])
            at += 1
            continue
        rows = [(line, line.text.split("\t")) for line in lines[at + 1 : end]]
        made.append(replace(lines[at], text="\t".join(head[:half])))
        made += (replace(line, text="\t".join(cells[:half])) for line, cells in rows)
        made += (replace(line, text="\t".join(cells[half:])) for line, cells in rows if cells[half:])
        at = end
    return made


# ------------------------------------------------------------------ one cell a line


def headed_rows(texts: Sequence[str]) -> list[tuple[int, int]]:
    """The first table among folded cells, one a line, that has a column of text: the bounds of the header and of each row.

    A cell that stands over several rows is a part of the first of them; [] if there is no such table.
    """
    for start, text in enumerate(texts):
        if not any(head.fullmatch(_bare(text)) for head in (STUB, _INDEX, _OVER)):
            continue
        for width in range(3, MOST_COLUMNS + 1):
            end = _header_end(texts, start, width)
            beside = any(
                has.fullmatch(_bare(head)) for head in texts[start:end] for has in (_OVER, _INDEX, _BESIDE)
            )
            rows = _alike(texts, end, _bare(texts[start]), width) if beside else []
            if len(rows) > 1:
                return [(start, end), *rows]
    return []


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _header_end(texts: Sequence[str], start: int, width: int) -> int:
    """Where a header of ``width`` columns ends; 0 if there is none. 年均增长（%）|〔累计〕 are one column."""
    at, left = start, width
    while at < len(texts) and not FIGURE.fullmatch(texts[at]):
        goes_on = at > start and (GOES_ON.fullmatch(texts[at]) or UNFINISHED.fullmatch(texts[at - 1]))
        if not goes_on and not left:
            return at
        left -= not goes_on
        at += 1
    return at if not left and at < len(texts) else 0


def _alike(texts: Sequence[str], start: int, stub: str, width: int) -> list[tuple[int, int]]:
    """The rows from ``start`` on, each made like the first; [] if the first has no name or no number."""
    over = bool(_OVER.fullmatch(stub))
    width -= over
    kinds = [bool(FIGURE.fullmatch(text)) for text in texts]
    first = kinds[start + over : start + over + width]
    counted = bool(_INDEX.fullmatch(stub))
    if not any(first[1:]) or first[0] != counted or (counted and first[1]):
        return []
    rows: list[tuple[int, int]] = []
    at = start
    while at + width <= len(texts):
        wide = next((wide for wide in (0, 1) if kinds[at + wide : at + wide + width] == first), None)
        numbered = wide is not None and (not counted or texts[at + wide] == str(len(rows) + 1))
        if wide is None or not numbered or (wide and kinds[at]):
            break
        rows.append((at, at + wide + width))
        at += wide + width
    return rows if over or all(end - begin == width for begin, end in rows) else []


# ------------------------------------------------------------------ columns of text


def without_text_columns(texts: Sequence[str]) -> list[str]:
    """The texts, in tables with tabs the cells blotted out that are no name, unit or number: 序号, 类别, 属性.

    What is left stands where it stood: a blank takes the place of each character.
    """
    made = list(texts)
    header: list[str] = []
    for at, text in enumerate(texts):
        cells = text.split("\t")
        if len(cells) < 3:
            header = []
        elif not header or _header_like(cells):
            header = cells if _header_like(cells) else []
            made[at] = _blotted(cells, header) if header else text
        elif len(cells) in (len(header), len(header) - bool(_OVER.fullmatch(_bare(header[0])))):
            made[at] = _blotted(cells, header[len(header) - len(cells) :])
    return made


def _header_like(cells: Sequence[str]) -> bool:
    first = _bare(cells[0])
    known = any(head.fullmatch(first) for head in (STUB, _INDEX, _OVER))
    return known and not any(map(FIGURE.fullmatch, cells[1:]))


def _blotted(cells: Sequence[str], header: Sequence[str]) -> str:
    heads = [_bare(head) for head in header]
    over = [bool(_OVER.fullmatch(head) or _INDEX.fullmatch(head)) for head in heads]
    words_only = [
        i for i, head in enumerate(heads) if over[i] or STUB.fullmatch(head) or _BESIDE.fullmatch(head)
    ]
    if words_only == [0] and not _INDEX.fullmatch(heads[0]):
        over[0] = False  # 类别 over the names of the rows themselves
    named = next(
        (i for i, head in enumerate(heads) if STUB.fullmatch(head) and not over[i]), over.index(False)
    )
    blot = [i < named or (i > named and bool(_BESIDE.fullmatch(head))) for i, head in enumerate(heads)]
    return "\t".join(" " * len(cell) if gone else cell for cell, gone in zip(cells, blot, strict=True))
