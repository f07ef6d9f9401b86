"""An answer or a conversation to take along: plain text, Markdown, JSON, always with the references. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from qa.render import generation_lines
from qa.types import Answer, Citation
from qa.web.markup import structured, visible
from qa.web.sessions import Exchange

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~!$&])")
_YEAR = re.compile(r"(?:19|20)\d\d年")


def _source(citation: Citation) -> str:
    """【1】某市2024年政府工作报告，一、… > （一）…，第6段: away from the page a bare title says not whose it is."""
    title, place = citation.title, citation.place
    if not _YEAR.search(title):
        title = f"{place}{citation.year}年{title.removeprefix(place)}"
    elif place not in title:
        title = f"{place}{title}"
    path = f"，{' > '.join(citation.section)}" if citation.section else ""
    return visible(f"【{citation.n}】{title}{path}，第{citation.paragraph}段")


def answer_text(answer: Answer) -> str:
    """The answer and its references as plain text."""
    parts = [visible(answer.answer.strip()), *_notes(answer)]
    if answer.citations:
        parts.append("引用")
        parts += [f"{_source(c)}\n“{visible(c.quote.strip())}”" for c in answer.citations]
    return "\n\n".join(parts) + "\n"


def answer_copy(answer: Answer) -> str:
    """The answer and its references as Markdown in which no outside text is markup."""
    parts = [structured(answer.answer, _escaped), *map(_escaped, _notes(answer))]
    if answer.citations:
        parts.append("\n".join(f"- {_escaped(_source(c))}" + _quoted(c.quote) for c in answer.citations))
    return "\n\n".join(parts) + "\n"


def _notes(answer: Answer) -> list[str]:
    told = generation_lines(answer.generation) if answer.generation is not None else []
    return [visible("\n".join(told))] if told else []


def _quoted(quote: str) -> str:
    lines = [line.strip() for line in quote.strip().splitlines()]
    return "".join(f"\n  > {_escaped(line)}" for line in lines)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", visible(text))


def conversation_markdown(exchanges: Sequence[Exchange], title: str) -> str:
    """A conversation as a Markdown document."""
    parts = [f"# {title}\n"]
    for exchange in exchanges:
        when = f"（{exchange.when}）" if exchange.when else ""
        parts.append(f"## {_escaped(' '.join(exchange.question.split()))}{when}\n")
        parts.append(answer_copy(exchange.answer) if exchange.answer else "（没有生成回答）\n")
    return "\n".join(parts)


def conversation_json(exchanges: Sequence[Exchange]) -> str:
    """A conversation as JSON: each answer is the object that the command line and the API give."""
    rows = [
        {
            "question": exchange.question,
            "asked_at": exchange.when or None,
            "answer": exchange.answer.to_dict() if exchange.answer else None,
        }
        for exchange in exchanges
    ]
    return json.dumps({"conversation": rows}, ensure_ascii=False, indent=1)
