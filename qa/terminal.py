"""An answer as it comes, on a terminal: the model's draft dim and labelled 未核实, then the verified answer."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from qa.events import Drafted, Event, Finished, Sent
from qa.statements import printable
from qa.types import Answer, Turn

if TYPE_CHECKING:
    from qa.chain import AskMode, Assistant

_DIM, _PLAIN = "\x1b[2m", "\x1b[0m"
_FIRST, _AGAIN = "（语言模型草稿，未核实）", "（按核对意见重写，未核实）"


def answered(
    assistant: Assistant,
    question: str,
    history: Sequence[Turn] = (),
    *,
    places: Sequence[str] = (),
    years: Sequence[int] = (),
    mode: AskMode | None = None,
    show_prompt: bool = False,
) -> Answer:
    """Ask, showing drafts on stderr if it is a terminal, and with ``show_prompt`` what is sent.

    Raises: as ``Assistant.ask``.
    """
    events = assistant.events(question, history, places=places, years=years, mode=mode)
    return shown(events, sys.stderr, drafts=sys.stderr.isatty(), prompts=show_prompt)


def shown(events: Iterator[Event], out: TextIO, *, drafts: bool, prompts: bool) -> Answer:
    """Write drafts and prompts to ``out`` as they come; the answer."""
    written = ""
    for event in events:
        if isinstance(event, Sent):
            _end(out, written)
            written = ""
            if prompts:
                out.write(f"—— 第 {event.round} 次发给语言模型的内容 ——\n{printable(event.prompt.shown)}\n\n")
            if drafts:
                out.write(f"{_DIM}{_FIRST if event.round == 1 else _AGAIN}{_PLAIN}\n")
        elif isinstance(event, Drafted) and drafts:
            written = _more(out, printable(event.text), written)
        elif isinstance(event, Finished):
            _end(out, written)
            return event.answer
        out.flush()
    raise AssertionError("events end with Finished unless they are cancelled")


def _more(out: TextIO, text: str, written: str) -> str:
    """Write what is new; a text that begins otherwise is written anew."""
    same = text.startswith(written)
    out.write(f"{'' if same else chr(10)}{_DIM}{text[len(written) :] if same else text}{_PLAIN}")
    return text


def _end(out: TextIO, written: str) -> None:
    if written:
        out.write("\n\n")
        out.flush()
