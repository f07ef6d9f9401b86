"""A paragraph with marked spans, cut down to what stands around them, as plain segments for a template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

AROUND = 90
"""Characters shown on each side of a mark."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text: ``plain``, ``mark``, or ``gap`` for what was left out (its text is …)."""

    text: str
    kind: Literal["plain", "mark", "gap"] = "plain"


def segments(text: str, marks: Sequence[Sequence[int]]) -> list[Segment]:
    """The whole text; marks are half-open, may overlap and reach out of it. No empty segment."""
    found, at = [], 0
    for start, end in _merged(marks, len(text)):
        found += [Segment(text[at:start]), Segment(text[start:end], "mark")]
        at = end
    return [item for item in [*found, Segment(text[at:])] if item.text]


def window(text: str, marks: Sequence[Sequence[int]], *, around: int = AROUND) -> list[Segment]:
    """The marks and ``around`` characters on each side; without marks the beginning of the text."""
    merged = _merged(marks, len(text))
    if not merged:
        cut = text[: 2 * around]
        return [Segment(cut), *([Segment("…", "gap")] if len(cut) < len(text) else [])] if text else []
    shown = _merged([(start - around, end + around) for start, end in merged], len(text))
    found = [] if shown[0][0] == 0 else [Segment("…", "gap")]
    for start, end in shown:
        inner = [(max(a, start) - start, min(b, end) - start) for a, b in merged if a < end and b > start]
        found += segments(text[start:end], inner)
        if end < len(text):
            found.append(Segment("…", "gap"))
    return found


def _merged(marks: Sequence[Sequence[int]], size: int) -> list[tuple[int, int]]:
    """In order, inside 0..size, touching ones joined, empty ones left out."""
    found: list[tuple[int, int]] = []
    for start, end in sorted((max(0, mark[0]), min(size, mark[1])) for mark in marks):
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
