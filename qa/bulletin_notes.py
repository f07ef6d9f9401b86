"""The notes of a bulletin: what "[8]" in a sentence refers to, where it says that a figure is of another year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.match import Library
from qa.text import fold, years
from qa.types import Claim, Evidence, Figure, Paragraph

_MARK = re.compile(r"\[(\d{1,2})\]|［(\d{1,2})］")


def notes_on(rows: Sequence[Figure], library: Library) -> list[Claim]:
    """The notes that tell of another year than the rows are taken to be of, each cited; usually []."""
    made: list[Claim] = []
    for row in rows:
        clause = library.text(row.report_id)[row.clause_start : row.end]
        for mark in _MARK.findall(clause):
            note = _note("".join(mark), library.paragraphs(row.report_id))
            if note and any(str(year) not in row.period for year in years(fold(note.text))):
                said = _MARK.sub("", note.text, count=1).strip().rstrip("。")
                claim = Claim(f"注：{said}。", (Evidence(row.report_id, note.number, note.start, note.end),))
                made += [claim] if claim not in made else []
    return made


def _note(mark: str, paragraphs: Sequence[Paragraph]) -> Paragraph | None:
    """The last paragraph that begins with the mark."""
    return next((p for p in reversed(paragraphs) if re.match(rf"[\[［]{mark}[\]］]", p.text)), None)
