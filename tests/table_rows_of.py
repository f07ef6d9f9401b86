"""The rows of a table of a few lines, as tests compare them."""

from qa.grids import table_rows
from qa.types import Paragraph


def paragraphs_of(*texts: str) -> list[Paragraph]:
    """Paragraphs of the review, one after the other."""
    made, start = [], 0
    for number, text in enumerate(texts, 1):
        made.append(Paragraph(number, start, start + len(text), text, (), "review"))
        start += len(text) + 1
    return made


def told_of(*texts: str) -> list[tuple[str, str, str, str, str]]:
    """(indicator, measure, value, unit, period) of every row of the table of these lines."""
    rows = table_rows(paragraphs_of(*texts))
    return [
        (row.indicator, row.measure, str(row.value), row.unit, row.period)
        for number in sorted(rows)
        for row in rows[number]
    ]
