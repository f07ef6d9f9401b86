"""Answer -> the Markdown that the chat draws. Nothing from a question, a report or a model stays markup.

Every character of outside text that Markdown or HTML may read becomes a character reference, which no
Markdown reader takes for structure: no tag, link, image, autolink, formula or emphasis survives. What an
answer may have is its lines, list items ("- "), tables ("| "), and markers 【n】, which become links to
``#cite-<key>-<n>``.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

from qa.types import Answer, Citation

MARKER = re.compile(r"【(\d{1,3})】")
_PLAIN = "\"',/;?%"
"""Punctuation that means nothing in Markdown; a point between digits neither."""
_SPECIAL = re.compile(rf"[{re.escape(''.join(set(string.punctuation) - set(_PLAIN)))}]")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CELL_BORDER = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\|(?:\s*:?-{3,}:?\s*\|)+")


def escape(text: str) -> str:
    """Outside text as Markdown that shows exactly these characters, less control and direction marks."""
    seen = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\t", " "))
    return _SPECIAL.sub(lambda found: "." if _in_number(found) else f"&#{ord(found[0])};", seen)


def _in_number(found: re.Match[str]) -> bool:
    before, after = found.string[: found.start()][-1:], found.string[found.end() : found.end() + 1]
    return found[0] == "." and before.isdigit() and after.isdigit()


def question_markdown(question: str) -> str:
    """A question as its lines, all of it plain characters."""
    lines = (line.strip() for line in question.strip().splitlines())
    return "\n".join(escape(line) for line in lines)


def answer_markdown(answer: Answer, key: str) -> str:
    """An answer for the chat. Markers that are not 1..len(citations) stay plain text.

    ``key`` names the stored answer to whose citations the markers lead.
    """
    lines = [line.strip() for line in answer.answer.strip().splitlines()]
    shown = "\n".join(_lines(lines, key, {citation.n for citation in answer.citations}))
    if answer.scope.inherited:
        return f"*按“{escape(answer.scope.question)}”理解*\n\n{shown}"
    return shown


def _lines(lines: list[str], key: str, known: set[int]) -> Iterator[str]:
    in_table = False
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        row = line.startswith("|") and line.endswith("|") and len(line) > 1
        if row and (in_table or _RULE.fullmatch(after)):
            in_table = True
            yield line if _RULE.fullmatch(line) else _row(line, key, known)
            continue
        in_table = False
        item = line.startswith("- ")
        yield ("- " if item else "") + _inline(line[2:] if item else line, key, known)


def _row(line: str, key: str, known: set[int]) -> str:
    cells = _CELL_BORDER.split(line[1:-1])
    shown = (_inline(cell.strip().replace("\\|", "|"), key, known) for cell in cells)
    return "| " + " | ".join(shown) + " |"


def _inline(text: str, key: str, known: set[int]) -> str:
    return MARKER.sub(
        lambda found: f"[{found[0]}](#cite-{key}-{int(found[1])})" if int(found[1]) in known else found[0],
        escape(text),
    )


def split_paragraph(citation: Citation, paragraph_start: int | None) -> tuple[str, str, str]:
    """The cited paragraph as (before, quote, after); their sum is the paragraph.

    ``paragraph_start`` is its offset in the report, None if it is not known. A quote that is not in the
    paragraph gives ("", quote, ""): then it is shown alone.
    """
    text, quote = citation.paragraph_text, citation.quote
    at = -1 if paragraph_start is None else citation.start - paragraph_start
    if at < 0 or text[at : at + len(quote)] != quote:
        at = text.find(quote)
    if at < 0:
        return "", quote, ""
    return text[:at], quote, text[at + len(quote) :]
