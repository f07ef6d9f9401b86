"""Reports as the page reads them: the catalogue, a report with its sections, a cited paragraph. Plain JSON values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qa.errors import QAError
from qa.types import Citation, Paragraph, Report, ReportInfo
from qa.web.desk import Library
from qa.web.markup import split_paragraph


def catalogue(index: Library) -> list[dict[str, Any]]:
    """A line for each report, in the order of the index."""
    return [_line(info) for info in index.reports]


def _line(info: ReportInfo) -> dict[str, Any]:
    return {
        "report_id": info.report_id,
        "place": info.place,
        "year": info.year,
        "title": info.title,
        "doc_kind": info.doc_kind,
        "given_on": info.given_on,
        "speaker": info.speaker,
        "file": Path(info.source).name,  # never where it lies on the server
        "paragraphs": info.paragraphs,
        "characters": info.characters,
        "figures": info.figures,
        "commitments": info.commitments,
    }


def whole(index: Library, report_id: str) -> dict[str, Any]:
    """A report's paragraphs in order. Raises: StoreError if it is not in the index."""
    info = next((item for item in index.reports if item.report_id == report_id), None)
    report = index.report(report_id)
    head = _line(info) if info else {"report_id": report_id, "title": report.title}
    return head | {
        "text": [
            {"n": item.number, "start": item.start, "text": item.text, "section": list(item.section)}
            | ({"heading": True} if _is_heading(item, report) else {})
            for item in report.paragraphs
        ]
    }


def _is_heading(item: Paragraph, report: Report) -> bool:
    return item.is_heading or (item.number == 1 and item.text.strip() == report.title.strip())


def card(citation: Citation, index: Library | None) -> dict[str, Any]:
    """A citation with its paragraph in three parts around the quote, and the paragraphs beside it."""
    paragraphs = _paragraphs(index, citation)
    at = citation.paragraph - 1
    known = 0 <= at < len(paragraphs)
    before, quote, after = split_paragraph(citation, paragraphs[at].start if known else None)
    return {
        "n": citation.n,
        "report_id": citation.report_id,
        "place": citation.place,
        "year": citation.year,
        "title": citation.title,
        "section": list(citation.section),
        "paragraph": citation.paragraph,
        "start": citation.start,
        "end": citation.end,
        "before": before,
        "quote": quote,
        "after": after,
        "previous": paragraphs[at - 1].text if known and at else None,
        "next": paragraphs[at + 1].text if known and at + 1 < len(paragraphs) else None,
    }


def _paragraphs(index: Library | None, citation: Citation) -> tuple[Paragraph, ...]:
    """() if the report is gone, or is another text by now: then the citation is shown by itself."""
    if index is None:
        return ()
    try:
        paragraphs = tuple(index.paragraphs(citation.report_id))
    except QAError:
        return ()
    same = (
        1 <= citation.paragraph <= len(paragraphs)
        and paragraphs[citation.paragraph - 1].text == citation.paragraph_text
    )
    return paragraphs if same else ()
