"""Answer -> the Markdown that the chat draws. Nothing from a question, a report or a model stays markup.

Every character of outside text that Markdown or HTML may read becomes a character reference, which no
Markdown reader takes for structure: no tag, link, image, autolink, formula or emphasis survives. What an
answer may have is its lines, list items ("- "), tables ("| "), and markers 【n】, which become links to
``#cite-<key>-<n>``. Each finished message ends in a link to ``#answer-<key>``, by which page scripts know it.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator

from qa.types import Answer, Citation, Generation
from qa.web.words import say

MARKER = re.compile(r"【(\d{1,3})】")
_PLAIN = "\"',/;?%"
"""Punctuation that means nothing in Markdown; a point between digits neither."""
_SPECIAL = re.compile(rf"[{re.escape(''.join(set(string.punctuation) - set(_PLAIN)))}]")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_CELL_BORDER = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\|(?:\s*:?-{3,}:?\s*\|)+")


def visible(text: str) -> str:
    """Outside text less control and direction marks, with which text can pose as another."""
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\t", " "))


def escape(text: str) -> str:
    """Outside text as Markdown that shows exactly these characters, less control and direction marks."""
    return _SPECIAL.sub(lambda found: "." if _in_number(found) else f"&#{ord(found[0])};", visible(text))


def _in_number(found: re.Match[str]) -> bool:
    before, after = found.string[: found.start()][-1:], found.string[found.end() : found.end() + 1]
    return found[0] == "." and before.isdigit() and after.isdigit()


def question_markdown(question: str) -> str:
    """A question as its lines, all of it plain characters."""
    lines = (line.strip() for line in question.strip().splitlines())
    return "\n".join(escape(line) for line in lines)


def answer_markdown(answer: Answer, key: str, lang: str = "zh") -> str:
    """An answer for the chat. Markers that are not 1..len(citations) stay plain text.

    ``key`` names the stored answer to whose citations the markers lead.
    """
    known = {citation.n for citation in answer.citations}

    def inline(text: str) -> str:
        return MARKER.sub(
            lambda found: (
                f"[{found[0]}](#cite-{key}-{int(found[1])})" if int(found[1]) in known else found[0]
            ),
            escape(text),
        )

    shown = structured(answer.answer, inline)
    if answer.scope.inherited:
        shown = f"*{say('understood', lang).format(escape(answer.scope.question))}*\n\n{shown}"
    return shown + "".join(f"\n\n{line}" for line in _model_lines(answer.generation, lang))


def _model_lines(made: Generation | None, lang: str) -> Iterator[str]:
    """The note on a language model's part, and its statements that are out or marked."""
    if made is None:
        return
    if made.note:
        yield f"*{escape(made.note)}*"
    for item in made.struck:
        text = escape(item.text.replace("\n", " "))
        label = say("unverified" if item.shown else "struck", lang)
        yield f"- {label}{text if item.shown else f'~~{text}~~'} *{escape(item.reason)}*"


def draft_markdown(text: str, lang: str = "zh") -> str:
    """A model's text so far, labelled as unverified; its markers lead nowhere yet."""
    return f"[{say('draft', lang)}](#draft)\n\n{structured(text, escape)}"


def pending_markdown(lang: str = "zh") -> str:
    """What stands in the place of an answer until there is something to show."""
    return f"[{say('pending', lang)}](#pending)"


def named(markdown: str, key: str) -> str:
    """A finished message with its name; the style sheet hides the link."""
    return f"{markdown}\n\n[·](#answer-{key})"


def structured(text: str, inline: Callable[[str], str]) -> str:
    """An answer's lines, list items and tables, with ``inline`` applied to all text within them."""
    return "\n".join(_lines([line.strip() for line in text.strip().splitlines()], inline))


def _lines(lines: list[str], inline: Callable[[str], str]) -> Iterator[str]:
    in_table = False
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        row = line.startswith("|") and line.endswith("|") and len(line) > 1
        if row and (in_table or _RULE.fullmatch(after)):
            in_table = True
            yield line if _RULE.fullmatch(line) else _row(line, inline)
            continue
        in_table = False
        item = line.startswith("- ")
        yield ("- " if item else "") + inline(line[2:] if item else line)


def _row(line: str, inline: Callable[[str], str]) -> str:
    cells = _CELL_BORDER.split(line[1:-1])
    shown = (inline(cell.strip().replace("\\|", "|")) for cell in cells)
    return "| " + " | ".join(shown) + " |"


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
