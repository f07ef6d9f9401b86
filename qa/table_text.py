"""Rows of qa/tables.py for people: an aligned table for a terminal, CSV for a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from qa.tables import said

MIN_LAST_WIDTH = 20
"""Columns of the terminal that the last cell gets at least, however wide the others are."""
MAX_CELL_WIDTH = 28
"""Columns that any other cell gets at most."""
_GAP = "  "

_FORMULA = re.compile(r"\s*[=+\-@]|[\t\r]")
_PLAIN_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def table(heads: Mapping[str, str], rows: Sequence[Mapping[str, Any]], *, width: int | None) -> str:
    """Lines with aligned columns, the heads first. ``heads`` maps a row's field to its title, in order.

    ``width`` is that of the terminal in columns: the last cell is cut to fit, the others to MAX_CELL_WIDTH;
    None cuts nothing.
    """
    fields = list(heads)
    cells = [list(heads.values()), *([_text(row[field]) for field in fields] for row in rows)]
    if width is not None:
        cells = [[*(cut(cell, MAX_CELL_WIDTH) for cell in line[:-1]), line[-1]] for line in cells]
    widths = [max(columns(line[i]) for line in cells) for i in range(len(fields) - 1)]
    left = None
    if width is not None:
        left = max(MIN_LAST_WIDTH, width - sum(widths) - len(_GAP) * len(widths))
    lines = []
    for line in cells:
        padded = [cell + " " * (w - columns(cell)) for cell, w in zip(line, widths, strict=False)]
        last = line[-1] if left is None else cut(line[-1], left)
        lines.append(_GAP.join([*padded, last]).rstrip())
    return "\n".join(lines) + "\n"


def columns(text: str) -> int:
    """Columns that a text takes on a terminal: Chinese and full-width characters take two."""
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cut(text: str, width: int) -> str:
    """The text, or its beginning with … in at most ``width`` columns."""
    if columns(text) <= width:
        return text
    kept, used = "", 1
    for char in text:
        used += _columns(char)
        if used > width:
            break
        kept += char
    return kept + "…"


def csv_text(fields: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    """CSV with a byte order mark, by which Excel knows UTF-8, and no cell that it takes for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(fields)
    writer.writerows([safe_cell(_flat(row[field])) for field in fields] for row in rows)
    return "\ufeff" + text.getvalue()


def safe_cell(value: object) -> object:
    """A cell that a spreadsheet does not take for a formula; numbers, also negative ones, stay numbers.

    See OWASP, CSV Injection: text that begins with = + - @, a tab or a return gets an apostrophe before it.
    """
    if (
        not isinstance(value, str)
        or _PLAIN_NUMBER.fullmatch(value)
        or not _FORMULA.match(_plain_signs(value))
    ):
        return value
    return f"'{value}"


def _plain_signs(value: str) -> str:
    """Spreadsheets take the full-width signs ＝ ＋ － ＠ for the plain ones too."""
    return value.translate(str.maketrans("＝＋－＠", "=+-@"))


def _text(value: object) -> str:
    return " ".join(str(_flat(value)).split())


def _flat(value: object) -> object:
    """A list as text: figures in a few words, anything else joined by 、."""
    if not isinstance(value, list):
        return "" if value is None else value
    if value and isinstance(value[0], dict):
        return "；".join(said(figure) for figure in value)
    return "、".join(map(str, value))
