"""Figures of one invented sentence, and the columns of them that tests compare."""

from collections.abc import Sequence

import pytest

from qa.figures import extract_figures
from qa.types import Figure, Paragraph, Part, Report

SECTIONS: dict[Part, tuple[str, ...]] = {
    "head": (),
    "review": ("一、2030年工作回顾",),
    "plan": ("二、2031年工作安排",),
}


def report_of(*paragraphs: tuple[Part, str], place: str = "云岭市", kind: str = "政府工作报告") -> Report:
    made, start = [], 0
    for number, (part, text) in enumerate(paragraphs, 1):
        made.append(Paragraph(number, start, start + len(text), text, SECTIONS[part], part))
        start += len(text) + 1
    return Report(
        report_id=f"2031-{place}",
        place=place,
        year=2031,
        title=f"{place}政府工作报告",
        text="\n".join(text for _, text in paragraphs),
        paragraphs=tuple(made),
        source="报告.txt",
        sha256="0",
        doc_kind=kind,
    )


def in_review(text: str) -> list[Figure]:
    return extract_figures(report_of(("review", text)))


def in_plan(text: str) -> list[Figure]:
    return extract_figures(report_of(("plan", text)))


def values_of(figures: list[Figure]) -> list[tuple[str, str, str]]:
    return [(f.indicator, str(f.value), f.unit) for f in figures]


def measures_of(figures: list[Figure]) -> list[tuple[str, str, str]]:
    return [(f.indicator, f.measure, str(f.value)) for f in figures]


Line = tuple[str, str, str, str, str]
"""Indicator, measure, value, unit, comparator."""


def lines_of(figures: list[Figure]) -> list[Line]:
    return [(f.indicator, f.measure, str(f.value), f.unit, f.comparator) for f in figures]


def sentences(cases: Sequence[tuple[str, list[Line]]]) -> pytest.MarkDecorator:
    """A test for each sentence and the rows that come of it, named by how the sentence begins."""
    return pytest.mark.parametrize(("text", "expected"), cases, ids=[text[:14] for text, _ in cases])
