"""Where gold texts and citations stand: whole paragraphs with marked spans, for those who argue a score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eval.metrics import found_rank
from eval.questions import Gold, Paragraphs, Span
from qa.types import Answer, Paragraph


def gold_evidence(
    gold: Sequence[Gold], ranked: Sequence[Span], answer: Answer, paragraphs: Paragraphs
) -> list[dict[str, Any]]:
    """For each gold text its paragraphs with marks, the rank at which it was found, and who cites it.

    ``marks`` are half-open offsets within ``paragraph_text``. Of several places in the report the one that a
    citation touches is shown, else the first; ``places`` says how many there are.
    """
    return [_one(item, ranked, answer, paragraphs) for item in gold]


def _one(gold: Gold, ranked: Sequence[Span], answer: Answer, paragraphs: Paragraphs) -> dict[str, Any]:
    citing = [
        [c.n for c in answer.citations if any(piece.overlap(_span(c)) for piece in place.pieces)]
        for place in gold.occurrences
    ]
    shown = next((i for i, numbers in enumerate(citing) if numbers), 0)
    return {
        "report": gold.report,
        "text": gold.text,
        "places": len(gold.occurrences),
        "rank": found_rank(gold, ranked),
        "cited_by": sorted({n for numbers in citing for n in numbers}),
        "paragraphs": _marked(gold.occurrences[shown].pieces, paragraphs.get(gold.report, ())),
    }


def _marked(pieces: Sequence[Span], paragraphs: Sequence[Paragraph]) -> list[dict[str, Any]]:
    found = []
    for item in paragraphs:
        marks = [
            [max(piece.start, item.start) - item.start, min(piece.end, item.end) - item.start]
            for piece in pieces
            if piece.start < item.end and piece.end > item.start
        ]
        if marks:
            found.append(
                {
                    "number": item.number,
                    "part": item.part,
                    "section": list(item.section),
                    "paragraph_text": item.text,
                    "marks": marks,
                }
            )
    return found


def citation_marks(answer: Answer, paragraphs: Paragraphs) -> list[list[int] | None]:
    """``[start, end)`` of each citation's quote within its paragraph text; None if it does not stand there."""
    marks: list[list[int] | None] = []
    for citation in answer.citations:
        numbered = {item.number: item for item in paragraphs.get(citation.report_id, ())}
        home = numbered.get(citation.paragraph)
        start = citation.start - home.start if home else citation.paragraph_text.find(citation.quote)
        end = start + len(citation.quote)
        stands = start >= 0 and citation.paragraph_text[start:end] == citation.quote
        marks.append([start, end] if stands else None)
    return marks


def _span(citation: Any) -> Span:
    return Span(citation.report_id, citation.start, citation.end)
