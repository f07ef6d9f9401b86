"""The table under a comparison: one row a report, a citation in every cell, 未提及 where a report is silent."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.calibre import deeds_of, is_of_deed, unasked
from qa.compare_cells import Cell
from qa.figure_answer import evidence
from qa.match import Library
from qa.phrasing import phrase
from qa.row_words import of_several_times, standard, subject_of, time_of, value_said
from qa.types import Claim, Figure


def _other_calibre(row: Figure, first: Figure) -> bool:
    """Whether a row is shown in its own words: another name or deed, or a calibre in brackets （含续建）."""
    return (
        standard(row) != standard(first) or deeds_of(row) != deeds_of(first) or row.indicator.endswith("）")
    )


_DATED = re.compile(r"^\d{4}(?:—\d{4})?年")


def table(lines: Sequence[Cell], library: Library, kept: Sequence[Figure], question: str) -> list[Claim]:
    """Of rows that are not ``kept`` for the comparison, or of more or other than the question, the own words."""
    rows = [*kept, *(line.figure for line in lines if line.figure and line.figure not in kept)]
    first, dated = rows[0], of_several_times(rows)
    title = subject_of(rows, dated=not dated)
    numbered = bool(
        re.search(r"\d", _DATED.sub("", title))
    )  # 民企100强: a head has no source to prove a number
    made = [Claim(f"| 地区 | {'各地的说法' if numbered else title} |\n| --- | --- |")]
    for line in lines:
        if line.figure is None:
            other = line.other
            made.append(
                Claim(
                    f"| {line.place} | {line.note} |",
                    (evidence(other),) if other else (),
                    (other,) if other else (),
                )
            )
            continue
        text = library.text(line.report_id)
        shown = value_said(line.figure, library)
        asked = is_of_deed(line.figure, question) and not unasked(line.figure, question)
        if numbered or not asked or _other_calibre(line.figure, first) or line.figure not in kept:
            shown = phrase(line.figure, line.place, text)
        shown = time_of(line.figure) + shown if dated else shown
        made.append(Claim(f"| {line.place} | {shown} |", (evidence(line.figure),), (line.figure,)))
    return made
