"""Report to chunks: the units that are searched. A paragraph is cut at sentence ends.

Small chunks with a structural prefix found the evidence best (design section 7).
"""

from __future__ import annotations

from collections.abc import Iterator

from qa.text import split_sentences
from qa.types import Chunk, Paragraph, Report

CHUNKER_VERSION = "1"
MAX_HEADING_CHARS = 30
MAX_PREFIX_CHARS = 90

_PART_WORDS = {"head": "", "review": "回顾实绩", "plan": "计划目标"}


def chunk_report(report: Report, *, max_chars: int = 200) -> list[Chunk]:
    """Cut every paragraph that is not a bare heading into chunks of at most ``max_chars`` characters.

    The chunks of a paragraph follow each other without gap or overlap and cover it. ``chunk_id`` is
    ``<report_id>#<paragraph>.<k>``, k from 1. Raises: ValueError if ``max_chars`` is below 20.
    """
    if max_chars < 20:
        raise ValueError(f"max_chars must be at least 20, got {max_chars}")
    chunks: list[Chunk] = []
    for paragraph in report.paragraphs:
        if paragraph.is_heading:
            continue
        for k, (start, end) in enumerate(_spans(paragraph, max_chars), 1):
            text = report.text[start:end]
            chunk_id = f"{report.report_id}#{paragraph.number}.{k}"
            prefix = _prefix(report, paragraph, text)
            chunks.append(Chunk(chunk_id, report.report_id, paragraph.number, start, end, text, prefix))
    return chunks


def _spans(paragraph: Paragraph, max_chars: int) -> list[tuple[int, int]]:
    """Greedy joins of whole sentences; a sentence that is too long alone is cut first."""
    text, offset = paragraph.text, paragraph.start
    joined: list[tuple[int, int]] = []
    for sentence in split_sentences(text):
        for start, end in _pieces(text, sentence, max_chars):
            if joined and end - joined[-1][0] <= max_chars:
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
    return [(offset + start, offset + end) for start, end in joined]


def _pieces(text: str, span: tuple[int, int], max_chars: int) -> Iterator[tuple[int, int]]:
    start, end = span
    while end - start > max_chars:
        limit = start + max_chars
        cut = max(text.rfind(mark, start + max_chars // 2, limit) for mark in "，、：,") + 1
        if cut <= 0:
            cut = limit
            # A number or a Latin word stays whole, unless it fills half a chunk.
            while cut > start + max_chars // 2 and _glued(text[cut - 1]) and _glued(text[cut]):
                cut -= 1
            if cut == start + max_chars // 2:
                cut = limit
        yield start, cut
        start = cut
    yield start, end


def _glued(char: str) -> bool:
    return char in ".．%％" or (char.isascii() and char.isalnum()) or char.isdigit()


def _prefix(report: Report, paragraph: Paragraph, text: str) -> str:
    """Place, year, part and headings, at most MAX_PREFIX_CHARS; a heading in the chunk itself is left out.

    If there is too much, the outer headings go first: the part already says what they say.
    """
    part = _PART_WORDS[paragraph.part]
    base = " ".join(word for word in (report.place, f"{report.year}年", part) if word)[:MAX_PREFIX_CHARS]
    headings = [heading for heading in paragraph.section if not text.startswith(heading)]
    cut = [heading.strip()[:MAX_HEADING_CHARS].rstrip("。，；：") for heading in headings]
    while cut and len(" · ".join([base, *cut])) > MAX_PREFIX_CHARS:
        cut.pop(0)
    return " · ".join([base, *cut])
